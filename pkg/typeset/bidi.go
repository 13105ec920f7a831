package typeset

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// maxDepth is the deepest explicit level (UAX #9, BD2).
const maxDepth = 125

// maxBrackets is the size of the bracket stack (UAX #9, BD16).
const maxBrackets = 63

// autoLevel asks [levels] to take the paragraph level from the text.
const autoLevel = -1

// levels returns the embedding level of each rune of one paragraph, and the
// level of the paragraph, by the Unicode bidirectional algorithm (UAX #9,
// rules P2 to L1). base is 0, 1 or [autoLevel]. Whitespace at the ends of
// lines is the line breaker's business, as is the order within a line
// ([reorder], rule L2).
func levels(text []rune, base int) ([]uint8, uint8) {
	p := newBidiParagraph(text)
	if base == autoLevel {
		base = p.firstStrong(0, len(text))
	}
	p.base = uint8(base)
	if p.plain && base == 0 {
		return p.levels, 0
	}
	p.explicit()
	for _, s := range p.sequences() {
		s.resolve()
	}
	p.fillRemoved()
	p.resetWhitespace()
	return p.levels, p.base
}

// baseLevel returns the level of the paragraph by its first strong
// character (UAX #9, rules P2 and P3).
func baseLevel(text []rune) int {
	return newBidiParagraph(text).firstStrong(0, len(text))
}

// bidiParagraph is the state of the algorithm for one paragraph.
type bidiParagraph struct {
	text    []rune
	classes []bidi.Class // as in the Unicode data
	types   []bidi.Class // as resolved so far
	levels  []uint8
	match   []int // isolate initiator ↔ its PDI, or len(text), or -1 (BD9)
	base    uint8
	plain   bool // nothing that could run from right to left
}

func newBidiParagraph(text []rune) *bidiParagraph {
	p := &bidiParagraph{
		text:    text,
		classes: make([]bidi.Class, len(text)),
		levels:  make([]uint8, len(text)),
		plain:   true,
	}
	for i, r := range text {
		c := bidi.L
		if r >= 0x80 || !isASCIILetter(r) {
			properties, _ := bidi.LookupRune(r)
			c = properties.Class()
		}
		p.classes[i] = c
		if c == bidi.R || c == bidi.AL || c == bidi.AN || isRemoved(c) && c != bidi.BN || isInitiator(c) {
			p.plain = false
		}
	}
	if !p.plain {
		p.matchIsolates()
	}
	return p
}

