package block

import (
	"bytes"
	"sort"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// maxQuoting is how many marks of quotation or list may stand at the beginning
// of a line: parsing takes time by their square.
const maxQuoting = 40

// FromMarkdown returns the lines of a Markdown document with tables and strike-through,
// and the keys of its front matter. HTML within it is read as HTML.
func FromMarkdown(s string) ([]Block, error) {
	if err := checkSize(len(s)); err != nil {
		return nil, err
	}
	r := markdownReader{}
	fields, body, skipped := frontMatter(s)
	r.blocks = fields
	r.source = []byte(flatten(body))
	r.first = skipped + 1
	r.index()
	p := goldmark.New(goldmark.WithExtensions(extension.Table, extension.Strikethrough)).Parser()
	doc := p.Parse(text.NewReader(r.source))
	err := r.walk(doc)
	return r.blocks, err
}

type markdownReader struct {
	list
	source []byte
	lines  []int // where the lines of source begin
	first  int   // the number of its first line
	table  int
	depth  int // of lists
	last   int // the last line of the block before
}

// flatten takes out of s what no person writes and parsing takes time by the
// square of: deep quotations and lists, and thousands of marks in a paragraph.
// What it changes, it changes to look-alikes.
func flatten(s string) string {
	lines := strings.Split(s, "\n")
	marks := 0
	for i, line := range lines {
		rest := strings.TrimLeft(line, ">-*+ \t[")
		if head := line[:len(line)-len(rest)]; len(head) > maxQuoting && strings.TrimSpace(head) != "" {
			lines[i] = strings.ReplaceAll(head, " ", "") + " " + rest
			if len(lines[i]) > 0 {
				lines[i] = "\u200b" + lines[i] // so that it begins neither a list nor a quotation
			}
		}
		if strings.TrimSpace(line) == "" {
			marks = 0
			continue
		}
		for _, mark := range []string{"[", "`", "*", "_", "<", "~", "!"} {
			marks += strings.Count(line, mark)
		}
		if marks > maxMarks {
			lines[i] = lookAlikes.Replace(lines[i])
		}
	}
	return strings.Join(lines, "\n")
}

// maxMarks is how many marks of emphasis, code and links a paragraph may have.
const maxMarks = 3000

var lookAlikes = strings.NewReplacer("[", "(", "]", ")", "`", "'", "*", "·", "_", "-", "<", "‹", "~", "-", "!", ".")

// index finds the lines of the source.
func (r *markdownReader) index() {
	r.lines = []int{0}
	for i, c := range r.source {
		if c == '\n' {
			r.lines = append(r.lines, i+1)
		}
	}
}

// line returns the number of the source line that contains offset.
func (r *markdownReader) line(offset int) int {
	return r.first + sort.SearchInts(r.lines, offset+1) - 1
}

// start returns the number of the line that n begins on.
func (r *markdownReader) start(n ast.Node) int {
	for c := n; c != nil; c = c.FirstChild() {
		if c.Type() == ast.TypeBlock && c.Lines().Len() > 0 {
			return r.line(c.Lines().At(0).Start)
		}
		if t, ok := c.(*ast.Text); ok {
			return r.line(t.Segment.Start)
		}
	}
	return max(r.last, r.first)
}

// walk reads the blocks of doc in order.
func (r *markdownReader) walk(doc ast.Node) error {
	return ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		if _, ok := n.(*ast.List); ok {
			if entering {
				r.depth++
			} else {
				r.depth--
			}
			return ast.WalkContinue, nil
		}
		if !entering {
			return ast.WalkContinue, nil
		}
		return r.enter(n)
	})
}

