package report

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rogpeppe/go-internal/diff"

	"cookiescan/classify/declaration/register"
	"cookiescan/scanner"
)

// renderPatch writes what git apply adds to the declaration: an entry to review
// for each item that none is about, and nothing else. It is empty if there is
// no such item, and makes the file if there is none.
func renderPatch(w io.Writer, scans []*scanner.Scan, o Options) error {
	patch, err := patchOf(scans, o.gate())
	if err == nil {
		_, err = w.Write(patch)
	}
	if err != nil {
		return fmt.Errorf("writing the patch: %w", err)
	}
	return nil
}

func patchOf(scans []*scanner.Scan, g *Gate) ([]byte, error) {
	if len(scans) == 0 {
		return nil, nil
	}
	file := repositoryFile(g.Declaration)
	if !patchable(file) {
		return nil, fmt.Errorf("%s is no name that a patch can hold", sentence(file))
	}
	name := cmp.Or(g.Declaration, declarationName)
	undeclared, err := withoutDeclared(name, g, scans)
	if err != nil || len(undeclared) == 0 {
		return nil, err
	}
	drafted := g.Draft
	if drafted.Vendor == nil {
		drafted.Vendor = func(string) (register.Vendor, bool) { return register.Vendor{}, false }
	}
	update, err := register.Draft(name, g.Text, undeclared, drafted)
	if err != nil {
		return nil, err
	}
	if update.Added == 0 {
		return nil, nil
	}
	return gitPatch(file, g.Text, update.Text)
}

// withoutDeclared are the scans with what no entry is about: the rest would
// only change what was observed of entries that are there.
func withoutDeclared(name string, g *Gate, scans []*scanner.Scan) ([]*scanner.Scan, error) {
	var x *register.Index
	if g.Text != nil {
		file, err := register.Read(name, g.Text, g.Draft.Open)
		if err != nil {
			return nil, err
		}
		x = file.Index()
	}
	var list []*scanner.Scan
	for _, s := range scans {
		s = s.Sorted()
		if x != nil {
			s = x.InPlace(s)
			c := *s
			c.Cookies = slices.DeleteFunc(slices.Clone(s.Cookies), func(c scanner.Cookie) bool { return x.Cookie(&c) != nil })
			c.Storage = slices.DeleteFunc(slices.Clone(s.Storage), func(i scanner.StorageItem) bool { return x.Storage(&i) != nil })
			c.Trackers = slices.DeleteFunc(slices.Clone(s.Trackers), func(t scanner.Tracker) bool {
				return x.Tracker(&t) != nil || len(x.Find(string(t.Kind), "", t.Host)) > 0
			})
			s = &c
		}
		if len(s.Cookies)+len(s.Storage)+len(s.Trackers) > 0 {
			list = append(list, s)
		}
	}
	return list, nil
}

// patchable tells whether a name can stand in a patch as it is. Git writes
// others in the quotes of C, which not all that read patches know.
func patchable(file string) bool {
	for _, c := range []byte(file) {
		if c < 0x20 || c >= 0x7f || c == '"' || c == '\\' {
			return false
		}
	}
	return true
}

// gitPatch is a patch as git writes it. Without old text it makes the file.
func gitPatch(file string, old, text []byte) ([]byte, error) {
	hunks := diff.Diff("a", old, "b", text)
	at := bytes.Index(hunks, []byte("\n@@ "))
	if at < 0 {
		return nil, errors.New("there is no difference")
	}
	tail := ""
	if strings.Contains(file, " ") {
		tail = "\t" // ends the name
	}
	var out bytes.Buffer
	fmt.Fprintf(&out, "diff --git a/%[1]s b/%[1]s\n", file)
	from := "a/" + file + tail
	if old == nil {
		out.WriteString("new file mode 100644\n")
		from = "/dev/null"
	}
	fmt.Fprintf(&out, "--- %s\n+++ b/%s%s\n", from, file, tail)
	out.Write(hunks[at+1:])
	return out.Bytes(), nil
}
