package programme

import (
	"tamada/pkg/typeset"
)

// A scope is where paragraphs go: a flow, an element for each voice, and how
// far they are indented. Whatever is set in it is set in every voice, side by
// side, with lines on common baselines.
type scope struct {
	*job
	flow     *flow
	elements []*element // by voice
	aside    bool       // leaves the column of times free
	indent   float64
	heading  typeset.Tag // of the headings in abstracts
	prosaic  bool        // what is labelled is prose, which keeps the side of its own language
}

// scope begins a scope in which each voice has an element of its own, if
// there are two.
func (j *job) scope(f *flow, e *element, aside bool) scope {
	s := scope{job: j, flow: f, aside: aside, heading: typeset.H4}
	for range j.voices {
		if len(j.voices) > 1 {
			s.elements = append(s.elements, e.in(typeset.Div))
			continue
		}
		s.elements = append(s.elements, e)
	}
	return s
}

// within returns a scope inside new elements of s.
func (s scope) within(tag typeset.Tag, a typeset.Attrs) scope {
	inner := s
	inner.elements = make([]*element, len(s.elements))
	for i, e := range s.elements {
		if inner.elements[i] = e.in(tag); a != (typeset.Attrs{}) {
			inner.elements[i].attrs = &a
		}
	}
	return inner
}

// indented returns a scope further in.
func (s scope) indented(by float64) scope {
	s.indent += by
	return s
}

// measure returns the measure of voice i.
func (s scope) measure(i int) measure {
	c := s.voices[i].column
	m := measure{column: c, offset: s.indent}
	if i == 0 && s.aside && s.design.aside > 0 {
		m.offset += s.design.aside + s.design.gutter
	}
	m.width = max(c.Width-m.offset, 24)
	return m
}

// measureOf returns the measure of a text for voice i. Where the other voice
// is silent it takes the width of both.
func (s scope) measureOf(i int, alone bool) measure {
	m := s.measure(i)
	if len(s.voices) < 2 || !alone {
		return m
	}
	s.indent = 0
	one, other := s.measure(0), s.measure(1)
	x, y := one.column.At(one.offset, one.width), other.column.At(other.offset, other.width)
	from, to := min(x, y), max(x+one.width, y+other.width)
	offset := m.offset - s.measure(i).offset
	return measure{
		column: typeset.Frame{X: from, Width: to - from, RightToLeft: m.column.RightToLeft},
		offset: offset, width: to - from - offset,
	}
}

// narrow reports whether there is no room for labels beside what they label.
func (s scope) narrow() bool {
	return s.measure(0).width < s.design.pt(236)
}

// paragraph sets a paragraph in each voice that has something to say, in an
// element of its own.
func (s scope) paragraph(before float64, tag typeset.Tag, say func(v *voice) []phrase) {
	s.hanging(before, 0, tag, say)
}

// hanging sets a paragraph whose further lines are indented.
func (s scope) hanging(before, hang float64, tag typeset.Tag, say func(v *voice) []phrase) {
	var cells []cell
	for i, v := range s.voices {
		phrases := say(v)
		if len(phrases) == 0 {
			continue
		}
		m := s.measure(i)
		m.hang = hang
		c := s.set(m, nil, phrases...)
		if len(c.block.Lines) > 0 {
			c.element = s.elements[i].in(tag)
			cells = append(cells, c)
		}
	}
	s.flow.row(before, cells...)
}

// labelled sets a label and, beside it, a paragraph, in each voice: an item of
// a list. The label is width wide.
func (s scope) labelled(before, width float64, label, body func(v *voice) []phrase) scope {
	item := s.within(typeset.ListItem, typeset.Attrs{})
	inner := item.within(typeset.ListBody, typeset.Attrs{})
	var cells []cell
	said := make([][]phrase, len(s.voices))
	silent := 0
	for i, v := range s.voices {
		if said[i] = body(v); len(said[i]) == 0 {
			silent++
		}
	}
	for i, v := range s.voices {
		said := said[i]
		m := s.measureOf(i, s.prosaic && silent == 1 && len(said) > 0)
		if s.prosaic && len(said) > 0 {
			m = m.running(said[0].language)
		}
		if phrases := label(v); len(phrases) > 0 {
			beside := m
			beside.width = width - s.design.pt(6)
			e := item.elements[i].in(typeset.Label)
			item.elements[i].kids = []*element{e, inner.elements[i]}
			cells = append(cells, s.set(beside, e, phrases...))
		}
		m.offset += width
		m.width = max(m.width-width, 24)
		if c := s.set(m, nil, said...); len(c.block.Lines) > 0 {
			c.element = inner.elements[i].in(typeset.P)
			cells = append(cells, c)
		}
	}
	s.flow.row(before, cells...)
	return inner.indented(width)
}
