package typeset

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Info describes a document.
type Info struct {
	Title    string
	Author   string
	Subject  string
	Language string // BCP 47
	Date     time.Time
	Grey     bool    // print in shades of grey
	Bleed    float64 // points of paper around each page, for print shops
	Marks    bool    // crop marks outside the bleed
}

// A Document collects what is drawn; [Document.Bytes] makes the file. Not
// safe for concurrent use; any number of documents can be made at once.
//
// Methods that draw return nothing: the first error is kept and returned by
// [Document.Err] and [Document.Bytes].
type Document struct {
	info      Info
	pages     []*page
	current   *page
	root, at  *Element
	open      bool // marked content of at is open
	artifacts int  // depth of artifacts
	matrix    Matrix
	fonts     []*pageFont
	fontOf    map[*face]*pageFont
	pictures  []*pagePicture
	places    map[string]destination
	bookmarks []bookmark
	missing   []rune
	line      []placed // room for a line of text
	operands  []byte   // and for its operands
	sheets    []Sheet
	err       error
}

// page is a page as it is drawn, before it is put on a sheet.
type page struct {
	size   Size
	drawn  []byte   // operators, since the page was sealed
	sealed [][]byte // operators before that, compressed
	marked []*Element
	links  []*annotation
	fill   Colour
	filled bool // fill is known
	index  int
}

// seal compresses what is drawn, and returns the room it took. Pages are many
// and most of them are never returned to.
func (p *page) seal() []byte {
	room := p.drawn[:0]
	if len(p.drawn) > 0 {
		p.sealed = append(p.sealed, deflate(p.drawn))
	}
	p.drawn = nil
	return room
}

// content returns all operators of a page.
func (p *page) content() ([]byte, error) {
	var all []byte
	for _, s := range p.sealed {
		operators, err := inflate(s)
		if err != nil {
			return nil, err
		}
		all = append(all, operators...)
	}
	return append(all, p.drawn...), nil
}

// New returns an empty document.
func New(info Info) *Document {
	info.Title, info.Author, info.Subject = oneLine(info.Title), oneLine(info.Author), oneLine(info.Subject)
	info.Language = cmp.Or(oneLine(info.Language), "und")
	root := &Element{tag: "Document"}
	return &Document{
		info:   info,
		root:   root,
		at:     root,
		matrix: Identity,
		fontOf: map[*face]*pageFont{},
		places: map[string]destination{},
	}
}

// Err returns the first error there was in drawing.
func (d *Document) Err() error { return d.err }

func (d *Document) fail(err error) {
	if d.err == nil {
		d.err = err
	}
}

var errNoPage = errors.New("drawing before the first page")

// AddPage begins a page and returns its number, from 1. Open elements go on.
func (d *Document) AddPage(s Size) int {
	d.endContent()
	if d.artifacts > 0 || d.matrix != Identity {
		d.fail(fmt.Errorf("page %d: begun inside an artifact or a transformation", len(d.pages)+1))
	}
	if !(s.Width >= 1 && s.Height >= 1 && s.Width <= 14400 && s.Height <= 14400) {
		d.fail(fmt.Errorf("page %d: size %g × %g is not between 1 and 14400 points", len(d.pages)+1, s.Width, s.Height))
		s = A4
	}
	next := &page{size: s, index: len(d.pages)}
	if d.current != nil {
		next.drawn = d.current.seal()
	}
	d.current = next
	d.pages = append(d.pages, d.current)
	return len(d.pages)
}

// Pages returns the number of pages so far.
func (d *Document) Pages() int { return len(d.pages) }

// PageSize returns the size of the current page.
func (d *Document) PageSize() Size {
	if d.current == nil {
		return Size{}
	}
	return d.current.size
}

// Return draws more on an earlier page, inside an element begun before (nil
// for none): the page numbers of a table of contents, "page 3 of 12". Pages
// count from 1.
func (d *Document) Return(page int, e *Element, draw func()) {
	if page < 1 || page > len(d.pages) {
		d.fail(fmt.Errorf("page %d: there are %d", page, len(d.pages)))
		return
	}
	if d.artifacts > 0 || d.matrix != Identity {
		d.fail(fmt.Errorf("page %d: returned to inside an artifact or a transformation", page))
		return
	}
	d.endContent()
	current, at := d.current, d.at
	d.current = d.pages[page-1]
	if e != nil {
		d.at = e
	}
	draw()
	d.endContent()
	d.current, d.at = current, at
}

// write appends operators to the current page.
func (d *Document) write(operators string) {
	if d.current == nil {
		d.fail(errNoPage)
		return
	}
	d.current.drawn = append(d.current.drawn, operators...)
}

// Missing returns the characters drawn so far that no font has, sorted.
// They appear as U+FFFD on paper; copied text is right.
func (d *Document) Missing() []rune {
	slices.Sort(d.missing)
	d.missing = slices.Compact(d.missing)
	return slices.Clone(d.missing)
}
