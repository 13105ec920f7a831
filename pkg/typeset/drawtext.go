package typeset

import (
	"fmt"
	"slices"
	"strconv"
)

// Draw draws the lines of a block, with the top left corner at (x, y). Runs
// with a link or in another language than the text around them get elements
// of their own.
func (d *Document) Draw(b *Block, x, y float64) {
	if d.current == nil {
		d.fail(errNoPage)
		return
	}
	d.missing = append(d.missing, b.missing...)
	t := &textDrawer{d: d, block: b, elements: map[int32]*Element{}}
	t.adoptLanguage()
	for _, l := range b.Lines {
		t.line(l, x+b.Offset(l), y)
		y += l.Height
	}
}

// Offset returns where a line begins, from the left.
func (b *Block) Offset(l Line) float64 {
	free := b.Width - l.Width - l.indent
	left, right := l.indent, 0.0
	if b.RightToLeft {
		left, right = right, left
	}
	switch {
	case b.align == Centre:
		return left + free/2
	case (b.align == Start) == b.RightToLeft:
		return b.Width - l.Width - right
	}
	return left
}

// textDrawer draws one block.
type textDrawer struct {
	d        *Document
	block    *Block
	elements map[int32]*Element // of runs that have their own
	home     *Element           // the element the block is drawn in
}

// adoptLanguage gives a fresh element the language of its text.
func (t *textDrawer) adoptLanguage() {
	d := t.d
	t.home = d.at
	if len(t.block.runs) == 0 || d.artifacts > 0 {
		return
	}
	language := t.block.runs[0].Style.Language
	if language != "" && language != d.language() && d.at.parent != nil && len(d.at.kids) == 0 && d.at.own().Language == "" {
		d.at.speak(language)
	}
}

// placed is a fragment in its place: the rank-th of its line from the left.
type placed struct {
	fragment
	x, width float64
	rank     int
}

// line draws one line from x, its top at y. Parts of different elements are
// drawn in the order in which they are read, each in its place.
func (t *textDrawer) line(l Line, x, y float64) {
	baseline := t.d.current.size.Height - y - l.Baseline
	for _, group := range t.groups(t.place(l, x)) {
		first, last := group[0], group[len(group)-1]
		e := t.element(first.run)
		if e != nil {
			t.enter(e)
		}
		t.draw(group, baseline)
		if e != nil {
			t.leave(e, t.block.runs[first.run], Rect{first.x, y, last.x + last.width - first.x, l.Height})
		}
	}
}

// place finds out where the fragments of a line stand.
func (t *textDrawer) place(l Line, x float64) []placed {
	all := t.d.line[:0]
	for i, f := range l.fragments {
		width := float64(f.advance) * t.block.runs[f.run].Style.Size / 1000
		all = append(all, placed{f, x, width, i})
		x += width
	}
	t.d.line = all
	return all
}

// groups splits the fragments of a line by element, in logical order; those
// of a group stay in visual order.
func (t *textDrawer) groups(line []placed) [][]placed {
	if len(line) == 0 {
		return nil
	}
	if !t.isMixed(line) {
		return [][]placed{line}
	}
	slices.SortFunc(line, func(a, b placed) int { return int(a.order - b.order) })
	var groups [][]placed
	start := 0
	for i := 1; i <= len(line); i++ {
		if i == len(line) || t.element(line[i].run) != t.element(line[start].run) {
			groups = append(groups, line[start:i])
			start = i
		}
	}
	for _, g := range groups {
		slices.SortFunc(g, func(a, b placed) int { return a.rank - b.rank })
	}
	return groups
}

func (t *textDrawer) isMixed(line []placed) bool {
	return slices.ContainsFunc(line, func(f placed) bool {
		return t.element(f.run) != t.element(line[0].run)
	})
}

// element returns the element that a run needs for itself, or nil.
func (t *textDrawer) element(run int32) *Element {
	e, ok := t.elements[run]
	if ok {
		return e
	}
	r := t.block.runs[run]
	language := r.Style.Language
	if language == t.d.language() {
		language = ""
	}
	switch {
	case t.d.artifacts > 0:
	case r.Link != Link{} && t.home.tag != LinkTag:
		e = &Element{tag: LinkTag, parent: t.home}
	case language != "":
		e = &Element{tag: Span, parent: t.home}
	}
	if e != nil && language != "" {
		e.speak(language)
	}
	t.elements[run] = e
	return e
}

