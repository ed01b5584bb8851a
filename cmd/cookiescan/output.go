package main

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"cookiescan/report"
	"cookiescan/scanner"
)

// outputOptions say in which form and where the result is written.
type outputOptions struct {
	names    []string
	dir      string
	evidence bool

	ofCheck bool            // the formats are those of check, not those of scan
	scans   bool            // the result is that of a scan that is going to be made
	formats []report.Format // after check
}

func (o *outputOptions) addFlags(f *pflag.FlagSet, dir string) {
	f.StringSliceVarP(&o.names, "format", "f", []string{"table"}, "`FORMATS` of the result: "+strings.Join(formatNames(o.known()), ", ")+"; several, with commas between them, need -o")
	f.StringVarP(&o.dir, "output", "o", "", dir)
	f.BoolVar(&o.evidence, "evidence", false, "say of each item in a table who set it, when it was first seen, and why it is classified so")
}

func formatNames(list []report.Format) []string {
	var names []string
	for _, f := range list {
		names = append(names, f.Name)
	}
	return names
}

// known lists the formats that there are.
func (o *outputOptions) known() []report.Format {
	if o.ofCheck {
		return report.CheckFormats()
	}
	return report.Formats()
}

// lookup finds one of them by its name.
func (o *outputOptions) lookup(name string) (report.Format, error) {
	if o.ofCheck {
		return report.LookupCheck(name)
	}
	return report.Lookup(name)
}

// check finds out before any work whether the result can be written.
func (o *outputOptions) check() error {
	seen := map[string]bool{}
	for _, name := range o.names {
		f, err := o.lookup(strings.TrimSpace(name))
		if err != nil {
			return usage("", "--format: %.40q is unknown, the formats are %s", name, strings.Join(formatNames(o.known()), ", "))
		}
		if !seen[f.Name] {
			seen[f.Name] = true
			o.formats = append(o.formats, f)
		}
	}
	for _, f := range o.formats {
		switch {
		case o.dir != "":
		case f.Files != nil:
			return usage("give a folder with -o DIR", "--format: %s is a folder of files and does not fit on standard output", f.Name)
		case f.Requests && o.scans:
			return usage("give a folder with -o DIR", "--format: %s is made of the log of the scan, which only a folder holds", f.Name)
		}
	}
	if o.dir == "" {
		if len(o.formats) != 1 {
			return usage("-o DIR writes one file for each format", "--format: only one format fits on standard output, %s were given", plural(len(o.formats), "format"))
		}
		return nil
	}
	return makeFolder(o.dir)
}

// checkOutput is check, and refuses to fill a terminal with what is no text.
func (p *program) checkOutput(o *outputOptions) error {
	if err := o.check(); err != nil {
		return err
	}
	if o.dir == "" && o.formats[0].Binary && isTerminal(p.stdout) {
		return usage("give a folder with -o DIR, or redirect: ... > cookies."+o.formats[0].Extension, "--format: %s is nothing for a terminal", o.formats[0].Name)
	}
	return nil
}

// browser tells whether a format needs one.
func (o *outputOptions) browser() bool {
	return slices.ContainsFunc(o.formats, func(f report.Format) bool { return f.Browser })
}

// makeFolder makes a folder and proves that files can be written there.
func makeFolder(dir string) error {
	if dir == "-" {
		return usage("without -o one format goes to standard output; ./- is a folder of that name", "-o names a folder, and - is none")
	}
	err := os.MkdirAll(dir, 0o777)
	if err == nil {
		var name string
		if name, err = temporary(filepath.Join(dir, "probe"), 0o600, nil); err == nil {
			err = os.Remove(name)
		}
	}
	if err != nil {
		return usage("choose another folder with -o DIR", "cannot write into the folder %s: %s", dir, reason(err))
	}
	return nil
}

// errLocked says that another process has locked a folder.
var errLocked = errors.New("the folder is locked")

