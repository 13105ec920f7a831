package typeset

import (
	"slices"

	"golang.org/x/text/unicode/bidi"
)

// maxDepth is the deepest explicit level (UAX #9, BD2).
const maxDepth = 125

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
