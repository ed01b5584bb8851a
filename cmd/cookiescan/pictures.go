package main

import (
	"os"
	"path/filepath"

	"cookiescan/scanner/evidence"
	"cookiescan/scanner/walk"
)

// maxPicture is how large a screenshot may be, in octets, to stand in a report.
const maxPicture = 4 << 20

// keepPictures keeps what the window showed of the consent banner in a folder.
func keepPictures(dir string) func(phase string, m walk.Moment, png []byte) error {
	return func(phase string, m walk.Moment, png []byte) error {
		path := picturePath(dir, phase, m)
		if err := makeFolder(filepath.Dir(path)); err != nil {
			return err
		}
		return writeFile(path, writes(png))
	}
}

func picturePath(dir, phase string, m walk.Moment) string {
	return filepath.Join(dir, evidence.Screenshots, phase+"-"+string(m)+".png")
}

// pictures reads those of a folder, one for each pass: what its answer left, or
// else the banner. Those that are not there are left out.
func pictures(dir string) map[string][]byte {
	found := map[string][]byte{}
	for _, phase := range phases {
		for _, m := range []walk.Moment{walk.BeforeChoice, walk.AfterChoice, walk.AfterWithdrawal} {
			path := picturePath(dir, phase, m)
			if info, err := os.Lstat(path); err != nil || !info.Mode().IsRegular() || info.Size() > maxPicture {
				continue
			}
			if b, err := os.ReadFile(path); err == nil {
				found[phase] = b
			}
		}
	}
	return found
}
