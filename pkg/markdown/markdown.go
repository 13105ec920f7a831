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
	"bytes"
	"iter"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
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
	source := []byte(prepare(src))
	root := newParser().Parse(text.NewReader(source))
	r := reader{source: source}
	r.read(root, Block{})
	levelHeadings(r.blocks)
	return r.blocks
}

// newParser knows the constructs of this package, and no more.
func newParser() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(
			util.Prioritized(parser.NewThematicBreakParser(), 200),
			util.Prioritized(shallow{parser.NewListParser()}, 300),
			util.Prioritized(parser.NewListItemParser(), 400),
			util.Prioritized(parser.NewATXHeadingParser(), 600),
			util.Prioritized(shallow{parser.NewBlockquoteParser()}, 800),
			util.Prioritized(indented{parser.NewParagraphParser()}, 1000),
		),
		parser.WithInlineParsers(
			util.Prioritized(parser.NewLinkParser(), 200),
			util.Prioritized(parser.NewAutoLinkParser(), 300),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewLinkifyParser(), 999),
		),
	)
}

// shallow is a parser of blocks that opens none below a depth.
type shallow struct{ parser.BlockParser }

// Open opens a block within parent unless that is too deep already.
func (s shallow) Open(parent ast.Node, r text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		if n.Kind() == ast.KindList || n.Kind() == ast.KindBlockquote {
			depth++
		}
	}
	if depth >= maxDepth {
		return nil, parser.NoChildren
	}
	return s.BlockParser.Open(parent, r, pc)
}

// indented is a parser of paragraphs that takes what CommonMark would take for code.
type indented struct{ parser.BlockParser }

// CanAcceptIndentedLine reports true.
func (indented) CanAcceptIndentedLine() bool { return true }

// prepare makes src valid, without control characters, and no longer than can be read.
func prepare(src string) string {
	if len(src) > MaxLength {
		src = src[:MaxLength]
	}
	src = strings.ReplaceAll(strings.ToValidUTF8(src, "\uFFFD"), "\r\n", "\n")
	src = strings.Map(func(r rune) rune {
		switch {
		case r == '\r' || r == '\u2028' || r == '\u2029':
			return '\n'
		case r < ' ' && r != '\n' && r != '\t' || r == 0x7F:
			return -1
		}
		return r
	}, src)
	return divide(src)
}

// divide puts an empty line into paragraphs that have too many marks.
func divide(src string) string {
	var b strings.Builder
	marks, empty := 0, true // of the paragraph and the line so far
	begin := 0
	for i := range len(src) {
		switch src[i] {
		case '*', '_', '[', ']', '!', '<', '(', ')':
			marks++
			empty = false
		case '\n':
			if marks++; empty {
				marks = 0
			}
			empty = true
		case ' ', '\t':
		default:
			empty = false
		}
		if marks > maxMarks {
			b.WriteString(src[begin:i])
			b.WriteString("\n\n")
			begin, marks, empty = i, 0, true
		}
	}
	b.WriteString(src[begin:])
	return b.String()
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

// runs is the text under block. It walks without recursion: emphasis can be deep.
func (r *reader) runs(block ast.Node) []Run {
	w := inline{source: r.source}
	for n := block.FirstChild(); n != nil; {
		w.enter(n)
		if c := n.FirstChild(); c != nil {
			n = c
			continue
		}
		for n != nil && n != block {
			w.leave(n)
			if s := n.NextSibling(); s != nil {
				n = s
				break
			}
			n = n.Parent()
		}
		if n == block {
			break
		}
	}
	return trim(w.runs)
}

// An inline collects the runs of one block.
type inline struct {
	source       []byte
	runs         []Run
	bold, italic int // how many are open
	link         string
}

// enter begins n.
func (w *inline) enter(n ast.Node) {
	switch n := n.(type) {
	case *ast.Emphasis:
		w.emphasis(n, 1)
	case *ast.Link:
		w.link = address(unescape(n.Destination))
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Text:
		w.write(unescape(n.Value(w.source)))
		if n.HardLineBreak() {
			w.write("\n")
		} else if n.SoftLineBreak() {
			w.write(" ")
		}
	case *ast.String:
		w.write(string(n.Value))
	}
}

// leave ends n.
func (w *inline) leave(n ast.Node) {
	switch n := n.(type) {
	case *ast.Emphasis:
		w.emphasis(n, -1)
	case *ast.Link:
		w.link = ""
	}
}

func (w *inline) emphasis(n *ast.Emphasis, by int) {
	if n.Level == 1 {
		w.italic += by
	} else {
		w.bold += by
	}
}

// autoLink writes an address that stands for itself.
func (w *inline) autoLink(n *ast.AutoLink) {
	label := string(n.Label(w.source))
	url := string(n.URL(w.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	outer := w.link
	if outer == "" {
		w.link = address(url)
	}
	w.write(label)
	w.link = outer
}

// write adds text in the style that is open, to the last run if that has the same.
func (w *inline) write(s string) {
	if s == "" {
		return
	}
	run := Run{Text: s, Bold: w.bold > 0, Italic: w.italic > 0, Link: w.link}
	if n := len(w.runs); n > 0 && sameStyle(w.runs[n-1], run) {
		w.runs[n-1].Text += s
		return
	}
	w.runs = append(w.runs, run)
}

func sameStyle(a, b Run) bool { return a.Bold == b.Bold && a.Italic == b.Italic && a.Link == b.Link }

// byLink yields runs in parts that have one link, or none.
func byLink(runs []Run) iter.Seq[[]Run] {
	return func(yield func([]Run) bool) {
		for len(runs) > 0 {
			n := 1
			for n < len(runs) && runs[n].Link == runs[0].Link {
				n++
			}
			if !yield(runs[:n]) {
				return
			}
			runs = runs[n:]
		}
	}
}

// trim takes space off the ends.
func trim(runs []Run) []Run {
	for len(runs) > 0 {
		first := &runs[0]
		if first.Text = strings.TrimLeft(first.Text, " \t\n"); first.Text != "" {
			break
		}
		runs = runs[1:]
	}
	for len(runs) > 0 {
		last := &runs[len(runs)-1]
		if last.Text = strings.TrimRight(last.Text, " \t\n"); last.Text != "" {
			break
		}
		runs = runs[:len(runs)-1]
	}
	return runs
}

// unescape resolves backslashes before punctuation, and character references.
func unescape(b []byte) string {
	if !bytes.ContainsAny(b, `\&`) {
		return string(b)
	}
	var s strings.Builder
	for i := 0; i < len(b); {
		switch {
		case b[i] == '\\' && i+1 < len(b) && util.IsPunct(b[i+1]):
			s.WriteByte(b[i+1])
			i += 2
		case b[i] == '&':
			text, n := reference(b[i:])
			s.WriteString(text)
			i += n
		default:
			s.WriteByte(b[i])
			i++
		}
	}
	return s.String()
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
