package ledger

import (
	"math"

	"cookiescan/scanner"
)

// writeOf begins the document's form of a candidate.
func (l *Ledger) writeOf(c *candidate) scanner.Write {
	w := l.placed(c.at)
	by := l.setter(c.setter)
	w.Via, w.URL, w.Line, w.Column, w.Initiators = c.via, by.URL, by.Line, by.Column, by.Initiators
	w.Lifetime, w.HTTPOnly, w.Secure, w.SameSite = c.lifetime, c.httpOnly, c.secure, c.sameSite
	w.Size, w.ValueDigest = len(c.key.Name)+len(c.value), l.o.Digest(c.value)
	w.Attribution, w.Count, w.Proof = scanner.Exact, c.count, scanner.ProofNone
	if by.Inferred {
		w.Attribution = scanner.Inferred
	}
	w.Faults = c.faults
	if c.kind == sets && c.via != scanner.ViaUser {
		w.Personal = personalIn(c.value, l.o.Site)
	}
	if c.via == scanner.ViaUser {
		w.State, w.Straddles, w.Page = l.state(c.at.Time), false, ""
	}
	return w
}

func (l *Ledger) placed(at At) scanner.Write {
	state, straddles := l.stateOf(at)
	return scanner.Write{
		Pass: l.pass, State: state, Straddles: straddles, Trigger: at.Trigger, Page: at.Page, TopSite: at.TopSite,
		Frame: at.Frame, Context: at.Context, FirstMs: at.FirstMs, Count: 1,
	}
}

func (l *Ledger) refusal(c *candidate, why []string) scanner.Write {
	w := l.writeOf(c)
	w.Action, w.Blocked = scanner.Refused, why
	w.Lifetime.StoredSeconds = nil
	return w
}

// ending is the end of a cookie that nobody wrote.
func ending(at At, action scanner.Action, was holding) scanner.Write {
	return scanner.Write{
		Pass: "", Trigger: at.Trigger, Page: at.Page, Context: at.Context, Via: scanner.ViaUnknown,
		Action: action, Proof: scanner.ProofJar, Attribution: scanner.NoOne, Count: 1, Size: len(was.value),
	}
}

// unknown is a change that the jar shows and no source explains. The snapshot
// names an interval: its page is known only if just one ran in it.
func (l *Ledger) unknown(ev *evidence, was holding) scanner.Write {
	w := l.placed(ev.at)
	w.Via, w.Action, w.Proof, w.Attribution = scanner.ViaUnknown, scanner.Set, scanner.ProofJar, scanner.NoOne
	if was.there {
		w.Action = scanner.Change
	}
	if len(ev.pages) == 1 {
		w.Page = ev.pages[0]
	}
	w.ValueDigest, w.Personal = l.o.Digest(ev.value), personalIn(ev.value, l.o.Site)
	if j := ev.jar; j != nil {
		w.HTTPOnly, w.Secure, w.SameSite = j.HTTPOnly, j.Secure, j.SameSite
		w.Size = len(j.Key.Name) + len(j.Value)
		if !j.Expires.IsZero() {
			left := int64(math.Round(j.Expires.Sub(ev.at.Time).Seconds()))
			w.Lifetime.StoredSeconds = &left
		}
	}
	return w
}

// correct lets the jar overrule the expected lifetime where they disagree.
func correct(w *scanner.Write, c *candidate, jar *JarCookie) {
	if jar == nil || c.jarred != nil {
		return
	}
	if jar.Expires.IsZero() {
		w.Lifetime.StoredSeconds = nil
		return
	}
	if !c.expires.IsZero() {
		if d := jar.Expires.Sub(c.expires); d < expirySlack && d > -expirySlack {
			return
		}
	}
	left := int64(math.Round(jar.Expires.Sub(c.at.Time).Seconds()))
	w.Lifetime.StoredSeconds = &left
}
