package process

import "os"

// Options says how to start a browser. Binary is needed, the rest is optional.
type Options struct {
	Binary Binary
	// Flags are switches beyond BaseFlags, "--name" or "--name=value". Of a
	// switch that is there already the value here wins; feature lists add up.
	Flags []string
	// Preferences are merged into the profile's Default/Preferences.
	Preferences map[string]any
	// NoSandbox forces --no-sandbox on or off; nil gives it to root alone, who
	// cannot have the sandbox.
	NoSandbox *bool
	// Prepare, if set, is called with the browser's folder before the browser
	// starts and returns further switches. What it puts there is removed with
	// the folder, whatever happens.
	Prepare func(dir string) (flags []string, err error)
	// Env are further environment variables, "NAME=value". The browser does not
	// inherit ours but for a few (PATH, LANG, LC_*, TZ, fonts); its HOME and
	// TMPDIR are within its folder, so it trusts no certificates of the user's.
	Env []string
	// TempDir is where the browser's folder is made; empty is os.TempDir.
	TempDir string
	// MemoryLimit bounds the private memory of each process of the browser, in
	// bytes, where the system can (Linux); 0 is DefaultMemoryLimit, negative is
	// no bound.
	MemoryLimit int64
	// StderrLimit is how many bytes of the end of the browser's standard error
	// are kept for Err; 0 is 16 KiB.
	StderrLimit int
}

// DefaultMemoryLimit is more than an honest page needs, and what a machine can
// spare for one that takes all it gets. Scripts' own objects end at half of it
// (max-old-space-size in BaseFlags); what they keep outside of the heap, such as
// typed arrays, has no bound in Chromium unless its sandbox sets one, which is
// off for root and up to 16 GB else.
const DefaultMemoryLimit = 4 << 30

// Hello is what the browser said of itself at the start (Browser.getVersion).
type Hello struct {
	// Product is "HeadlessChrome/156.0.8078.79" (shell) or "Chrome/..." (full).
	Product string `json:"product"`
	// ProtocolVersion is that of DevTools, "1.3".
	ProtocolVersion string `json:"protocolVersion"`
	// UserAgent is the one that is sent unless it is overridden.
	UserAgent string `json:"userAgent"`
	// JSVersion is V8's, "15.6.75.27".
	JSVersion string `json:"jsVersion"`
}

// smallShm is the free space in /dev/shm, in bytes, under which shared memory
// goes to the temporary folder instead: a container's usual 64 MiB are used up
// by a few tabs, and the renderer then crashes.
const smallShm = 1 << 30

// arguments is the whole command line after the program's name.
func (o Options) arguments(profile string) ([]string, error) {
	extra, err := parseFlags(o.Flags)
	if err != nil {
		return nil, err
	}
	flags := append(flagsFor(o.Binary.Engine), Flag{Name: "user-data-dir", Value: profile})
	if o.noSandbox() {
		flags = append(flags, Flag{Name: "no-sandbox"})
	}
	if free, ok := freeSpace("/dev/shm"); ok && free < smallShm {
		flags = append(flags, Flag{Name: "disable-dev-shm-usage"})
	}
	return commandLine(append(flags, extra...)), nil
}

func (o Options) memoryLimit() int64 {
	if o.MemoryLimit == 0 {
		return DefaultMemoryLimit
	}
	return o.MemoryLimit
}

func (o Options) noSandbox() bool {
	if o.NoSandbox != nil {
		return *o.NoSandbox
	}
	return os.Geteuid() == 0
}
