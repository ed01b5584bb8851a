package main

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"cookiescan/scanner/evidence"
)

// verifyOptions are the flags of verify.
type verifyOptions struct {
	key    string
	format *choice

	public ed25519.PublicKey // after check
}

func (p *program) newVerify() *cobra.Command {
	var o verifyOptions
	c := &cobra.Command{
		Use:   "verify DIR...",
		Short: "Prove that the folder of a scan is whole",
		Long: `verify compares the files in the folder of a scan with its SHA256SUMS, and the log
with its own chain of hashes. It names each file that was changed, is missing or was
added. With --key it also wants the signature of scan --sign. Without it, whoever
changed the files could have written new sums as well.

Others can check the same without cookiescan:
  sha256sum -c SHA256SUMS
  openssl pkeyutl -verify -pubin -inkey pub.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig

Exit codes: 0 whole, 1 not whole, 2 no folder of a scan.`,
		Example: `  cookiescan verify audit/2026-11
  cookiescan verify audit/2026-11 --key pub.pem
  cookiescan verify audit/a.example audit/b.example -f json`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("scan makes them: cookiescan scan URL -o DIR", "verify needs the folder of a scan")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error { return p.runVerify(&o, args) },
	}
	flagGroup(c, "Result", func(f *pflag.FlagSet) { o.format = ownFormatFlag(f) })
	flagGroup(c, "Evidence", func(f *pflag.FlagSet) {
		f.StringVar(&o.key, "key", "", "the folder must be signed by the ed25519 key whose public half is in this PEM `FILE`, as openssl pkey -pubout writes it")
	})
	markOwnFormat(c)
	return c
}

func (o *verifyOptions) check() error {
	if o.key == "" {
		return nil
	}
	text, err := readKey(o.key)
	if err == nil {
		o.public, err = evidence.ParsePublicKey(text)
	}
	if err != nil {
		return usage("openssl pkey -in key.pem -pubout -out pub.pem writes it", "--key: reading %s: %s", o.key, reason(err))
	}
	return nil
}

// verified is one folder in the JSON of verify.
type verified struct {
	Folder   string `json:"folder"`
	Whole    bool   `json:"whole"`
	SignedBy bool   `json:"signatureChecked"` // with --key
	evidence.Report
}

func (p *program) runVerify(o *verifyOptions, args []string) error {
	if err := o.check(); err != nil {
		return err
	}
	var all []verified
	whole := true
	for _, dir := range args {
		r, err := evidence.Verify(dir)
		switch {
		case errors.Is(err, evidence.ErrNoSums):
			return usage("a scan of several sites has a folder for each of them", "%s: %w", dir, err)
		case errors.Is(err, fs.ErrNotExist):
			return usage("", "%s: there is no such folder", dir)
		case err != nil:
			return usage("", "%s: %s", dir, reason(err))
		}
		if o.public != nil {
			r.CheckSignature(o.public)
		}
		whole = whole && len(r.Problems) == 0
		all = append(all, verified{dir, len(r.Problems) == 0, o.public != nil, r})
	}
	if o.format.value == "json" {
		if err := writeJSON(p.stdout, all); err != nil {
			return err
		}
	} else {
		var text strings.Builder
		for _, v := range all {
			v.show(&text)
		}
		if err := p.show(text.String()); err != nil {
			return err
		}
	}
	if !whole {
		return silent(exitFindings)
	}
	return nil
}

func (v verified) show(out *strings.Builder) {
	for _, b := range v.Problems {
		line := fmt.Sprintf("%-9s  %s", b.What, b.Path)
		if b.Detail != "" {
			line += ": " + b.Detail
		}
		fmt.Fprintln(out, printable(line))
	}
	text := fmt.Sprintf("%s: whole, %s", v.Folder, plural(v.Files, "file"))
	if !v.Whole {
		text = fmt.Sprintf("%s: NOT WHOLE, %s", v.Folder, plural(len(v.Problems), "problem"))
	}
	switch {
	case v.SignedBy && v.Whole:
		text += ", signed by this key"
	case v.Signed && !v.SignedBy:
		text += ", signature not checked (--key)"
	case !v.Signed && !v.SignedBy:
		text += ", not signed"
	}
	if v.Unfinished {
		text += "; the scan in it is unfinished"
	}
	if v.Key != "" {
		text += "; " + v.Key + " holds the key of the digests"
	}
	fmt.Fprintln(out, printable(text))
}
