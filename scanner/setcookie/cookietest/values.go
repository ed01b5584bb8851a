package cookietest

import "strings"

func (g generator) maxAge() string {
	return g.pick("0", "-1", "1", "60", "3600", "86400", "34560000", "34560001", "63072000", "0060", "+60", "",
		"-", "+", "6 0", "60s", "6e1", "0x3c", "\"60\"", "9223372036854775807", "9223372036854775808",
		"99999999999999999999999", "-99999999999999999999999", "99999999999999999999x", "9223372036854775806x", "1.5")
}

func (g generator) domain() string {
	switch g.IntN(6) {
	case 0, 1:
		return g.caseOf(g.pick(Host, "."+Host, parent(Host), "."+parent(Host)))
	case 2:
		return g.pick("test", ".test", "other.test", "sub."+Host, "me.diff.test", "ome.diff.test", "com", "co.uk", "github.io", "localhost", "127.0.0.1")
	case 3:
		return g.pick("", ".", "..", ".."+parent(Host), parent(Host)+".", "*."+parent(Host), "\""+parent(Host)+"\"", parent(Host)+":80", "https://"+parent(Host), parent(Host)+"/")
	case 4:
		return g.pick("é.test", "ｄiff.test", "diff。test", "di%66f.test", "di ff.test", "\xff.test", strings.Repeat("x", 1025), strings.Repeat("x", 300))
	default:
		return parent(Host)
	}
}

func parent(host string) string {
	_, p, _ := strings.Cut(host, ".")
	return p
}

func (g generator) path() string {
	return g.pick("/", "/", "/dir", "/dir/", "/dir/sub", "/dir/sub/file", "/other", "", "dir", "\"/\"", "//", "/a b", "/é", "/\xff",
		"/a%20b", "/a?b", "/a#b", "/../x", "/dir/../x", "\\", "/x,y", "/"+strings.Repeat("p", 1023), "/"+strings.Repeat("p", 1024), "/x\ty")
}

// date mixes parts that are good with parts that are not.
func (g generator) date() string {
	day := g.pick("1", "01", "15", "28", "29", "30", "31", "0", "32", "001", "1st", "9th")
	month := g.caseOf(g.pick("Jan", "Feb", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec", "January", "Septem", "Ja", "Foo", "Jan1"))
	year := g.pick("2035", "2036", "2040", "2099", "9999", "20350", "203500", "35", "69", "70", "99", "00", "7", "035", "02035", "1969", "1970", "1601", "1600", "100", "2015", "2035x")
	clock := g.pick("00:00:00", "12:34:56", "23:59:59", "1:2:3", "24:00:00", "00:60:00", "00:00:60", "12:34", "12:34:56:78", "012:034:056", "1:2:3x", "12:34:56.789", ":1:2:3", "99999999999:0:0")
	zone := g.pick(" GMT", " UTC", "", " PST", " +0200", "Z")
	switch g.IntN(7) {
	case 0:
		return day + "-" + month + "-" + year + " " + clock + zone
	case 1:
		return month + " " + day + " " + clock + " " + year
	case 2:
		return g.pick("Thu", "Sunday", "xyz") + ", " + day + "-" + month + "-" + year + " " + clock + zone
	case 3:
		return strings.Join(g.shuffled(day, month, year, clock), g.pick(" ", "-", "/", ",", "\t", "~", "é"))
	case 4:
		return g.pick("", "0", "-1", "never", "session", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "2035-01-15T10:00:00Z", "1735689600", "Tue, 15 Jan 2035", "15 Jan 2035 10:00:00 15 Feb 2019 1:1:1")
	default:
		return "Mon, 15 " + g.pick("Jan", "Jun", "Dec") + " " + g.pick("2035", "2040", "2001") + " 12:34:56 GMT"
	}
}

func (g generator) shuffled(parts ...string) []string {
	g.Shuffle(len(parts), func(i, j int) { parts[i], parts[j] = parts[j], parts[i] })
	return parts
}
