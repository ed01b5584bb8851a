package input

import (
	"fmt"
	"strings"

	"cookiescan/classify/rules"
)

// KindOf reads a kind as people and tools write it; no text is a cookie.
func KindOf(text string) (rules.Kind, error) {
	plain := strings.NewReplacer(" ", "", "_", "", "-", "").Replace(strings.ToLower(strings.TrimSpace(text)))
	switch plain {
	case "", "cookie", "cookies", "http", "httpcookie", "https", "web", "javascriptcookie":
		return rules.Cookie, nil
	case "localstorage", "htmllocalstorage", "html5localstorage", "html", "local":
		return rules.LocalStorage, nil
	case "sessionstorage", "htmlsessionstorage":
		return rules.SessionStorage, nil
	case "indexeddb", "idb":
		return rules.IndexedDB, nil
	case "cachestorage", "cache":
		return rules.CacheStorage, nil
	case "filesystem", "opfs", "file":
		return rules.FileSystem, nil
	case "pixel", "pixeltracker", "trackingpixel", "webbeacon", "beacon":
		return rules.Pixel, nil
	case "request", "host":
		return rules.Request, nil
	}
	return "", fmt.Errorf("kind %.40q is unknown, the kinds are cookie, localStorage, sessionStorage, indexedDB, cacheStorage, fileSystem, pixel, request", text)
}
