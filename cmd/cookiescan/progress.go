package main

import (
	"cmp"
	"fmt"
	"os"

	"cookiescan/scanner/walk"
)

// progress tells a person on stderr how far a scan is: at a terminal by one
// line that overwrites itself, elsewhere by one line a pass, or a page with -v.
// Addresses of pages are shown only on demand: they come from the site.
type progress struct {
	program  *program
	site     string
	terminal bool
	verbose  bool
	width    int  // of the terminal, in columns
	open     bool // a line that is to be overwritten stands there
}

// usualWidth is that of a terminal which does not tell its own.
const usualWidth = 79

func (p *program) newProgress(site string, verbose bool) *progress {
	g := &progress{program: p, site: site, terminal: isTerminal(p.stderr) && p.logFormat.String() == logText, verbose: verbose}
	if g.terminal {
		g.width = cmp.Or(terminalWidth(p.stderr.(*os.File)), usualWidth)
		g.overwrite(site + ": starting")
	}
	return g
}

func (g *progress) show(x walk.Progress) {
	switch {
	case x.Finished:
		g.end()
		g.program.reached(g.site, x, "%s, %s", plural(x.Done, "page"), plural(x.Cookies, "cookie"))
	case g.verbose && x.Waiting != "":
		g.end()
		g.program.reached(g.site, x, "waiting: %s", x.Waiting)
	case g.verbose:
		g.end()
		g.program.reached(g.site, x, "page %d of %d: %s", x.Done, x.Found, x.Page)
	case g.terminal:
		g.overwrite(g.line(x))
	}
}

// line is what a person sees at a terminal.
func (g *progress) line(x walk.Progress) string {
	text := fmt.Sprintf("%s: pass %s: %s done, %d left, %s", g.site, x.Phase, plural(x.Done, "page"), max(0, x.Found-x.Done), plural(x.Cookies, "cookie"))
	if x.Waiting != "" {
		text += ", waiting: " + x.Waiting
	}
	return text
}

// overwrite replaces the line. It stays short, since a longer one than the
// terminal's width could not be replaced.
func (g *progress) overwrite(line string) {
	g.open = true
	fmt.Fprintf(g.program.stderr, "\r\x1b[K%.*s", min(g.width, usualWidth)-1, printable(line))
}

// end takes the line away.
func (g *progress) end() {
	if g.open {
		fmt.Fprint(g.program.stderr, "\r\x1b[K")
	}
	g.open = false
}
