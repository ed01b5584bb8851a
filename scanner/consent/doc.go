// Package consent finds the consent banner of a page and answers it as a
// person would: by rules for the known consent platforms first, by what the
// page shows and a lexicon of button texts second. It sees a page as snapshots
// and acts by clicks; what drives the browser is handed in as a Page.
//
// It does not decide when to look, does not judge what a site does with the
// answer, and never hides, removes or scripts a banner away: what a person
// could not press is not pressed.
package consent
