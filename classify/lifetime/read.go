package lifetime

import "math"

// Read reads a text. The language (such as de) decides only what is written
// alike in several, such as "13 j"; "" if it is not known. It never fails: what
// is not understood is left out.
//
// Of alternatives and ranges the longest counts; parts in falling units ("1
// year and 1 month") are added. A lone number is guessed at: 0 and -1 mean the
// session, others days, seconds or milliseconds, whatever makes a round length.
func (r *Reader) Read(text, language string) Lifetime {
	tokens := split(text)
	l := Lifetime{Raw: text}
	if value, ok := lone(tokens); ok {
		guess(&l, value)
		return l
	}
	if seconds, ok := iso8601(text); ok {
		l.Seconds = clip(seconds)
		return l
	}
	s := state{reader: r, tokens: tokens, prefer: r.set(language)}
	for s.at < len(tokens) {
		s.step()
	}
	s.close()
	l.Session = s.session || s.zero
	switch {
	case s.best > longest:
		l.UntilCleared = true
	case s.best > 0:
		l.Seconds = clip(s.best)
	case s.clear && !l.Session:
		l.UntilCleared = true
	}
	return l
}

// state is how far a text has been read.
type state struct {
	reader  *Reader
	tokens  []token
	at      int
	prefer  languageSet
	session bool
	clear   bool
	zero    bool    // a length of nothing was named
	best    float64 // the longest alternative so far
	sum     float64 // the parts of the alternative under way
	last    float64 // the unit of its last part, 0 if there is none
	apart   bool    // what comes next is another alternative
	between bool    // and joins alternatives

	pending []float64 // numbers that wait for their unit
	joined  bool      // the next number is a further one
	in      languageSet
	unit    bool // the token before was a unit, with or without number
}

// step reads a token or a phrase.
func (s *state) step() {
	t := s.tokens[s.at]
	wasUnit := s.unit
	s.unit = false
	switch t.kind {
	case aNumber:
		s.number(t.value, ^languageSet(0))
	case aDash:
		s.to()
	case aBreak:
		s.other()
	case aWord:
		if s.phrase() {
			return
		}
		s.word(s.reader.find(t.text), wasUnit)
	}
	s.at++
}

func (s *state) word(w *word, wasUnit bool) {
	s.unit = len(w.units) > 0
	joins := w.to || w.and
	switch {
	case s.isUnit(w) && (!joins || !s.numberFollows() || s.smallerFollows(w)):
		s.takeUnit(w)
	case len(w.numbers) > 0 && s.counts(s.at) && (!joins || !wasUnit):
		m := s.numberAt(s.at)
		s.number(m.value, m.in)
	case w.between:
		s.between = true
	case w.filler && len(s.pending) > 0:
	case w.and:
		s.and()
	case w.to:
		s.to()
	case w.session || w.clear:
		s.session, s.clear = s.session || w.session, s.clear || w.clear
		s.other()
	default:
		s.other()
	}
}

// number takes a number that waits for its unit.
func (s *state) number(value float64, in languageSet) {
	switch n := len(s.pending); {
	case s.joined:
		s.pending = append(s.pending, value)
	case n > 0 && s.pending[n-1] > 0 && (s.pending[n-1] < 1 || value < 1): // half a, ein halbes
		s.pending[n-1] *= value
	default:
		s.pending = append(s.pending[:0], value)
	}
	s.joined, s.in = false, in
}

// and joins parts of one length, or two numbers of one unit.
func (s *state) and() {
	if len(s.pending) > 0 {
		s.joined = true
	}
	s.apart = s.apart || s.between
}

// to stands between alternatives.
func (s *state) to() {
	// A hyphen between a number and its unit is none: "6-month".
	if len(s.pending) > 0 {
		s.joined = s.numberFollows()
		return
	}
	s.apart = true
}

// other is a word without meaning here.
func (s *state) other() {
	s.pending, s.joined, s.apart = nil, false, true
}

// takeUnit ends a part.
func (s *state) takeUnit(w *word) {
	unit := s.choose(w)
	if unit == 0 {
		s.other()
		return
	}
	for _, value := range s.pending[:len(s.pending)-1] {
		s.best = max(s.best, value*unit)
	}
	s.part(s.pending[len(s.pending)-1]*unit, unit)
}

func (s *state) part(seconds, unit float64) {
	if s.apart || s.last == 0 || unit >= s.last {
		s.close()
	}
	s.zero = s.zero || seconds == 0 && unit < day // no whole day may be half an hour
	s.sum += seconds
	s.last = unit
	s.pending, s.joined, s.apart = nil, false, false
}