func (t *textDrawer) enter(e *Element) {
	t.d.endContent()
	if len(e.kids) == 0 {
		t.home.kids = append(t.home.kids, e)
	}
	t.d.at = e
}

func (t *textDrawer) leave(e *Element, r Run, box Rect) {
	if e.tag == LinkTag {
		t.d.annotate(box, r.Link, r.Text, e)
	}
	t.d.End()
}

// draw draws fragments of a line.
func (t *textDrawer) draw(group []placed, baseline float64) {
	t.d.beginContent()
	p := pen{d: t.d, baseline: baseline, operands: t.d.operands[:0]}
	for _, f := range group {
		p.fragment(f.shaped, t.block.runs[f.run].Style, f.x)
	}
	p.flush()
	t.d.operands = p.operands
}

// pen collects glyphs of one font, size, colour and height above the line
// into one TJ operator.
type pen struct {
	d        *Document
	baseline float64
	font     *pageFont
	size     float64
	colour   Colour
	rise     int
	x        float64 // where the next glyph would stand, as readers see it
	operands []byte
}

// fragment writes shaped glyphs from x.
func (p *pen) fragment(s *shaped, style Style, x float64) {
	em := style.Size / 1000
	for _, g := range s.glyphs {
		f := p.d.fontFor(s.face)
		at := x + float64(g.dx)*em
		if f != p.font || g.dy != p.rise || style.Size != p.size || style.Colour != p.colour || len(p.operands) == 0 {
			p.flush()
			p.font, p.rise, p.size, p.colour = f, g.dy, style.Size, style.Colour
			p.begin(at)
		} else if gap := int(roundHalf((p.x - at) / em)); gap != 0 {
			p.operands = strconv.AppendInt(append(p.operands, '>'), int64(gap), 10)
			p.operands = append(p.operands, '<')
			p.x -= float64(gap) * em
		}
		p.operands = appendHex(p.operands, f.code(g))
		p.x += float64(s.face.width(g.id)) * em
		x += float64(g.advance) * em
	}
}

func (p *pen) begin(x float64) {
	p.x = x
	y := p.baseline + float64(p.rise)*p.size/1000
	b := append(append(p.operands, "BT /"...), p.font.name...)
	b = append(appendNumber(append(b, ' '), p.size), " Tf "...)
	b = appendNumber(append(appendNumber(b, x), ' '), y)
	p.operands = append(b, " Td [<"...)
}

// flush writes what is collected.
func (p *pen) flush() {
	if len(p.operands) == 0 {
		return
	}
	p.d.setFill(p.colour)
	p.d.current.drawn = append(append(p.d.current.drawn, p.operands...), ">] TJ ET\n"...)
	p.operands = p.operands[:0]
}

func roundHalf(v float64) float64 {
	if v < 0 {
		return -float64(int(-v + 0.5))
	}
	return float64(int(v + 0.5))
}

// pageFont is a face as one document uses it: codes by first use.
type pageFont struct {
	face  *face
	name  string
	codes map[glyphText]int
	list  []glyphText
}

type glyphText struct {
	glyph int
	text  string
}

// fontFor returns the font of the document for a face. A full one goes on
// under another name.
func (d *Document) fontFor(f *face) *pageFont {
	found := d.fontOf[f]
	if found == nil || len(found.list) >= maxCodes {
		found = &pageFont{face: f, name: fmt.Sprintf("f%03d", len(d.fonts)), codes: map[glyphText]int{}}
		d.fonts = append(d.fonts, found)
		d.fontOf[f] = found
	}
	return found
}

// code returns the code of a glyph with its text.
func (f *pageFont) code(g glyph) int {
	k := glyphText{g.id, g.text}
	c, ok := f.codes[k]
	if !ok {
		c = firstCode + codeStep*len(f.list)
		f.codes[k] = c
		f.list = append(f.list, k)
	}
	return c
}
