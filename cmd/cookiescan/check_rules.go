package main

import (
	"bytes"
	"fmt"

	"cookiescan/classify"
	"cookiescan/classify/checks"
	"cookiescan/report"
	"cookiescan/report/diff"
	"cookiescan/scanner"
)

// compareRules judges stored scans with the classification that they bring and
// with that of this version, and shows the difference as diff does.
func (p *program) compareRules(o *checkOptions, d *declared, subjects []subject, list []target, colour string) error {
	out := &o.scan.output
	switch {
	case len(list) > 0:
		return usage("give the scan.json of an earlier run", "--compare-rules compares classifications of a stored scan, and %s is none", list[0].starts[0])
	case out.dir != "" || o.summary:
		return usage("redirect standard output to a file", "--compare-rules writes to standard output only, without -o and --summary")
	case len(d.addresses) > 0:
		return usage("save the page and give the file", "--compare-rules fetches no policy")
	}
	before, after, err := o.twice(d, subjects)
	if err != nil {
		return err
	}
	format := "table"
	if len(out.names) == 1 {
		format = out.names[0]
	}
	var results []*diff.Result
	differs := false
	for i := range before {
		r := diff.Compare(before[i], after[i])
		results = append(results, r)
		differs = differs || r.Differs()
	}
	if err := report.Diff(p.stdout, format, results, o.scan.judge.show(p.look(colour))); err != nil {
		return usage("", "--format: %w", err)
	}
	if differs {
		return silent(exitFindings)
	}
	return nil
}

// twice are the scans judged as they are, by the checks that there were then, and
// classified anew. What cookies.yaml keeps to holds for both, --ruleset for the
// second only.
func (o *checkOptions) twice(d *declared, subjects []subject) (before, after []*scanner.Scan, err error) {
	for _, s := range subjects {
		if !classify.Applied(s.doc) {
			return nil, nil, usage("check it without --compare-rules", "--compare-rules: the scan in %s is not classified", s.from)
		}
		twin, err := copyOf(s.doc)
		if err != nil {
			return nil, nil, err
		}
		before, after = append(before, s.doc), append(after, twin)
	}
	var then []checks.Ruleset
	for _, doc := range before {
		has, _ := checks.RulesetOf(doc)
		then = append(then, has)
	}
	judge := &o.scan.judge
	kept := judge.kept
	if judge.kept, err = d.ruleset(); err != nil {
		return nil, nil, err
	}
	for _, docs := range [][]*scanner.Scan{before, after} {
		r, err := d.registerFor(docs, o.scan.as)
		if err != nil {
			return nil, nil, err
		}
		if &docs[0] == &after[0] {
			judge.kept = kept
			for _, doc := range docs {
				if err := judge.classify(doc); err != nil {
					return nil, nil, fmt.Errorf("classifying what was found on %s: %w", doc.Target.Site, err)
				}
			}
		}
		if err := o.judgeAll(d, r, docs); err != nil {
			return nil, nil, err
		}
	}
	for i, doc := range before {
		checks.Without(doc, then[i])
	}
	return before, after, nil
}

// copyOf is a document of its own.
func copyOf(doc *scanner.Scan) (*scanner.Scan, error) {
	var b bytes.Buffer
	if err := scanner.WriteLine(&b, doc); err != nil {
		return nil, err
	}
	docs, err := scanner.Read(&b)
	if err != nil || len(docs) != 1 {
		return nil, fmt.Errorf("copying the scan of %s: %w", doc.Target.Site, err)
	}
	return docs[0], nil
}
