package main

import (
	"fmt"
	"strings"
)

// marks are what stands before a line: signs at a terminal, words elsewhere.
type marks struct{ good, bad, note string }

func (p *program) marks() marks {
	if isTerminal(p.stdout) {
		return marks{"✓ ", "✗ ", "! "}
	}
	return marks{"ok    ", "FAIL  ", "note  "}
}

// showDiagnosis says what doctor found, what is wrong and how to mend it.
func (p *program) showDiagnosis(d diagnosis) {
	m := p.marks()
	p.line("", "cookiescan %s, %s %s/%s", d.Version.Version, d.Version.Go, d.Version.OS, d.Version.Arch)
	for i, b := range d.Browsers {
		p.line("", "")
		p.showBrowser(m, b, i == 0)
	}
	p.line("", "")
	for _, f := range d.Machine {
		mark := m.good
		switch {
		case f.Fatal:
			mark = m.bad
		case f.Problem != "":
			mark = m.note
		}
		p.line(mark, "%s: %s", f.Name, f.Value)
		p.trouble(m, f.Problem, f.Mend)
	}
	p.line("", "")
	if d.OK {
		p.line("", "Scans work on this machine. Try it: cookiescan demo")
	} else {
		p.line("", "Scans do not work on this machine as it is.")
	}
}

func (p *program) showBrowser(m marks, b browserCheck, first bool) {
	if b.Path == "" {
		p.line(m.bad, "browser: none")
		p.trouble(m, b.Problem, b.Mend)
		return
	}
	use := "used with --engine " + b.Engine
	if first {
		use = "used by scan"
		if isAddress(b.Path) {
			use += " with --browser-url"
		}
	}
	p.line("", "%s %s (%s), %s", b.Product, b.Version, b.Engine, use)
	p.line("", "  %s", b.Path)
	p.verdict(m, b.Starts, "it starts and loads a page")
	if b.Starts {
		p.verdict(m, b.FirstPartyCookies, "first-party cookies are recorded")
		p.verdict(m, b.ThirdPartyCookies, "third-party cookies are recorded")
		p.verdict(m, b.Frames, "what scripts in frames store is recorded")
	}
	p.trouble(m, b.Problem, b.Mend)
}

func (p *program) verdict(m marks, good bool, what string) {
	mark := m.bad
	if good {
		mark = m.good
	}
	p.line(mark, "%s", what)
}

func (p *program) trouble(m marks, problem, mend string) {
	indent := strings.Repeat(" ", len([]rune(m.good)))
	if problem != "" {
		p.line(indent, "%s", problem)
	}
	if mend != "" {
		p.line(indent, "to mend: %s", mend)
	}
}

func (p *program) line(mark, format string, args ...any) {
	fmt.Fprintln(p.stdout, mark+oneLine(fmt.Sprintf(format, args...)))
}
