package programme

import (
	"context"

	"tamada/pkg/typeset"
)

// The size of a badge, which common holders take.
var (
	badgeWidth  = typeset.Millimetres(90)
	badgeHeight = typeset.Millimetres(54)
)

// layoutBadges lays out name badges, as many on a page as there is room for,
// all on the same cutting lines.
func layoutBadges(ctx context.Context, j *job) (*pages, error) {
	if len(j.o.People) == 0 {
		return j.nobody(ctx)
	}
	size := j.design.page
	const margin = 24
	across := max(1, int((size.Width-2*margin)/badgeWidth))
	down := max(1, int((size.Height-2*margin)/badgeHeight))
	ps := &pages{job: j, title: j.documentTitle()}
	j.design.scale = 1
	j.categories = categoriesOf(j.o.People)
	sect := j.root.add(typeset.Sect, typeset.Attrs{Title: j.documentTitle()}) // there is no heading on paper
	for from := 0; from < len(j.o.People); from += across * down {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p := canvas(size)
		left := (size.Width - float64(across)*badgeWidth) / 2
		top := (size.Height - float64(down)*badgeHeight) / 2
		cuts(&p.strips[0], left, top, across, down)
		for i := range min(across*down, len(j.o.People)-from) {
			x, y := left+float64(i%across)*badgeWidth, top+float64(i/across)*badgeHeight
			j.badge(&p.strips[0], sect.in(typeset.Sect), &j.o.People[from+i], x, y)
		}
		ps.list = append(ps.list, p)
	}
	return ps, nil
}

// cuts draws marks in the margins, where to cut.
func cuts(s *strip, left, top float64, across, down int) {
	const length, away, thin = 10, 4, 0.3
	right, bottom := left+float64(across)*badgeWidth, top+float64(down)*badgeHeight
	rule := func(r typeset.Rect) {
		s.marks = append(s.marks, mark{x: r.X, y: r.Y, draw: func(p *painter, x, y float64) {
			p.d.Rect(typeset.Rect{X: x, Y: y, Width: r.Width, Height: r.Height}, soft)
		}})
	}
	for i := range across + 1 {
		x := left + float64(i)*badgeWidth
		rule(typeset.Rect{X: x, Y: max(0, top-away-length), Width: thin, Height: length})
		rule(typeset.Rect{X: x, Y: bottom + away, Width: thin, Height: length})
	}
	for i := range down + 1 {
		y := top + float64(i)*badgeHeight
		rule(typeset.Rect{X: max(0, left-away-length), Y: y, Width: length, Height: thin})
		rule(typeset.Rect{X: right + away, Y: y, Width: length, Height: thin})
	}
}

// badgeLogos puts the logos of up to three organisers into the upper corner of
// a badge, their middle at y, and returns how much room they took.
func (j *job) badgeLogos(s *strip, e *element, m measure, y float64) float64 {
	const most, gap, width, height = 3, 6, 46, 17
	used := 0.0
	for i := min(most, len(j.logos)) - 1; i >= 0; i-- {
		if j.logos[i] == nil {
			continue
		}
		at := measure{column: m.column, offset: m.offset + m.width - used - width, width: width, align: typeset.End}
		used += gap + s.logo(e.in(typeset.Div), at, j.logos[i], y, height, j.organiserName(&j.event.Organisers[i]))
	}
	return used
}

