package process

import (
	"path/filepath"
	"runtime"
	"strings"
)

// marker names the variable by which the watcher knows a browser process that
// left the process group. Its value is the folder.
const marker = "COOKIESCAN_FOLDER"

// environment is what the browser sees: of our own variables only those that it
// needs, so that no secret given to cookiescan reaches it and no http_proxy of
// the machine steers it; home and temporary folder within ours, so that
// nothing is written elsewhere. extra comes last and wins.
func environment(inherited []string, root string, extra []string) []string {
	var env []string
	for _, kv := range inherited {
		if name, _, _ := strings.Cut(kv, "="); passes(name) {
			env = append(env, kv)
		}
	}
	env = append(env,
		marker+"="+root,
		// An address that cannot be used: no bus is started, none is asked.
		"DBUS_SESSION_BUS_ADDRESS=disabled:",
		"GSETTINGS_BACKEND=memory",
	)
	if runtime.GOOS == "linux" {
		home := filepath.Join(root, "home")
		env = append(env, "TMPDIR="+shortTemp(root), "HOME="+home,
			"XDG_CONFIG_HOME="+filepath.Join(home, ".config"),
			"XDG_CACHE_HOME="+filepath.Join(home, ".cache"),
			"XDG_DATA_HOME="+filepath.Join(home, ".local", "share"))
	} else {
		// macOS has its own temporary folder for each user, and programs find
		// their home by other ways too.
		for _, kv := range inherited {
			if strings.HasPrefix(kv, "HOME=") || strings.HasPrefix(kv, "TMPDIR=") {
				env = append(env, kv)
			}
		}
	}
	return append(env, extra...)
}

// longestTemp is the longest temporary folder, in bytes, whose
// org.chromium.Chromium.XXXXXX/SingletonSocket still fits into the address of a
// Unix socket (108 bytes, unix(7)). With a longer one the full browser aborts.
const longestTemp = 108 - 1 - len("/org.chromium.Chromium.XXXXXX/SingletonSocket")

// shortTemp names the browser's temporary folder, which is its working
// directory, by way of /proc if its own name is too long.
func shortTemp(root string) string {
	temp := tempOf(root)
	if len(temp) > longestTemp {
		return "/proc/self/cwd"
	}
	return temp
}

func tempOf(root string) string { return filepath.Join(root, "tmp") }

func passes(name string) bool {
	switch name {
	case "PATH", "LANG", "LANGUAGE", "TZ", "TZDIR", "USER", "LOGNAME", "LD_LIBRARY_PATH",
		"FONTCONFIG_FILE", "FONTCONFIG_PATH", "CHROME_DEVEL_SANDBOX":
		return true
	}
	return strings.HasPrefix(name, "LC_")
}
