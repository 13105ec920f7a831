package programme

import (
	"context"
	"slices"

	"tamada/pkg/typeset"
)

// A strip is a band across the page that is never cut: a line of text, one in
// each column; a row of a table; a picture.
type strip struct {
	before   float64 // space above; falls away at the top of a page
	height   float64
	baseline float64 // of its text, from the top
	keep     bool    // no page ends between this strip and the next
	fresh    bool    // begins a page, unless the one before would be half empty
	marks    []mark
	head     string   // running head from here on
	again    *heading // what is repeated above it where it begins a page
	places   []place
}

// A mark is something drawn on a strip: a line of a block of text, or anything
// else.
type mark struct {
	x, y    float64  // y from the top of the strip; above it only where a page does not begin
	element *element // what it is part of; nil for decoration
	block   *typeset.Block
	line    int // of block
	draw    func(p *painter, x, y float64)
}

// A place is something that a page number, link or bookmark leads to.
type place struct {
	name     string
	bookmark string // if it is in the outline
	level    int
}

// A heading is strips that are repeated at the top of a page that something
// goes on on: the heads of the columns of a table.
type heading struct {
	strips []strip
	height float64
}

// heading returns the strips from index from on as a heading. Repeated, it is
// decoration to those who listen.
func (f *flow) heading(from int) *heading {
	h := &heading{}
	for _, s := range f.strips[from:] {
		copied := strip{before: s.before, height: s.height, baseline: s.baseline, keep: true}
		if len(h.strips) > 0 {
			h.height += s.before
		}
		h.height += s.height
		for _, m := range s.marks {
			if m.block != nil { // what is drawn is there once
				m.element = nil
				copied.marks = append(copied.marks, m)
			}
		}
		h.strips = append(h.strips, copied)
	}
	return h
}

// under puts the strips from index from on under a heading.
func (f *flow) under(from int, h *heading) {
	for i := from; i < len(f.strips); i++ {
		f.strips[i].again = h
	}
}

// A cell is a block of text in its column.
type cell struct {
	block   *typeset.Block
	x       float64 // of the block, from the left of the page
	element *element
}

// A flow is a column of strips that goes on from page to page.
type flow struct{ strips []strip }

// end is where the next strip will be.
func (f *flow) end() int { return len(f.strips) }

// row puts blocks side by side, line by line and on common baselines. Its
// first two lines stay together, and so do its last two. before is the space
// above.
func (f *flow) row(before float64, cells ...cell) {
	lines := 0
	for _, c := range cells {
		lines = max(lines, len(c.block.Lines))
	}
	for i := range lines {
		s := strip{keep: i < lines-1 && (i == 0 || i == lines-2)}
		if i == 0 {
			s.before = before
		}
		for _, c := range cells {
			if i < len(c.block.Lines) {
				s.line(c, i)
			}
		}
		f.strips = append(f.strips, s)
	}
}

// line adds line i of a cell to s, on its baseline.
func (s *strip) line(c cell, i int) {
	l := c.block.Lines[i]
	if rise := l.Baseline - s.baseline; rise > 0 {
		for k := range s.marks {
			s.marks[k].y += rise
		}
		if len(s.marks) > 0 {
			s.height += rise
		}
		s.baseline = l.Baseline
	}
	y := s.baseline - l.Baseline
	s.marks = append(s.marks, mark{x: c.x, y: y, element: c.element, block: c.block, line: i})
	s.height = max(s.height, y+l.Height)
}

// space adds a strip without anything on it.
func (f *flow) space(height float64) {
	f.strips = append(f.strips, strip{height: height})
}

// keep keeps the strips from index from together, as far as a page allows.
func (f *flow) keep(from int) {
	for i := from; i < len(f.strips)-1; i++ {
		f.strips[i].keep = true
	}
}

// keepNext keeps the strips from index from together and with what follows.
func (f *flow) keepNext(from int) {
	for i := from; i < len(f.strips); i++ {
		f.strips[i].keep = true
	}
}

// keepHead keeps the first strips from index from on together, as many as are
// so high: no page ends with the mere beginning of a talk.
func (f *flow) keepHead(from int, height float64) {
	for i := from; i < f.end()-1; i++ {
		height -= f.strips[i].height + f.strips[i+1].before
		if height < f.strips[i+1].height {
			return
		}
		f.strips[i].keep = true
	}
}

// keepTail keeps the last strips from index from on together, as many as are
// so high: no page begins with the mere end of a session.
func (f *flow) keepTail(from int, height float64) {
	for i := f.end() - 2; i >= from && height > 0; i-- {
		height -= f.strips[i+1].height + f.strips[i+1].before
		f.strips[i].keep = true
	}
}

// at returns strip i, to add to it; a new one of no height at the end.
func (f *flow) at(i int) *strip {
	if i >= len(f.strips) {
		f.strips = append(f.strips, strip{})
		i = len(f.strips) - 1
	}
	return &f.strips[i]
}

// height returns the height of the strips from index from, the space above
// the first left out.
func (f *flow) height(from int) float64 {
	h := 0.0
	for i := from; i < len(f.strips); i++ {
		h += f.strips[i].height
		if i > from {
			h += f.strips[i].before
		}
	}
	return h
}

