package evidence

import (
	"bytes"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"cookiescan/scanner/journal"
)

// sealed is a folder with a few files and their sums.
func sealed(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	put(t, dir, "scan.json", "{}")
	put(t, dir, SetCookieFile, "")
	put(t, dir, Screenshots+"/none-start.png", "picture")
	w, err := journal.Create(filepath.Join(dir, EventsFile), func() time.Time { return time.Unix(0, 0) })
	if err != nil {
		t.Fatal(err)
	}
	for _, event := range []string{"scan", "pass", "end"} {
		if err := w.Write(event, nil); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	seal(t, dir)
	return dir
}

func seal(t *testing.T, dir string) {
	t.Helper()
	files, err := OwnFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	sums, err := Sums(dir, append(files, "scan.json", EventsFile))
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, SumsFile, string(sums))
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func TestVerify(t *testing.T) {
	tests := []struct {
		name   string
		change func(t *testing.T, dir string)
		want   string // "what path", by path
	}{
		{"whole", func(*testing.T, string) {}, ""},
		{"changed", func(t *testing.T, dir string) { put(t, dir, "scan.json", "{ }") }, "changed scan.json"},
		{"missing", func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, SetCookieFile)); err != nil {
				t.Fatal(err)
			}
		}, "missing evidence/setcookie.ndjson"},
		{"added", func(t *testing.T, dir string) { put(t, dir, "deep/er/file", "") }, "added deep/er/file"},
		{"unfinished is no problem", func(t *testing.T, dir string) { put(t, dir, ResumeFile, "") }, ""},
		{"link in place of a file", func(t *testing.T, dir string) {
			put(t, dir, "same", "{}")
			link(t, dir, "scan.json", filepath.Join(dir, "same"))
		}, "added same, refused scan.json"},
		{"link added", func(t *testing.T, dir string) { link(t, dir, "more", "/etc/passwd") }, "refused more"},
		{"folder is a link", func(t *testing.T, dir string) {
			if err := os.RemoveAll(filepath.Join(dir, Screenshots)); err != nil {
				t.Fatal(err)
			}
			other := t.TempDir()
			put(t, other, "none-start.png", "picture")
			link(t, dir, Screenshots, other)
		}, "refused screenshots, refused screenshots/none-start.png"},
		{"sums that leave the folder", func(t *testing.T, dir string) {
			sum := read(t, dir, SumsFile)[:64]
			put(t, dir, SumsFile, read(t, dir, SumsFile)+sum+"  ../x\n"+sum+"  /etc/passwd\n"+sum+"  a/../../y\n")
		}, "refused ../x, refused /etc/passwd, refused a/../../y"},
		{"sums that are none", func(t *testing.T, dir string) {
			put(t, dir, SumsFile, read(t, dir, SumsFile)+"hello\n\n")
		}, "refused , refused "},
		{"listed twice", func(t *testing.T, dir string) {
			sums := read(t, dir, SumsFile)
			put(t, dir, SumsFile, sums+sums[:strings.Index(sums, "\n")+1])
		}, "refused events.ndjson"},
		{"log changed and summed again", func(t *testing.T, dir string) {
			put(t, dir, EventsFile, strings.Replace(read(t, dir, EventsFile), `"pass"`, `"past"`, 1))
			seal(t, dir)
		}, "changed events.ndjson"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			dir := sealed(t)
			test.change(t, dir)
			r, err := Verify(dir)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, p := range r.Problems {
				got = append(got, string(p.What)+" "+p.Path)
			}
			if strings.Join(got, ", ") != test.want {
				t.Errorf("got %q, want %q", strings.Join(got, ", "), test.want)
			}
			if r.Unfinished != strings.HasPrefix(test.name, "unfinished") {
				t.Errorf("unfinished is %v", r.Unfinished)
			}
			if want := map[bool]string{true: ResumeFile}[r.Unfinished]; r.Key != want {
				t.Errorf("the key is in %q, want %q", r.Key, want)
			}
		})
	}
}

// link puts a symbolic link in the place of whatever is there.
func link(t *testing.T, dir, name, target string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
		t.Fatal(err)
	}
	if err := os.Symlink(target, path); err != nil {
		t.Fatal(err)
	}
}

