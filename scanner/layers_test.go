package scanner_test

import (
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

const module = "cookiescan"

// layers says which layers each may import, besides itself; "*" is all. A layer
// is a folder with those below it, except scanner, whose children are layers of
// their own. A package of no layer is a breach: add it here and in
// .golangci.yml.
var layers = map[string][]string{
	"scanner":           {},
	"scanner/setcookie": {},
	"scanner/crawl":     {},
	"scanner/egress":    {},
	"scanner/botwall":   {},
	"scanner/journal":   {},
	"scanner/sitehost":  {},
	"scanner/consent":   {"scanner"},
	"scanner/ledger":    {"scanner", "scanner/setcookie"},
	"scanner/jarfile":   {},
	"scanner/steps":     {"scanner/consent"},
	"scanner/reading":   {"scanner/consent", "scanner/crawl"},
	"scanner/walk": {
		"scanner", "scanner/botwall", "scanner/consent", "scanner/crawl", "scanner/egress", "scanner/ledger", "scanner/reading", "scanner/setcookie", "scanner/steps",
	},
	"scanner/chrome": {
		"scanner", "scanner/consent", "scanner/egress", "scanner/jarfile", "scanner/ledger", "scanner/reading", "scanner/setcookie", "scanner/steps", "scanner/walk",
	},
	"scanner/evidence": {"scanner", "scanner/journal", "scanner/ledger", "scanner/walk"},
	"classify":         {"scanner"},
	"report":           {"classify", "scanner"},
	"cmd/cookiescan":   {"*"},
}

// protocol is the browser's protocol, which only protocolLayer knows.
const (
	protocol      = "github.com/chromedp/"
	protocolLayer = "scanner/chrome"
)

// A pkg is what go list says of one package.
type pkg struct {
	ImportPath string
	Imports    []string
	Standard   bool
	Module     *struct {
		Path, Dir string
		Main      bool
	}
}

func TestLayers(t *testing.T) {
	all := goList(t)
	for _, b := range breaches(all) {
		t.Error(b)
	}
	linked := closure(all, module+"/cmd/cookiescan")
	if _, ok := linked[module+"/"+protocolLayer]; !ok {
		t.Errorf("the program does not link %s, so this test does not see all of it", protocolLayer)
	}
	if _, ok := linked["testing"]; ok {
		t.Error("the program links package testing")
	}
	licences(t, linked)
}

// TestLayersBreached shows that the rules find what they are there for.
func TestLayersBreached(t *testing.T) {
	tests := []struct{ from, to, want string }{
		{"scanner", "scanner/setcookie", "scanner imports scanner/setcookie"},
		{"scanner/egress/deep", "scanner", "scanner/egress/deep imports scanner"},
		{"scanner/ledger", "scanner/walk", "scanner/ledger imports scanner/walk"},
		{"scanner/walk", "scanner/chrome", "scanner/walk imports scanner/chrome"},
		{"classify/rules", "report", "classify/rules imports report"},
		{"report", "scanner/chrome/process", "report imports scanner/chrome/process"},
		{"scanner/new", "fmt", "scanner/new is in no layer"},
		{"internal/util", "fmt", "internal/util is in no layer"},
		{"scanner/chrome/process", "scanner/walk", ""},
		{"scanner/setcookie", "scanner/setcookie/cookietest", ""},
		{"cmd/cookiescan", "scanner/chrome", ""},
	}
	for _, test := range tests {
		to := test.to
		if to != "fmt" {
			to = module + "/" + to
		}
		got := strings.Join(breaches([]pkg{ours(test.from, to)}), "; ")
		if got != test.want {
			t.Errorf("%s importing %s: got %q, want %q", test.from, test.to, got, test.want)
		}
	}
	for from, want := range map[string]string{
		"scanner/walk":           "scanner/walk imports github.com/chromedp/cdproto/page",
		"scanner/chrome/process": "",
	} {
		if got := strings.Join(breaches([]pkg{ours(from, protocol+"cdproto/page")}), "; "); got != want {
			t.Errorf("%s importing the protocol: got %q, want %q", from, got, want)
		}
	}
}

// TestPureLayersStartNothing is why classify and report are tested without the
// race detector: nothing in them runs beside anything else.
func TestPureLayersStartNothing(t *testing.T) {
	files := 0
	for _, layer := range []string{"classify", "report"} {
		err := filepath.WalkDir(filepath.Join("..", layer), func(name string, _ fs.DirEntry, err error) error {
			if err != nil || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			files++
			src, err := os.ReadFile(name)
			if err == nil && starts(t, string(src)) {
				t.Errorf("%s starts a goroutine: put its package under the race detector in the Makefile", name)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if files < 100 {
		t.Errorf("only %d files were read, so this test does not see all of them", files)
	}
	for src, want := range map[string]bool{
		"package p; func f() { go f() }":            true,
		"package p; func f() { var g G; g.Go(f) }":  true,
		"package p; func f() { f(); g := 1; _ = g}": false,
	} {
		if starts(t, src) != want {
			t.Errorf("%s starts a goroutine: want %v", src, want)
		}
	}
}

// starts tells whether a file has a go statement, or calls the Go of a group.
func starts(t *testing.T, src string) bool {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "", src, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			found = true
		case *ast.CallExpr:
			method, ok := n.Fun.(*ast.SelectorExpr)
			found = found || ok && method.Sel.Name == "Go"
		}
		return !found
	})
	return found
}

func ours(dir, imports string) pkg {
	return pkg{ImportPath: module + "/" + dir, Imports: []string{imports}}
}

// breaches names each import of our packages that goes the wrong way.
func breaches(all []pkg) []string {
	var found []string
	for _, p := range all {
		from, isOurs := strings.CutPrefix(p.ImportPath, module+"/")
		if !isOurs {
			continue
		}
		layer := layerOf(from)
		if layer == "" {
			found = append(found, from+" is in no layer")
			continue
		}
		for _, imported := range p.Imports {
			to, isOurs := strings.CutPrefix(imported, module+"/")
			if isOurs && !may(layer, layerOf(to)) ||
				strings.HasPrefix(imported, protocol) && layer != protocolLayer {
				found = append(found, from+" imports "+to)
			}
		}
	}
	return found
}

func layerOf(dir string) string {
	for d := dir; d != "."; d = path.Dir(d) {
		if _, ok := layers[d]; ok && (d != "scanner" || d == dir) {
			return d
		}
	}
	return ""
}

func may(from, to string) bool {
	allowed := layers[from]
	return from == to || slices.Contains(allowed, to) || slices.Contains(allowed, "*")
}

// goList lists our packages and all that they need, without their tests.
func goList(t *testing.T) []pkg {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-deps",
		"-json=ImportPath,Imports,Standard,Module", "./...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("go list: %v: %s", err, exit.Stderr)
		}
		t.Fatalf("go list: %v", err)
	}
	var all []pkg
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatalf("decoding what go list says: %v", err)
		}
		all = append(all, p)
	}
}