func isASCIILetter(r rune) bool { return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' }

func isInitiator(c bidi.Class) bool { return c == bidi.LRI || c == bidi.RLI || c == bidi.FSI }

func isIsolate(c bidi.Class) bool { return isInitiator(c) || c == bidi.PDI }

// isRemoved reports whether rule X9 takes characters of class c out.
func isRemoved(c bidi.Class) bool {
	switch c {
	case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF, bidi.BN:
		return true
	}
	return false
}

// matchIsolates pairs isolate initiators with their PDI (BD9).
func (p *bidiParagraph) matchIsolates() {
	p.match = slices.Repeat([]int{-1}, len(p.text))
	var open []int
	for i, c := range p.classes {
		switch {
		case isInitiator(c):
			p.match[i] = len(p.text)
			open = append(open, i)
		case c == bidi.PDI && len(open) > 0:
			o := open[len(open)-1]
			open = open[:len(open)-1]
			p.match[o], p.match[i] = i, o
		}
	}
}

// firstStrong is rules P2 and P3 for the runes from (inclusive) to end.
func (p *bidiParagraph) firstStrong(from, end int) int {
	for i := from; i < end; i++ {
		switch c := p.classes[i]; {
		case c == bidi.L:
			return 0
		case c == bidi.R || c == bidi.AL:
			return 1
		case isInitiator(c):
			i = p.match[i]
		}
	}
	return 0
}

// status is an entry of the directional status stack (X1).
type status struct {
	level    uint8
	override bidi.Class // L, R or ON for none
	isolate  bool
}

// embedding is the state of rules X1 to X8.
type embedding struct {
	stack                                       []status
	overflowIsolates, overflowEmbeddings, valid int
}

func (e *embedding) top() status { return e.stack[len(e.stack)-1] }

func (e *embedding) pop() { e.stack = e.stack[:len(e.stack)-1] }

// next returns the least level above the current one of parity odd.
func (e *embedding) next(odd uint8) uint8 {
	level := e.top().level + 1
	if level&1 != odd {
		level++
	}
	return level
}

// explicit sets the levels of explicit embeddings and isolates (X1 to X8).
func (p *bidiParagraph) explicit() {
	p.types = slices.Clone(p.classes)
	e := &embedding{stack: []status{{level: p.base, override: bidi.ON}}}
	for i, c := range p.classes {
		switch c {
		case bidi.RLE, bidi.LRE, bidi.RLO, bidi.LRO:
			p.levels[i] = e.top().level
			e.embed(c)
		case bidi.RLI, bidi.LRI, bidi.FSI:
			p.place(i, e.top())
			e.isolate(p.isRightToLeftIsolate(i))
		case bidi.PDI:
			e.endIsolate()
			p.place(i, e.top())
		case bidi.PDF:
			e.endEmbedding()
			p.levels[i] = e.top().level
		case bidi.B:
			p.levels[i] = p.base
		case bidi.BN:
			p.levels[i] = e.top().level
		default:
			p.place(i, e.top())
		}
	}
}

func (p *bidiParagraph) place(i int, s status) {
	p.levels[i] = s.level
	if s.override != bidi.ON {
		p.types[i] = s.override
	}
}

func (p *bidiParagraph) isRightToLeftIsolate(i int) bool {
	if p.classes[i] == bidi.FSI {
		return p.firstStrong(i+1, min(p.match[i], len(p.text))) == 1
	}
	return p.classes[i] == bidi.RLI
}

// embed is rules X2 to X5.
func (e *embedding) embed(c bidi.Class) {
	s := status{override: bidi.ON}
	switch c {
	case bidi.RLO:
		s.override = bidi.R
	case bidi.LRO:
		s.override = bidi.L
	}
	s.level = e.next(0)
	if c == bidi.RLE || c == bidi.RLO {
		s.level = e.next(1)
	}
	switch {
	case s.level <= maxDepth && e.overflowIsolates == 0 && e.overflowEmbeddings == 0:
		e.stack = append(e.stack, s)
	case e.overflowIsolates == 0:
		e.overflowEmbeddings++
	}
}

// isolate is rules X5a and X5b.
func (e *embedding) isolate(rightToLeft bool) {
	level := e.next(0)
	if rightToLeft {
		level = e.next(1)
	}
	if level > maxDepth || e.overflowIsolates > 0 || e.overflowEmbeddings > 0 {
		e.overflowIsolates++
		return
	}
	e.valid++
	e.stack = append(e.stack, status{level, bidi.ON, true})
}

// endIsolate is rule X6a.
func (e *embedding) endIsolate() {
	switch {
	case e.overflowIsolates > 0:
		e.overflowIsolates--
	case e.valid > 0:
		e.overflowEmbeddings = 0
		for !e.top().isolate {
			e.pop()
		}
		e.pop()
		e.valid--
	}
}

// endEmbedding is rule X7.
func (e *embedding) endEmbedding() {
	switch {
	case e.overflowIsolates > 0:
	case e.overflowEmbeddings > 0:
		e.overflowEmbeddings--
	case !e.top().isolate && len(e.stack) > 1:
		e.pop()
	}
}

// sequence is an isolating run sequence (BD13): indices of the runes that
// rule X9 leaves, and the classes before and after it.
type sequence struct {
	p        *bidiParagraph
	at       []int
	level    uint8
	sos, eos bidi.Class
}

func directionOf(level uint8) bidi.Class {
	if level&1 == 1 {
		return bidi.R
	}
	return bidi.L
}

// sequences splits the paragraph by rule X10.
func (p *bidiParagraph) sequences() []*sequence {
	runs, runOf := p.levelRuns()
	var all []*sequence
	for _, r := range runs {
		first := r[0]
		if p.classes[first] == bidi.PDI && p.match[first] >= 0 {
			continue // continues the sequence of its initiator
		}
		s := &sequence{p: p, level: p.levels[first]}
		for {
			s.at = append(s.at, r...)
			last := r[len(r)-1]
			if !isInitiator(p.classes[last]) || p.match[last] == len(p.text) {
				break
			}
			r = runs[runOf[p.match[last]]]
		}
		s.sos = directionOf(max(s.level, p.levelBefore(first)))
		s.eos = directionOf(max(s.level, p.levelAfter(s.at[len(s.at)-1])))
		all = append(all, s)
	}
	return all
}

// levelRuns returns the level runs and, for each first rune, its run.
func (p *bidiParagraph) levelRuns() ([][]int, map[int]int) {
	var runs [][]int
	runOf := map[int]int{}
	last := -1
	for i, c := range p.classes {
		if isRemoved(c) {
			continue
		}
		if last < 0 || p.levels[i] != p.levels[last] || isBoundary(p, last, i) {
			runOf[i] = len(runs)
			runs = append(runs, nil)
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], i)
		last = i
	}
	return runs, runOf
}

