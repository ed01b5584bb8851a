package process

import (
	"regexp"
	"strings"
)

// reason is a known cause of a browser's end.
type reason struct {
	// phrases are looked for in a line of standard error; one suffices.
	phrases []string
	// says is the cause, a part of a sentence; empty shows the line itself.
	says string
	// mend is what the user can do.
	mend string
}

// reasons are in order of precedence for a line that fits several.
func reasons() []reason {
	return []reason{
		{
			phrases: []string{"Running as root without --no-sandbox"},
			says:    "root cannot have the sandbox", mend: "run cookiescan as an ordinary user, or allow it to leave the sandbox out",
		},
		{
			phrases: []string{"No usable sandbox", "Failed to move to new namespace", "SUID sandbox helper binary was found, but is not configured correctly"},
			says:    "the browser's sandbox cannot be used here: user namespaces are not allowed",
			mend:    "run `cookiescan doctor` to see what forbids them; on Debian `apt install chromium-sandbox` does without",
		},
		{
			phrases: []string{"error while loading shared libraries", "Library not loaded"},
			mend:    "install the missing library, or install the browser with the system's package manager, which brings what it needs",
		},
		{
			phrases: []string{"GLIBC_", "GLIBCXX_"},
			says:    "the system's C library is too old for this browser", mend: "use the browser of the system's package manager",
		},
		{
			phrases: []string{"Creating shared memory in /dev/shm", "shared memory"},
			says:    "shared memory is used up", mend: "give the container more (`docker run --shm-size=1g`) or use --disable-dev-shm-usage",
		},
		{
			phrases: []string{"No space left on device", "Disk quota exceeded"},
			says:    "the disk is full", mend: "free some space or choose another folder with TMPDIR",
		},
		{
			phrases: []string{"Too many open files"},
			says:    "too many open files", mend: "raise the limit with `ulimit -n 4096`, or scan with fewer workers",
		},
		{
			phrases: []string{"Cannot allocate memory", "Out of memory", "pthread_create"},
			says:    "memory or the number of processes is used up", mend: "scan with fewer workers, or raise the container's limits",
		},
		{
			phrases: []string{"profile appears to be in use", "Failed to create a ProcessSingleton", "SingletonLock", "Socket path too long", "File name too long"},
			says:    "the profile folder cannot be locked", mend: "choose a folder with a short name on a local disk with TMPDIR",
		},
		{
			phrases: []string{"Missing X server", "cannot open display"},
			says:    "this browser has no headless mode", mend: chooseAnother,
		},
		{
			phrases: []string{"icudtl.dat", "Couldn't mmap icu", "Invalid file descriptor to ICU data"},
			says:    "the browser's installation is incomplete", mend: "install the browser again",
		},
		{phrases: []string{"Received signal", ":FATAL:", "Check failed"}, mend: "update the browser, or try another with --browser PATH"},
	}
}

// explain finds the reason in a line of standard error, or nil.
func explain(line string) *reason {
	for _, r := range reasons() {
		for _, p := range r.phrases {
			if strings.Contains(line, p) {
				return &r
			}
		}
	}
	return nil
}

// routine are lines that every healthy browser without a desktop prints.
var routine = regexp.MustCompile(`(?i)dbus|vaapi|sandbox_linux\.cc|Connection terminated while reading from pipe|DevTools listening|^#\d+ 0x|gcm|bluez|:WARNING:|:INFO:`)

func isRoutine(line string) bool { return routine.MatchString(line) }
