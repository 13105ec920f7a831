package programme

import (
	"context"
	"strings"
	"unicode"

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
	title := look{font: typeset.Formal, size: 34, leading: 46, colour: accent}
	name := look{font: typeset.FormalBold, size: 36, leading: 50, colour: ink}
	event := look{font: typeset.FormalBold, size: 20, leading: 29, colour: accent}
	line := look{font: typeset.Formal, size: 14.5, leading: 21, colour: soft}
	y := j.design.pt(72)
	put := func(space float64, tag typeset.Tag, most int, phrases ...phrase) {
		if len(list("", phrases...)) == 0 {
			return
		}
		c := j.fitted(m, e.in(tag), most, 0.45, formal(phrases)...)
		s.stack(y+j.design.pt(space), c)
		y += j.design.pt(space) + c.block.Height()
	}
	y += j.certificateLogos(s, e, size, y)
	put(0, typeset.P, 2, v.plain(j.organisers(), line))
	put(16, typeset.H1, 1, v.word(title, "print.document.certificates"))
	put(12, typeset.P, 1, v.word(line, "print.certify"))
	put(2, typeset.P, 2, list(" ", j.personal(person, person.Honorific, name), j.personal(person, person.Name, name))...)
	if person.SecondName != "" {
		second := name
		second.font, second.size, second.leading = typeset.Formal, 22, 30
		put(0, typeset.P, 1, person.secondName(second))
	}
	put(2, typeset.P, 2, j.from(person, line)...)
	put(10, typeset.P, 1, v.word(line, "print.took-part"))
	put(3, typeset.P, 2, v.say(j.event.Title, event))
	put(4, typeset.P, 2, j.whenAndWhere(v, line)...)
	j.signatures(s, e, size)
	j.verification(s, e, person, size)
	return p
}

// formal sets phrases in the naskh of certificates and the Latin letters that
// go with it. Scripts that it has none of keep the fonts of other documents in
// the whole phrase, as figures of one design among letters of another look
// like a mistake.
func formal(phrases []phrase) []phrase {
	all := make([]phrase, len(phrases))
	for i, p := range phrases {
		if strings.ContainsFunc(p.text, isArabic) {
			p.look.size *= 1.16 // its letters are small for their size
			p.look.leading *= 1.08
		}
		if strings.ContainsFunc(p.text, isForeign) {
			switch p.look.font {
			case typeset.Formal:
				p.look.font = typeset.Regular
			case typeset.FormalBold:
				p.look.font = typeset.SemiBold
			}
			p.look.size *= 0.88 // the same height of small letters
		}
		all[i] = p
	}
	return all
}

func isArabic(r rune) bool { return unicode.Is(unicode.Arabic, r) }

// isForeign reports whether r is a letter of neither Latin nor Arabic script.
func isForeign(r rune) bool {
	return unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Arabic)
}

// certificateLogos sets the logos of up to four organisers side by side in the
// middle, and returns how high they are.
func (j *job) certificateLogos(s *strip, e *element, size typeset.Size, y float64) float64 {
	const most = 4
	width, height, gap := j.design.pt(110), j.design.pt(34), j.design.pt(24)
	var own []int
	total := -gap
	for i := range j.logos[:min(most, len(j.logos))] {
		if j.logos[i] != nil {
			w, _ := logoSize(j.logos[i], width, height)
			own, total = append(own, i), total+w+gap
		}
	}
	if len(own) == 0 {
		return 0
	}
	frame := typeset.Frame{X: (size.Width - total) / 2, Width: total, RightToLeft: j.first().column.RightToLeft}
	offset := 0.0
	for _, i := range own {
		m := measure{column: frame, offset: offset, width: width}
		offset += gap + s.logo(e.in(typeset.Div), m, j.logos[i], y+height/2, height, j.organiserName(&j.event.Organisers[i]))
	}
	return height + j.design.pt(8)
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
	all := []phrase{v.date(j.dates(v), l)}
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
		under := quietLook
		under.font, under.size, under.leading = typeset.Formal, 10.4, 14
		s.stack(y+j.design.pt(4), j.fitted(m, e.in(typeset.P), 2, 0.6, formal(list(", ", v.say(o.Name, under), v.say(o.As, under)))...))
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
