package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// MaxSums bounds a SHA256SUMS that is read, in octets.
const MaxSums = 32 << 20

// Sums hashes files of a folder, whose paths are relative to it, and returns
// the text of its SHA256SUMS, in the order of the paths.
func Sums(dir string, files []string) ([]byte, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, fmt.Errorf("hashing the evidence: %w", err)
	}
	defer root.Close()
	files = slices.Clone(files)
	slices.Sort(files)
	var out strings.Builder
	for _, name := range slices.Compact(files) {
		if err := checkPath(name); err != nil {
			return nil, fmt.Errorf("hashing the evidence: %q: %w", name, err)
		}
		sum, err := hashFile(root, name)
		if err != nil {
			return nil, fmt.Errorf("hashing the evidence: %w", err)
		}
		fmt.Fprintf(&out, "%s  %s\n", sum, name)
	}
	return []byte(out.String()), nil
}

// Unchanged lists the files of a folder that are as its SHA256SUMS says, of those
// that are wanted. What cannot be read is not known to be so.
func Unchanged(dir string, wanted func(path string) bool) []string {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil
	}
	defer root.Close()
	text, err := readSmall(root, SumsFile, MaxSums)
	if err != nil {
		return nil
	}
	var out []string
	sums, _ := parseSums(text)
	for _, s := range sums {
		if !wanted(s.path) {
			continue
		}
		if have, err := hashFile(root, s.path); err == nil && have == s.hash {
			out = append(out, s.path)
		}
	}
	return out
}

// OwnFiles lists the side files that a folder holds: those of this package,
// screenshots of passes, and policy pages. Any other file there is not of a scan.
func OwnFiles(dir string) ([]string, error) {
	var out []string
	for _, name := range []string{SetCookieFile, BannersFile, KeyFile} {
		info, err := os.Lstat(filepath.Join(dir, filepath.FromSlash(name)))
		switch {
		case err == nil && info.Mode().IsRegular():
			out = append(out, name)
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return nil, fmt.Errorf("listing the evidence: %w", err)
		}
	}
	entries, err := os.ReadDir(filepath.Join(dir, Screenshots))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("listing the evidence: %w", err)
	}
	for _, e := range entries {
		if e.Type().IsRegular() && screenshot.MatchString(e.Name()) {
			out = append(out, Screenshots+"/"+e.Name())
		}
	}
	if entries, err = os.ReadDir(filepath.Join(dir, Policies)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("listing the evidence: %w", err)
	}
	for _, e := range entries {
		if e.Type().IsRegular() && policyPage.MatchString(e.Name()) {
			out = append(out, Policies+"/"+e.Name())
		}
	}
	return out, nil
}

var policyPage = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]*\.html$`)

// PolicyFile is the file of a folder for the policy page at an address. The nth
// page, from 1, of those that would have the same has a number in its name.
func PolicyFile(address string, n int) string {
	_, rest, _ := strings.Cut(strings.ToLower(address), "://")
	rest, _, _ = strings.Cut(rest, "?")
	name := strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '.' {
			return r
		}
		return '-'
	}, rest)
	name = strings.Trim(name[:min(len(name), maxPolicyName)], ".-")
	if name == "" {
		name = "page"
	}
	if n > 1 {
		name += fmt.Sprintf("-%d", n)
	}
	return Policies + "/" + name + ".html"
}

const maxPolicyName = 100

var screenshot = regexp.MustCompile(`^(none|accept|reject|close|gpc|withdraw|return)-[A-Za-z0-9._-]+\.png$`)

// sum is a line of SHA256SUMS.
type sum struct{ hash, path string }

// parseSums reads a SHA256SUMS. What cannot be read, or would leave the folder,
// is a problem of its line.
func parseSums(text []byte) (sums []sum, problems []Problem) {
	seen := map[string]bool{}
	number := 0
	for line := range strings.Lines(string(text)) {
		number++
		wrong := func(name string, err error) {
			problems = append(problems, Problem{Path: name, What: Refused, Detail: fmt.Sprintf("line %d of %s: %v", number, SumsFile, err)})
		}
		hash, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if !ok || len(hash) != 2*sha256.Size || strings.Trim(hash, "0123456789abcdef") != "" {
			wrong("", errors.New("this is no SHA-256 and a file name"))
			continue
		}
		err := checkPath(name)
		switch {
		case err != nil:
			wrong(name, err)
		case seen[name]:
			wrong(name, errors.New("the file is listed twice"))
		default:
			seen[name] = true
			sums = append(sums, sum{hash, name})
		}
	}
	return sums, problems
}

// checkPath accepts relative paths inside the folder in their shortest form,
// and none that lists of sums have to escape.
func checkPath(name string) error {
	switch {
	case strings.ContainsAny(name, "\\\n\r\x00:"):
		return errors.New("the name has a character that file names of evidence do not have")
	case !fs.ValidPath(name) || name == ".":
		return errors.New("the path leaves the folder")
	case path.Base(name) == SumsFile || name == SignatureFile || name == ResumeFile:
		return errors.New("the file cannot vouch for itself")
	}
	return nil
}

// hashFile hashes a regular file piece by piece. Links are not followed.
func hashFile(root *os.Root, name string) (string, error) {
	info, err := root.Lstat(name)
	if err != nil {
		return "", err
	}
	if !info.Mode().IsRegular() {
		return "", &fs.PathError{Op: "reading", Path: name, Err: errNotRegular}
	}
	f, err := root.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

var errNotRegular = errors.New("it is a link or no file")

// HashFile is the SHA-256 of a file in hexadecimal.
func HashFile(name string) (string, error) {
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", fmt.Errorf("reading %s: %w", name, err)
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}
