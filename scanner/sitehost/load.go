package sitehost

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

const siteFile = "site.yaml"

// site is a loaded site folder.
type site struct {
	fs     fs.FS
	routes []*route
	hosts  []string
}

// loadSite reads and checks the folder. Its errors about site.yaml read
// "reading site.yaml: line 12: ...".
func loadSite(fsys fs.FS) (*site, error) {
	s := &site{fs: fsys}
	folders, err := hostFolders(fsys)
	if err != nil {
		return nil, err
	}
	data, err := fs.ReadFile(fsys, siteFile)
	switch {
	case err == nil:
		if err := s.loadRoutes(data); err != nil {
			return nil, fmt.Errorf("reading %s: %w", siteFile, err)
		}
	case !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("reading %s: %w", siteFile, err)
	case len(folders) == 0:
		return nil, errors.New("the site folder has neither site.yaml nor a folder named after a host")
	}
	for _, r := range s.routes {
		if r.host != "" && !strings.Contains(r.host, "*") {
			folders[r.host] = struct{}{}
		}
	}
	s.hosts = slices.Sorted(maps.Keys(folders))
	return s, nil
}

func hostFolders(fsys fs.FS) (map[string]struct{}, error) {
	entries, err := fs.ReadDir(fsys, ".")
	if err != nil {
		return nil, fmt.Errorf("reading the site folder: %w", err)
	}
	hosts := make(map[string]struct{})
	for _, e := range entries {
		name := e.Name()
		if !e.IsDir() || strings.HasPrefix(name, "_") || strings.HasPrefix(name, ".") {
			continue
		}
		if name != normalizeHost(name) {
			return nil, fmt.Errorf("site folder %q: host folders are lower case, without port", name)
		}
		hosts[name] = struct{}{}
	}
	return hosts, nil
}

func (s *site) loadRoutes(data []byte) error {
	var spec siteSpec
	file, err := decode(data, &spec)
	if err != nil {
		return err
	}
	lines := routeLines(file)
	for i := range spec.Routes {
		r, ferr := s.newRoute(&spec.Routes[i])
		if ferr != nil {
			return fmt.Errorf("line %d: %w", lines.of(i, ferr.field), ferr.err)
		}
		s.routes = append(s.routes, r)
	}
	return nil
}

// decode reads strict YAML. The library panics on some malformed input, which
// is an error like any other here.
func decode(data []byte, spec *siteSpec) (file *ast.File, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("line 1: not understood as YAML: %v", p)
		}
	}()
	file, err = parser.ParseBytes(data, 0)
	if err != nil {
		return nil, yamlError(err)
	}
	if len(file.Docs) > 1 {
		return nil, fmt.Errorf("line %d: a second document", file.Docs[1].GetToken().Position.Line)
	}
	if err := yaml.UnmarshalWithOptions(data, spec, yaml.Strict()); err != nil {
		return nil, yamlError(err)
	}
	return file, nil
}

// yamlError brings the library's error, a drawing of several lines, into one.
func yamlError(err error) error {
	var ye yaml.Error
	if !errors.As(err, &ye) || ye.GetToken() == nil {
		return fmt.Errorf("line 1: %w", err)
	}
	return fmt.Errorf("line %d: %s", ye.GetToken().Position.Line, ye.GetMessage())
}

// lineIndex knows the line of each route and, by name, of its fields.
type lineIndex []map[string]int

func (l lineIndex) of(route int, field string) int {
	if route >= len(l) {
		return 1
	}
	if n, ok := l[route][field]; ok {
		return n
	}
	return l[route][""]
}

func routeLines(file *ast.File) lineIndex {
	var index lineIndex
	for _, top := range file.Docs {
		for _, pair := range pairs(top.Body) {
			list, ok := pair.Value.(*ast.SequenceNode)
			if !ok {
				continue
			}
			for _, item := range list.Values {
				lines := map[string]int{"": item.GetToken().Position.Line}
				for _, f := range pairs(item) {
					lines[f.Key.GetToken().Value] = f.Key.GetToken().Position.Line
				}
				index = append(index, lines)
			}
		}
	}
	return index
}

// pairs lists the pairs of a mapping, none for anything else.
func pairs(n ast.Node) []*ast.MappingValueNode {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}
	case *ast.AnchorNode:
		return pairs(n.Value)
	}
	return nil
}
