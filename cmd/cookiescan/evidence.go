package main

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/net/publicsuffix"

	"cookiescan/report"
	"cookiescan/scanner"
	"cookiescan/scanner/chrome"
	"cookiescan/scanner/chrome/process"
	"cookiescan/scanner/evidence"
)

// evidenceOptions say what the folder of a scan holds beside its results.
type evidenceOptions struct {
	operator, caseID string
	sign             string
	includeKey       bool

	key ed25519.PrivateKey // after check; nil: not signed
	run evidence.Run       // of this run of the program, after describe
}

func (o *evidenceOptions) addFlags(f *pflag.FlagSet) {
	f.StringVar(&o.operator, "operator", "", "`NAME` of who makes the scan, for the manifest in the folder of -o")
	f.StringVar(&o.caseID, "case", "", "`ID` of the case that the scan is made for, for the manifest")
	f.StringVar(&o.sign, "sign", "", "sign the folder with the ed25519 key in this PEM `FILE`, as openssl genpkey -algorithm ed25519 writes it; verify --key checks it")
	f.BoolVar(&o.includeKey, "include-key", false, "keep the key of the values' digests in the folder: whoever has it can try values")
}

// longestName bounds what a person says of the case.
const longestName = 200

func (o *evidenceOptions) check(dir string) error {
	for _, given := range [...][2]string{{"operator", o.operator}, {"case", o.caseID}, {"sign", o.sign}} {
		name, text := given[0], given[1]
		switch {
		case text == "":
		case dir == "":
			return usage("give the folder with -o DIR", "--%s: without a folder there is nowhere to note it", name)
		case name != "sign" && (text != printable(text) || strings.Contains(text, "\n") || utf8.RuneCountInString(text) > longestName):
			return usage("", "--%s: one line of at most %d characters is needed", name, longestName)
		}
	}
	if o.includeKey && dir == "" {
		return usage("give the folder with -o DIR", "--include-key: without a folder there is nowhere to keep it")
	}
	if o.sign == "" {
		return nil
	}
	text, err := readKey(o.sign)
	if err == nil {
		o.key, err = evidence.ParsePrivateKey(text)
	}
	if err != nil {
		return usage("openssl genpkey -algorithm ed25519 -out key.pem makes one", "--sign: reading %s: %s", o.sign, reason(err))
	}
	return nil
}

// readKey reads a PEM file; no key is longer than 64 KiB.
func readKey(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, 64<<10))
}

// secretFlags hold what is never written down.
var secretFlags = []string{"header", "cookie", "basic-auth"}

// commandLine is what was given on the command line, its secrets left out, and
// the variables that set flags.
func commandLine(c *cobra.Command, args []string, o *scanOptions, getenv func(string) string) (command, environment []string) {
	command = []string{c.CommandPath()}
	for _, a := range args {
		command = append(command, withoutUser(a))
	}
	c.Flags().VisitAll(func(f *pflag.Flag) {
		switch {
		case !f.Changed:
			if getenv(envName(f.Name)) != "" {
				environment = append(environment, envName(f.Name))
			}
		case slices.Contains(secretFlags, f.Name):
			command = append(command, "--"+f.Name+"=[left out]")
		case f.Name == "proxy":
			command = append(command, "--proxy="+o.network.proxyShown())
		default:
			values := []string{f.Value.String()}
			if s, ok := f.Value.(pflag.SliceValue); ok {
				values = s.GetSlice()
			}
			for _, v := range values {
				command = append(command, "--"+f.Name+"="+v)
			}
		}
	})
	return command, environment
}

// withoutUser takes a name and a password out of an address.
func withoutUser(address string) string {
	scheme, rest, ok := strings.Cut(address, "://")
	if !ok {
		scheme, rest = "", address
	} else {
		scheme += "://"
	}
	end := len(rest)
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		end = i
	}
	if i := strings.LastIndexByte(rest[:end], '@'); i >= 0 {
		return scheme + "[left out]" + rest[i:]
	}
	return address
}

// describe fills what is known of this run before the scan begins: the files of
// the programs may be replaced later.
func (o *evidenceOptions) describe(bin process.Binary, v *visitorOptions) {
	version := readVersion()
	r := &o.run
	r.Operator, r.Case, r.KeyIncluded = o.operator, o.caseID, o.includeKey
	r.Tool = evidence.Program{Name: "cookiescan", Version: version.Version, Revision: version.Revision, Modified: version.Modified, Go: version.Go}
	if self, err := os.Executable(); err == nil {
		r.Tool.SHA256, _ = evidence.HashFile(self) // a program that was removed while it runs has none
	}
	r.Browser = binaryOf(bin, v)
	r.SuffixList = evidence.SuffixList{Version: publicsuffix.List.String()}
	if build, ok := debug.ReadBuildInfo(); ok {
		for _, m := range build.Deps {
			if m.Path == "golang.org/x/net" {
				r.SuffixList.Module, r.SuffixList.Hash = m.Path+" "+m.Version, m.Sum
			}
		}
	}
	r.System = evidence.System{OS: version.OS, Arch: version.Arch, Kernel: kernel()}
	r.Clock = systemClock()
}