// closure is what is linked into the program whose main package is root, by
// import path.
func closure(all []pkg, root string) map[string]pkg {
	byPath := map[string]pkg{}
	for _, p := range all {
		byPath[p.ImportPath] = p
	}
	linked := map[string]pkg{}
	for next := []string{root}; len(next) > 0; {
		name := next[0]
		next = next[1:]
		if _, ok := linked[name]; ok {
			continue
		}
		if p, ok := byPath[name]; ok {
			linked[name] = p
			next = append(next, p.Imports...)
		}
	}
	return linked
}

// titleLength is how much of a licence's text can be its title, in bytes.
const titleLength = 500

var (
	licenceFile = regexp.MustCompile(`(?i)^(licen[cs]e|copying)`)
	// A licence under which we could not give the program away. Others name
	// these further down, so only a title counts.
	copyleft    = regexp.MustCompile(`(?i)GNU\s+(AFFERO\s+|LESSER\s+|LIBRARY\s+)?GENERAL\s+PUBLIC\s+LICENSE`)
	noticeEntry = regexp.MustCompile(`(?m)^- (\S+): `)
)

// licences checks that each module in the program has a licence which lets us
// give it away, and that NOTICE lists exactly these modules.
func licences(t *testing.T, linked map[string]pkg) {
	t.Helper()
	dirs := map[string]string{}
	for _, p := range linked {
		if p.Module != nil && !p.Module.Main {
			dirs[p.Module.Path] = p.Module.Dir
		}
	}
	for name, dir := range dirs {
		texts := licenceTexts(t, dir)
		if len(texts) == 0 {
			t.Errorf("module %s has no licence file", name)
		}
		for _, text := range texts {
			if copyleft.MatchString(text[:min(len(text), titleLength)]) {
				t.Errorf("module %s is under a GNU licence", name)
			}
		}
	}
	notice, err := os.ReadFile("../NOTICE")
	if err != nil {
		t.Fatal(err)
	}
	var listed []string
	for _, m := range noticeEntry.FindAllSubmatch(notice, -1) {
		listed = append(listed, string(m[1]))
	}
	if want := slices.Sorted(maps.Keys(dirs)); !slices.Equal(listed, want) {
		t.Errorf("NOTICE lists the modules\n%s\nbut the program has\n%s",
			strings.Join(listed, "\n"), strings.Join(want, "\n"))
	}
}

func licenceTexts(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, e := range entries {
		if e.IsDir() || !licenceFile.MatchString(e.Name()) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(text))
	}
	return texts
}
