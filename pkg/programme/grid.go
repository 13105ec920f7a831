package programme

import (
	"context"
	"slices"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// layoutGrid lays out rooms and times, a page for each day; more where there
// are more rooms or times than a page takes.
func layoutGrid(ctx context.Context, j *job) (*pages, error) {
	ps := &pages{job: j, title: j.documentTitle()}
	title := j.root.in(typeset.H1)
	loose := &flow{} // days of which no time is known share pages
	for i := range j.event.Days {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		g := j.newGrid(i)
		if len(g.board.boxes) > 0 {
			if err := ps.flush(ctx, loose); err != nil {
				return nil, err
			}
		}
		for n, w := range g.board.windows(g.most()) {
			s := g.page(w, title, n == 0)
			ps.list = append(ps.list, page{size: j.design.page, top: j.design.top, strips: []strip{s}, footed: true})
			title = nil
		}
		g.loose(loose)
	}
	if err := ps.flush(ctx, loose); err != nil {
		return nil, err
	}
	if len(ps.list) == 0 {
		f := &flow{}
		j.masthead(f)
		list, err := j.flowed(ctx, f)
		ps.list = list
		return ps, err
	}
	return ps, nil
}

// flush deals a flow out to pages at the end of ps, and empties it.
func (ps *pages) flush(ctx context.Context, f *flow) error {
	if len(f.strips) == 0 {
		return nil
	}
	list, err := ps.job.flowed(ctx, f)
	ps.list = append(ps.list, list...)
	f.strips = nil
	return err
}

// A grid is the board of one day as it is drawn.
type grid struct {
	*job
	day     *agenda.Day
	number  int
	board   board
	sect    *element
	frame   typeset.Frame
	times   float64 // width of the column of times
	heading float64 // height of the heading of the page
	rooms   float64 // height of the heads of rooms
	least   float64 // height of a stretch of time: a line of the smallest text
}

func (j *job) newGrid(i int) *grid {
	g := &grid{job: j, day: &j.event.Days[i], number: i, sect: j.root.in(typeset.Sect), frame: j.design.full()}
	g.board = newBoard(j.event, g.day)
	g.frame.RightToLeft = j.first().column.RightToLeft
	g.times, g.heading, g.least = j.design.pt(40), j.design.pt(36), j.design.pt(11)
	if len(g.board.rooms) > 0 {
		g.rooms = j.design.pt(26)
	}
	return g
}

// most returns how many columns and rows a page takes.
func (g *grid) most() (columns, rows int) {
	const least = 84 // points of a column
	columns = int((g.frame.Width - g.times) / g.design.pt(least))
	rows = int((g.design.height() - g.heading - g.rooms) / g.least)
	return max(columns, 1), max(rows, 1)
}

// page sets a window of the board as one strip as high as the page.
func (g *grid) page(w window, title *element, first bool) strip {
	s := strip{height: g.design.height()}
	g.headings(&s, title, first)
	top := g.heading + g.rooms
	weights := g.board.weights(w.times)
	at := offsets(weights, min(s.height-top, g.enough(w, weights)), g.least)
	g.roomHeads(&s, w)
	g.axis(&s, w, top, at)
	list := g.sect.add(typeset.List, typeset.Attrs{Numbering: typeset.Unnumbered})
	for i := range g.board.boxes {
		b := &g.board.boxes[i]
		if r, ok := g.rect(b, w, top, at); ok {
			g.box(&s, list, b, r)
		}
	}
	return s
}

// enough is how high a window need be at most: a short day of few sessions
// does not fill the page. Every box has room for all that it says.
func (g *grid) enough(w window, weights []float64) float64 {
	minutes := 0.0
	for _, m := range weights {
		minutes += m
	}
	height := max(g.design.pt(1.9)*minutes, g.design.pt(64)*float64(len(weights)))
	for i := range g.board.boxes {
		b := &g.board.boxes[i]
		r, ok := g.rect(b, w, 0, make([]float64, len(w.times)))
		if !ok {
			continue
		}
		from, to := max(b.start, w.times[0]), min(b.end, w.times[len(w.times)-1])
		share := 0.0
		for k, m := range weights {
			if w.times[k] >= from && w.times[k] < to {
				share += m / minutes
			}
		}
		text := g.set(g.boxMeasure(r), nil, g.boxPhrases(b, 1, 2)...).block.Height() + g.design.pt(6)
		height = max(height, text/share)
	}
	return height
}

// boxMeasure is that of the text of a box.
func (g *grid) boxMeasure(r typeset.Rect) measure {
	edge, pad := g.edge(), min(g.design.pt(5), r.Width/6)
	return measure{column: typeset.Frame{X: r.X, Width: r.Width, RightToLeft: g.frame.RightToLeft}, offset: pad + edge, width: r.Width - 2*pad - edge}
}

// edge is the thickness of the rule at the start side of a box.
func (g *grid) edge() float64 { return g.design.pt(1.6) }

// headings sets the day and, on the first page of all, the meeting.
func (g *grid) headings(s *strip, title *element, first bool) {
	v := g.first()
	half := measure{column: g.frame, width: g.frame.Width * 0.5}
	other := measure{column: g.frame, offset: g.frame.Width * 0.5, width: g.frame.Width * 0.5, align: typeset.End}
	var day *element
	if first {
		day = g.sect.in(typeset.H2)
		g.sect.kids = slices.Concat([]*element{day}, g.sect.kids[:len(g.sect.kids)-1])
		s.places = append(s.places, place{name: dayPlace(g.number), bookmark: dayHead(v, g.day.Date)})
	}
	date, name := sectionLook, strongLook
	if c := g.oneLine(half, day, v.plain(dayHead(v, g.day.Date), date)); len(c.block.Lines) > 0 {
		s.stack(0, c)
		s.baseline = c.block.Lines[0].Baseline
	}
	c := g.oneLine(other, title, v.say(g.event.Title, name))
	if len(c.block.Lines) > 0 {
		s.stack(s.baseline-c.block.Lines[0].Baseline, c)
	}
}

// columnWidth is that of a room in a window.
func (g *grid) columnWidth(w window) float64 {
	return (g.frame.Width - g.times) / float64(w.columns)
}

// roomHeads sets the names of the rooms over their columns.
func (g *grid) roomHeads(s *strip, w window) {
	v := g.first()
	width := g.columnWidth(w)
	for i := range w.columns {
		if w.from+i >= len(g.board.rooms) {
			return
		}
		room := g.event.Rooms[slices.IndexFunc(g.event.Rooms, func(r agenda.Room) bool { return r.ID == g.board.rooms[w.from+i] })]
		name := strongLook
		name.colour = accent
		m := measure{column: g.frame, offset: g.times + float64(i)*width, width: width - g.design.pt(6)}
		c := g.oneLine(m, g.sect.in(typeset.P), v.say(room.Name, name))
		s.stack(g.heading+g.rooms-g.design.pt(6)-c.block.Height(), c)
	}
}

// axis draws the times at which something begins, and hairlines.
func (g *grid) axis(s *strip, w window, top float64, at []float64) {
	v := g.first()
	look := farTimeLook
	look.colour = ink
	free := -1.0
	for i, t := range w.times {
		y := top + at[i]
		s.marks = append(s.marks, mark{x: g.frame.X, y: y, draw: func(p *painter, x, y float64) {
			p.d.Rule(x, y, g.frame.Width, hairline, hair)
		}})
		begins := slices.ContainsFunc(g.board.boxes, func(b box) bool { return b.start == t })
		c := g.set(measure{column: g.frame, width: g.times - g.design.pt(4)}, nil, v.plain(v.Clock(t), look))
		if begins && y >= free && i < len(w.times)-1 && y+g.design.pt(3)+c.block.Height() <= s.height {
			s.stack(y+g.design.pt(3), c)
			free = y + c.block.Height()
		}
	}
}

// rect returns where a box is in a window, and whether it is there at all.
func (g *grid) rect(b *box, w window, top float64, at []float64) (typeset.Rect, bool) {
	from, end := max(b.column, w.from), min(b.column+b.columns, w.from+w.columns)
	first, last := w.times[0], w.times[len(w.times)-1]
	if from >= end || b.end <= first || b.start >= last {
		return typeset.Rect{}, false
	}
	y := at[slices.Index(w.times, max(b.start, first))]
	bottom := at[slices.Index(w.times, min(b.end, last))]
	width := g.columnWidth(w)
	lane := float64(end-from) * width / float64(b.lanes)
	gap := g.design.pt(3)
	offset := g.times + float64(from-w.from)*width + float64(b.lane)*lane
	inner := max(lane-gap, 1)
	return typeset.Rect{X: g.frame.At(offset, inner), Y: top + y, Width: inner, Height: bottom - y}, true
}

// box draws a session: a tinted ground with a rule at its start side, and as
// much of its text as there is room for.
func (g *grid) box(s *strip, list *element, b *box, r typeset.Rect) {
	item := list.in(typeset.ListItem).in(typeset.ListBody)
	edge := g.edge()
	ground, bar := tint, accent
	if isPause(b.slot) {
		ground, bar = typeset.White, muted
	}
	if b.slot.Session.Status == agenda.Cancelled {
		ground, bar = typeset.White, signal
	}
	barX := r.X
	if g.frame.RightToLeft {
		barX = r.X + r.Width - edge
	}
	s.marks = append(s.marks, mark{x: r.X, y: r.Y, draw: func(p *painter, x, y float64) {
		p.d.Rect(typeset.Rect{X: x, Y: y + hairline, Width: r.Width, Height: r.Height - 2*hairline}, ground)
		p.d.Rect(typeset.Rect{X: barX, Y: y + hairline, Width: edge, Height: r.Height - 2*hairline}, bar)
	}})
	g.boxText(s, item, b, g.boxMeasure(r), r)
}

// boxText sets title, status and people of a box in the largest of four sizes
// that fits; what does not fit in the smallest is cut.
func (g *grid) boxText(s *strip, item *element, b *box, m measure, r typeset.Rect) {
	var c cell
	for _, size := range []float64{1, 0.92, 0.84, 0.76} {
		for detail := range 3 {
			c = g.set(m, nil, g.boxPhrases(b, size, 2-detail)...)
			if c.block.Height() <= r.Height && c.block.LongestLine() <= m.width+0.5 {
				g.putBox(s, item, c, r)
				return
			}
		}
	}
	if n := c.block.Fit(r.Height); n < len(c.block.Lines) {
		c = g.oneLine(m, nil, g.boxPhrases(b, 0.76, 0)[0])
	}
	g.putBox(s, item, c, r)
}

// putBox puts the text of a box at its top, in the middle if it is low.
func (g *grid) putBox(s *strip, item *element, c cell, r typeset.Rect) {
	pad := min(g.design.pt(3), (r.Height-c.block.Height())/2)
	c.element = item.in(typeset.P)
	s.stack(r.Y+max(pad, 0), c)
}

// boxPhrases is what a box says: the title; with detail 1, who is in it; with
// 2, its talks.
func (g *grid) boxPhrases(b *box, size float64, detail int) []phrase {
	v, s := g.first(), b.slot.Session
	title, quiet, mark := strongLook, quietLook, signalLook
	title.size, title.leading = 9, 11.4
	if isPause(b.slot) || s.Status == agenda.Cancelled {
		title.font, title.colour = typeset.Regular, soft
	}
	status := phrase{}
	if s.Status == agenda.Tentative || s.Status == agenda.Cancelled {
		status = v.word(mark, "status."+string(s.Status))
	}
	name := v.title(s, title).to(link(g.sessionPage(s)))
	if b.part != nil && v.has(b.part.Title) {
		name = v.say(b.part.Title, title)
	}
	roles, talks := s.Roles, s.Talks
	if b.part != nil {
		roles, talks = b.part.Roles, b.part.Talks
	}
	all := [][]phrase{list(" · ", name, status)}
	if detail > 0 && s.Status != agenda.Cancelled {
		if b.part != nil {
			all = append(all, only(v.title(s, quiet)))
		}
		all = append(all, g.castLines(v, roles)...)
	}
	if detail > 1 && s.Status != agenda.Cancelled {
		all = append(all, g.talkLines(v, b.slot, talks)...)
	}
	text := lines(all...)
	for i := range text {
		text[i].look.size *= size
		text[i].look.leading *= size
	}
	return text
}

// loose adds the sessions of the day whose time is not known to f, under the
// day.
func (g *grid) loose(f *flow) {
	if len(g.board.loose) == 0 {
		return
	}
	from := f.end()
	s := g.scope(f, g.sect, false)
	tag := typeset.P
	if len(g.board.boxes) == 0 { // the day has no other heading
		tag = typeset.H2
	}
	s.paragraph(g.design.pt(26), tag, func(v *voice) []phrase { return []phrase{v.date(dayHead(v, g.day.Date), sectionLook)} })
	if tag == typeset.H2 {
		first := f.at(from)
		first.places = append(first.places, place{name: dayPlace(g.number), bookmark: dayHead(g.first(), g.day.Date)})
	}
	s.paragraph(g.design.pt(2), typeset.P, func(v *voice) []phrase { return []phrase{v.word(groupLook, "print.open-times")} })
	f.keepNext(from)
	items := s.within(typeset.List, typeset.Attrs{Numbering: typeset.Unnumbered})
	width := g.design.pt(12) // of a bullet
	if slices.ContainsFunc(g.board.loose, func(slot agenda.Slot) bool { return when(g.first().Locale, slot) != "" }) {
		width = g.design.pt(110)
	}
	for _, slot := range g.board.loose {
		items.labelled(g.design.pt(4), width, func(v *voice) []phrase {
			if width < g.design.pt(110) {
				return bullet(v)
			}
			return only(v.plain(when(v.Locale, slot), quietLook))
		}, func(v *voice) []phrase { return []phrase{v.title(slot.Session, strongLook)} })
	}
	f.strips[from].head = dayHead(g.first(), g.day.Date)
}
