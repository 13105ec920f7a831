package programme

import (
	"context"

	"tamada/pkg/typeset"
)

// layoutCertificates lays out certificates of participation, a page each.
func layoutCertificates(ctx context.Context, j *job) (*pages, error) {
	if len(j.o.People) == 0 {
		return j.nobody(ctx)
	}
	ps := &pages{job: j, title: j.documentTitle()}
	for i := range j.o.People {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ps.list = append(ps.list, j.certificate(&j.o.People[i]))
	}
	return ps, nil
}

// certificate sets one certificate, centred: who convened, that the person
// took part, in what, when and where; lines to sign, and a code to check it.
func (j *job) certificate(person *Person) page {
	size := j.design.page
	p := canvas(size)
	s := &p.strips[0]
	e := j.root.in(typeset.Sect)
	v := j.first()
	margin := j.design.pt(96)
	m := measure{column: typeset.Frame{X: margin, Width: size.Width - 2*margin, RightToLeft: v.column.RightToLeft}, width: size.Width - 2*margin, align: typeset.Centre}
	j.border(s, size)
	title := look{font: typeset.SemiBold, size: 30, leading: 38, colour: accent}
	name := look{font: typeset.SemiBold, size: 34, leading: 42, colour: ink}
	event := look{font: typeset.SemiBold, size: 17, leading: 23, colour: accent}
	line := look{font: typeset.Regular, size: 12, leading: 17, colour: soft}
	y := j.design.pt(84)
	put := func(space float64, tag typeset.Tag, most int, phrases ...phrase) {
		if len(list("", phrases...)) == 0 {
			return
		}
		c := j.fitted(m, e.in(tag), most, 0.45, phrases...)
		s.stack(y+j.design.pt(space), c)
		y += j.design.pt(space) + c.block.Height()
	}
	put(0, typeset.P, 2, v.plain(j.organisers(), line))
	put(22, typeset.H1, 1, v.word(title, "print.document.certificates"))
	put(22, typeset.P, 1, v.word(line, "print.certify"))
	put(6, typeset.P, 2, list(" ", j.personal(person, person.Honorific, name), j.personal(person, person.Name, name))...)
	put(2, typeset.P, 2, j.from(person, line)...)
	put(14, typeset.P, 1, v.word(line, "print.took-part"))
	put(6, typeset.P, 2, v.say(j.event.Title, event))
	put(6, typeset.P, 2, j.whenAndWhere(v, line)...)
	j.signatures(s, e, size)
	j.verification(s, e, person, size)
	return p
}

// border draws two fine lines around the page.
func (j *job) border(s *strip, size typeset.Size) {
	s.marks = append(s.marks, mark{draw: func(p *painter, _, _ float64) {
		for _, l := range []struct{ inset, thickness float64 }{{28, 1.6}, {34, hairline}} {
			inset := j.design.pt(l.inset)
			p.d.Outline(typeset.Rect{X: inset, Y: inset, Width: size.Width - 2*inset, Height: size.Height - 2*inset}, l.thickness, accent)
		}
	}})
}

// whenAndWhere is the date and place of the event.
func (j *job) whenAndWhere(v *voice, l look) []phrase {
	all := []phrase{v.plain(j.dates(v), l)}
	if venue := j.event.Venue; venue != nil {
		all = append(all, v.say(venue.City, l), v.country(venue.Country, l))
	} else if j.event.Format != "" {
		all = append(all, v.word(l, "format."+string(j.event.Format)))
	}
	return list(", ", all...)
}

// signatures draws lines to sign on, for up to three organisers.
func (j *job) signatures(s *strip, e *element, size typeset.Size) {
	const most = 3
	v := j.first()
	organisers := j.event.Organisers[:min(most, len(j.event.Organisers))]
	if len(organisers) == 0 {
		return
	}
	width, gap := j.design.pt(150), j.design.pt(28)
	total := float64(len(organisers))*width + float64(len(organisers)-1)*gap
	frame := typeset.Frame{X: (size.Width - total) / 2, Width: total, RightToLeft: v.column.RightToLeft}
	y := size.Height - j.design.pt(98)
	for i, o := range organisers {
		offset := float64(i) * (width + gap)
		x := frame.At(offset, width)
		s.marks = append(s.marks, mark{x: x, y: y, draw: func(p *painter, x, y float64) { p.d.Rule(x, y, width, hairline, soft) }})
		m := measure{column: frame, offset: offset, width: width, align: typeset.Centre}
		s.stack(y+j.design.pt(4), j.fitted(m, e.in(typeset.P), 2, 0.6, list(", ", v.say(o.Name, quietLook), v.say(o.As, quietLook))...))
	}
}

// verification puts the code with which a certificate is checked in its lower
// corner.
func (j *job) verification(s *strip, e *element, person *Person, size typeset.Size) {
	to := address(person.Verify)
	if to == "" {
		return
	}
	side := j.design.pt(54)
	inset := j.design.pt(46)
	frame := typeset.Frame{X: 0, Width: size.Width, RightToLeft: j.first().column.RightToLeft}
	alt := j.first().T("print.qr", "label", j.first().T("print.document.certificates"), "address", to)
	s.marks = append(s.marks, mark{x: frame.At(size.Width-inset-side, side), y: size.Height - inset - side, element: e.in(typeset.Div), draw: func(p *painter, x, y float64) {
		p.code(to, x, y, side, alt)
	}})
}