// isBoundary reports whether an empty isolate lies between two runes of one
// level: its initiator and PDI belong to runs of their own, so that the
// sequence can be joined at them.
func isBoundary(p *bidiParagraph, last, i int) bool {
	return isInitiator(p.classes[last]) && p.match[last] == i
}

func (p *bidiParagraph) levelBefore(i int) uint8 {
	for i--; i >= 0; i-- {
		if !isRemoved(p.classes[i]) {
			return p.levels[i]
		}
	}
	return p.base
}

func (p *bidiParagraph) levelAfter(i int) uint8 {
	if isInitiator(p.classes[i]) {
		return p.base
	}
	for i++; i < len(p.text); i++ {
		if !isRemoved(p.classes[i]) {
			return p.levels[i]
		}
	}
	return p.base
}

func (s *sequence) class(k int) bidi.Class { return s.p.types[s.at[k]] }

func (s *sequence) set(k int, c bidi.Class) { s.p.types[s.at[k]] = c }

func (s *sequence) resolve() {
	s.weakMarks()
	s.weakNumbers()
	s.weakSeparators()
	s.weakTerminators()
	s.weakRest()
	s.brackets()
	s.neutrals()
	s.implicit()
}

// weakMarks is rule W1.
func (s *sequence) weakMarks() {
	prev := s.sos
	for k := range s.at {
		c := s.class(k)
		if c == bidi.NSM {
			c = prev
			if isIsolate(prev) {
				c = bidi.ON
			}
			s.set(k, c)
		}
		prev = c
	}
}

// weakNumbers is rules W2 and W3.
func (s *sequence) weakNumbers() {
	strong := s.sos
	for k := range s.at {
		switch c := s.class(k); c {
		case bidi.L, bidi.R:
			strong = c
		case bidi.AL:
			strong = c
			s.set(k, bidi.R)
		case bidi.EN:
			if strong == bidi.AL {
				s.set(k, bidi.AN)
			}
		}
	}
}

// weakSeparators is rule W4.
func (s *sequence) weakSeparators() {
	for k := 1; k+1 < len(s.at); k++ {
		before, c, after := s.class(k-1), s.class(k), s.class(k+1)
		switch {
		case before != after:
		case (c == bidi.ES || c == bidi.CS) && before == bidi.EN:
			s.set(k, bidi.EN)
		case c == bidi.CS && before == bidi.AN:
			s.set(k, bidi.AN)
		}
	}
}

// weakTerminators is rule W5.
func (s *sequence) weakTerminators() {
	for k := 0; k < len(s.at); k++ {
		if s.class(k) != bidi.ET {
			continue
		}
		end := k
		for end < len(s.at) && s.class(end) == bidi.ET {
			end++
		}
		if k > 0 && s.class(k-1) == bidi.EN || end < len(s.at) && s.class(end) == bidi.EN {
			for i := k; i < end; i++ {
				s.set(i, bidi.EN)
			}
		}
		k = end
	}
}

// weakRest is rules W6 and W7.
func (s *sequence) weakRest() {
	strong := s.sos
	for k := range s.at {
		switch c := s.class(k); c {
		case bidi.ES, bidi.ET, bidi.CS:
			s.set(k, bidi.ON)
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN:
			if strong == bidi.L {
				s.set(k, bidi.L)
			}
		}
	}
}

// strongAs returns the direction that rules N0 to N2 see in class c.
func strongAs(c bidi.Class) (bidi.Class, bool) {
	switch c {
	case bidi.L:
		return bidi.L, true
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R, true
	}
	return bidi.ON, false
}

// canonicalBracket folds the one canonically equivalent pair of brackets.
func canonicalBracket(r rune) rune {
	switch r {
	case 0x2329:
		return 0x3008
	case 0x232A:
		return 0x3009
	}
	return r
}

