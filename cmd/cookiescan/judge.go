package main

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"cookiescan/classify"
	"cookiescan/classify/checks"
	"cookiescan/classify/rules"
	"cookiescan/classify/taxonomy"
	"cookiescan/classify/words"
	"cookiescan/report"
	"cookiescan/scanner"
)

// judgeOptions say by which rules things are classified and in which words and
// groups they are shown.
type judgeOptions struct {
	rules    []string
	taxonomy string
	lang     string
	profile  string
	ruleset  string
	builtIn  []rules.Source // rules of the program for its own demo site

	db      *rules.DB // after check
	words   *words.Lang
	groups  *taxonomy.Taxonomy
	against checks.Options // what the site declares, for a scan that check makes; none is nothing
	kept    checks.Ruleset // that new checks do not count against; none: that of this program
}

func (o *judgeOptions) addFlags(f *pflag.FlagSet) {
	f.StringArrayVar(&o.rules, "rules", nil, "classify with the rules of `FILE` as well, which win over the built-in ones; can be repeated")
	f.StringVar(&o.taxonomy, "taxonomy", taxonomy.Default, taxonomyUsage())
	f.StringVar(&o.lang, "lang", "en", "`LANGUAGE` of purposes, categories and lifetimes: an official one of the European Union, such as de")
}

// taxonomyUsage is what --help says of --taxonomy.
func taxonomyUsage() string {
	return "sort into the categories of `NAME`: " + strings.Join(taxonomy.Names(), ", ") + ", or those of a file; onetrust, icc-uk, consent-mode and tcf name them in English in every language"
}

// addLawFlags are for commands that judge.
func (o *judgeOptions) addLawFlags(f *pflag.FlagSet) {
	var names []string
	for _, p := range checks.Profiles() {
		names = append(names, string(p))
	}
	f.StringVar(&o.profile, "profile", "", "judge under the law of `PROFILE`: "+strings.Join(names, ", ")+"; without it, under eu and with no errors from law")
	f.StringVar(&o.ruleset, "ruleset", "", "keep to the checks of `VERSION`, a year and a month such as "+checks.Current.String()+", whatever newer ones this program has: what they found is a note; check takes it from cookies.yaml if that has one")
}

// check reads the files and finds the language, before any other work.
func (p *program) checkJudge(o *judgeOptions) error {
	var err error
	if o.words, err = words.Language(o.lang); err != nil {
		return usage("", "--lang: %w", err)
	}
	if _, err = checks.ProfileOf(o.profile); err != nil {
		return usage("", "--profile: %w", err)
	}
	if o.kept, err = checks.ParseRuleset(o.ruleset); err != nil {
		return usage("cookiescan explain ID says since when there is a check", "--ruleset: %w", err)
	}
	if err := o.readTaxonomy(); err != nil {
		return err
	}
	if o.db, err = p.ruleDatabase(o.rules); err != nil {
		return err
	}
	for _, s := range o.builtIn {
		if o.db, err = rules.Load(o.db, s.Name, s.Text); err != nil {
			return err
		}
	}
	return nil
}

// longestTaxonomy is far more than a file of categories needs.
const longestTaxonomy = 1 << 20

// readTaxonomy takes a name for one of ours, and else for a file.
func (o *judgeOptions) readTaxonomy() error {
	var err error
	if slices.Contains(taxonomy.Names(), o.taxonomy) {
		o.groups, err = taxonomy.Lookup(o.taxonomy)
		return err
	}
	info, err := os.Stat(o.taxonomy)
	if errors.Is(err, fs.ErrNotExist) {
		return usage("give one of these, or a file that exists", "--taxonomy: %.60q is unknown, the taxonomies are %s", o.taxonomy, strings.Join(taxonomy.Names(), ", "))
	}
	var src []byte
	switch {
	case err != nil:
	case info.Size() > longestTaxonomy:
		return usage("", "--taxonomy: %s is longer than %d MB", o.taxonomy, longestTaxonomy>>20)
	default:
		src, err = os.ReadFile(o.taxonomy)
	}
	if err != nil {
		return usage("", "--taxonomy: reading %s: %s", o.taxonomy, reason(err))
	}
	if o.groups, err = taxonomy.Parse(o.taxonomy, src); err != nil {
		return usage("", "--taxonomy: %w", err)
	}
	return nil
}

// apply classifies a scan and judges it.
func (o *judgeOptions) apply(doc *scanner.Scan) error {
	if err := o.classify(doc); err != nil {
		return err
	}
	return o.judge(doc, o.against)
}

// chosenBefore is the profile that was chosen when a scan was judged, empty if
// none was.
func chosenBefore(doc *scanner.Scan) string {
	if doc.Checks == nil || !doc.Checks.Chosen {
		return ""
	}
	profile, err := checks.ProfileOf(doc.Checks.Profile)
	if err != nil { // of a version with others
		return ""
	}
	return string(profile)
}

// law is the profile to judge a scan under, and whether somebody chose it: now, or
// when the scan was judged before.
func (o *judgeOptions) law(doc *scanner.Scan) (checks.Profile, bool, error) {
	name := cmp.Or(o.profile, chosenBefore(doc))
	profile, err := checks.ProfileOf(name)
	return profile, name != "", err
}

func (o *judgeOptions) classify(doc *scanner.Scan) error {
	profile, _, err := o.law(doc)
	if err != nil {
		return err
	}
	return classify.Apply(doc, o.db, classify.Options{Profile: string(profile)})
}

// judge runs the checks over a classified scan. What it declares is in c.
func (o *judgeOptions) judge(doc *scanner.Scan, c checks.Options) error {
	var err error
	if c.Profile, c.Chosen, err = o.law(doc); err != nil {
		return err
	}
	c.Ruleset = o.kept
	return checks.Judge(doc, c)
}

// applyAgain judges a stored scan if it was not, or if rules, a profile or a
// ruleset were given. An exemption can depend on the profile, so that what is for what is
// looked up again with it.
func (o *judgeOptions) applyAgain(doc *scanner.Scan) error {
	if classify.Applied(doc) && doc.Checks != nil && len(o.rules) == 0 && o.profile == "" && o.ruleset == "" {
		return nil
	}
	return o.apply(doc)
}

// show adds language and taxonomy to how something is rendered.
func (o *judgeOptions) show(look report.Options) report.Options {
	look.Lang, look.Taxonomy = o.words, o.groups
	return look
}
