package typeset

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

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

// maxBrackets is the size of the bracket stack (UAX #9, BD16).
const maxBrackets = 63

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