func TestVerifyWithoutSums(t *testing.T) {
	if _, err := Verify(t.TempDir()); !errors.Is(err, ErrNoSums) {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := Verify(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

func TestSignature(t *testing.T) {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(private)
	if err != nil {
		t.Fatal(err)
	}
	key, err := ParsePrivateKey(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	if err != nil || !key.Equal(private) {
		t.Fatalf("the key reads as another: %v", err)
	}
	if der, err = x509.MarshalPKIXPublicKey(public); err != nil {
		t.Fatal(err)
	}
	half, err := ParsePublicKey(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
	if err != nil || !half.Equal(public) {
		t.Fatalf("the public half reads as another: %v", err)
	}

	dir := sealed(t)
	problems := func(key ed25519.PublicKey) int {
		r, err := Verify(dir)
		if err != nil {
			t.Fatal(err)
		}
		r.CheckSignature(key)
		return len(r.Problems)
	}
	if n := problems(public); n != 1 {
		t.Errorf("without a signature: %d problems", n)
	}
	put(t, dir, SignatureFile, string(ed25519.Sign(private, []byte(read(t, dir, SumsFile)))))
	if n := problems(public); n != 0 {
		t.Errorf("signed: %d problems", n)
	}
	if n := problems(other); n != 1 {
		t.Errorf("another key: %d problems", n)
	}
	put(t, dir, "scan.json", "{ }")
	seal(t, dir)
	if n := problems(public); n != 1 {
		t.Errorf("changed and summed again: %d problems", n)
	}
	put(t, dir, SignatureFile, "short")
	if n := problems(public); n != 1 {
		t.Errorf("a torn signature: %d problems", n)
	}
}

func TestKeysThatAreNone(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(&fixed{}, 2048)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(rsaKey)
	if err != nil {
		t.Fatal(err)
	}
	public, err := x509.MarshalPKIXPublicKey(rsaKey.Public())
	if err != nil {
		t.Fatal(err)
	}
	block := func(kind string, der []byte) []byte {
		return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
	}
	for want, text := range map[string][]byte{
		"no key in PEM": []byte("hello"), "encrypted": block("ENCRYPTED PRIVATE KEY", []byte("x")), "no PRIVATE KEY": block("EC PRIVATE KEY", []byte("x")),
		"no key of PKCS": block("PRIVATE KEY", []byte("x")), "no ed25519": block("PRIVATE KEY", private),
	} {
		if _, err := ParsePrivateKey(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
	for want, text := range map[string][]byte{
		"no key in PEM": []byte("hello"), "no PUBLIC KEY": block("PRIVATE KEY", private), "no public key": block("PUBLIC KEY", []byte("x")),
		"no ed25519": block("PUBLIC KEY", public),
	} {
		if _, err := ParsePublicKey(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error with %q, got %v", want, err)
		}
	}
}

// fixed is randomness that a test can repeat.
type fixed struct{ r rand.ChaCha8 }

func (f *fixed) Read(b []byte) (int, error) { return f.r.Read(b) }

func TestSumsRefuse(t *testing.T) {
	dir := sealed(t)
	for _, name := range []string{"../x", "/x", "a/../b", ".", "", SumsFile, SignatureFile, ResumeFile, "a\nb", `a\b`} {
		if _, err := Sums(dir, []string{name}); err == nil {
			t.Errorf("%q is summed", name)
		}
	}
	link(t, dir, "link", "scan.json")
	if _, err := Sums(dir, []string{"link"}); !errors.Is(err, errNotRegular) {
		t.Errorf("a link: %v", err)
	}
}

// TestHashFile hashes more than fits into any buffer.
func TestHashFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large")
	if err := os.WriteFile(path, bytes.Repeat([]byte("a"), 1_000_000), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := HashFile(path)
	// FIPS 180-2, appendix B.3.
	if want := "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"; err != nil || got != want {
		t.Errorf("got %s, %v", got, err)
	}
	if _, err := HashFile(filepath.Join(t.TempDir(), "none")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("no file: %v", err)
	}
}

func FuzzSums(f *testing.F) {
	f.Add([]byte(strings.Repeat("0", 64) + "  a/b.json\n"))
	f.Add([]byte(strings.Repeat("0", 64) + "  ../a\nx\n\n"))
	f.Add([]byte(strings.Repeat("g", 64) + "  a\r\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		sums, _ := parseSums(text)
		seen := map[string]bool{}
		for _, s := range sums {
			if _, err := hex.DecodeString(s.hash); err != nil || len(s.hash) != 64 {
				t.Errorf("hash %q", s.hash)
			}
			if !filepath.IsLocal(s.path) || seen[s.path] || strings.Contains(s.path, "..") && strings.HasPrefix(filepath.Clean(s.path), "..") {
				t.Errorf("path %q", s.path)
			}
			seen[s.path] = true
		}
	})
}

func FuzzKeys(f *testing.F) {
	f.Add([]byte("-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF\n-----END PRIVATE KEY-----\n"))
	f.Add([]byte("-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=\n-----END PUBLIC KEY-----\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		if key, err := ParsePrivateKey(text); err == nil && len(key) != ed25519.PrivateKeySize {
			t.Errorf("a private key of %d octets", len(key))
		}
		if key, err := ParsePublicKey(text); err == nil && len(key) != ed25519.PublicKeySize {
			t.Errorf("a public key of %d octets", len(key))
		}
	})
}
