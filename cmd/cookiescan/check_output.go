package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"cookiescan/report"
)

// writeCheck writes the result: to standard output, or into the folder, where
// scans that were made now are kept with their evidence.
func (p *program) writeCheck(o *checkOptions, v *verdict, look report.Options) error {
	out := &o.scan.output
	look.Gate = &v.gate
	if len(v.subjects) == 1 && v.subjects[0].from != "" {
		look.Pictures = pictures(folderOf(v.subjects[0].from))
	}
	if out.dir != "" {
		kept := false
		for _, s := range v.subjects {
			if s.folder == "" {
				continue
			}
			kept = true
			if s.sealed {
				continue
			}
			if err := p.store(&o.scan, s.folder, s.doc, v.docs, look); err != nil {
				return err
			}
		}
		if !kept {
			written, err := out.write(nil, o.scan.judge.show(look), out.dir, v.docs)
			if err != nil {
				return err
			}
			if err := keepPolicies(out.dir, v.pages); err != nil {
				return err
			}
			p.say("written: %s", strings.Join(written, ", "))
		}
	}
	f, ok := o.onStdout()
	if !ok {
		return nil
	}
	look.Evidence = out.evidence
	if err := f.Render(p.stdout, v.docs, o.scan.judge.show(look)); err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}

// onStdout is the one format that is written to standard output. Workflow
// commands are written there in any case: nobody reads them in a file.
func (o *checkOptions) onStdout() (report.Format, bool) {
	name := ""
	switch list := o.scan.output.formats; {
	case o.summary:
		name = "summary"
	case o.scan.output.dir == "":
		return list[0], true
	case slices.ContainsFunc(list, func(f report.Format) bool { return f.Name == "github" }):
		name = "github"
	}
	f, err := o.scan.output.lookup(name)
	return f, err == nil
}

// checkOutcome says the outcome to the person, unless the table did, and
// returns it as exit code.
func (p *program) checkOutcome(ctx context.Context, o *checkOptions, v *verdict, failed error) error {
	if ctx.Err() != nil {
		p.say("interrupted: what was seen until then is written")
		return silent(exitInterrupted)
	}
	for i, doc := range v.docs {
		if len(v.result.Unseen[i]) > 0 {
			p.review(doc)
		}
	}
	if v.result.Allowed > 0 {
		p.say("%s stayed unseen, as --allow-incomplete lets them", plural(v.result.Allowed, "page"))
	}
	if f, ok := o.onStdout(); !ok || f.Name != "table" {
		p.say("%s", report.Outcome(v.docs, &v.gate))
	}
	code := v.result.Outcome.Code()
	switch {
	case failed != nil && code != exitFindings:
		return failed
	case failed != nil:
		_, hint := codeOf(failed)
		p.complain(failed, hint)
	}
	if code == exitOK {
		return nil
	}
	return silent(code)
}