// bracketPairs finds the pairs of rule BD16, sorted by their openers.
func (s *sequence) bracketPairs() [][2]int {
	type opener struct {
		closes rune
		k      int
	}
	var open []opener
	var pairs [][2]int
	for k, i := range s.at {
		if s.class(k) != bidi.ON {
			continue
		}
		r := canonicalBracket(s.p.text[i])
		if closes, ok := pairedBrackets[r]; ok {
			if len(open) == maxBrackets {
				break
			}
			open = append(open, opener{closes, k})
			continue
		}
		for o := len(open) - 1; o >= 0; o-- {
			if open[o].closes == r {
				pairs = append(pairs, [2]int{open[o].k, k})
				open = open[:o]
				break
			}
		}
	}
	slices.SortFunc(pairs, func(a, b [2]int) int { return a[0] - b[0] })
	return pairs
}

// brackets is rule N0.
func (s *sequence) brackets() {
	embedding := directionOf(s.level)
	for _, pair := range s.bracketPairs() {
		c, found := s.inside(pair, embedding)
		if !found {
			continue
		}
		if c != embedding {
			c = s.strongBefore(pair[0])
		}
		for _, k := range pair {
			s.set(k, c)
			for m := k + 1; m < len(s.at) && s.p.classes[s.at[m]] == bidi.NSM; m++ {
				s.set(m, c)
			}
		}
	}
}

// inside returns the embedding direction when the pair holds a strong
// character of it, else the opposite one when the pair holds such.
func (s *sequence) inside(pair [2]int, embedding bidi.Class) (bidi.Class, bool) {
	opposite, found := embedding, false
	for k := pair[0] + 1; k < pair[1]; k++ {
		c, ok := strongAs(s.class(k))
		if !ok {
			continue
		}
		if c == embedding {
			return embedding, true
		}
		opposite, found = c, true
	}
	return opposite, found
}

func (s *sequence) strongBefore(k int) bidi.Class {
	for k--; k >= 0; k-- {
		if c, ok := strongAs(s.class(k)); ok {
			return c
		}
	}
	return s.sos
}

// neutrals is rules N1 and N2.
func (s *sequence) neutrals() {
	before := s.sos
	for k := 0; k < len(s.at); k++ {
		if c, ok := strongAs(s.class(k)); ok {
			before = c
			continue
		}
		end, after := k, s.eos
		for ; end < len(s.at); end++ {
			if c, ok := strongAs(s.class(end)); ok {
				after = c
				break
			}
		}
		c := directionOf(s.level)
		if before == after {
			c = before
		}
		for ; k < end; k++ {
			s.set(k, c)
		}
		k--
	}
}

// implicit is rules I1 and I2.
func (s *sequence) implicit() {
	for k, i := range s.at {
		c := s.class(k)
		switch {
		case s.level&1 == 1 && c != bidi.R:
			s.p.levels[i] = s.level + 1
		case s.level&1 == 0 && c == bidi.R:
			s.p.levels[i] = s.level + 1
		case s.level&1 == 0 && c != bidi.L:
			s.p.levels[i] = s.level + 2
		}
	}
}

// fillRemoved gives the characters of rule X9 the level before them, so
// that they do not split a run.
func (p *bidiParagraph) fillRemoved() {
	level := p.base
	for i, c := range p.classes {
		if isRemoved(c) {
			p.levels[i] = level
		}
		level = p.levels[i]
	}
}

// resetWhitespace is rule L1, with the end of the text as end of the line.
func (p *bidiParagraph) resetWhitespace() {
	reset := true
	for i := len(p.classes) - 1; i >= 0; i-- {
		switch c := p.classes[i]; {
		case c == bidi.B || c == bidi.S:
			p.levels[i], reset = p.base, true
		case c == bidi.WS || isIsolate(c) || isRemoved(c):
			if reset {
				p.levels[i] = p.base
			}
		default:
			reset = false
		}
	}
}

// reorder puts the parts of one line, given in logical order, into visual
// order (rule L2).
func reorder[T any](parts []T, level func(T) uint8) {
	highest := uint8(0)
	for _, p := range parts {
		highest = max(highest, level(p))
	}
	for l := highest; l >= 1; l-- {
		for i := 0; i < len(parts); i++ {
			end := i
			for end < len(parts) && level(parts[end]) >= l {
				end++
			}
			slices.Reverse(parts[i:end])
			i = max(i, end-1)
		}
	}
}
