package programme

import (
	"context"

	"tamada/pkg/typeset"
)

// layoutTents lays out name plates: a landscape page for each person, folded
// across the middle, with the name on both sides.
func layoutTents(ctx context.Context, j *job) (*pages, error) {
	if len(j.o.People) == 0 {
		return j.nobody(ctx)
	}
	ps := &pages{job: j, title: j.documentTitle()}
	for i := range j.o.People {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		ps.list = append(ps.list, j.tent(&j.o.People[i]))
	}
	return ps, nil
}

// tent sets the plate of one person. The side towards the room is upside down
// on the flat page; it is a copy, and not read twice.
func (j *job) tent(person *Person) page {
	size := j.design.page
	p := canvas(size)
	e := j.root.in(typeset.Sect)
	m := measure{column: typeset.Frame{X: j.design.side, Width: size.Width - 2*j.design.side}, width: size.Width - 2*j.design.side, align: typeset.Centre}
	name := look{font: typeset.SemiBold, size: 66, leading: 76, colour: accent}
	from := look{font: typeset.Regular, size: 25, leading: 32, colour: ink}
	half := size.Height / 2
	cells := []cell{
		j.fitted(m, e.in(typeset.H1), 2, 0.35, list(" ", j.personal(person, person.Honorific, name), j.personal(person, person.Name, name))...),
	}
	if person.SecondName != "" {
		second := look{font: typeset.Regular, size: 40, leading: 50, colour: accent}
		cells = append(cells, j.fitted(m, e.in(typeset.P), 1, 0.35, person.secondName(second)))
	}
	if where := j.from(person, from); len(where) > 0 {
		cells = append(cells, j.fitted(m, e.in(typeset.P), 2, 0.5, where...))
	}
	height := -j.design.pt(10)
	for _, c := range cells {
		height += c.block.Height() + j.design.pt(10)
	}
	y := half + max(0, (half-height)/2)
	s := &p.strips[0]
	for _, c := range cells {
		s.stack(y, c)
		y += c.block.Height() + j.design.pt(10)
	}
	s.marks = append(s.marks, mark{draw: func(p *painter, _, _ float64) {
		p.d.Rule(0, half, 14, hairline, soft)
		p.d.Rule(size.Width-14, half, 14, hairline, soft)
		p.d.Rule(j.design.side, size.Height-j.design.side/2, size.Width-2*j.design.side, 2, accent)
		p.d.Transform(typeset.Rotate(180, size.Width/2, half), func() {
			p.d.Rule(j.design.side, size.Height-j.design.side/2, size.Width-2*j.design.side, 2, accent)
			y := half + max(0, (half-height)/2)
			for _, c := range cells {
				p.d.Draw(c.block, c.x, y)
				y += c.block.Height() + j.design.pt(10)
			}
		})
	}})
	return p
}
