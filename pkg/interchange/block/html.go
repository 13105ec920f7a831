package block

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// FromHTML returns the lines of an HTML page. Scripts, style sheets and
// comments are left out; menus, headers and footers are marked as aside. The
// title of the page comes first, as the field "title".
func FromHTML(s string) ([]Block, error) {
	if err := checkSize(len(s)); err != nil {
		return nil, err
	}
	fields, body, skipped := frontMatter(s)
	z := html.NewTokenizer(strings.NewReader(body))
	z.SetMaxBuf(maxTag)
	r := htmlReader{line: skipped + 1}
	r.blocks = fields
	for {
		kind := z.Next()
		line := r.line
		r.line += strings.Count(string(z.Raw()), "\n")
		if kind == html.ErrorToken {
			return r.end(z.Err())
		}
		if err := r.token(kind, z.Token(), line); err != nil {
			return nil, err
		}
	}
}

// An htmlReader reads one page.
type htmlReader struct {
	list
	line   int
	skip   atom.Atom // inside this element nothing is read
	pieces []piece
	at     int // the line that pieces begin on

	bold, struck, aside, lists int
	heading                    int  // level of the open heading
	item                       bool // the next text is the first of an item
	title                      bool
	pre                        bool            // text stands as it is typed
	raw                        strings.Builder // that text
	preLine                    int             // the line that it begins on
	quirk                      []atom.Atom     // open elements that strike or embolden by their attributes

	tables  []*htmlTable // open ones
	numbers int          // tables so far
}

// An htmlTable is an open table.
type htmlTable struct {
	number int
	row    *Block
	cell   *Cell
	heads  int           // header cells in the row
	span   int           // columns that the open cell takes
	below  int           // rows that the open cell takes
	down   map[int]carry // cells that reach into rows further down, by column
}

// A carry is a cell that reaches into further rows.
type carry struct {
	cell Cell
	rows int
}

func (r *htmlReader) end(err error) ([]Block, error) {
	if errors.Is(err, html.ErrBufferExceeded) {
		return nil, fmt.Errorf("HTML tag of more than %d bytes: %w", maxTag, ErrTooLarge)
	}
	if !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("HTML: %v: %w", err, ErrBroken)
	}
	if err := errors.Join(r.flush(), r.endPre()); err != nil {
		return nil, err
	}
	for len(r.tables) > 0 {
		if err := r.endTable(); err != nil {
			return nil, err
		}
	}
	return r.blocks, nil
}

func (r *htmlReader) token(kind html.TokenType, t html.Token, line int) error {
	switch kind {
	case html.TextToken:
		if r.skip == 0 {
			r.text(t.Data, line)
		}
	case html.StartTagToken, html.SelfClosingTagToken:
		if r.skip != 0 {
			return nil
		}
		return r.start(t, kind == html.SelfClosingTagToken, line)
	case html.EndTagToken:
		if r.skip != 0 {
			if t.DataAtom == r.skip {
				r.skip = 0
			}
			return nil
		}
		return r.stop(t.DataAtom)
	}
	return nil
}

func (r *htmlReader) text(s string, line int) {
	if r.pre && r.table() == nil {
		r.raw.WriteString(s)
		return
	}
	if strings.TrimSpace(s) == "" {
		if len(r.pieces) > 0 {
			r.pieces = append(r.pieces, piece{text: " "})
		}
		return
	}
	if len(r.pieces) == 0 {
		r.at = line + strings.Count(s[:len(s)-len(strings.TrimLeft(s, " \t\n\r"))], "\n")
	}
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\n", " "), "\t", " ")
	r.pieces = append(r.pieces, piece{text: s, bold: r.bold > 0, struck: r.struck > 0})
}

