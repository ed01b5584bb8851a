package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"cookiescan/classify/gate"
	"cookiescan/scanner"
)

// renderGate is the table of a check: what to do, with the findings that ask
// for it, then what was not seen and what was not tested.
func renderGate(w io.Writer, scans []*scanner.Scan, o Options) error {
	t := newTerminal(o)
	g := o.gate()
	for _, s := range scans {
		t.checked(s)
	}
	if len(g.Compared) > 0 {
		t.WriteString(wrap("", "compared with "+printable(strings.Join(g.Compared, ", ")), t.width))
	}
	list := g.judged(scans)
	t.tasks("To do", list, gate.AtGate, true)
	t.tasks("Also found, and no reason to fail", list, gate.Below, o.Evidence)
	t.settled("Waived", list, gate.Waived)
	t.settled("In the baseline", list, gate.Known)
	t.lacks(g.lacks(scans))
	t.notTested(scans)
	t.WriteString("\n" + wrap("", Outcome(scans, g), t.width))
	if _, err := w.Write(t.Bytes()); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}

// checked is what a scan was of.
func (t *terminal) checked(s *scanner.Scan) {
	text := printable(s.Target.URL) + " · " + s.Started.UTC().Format("2006-01-02 15:04 UTC") + " · " + passWords(s, printable)
	if s.Target.As != "" {
		text += " · standing for " + printable(s.Target.As)
	}
	if s.Checks != nil && s.Checks.Chosen {
		text += " · under the profile " + printable(s.Checks.Profile)
	}
	if kept := keptRuleset(s); kept != "" {
		text += " · kept to the ruleset " + printable(kept)
	}
	t.WriteString(wrap("", text, t.width))
	if s.Settings.Insecure {
		t.alarm("", insecureWords)
	}
}

// A task is something to do, with the findings that ask for it.
type task struct {
	fix      string
	findings []judged
}

// tasks writes the findings of a status by what is to be done about them. What
// no person is asked to do now comes without the fix.
func (t *terminal) tasks(title string, all []judged, status gate.Status, withFix bool) {
	var list []*task
	n := 0
	for _, f := range all {
		if f.status != status {
			continue
		}
		n++
		i := slices.IndexFunc(list, func(x *task) bool { return x.fix == f.Fix })
		if i < 0 {
			i = len(list)
			list = append(list, &task{fix: f.Fix})
		}
		list[i].findings = append(list[i].findings, f)
	}
	if n == 0 {
		return
	}
	t.heading(title + " " + bracketed(number(n, "finding")))
	for i, x := range list {
		if withFix && x.fix != "" {
			if i > 0 {
				t.WriteString("\n")
			}
			t.WriteString(wrap(fmt.Sprintf("%d. ", i+1), sentence(x.fix), t.width))
		}
		for _, f := range x.findings {
			t.finding(f, withFix)
		}
	}
}

// finding is one of a task.
func (t *terminal) finding(f judged, indented bool) {
	prefix := f.ID + " " + string(f.Severity) + " "
	if indented {
		prefix = "   " + prefix
	}
	text := f.told()
	if words := f.declaredWords(); words != "" && !strings.Contains(f.Message, f.Declared.Text) {
		text += "; declared: " + sentence(words)
	}
	t.WriteString(wrap(printable(prefix), text, t.width))
}

// settled lists what does not count, each in a line.
func (t *terminal) settled(title string, all []judged, status gate.Status) {
	first := true
	for _, f := range all {
		if f.status != status {
			continue
		}
		if first {
			t.heading(title)
			first = false
		}
		text := f.title()
		if status == gate.Waived {
			text += ", " + sentence(waivedWords(f.Waived))
		}
		t.WriteString(wrap("- ", text, t.width))
	}
}

func (t *terminal) lacks(list []lack) {
	for i, x := range list {
		if i == 0 {
			t.heading("Not seen")
		}
		t.WriteString(wrap("- ", x.text, t.width))
	}
}

// notTested groups the checks that could not run in any of the scans.
func (t *terminal) notTested(scans []*scanner.Scan) {
	ran := map[string]bool{}
	for _, s := range scans {
		if s.Checks != nil {
			for _, id := range s.Checks.Tested {
				ran[id] = true
			}
		}
	}
	var lines []string
	for _, s := range scans {
		if s.Checks == nil {
			continue
		}
		only := *s.Checks
		only.NotTested = slices.DeleteFunc(slices.Clone(only.NotTested), func(u scanner.Untested) bool { return ran[u.ID] })
		for _, line := range untested(&scanner.Scan{Checks: &only}) {
			if !slices.Contains(lines, line) {
				lines = append(lines, line)
			}
		}
	}
	for i, line := range lines {
		if i == 0 {
			t.heading("Not tested, which is not the same as no finding")
		}
		t.WriteString(wrap("- ", printable(line), t.width))
	}
}

// Outcome is what a check says in a sentence, with the scope of which it speaks.
// It is safe for a terminal.
func Outcome(scans []*scanner.Scan, g *Gate) string {
	text := outcomeSentence(g.judged(scans), g.lacks(scans), g)
	for _, s := range scans {
		text += "; " + circumstances(s, printable)
	}
	return text
}
