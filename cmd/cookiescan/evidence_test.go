package main

import (
	"slices"
	"strings"
	"testing"

	"github.com/spf13/cobra"
)

// TestCommandLineKeepsSecrets: what stands in a manifest has no value of a
// header, cookie or password, wherever it was given.
func TestCommandLineKeepsSecrets(t *testing.T) {
	o := &scanOptions{}
	c := &cobra.Command{Use: "scan"}
	o.addFlags(c)
	args := []string{
		"https://ana:hunter2@x.test/a?b=c", "--header", "A: hunter2", "--cookie=c=hunter2", "--basic-auth", "ana:hunter2",
		"--proxy", "http://ana:hunter2@proxy.test:8080", "--resolve", "a.test=1.2.3.4,b.test=1.2.3.5", "--max-pages", "7", "--insecure",
	}
	if err := c.ParseFlags(args); err != nil {
		t.Fatal(err)
	}
	if err := o.network.check(); err != nil {
		t.Fatal(err)
	}
	env := map[string]string{"COOKIESCAN_WORKERS": "hunter2", "COOKIESCAN_HEADER": "hunter2"}
	command, environment := commandLine(c, c.Flags().Args(), o, func(name string) string { return env[name] })
	got := strings.Join(append(command, environment...), " ")
	if strings.Contains(got, "hunter2") {
		t.Errorf("%s", got)
	}
	for _, part := range []string{
		"scan https://[left out]@x.test/a?b=c", "--header=[left out]", "--cookie=[left out]", "--basic-auth=[left out]", "--proxy=http://proxy.test:8080",
		"--resolve=a.test=1.2.3.4", "--resolve=b.test=1.2.3.5", "--max-pages=7", "--insecure=true", "COOKIESCAN_WORKERS",
	} {
		if !strings.Contains(got, part) {
			t.Errorf("%s is not in %s", part, got)
		}
	}
	if slices.Contains(environment, "COOKIESCAN_HEADER") {
		t.Error("a variable that the command line overrides is named")
	}
}

func TestWithoutUser(t *testing.T) {
	for address, want := range map[string]string{
		"https://x.test/@a":      "https://x.test/@a",
		"x.test":                 "x.test",
		"a:b@x.test":             "[left out]@x.test",
		"https://a@b@x.test?q=@": "https://[left out]@x.test?q=@",
		"https://a:b@x.test#@":   "https://[left out]@x.test#@",
	} {
		if got := withoutUser(address); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

// TestWindow: the manifest names the window that the pages saw.
func TestWindow(t *testing.T) {
	for device, want := range map[string]string{"": "1920,1080", "pixel-8": "412,915"} {
		if got := windowOf(&visitorOptions{device: device}); got != want {
			t.Errorf("device %q: window %q, want %q", device, got, want)
		}
	}
}
