package main

import (
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"cookiescan/scanner"
	"cookiescan/scanner/evidence"
	"cookiescan/scanner/journal"
	"cookiescan/scanner/walk"
)

// The files of a scan's folder beside its results.
const (
	eventsFile = evidence.EventsFile // what happened, as it happened
	resumeFile = evidence.ResumeFile // how far the scan has come; gone once it is complete
)

// saved is what a scan needs to be gone on with.
type saved struct {
	Version  string           `json:"version"` // of the program
	Target   []string         `json:"target"`
	Settings scanner.Settings `json:"settings"`
	Key      string           `json:"key"` // of the values' digests; it stays in this file, and goes with it
	Walk     *walk.State      `json:"walk,omitempty"`
}

// caseFile is the folder of one site's scan while the scan is under way. A nil
// one keeps nothing.
type caseFile struct {
	dir     string
	journal *journal.Writer
	saved   saved
	run     evidence.Run
	begun   time.Time
	headers *os.File // of the raw Set-Cookie lines
}

// openCase begins the log of a scan, or goes on with one.
func (p *program) openCase(dir string, resume bool, now saved, run evidence.Run) (*caseFile, error) {
	c := &caseFile{dir: dir, saved: now, run: run, begun: time.Now()}
	if err := makeFolder(dir); err != nil {
		return nil, err
	}
	if resume {
		return c, p.goOn(c)
	}
	if old := finished(dir); old != nil {
		p.say("%s: the finished scan of %s in it is replaced", dir, old.Started.UTC().Format("2006-01-02 15:04 UTC"))
	}
	if err := clearEvidence(dir); err != nil {
		return nil, usage("choose another folder with -o DIR", "cannot take away the evidence of the scan before in %s: %s", dir, reason(err))
	}
	c.saved.Key = hex.EncodeToString(freshKey())
	var err error
	if c.journal, err = journal.Create(filepath.Join(dir, eventsFile), time.Now); err == nil {
		err = c.begin(evidence.EventScan)
	}
	if err == nil {
		err = c.save()
	}
	if err != nil {
		return nil, usage("choose another folder with -o DIR", "cannot write into the folder %s: %w", dir, err)
	}
	return c, nil
}

// goOn takes up the scan that the folder holds.
func (p *program) goOn(c *caseFile) error {
	old, err := readSaved(filepath.Join(c.dir, resumeFile))
	if err != nil {
		return err
	}
	if what := otherwise(old, c.saved); what != "" {
		return usage("give the same flags as before, or leave --resume out to scan anew", "--resume: the scan in %s was begun with another %s", c.dir, what)
	}
	c.saved.Key, c.saved.Walk = old.Key, old.Walk
	var torn int64
	if c.journal, torn, err = journal.Continue(filepath.Join(c.dir, eventsFile), time.Now); err != nil {
		return usage("leave --resume out to scan anew", "--resume: %w", err)
	}
	done := "no pass was done"
	if w := c.saved.Walk; w != nil {
		done = "done before: " + strings.Join(w.Done, ", ")
	}
	p.say("%s: going on, %s", c.dir, done)
	return c.journal.Write(evidence.EventResume, map[string]any{"tornBytes": torn, "settings": c.saved.Settings, "run": c.run})
}

func readSaved(path string) (saved, error) {
	var s saved
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return s, usage("leave --resume out to scan anew", "--resume: there is no unfinished scan in %s", filepath.Dir(path))
	}
	if err == nil {
		err = json.Unmarshal(b, &s)
	}
	if err != nil {
		return s, usage("leave --resume out to scan anew", "--resume: reading %s: %s", path, reason(err))
	}
	return s, nil
}

// finished is the complete scan that a folder holds, nil if it has none.
func finished(dir string) *scanner.Scan {
	if _, err := os.Stat(filepath.Join(dir, resumeFile)); err == nil {
		return nil
	}
	f, err := os.Open(filepath.Join(dir, "scan.json"))
	if err != nil {
		return nil
	}
	defer f.Close() //nolint:errcheck // only read
	docs, err := scanner.Read(f)
	if err != nil || len(docs) != 1 || !docs[0].Complete {
		return nil
	}
	return docs[0]
}

