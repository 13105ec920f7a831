package typeset

import (
	"fmt"
	"slices"
	"strconv"
)

// A Tag says what a part of the document is (ISO 32000-1, 14.8.4).
type Tag string

// Tags, as in HTML where the names are the same.
const (
	Part       Tag = "Part"
	Sect       Tag = "Sect"
	Div        Tag = "Div"
	H1         Tag = "H1"
	H2         Tag = "H2"
	H3         Tag = "H3"
	H4         Tag = "H4"
	H5         Tag = "H5"
	H6         Tag = "H6"
	P          Tag = "P"
	BlockQuote Tag = "BlockQuote"
	List       Tag = "L"
	ListItem   Tag = "LI"
	Label      Tag = "Lbl"
	ListBody   Tag = "LBody"
	Table      Tag = "Table"
	TableHead  Tag = "THead"
	TableBody  Tag = "TBody"
	Row        Tag = "TR"
	HeaderCell Tag = "TH"
	Cell       Tag = "TD"
	Caption    Tag = "Caption"
	Figure     Tag = "Figure"
	Contents   Tag = "TOC"
	Entry      Tag = "TOCI"
	LinkTag    Tag = "Link"
	Span       Tag = "Span"
	Quote      Tag = "Quote"
	Note       Tag = "Note"
	Reference  Tag = "Reference"
)

// parents has all tags, and says where their elements may stand if not
// anywhere.
var parents = map[Tag][]Tag{
	Part: nil, Sect: nil, Div: nil, H1: nil, H2: nil, H3: nil, H4: nil, H5: nil, H6: nil, P: nil, BlockQuote: nil,
	List: nil, Table: nil, Caption: nil, Figure: nil, Contents: nil, LinkTag: nil, Span: nil, Quote: nil, Note: nil,
	Reference: nil,

	ListItem:   {List},
	Label:      {ListItem, Note, Entry},
	ListBody:   {ListItem},
	TableHead:  {Table},
	TableBody:  {Table},
	Row:        {Table, TableHead, TableBody},
	HeaderCell: {Row},
	Cell:       {Row},
	Entry:      {Contents},
}

// A Scope is what a header cell heads.
type Scope string

// Scopes.
const (
	ColumnScope Scope = "Column"
	RowScope    Scope = "Row"
	BothScope   Scope = "Both"
)

// A Numbering is what the labels of a list are.
type Numbering string

// Numberings.
const (
	Unnumbered Numbering = "None"
	Disc       Numbering = "Disc"
	Decimal    Numbering = "Decimal"
	LowerAlpha Numbering = "LowerAlpha"
	UpperAlpha Numbering = "UpperAlpha"
	LowerRoman Numbering = "LowerRoman"
	UpperRoman Numbering = "UpperRoman"
)

// Attrs are properties of an element; all may be left out, except Alt of a
// [Figure] and Scope of a [HeaderCell].
type Attrs struct {
	Language  string // when not that of the document or the element around
	Alt       string // what a figure shows
	Actual    string // text to read instead of what is drawn
	Title     string
	Scope     Scope
	Columns   int       // columns that a cell spans, when more than one
	Rows      int       // rows that a cell spans, when more than one
	Numbering Numbering // of a list
	Bounds    *Rect     // of a figure, on the current page
}

// An Element is a node of the structure tree.
type Element struct {
	tag      Tag
	attrs    *Attrs // nil for none
	bounds   *bounds
	parent   *Element
	kids     []any // *Element, marked or *annotation
	artifact bool  // inside an artifact: not part of the tree
	object   int
}

// bounds is where a figure is.
type bounds struct {
	Rect
	page *page
}

// own returns the attributes of an element.
func (e *Element) own() Attrs {
	if e.attrs == nil {
		return Attrs{}
	}
	return *e.attrs
}

// speak sets the language of an element.
func (e *Element) speak(language string) {
	if e.attrs == nil {
		e.attrs = &Attrs{}
	}
	e.attrs.Language = language
}

// marked is a piece of a page's content.
type marked struct {
	page  *page
	index int // among the marked content of the page
}

