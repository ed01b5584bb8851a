// Package register reads and edits the register that a site keeps of its own
// cookies: cookies.yaml, which says of each what it is for and who has reviewed
// that, and cookies.waivers.yaml, which says what findings are accepted until
// when. It finds the entry that declares something observed, but it does not
// judge: that is checks. It opens no file: who calls it hands the bytes in.
package register