// canResume refuses to go on with scans that are all finished, and with one that
// was signed and would be so no more.
func (o *scanOptions) canResume(list []target) error {
	if !o.resume {
		return nil
	}
	left := false
	for _, t := range list {
		dir := o.folder(t, list)
		if finished(dir) != nil {
			continue
		}
		left = true
		if _, err := os.Lstat(filepath.Join(dir, evidence.SignatureFile)); err == nil && o.evidence.key == nil {
			return usage("give the key with --sign, as before", "--resume: what is in %s is signed and would no longer be", dir)
		}
	}
	if !left {
		return usage("leave --resume out to scan anew, or look at it with cookiescan report", "--resume: the scan in %s is finished", o.output.dir)
	}
	return nil
}

// otherwise names the first thing that differs between two scans. How long they
// may take and how many tabs they have does not count: what they see is the same.
func otherwise(a, b saved) string {
	for _, s := range []*saved{&a, &b} {
		s.Settings.Workers, s.Settings.TimeoutMs, s.Settings.PageTimeoutMs = 0, 0, 0
	}
	switch {
	case a.Version != b.Version:
		return "version of cookiescan (" + a.Version + ")"
	case !reflect.DeepEqual(a.Target, b.Target):
		return "start address"
	}
	x, y := reflect.ValueOf(a.Settings), reflect.ValueOf(b.Settings)
	for i := range x.NumField() {
		if !sameSetting(x.Field(i), y.Field(i)) {
			name, _, _ := strings.Cut(x.Type().Field(i).Tag.Get("json"), ",")
			return "setting " + name
		}
	}
	return ""
}

// sameSetting takes an empty list for a missing one.
func sameSetting(a, b reflect.Value) bool {
	if a.Kind() == reflect.Slice && a.Len() == 0 && b.Len() == 0 {
		return true
	}
	return reflect.DeepEqual(a.Interface(), b.Interface())
}

// write adds an event to the log, if there is one.
func (c *caseFile) write(event string, data any) error {
	if c == nil {
		return nil
	}
	return c.journal.Write(event, data)
}

func (c *caseFile) begin(event string) error {
	return c.journal.Write(event, map[string]any{"version": c.saved.Version, "target": c.saved.Target, "settings": c.saved.Settings, "run": c.run})
}

// save writes how far the scan has come, for the user alone: the key of the
// digests is in it.
func (c *caseFile) save() error {
	return writePrivate(filepath.Join(c.dir, resumeFile), func(w io.Writer) error { return json.NewEncoder(w).Encode(c.saved) })
}

// attach lets the walk keep its log, its state and the raw headers here.
// Headers that hold a secret of the user are redacted in any case.
func (c *caseFile) attach(o *walk.Options, secrets []string) error {
	if c == nil {
		return nil
	}
	key, err := hex.DecodeString(c.saved.Key)
	if err != nil {
		return usage("leave --resume out to scan anew", "--resume: the key in %s cannot be read", resumeFile)
	}
	o.Digest, o.Resume, o.Record = digest(key), c.saved.Walk, c.journal.Write
	if err := c.openHeaders(o, key, secrets); err != nil {
		return usage("choose another folder with -o DIR", "cannot write into the folder %s: %s", c.dir, reason(err))
	}
	o.Screenshot = keepPictures(c.dir)
	o.Keep = func(s walk.State) error {
		c.saved.Walk = &s
		return c.save()
	}
	return nil
}

// openHeaders begins the side files.
func (c *caseFile) openHeaders(o *walk.Options, key []byte, secrets []string) error {
	var done []string
	if c.saved.Walk != nil {
		done = c.saved.Walk.Done
	}
	f, err := openSetCookies(c.dir, done)
	if err != nil {
		return err
	}
	c.headers = f
	o.Headers = (&evidence.SetCookies{W: f, Digest: o.Digest, Keep: o.KeepValues, Secrets: secrets}).Add
	if c.run.KeyIncluded {
		return keepKey(c.dir, key)
	}
	return nil
}

// close ends the log. The scan can be gone on with as long as it is incomplete.
func (c *caseFile) close(doc *scanner.Scan) error {
	if c == nil {
		return nil
	}
	var headers error
	if c.headers != nil {
		headers = c.headers.Close()
	}
	if doc == nil {
		return errors.Join(headers, c.journal.Close())
	}
	end := evidence.EndEvent{Complete: doc.Complete, Incomplete: len(doc.Incomplete), ElapsedMs: time.Since(c.begun).Milliseconds()}
	err := errors.Join(headers, c.journal.Write(evidence.EventEnd, end), c.journal.Close())
	if err == nil && doc.Complete {
		err = os.Remove(filepath.Join(c.dir, resumeFile))
	}
	if err != nil {
		return fmt.Errorf("ending the log in %s: %w", c.dir, err)
	}
	return nil
}
