package main

import (
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/classify/checks"
	"cookiescan/classify/declaration/register"
	"cookiescan/classify/taxonomy"
	"cookiescan/report/policy"
	"cookiescan/scanner"
)

// policyOptions are the flags of policy.
type policyOptions struct {
	declaration string
	scan        string
	previous    string
	langs       []string
	formats     []string
	dir         string
	templates   string
	draft       bool
	check       bool
	fragment    bool
	page        policy.Options
	judge       judgeOptions

	chosen map[string]bool // flags that were given
	files  policyFolder
	look   *policy.Look
}

func (o *policyOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "Source", func(f *pflag.FlagSet) {
		f.StringVarP(&o.declaration, "declaration", "d", "cookies.yaml", "the reviewed declaration, `FILE`")
		f.StringVar(&o.scan, "scan", "", "say how the list was made: by the scan in `SCAN.JSON`")
		f.StringVar(&o.previous, "previous", "", "say what changed since the policy of `POLICY.JSON`; without it, since the one in the folder of -o")
		f.BoolVar(&o.draft, "draft", false, "write a draft, whatever is missing, marked as one on every page")
	})
	flagGroup(c, "Result", func(f *pflag.FlagSet) {
		f.StringSliceVar(&o.langs, "lang", nil, "`LANGUAGES` of the pages, with commas between them: "+strings.Join(policy.Languages(), ", ")+"; without it, those of the declaration")
		f.StringSliceVarP(&o.formats, "format", "f", []string{"html"}, "`FORMATS`, with commas between them: "+strings.Join(policyFormats(), ", "))
		f.StringVarP(&o.dir, "output", "o", "", "write policy.LANG.EXT for each and policy.json into the folder `DIR`; what another version left there goes to DIR/archive")
		f.BoolVar(&o.check, "check", false, "write nothing, and exit with 1 if a file in the folder of -o is not what would be written")
		f.BoolVar(&o.page.TableOnly, "table-only", false, "only the tables")
		f.BoolVar(&o.page.Short, "short", false, "only a short statement, to stand in a privacy policy")
		f.BoolVar(&o.fragment, "fragment", false, "HTML without the page around it, to put into one")
		f.StringVar(&o.templates, "template", "", "for HTML and Markdown: take "+strings.Join(policy.Templates(), ", ")+" from the folder `DIR` instead of the built-in ones, as far as they are there")
		f.StringVar(&o.judge.taxonomy, "taxonomy", taxonomy.Default, taxonomyUsage())
	})
	flagGroup(c, "Classification, for a draft from a scan", func(f *pflag.FlagSet) {
		f.StringArrayVar(&o.judge.rules, "rules", nil, "classify with the rules of `FILE` as well, which win over the built-in ones; can be repeated")
	})
	o.judge.lang = "en"
	markOwnFormat(c)
}

func policyFormats() []string {
	var names []string
	for _, f := range policy.Formats() {
		names = append(names, f.Name)
	}
	return names
}

func (p *program) newPolicy() *cobra.Command {
	var o policyOptions
	c := &cobra.Command{
		Use:   "policy [-d cookies.yaml | SCAN.JSON...]",
		Short: "Write the cookie policy that your site publishes",
		Long: `policy writes a cookie policy from cookies.yaml: the whole page, in any official language
of the European Union, or only its tables. What a policy must say and the declaration does
not is listed with file and line, and nothing is written; --draft writes it nevertheless.
From scans alone it is a draft.

Dates and version are those of policy: in the declaration. When the version there is another
than that of the files in the folder, those go to archive/, and the page says what changed.

Templates are for HTML and Markdown; docx has none, its styles can be changed in the file.
Those for HTML are files of Go's html/template: page.gohtml is the page, fragment.gohtml a
part for another page, both show content.gohtml and have .Style, the text of style.css.
page.gomd, of text/template, is the page in Markdown. They are filled with .Lang .Dir .Title
.Author .Version .Updated .Draft .Lead .Contents and .Sections; a section has .ID .Title and
.Blocks; a block is a .Heading, a .Paragraph, .Items, a .Table (.Caption .Columns .Rows) or a
.Control, the button that opens the consent settings. In HTML a line is a list of spans
(.Text .Href .Code), a row has .Cells, a cell .Lines, and the button .ID .Text .Attributes;
href is empty for an address that must not be a link, attributes writes those of the button.
In Markdown a line, a cell and the button are Markdown already, and a row is a list of
cells. policy.json has a digest of the templates: --check tells when they changed.

Exit codes: 0 done, 1 --check found a file that is not up to date, 2 something is missing.`,
		Example: `  cookiescan policy -d cookies.yaml --lang de,en -o policy/
  cookiescan policy -d cookies.yaml --scan audit/scan.json --lang de -f html,markdown,docx -o policy/
  cookiescan policy -d cookies.yaml --table-only --fragment --lang en > table.html
  cookiescan policy --check -d cookies.yaml -o policy/       # in a pipeline
  cookiescan policy audit/scan.json > draft.html`,
		RunE: func(c *cobra.Command, args []string) error {
			o.chosen = map[string]bool{}
			c.Flags().Visit(func(f *pflag.Flag) { o.chosen[f.Name] = true })
			return p.runPolicy(&o, args)
		},
	}
	o.addFlags(c)
	return c
}

