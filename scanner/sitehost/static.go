package sitehost

import (
	"io/fs"
	"path"
	"strings"
)

// find is the file in the site folder that host serves at the decoded URL
// path, "" if there is none.
func (s *site) find(host, urlPath string) string {
	if !servable(host) {
		return ""
	}
	rel := strings.TrimPrefix(path.Clean("/"+urlPath), "/")
	name := path.Join(host, rel)
	if !fs.ValidPath(name) {
		return ""
	}
	info, err := fs.Stat(s.fs, name)
	if err == nil && info.IsDir() {
		name = path.Join(name, "index.html")
		info, err = fs.Stat(s.fs, name)
	} else if err == nil && strings.HasSuffix(urlPath, "/") {
		return "" // "/a.js/" is not "/a.js"
	}
	if err != nil || info.IsDir() {
		return ""
	}
	return name
}

// servable keeps a Host header from naming anything but a host's folder.
func servable(host string) bool {
	return host != "" && !strings.ContainsAny(host, `/\`) && !strings.HasPrefix(host, ".") && !strings.HasPrefix(host, "_")
}

// contentType goes by the extension of name, "" if that is unknown.
func contentType(name string) string {
	types := map[string]string{
		".html": "text/html; charset=utf-8", ".htm": "text/html; charset=utf-8",
		".js": "text/javascript; charset=utf-8", ".mjs": "text/javascript; charset=utf-8",
		".css": "text/css; charset=utf-8", ".txt": "text/plain; charset=utf-8",
		".json": "application/json", ".map": "application/json",
		".xml": "text/xml; charset=utf-8", ".webmanifest": "application/manifest+json",
		".svg": "image/svg+xml", ".png": "image/png", ".gif": "image/gif",
		".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp", ".ico": "image/x-icon",
		".pdf": "application/pdf", ".wasm": "application/wasm",
		".woff2": "font/woff2", ".mp4": "video/mp4",
	}
	return types[strings.ToLower(path.Ext(name))]
}

func fileType(name string) string {
	if t := contentType(name); t != "" {
		return t
	}
	return "application/octet-stream"
}