// hold keeps other scans out of the folder until it is released: the logs of two
// would be mixed, and the results those of the later one.
func (o *outputOptions) hold() (release func(), err error) {
	if o.dir == "" {
		return func() {}, nil
	}
	f, err := lockFolder(o.dir)
	if errors.Is(err, errLocked) {
		return nil, usage("choose another folder with -o DIR", "another scan is writing into the folder %s", o.dir)
	}
	if err != nil {
		return nil, usage("choose another folder with -o DIR", "cannot write into the folder %s: %s", o.dir, reason(err))
	}
	return func() { _ = f.Close() }, nil // it was only locked
}

// write renders documents: to stdout, or as files cookies.<ext> of the folder or
// in folders of the formats' names within it, which do not depend on the
// terminal.
func (o *outputOptions) write(stdout io.Writer, look report.Options, dir string, docs []*scanner.Scan) ([]string, error) {
	look.Evidence = o.evidence
	if dir == "" {
		if err := o.formats[0].Render(stdout, docs, look); err != nil {
			return nil, fmt.Errorf("writing the result: %w", err)
		}
		return nil, nil
	}
	look.Width, look.Color = 0, false
	var written []string
	for _, f := range o.formats {
		more, err := writeFormat(f, look, dir, docs)
		if written = append(written, more...); err != nil {
			return written, err
		}
	}
	return written, nil
}

func writeFormat(f report.Format, look report.Options, dir string, docs []*scanner.Scan) (written []string, err error) {
	if f.Files == nil {
		path := filepath.Join(dir, "cookies."+f.Extension)
		return []string{path}, writeFile(path, func(w io.Writer) error { return f.Render(w, docs, look) })
	}
	files, err := f.Files(docs, look)
	if err != nil {
		return nil, fmt.Errorf("writing the folder %s: %w", filepath.Join(dir, f.Name), err)
	}
	for _, file := range files {
		path := filepath.Join(dir, f.Name, filepath.FromSlash(file.Path))
		if err := makeFolder(filepath.Dir(path)); err != nil {
			return written, err
		}
		if err := writeFile(path, writes(file.Data)); err != nil {
			return written, err
		}
		written = append(written, path)
	}
	return written, nil
}

// shownFiles names the files in a folder, and of a folder within it only that.
func shownFiles(dir string, written []string) string {
	var names []string
	for _, path := range written {
		if rel, err := filepath.Rel(dir, path); err == nil {
			if top, _, deep := strings.Cut(filepath.ToSlash(rel), "/"); deep {
				path = filepath.Join(dir, top) + string(filepath.Separator)
			}
		}
		if !slices.Contains(names, path) {
			names = append(names, path)
		}
	}
	return strings.Join(names, ", ")
}

// writeFile writes a whole file or none: what is half done bears another name.
func writeFile(path string, render func(io.Writer) error) error {
	return writeAs(path, 0o666, render)
}

// writePrivate is writeFile for what only the user may read.
func writePrivate(path string, render func(io.Writer) error) error {
	return writeAs(path, 0o600, render)
}

func writeAs(path string, mode fs.FileMode, render func(io.Writer) error) error {
	var content bytes.Buffer
	if err := render(&content); err != nil {
		return fmt.Errorf("writing %s: %w", path, err)
	}
	name, err := temporary(path, mode, content.Bytes())
	if err == nil {
		err = os.Rename(name, path)
	}
	if err != nil {
		_ = os.Remove(name)
		return fmt.Errorf("writing %s: %s", path, reason(err))
	}
	return nil
}

// temporary writes a new file beside path. Unlike os.CreateTemp it leaves the
// permissions, at most those of mode, to the user's umask.
func temporary(path string, mode fs.FileMode, content []byte) (name string, err error) {
	name = filepath.Join(filepath.Dir(path), "."+filepath.Base(path)+"."+rand.Text()+".tmp")
	f, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return name, err
	}
	_, err = f.Write(content)
	return name, errors.Join(err, f.Close())
}

// reason is why something about a file failed, without its name.
func reason(err error) string {
	var p *fs.PathError
	var l *os.LinkError
	switch {
	case errors.As(err, &p):
		return p.Err.Error()
	case errors.As(err, &l):
		return l.Err.Error()
	}
	return err.Error()
}
