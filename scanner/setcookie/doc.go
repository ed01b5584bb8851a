// Package setcookie decides what a browser does with a cookie that a response,
// document.cookie or the Cookie Store API sets: RFC 6265bis (draft 22)
// sections 5.1 (dates, domains, paths), 5.6 (parsing) and 5.7 (storage) on raw
// octets, with the name prefixes of the layered-cookies draft and partitioned
// cookies (CHIPS). Where Chromium 156 does otherwise, Chromium wins, because a
// scan reports what a visitor's browser keeps. Known differences, each found
// by experiment with that browser and marked "Chromium:" in the code:
//
//   - a tab inside a name, value or attribute refuses the cookie (the draft
//     allows it);
//   - a nameless cookie whose value holds "=" is refused;
//   - an Expires or Max-Age that cannot be read hides an earlier good one of
//     the same name (the draft lets the earlier one stand);
//   - dates: numbers must be digits only ("1st" is no day), a year has one to
//     five digits and may lie before 1601, time fields may have leading zeros
//     without limit;
//   - Max-Age may begin with "+", and junk after a number that overflows is
//     not looked at;
//   - a Domain with octets outside ASCII is mapped to its IDNA form (the draft
//     refuses it), a Domain equal to an IP host counts as host-only;
//   - Secure cookies may be set by http on loopback hosts;
//   - Partitioned without Secure refuses the cookie, which the DevTools
//     protocol does not report;
//   - the clock difference between the Date header and this machine is added
//     to Expires.
//
// The package does not evict, does not send cookies, does not fetch, and does
// not know user settings such as blocked third-party cookies.
package setcookie
