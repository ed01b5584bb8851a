// Package process finds a Chromium, starts it as a child that is driven over
// the DevTools pipe, and makes sure that nothing is left of it: no process, no
// zombie, no profile, no temporary file, not even after kill -9 of the program
// that started it.
//
// What it does not do: it speaks no DevTools protocol beyond one
// Browser.getVersion that proves the start, it opens no tab, and it does not
// choose a proxy (the caller passes --proxy-server in Options.Flags). A browser
// that runs already is asked for its version, over HTTP, and neither started nor
// ended.
//
// The chain that holds when everything else fails is a watcher, a /bin/sh in a
// session of its own that reads a pipe whose only writer is this process. The
// kernel closes that pipe however the process ends; the watcher then kills the
// browser's process group, then whatever still names the folder, and removes
// the folder. Close ends in the same way, so that the path is taken every time
// and not only in a disaster.
package process