// largestUnit is the unit in which a length is thought of.
func largestUnit(seconds float64) float64 {
	for _, unit := range []float64{year, month, week, day, hour, minute} {
		if seconds >= unit {
			return unit
		}
	}
	return second
}

// close ends an alternative.
func (s *state) close() {
	s.best = max(s.best, s.sum)
	s.sum, s.last = 0, 0
}

// choose is the unit that a word means here; 0 when it may be several. After a
// part it is the next smaller one: "1y 6m", "1h 30m".
func (s *state) choose(w *word) float64 {
	var fit []meaning
	for _, m := range w.units {
		if m.in&s.in != 0 {
			fit = append(fit, m)
		}
	}
	if len(fit) == 1 {
		return fit[0].value
	}
	unit, preferred := 0.0, 0
	for _, m := range fit {
		if m.in&s.prefer != 0 && s.prefer != ^languageSet(0) {
			unit = m.value
			preferred++
		}
	}
	if preferred == 1 {
		return unit
	}
	unit = 0
	for _, m := range fit {
		if !s.apart && m.value < s.last {
			unit = max(unit, m.value)
		}
	}
	return unit
}

// isUnit tells whether a number waits for this word.
func (s *state) isUnit(w *word) bool {
	if len(s.pending) == 0 || s.joined {
		return false
	}
	for _, m := range w.units {
		if m.in&s.in != 0 {
			return true
		}
	}
	return false
}

// numberFollows tells whether the next token is a number in digits or words.
func (s *state) numberFollows() bool {
	if s.at+1 >= len(s.tokens) {
		return false
	}
	t := s.tokens[s.at+1]
	return t.kind == aNumber || t.kind == aWord && s.counts(s.at+1)
}

// counts tells whether a word is a number here: one that a unit of the same
// language follows, perhaps after a further number ("half a year"). Many number
// words are something else in another language.
func (s *state) counts(at int) bool { return s.numberAt(at).in != 0 }

func (s *state) numberAt(at int) meaning {
	if m := s.numberBefore(at, s.wordAt(at+1).units); m.in != 0 || len(s.wordAt(at+1).numbers) == 0 {
		return m
	}
	return s.numberBefore(at, []meaning{s.numberBefore(at+1, s.wordAt(at+2).units)})
}

// numberBefore is the number that a word means before one of certain languages.
func (s *state) numberBefore(at int, next []meaning) meaning {
	for _, m := range s.wordAt(at).numbers {
		for _, n := range next {
			if m.in&n.in != 0 {
				return meaning{m.value, m.in & n.in}
			}
		}
	}
	return meaning{}
}

func (s *state) wordAt(at int) *word {
	if at >= len(s.tokens) || s.tokens[at].kind != aWord {
		return &word{}
	}
	return s.reader.find(s.tokens[at].text)
}

// smallerFollows tells whether a number and a smaller unit of the same language
// come next: the y of "2 y 6 m" is a year and that of "1 y 2 años" is not.
func (s *state) smallerFollows(w *word) bool {
	for _, u := range w.units {
		for _, next := range s.wordAt(s.at + 2).units {
			if u.in&next.in != 0 && next.value < u.value {
				return true
			}
		}
	}
	return false
}

// phrase reads a phrase that begins here, the longest there is.
func (s *state) phrase() bool {
	var found *phrase
	list := s.reader.phrases[s.tokens[s.at].text]
	for i := range list {
		if s.fits(&list[i]) && (found == nil || len(list[i].rest) > len(found.rest)) {
			found = &list[i]
		}
	}
	if found == nil {
		return false
	}
	s.at += 1 + len(found.rest)
	switch {
	case found.seconds > 0:
		s.part(found.seconds, largestUnit(found.seconds))
	case found.filler:
	case found.andHalf && len(s.pending) > 0:
		s.pending[len(s.pending)-1] += 0.5
	case found.andHalf:
		s.sum += s.last / 2
	default:
		s.session, s.clear = s.session || found.session, s.clear || found.clear
		s.other()
	}
	return true
}

func (s *state) fits(p *phrase) bool {
	if s.at+len(p.rest) >= len(s.tokens) {
		return false
	}
	for i, want := range p.rest {
		t := s.tokens[s.at+1+i]
		goesOn := p.prefix && i == len(p.rest)-1 && len(t.text) > len(want) && t.text[:len(want)] == want
		if t.kind != aWord || t.text != want && !goesOn {
			return false
		}
	}
	return true
}

func clip(seconds float64) int64 {
	return int64(math.Round(max(1, min(seconds, longest))))
}
