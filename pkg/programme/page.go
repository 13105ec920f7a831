package programme

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"strings"

	"tamada/pkg/typeset"
)

// pages are a document that is laid out and not yet drawn.
type pages struct {
	job   *job
	title string
	list  []page
}

// A page is one page with its strips.
type page struct {
	size   typeset.Size
	top    float64 // where the first strip begins
	strips []strip
	head   string // running head, on the outer side
	bare   bool   // no running head and foot
	footed bool   // no running head
}

// flowed deals a flow out to pages with running heads.
func (j *job) flowed(ctx context.Context, f *flow) ([]page, error) {
	return j.dealt(ctx, f, j.design.height())
}

// dealt deals a flow out to pages with so much room.
func (j *job) dealt(ctx context.Context, f *flow, height float64) ([]page, error) {
	spans, err := settle(ctx, f.strips, height)
	if err != nil {
		return nil, err
	}
	list := make([]page, 0, len(spans))
	head := ""
	for _, s := range spans {
		p := page{size: j.design.page, top: j.design.top, strips: f.strips[s.from:s.end]}
		if h := p.strips[0].again; h != nil {
			p.strips = slices.Concat(h.strips, p.strips)
		}
		if begins := f.strips[s.from].head; begins != "" {
			head = begins
		}
		for _, strip := range p.strips {
			if strip.head != "" {
				p.head, head = cmp.Or(p.head, head, strip.head), strip.head
			}
		}
		p.head = cmp.Or(p.head, head)
		list = append(list, p)
	}
	return list, nil
}

// draw draws the pages and returns the file.
func (ps *pages) draw(ctx context.Context) ([]byte, error) {
	d, err := ps.drawn(ctx, len(ps.list))
	if err != nil {
		return nil, err
	}
	j := ps.job
	if missing := d.Missing(); len(missing) > 0 && j.o.Missing != nil {
		j.o.Missing(missing)
	}
	if j.o.Paper == A5Booklet {
		d.Impose(booklet(d.Pages(), j.design.page, j.first().column.RightToLeft))
	}
	ps.list, j.root, j.blocks = nil, nil, nil // large, and all drawn
	return d.Bytes(ctx)
}

// drawn draws the first n pages.
func (ps *pages) drawn(ctx context.Context, n int) (*typeset.Document, error) {
	j := ps.job
	info := typeset.Info{
		Title:    ps.title,
		Author:   j.organisers(),
		Language: j.first().lang,
		Date:     j.event.Updated,
		Grey:     j.o.Greyscale,
	}
	if j.o.CropMarks {
		info.Bleed, info.Marks = typeset.Millimetres(3), true
	}
	d := typeset.New(info)
	j.root.build(d)
	clear(j.blocks) // so that what is drawn can go
	p := &painter{d: d, job: j, pages: len(ps.list), numbers: ps.numbers()}
	for i := range ps.list[:min(n, len(ps.list))] {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.page(i+1, &ps.list[i])
		clear(ps.list[i].strips) // they take more room than the page drawn
	}
	return d, p.err
}

// numbers returns the page that each named place is on.
func (ps *pages) numbers() map[string]int {
	numbers := map[string]int{}
	for i, p := range ps.list {
		for _, s := range p.strips {
			for _, at := range s.places {
				if at.name != "" && numbers[at.name] == 0 {
					numbers[at.name] = i + 1
				}
			}
		}
	}
	return numbers
}

// A painter draws pages.
type painter struct {
	d       *typeset.Document
	job     *job
	number  int // of the current page
	pages   int
	numbers map[string]int
	texts   []text
	open    map[*typeset.Block]int // the last of texts of a block
	err     error
}

// A text is consecutive lines of a block on a page.
type text struct {
	block     *typeset.Block
	element   *element
	from, end int
	x, y      float64
	next      float64 // where the line after it would be
}

// page draws one page: what is behind text, the text, the running head.
func (p *painter) page(number int, pg *page) {
	p.number = number
	p.d.AddPage(pg.size)
	p.texts, p.open = p.texts[:0], map[*typeset.Block]int{}
	y := pg.top
	for i := range pg.strips {
		s := &pg.strips[i]
		if i > 0 {
			y += s.before
		}
		p.strip(s, y, i == 0)
		y += s.height
	}
	for _, t := range p.texts {
		p.within(t.element, func() { p.d.Draw(t.block.Cut(t.from, t.end), t.x, t.y) })
	}
	if !pg.bare {
		p.running(pg)
	}
}