// room returns the height of the flow, the space above the first strip
// included.
func (f *flow) room() float64 {
	if len(f.strips) == 0 {
		return 0
	}
	return f.strips[0].before + f.height(0)
}

// beside hangs cells, one below the other, beside the strips from index from,
// on the baseline of the first. Those strips stay together as far down as the
// cells reach; if they are too short they are filled up.
func (f *flow) beside(from int, cells ...cell) {
	if len(cells) == 0 || len(cells[0].block.Lines) == 0 {
		return
	}
	s := f.at(from)
	y := s.baseline - cells[0].block.Lines[0].Baseline
	if y < 0 {
		s.lower(-y)
		y = 0
	}
	for _, c := range cells {
		s.stack(y, c)
		y += c.block.Height()
	}
	if missing := y - f.height(from); missing > 0 {
		f.space(missing)
	}
	for i := from; i < f.end()-1 && y > 0; i++ {
		if y -= f.strips[i].height + f.strips[i+1].before; y > 0 {
			f.strips[i].keep = true
		}
	}
}

// lower makes room at the top of s.
func (s *strip) lower(by float64) {
	for i := range s.marks {
		if s.marks[i].y >= 0 {
			s.marks[i].y += by
		}
	}
	s.height += by
	s.baseline += by
}

// stack puts the lines of a cell on s, from y down.
func (s *strip) stack(y float64, c cell) {
	for i, l := range c.block.Lines {
		s.marks = append(s.marks, mark{x: c.x, y: y, element: c.element, block: c.block, line: i})
		y += l.Height
	}
}

// add appends the strips of another flow.
func (f *flow) add(g *flow) { f.strips = append(f.strips, g.strips...) }

// A span is the strips of one page: from (inclusive) to end.
type span struct{ from, end int }

// paginate deals strips out to pages of the given height. It breaks after the
// last strip that fits and need not be kept with the next; only strips that
// are kept together over more than a page are parted anyhow.
func paginate(ctx context.Context, strips []strip, height float64) ([]span, error) {
	var spans []span
	for from := 0; from < len(strips); {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		end := fill(strips, from, height)
		if end < len(strips) && !strips[end].fresh {
			end = retreat(strips, from, end)
		}
		spans = append(spans, span{from, end})
		from = end
	}
	return spans, nil
}

// settle is [paginate] for strips of which some begin pages. Where the last
// page before such a strip, or the last of all, would be nearly empty, the
// space between strips is tightened if that saves it; where it would be half
// empty all the same, or all that follows until the next has room there, that
// goes on there.
func settle(ctx context.Context, strips []strip, height float64) ([]span, error) {
	const half = 0.5
	var all []span
	for from, end := 0, 1; from < len(strips); end++ {
		for end < len(strips) && !strips[end].fresh {
			end++
		}
		spans, err := paginate(ctx, strips[from:end], height)
		if err != nil {
			return nil, err
		}
		if spans, err = tighten(ctx, strips[from:end], spans, height); err != nil {
			return nil, err
		}
		for _, s := range spans {
			all = append(all, span{from + s.from, from + s.end})
		}
		from = end
		if end == len(strips) {
			break
		}
		last, next := all[len(all)-1], end+1
		for next < len(strips) && !strips[next].fresh {
			next++
		}
		now, then := flow{strips[last.from:last.end]}, flow{strips[last.from:next]}
		if now.height(0) < half*height || then.height(0) <= height {
			all, from, strips[end].fresh = all[:len(all)-1], last.from, false
		}
	}
	return all, nil
}

// tighten tries to do without a last page that is nearly empty.
func tighten(ctx context.Context, strips []strip, spans []span, height float64) ([]span, error) {
	const nearly, tighter = 0.2, 0.72
	last := spans[len(spans)-1]
	if f := (flow{strips[last.from:last.end]}); len(spans) < 2 || f.height(0) > nearly*height {
		return spans, nil
	}
	tight := slices.Clone(strips)
	for i := range tight {
		tight[i].before *= tighter
	}
	better, err := paginate(ctx, tight, height)
	if err != nil || len(better) >= len(spans) {
		return spans, err
	}
	copy(strips, tight)
	return better, nil
}

// fill returns where a page that begins at from is full. It has one strip at
// least.
func fill(strips []strip, from int, height float64) int {
	const tolerance = 0.01
	used := strips[from].height
	if h := strips[from].again; h != nil {
		used += h.height + strips[from].before
	}
	end := from + 1
	for end < len(strips) && !strips[end].fresh {
		used += strips[end].before + strips[end].height
		if used > height+tolerance {
			break
		}
		end++
	}
	return end
}

// retreat returns the last place at or before end where a page may end. If
// there is none it is where the space is widest, in the further part of the
// page.
func retreat(strips []strip, from, end int) int {
	for cut := end; cut > from; cut-- {
		if !strips[cut-1].keep {
			return cut
		}
	}
	const further = 0.3
	all, used := (&flow{strips[from:end]}).height(0), 0.0
	widest := end
	for cut := from + 1; cut <= end && cut < len(strips); cut++ {
		used += strips[cut-1].height
		if cut > from+1 {
			used += strips[cut-1].before
		}
		if used >= further*all && strips[cut].before >= strips[widest].before {
			widest = cut
		}
	}
	return widest
}
