package typeset

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

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
			next, ok := runOf[p.match[last]]
			if !ok {
				break
			}
			r = runs[next]
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
		if last < 0 || p.levels[i] != p.levels[last] {
			runOf[i] = len(runs)
			runs = append(runs, nil)
		}
		runs[len(runs)-1] = append(runs[len(runs)-1], i)
		last = i
	}
	return runs, runOf
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
