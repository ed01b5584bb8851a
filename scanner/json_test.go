package scanner

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
)

func TestWriteReadsBack(t *testing.T) {
	for _, s := range []*Scan{smallScan(), typicalScan(), hostileScan(), consentScan()} {
		var indented, line bytes.Buffer
		if err := errors.Join(WriteJSON(&indented, s), WriteLine(&line, s)); err != nil {
			t.Fatal(err)
		}
		want := clone(s)
		want.Sort()
		for _, form := range []*bytes.Buffer{&indented, &line} {
			got, err := Read(bytes.NewReader(form.Bytes()))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]*Scan{want}, got); diff != "" {
				t.Errorf("reading what was written differs (-written +read):\n%s", diff)
			}
		}
		if n := strings.Count(line.String(), "\n"); n != 1 || !strings.HasSuffix(line.String(), "\n") {
			t.Errorf("WriteLine made %d lines", n)
		}
	}
}

func TestWriteLeavesTheScanAlone(t *testing.T) {
	s, same := typicalScan(), typicalScan()
	if err := WriteJSON(&bytes.Buffer{}, s); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(same, s); diff != "" {
		t.Errorf("WriteJSON changed its argument:\n%s", diff)
	}
}

func TestWriteFormat(t *testing.T) {
	s := emptyScan()
	s.Target.URL = "https://www.shop.test/?a=<b>&c"
	s.Cookies = []Cookie{{Name: "n\u202e\u009b\x7f\u200b\u2028\U000e0041é宽"}}
	var buf bytes.Buffer
	if err := WriteJSON(&buf, s); err != nil {
		t.Fatal(err)
	}
	out := buf.String()
	for _, want := range []string{
		"{\n  \"schema\": \"cookiescan/scan/v1\",\n  \"tool\": {\n    \"name\"", `?a=<b>&c`, `"writes": [],`, `"hosts": [],`,
		`"partitionKey": null`, `"name": "n\u202e\u009b\u007f\u200b\u2028\udb40\udc41é宽"`,
	} {
		if !strings.Contains(out, want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	for _, r := range out {
		if r != '\n' && !unicode.IsPrint(r) {
			t.Errorf("the document has the unprintable %U", r)
		}
	}
	if nulls := strings.Count(out, "null"); nulls != 3 {
		t.Errorf("%d nulls, want the partition key and two lifetimes only", nulls)
	}
}

func TestWriteReportsTheWriter(t *testing.T) {
	broken := errors.New("disk full")
	if err := WriteJSON(failingWriter{broken}, smallScan()); !errors.Is(err, broken) {
		t.Errorf("got %v, want the writer's error", err)
	}
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

func TestReadSeveral(t *testing.T) {
	var lines bytes.Buffer
	for range 3 {
		if err := WriteLine(&lines, smallScan()); err != nil {
			t.Fatal(err)
		}
	}
	for name, input := range map[string]string{
		"lines": lines.String(), "concatenated": strings.ReplaceAll(lines.String(), "}\n", "}"),
		"byte order mark": "\ufeff" + lines.String(), "blank lines": "\n\n" + strings.ReplaceAll(lines.String(), "\n", "\r\n\r\n"),
	} {
		scans, err := Read(strings.NewReader(input))
		if err != nil || len(scans) != 3 {
			t.Errorf("%s: %d scans, error %v", name, len(scans), err)
		}
	}
}

func TestReadIgnoresUnknownFieldsAndFillsLists(t *testing.T) {
	scans, err := Read(strings.NewReader(`{"schema": "cookiescan/scan/v1", "later": [1], "cookies": [{"classification": {}}], "hosts": null}`))
	if err != nil {
		t.Fatal(err)
	}
	if s := scans[0]; s.Hosts == nil || s.Cookies[0].Writes == nil || s.Coverage.LeftOut == nil {
		t.Errorf("a missing list is nil: %+v", s)
	}
}

func TestReadErrors(t *testing.T) {
	const v1 = `{"schema": "cookiescan/scan/v1", `
	deep := strings.Repeat("[", MaxNesting+1)
	for name, row := range map[string]struct{ in, want string }{
		"empty":            {" \n", "the input is empty"},
		"other version":    {"\n {\"schema\": \"cookiescan/scan/v9\", \"cookies\": 7}", `line 2, column 2: a later version of cookiescan wrote it: its schema is "cookiescan/scan/v9", this version reads "cookiescan/scan/v1"`},
		"a later one":      {`{"schema": "cookiescan/scan/v10"}`, `a later version of cookiescan wrote it: its schema is "cookiescan/scan/v10"`},
		"before the first": {`{"schema": "cookiescan/scan/v0"}`, `schema "cookiescan/scan/v0" is of no version that there was, this version reads "cookiescan/scan/v1"`},
		"no number":        {`{"schema": "cookiescan/scan/vNext"}`, `schema "cookiescan/scan/vNext" is of no version that there was`},
		"no schema":        {`{"log": {}}`, `line 1, column 1: no schema named: this is not a scan document (schema "cookiescan/scan/v1")`},
		"escapes":          {`{"schema": "\u001b[31m"}`, `schema "\x1b[31m" is unknown`},
		"long schema":      {`{"schema": "` + strings.Repeat("x", 9999) + `"}`, `schema "` + strings.Repeat("x", 80) + `" is unknown`},
		"schema type":      {`{"schema": 1}`, "line 1, column 12: schema: not a string"},
		"not an object":    {"[1]", "line 1, column 1: document: not an object"},
		"null":             {"null", "no schema named"},
		"syntax":           {v1 + "\n\"é\": tru}", "line 2, column 9: invalid character '}' in literal true"},
		"cut off":          {v1 + "\n  \"hosts\": [", "line 2, column 12: unexpected end of JSON input"},
		"second document":  {v1 + "\"complete\": false}\n{\"schema\" 1}", "line 2, column 11: invalid character '1' after object key"},
		"type":             {v1 + "\n\"cookies\": [{\n  \"value\": 42}]}", "line 3, column 13: cookies.value: not a string"},
		"number":           {v1 + `"coverage": {"pagesVisited": 99999999999999999999}}`, "coverage.pagesVisited: not a whole number in range"},
		"list":             {v1 + `"hosts": true}`, "hosts: not a list"},
		"bool":             {v1 + `"complete": "yes"}`, "complete: not true or false"},
		"time":             {v1 + `"started": "secret"}`, "line 1, column 1: started or finished: not an RFC 3339 time"},
		"deep":             {v1 + "\n\"x\": \"[[\\\"[[\", \"y\": " + deep, "line 2, column 84: nested more than 64 levels deep"},
	} {
		t.Run(name, func(t *testing.T) {
			scans, err := Read(strings.NewReader(row.in))
			if err == nil {
				t.Fatalf("read %d scans, want an error with %q", len(scans), row.want)
			}
			if !strings.Contains(err.Error(), row.want) {
				t.Errorf("got  %v\nwant %s", err, row.want)
			}
			if strings.Contains(err.Error(), "secret") || strings.Contains(err.Error(), "42") {
				t.Errorf("the error quotes a value: %v", err)
			}
		})
	}
}

func TestReadLimitsSize(t *testing.T) {
	var doc bytes.Buffer
	if err := WriteLine(&doc, smallScan()); err != nil {
		t.Fatal(err)
	}
	size := int64(doc.Len())
	if _, err := read(bytes.NewReader(doc.Bytes()), size); err != nil {
		t.Errorf("a document of exactly the limit: %v", err)
	}
	_, err := read(bytes.NewReader(doc.Bytes()), size-1)
	if err == nil || !strings.Contains(err.Error(), "more than") {
		t.Errorf("one octet over the limit: %v", err)
	}
}

func TestSortIsOneOrder(t *testing.T) {
	want := typicalScan()
	want.Sort()
	got := typicalScan()
	reverseLists(reflect.ValueOf(got).Elem())
	got.Sort()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("the order depends on the order before (-want +got):\n%s", diff)
	}
	if first, last := want.Cookies[0], want.Cookies[len(want.Cookies)-1]; first.Party != First || last.Party != Third {
		t.Errorf("party %s before %s", first.Party, last.Party)
	}
	if id := want.Passes[0].Pages[9].ID; id != "none/10" {
		t.Errorf("tenth page is %s: numbers are not compared as numbers", id)
	}
	if diff := cmp.Diff([]string{"none/1", "none/2", "none/10"}, want.Trackers[0].Pages); diff != "" {
		t.Errorf("pages of a tracker:\n%s", diff)
	}
}

// reverseLists reverses every list that Sort orders.
func reverseLists(s reflect.Value) {
	for _, name := range []string{"Cookies", "Storage", "Trackers", "Hosts", "Incomplete", "Notes"} {
		list := s.FieldByName(name)
		swap := reflect.Swapper(list.Interface())
		for i := range list.Len() / 2 {
			swap(i, list.Len()-1-i)
		}
	}
}

func TestSortTellsIdentitiesApart(t *testing.T) {
	key := func(site string, cross bool) *PartitionKey { return &PartitionKey{site, cross} }
	want := []Cookie{
		{Name: "z", Domain: "a.test", Party: First},
		{Name: "a", Domain: "b.test", Party: First, Path: "/"},
		{Name: "a", Domain: "b.test", Party: First, Path: "/", HostOnly: true},
		{Name: "a", Domain: "b.test", Party: First, Path: "/", HostOnly: true, PartitionKey: key("https://a.test", false)},
		{Name: "a", Domain: "b.test", Party: First, Path: "/", HostOnly: true, PartitionKey: key("https://a.test", true)},
		{Name: "a", Domain: "b.test", Party: First, Path: "/", HostOnly: true, PartitionKey: key("https://b.test", false)},
		{Name: "a", Domain: "b.test", Party: First, Path: "/x"},
		{Name: "b", Domain: "b.test", Party: First},
		{Name: "a", Domain: "a.test", Party: Third},
	}
	s := &Scan{Cookies: make([]Cookie, len(want))}
	for i, c := range want {
		s.Cookies[len(want)-1-i] = c
	}
	s.Sort()
	if diff := cmp.Diff(want, s.Cookies); diff != "" {
		t.Error(diff)
	}
}

// FuzzRead: whatever is read can be written, and reading that gives the same
// bytes again.
func FuzzRead(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join(scansDir, "*.json"))
	if err != nil || len(paths) == 0 {
		f.Fatal("no seeds", err)
	}
	for _, path := range paths {
		seed, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed)
	}
	f.Add([]byte(`{"schema": "cookiescan/scan/v1", "cookies": [{"partitionKey": {}, "lifetime": {"storedSeconds": 1}}]}`))
	f.Add([]byte("\ufeff{\"SCHEMA\": \"cookiescan/scan/v1\"}\n{\"schema\": \"x\"}"))
	f.Fuzz(func(t *testing.T, in []byte) {
		scans, err := Read(bytes.NewReader(in))
		if err != nil {
			return
		}
		once, twice := writeLines(t, scans), []byte(nil)
		again, err := Read(bytes.NewReader(once))
		if err != nil {
			t.Fatalf("reading what was written: %v", err)
		}
		if twice = writeLines(t, again); !bytes.Equal(once, twice) {
			t.Errorf("written twice:\n%s\n%s", once, twice)
		}
	})
}

func writeLines(t *testing.T, scans []*Scan) []byte {
	t.Helper()
	var buf bytes.Buffer
	for _, s := range scans {
		if err := WriteLine(&buf, s); err != nil {
			t.Fatal(err)
		}
	}
	return buf.Bytes()
}
