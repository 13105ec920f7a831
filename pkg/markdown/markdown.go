// Package markdown reads the small Markdown of abstracts, notes and practical information,
// and writes it for pages, print and calendars.
//
// It has paragraphs, headings (#), lists, quotations (>), emphasis, links and line breaks,
// as CommonMark has them. The writers are many and some are strangers, so the rest is left
// out: HTML is shown as it was typed, images are their alternative text, a link leads to a
// web page, a mail address or a telephone number or is just text; there is no code, no
// table and no reference.
//
// # Design
//
// Everything is made from one value, the [Block]s: a page, a printed programme and a
// calendar can never differ in what they understood. Blocks are a flat list, because
// print lays out paragraphs one below the other; lists know their depth.
//
// Any input takes bounded time: long texts are cut, deep nesting is flattened, and a
// paragraph with thousands of marks is parsed in pieces (see [MaxLength]).
package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// The bounds of what is read.
const (
	// MaxLength is the longest text, in bytes; what is beyond it is cut off.
	MaxLength = 200_000
	// maxMarks is where a paragraph is divided, in characters that may be marks of emphasis
	// or links, or ends of lines: they take time by the square of their number.
	maxMarks = 1_000
	// maxDepth is how deep lists and quotations nest; deeper ones are of the last depth.
	maxDepth = 6
)

// A Kind says what a [Block] is.
type Kind uint8

// The kinds of blocks.
const (
	Paragraph Kind = iota
	Heading        // Level is 1 for the highest
	Item           // the first paragraph of a list's item; Level is its depth, from 1
)

// A Block is a paragraph of some kind.
type Block struct {
	Kind   Kind
	Level  int  // of a heading; of an item or a further paragraph of one: its depth
	Number int  // of an item in a numbered list; -1 in a list with bullets
	Quote  bool // within a quotation
	Runs   []Run
}

// A Run is a piece of text of one style. Line breaks are "\n".
type Run struct {
	Text   string
	Bold   bool
	Italic bool
	Link   string // an address with http, https, mailto or tel; "" for none
}

// Bullet is the Number of items in lists with bullets.
const Bullet = -1

// Text returns the block's text without styles.
func (b Block) Text() string {
	var s strings.Builder
	for _, r := range b.Runs {
		s.WriteString(r.Text)
	}
	return s.String()
}

// Blocks reads src. Blocks without text are left out.
func Blocks(src string) []Block {
	if plain, ok := paragraphs(src); ok {
		return plain
	}
	source := []byte(prepare(src))
	root := theParser().Parse(text.NewReader(source))
	r := reader{source: source}
	r.read(root, Block{})
	levelHeadings(r.blocks)
	return r.blocks
}

// A reader makes blocks of a parsed text.
type reader struct {
	source []byte
	blocks []Block
}

// read adds the blocks under parent; those that are no headings begin as at. The depth of
// the tree is bounded by the parser.
func (r *reader) read(parent ast.Node, at Block) {
	for n := parent.FirstChild(); n != nil; n = n.NextSibling() {
		switch n := n.(type) {
		case *ast.Heading:
			r.add(Block{Kind: Heading, Level: n.Level, Quote: at.Quote}, n)
		case *ast.Paragraph, *ast.TextBlock:
			r.add(at, n)
		case *ast.List:
			r.list(n, at)
		case *ast.Blockquote:
			r.read(n, Block{Level: at.Level, Quote: true})
		}
		at = Block{Level: at.Level, Quote: at.Quote} // an item begins once
	}
}

// list adds the items of a list that is within at.
func (r *reader) list(list *ast.List, at Block) {
	item := Block{Kind: Item, Level: at.Level + 1, Number: Bullet, Quote: at.Quote}
	if list.IsOrdered() {
		item.Number = list.Start
	}
	for n := list.FirstChild(); n != nil; n = n.NextSibling() {
		r.read(n, item)
		if list.IsOrdered() {
			item.Number++
		}
	}
}

// add adds b with the text under n, unless there is none.
func (r *reader) add(b Block, n ast.Node) {
	b.Runs = r.runs(n)
	if strings.TrimSpace(b.Text()) != "" {
		r.blocks = append(r.blocks, b)
	}
}

// levelHeadings makes the levels of headings an outline: the highest in use is 1, and none
// is more than one below the heading before it.
func levelHeadings(blocks []Block) {
	var used [7]bool
	for _, b := range blocks {
		if b.Kind == Heading {
			used[b.Level] = true
		}
	}
	var rank [7]int
	for level := 1; level < len(used); level++ {
		rank[level] = rank[level-1]
		if used[level] {
			rank[level]++
		}
	}
	before := 0
	for i, b := range blocks {
		if b.Kind == Heading {
			before = min(rank[b.Level], before+1)
			blocks[i].Level = before
		}
	}
}
