package process

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestCommandLine(t *testing.T) {
	flags, err := parseFlags([]string{
		"--disable-features=B,C,A", "proxy-server=socks5://127.0.0.1:1080", "--enable-features=D,E", "--disable-features=E",
		"--mute-audio", "--lang=en", "--lang=de", "--host-resolver-rules=MAP *:443 127.0.0.1:8443,MAP *:80 127.0.0.1:8080",
	})
	if err != nil {
		t.Fatal(err)
	}
	got := commandLine(append([]Flag{{Name: "disable-features", Value: "A,D"}, {Name: "headless", Value: "new"}}, flags...))
	want := []string{
		"--disable-features=A,B,C,E", "--headless=new", "--proxy-server=socks5://127.0.0.1:1080", "--enable-features=D",
		"--mute-audio", "--lang=de", "--host-resolver-rules=MAP *:443 127.0.0.1:8443,MAP *:80 127.0.0.1:8080",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

func TestFlagsThatAreRefused(t *testing.T) {
	for _, flag := range []string{"--user-data-dir=/x", "remote-debugging-port=9222", "--single-process", "--renderer-process-limit=1", "", "--", "https://x.test", "--a b", "--a=\x00"} {
		if _, err := parseFlags([]string{flag}); !errors.Is(err, ErrFlag) {
			t.Errorf("parseFlags(%q) = %v, want ErrFlag", flag, err)
		}
	}
}

func TestBaseFlagsAreReasonedAndOnce(t *testing.T) {
	ours := []string{"remote-debugging-pipe", "renderer-process-limit"}
	for _, e := range []Engine{Shell, Full} {
		seen := map[string]bool{}
		for _, f := range flagsFor(e) {
			if f.Why == "" || strings.HasPrefix(f.Name, "-") || refused(f.Name) != "" && !slices.Contains(ours, f.Name) {
				t.Errorf("%s: bad flag %+v", e, f)
			}
			if seen[f.Name] && !isList(f.Name) {
				t.Errorf("%s: %s is there twice", e, f.Name)
			}
			seen[f.Name] = true
		}
		for _, needed := range []string{"remote-debugging-pipe", "headless", "disable-site-isolation-trials", "disable-quic"} {
			if !seen[needed] {
				t.Errorf("%s: %s is missing", e, needed)
			}
		}
	}
}

func TestArguments(t *testing.T) {
	on, off := true, false
	for _, c := range []struct {
		name    string
		o       Options
		has, no []string
	}{
		{"full", Options{Binary: Binary{Engine: Full}, NoSandbox: &off}, []string{"--headless=new", "--user-data-dir=/p"}, []string{"--no-sandbox", "--headless"}},
		{"shell", Options{Binary: Binary{Engine: Shell}, NoSandbox: &on}, []string{"--headless", "--no-sandbox"}, []string{"--headless=new"}},
		{"extra wins", Options{Flags: []string{"force-webrtc-ip-handling-policy=default"}}, []string{"--force-webrtc-ip-handling-policy=default"}, []string{"--force-webrtc-ip-handling-policy=disable_non_proxied_udp"}},
	} {
		args, err := c.o.arguments("/p")
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range c.has {
			if !slices.Contains(args, a) {
				t.Errorf("%s: %s is missing in %q", c.name, a, args)
			}
		}
		for _, a := range c.no {
			if slices.Contains(args, a) {
				t.Errorf("%s: %s is in %q", c.name, a, args)
			}
		}
	}
}

func TestPreferencesMerge(t *testing.T) {
	text, err := preferences(map[string]any{"profile": map[string]any{"exit_type": "Normal"}, "translate": false})
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Profile struct {
			Mode  *int   `json:"cookie_controls_mode"`
			Block *bool  `json:"block_third_party_cookies"`
			Exit  string `json:"exit_type"`
		}
		Translate any
	}
	if err := json.Unmarshal(text, &got); err != nil {
		t.Fatal(err)
	}
	p := got.Profile
	if p.Mode == nil || *p.Mode != 0 || p.Block == nil || *p.Block || p.Exit != "Normal" || got.Translate != false {
		t.Errorf("preferences = %s", text)
	}
	if _, err := preferences(map[string]any{"x": func() {}}); err == nil {
		t.Error("a function was written as a preference")
	}
}