func (r *markdownReader) enter(n ast.Node) (ast.WalkStatus, error) {
	switch n := n.(type) {
	case *ast.Heading:
		return ast.WalkSkipChildren, r.inline(Block{Kind: Heading, Level: n.Level}, n)
	case *ast.Paragraph, *ast.TextBlock:
		return ast.WalkSkipChildren, r.inline(r.itemOrText(n), n)
	case *ast.CodeBlock, *ast.FencedCodeBlock:
		return ast.WalkSkipChildren, r.code(n)
	case *ast.HTMLBlock:
		return ast.WalkSkipChildren, r.html(n)
	case *east.Table:
		r.table++
	case *east.TableHeader, *east.TableRow:
		return ast.WalkSkipChildren, r.row(n)
	}
	return ast.WalkContinue, nil
}

// itemOrText returns the block of a paragraph: the first of an item is the
// item, further ones are text inside it.
func (r *markdownReader) itemOrText(n ast.Node) Block {
	item, ok := n.Parent().(*ast.ListItem)
	if !ok {
		return Block{}
	}
	if item.FirstChild() == n {
		return Block{Kind: Item, Level: r.depth}
	}
	return Block{Kind: Text, Level: r.depth}
}

// code reads preformatted lines, each as text of its own.
func (r *markdownReader) code(n ast.Node) error {
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		line := r.line(segment.Start)
		if err := r.add(Block{Text: Clean(string(segment.Value(r.source))), Line: line, Gap: r.gap(line), Level: r.depth}); err != nil {
			return err
		}
		r.last = line
	}
	return nil
}

func (r *markdownReader) gap(line int) int { return max(0, line-r.last-1) }

// html reads HTML between blocks of Markdown.
func (r *markdownReader) html(n *ast.HTMLBlock) error {
	var b bytes.Buffer
	for i := range n.Lines().Len() {
		segment := n.Lines().At(i)
		b.Write(segment.Value(r.source))
	}
	if n.HasClosure() {
		b.Write(n.ClosureLine.Value(r.source))
	}
	blocks, err := FromHTML(b.String())
	if err != nil {
		return err
	}
	base := r.start(n) - 1
	for _, h := range blocks {
		h.Line += base
		for _, c := range h.Cells {
			for i := range c {
				c[i].Line += base
			}
		}
		if err := r.add(h); err != nil {
			return err
		}
	}
	return nil
}

// row reads a row of a table.
func (r *markdownReader) row(n ast.Node) error {
	_, header := n.(*east.TableHeader)
	b := Block{Kind: Row, Table: r.table, Header: header, Line: r.start(n)}
	r.last = b.Line
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		in := inlineReader{source: r.source}
		in.read(c)
		cell, err := cellOf(in.pieces, b.Line)
		if err != nil {
			return err
		}
		b.Cells = append(b.Cells, cell)
		r.count += len(cell)
	}
	b.Text = joinCells(b.Cells)
	return r.add(b)
}

// joinCells returns the text of a row.
func joinCells(cells []Cell) string {
	var parts []string
	for _, c := range cells {
		if s := c.String(); s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, " | ")
}

// cellOf returns the lines of a cell, which HTML (<br>, lists) may divide.
func cellOf(pieces []piece, line int) (Cell, error) {
	var cell Cell
	for _, p := range divide(pieces) {
		if b := p.block(Block{Line: line}); b.Text != "" {
			cell = append(cell, b)
		}
	}
	return cell, nil
}

// inline reads the text of a heading, paragraph or item. Lines stay apart.
func (r *markdownReader) inline(b Block, n ast.Node) error {
	in := inlineReader{source: r.source}
	in.read(n)
	line := r.start(n)
	gap := r.gap(line)
	for i, p := range divide(in.pieces) {
		one := b
		if i > 0 && b.Kind == Item {
			one.Kind = Text
		}
		one.Line, one.Gap = line+p.line, 0
		if i == 0 {
			one.Gap = gap
		}
		if err := r.add(p.block(one)); err != nil {
			return err
		}
		r.last = max(r.last, one.Line)
	}
	if n.Lines().Len() > 0 {
		r.last = r.line(n.Lines().At(n.Lines().Len() - 1).Start)
	}
	return nil
}