// start reads an opening tag.
func (r *htmlReader) start(t html.Token, void bool, line int) error {
	if inlineTags[t.DataAtom] {
		return r.startInline(t)
	}
	switch t.DataAtom {
	case atom.Script, atom.Style, atom.Template, atom.Noscript, atom.Svg, atom.Select, atom.Iframe, atom.Object:
		if !void {
			r.skip = t.DataAtom
		}
		return nil
	case 0: // elements of somebody's own
		return r.flush()
	}
	if err := r.flush(); err != nil {
		return err
	}
	switch t.DataAtom {
	case atom.Title:
		r.title = true
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.heading = int(t.Data[1] - '0')
	case atom.Ul, atom.Ol:
		r.lists++
		r.item = false
	case atom.Li, atom.Dt:
		r.item = true
	case atom.Nav, atom.Footer, atom.Aside, atom.Header:
		r.aside++
	case atom.Table, atom.Tr, atom.Td, atom.Th:
		return r.startTable(t, line)
	case atom.Pre:
		if !r.pre {
			r.pre, r.preLine = true, line
		}
	}
	return nil
}

// endPre reads what a page shows as it is typed as plain text.
func (r *htmlReader) endPre() error {
	r.pre = false
	if r.raw.Len() == 0 {
		return nil
	}
	blocks, err := FromText(r.raw.String())
	r.raw.Reset()
	for i := range blocks {
		b := blocks[i]
		b.Line, b.Aside = b.Line+r.preLine-1, r.aside > 0
		err = errors.Join(err, r.add(b))
	}
	return err
}

// inlineTags do not end a line.
var inlineTags = map[atom.Atom]bool{
	atom.A: true, atom.B: true, atom.Strong: true, atom.I: true, atom.Em: true, atom.Span: true, atom.Small: true, atom.U: true,
	atom.S: true, atom.Del: true, atom.Strike: true, atom.Sup: true, atom.Sub: true, atom.Code: true, atom.Abbr: true, atom.Time: true,
	atom.Font: true, atom.Mark: true, atom.Label: true, atom.Cite: true, atom.Q: true, atom.Img: true, atom.Input: true, atom.Bdi: true,
	atom.Bdo: true, atom.Wbr: true, atom.Button: true, atom.Ins: true, atom.Kbd: true, atom.Var: true, atom.Tt: true, atom.Big: true,
}

func (r *htmlReader) startInline(t html.Token) error {
	switch t.DataAtom {
	case atom.B, atom.Strong:
		r.bold++
	case atom.S, atom.Del, atom.Strike:
		r.struck++
	case atom.Span:
		style := attribute(t, "style")
		switch {
		case strings.Contains(style, "line-through"):
			r.struck++
			r.quirk = append(r.quirk, atom.S)
		case strings.Contains(style, "bold"):
			r.bold++
			r.quirk = append(r.quirk, atom.B)
		default:
			r.quirk = append(r.quirk, 0)
		}
	}
	return nil
}

