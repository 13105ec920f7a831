package programme

import (
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// cover sets the first page: who convenes, what, when and where; below, the
// shape of the days, the codes for the live agenda and the release. A cover
// with much on it gives up air first, then the shape of the days, then the
// size of its titles.
func (j *job) cover(f *flow) {
	const smaller, least, slack = 0.85, 0.5, 0.01 // slack for what rounding adds, in points
	size := 1.0
	for ; size > least; size *= smaller {
		if _, over := j.coverOf(&element{}, size); over <= slack {
			break
		}
	}
	made, _ := j.coverOf(j.root.in(typeset.Sect), size)
	f.add(made)
}

// coverOf sets the cover with titles in a size, and returns by how much it is
// higher than its page.
func (j *job) coverOf(e *element, size float64) (*flow, float64) {
	f, whole := &flow{}, j.design.page.Height-2*j.design.side
	j.convenors(f, e)
	gap, least := f.end(), j.design.pt(20)
	f.space(max(least, whole*0.13-f.height(0)))
	j.titles(f, e, size)
	j.facts(f, e)
	foot, last := &flow{}, &flow{}
	if j.design.least == 0 {
		j.score(foot)
	}
	if len(foot.strips) > 0 {
		foot.strips[0].before = j.design.pt(14)
	}
	j.codes(last, e)
	j.publisher(last, e)
	j.imprint(last, e)
	over := func() float64 { return f.height(0) + foot.room() + last.room() - whole }
	if more := over(); more > 0 {
		f.strips[gap].height = max(least, f.strips[gap].height-more)
	}
	if over() > 0 {
		foot = &flow{}
	}
	foot.add(last)
	foot.keep(0)
	if len(foot.strips) > 0 {
		if room := whole - f.height(0) - foot.room(); room > 0 {
			f.space(room)
		}
	}
	f.add(foot)
	return f, f.height(0) - whole
}

// banner is a scope over the whole width, for one voice at a time.
func (j *job) banner(f *flow, e *element, v *voice) scope {
	alone := *j
	one := *v
	one.column = j.design.full()
	one.column.RightToLeft = v.column.RightToLeft
	alone.voices = []*voice{&one}
	return scope{job: &alone, flow: f, elements: []*element{e}, heading: typeset.H4}
}

// facing is a scope over the whole width in which two voices have a half each.
func (j *job) facing(f *flow, e *element) scope {
	both, halves := *j, j.design
	halves.aside = 0
	columns := halves.columns(len(j.voices), j.first().column.RightToLeft)
	both.voices = make([]*voice, len(j.voices))
	for i, v := range j.voices {
		half := *v
		columns[i].RightToLeft = v.column.RightToLeft
		half.column = columns[i]
		both.voices[i] = &half
	}
	return both.scope(f, e, false)
}

// opposed reports whether two voices run against each other: their lines begin
// at opposite sides, so that one below the other they look staggered.
func (j *job) opposed() bool {
	return len(j.voices) > 1 && j.voices[0].column.RightToLeft != j.voices[1].column.RightToLeft
}

// facingTitle sets the title of the meeting in each language side by side, in
// the largest size, down to half of it, at which it takes four lines at most.
func (s scope) facingTitle(before float64, l look) {
	const most, smaller = 4, 0.9
	for least := l.size / 2; l.size > least; l = l.scaled(smaller) {
		lines := 0
		for i, v := range s.voices {
			lines = max(lines, len(s.set(s.measure(i), nil, v.say(s.event.Title, l)).block.Lines))
		}
		if lines <= most {
			break
		}
	}
	s.paragraph(before, typeset.P, func(v *voice) []phrase { return only(v.say(s.event.Title, l)) })
	if kids := s.elements[0].kids; len(kids) > 0 {
		kids[len(kids)-1].tag = typeset.H1
	}
}

// convenors sets the organisers side by side, each under its capacity: three
// in a row where there is room.
func (j *job) convenors(f *flow, e *element) {
	v := j.first()
	organisers := j.event.Organisers
	per := min(3, max(1, len(organisers)))
	frame := j.design.full()
	frame.RightToLeft = v.column.RightToLeft
	width := (frame.Width - j.design.gutter*float64(per-1)) / float64(per)
	as, name := quietLook, strongLook
	name.size, name.leading = 10.6, 14
	for from := 0; from < len(organisers); from += per {
		if end := min(from+per, len(organisers)); j.hasLogo(from, end) {
			j.signets(f, e, from, end, func(i int) measure {
				return measure{column: frame, offset: float64(i) * (width + j.design.gutter), width: width}
			})
			continue
		}
		var cells []cell
		for i, o := range organisers[from:min(from+per, len(organisers))] {
			m := measure{column: frame, offset: float64(i) * (width + j.design.gutter), width: width}
			c := j.set(m, nil, lines(j.each(func(v *voice) []phrase { return only(v.say(o.As, as)) }),
				j.each(func(v *voice) []phrase { return only(v.say(o.Name, name).to(typeset.Link{URI: address(o.URL)})) }))...)
			if len(c.block.Lines) > 0 {
				c.element = e.in(typeset.P)
				cells = append(cells, c)
			}
		}
		f.row(j.design.pt(8), cells...)
	}
}

// only returns a phrase as a paragraph, and none if it is empty.
func only(p phrase) []phrase { return list("", p) }

// titles sets the series, the name of the document, the title and the theme
// in each language, in a share of their size.
func (j *job) titles(f *flow, e *element, size float64) {
	name := kindLook
	name.size, name.leading = 11, 17
	theme := leadLook.scaled(size)
	if j.event.Series != nil {
		j.banner(f, e, j.first()).paragraph(0, typeset.P, func(v *voice) []phrase { return only(v.say(j.event.Series.Title, quietLook)) })
	}
	document := func(v *voice) []phrase { return []phrase{v.word(name, "print.document."+string(j.o.Document))} }
	themed := func(v *voice) []phrase { return only(v.say(j.event.Theme, theme)) }
	if j.opposed() {
		s := j.facing(f, e)
		s.paragraph(j.design.pt(4), typeset.P, document)
		s.facingTitle(j.design.pt(2), coverLook.scaled(size*0.8))
		s.paragraph(j.design.pt(10), typeset.P, themed)
		f.space(j.design.pt(16) * size)
		return
	}
	for i, v := range j.voices {
		s := j.banner(f, e, v)
		title := coverLook.scaled(size)
		if i > 0 {
			title = sectionLook.scaled(size)
		}
		s.paragraph(j.design.pt(4), typeset.P, document)
		f.rowFitted(j.design.pt(2), s, headingTag(i), v.say(j.event.Title, title))
		s.paragraph(j.design.pt(10), typeset.P, themed)
		f.space(j.design.pt(16) * size)
	}
}

// rowFitted sets a title in the largest size at which it takes six lines at
// most (three in large print), down to half its size.
func (f *flow) rowFitted(before float64, s scope, tag typeset.Tag, p phrase) {
	if p.text == "" {
		return
	}
	const smaller = 0.88
	most := 6
	if s.design.least > 0 {
		most = 3
	}
	least := p.look.size / 2
	for {
		c := s.set(s.measure(0), nil, p)
		if len(c.block.Lines) <= most || p.look.size < least {
			c.element = s.elements[0].in(tag)
			f.row(before, c)
			return
		}
		p.look.size *= smaller
		p.look.leading *= smaller
	}
}

// facts sets when, where and how: two languages side by side.
func (j *job) facts(f *flow, e *element) {
	s := j.facing(f, e)
	date := leadLook
	date.font = typeset.SemiBold
	s.paragraph(j.design.pt(6), typeset.P, func(v *voice) []phrase { return []phrase{v.date(j.dates(v), date)} })
	s.factList(j.design.pt(2))
}

// factList sets the lines about place, format and state of the event.
func (s scope) factList(before float64) {
	facts, most := map[*voice][][]phrase{}, 0
	for _, v := range s.voices {
		facts[v] = s.factLines(v)
		most = max(most, len(facts[v]))
	}
	for k := range most {
		s.paragraph(before, typeset.P, func(v *voice) []phrase {
			if k < len(facts[v]) {
				return facts[v][k]
			}
			return nil
		})
	}
}

// factLines are the lines about place, format and state of the event.
func (j *job) factLines(v *voice) [][]phrase {
	e := j.event
	var all [][]phrase
	add := func(p ...phrase) {
		if l := list(", ", p...); len(l) > 0 {
			all = append(all, l)
		}
	}
	if e.Venue != nil {
		strong := bodyLook
		strong.font = typeset.SemiBold
		add(v.say(e.Venue.Name, strong), v.say(e.Venue.Address, bodyLook), v.say(e.Venue.City, bodyLook), v.country(e.Venue.Country, bodyLook))
	}
	how := v.word(bodyLook, "format."+string(e.Format))
	if e.Format == "" {
		how = phrase{}
	}
	if e.Online != nil {
		add(how, v.say(e.Online.Platform, bodyLook))
	} else {
		add(how)
	}
	add(v.say(e.Approach, bodyLook))
	if note := j.zoneName(v); note != "" {
		add(v.plain(note, quietLook))
	}
	if e.Status == agenda.Tentative || e.Status == agenda.Cancelled {
		add(v.word(signalLook, "status."+string(e.Status)))
	}
	return all
}

// codes sets the codes of the live agenda and of the calendar page, side by
// side, or one below the other in large print.
func (j *job) codes(f *flow, e *element) {
	live := j.site("")
	if live == "" {
		return
	}
	frame := j.design.full()
	frame.RightToLeft = j.first().column.RightToLeft
	per := 2
	if j.design.least > 0 {
		per = 1
	}
	width := (frame.Width - j.design.gutter*float64(per-1)) / float64(per)
	for i, c := range []coded{{"print.live", live}, {"print.calendar", j.site("/subscribe")}} {
		if i%per == 0 {
			f.strips = append(f.strips, strip{before: j.design.pt(18)})
		}
		c.put(j, f.at(f.end()-1), e, measure{column: frame, offset: float64(i%per) * (width + j.design.gutter), width: width})
	}
}

// A coded is an address that is printed as a QR code.
type coded struct{ name, address string }

// put puts the code on a strip; beside it what it is, and its address.
func (c coded) put(j *job, s *strip, e *element, m measure) {
	size := min(j.design.pt(62), 90)
	s.code(j, e, m.column.At(m.offset, size), size, c)
	beside := size + j.design.pt(12)
	m.offset += beside
	m.width -= beside
	text := j.each(func(v *voice) []phrase { return []phrase{v.word(strongLook, c.name)} })
	url := phrase{text: breakable(shown(c.address)), look: quietLook, link: link(c.address)}
	words := j.set(m, e.in(typeset.P), lines(text, []phrase{url})...)
	y := max(0, (size-words.block.Height())/2)
	s.stack(y, words)
	s.height = max(s.height, size, y+words.block.Height())
}

// code puts a QR code on a strip.
func (s *strip) code(j *job, e *element, x, size float64, c coded) {
	figure := e.in(typeset.Div)
	alt := j.first().T("print.qr", "label", j.first().T(c.name), "address", c.address)
	s.marks = append(s.marks, mark{x: x, element: figure, draw: func(p *painter, x, y float64) {
		p.code(c.address, x, y, size, alt)
	}})
}

// code draws a QR code; an address too long for one has none.
func (p *painter) code(address string, x, y, size float64, alt string) {
	const longest = 1000
	if len(address) <= longest {
		p.fail(p.d.QR(address, x, y, size, alt))
	}
}

// breakable lets an address break after slashes and before hyphens.
func breakable(address string) string {
	return strings.ReplaceAll(address, "/", "/\u200b")
}

// publisher sets whose site the document is from: the logo, and the name beside
// it.
func (j *job) publisher(f *flow, e *element) {
	v := j.first()
	frame := j.design.full()
	frame.RightToLeft = v.column.RightToLeft
	m := measure{column: frame, width: frame.Width}
	height := j.design.pt(24)
	s, own := strip{before: j.design.pt(16), height: height}, e.in(typeset.Div)
	if art, err := typeset.ReadArtwork(j.o.Publisher.Logo); err == nil {
		beside := m
		beside.width = j.design.pt(110)
		name, _ := v.text(j.o.Publisher.Name)
		wide := s.logo(own.in(typeset.Div), beside, art, height/2, height, name) + j.design.pt(9)
		m.offset, m.width = wide, m.width-wide
	}
	c := j.set(m, nil, j.each(func(v *voice) []phrase { return only(v.say(j.o.Publisher.Name, labelLook)) })...)
	if len(c.block.Lines) > 0 {
		c.element = own.in(typeset.P)
		y := max(0, (height-c.block.Height())/2)
		s.stack(y, c)
		s.height = max(height, y+c.block.Height())
	}
	if len(s.marks) > 0 {
		f.strips = append(f.strips, s)
	}
}

// imprint sets the release, at the very bottom.
func (j *job) imprint(f *flow, e *element) {
	for _, v := range j.voices {
		if r := j.release(v); r != "" {
			s := j.banner(f, e, v)
			s.paragraph(j.design.pt(14), typeset.P, func(v *voice) []phrase { return []phrase{v.plain(r, quietLook)} })
			return
		}
	}
}

// masthead sets the heading of documents without a cover.
func (j *job) masthead(f *flow) {
	e := j.root.in(typeset.Sect)
	name := kindLook
	name.size, name.leading = 10, 15
	document := func(v *voice) []phrase {
		series := phrase{}
		if j.event.Series != nil {
			series = v.say(j.event.Series.Title, quietLook)
		}
		return list(" · ", v.word(name, "print.document."+string(j.o.Document)), series)
	}
	theme := bodyLook
	theme.size, theme.leading = 10.4, 14.6
	themed := func(v *voice) []phrase { return only(v.say(j.event.Theme, theme)) }
	date, tag := strongLook, typeset.P
	if j.datedAbove() { // sessions are below it
		date, tag = groupLook, typeset.H2
		date.size, date.leading = 13.4, 19
	}
	s := scope{}
	if j.opposed() {
		s = j.facing(f, e)
		s.paragraph(0, typeset.P, document)
		s.facingTitle(0, sectionLook)
		s.paragraph(j.design.pt(3), typeset.P, themed)
	} else {
		j.banner(f, e, j.first()).paragraph(0, typeset.P, document)
		for i, v := range j.voices {
			f.rowFitted(0, j.banner(f, e, v), headingTag(i), v.say(j.event.Title, sectionLook))
		}
		for _, v := range j.voices {
			j.banner(f, e, v).paragraph(j.design.pt(3), typeset.P, themed)
		}
		s = j.facing(f, e)
	}
	s.paragraph(j.design.pt(5), tag, func(v *voice) []phrase { return []phrase{v.date(j.dates(v), date)} })
	s.factList(0)
	f.space(j.design.pt(6))
	f.keepNext(0)
}

// headingTag is the tag of the title of the meeting in the language of voice
// i: one is the heading.
func headingTag(i int) typeset.Tag {
	if i > 0 {
		return typeset.P
	}
	return typeset.H1
}