// Begin opens an element inside the current one; what is drawn until the
// matching [Document.End] belongs to it.
func (d *Document) Begin(tag Tag, a Attrs) *Element {
	d.endContent()
	e := &Element{tag: tag, parent: d.at, artifact: d.artifacts > 0}
	if a != (Attrs{}) {
		own := a
		e.attrs = &own
	}
	if a.Bounds != nil && d.current != nil {
		e.bounds = &bounds{d.matrix.rect(*a.Bounds), d.current}
	}
	if !e.artifact {
		d.check(e)
		d.at.kids = append(d.at.kids, e)
	}
	d.at = e
	return e
}

// check reports what readers of a tagged file could not make sense of.
func (d *Document) check(e *Element) {
	allowed, known := parents[e.tag]
	switch {
	case !known:
		d.fail(fmt.Errorf("element %q: not a tag", e.tag))
	case allowed != nil && !slices.Contains(allowed, d.at.tag):
		d.fail(fmt.Errorf("element %s inside %s: not allowed", e.tag, d.at.tag))
	case e.tag == Figure && e.own().Alt == "" && e.own().Actual == "":
		d.fail(fmt.Errorf("element %s: no alternative text", e.tag))
	case e.tag == HeaderCell && e.own().Scope == "":
		d.fail(fmt.Errorf("element %s: no scope", e.tag))
	}
}

// End closes the current element.
func (d *Document) End() {
	d.endContent()
	if d.at.parent == nil {
		d.fail(fmt.Errorf("End without Begin on page %d", len(d.pages)))
		return
	}
	d.at = d.at.parent
}

// Tagged draws inside an element.
func (d *Document) Tagged(tag Tag, a Attrs, draw func()) {
	d.Begin(tag, a)
	draw()
	d.End()
}

// An ArtifactKind is why something is drawn that is not part of the text.
type ArtifactKind string

// Kinds of artifacts.
const (
	Decoration   ArtifactKind = "<</Type/Layout>>"
	RunningTitle ArtifactKind = "<</Type/Pagination/Subtype/Header>>"
	RunningFoot  ArtifactKind = "<</Type/Pagination/Subtype/Footer>>"
	PageMatter   ArtifactKind = "<</Type/Page>>" // cutting and folding marks
)

// Artifact draws what is not read aloud and not reflowed: rules, colours,
// running titles, a second copy. Elements begun inside it leave no trace.
func (d *Document) Artifact(kind ArtifactKind, draw func()) {
	if d.artifacts == 0 {
		d.endContent()
		d.write("/Artifact" + string(kind) + "BDC\n")
	}
	d.artifacts++
	draw()
	d.artifacts--
	if d.artifacts == 0 {
		d.write("EMC\n")
	}
}

// beginContent opens marked content for the current element, if it is not
// open.
func (d *Document) beginContent() {
	if d.open || d.artifacts > 0 || d.current == nil {
		return
	}
	if d.at.parent == nil {
		d.fail(fmt.Errorf("page %d: drawn outside any element or artifact", len(d.pages)))
	}
	m := marked{d.current, len(d.current.marked)}
	d.current.marked = append(d.current.marked, d.at)
	d.at.kids = append(d.at.kids, m)
	d.current.drawn = appendMark(d.current.drawn, d.at.tag, m.index)
	d.open = true
}

// appendMark begins marked content. Numbers count from the first of the page;
// see [renumbered].
func appendMark(b []byte, tag Tag, index int) []byte {
	b = append(append(b, '/'), tag...)
	b = strconv.AppendInt(append(b, "<</MCID "...), int64(index), 10)
	return append(b, ">>BDC\n"...)
}

func (d *Document) endContent() {
	if d.open {
		d.write("EMC\n")
		d.open = false
	}
}

// language returns the language of text in the current element.
func (d *Document) language() string {
	for e := d.at; e != nil; e = e.parent {
		if e.attrs != nil && e.attrs.Language != "" {
			return e.attrs.Language
		}
	}
	return d.info.Language
}