// strip draws a strip whose top is at y; text is collected for later.
func (p *painter) strip(s *strip, y float64, first bool) {
	for _, at := range s.places {
		if at.name != "" && p.numbers[at.name] == p.number {
			p.d.Place(at.name, y)
		}
		if at.bookmark != "" {
			p.d.Bookmark(at.bookmark, at.level, y)
		}
	}
	for i := range s.marks {
		m := &s.marks[i]
		switch {
		case first && m.y < 0:
		case m.block != nil:
			p.line(m, y+m.y)
		default:
			p.within(m.element, func() { m.draw(p, m.x, y+m.y) })
		}
	}
}

// line notes a line of text, with the line before it where they follow each
// other.
func (p *painter) line(m *mark, y float64) {
	height := m.block.Lines[m.line].Height
	if i, ok := p.open[m.block]; ok {
		t := &p.texts[i]
		if gap := y - t.next; t.end == m.line && gap > -0.01 && gap < 0.01 {
			t.end, t.next = m.line+1, y+height
			return
		}
	}
	p.open[m.block] = len(p.texts)
	p.texts = append(p.texts, text{m.block, m.element, m.line, m.line + 1, m.x, y, y + height})
}

// within draws inside an element, or as decoration in none.
func (p *painter) within(e *element, draw func()) {
	if e == nil {
		p.d.Artifact(typeset.Decoration, draw)
		return
	}
	p.d.Return(p.number, e.made, draw)
}

// running draws the running head and foot: the meeting and the day above; the
// release, the time zone and the page below.
func (p *painter) running(pg *page) {
	j, v := p.job, p.job.first()
	frame := typeset.Frame{X: j.design.side, Width: pg.size.Width - 2*j.design.side, RightToLeft: v.column.RightToLeft}
	p.runningFoot(pg, frame)
	if pg.footed {
		return
	}
	p.d.Artifact(typeset.RunningTitle, func() {
		y := j.design.top - j.design.headSpace()
		p.runningLine(frame, y, v.say(j.event.Title, headLook), phrase{}, v.plain(pg.head, headLook))
		p.d.Rule(frame.X, y+j.design.style(headLook, "").Leading+j.design.pt(3), frame.Width, hairline, hair)
	})
}

// runningFoot draws the release, the time zone and the page.
func (p *painter) runningFoot(pg *page, frame typeset.Frame) {
	j, v := p.job, p.job.first()
	p.d.Artifact(typeset.RunningFoot, func() {
		y := pg.size.Height - j.design.bottom + j.design.headSpace()*0.6
		count := v.T("print.page", "page", strconv.Itoa(p.number), "pages", strconv.Itoa(p.pages))
		p.runningLine(frame, y, v.plain(j.release(v), headLook), v.plain(j.zoneName(v), headLook), v.plain(count, headLook))
	})
}

// headSpace is the distance of running heads from the text.
func (d design) headSpace() float64 {
	size := max(headLook.size*d.scale, d.least)
	return size*headLook.leading/headLook.size + d.pt(16)
}

// runningLine draws a line with something at its start, middle and end. The
// start is cut where it has no room; the middle is left out.
func (p *painter) runningLine(frame typeset.Frame, y float64, start, middle, end phrase) {
	j := p.job
	last := p.runningText(measure{column: frame, width: frame.Width / 2, offset: frame.Width / 2, align: typeset.End}, y, end)
	room := frame.Width - last - j.design.gutter
	first := p.runningText(measure{column: frame, width: room}, y, start)
	if middle.text == "" {
		return
	}
	c := j.set(measure{column: frame, width: frame.Width, align: typeset.Centre}, nil, middle)
	if free := frame.Width/2 - max(first, last) - j.design.gutter; len(c.block.Lines) == 1 && c.block.LongestLine()/2 < free {
		p.d.Draw(c.block, c.x, y)
	}
}

// runningText draws one text of a running line and returns how wide it is.
func (p *painter) runningText(m measure, y float64, ph phrase) float64 {
	if strings.TrimSpace(ph.text) == "" {
		return 0
	}
	c := p.job.oneLine(m, nil, ph)
	p.d.Draw(c.block, c.x, y)
	return c.block.LongestLine()
}

// booklet returns the sheets of a booklet of A5 pages on A4. Inner pages are
// moved towards the fold by the thickness of the paper around them, so that
// margins are even once the booklet is cut.
func booklet(pages int, size typeset.Size, rightBound bool) []typeset.Sheet {
	const creep = 0.3 // points for each sheet, of 0.1 mm
	sheets := typeset.Booklet(pages, size, rightBound)
	for i := range sheets {
		for k := range sheets[i].Places {
			at := &sheets[i].Places[k]
			shift := creep * float64(i/2)
			if at.Matrix[4] > 0 {
				shift = -shift
			}
			at.Matrix = at.Matrix.Then(typeset.Translate(shift, 0))
		}
	}
	return sheets
}

// fail keeps the first error there was in drawing.
func (p *painter) fail(err error) {
	if p.err == nil {
		p.err = err
	}
}
