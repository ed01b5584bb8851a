package process

import (
	"slices"
	"strings"
)

// StartLine is a line for a shell that starts a browser so that it can be driven
// at port 9222, with all switches and preferences that a browser of ours has.
// extra are further switches, as in Options.Flags.
func StartLine(b Binary, extra []string) (string, error) {
	more, err := parseFlags(extra)
	if err != nil {
		return "", err
	}
	flags := slices.DeleteFunc(flagsFor(b.Engine), func(f Flag) bool { return f.Name == "remote-debugging-pipe" })
	if (Options{}).noSandbox() {
		flags = append(flags, Flag{Name: "no-sandbox"})
	}
	program := b.Path
	if program == "" {
		program = "chromium"
	}
	prefs, err := preferences(nil)
	if err != nil {
		return "", err
	}
	words := []string{
		`d="$(mktemp -d)" && mkdir "$d/Default" && printf %s`, quote(string(prefs)), `>"$d/Default/Preferences" &&`,
		quote(program), "--remote-debugging-port=9222", `--user-data-dir="$d"`,
	}
	for _, arg := range commandLine(append(flags, more...)) {
		words = append(words, quote(arg))
	}
	return strings.Join(words, " "), nil
}

// quote protects what a shell would take apart.
func quote(word string) string {
	if !strings.ContainsAny(word, " ;()*?'\"$`\\&|<>#~!{}[]") {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}

// harmful are switches that make another web than visitors see, with what they
// do.
var harmful = [...]Flag{
	{Name: "single-process", Why: "pages share a virtual clock"},
	{Name: "process-per-site", Why: "pages share a virtual clock"},
	{Name: "site-per-process", Why: "frames get processes of their own"},
	{Name: "isolate-origins", Why: "frames get processes of their own"},
	{Name: "ignore-certificate-errors", Why: "certificates are not checked, and nothing is cached"},
	{Name: "disable-web-security", Why: "origins are not kept apart"},
	{Name: "enable-automation", Why: "navigator.webdriver is true"},
	{Name: "no-pings", Why: "the ping of a link, which can set cookies, is not sent"},
	{Name: "blink-settings", Why: "pages are treated in another way than in an ordinary browser"},
}

// CheckSwitches judges the command line of a browser that runs already, as
// SystemInfo.getInfo gives it: what must be said at the start, and is not, is an
// *Error of kind ErrSwitches. extra are needed besides, as in Options.Flags.
func CheckSwitches(line string, e Engine, extra []string) error {
	if line == "" {
		return fail(ErrSwitches, "let cookiescan start a browser: leave out --browser-url", "the browser does not tell the switches that it was started with, so what it records cannot be trusted")
	}
	more, err := parseFlags(extra)
	if err != nil {
		return err
	}
	given := parseCommandLine(line)
	for _, f := range harmful {
		if _, ok := given[f.Name]; ok {
			return fail(ErrSwitches, "start it without, such as with the line that `cookiescan doctor --switches` prints", "the browser was started with --%s: %s", f.Name, f.Why)
		}
	}
	needed := slices.DeleteFunc(flagsFor(e), func(f Flag) bool { return !f.Needed })
	missing := slices.DeleteFunc(append(needed, more...), func(f Flag) bool { return f.in(given) })
	if len(missing) == 0 {
		return nil
	}
	var names, words []string
	for _, arg := range commandLine(missing) {
		name, _, _ := strings.Cut(arg, "=")
		names, words = append(names, name), append(words, quote(arg))
	}
	return fail(ErrSwitches, "start it with the line that `cookiescan doctor --switches` prints; what is missing: "+strings.Join(words, " "),
		"the browser was started without what a scan needs and cannot be given later: %s", strings.Join(names, ", "))
}

// parseCommandLine reads a command line whose arguments are joined by spaces,
// unquoted, as Chromium joins them. Of a switch the last one counts.
func parseCommandLine(line string) map[string]string {
	given := map[string]string{}
	for part := range strings.SplitSeq(" "+line, " --") {
		name, value, _ := strings.Cut(part, "=")
		name, _, _ = strings.Cut(name, " ") // an argument that is no switch follows
		given[name] = value
	}
	return given
}

// in tells whether a switch was given. Behind the last one of a line may stand
// addresses.
func (f Flag) in(given map[string]string) bool {
	value, ok := given[f.Name]
	if !isList(f.Name) {
		return ok && (f.Value == "" || value == f.Value || strings.HasPrefix(value, f.Value+" "))
	}
	value, _, _ = strings.Cut(value, " ")
	items := strings.Split(value, ",")
	for item := range strings.SplitSeq(f.Value, ",") {
		if !slices.Contains(items, item) {
			return false
		}
	}
	return ok
}