// binaryOf is the program of a browser, with the window that this visitor has.
func binaryOf(bin process.Binary, v *visitorOptions) evidence.Binary {
	b := evidence.Binary{Product: bin.Product, Version: bin.Version, Engine: string(bin.Engine), Window: windowOf(v)}
	b.SHA256, _ = evidence.HashFile(bin.Path) // as that of the tool
	return b
}

// windowOf is that of the device, or of the browser.
func windowOf(v *visitorOptions) string {
	for _, d := range chrome.Devices {
		if d.Name == v.device {
			return fmt.Sprintf("%d,%d", d.Width, d.Height)
		}
	}
	for _, f := range process.BaseFlags() { // a browser that runs already is refused without it
		if f.Name == "window-size" {
			return f.Value
		}
	}
	return ""
}

// openSetCookies begins the file of the raw headers, or goes on with that of the
// passes that were done.
func openSetCookies(dir string, done []string) (*os.File, error) {
	path := filepath.Join(dir, filepath.FromSlash(evidence.SetCookieFile))
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return nil, err
	}
	var kept []byte
	if len(done) > 0 {
		old, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		kept, err = evidence.KeepPasses(old, done)
		if err := errors.Join(err, old.Close()); err != nil {
			return nil, err
		}
	}
	if err := writeFile(path, writes(kept)); err != nil {
		return nil, err
	}
	return os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0o666)
}

// writes is for writeFile.
func writes(b []byte) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := w.Write(b)
		return err
	}
}

// clearEvidence takes away what an earlier scan left in the folder and would
// pass for that of the new one: its side files, its manifest and the sums, and its
// results as far as nobody changed them. Other files are replaced or left alone.
func clearEvidence(dir string) error {
	files, failed := evidence.OwnFiles(dir)
	files = append(files, evidence.Unchanged(dir, isResult)...)
	for _, name := range append(files, evidence.SignatureFile, evidence.ManifestFile, evidence.SumsFile) {
		if err := os.Remove(filepath.Join(dir, filepath.FromSlash(name))); !errors.Is(err, fs.ErrNotExist) {
			failed = errors.Join(failed, err)
		}
	}
	return failed
}

// isResult tells whether a file of the folder has a name that a format gives.
func isResult(name string) bool {
	return slices.ContainsFunc(append(report.Formats(), report.CheckFormats()...), func(f report.Format) bool {
		if f.Files != nil {
			return strings.HasPrefix(name, f.Name+"/")
		}
		return name == "cookies."+f.Extension
	})
}

// seal writes the manifest, the sums over what the scan wrote, and the
// signature.
func (o *evidenceOptions) seal(dir string, doc *scanner.Scan, written []string) error {
	if err := writeFile(filepath.Join(dir, filepath.FromSlash(evidence.BannersFile)), func(w io.Writer) error {
		return scanner.WriteValue(w, evidence.Banners(doc))
	}); err != nil {
		return err
	}
	files, err := evidence.OwnFiles(dir)
	if err != nil {
		return err
	}
	files = append(files, evidence.EventsFile)
	for _, path := range written {
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return fmt.Errorf("listing the evidence: %w", err)
		}
		files = append(files, filepath.ToSlash(name))
	}
	events, err := os.Open(filepath.Join(dir, evidence.EventsFile))
	if err != nil {
		return fmt.Errorf("reading the log in %s: %s", dir, reason(err))
	}
	defer events.Close()
	src := evidence.Sources{Scan: doc, Events: events, Files: files}
	if o.key != nil {
		src.Signer = o.key.Public().(ed25519.PublicKey)
	}
	m, err := evidence.Build(src)
	if err != nil {
		return err
	}
	if err := writeFile(filepath.Join(dir, evidence.ManifestFile), func(w io.Writer) error { return scanner.WriteValue(w, m) }); err != nil {
		return err
	}
	sums, err := evidence.Sums(dir, append(files, evidence.ManifestFile))
	if err != nil {
		return err
	}
	return o.writeSums(dir, sums)
}

// writeSums writes the signature first: sums without it are complete, and an old
// signature never stands beside new sums.
func (o *evidenceOptions) writeSums(dir string, sums []byte) error {
	signature := filepath.Join(dir, evidence.SignatureFile)
	if o.key == nil {
		if err := os.Remove(signature); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("removing the signature of an earlier scan: %w", err)
		}
	} else if err := writeFile(signature, writes(ed25519.Sign(o.key, sums))); err != nil {
		return err
	}
	return writeFile(filepath.Join(dir, evidence.SumsFile), writes(sums))
}

// keepKey writes the key of the digests.
func keepKey(dir string, key []byte) error {
	return writePrivate(filepath.Join(dir, filepath.FromSlash(evidence.KeyFile)), writes([]byte(hex.EncodeToString(key)+"\n")))
}