func (p *program) runPolicy(o *policyOptions, scans []string) error {
	if err := p.checkPolicy(o, scans); err != nil {
		return err
	}
	if err := o.readTemplates(); err != nil {
		return err
	}
	file, err := p.policyRegister(o, scans)
	if err != nil {
		return err
	}
	if err := o.languages(file); err != nil {
		return err
	}
	p.warnOfDates(file)
	if err := p.policyGaps(o, file); err != nil {
		return err
	}
	doc, err := p.policyDocument(o, file)
	if err != nil {
		return err
	}
	return p.writePolicy(o, doc)
}

// checkPolicy finds out what the flags mean together, and reads what the folder
// holds.
func (p *program) checkPolicy(o *policyOptions, scans []string) error {
	switch {
	case len(scans) > 0 && o.chosen["declaration"]:
		return usage("with -d, the scan that tells how the list was made is --scan", "policy takes -d FILE or scans, not both")
	case len(scans) > 0 && o.check:
		return usage("", "--check needs -d: what is made from scans is a draft")
	case o.check && o.dir == "":
		return usage("for example: cookiescan policy --check -d cookies.yaml -o policy/", "--check needs the folder that -o names")
	case o.page.TableOnly && o.page.Short:
		return usage("", "--table-only and --short do not go together")
	}
	if len(scans) > 0 {
		o.draft = true
	}
	var err error
	if o.files, err = readPolicyFolder(o.dir); err != nil {
		return err
	}
	if o.check {
		if o.files.current == nil {
			return usage("cookiescan policy -d cookies.yaml -o "+printable(o.dir)+" writes it", "there is no policy.json in %s", o.dir)
		}
		o.repeat(o.files.current)
	}
	for i, name := range o.formats {
		o.formats[i] = strings.TrimSpace(name)
		f, err := policy.Lookup(o.formats[i])
		if err != nil {
			return usage("", "--format: %w", err)
		}
		if f.Binary && o.dir == "" && isTerminal(p.stdout) {
			return usage("give a folder with -o DIR, or redirect: ... > policy."+f.Extension, "--format: %s is nothing for a terminal", f.Name)
		}
	}
	if len(o.formats) == 0 {
		return usage("", "--format: there is none, the formats are %s", strings.Join(policyFormats(), ", "))
	}
	slices.Sort(o.formats)
	o.formats = slices.Compact(o.formats)
	return o.judge.readTaxonomy()
}

// repeat takes what was not given from the way in which files were written.
func (o *policyOptions) repeat(d *policy.Document) {
	r := d.Rendering
	if r == nil {
		return
	}
	for name, set := range map[string]func(){
		"format":     func() { o.formats = slices.Clone(r.Formats) },
		"lang":       func() { o.langs = d.Languages },
		"taxonomy":   func() { o.judge.taxonomy = r.Taxonomy },
		"table-only": func() { o.page.TableOnly = r.TableOnly },
		"short":      func() { o.page.Short = r.Short },
		"fragment":   func() { o.fragment = r.Fragment },
		"draft":      func() { o.draft = d.Draft },
	} {
		if !o.chosen[name] {
			set()
		}
	}
}

// policyRegister reads the declaration, or makes one of scans that is to review
// as a whole.
func (p *program) policyRegister(o *policyOptions, scans []string) (*register.File, error) {
	if len(scans) == 0 {
		shown, data, err := p.readDeclared(o.declaration)
		if err != nil {
			return nil, err
		}
		return p.readRegister(shown, data)
	}
	if err := p.checkJudge(&o.judge); err != nil {
		return nil, err
	}
	var docs []*scanner.Scan
	for _, name := range scans {
		more, err := p.readScans(name)
		if err != nil {
			return nil, err
		}
		for _, doc := range more {
			if err := o.judge.applyAgain(doc); err != nil {
				return nil, usage("", "classifying what is in %s: %w", name, err)
			}
			docs = append(docs, doc)
		}
	}
	u, err := register.Draft("the draft", nil, docs, register.DraftOptions{
		Open: openDeclared, Vendor: vendorFacts(o.judge.db), Ruleset: checks.Current.String(),
	})
	if err != nil {
		return nil, usage("", "%w", err)
	}
	if o.scan == "" {
		o.scan = scans[0]
	}
	return register.Read("the draft", u.Text, openDeclared)
}

