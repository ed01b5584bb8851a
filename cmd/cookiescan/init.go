package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/classify/checks"
	"cookiescan/classify/declaration/register"
	"cookiescan/classify/rules"
	"cookiescan/classify/taxonomy"
	"cookiescan/scanner"
)

// initOptions are the flags of init.
type initOptions struct {
	judge  judgeOptions
	output string
}

func (o *initOptions) addFlags(c *cobra.Command) {
	flagGroup(c, "Result", func(f *pflag.FlagSet) {
		f.StringVarP(&o.output, "output", "o", "cookies.yaml", "`FILE` to write, or to add to if it is there")
	})
	flagGroup(c, "Classification", func(f *pflag.FlagSet) {
		f.StringArrayVar(&o.judge.rules, "rules", nil, "classify with the rules of `FILE` as well, which win over the built-in ones; can be repeated")
	})
	o.judge.taxonomy, o.judge.lang = taxonomy.Default, "en"
}

func (p *program) newInit() *cobra.Command {
	var o initOptions
	c := &cobra.Command{
		Use:   "init SCAN.JSON...",
		Short: "Start or update cookies.yaml, the declaration that you keep, from scans",
		Long: `init writes cookies.yaml, in which you say what each cookie of your site is for. Each
cookie, storage key and tracking pixel of the scans that has no entry yet gets one, with
what is known of it, to be reviewed by a person; names with generated parts are one
pattern (_ga_*). Several scans of one site are merged.

An entry that is there is never changed, whoever wrote it, nor are comments and order:
only the block "observed" beside it is set to what was seen. If there is no
cookiescan.yaml beside it, that is written too, with the runs pr and nightly.`,
		Example: `  cookiescan init audit/scan.json -o cookies.yaml
  cookiescan init audit/scan.json audit-login/scan.json
  cookiescan declaration lint cookies.yaml    # what is left to do`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("scan writes them: cookiescan scan URL -o DIR", "init needs a scan.json, or - for standard input")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.runInit(&o, args) },
	}
	o.addFlags(c)
	return c
}

func (p *program) runInit(o *initOptions, args []string) error {
	if o.output == "-" {
		return usage("-o cookies.yaml, for example", "-o names the file to write or to add to, which standard output is not")
	}
	if err := p.checkJudge(&o.judge); err != nil {
		return err
	}
	var docs []*scanner.Scan
	for _, name := range args {
		more, err := p.readScans(name)
		if err != nil {
			return err
		}
		for _, doc := range more {
			if err := o.judge.applyAgain(doc); err != nil {
				return fmt.Errorf("classifying what is in %s: %w", name, err)
			}
			docs = append(docs, doc)
			if first := docs[0].Target.Site; doc.Target.Site != first {
				return usage("init once for each site, each with its own -o FILE", "the scans are of several sites: %s and %s", first, doc.Target.Site)
			}
		}
	}
	src, err := os.ReadFile(o.output)
	if errors.Is(err, fs.ErrNotExist) {
		src, err = nil, nil
	}
	if err != nil {
		return usage("", "reading %s: %s", o.output, reason(err))
	}
	u, err := register.Draft(o.output, src, docs, register.DraftOptions{
		Open: openDeclared, Vendor: vendorFacts(o.judge.db), Ruleset: checks.Current.String(),
	})
	if err != nil {
		return usage("cookiescan declaration lint "+printable(o.output)+" says what is wrong in it", "%w", err)
	}
	if err := writeFile(o.output, writes(u.Text)); err != nil {
		return usage("choose another file with -o FILE", "%w", err)
	}
	todo := fmt.Sprintf("%d to review", u.Todo)
	if u.Todo == u.Entries {
		todo = "all to review"
	}
	p.say("%s: %s, %s; %d new, %d seen again", o.output, entries(u.Entries), todo, u.Added, u.Observed)
	return p.writeConfig(filepath.Join(filepath.Dir(o.output), configName))
}

// openDeclared opens a file that a declaration extends.
func openDeclared(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %s", name, reason(err))
	}
	defer f.Close() //nolint:errcheck // it was only read
	return io.ReadAll(io.LimitReader(f, register.MaxSize+1))
}

// vendorFacts looks vendors of the rules up, as a declaration names them.
func vendorFacts(db *rules.DB) func(id string) (register.Vendor, bool) {
	known := map[string]*rules.Vendor{}
	for r := range db.Rules() {
		known[r.Vendor.ID] = r.Vendor
	}
	return func(id string) (register.Vendor, bool) {
		v, ok := known[id]
		if !ok {
			return register.Vendor{}, false
		}
		name := v.Legal
		if name == "" {
			name = v.Name
		}
		return register.Vendor{Name: name, Country: v.Country, Policy: v.Policy, Domains: v.Domains}, true
	}
}

func entries(n int) string {
	if n == 1 {
		return "1 entry"
	}
	return fmt.Sprintf("%d entries", n)
}
