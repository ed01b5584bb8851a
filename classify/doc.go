// Package classify judges what a scan found: what each cookie, storage item and
// tracker is for, who is behind it, whether it needs consent, why and how sure
// that is. It reads no network, no clock and no file but embedded ones; the
// rules are those of classify/rules. It does not compare with a declaration and
// gives no verdict about a site.
package classify
