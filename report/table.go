package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"cookiescan/scanner"
)

const (
	defaultWidth = 120
	leastWidth   = 60
)

// terminal is text being written that fits a width.
type terminal struct {
	bytes.Buffer
	width int
	color bool
}

func renderTable(w io.Writer, scans []*scanner.Scan, o Options) error {
	if o.Gate != nil {
		return renderGate(w, scans, o)
	}
	l, err := newLook(o)
	if err != nil {
		return err
	}
	t := newTerminal(o)
	for i, s := range scans {
		if i > 0 {
			t.WriteString("\n\n")
		}
		if err := t.site(newView(s, l)); err != nil {
			return fmt.Errorf("rendering the table of %s: %w", printable(s.Target.Site), err)
		}
	}
	if _, err := w.Write(t.Bytes()); err != nil {
		return fmt.Errorf("writing the table: %w", err)
	}
	return nil
}

func newTerminal(o Options) *terminal {
	t := &terminal{width: o.Width, color: o.Color}
	if t.width <= 0 {
		t.width = defaultWidth
	}
	t.width = max(t.width, leastWidth)
	return t
}

func (t *terminal) bold(s string) string { return t.ansi("1", s) }
func (t *terminal) red(s string) string  { return t.ansi("1;31", s) }

func (t *terminal) ansi(code, s string) string {
	if !t.color {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// alarm writes a wrapped paragraph whose lines are red.
func (t *terminal) alarm(prefix, text string) {
	for line := range strings.Lines(wrap(prefix, text, t.width)) {
		t.WriteString(t.red(strings.TrimSuffix(line, "\n")) + "\n")
	}
}

func (t *terminal) heading(s string) {
	t.WriteString("\n" + t.bold(shorten(s, t.width)) + "\n\n")
}

func (t *terminal) site(v view) error {
	t.top(v)
	for _, section := range []func(view) error{t.cookies, t.refused, t.storage, t.trackers, t.findings} {
		if err := section(v); err != nil {
			return err
		}
	}
	t.bottom(v)
	return nil
}

func (t *terminal) top(v view) {
	s := v.scan
	t.WriteString(t.bold(shorten(v.lang.CookiesOf(printable(s.Target.Site)), t.width)) + "\n")
	when := s.Started.UTC().Format("2006-01-02 15:04 UTC")
	t.WriteString(wrap("", printable(s.Target.URL)+" · "+when+" · "+printable(s.Browser.Product), t.width))
	if s.Target.As != "" {
		t.WriteString(wrap("", "standing for "+printable(s.Target.As), t.width))
	}
	if s.Settings.Insecure {
		t.alarm("", insecureWords)
	}
	t.WriteString("\n")
}

func (t *terminal) cookies(v view) error {
	if len(v.kept) == 0 {
		t.WriteString(nothingStored(v.scan) + "\n")
		return nil
	}
	return t.groups(v, v.cookieEntries(), false)
}

func (t *terminal) storage(v view) error {
	if len(v.scan.Storage) == 0 {
		return nil
	}
	t.heading(v.lang.Title("storage"))
	return t.groups(v, v.storageEntries(), true)
}

// groups writes entries as one table with a heading before each group.
func (t *terminal) groups(v view, list []entry, withKind bool) error {
	l := listing{v.look, v.scan.Target.Site, []string{"name", "provider", "party", "lifetime", "purpose"}, withKind}
	if withKind {
		l.keys = slices.Insert(l.keys, 1, "kind")
	}
	l.keys = slices.Insert(l.keys, len(l.keys)-1, v.passKeys()...)
	if err := t.list(l, list); err != nil {
		return err
	}
	if text := legend(l.keys); text != "" {
		t.WriteString("\n" + wrap("", text, t.width))
	}
	return nil
}

func (t *terminal) draw(columns []column, rows [][]cell) error {
	return sheet{columns: columns, rows: rows, below: "SET BY"}.draw(t, t.width, t.bold)
}

func phaseCell(phases []string) text {
	if len(phases) < 2 {
		return plain(strings.Join(phases, ""))
	}
	return text{printable(phases[0]) + ",", printable(strings.Join(phases[1:], ", "))}
}

func (t *terminal) refused(v view) error {
	if len(v.refused) == 0 {
		return nil
	}
	t.heading("Refused by the browser")
	var rows [][]cell
	for _, c := range v.refused {
		rows = append(rows, []cell{plain(nameWords(c.Name)), plain(where(c)), v.cookieSetter(c).sanitized(printable), prose(printable(refusal(c)))})
	}
	return t.draw([]column{{"NAME", 24, 8}, {"DOMAIN", 24, 8}, {"SET BY", 40, 8}, {"WHY", 0, 0}}, rows)
}

func (t *terminal) trackers(v view) error {
	if rows := trackerRows(v.scan); len(rows) > 0 {
		t.heading(v.lang.Title("trackers"))
		var cells [][]cell
		for _, r := range rows {
			kind := joinNonEmpty(" ", v.lang.Kind(string(r.kind)), bracketed(r.api))
			name, _ := v.taxonomy.Of(r.found.Category, r.found.Purpose).Words(v.lang)
			cells = append(cells, []cell{
				plain(kind), plain(r.host), plain(v.party(r.party)), plain(strconv.Itoa(r.count)), plain(name),
				prose(v.purpose(r.found, r.host, printable)),
			})
		}
		err := t.draw([]column{
			{v.title("kind"), 24, 8},
			{v.title("host"), 24, 8},
			{v.title("party"), 0, 0},
			{v.title("count"), 0, 0},
			{v.title("category"), 16, 8},
			{v.title("purpose"), 0, 0},
		}, cells)
		if err != nil {
			return err
		}
	}
	if hosts := contacted(v.scan); len(hosts) > 0 {
		t.WriteString("\n" + wrap("Third-party hosts: ", printable(strings.Join(v.owned(hosts), ", ")), t.width))
	}
	return nil
}

func (t *terminal) bottom(v view) {
	s := v.scan
	if len(v.given) > 0 {
		var names []string
		for _, c := range v.given {
			names = append(names, nameWords(c.Name))
		}
		t.WriteString("\n" + wrap("Given by you, not counted: ", printable(strings.Join(names, ", ")), t.width))
	}
	t.WriteString("\n")
	if !v.english() {
		t.WriteString(t.boldLines(wrap("", counts(v), t.width)))
	}
	t.WriteString(t.boldLines(wrap("", summary(v, printable), t.width)))
	if text := verdict(s, printable); text != "" {
		t.WriteString(t.boldLines(wrap("", text, t.width)))
	}
	t.incomplete(s)
	t.WriteString("\n" + wrap("", scope(s, printable)+" "+limitsOf(s), t.width))
}

func (t *terminal) boldLines(s string) string {
	return t.bold(strings.TrimSuffix(s, "\n")) + "\n"
}

func (t *terminal) incomplete(s *scanner.Scan) {
	if complete(s) {
		return
	}
	t.WriteString("\n")
	t.alarm("", "INCOMPLETE: what follows was planned and not seen. Nothing can be concluded from what is absent above.")
	for _, g := range gaps(s) {
		t.gap(g)
	}
}

func (t *terminal) gap(g gap) {
	words := printable(g.words)
	if g.count == 1 {
		t.WriteString(wrap("  - ", words+": "+printable(g.details[0]), t.width))
		return
	}
	t.WriteString(wrap("  - ", fmt.Sprintf("%s, %d times:", words, g.count), t.width))
	for _, d := range g.details {
		t.WriteString(wrap("      ", printable(d), t.width))
	}
	if more := g.count - len(g.details); more > 0 {
		fmt.Fprintf(t, "      and %d more\n", more)
	}
}