// badge sets one badge, in the direction of the person's language: the
// meeting, the name as large as it goes, where from; the category at the foot
// and a code beside it.
func (j *job) badge(s *strip, e *element, p *Person, x, y float64) {
	const pad, code = 14, 52
	v := j.first()
	frame := typeset.Frame{X: x, Width: badgeWidth, RightToLeft: directionOf(j.languageOf(p)) == typeset.RightToLeft}
	m := measure{column: frame, offset: pad, width: badgeWidth - 2*pad}
	event := quietLook
	event.size, event.leading = 7.6, 10
	head := m
	head.width -= j.badgeLogos(s, e, m, y+pad+3)
	s.stack(y+pad, j.oneLine(head, e.in(typeset.P), v.say(j.event.Title, event)))
	s.marks = append(s.marks, mark{x: x + pad, y: y + pad + 12, draw: func(p *painter, x, y float64) {
		p.d.Rule(x, y, badgeWidth-2*pad, hairline, hair)
	}})
	at, foot := y+pad+19, y+badgeHeight-pad-12
	narrow := m
	if p.Code != "" {
		narrow.width -= code + 6
		address := p.Code
		figure := e.in(typeset.Div)
		alt := v.T("print.qr", "label", p.Name, "address", address)
		s.marks = append(s.marks, mark{x: frame.At(badgeWidth-pad-code, code), y: y + badgeHeight - pad - code, element: figure, draw: func(p *painter, x, y float64) {
			p.code(address, x, y, code, alt)
		}})
	}
	for _, c := range j.badgeText(m, narrow, p, foot-at-2) {
		c.element = e.in(typeset.P)
		s.stack(at, c)
		at += c.block.Height() + badgeGap
	}
	category, role := kindLook, quietLook
	category.size, category.leading, category.colour = 9, 12, categoryColours[j.categories[p.Category]%len(categoryColours)]
	role.size, role.leading = 9, 12
	table := phrase{}
	if p.Table != "" {
		table = v.word(role, "print.table", "value", p.Table)
	}
	if last := list(" · ", j.personal(p, p.Category, category), j.personal(p, p.Role, role), table); len(last) > 0 {
		s.stack(foot, j.fitted(narrow, e.in(typeset.P), 1, 0.6, last...))
	}
	if p.Category != "" {
		const band = 6
		s.marks = append(s.marks, mark{x: x, y: y + badgeHeight - band, draw: func(p *painter, x, y float64) {
			p.d.Rect(typeset.Rect{X: x, Y: y, Width: badgeWidth, Height: band}, category.colour)
		}})
	}
}

// badgeGap is the space between the paragraphs of a badge.
const badgeGap = 2

// badgeText sets who somebody is, in the largest size at which it is as high
// as the room at most; what is too much in the smallest is cut at its end.
func (j *job) badgeText(m, narrow measure, p *Person, room float64) []cell {
	const smaller, least = 0.94, 0.55
	for size := 1.0; ; size *= smaller {
		cells := j.badgeLines(m, narrow, p, size)
		height := 0.0
		for _, c := range cells {
			height += c.block.Height() + badgeGap
		}
		if height <= room {
			return cells
		}
		if size < least {
			last := &cells[len(cells)-1]
			n := last.block.Fit(last.block.Height() - (height - room))
			if last.block = last.block.Cut(0, n); n == 0 {
				cells = cells[:len(cells)-1]
			}
			return cells
		}
	}
}

// badgeLines sets the paragraphs of a badge in a size: the honorific, the
// name, the name in a second script, and, beside the code, where from.
func (j *job) badgeLines(m, narrow measure, p *Person, size float64) []cell {
	title, small := bodyLook.scaled(size), quietLook.scaled(size)
	small.colour = ink
	name := look{font: typeset.SemiBold, size: 23, leading: 26, colour: accent}.scaled(size)
	second := look{font: typeset.Regular, size: 14, leading: 18, colour: accent}.scaled(size)
	var cells []cell
	if p.Honorific != "" {
		cells = append(cells, j.oneLine(m, nil, j.personal(p, p.Honorific, title)))
	}
	cells = append(cells, j.fitted(m, nil, 2, 0.4, j.personal(p, p.Name, name)))
	if p.SecondName != "" {
		cells = append(cells, j.fitted(m, nil, 1, 0.5, p.secondName(second)))
	}
	if from := lines(only(j.personal(p, p.Post, small)), j.from(p, title)); len(from) > 0 {
		cells = append(cells, j.fitted(narrow, nil, 4, 0.7, from...))
	}
	return cells
}

// categoryColours are told apart also in shades of grey, where they are, and
// by most people who see few colours; the word stands beside them.
var categoryColours = []typeset.Colour{
	accent,
	{R: 0.62, G: 0.18, B: 0.11},
	{R: 0.42, G: 0.33, B: 0.02},
	{R: 0.35, G: 0.20, B: 0.50},
	{R: 0.10, G: 0.36, B: 0.16},
	{R: 0.20, G: 0.24, B: 0.28},
}

// categoriesOf numbers categories in the order in which they appear.
func categoriesOf(people []Person) map[string]int {
	numbers := map[string]int{}
	for i := range people {
		if _, known := numbers[people[i].Category]; !known && people[i].Category != "" {
			numbers[people[i].Category] = len(numbers)
		}
	}
	return numbers
}