// defaultPolicyLanguage is that of a policy where nobody says any.
const defaultPolicyLanguage = "en"

// languages are those that were asked for, else those of the declaration, else
// English.
func (o *policyOptions) languages(f *register.File) error {
	if len(o.langs) == 0 {
		o.langs = f.Languages
	}
	if len(o.langs) == 0 {
		o.langs = []string{defaultPolicyLanguage}
	}
	o.langs = slices.Clone(o.langs)
	for i, tag := range o.langs {
		o.langs[i] = strings.TrimSpace(tag)
		if !policy.HasLanguage(o.langs[i]) {
			return usage("", "--lang: there are no words for %.40q, the languages are %s", tag, strings.Join(policy.Languages(), ", "))
		}
		if slices.Contains(o.langs[:i], o.langs[i]) {
			return usage("", "--lang: %s is given twice", o.langs[i])
		}
	}
	if o.dir == "" && (len(o.langs) > 1 || len(o.formats) > 1) {
		return usage("-o DIR writes one file for each", "only one page fits on standard output: choose one language and one format")
	}
	return nil
}

// policyGaps lists what is missing and ends the program, unless a draft is
// wanted.
func (p *program) policyGaps(o *policyOptions, f *register.File) error {
	gaps, err := policy.Gaps(f, o.langs)
	if err != nil || len(gaps) == 0 {
		return err
	}
	if o.draft {
		p.say("a draft: %d left to do", len(gaps))
		return nil
	}
	for _, g := range gaps {
		p.say("%s", oneLine(g.String()))
	}
	return usage("complete it, or write a draft with --draft", "%s is not ready to be published: %d left to do", f.Name, len(gaps))
}

// policyDocument builds the policy.
func (p *program) policyDocument(o *policyOptions, f *register.File) (*policy.Document, error) {
	s := policy.Source{Register: f, Languages: o.langs, Draft: o.draft}
	if o.scan != "" {
		doc, err := p.scanOf(o.scan, f)
		if err != nil {
			return nil, err
		}
		s.Scan = doc
	}
	var err error
	if s.Previous, err = o.before(f); err != nil {
		return nil, err
	}
	doc, err := policy.Build(s)
	if err != nil {
		return nil, err
	}
	if o.check && o.scan == "" {
		doc.Scan = o.files.current.Scan
	}
	doc.Rendering = &policy.Rendering{
		Formats: o.formats, Taxonomy: o.judge.taxonomy, TableOnly: o.page.TableOnly, Short: o.page.Short, Fragment: o.fragment,
		Templates: o.look.Digest(o.formats),
	}
	o.page.Taxonomy = o.judge.groups
	return doc, nil
}

// scanOf is the scan of the declaration's site in a file.
func (p *program) scanOf(name string, f *register.File) (*scanner.Scan, error) {
	docs, err := p.readScans(name)
	if err != nil {
		return nil, err
	}
	index := f.Index()
	for _, doc := range docs {
		if index.Own(doc.Target.Site) || index.Own(hostOf(doc.Target.URL)) || index.Own(hostOf(doc.Target.As)) {
			return doc, nil
		}
	}
	return nil, usage("", "--scan: %s is no scan of %s", name, f.Site)
}

// before is the version before this one: as it is given, else what the folder
// holds of another version, else what the archive holds of the one before.
func (o *policyOptions) before(f *register.File) (*policy.Document, error) {
	if o.previous != "" {
		return readPolicy(o.previous)
	}
	current := o.files.current
	if current == nil || o.draft {
		return nil, nil
	}
	if label := (&policy.Document{Version: f.Policy.Version, Updated: f.Policy.Updated}).Label(); current.Label() != label {
		return current, nil
	}
	if len(current.History) < 2 {
		return nil, nil
	}
	d, err := readPolicy(o.files.archived(current.History[1].Label(), "policy.json"))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return d, err
}

func readPolicy(name string) (*policy.Document, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, usage("", "reading an earlier policy: %w", err)
	}
	d, err := policy.ReadDocument(name, src)
	if err != nil {
		return nil, usage("", "%w", err)
	}
	return d, nil
}