func attribute(t html.Token, name string) string {
	for _, a := range t.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// stop reads a closing tag.
func (r *htmlReader) stop(tag atom.Atom) error {
	switch tag {
	case atom.B, atom.Strong:
		r.bold = max(0, r.bold-1)
	case atom.S, atom.Del, atom.Strike:
		r.struck = max(0, r.struck-1)
	case atom.Span:
		r.endSpan()
	}
	if inlineTags[tag] {
		return nil
	}
	if err := r.flush(); err != nil {
		return err
	}
	switch tag {
	case atom.Title:
		r.title = false
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.heading = 0
	case atom.Ul, atom.Ol:
		r.lists = max(0, r.lists-1)
	case atom.Nav, atom.Footer, atom.Aside, atom.Header:
		r.aside = max(0, r.aside-1)
	case atom.Td, atom.Th:
		r.endCell()
	case atom.Tr:
		return r.endRow()
	case atom.Table:
		return r.endTable()
	case atom.Pre:
		return r.endPre()
	}
	return nil
}

func (r *htmlReader) endSpan() {
	if len(r.quirk) == 0 {
		return
	}
	switch r.quirk[len(r.quirk)-1] {
	case atom.S:
		r.struck = max(0, r.struck-1)
	case atom.B:
		r.bold = max(0, r.bold-1)
	}
	r.quirk = r.quirk[:len(r.quirk)-1]
}

// flush ends the open line.
func (r *htmlReader) flush() error {
	if len(r.pieces) == 0 {
		return nil
	}
	b := Block{Line: r.at, Aside: r.aside > 0}
	switch {
	case r.heading > 0:
		b.Kind, b.Level = Heading, r.heading
	case r.lists > 0 && r.item:
		b.Kind, b.Level = Item, r.lists
	case r.lists > 0:
		b.Level = r.lists
	}
	r.item = false
	b = span{pieces: r.pieces}.block(b)
	r.pieces = r.pieces[:0]
	if r.title {
		b.Kind, b.Text, b.Level = Field, "title: "+b.Text, 0
	}
	if t := r.table(); t != nil && t.cell != nil {
		if r.count++; r.count > MaxBlocks {
			return tooManyLines()
		}
		if b.Text != "" {
			*t.cell = append(*t.cell, b)
		}
		return nil
	}
	return r.add(b)
}

// table returns the innermost open table, or nil.
func (r *htmlReader) table() *htmlTable {
	if len(r.tables) == 0 {
		return nil
	}
	return r.tables[len(r.tables)-1]
}

func (r *htmlReader) startTable(t html.Token, line int) error {
	if t.DataAtom == atom.Table {
		if len(r.tables) > 20 {
			return nil // its rows are read as those of the table around it
		}
		r.numbers++
		r.tables = append(r.tables, &htmlTable{number: r.numbers, down: map[int]carry{}})
		return nil
	}
	table := r.table()
	if table == nil {
		return nil
	}
	if t.DataAtom == atom.Tr || table.row == nil {
		if err := r.endRow(); err != nil {
			return err
		}
		table.row, table.heads = &Block{Kind: Row, Table: table.number, Line: line, Aside: r.aside > 0}, 0
	}
	if t.DataAtom != atom.Tr {
		r.endCell()
		table.fill()
		table.cell = &Cell{}
		table.span, table.below = number(attribute(t, "colspan")), number(attribute(t, "rowspan"))
		if t.DataAtom == atom.Th {
			table.heads++
		}
	}
	return nil
}

// number reads the value of colspan and rowspan; nonsense is 1.
func number(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, 100)
}

// fill puts cells that reach down from rows above into the open row.
func (t *htmlTable) fill() {
	for {
		at := len(t.row.Cells)
		c, ok := t.down[at]
		if !ok {
			return
		}
		t.row.Cells = append(t.row.Cells, slices.Clone(c.cell))
		if c.rows--; c.rows == 0 {
			delete(t.down, at)
		} else {
			t.down[at] = c
		}
	}
}

func (r *htmlReader) endCell() {
	t := r.table()
	if t == nil || t.cell == nil || t.row == nil {
		return
	}
	if t.below > 1 {
		t.down[len(t.row.Cells)] = carry{*t.cell, t.below - 1}
	}
	t.row.Cells = append(t.row.Cells, *t.cell)
	for range t.span - 1 {
		t.row.Cells = append(t.row.Cells, nil)
	}
	t.cell = nil
}

func (r *htmlReader) endRow() error {
	t := r.table()
	if t == nil || t.row == nil {
		return nil
	}
	r.endCell()
	t.fill()
	row := *t.row
	t.row = nil
	row.Header = t.heads > 0 && t.heads == len(row.Cells)
	row.Text = joinCells(row.Cells)
	if row.Text == "" {
		return nil
	}
	if outer := len(r.tables) - 2; outer >= 0 && r.tables[outer].cell != nil {
		*r.tables[outer].cell = append(*r.tables[outer].cell, Block{Text: row.Text, Line: row.Line})
		return nil
	}
	return r.add(row)
}

func (r *htmlReader) endTable() error {
	if len(r.tables) == 0 {
		return nil
	}
	err := r.endRow()
	r.tables = r.tables[:len(r.tables)-1]
	return err
}
