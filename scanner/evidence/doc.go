// Package evidence makes the folder of a scan one that can be handed over: its
// manifest, which answers how the scan was made, the raw Set-Cookie lines, the
// sums over all files with an optional signature, and the proof that nothing
// was changed since. It reads and describes what others wrote; it judges
// nothing, starts no browser and uses no network.
package evidence

// The files of an evidence folder that this package knows. Paths in it have
// forward slashes on every system.
const (
	ManifestFile  = "manifest.json"
	EventsFile    = "events.ndjson"
	SumsFile      = "SHA256SUMS"     // as sha256sum -c reads it
	SignatureFile = "SHA256SUMS.sig" // 64 octets: ed25519 over SHA256SUMS
	ResumeFile    = "resume.json"    // of an unfinished scan; no part of the evidence
	SetCookieFile = Folder + "/setcookie.ndjson"
	BannersFile   = Folder + "/banners.json"
	KeyFile       = Folder + "/digest-key.hex"

	Folder      = "evidence"    // side files
	Screenshots = "screenshots" // PASS-MOMENT.png
	Policies    = "policy"      // HOST-PATH.html
)
