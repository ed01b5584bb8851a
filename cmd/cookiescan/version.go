package main

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// version is set by the linker (-ldflags "-X main.version=1.2.3").
var version string

// versionInfo is the JSON of version.
type versionInfo struct {
	Version  string `json:"version"`
	Revision string `json:"revision"` // of the sources, empty if unknown
	Modified bool   `json:"modified"` // the sources differ from it
	Go       string `json:"go"`
	OS       string `json:"os"`
	Arch     string `json:"arch"`
}

// toolVersion is the version of this program, as in scan documents.
func toolVersion() string { return readVersion().Version }

func readVersion() versionInfo {
	v := versionInfo{Version: version, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	build, ok := debug.ReadBuildInfo()
	if ok {
		for _, s := range build.Settings {
			switch s.Key {
			case "vcs.revision":
				v.Revision = s.Value
			case "vcs.modified":
				v.Modified = s.Value == "true"
			}
		}
		if v.Version == "" && build.Main.Version != "(devel)" {
			v.Version = build.Main.Version
		}
	}
	if v.Version == "" {
		v.Version = "devel"
	}
	return v
}

// ownFormatFlag is the --format of a command that shows no scans: a table, or
// JSON for programs.
func ownFormatFlag(f *pflag.FlagSet) *choice {
	c := newChoice("table", "table", "json")
	f.VarP(c, "format", "f", "`FORM` of the output: table or json")
	return c
}

// markOwnFormat keeps COOKIESCAN_FORMAT, meant for reports, away from it.
func markOwnFormat(c *cobra.Command) {
	f := c.Flags().Lookup("format")
	f.Annotations[ownFormat] = []string{}
}

// writeJSON writes what a program reads.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetIndent("", "  ")
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}

func (p *program) newVersion() *cobra.Command {
	var format *choice
	c := &cobra.Command{
		Use: "version", Short: "Show the version of cookiescan",
		Long:    "version shows the version of this program and what it was built from.",
		Example: "  cookiescan version\n  cookiescan version -f json",
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			return p.runVersion(format.value)
		},
	}
	flagGroup(c, "Result", func(f *pflag.FlagSet) { format = ownFormatFlag(f) })
	markOwnFormat(c)
	return c
}

func (p *program) runVersion(format string) error {
	v := readVersion()
	if format == "json" {
		return writeJSON(p.stdout, v)
	}
	from := ""
	if v.Revision != "" {
		from = " from " + v.Revision
		if v.Modified {
			from += " with changes"
		}
	}
	return p.show(fmt.Sprintf("cookiescan %s%s, %s %s/%s\n", v.Version, from, v.Go, v.OS, v.Arch))
}
