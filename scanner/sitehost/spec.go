package sitehost

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"time"
)

// siteSpec is site.yaml as written.
type siteSpec struct {
	Routes []routeSpec `yaml:"routes"`
}

// routeSpec is one route as written; the package comment says what the fields
// mean. A field that is false, zero or empty counts as absent, except for the
// pointers.
type routeSpec struct {
	Host         string            `yaml:"host"`
	Path         string            `yaml:"path"`
	Scheme       string            `yaml:"scheme"`
	Method       string            `yaml:"method"`
	Query        map[string]string `yaml:"query"`
	WhenCookie   string            `yaml:"whenCookie"`
	WhenNoCookie string            `yaml:"whenNoCookie"`
	WhenHeader   map[string]string `yaml:"whenHeader"`
	Nth          *int              `yaml:"nth"`

	Body             *string          `yaml:"body"`
	File             string           `yaml:"file"`
	Pixel            bool             `yaml:"pixel"`
	Redirect         string           `yaml:"redirect"`
	EchoHeaders      bool             `yaml:"echoHeaders"`
	Websocket        *websocketSpec   `yaml:"websocket"`
	EventStream      *eventStreamSpec `yaml:"eventStream"`
	GzipBomb         string           `yaml:"gzipBomb"`
	Hang             bool             `yaml:"hang"`
	HangAfterHeaders bool             `yaml:"hangAfterHeaders"`
	Reset            bool             `yaml:"reset"`
	BigBody          string           `yaml:"bigBody"`
	Endless          bool             `yaml:"endless"`

	Status           *int           `yaml:"status"`
	Headers          []string       `yaml:"headers"`
	Type             string         `yaml:"type"`
	CacheControl     string         `yaml:"cacheControl"`
	Template         bool           `yaml:"template"`
	Gzip             bool           `yaml:"gzip"`
	EarlyHints       []string       `yaml:"earlyHints"`
	Delay            string         `yaml:"delay"`
	BodyDelay        string         `yaml:"bodyDelay"`
	Drip             string         `yaml:"drip"`
	BasicAuth        *basicAuthSpec `yaml:"basicAuth"`
	Cors             bool           `yaml:"cors"`
	PreflightHeaders []string       `yaml:"preflightHeaders"`
	Raw              bool           `yaml:"raw"`
}

type websocketSpec struct {
	Headers []string `yaml:"headers"`
	Send    []string `yaml:"send"`
	Echo    bool     `yaml:"echo"`
	Close   bool     `yaml:"close"`
}

type eventStreamSpec struct {
	Events  []string `yaml:"events"`
	RetryMs int      `yaml:"retryMs"`
	Close   bool     `yaml:"close"`
}

type basicAuthSpec struct {
	User     string `yaml:"user"`
	Password string `yaml:"password"`
	Realm    string `yaml:"realm"`
}

// present lists the fields of the route that are there, by their YAML names.
func (r *routeSpec) present() []string {
	var names []string
	v := reflect.ValueOf(r).Elem()
	for i := range v.NumField() {
		if f := v.Field(i); !f.IsZero() {
			names = append(names, v.Type().Field(i).Tag.Get("yaml"))
		}
	}
	return names
}

// parseSize reads "64kB", "10MiB" or a plain number of octets; "" is 0.
func parseSize(s string) (int64, error) {
	if s == "" {
		return 0, nil
	}
	units := []struct {
		suffix string
		factor int64
	}{
		{"KiB", 1 << 10},
		{"MiB", 1 << 20},
		{"GiB", 1 << 30},
		{"kB", 1e3},
		{"MB", 1e6},
		{"GB", 1e9},
		{"B", 1},
	}
	digits, factor := s, int64(1)
	for _, u := range units {
		if d, ok := strings.CutSuffix(s, u.suffix); ok {
			digits, factor = strings.TrimSpace(d), u.factor
			break
		}
	}
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n <= 0 || n > math.MaxInt64/factor {
		return 0, fmt.Errorf("%q is no size; want a number of bytes or 64kB, 10MB, 1GiB", s)
	}
	return n * factor, nil
}

// parseDelay reads a Go duration that is not negative; "" is 0.
func parseDelay(s string) (time.Duration, error) {
	if s == "" {
		return 0, nil
	}
	d, err := time.ParseDuration(s)
	if err != nil || d < 0 {
		return 0, fmt.Errorf("%q is no delay; want a duration such as 300ms or 2s", s)
	}
	return d, nil
}
