package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"cookiescan/report/policy"
)

// policyFolder is the folder into which policies are written.
type policyFolder struct {
	dir     string           // empty: there is none
	current *policy.Document // nil: it has no policy.json
}

func readPolicyFolder(dir string) (policyFolder, error) {
	f := policyFolder{dir: dir}
	if dir == "" {
		return f, nil
	}
	d, err := readPolicy(filepath.Join(dir, "policy.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return f, nil
	}
	f.current = d
	return f, err
}

var notInFileNames = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// archived is a file of an earlier version in the archive.
func (f policyFolder) archived(label, name string) string {
	return filepath.Join(f.dir, "archive", "v"+notInFileNames.ReplaceAllString(label, "-"), name)
}

// policyFile is a file to write.
type policyFile struct {
	name string
	text []byte
}

// policyName is that of a page.
func policyName(tag string, f policy.Format) string { return "policy." + tag + "." + f.Extension }

// readTemplates reads the templates of the user's own, if there are any.
func (o *policyOptions) readTemplates() error {
	current := o.files.current
	var own fs.FS
	switch info, err := os.Stat(o.templates); {
	case o.templates == "" && o.check && current.Rendering != nil && current.Rendering.Templates != "":
		return usage("name their folder with --template DIR", "the files in %s were made with templates of your own", o.dir)
	case o.templates == "":
	case err != nil || !info.IsDir():
		return usage("", "--template: there is no folder %s", o.templates)
	default:
		own = os.DirFS(o.templates)
	}
	var err error
	if o.look, err = policy.NewLook(own, o.fragment); err != nil {
		return usage("", "--template: %w", err)
	}
	if own != nil && o.look.Digest(policyFormats()) == "" {
		return usage("", "--template: %s holds none of the templates: %s", o.templates, strings.Join(policy.Templates(), ", "))
	}
	return nil
}

// writePolicy writes pages to standard output or into the folder, or compares
// them with what is there.
func (p *program) writePolicy(o *policyOptions, doc *policy.Document) error {
	if o.dir == "" {
		files, err := o.pages(doc)
		if err != nil {
			return err
		}
		if _, err := p.stdout.Write(files[0].text); err != nil {
			return fmt.Errorf("writing the policy: %w", err)
		}
		p.sayControl(doc)
		return nil
	}
	if o.check {
		files, err := o.pages(doc)
		if err != nil {
			return err
		}
		if r := o.files.current.Rendering; r != nil && r.Templates != doc.Rendering.Templates {
			p.say("the templates are not those that the files in %s were made with", o.dir)
		}
		return p.comparePolicy(o, files)
	}
	if err := makeFolder(o.dir); err != nil {
		return err
	}
	if err := p.archivePolicy(o, doc); err != nil {
		return err
	}
	files, err := o.pages(doc)
	if err != nil {
		return err
	}
	var written []string
	for _, f := range files {
		path := filepath.Join(o.dir, f.name)
		if err := writeFile(path, writes(f.text)); err != nil {
			return err
		}
		written = append(written, path)
	}
	p.say("written: %s", strings.Join(written, ", "))
	p.sayControl(doc)
	return nil
}

// pages renders all files. In a folder policy.json is always one of them: from
// it the next version knows this one.
func (o *policyOptions) pages(doc *policy.Document) ([]policyFile, error) {
	var files []policyFile
	for _, f := range policy.Formats() {
		var out bytes.Buffer
		switch {
		case f.Document != nil && (o.dir != "" || slices.Contains(o.formats, f.Name)):
			if err := f.Document(&out, doc); err != nil {
				return nil, err
			}
			files = append(files, policyFile{"policy." + f.Extension, out.Bytes()})
		case f.Page != nil && slices.Contains(o.formats, f.Name):
			for _, tag := range o.langs {
				page, err := policy.Compose(doc, tag, o.withArchive(doc, tag, f))
				if err != nil {
					return nil, err
				}
				var out bytes.Buffer
				if err := f.Page(&out, page, o.look); err != nil {
					return nil, usage("", "%w", err)
				}
				files = append(files, policyFile{policyName(tag, f), out.Bytes()})
			}
		}
	}
	return files, nil
}

// withArchive adds the earlier versions, with links to those that the archive
// holds in a format; a fragment does not know where it will stand.
func (o *policyOptions) withArchive(doc *policy.Document, tag string, f policy.Format) policy.Options {
	page := o.page
	for _, r := range doc.History[1:] {
		a := policy.Archived{Version: r.Version, Updated: r.Updated}
		path := o.files.archived(r.Label(), policyName(tag, f))
		if _, err := os.Stat(path); err == nil && o.dir != "" && !o.fragment {
			if rel, err := filepath.Rel(o.dir, path); err == nil {
				a.Href = filepath.ToSlash(rel)
			}
		}
		page.Archive = append(page.Archive, a)
	}
	return page
}

// comparePolicy lists the files that are not what would be written.
func (p *program) comparePolicy(o *policyOptions, files []policyFile) error {
	var stale []string
	expected := map[string]bool{}
	for _, f := range files {
		expected[f.name] = true
		path := filepath.Join(o.dir, f.name)
		switch have, err := os.ReadFile(path); {
		case errors.Is(err, fs.ErrNotExist):
			stale = append(stale, path+": is missing")
		case err != nil:
			return usage("", "reading %s: %s", path, reason(err))
		case !bytes.Equal(have, f.text):
			stale = append(stale, path+": is not up to date")
		}
	}
	names, err := o.files.generated()
	if err != nil {
		return err
	}
	for _, name := range names {
		if !expected[name] {
			stale = append(stale, filepath.Join(o.dir, name)+": is not written any more")
		}
	}
	if len(stale) == 0 {
		p.say("%s: %s, up to date", o.dir, plural(len(files), "file"))
		return nil
	}
	if err := printLines(p.stdout, stale); err != nil {
		return err
	}
	p.say("%s: %s not up to date; cookiescan policy without --check writes them", o.dir, plural(len(stale), "file"))
	return silent(exitFindings)
}

var generatedName = regexp.MustCompile(`^policy\.(?:[A-Za-z0-9-]{2,35}\.)?([a-z]+)$`)

// generated are the names of the files in the folder that policy writes.
func (f policyFolder) generated() ([]string, error) {
	entries, err := os.ReadDir(f.dir)
	if err != nil {
		return nil, usage("", "reading %s: %s", f.dir, reason(err))
	}
	var names []string
	for _, e := range entries {
		m := generatedName.FindStringSubmatch(e.Name())
		if m != nil && e.Type().IsRegular() && slices.ContainsFunc(policy.Formats(), func(x policy.Format) bool { return x.Extension == m[1] }) {
			names = append(names, e.Name())
		}
	}
	return names, nil
}

// archivePolicy moves the files of another version into the archive, and says
// if this version says something else than it did.
func (p *program) archivePolicy(o *policyOptions, doc *policy.Document) error {
	current := o.files.current
	switch {
	case current != nil && doc.Draft && !current.Draft:
		return usage("write the draft into another folder", "%s holds a policy that is no draft", o.dir)
	case doc.Draft:
		return nil
	case o.previous != "":
		if err := o.keepPrevious(); err != nil {
			return err
		}
	}
	if current == nil {
		return nil
	}
	if current.Label() == doc.Label() {
		if !current.Draft && !doc.SaysTheSame(current) {
			p.say("version %s says something else than before; if it was published, raise policy.version", printable(doc.Label()))
		}
		return nil
	}
	if _, err := os.Stat(o.files.archived(doc.Label(), "")); err == nil {
		return usage("raise policy.version", "version %s is in the archive already", printable(doc.Label()))
	}
	if current.Draft {
		return nil
	}
	names, err := o.files.generated()
	if err != nil {
		return err
	}
	if err := makeFolder(o.files.archived(current.Label(), "")); err != nil {
		return err
	}
	for _, name := range names {
		if err := o.files.move(name, o.files.archived(current.Label(), name)); err != nil {
			return usage("", "moving %s into the archive: %s", filepath.Join(o.dir, name), reason(err))
		}
	}
	p.say("version %s is in %s now", printable(current.Label()), o.files.archived(current.Label(), ""))
	return nil
}

// keepPrevious puts the version before into the archive, where --check and later
// versions find it.
func (o *policyOptions) keepPrevious() error {
	d, err := readPolicy(o.previous)
	if err != nil {
		return err
	}
	path := o.files.archived(d.Label(), "policy.json")
	if _, err := os.Stat(path); err == nil || o.files.current != nil && o.files.current.Label() == d.Label() {
		return nil
	}
	if err := makeFolder(filepath.Dir(path)); err != nil {
		return err
	}
	src, err := os.ReadFile(o.previous)
	if err != nil {
		return usage("", "reading an earlier policy: %w", err)
	}
	return writeFile(path, writes(src))
}

// move moves a file into the archive. Its links to still older versions lead
// beside it from there; a docx has none.
func (f policyFolder) move(name, to string) error {
	from := filepath.Join(f.dir, name)
	text, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	for _, before := range []string{`href="`, `](<`} {
		text = bytes.ReplaceAll(text, []byte(before+"archive/"), []byte(before+"../"))
	}
	if err := writeFile(to, writes(text)); err != nil {
		return err
	}
	return os.Remove(from)
}

// sayControl tells what the button of the policy needs to open the settings.
func (p *program) sayControl(doc *policy.Document) {
	control := doc.Consent.Control
	if control.Script == "" || doc.Rendering.TableOnly {
		return
	}
	p.say("the button of the policy needs a script on your page: document.getElementById(%q).addEventListener(\"click\", () => %s)", control.Attributes["id"], control.Script)
}
