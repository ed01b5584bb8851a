package process

import (
	"slices"
	"strings"
)

// commandLine joins switches into arguments: lists of the same name become one
// switch, of others the last wins, the order of first mention is kept. What
// enable-features names is taken out of disable-features if it was disabled
// first and the other way round: the later word counts.
func commandLine(flags []Flag) []string {
	var order []string
	values := map[string][]string{}
	for _, f := range flags {
		if !slices.Contains(order, f.Name) {
			order = append(order, f.Name)
		}
		if !isList(f.Name) {
			values[f.Name] = []string{f.Value}
			continue
		}
		for item := range strings.SplitSeq(f.Value, ",") {
			remove(values, opposite(f.Name), item)
			if item != "" && !slices.Contains(values[f.Name], item) {
				values[f.Name] = append(values[f.Name], item)
			}
		}
	}
	var args []string
	for _, name := range order {
		value := strings.Join(values[name], ",")
		switch {
		case value != "":
			args = append(args, "--"+name+"="+value)
		case !isList(name):
			args = append(args, "--"+name)
		}
	}
	return args
}

func remove(values map[string][]string, name, item string) {
	if i := slices.Index(values[name], item); i >= 0 {
		values[name] = slices.Delete(values[name], i, i+1)
	}
}

func opposite(name string) string {
	if rest, ok := strings.CutPrefix(name, "disable-"); ok {
		return "enable-" + rest
	}
	return "disable-" + strings.TrimPrefix(name, "enable-")
}

// parseFlags reads switches as a person writes them, with or without dashes:
// "--proxy-server=socks5://127.0.0.1:1080", "incognito".
func parseFlags(args []string) ([]Flag, error) {
	flags := make([]Flag, 0, len(args))
	for _, arg := range args {
		name, value, _ := strings.Cut(strings.TrimLeft(arg, "-"), "=")
		if name == "" || strings.ContainsAny(name, " \t\n\x00/") || strings.ContainsRune(value, 0) {
			return nil, fail(ErrFlag, "write it as --name or --name=value", "browser switch %q is malformed", arg)
		}
		if why := refused(name); why != "" {
			return nil, fail(ErrFlag, "leave it out", "browser switch --%s cannot be given: %s", name, why)
		}
		flags = append(flags, Flag{Name: name, Value: value})
	}
	return flags, nil
}

func flagsFor(e Engine) []Flag {
	return slices.DeleteFunc(BaseFlags(), func(f Flag) bool { return f.Engine != "" && f.Engine != e })
}
