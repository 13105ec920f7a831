package markdown

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// theParser is made once, being large. It keeps nothing between texts and is safe for
// concurrent use.
var theParser = sync.OnceValue(newParser)

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

// paragraphs returns the blocks of a text without any mark, as most abstracts are, so that
// there is nothing to parse but the ends of its lines. It reports false of all others, and of
// some that are.
func paragraphs(src string) ([]Block, bool) {
	src = strings.TrimRight(src, " \n")
	blocks := make([]Block, 0, 1+strings.Count(src, "\n\n"))
	for part := range strings.SplitSeq(src, "\n\n") {
		if !words(part) {
			return nil, false
		}
		blocks = append(blocks, Block{Runs: []Run{{Text: strings.ReplaceAll(part, "\n", " ")}}})
	}
	return blocks, len(src) <= MaxLength
}

// words reports whether src is one paragraph without any mark.
func words(src string) bool {
	if src == "" || len(src) > MaxLength || src[0] < 'A' || !utf8.ValidString(src) || strings.TrimSpace(src) != src {
		return false
	}
	for i := range len(src) {
		switch c := src[i]; {
		case c == '\n' && i+1 < len(src) && src[i+1] >= 'A': // the line goes on
		case c < ' ', c == 0x7F, strings.IndexByte("*_[]<>&\\`@/", c) >= 0:
			return false
		case c == ' ' && (i+1 == len(src) || src[i+1] <= ' '):
			return false
		}
	}
	return !strings.Contains(src, "www.") && !strings.ContainsAny(src, "\u2028\u2029")
}

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
