package programme

import (
	"context"
	"strconv"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// layoutSignIn lays out sheets to sign, for each day; one set without a date
// while no day is fixed.
func layoutSignIn(ctx context.Context, j *job) (*pages, error) {
	if len(j.o.People) == 0 {
		return j.nobody(ctx)
	}
	f := &flow{}
	for i := range j.event.Days {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		j.signInSheets(f, j.event.Days[i].Date)
	}
	if len(j.event.Days) == 0 {
		j.signInSheets(f, agenda.Date{})
	}
	list, err := j.flowed(ctx, f)
	return &pages{job: j, title: j.documentTitle(), list: list}, err
}

// signInSheets sets the sheets of one day, each with its own heading, so that
// sheets can be handed round.
func (j *job) signInSheets(f *flow, date agenda.Date) {
	row := j.design.pt(27)
	per := max(1, int((j.design.height()-j.design.pt(80))/row))
	for from := 0; from < len(j.o.People); from += per {
		start := f.end()
		e := j.root.in(typeset.Sect)
		s := j.banner(f, e, j.first())
		s.paragraph(0, typeset.H1, func(v *voice) []phrase {
			return []phrase{v.word(sectionLook, "print.document.sign-in")}
		})
		s.paragraph(0, typeset.P, func(v *voice) []phrase { return only(v.date(dayHead(v, date), leadLook)) })
		f.space(j.design.pt(6))
		t := j.table(f, e, j.signInColumns())
		t.head()
		for i := from; i < min(from+per, len(j.o.People)); i++ {
			j.signInRow(t, i, row)
		}
		first := f.at(start)
		first.fresh = start > 0
		first.head = dayHead(j.first(), date)
		f.keep(start)
	}
}

// signInColumns returns number, name, organisation and the place to sign.
func (j *job) signInColumns() []column {
	v := j.first()
	return layColumns([]column{
		{head: []phrase{v.word(labelLook, "print.number")}, width: j.design.pt(24), align: typeset.End},
		{head: []phrase{v.word(labelLook, "print.name")}, width: j.design.width() * 0.27, heads: true},
		{head: []phrase{v.word(labelLook, "organisation")}, width: j.design.width() * 0.3},
		{head: []phrase{v.word(labelLook, "print.signature")}},
	}, j.design.width(), j.design.pt(10))
}

// signInRow sets the line of one person, all of the same height.
func (j *job) signInRow(t *table, i int, height float64) {
	p := &j.o.People[i]
	v := j.first()
	body := t.element.kids[len(t.element.kids)-1]
	if body.tag != typeset.TableBody {
		body = t.element.in(typeset.TableBody)
	}
	row := body.in(typeset.Row)
	s := strip{height: height}
	number := tableLook
	number.tabular, number.colour = true, soft
	texts := [][]phrase{
		{v.plain(strconv.Itoa(i+1), number)},
		list(" ", j.personal(p, p.Honorific, tableLook), j.personal(p, p.Name, strongLook)),
		j.from(p, tableLook),
		nil,
	}
	for k, phrases := range texts {
		e := row.in(typeset.Cell)
		if t.columns[k].heads {
			e.heads()
		}
		if len(phrases) == 0 {
			continue
		}
		c := j.fitted(t.measure(k), e, 2, 0.72, phrases...)
		s.stack(max(0, (height-c.block.Height())/2), c)
	}
	s.marks = append(s.marks, mark{x: t.frame.X, draw: func(p *painter, x, y float64) {
		p.d.Rule(x, y, t.frame.Width, hairline, hair)
		if i == len(j.o.People)-1 {
			p.d.Rule(x, y+height, t.frame.Width, hairline, hair)
		}
	}})
	t.flow.strips = append(t.flow.strips, s)
}
