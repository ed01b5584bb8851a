package evidence

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"

	"cookiescan/scanner/journal"
)

// Report is what verifying a folder found.
type Report struct {
	Files      int       `json:"files"`      // that SHA256SUMS lists
	Problems   []Problem `json:"problems"`   // by path; none: the folder is whole
	Signed     bool      `json:"signed"`     // there is a signature
	Unfinished bool      `json:"unfinished"` // the scan in it can still be gone on with
	Key        string    `json:"key"`        // the file in it that holds the key of the digests; empty: none

	// Sums and Signature are the files of these names, for CheckSignature.
	Sums      []byte `json:"-"`
	Signature []byte `json:"-"`
}

// Problem is one way in which a folder is not whole.
type Problem struct {
	Path   string `json:"path"`
	What   What   `json:"what"`
	Detail string `json:"detail,omitempty"`
}

// What is the kind of a problem.
type What string

// The kinds. Refused: a path or a kind of file that evidence does not have.
const (
	Changed  What = "changed"
	Missing  What = "missing"
	Added    What = "added"
	Refused  What = "refused"
	Unsigned What = "signature"
)

// ErrNoSums says that a folder is no evidence, or that its sums were taken away.
var ErrNoSums = errors.New("there is no " + SumsFile)

// Verify compares the files of a folder with its SHA256SUMS, and the log with
// its own chain of hashes. The error is about what could not be read at all;
// ErrNoSums is one.
func Verify(dir string) (Report, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return Report{}, fmt.Errorf("opening the folder: %w", err)
	}
	defer root.Close()
	r := Report{Problems: []Problem{}}
	if r.Sums, err = readSmall(root, SumsFile, MaxSums); errors.Is(err, fs.ErrNotExist) {
		return Report{}, ErrNoSums
	} else if err != nil {
		return Report{}, fmt.Errorf("reading %s: %w", SumsFile, err)
	}
	r.Signature, err = readSmall(root, SignatureFile, 1<<10)
	r.Signed = !errors.Is(err, fs.ErrNotExist)
	sums, problems := parseSums(r.Sums)
	r.Files, r.Problems = len(sums), append(r.Problems, problems...)
	listed := map[string]bool{}
	for _, s := range sums {
		listed[s.path] = true
		r.compare(root, s)
	}
	if err := r.others(root, listed); err != nil {
		return Report{}, err
	}
	r.chain(root)
	slices.SortStableFunc(r.Problems, func(a, b Problem) int { return strings.Compare(a.Path, b.Path) })
	return r, nil
}

func (r *Report) add(path string, what What, detail string) {
	r.Problems = append(r.Problems, Problem{Path: path, What: what, Detail: detail})
}

func (r *Report) compare(root *os.Root, s sum) {
	have, err := hashFile(root, s.path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		r.add(s.path, Missing, "")
	case err != nil:
		r.add(s.path, Refused, cause(err))
	case have != s.hash:
		r.add(s.path, Changed, "")
	}
}

// others finds what SHA256SUMS does not list.
func (r *Report) others(root *os.Root, listed map[string]bool) error {
	err := fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			r.add(name, Refused, cause(err))
			return nil
		case e.IsDir() || name == SumsFile || name == SignatureFile:
		case name == ResumeFile:
			r.Unfinished, r.Key = true, name
		case listed[name]:
			if name == KeyFile {
				r.Key = name
			}
		case !e.Type().IsRegular():
			r.add(name, Refused, errNotRegular.Error())
		default:
			r.add(name, Added, "")
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("reading the folder: %w", err)
	}
	return nil
}

// chain follows the hashes in the log: they show a change by whoever made new
// sums as well.
func (r *Report) chain(root *os.Root) {
	info, err := root.Lstat(EventsFile)
	if err != nil || !info.Mode().IsRegular() {
		return // told already
	}
	f, err := root.Open(EventsFile)
	if err == nil {
		defer f.Close()
		err = journal.Read(f, func(journal.Line) error { return nil })
	}
	if err != nil {
		r.add(EventsFile, Changed, cause(err))
	}
}

// readSmall reads a regular file of at most limit octets.
func readSmall(root *os.Root, name string, limit int64) ([]byte, error) {
	info, err := root.Lstat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, errNotRegular
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, limit+1))
	if err == nil && int64(len(b)) > limit {
		err = fmt.Errorf("it is longer than %d octets", limit)
	}
	return b, err
}

// cause is an error without the name of the file.
func cause(err error) string {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err.Error()
	}
	return err.Error()
}
