package typeset

import "golang.org/x/text/unicode/bidi"

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
