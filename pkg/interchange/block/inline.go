package block

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"golang.org/x/net/html"
)

// A piece is a run of inline text of one style. One with newline ends a line:
// hard where the writer wanted it, soft where the source only wrapped.
type piece struct {
	text       string
	bold       bool
	struck     bool
	hard, soft bool
}

// A span is the pieces of one line.
type span struct {
	pieces []piece
	line   int // how many lines of the source below the first
}

// block completes b with the text of s.
func (s span) block(b Block) Block {
	var text strings.Builder
	struck, all := 0, 0
	from, to, ended := -1, 0, false
	for _, p := range s.pieces {
		blank := strings.TrimSpace(p.text) == ""
		switch {
		case p.bold && from < 0 && !blank:
			from = len(Clean(text.String()))
			if from > 0 {
				from++ // the space that Clean cut off
			}
		case !p.bold && from >= 0 && !blank:
			ended = true
		}
		text.WriteString(p.text)
		if p.bold && !ended && !blank {
			to = len(Clean(text.String()))
		}
		all += len(p.text)
		if p.struck {
			struck += len(p.text)
		}
	}
	raw := text.String()
	b.Text, b.Struck = Clean(raw), struck > 0 && struck*2 > all
	if from >= 0 {
		b.Strong = [2]int{min(from, len(b.Text)), min(to, len(b.Text))}
	}
	if lead, ok := strings.CutPrefix(strings.TrimLeft(raw, " "), "\t"); ok && b.Kind == Text { // a cell of a row whose first is empty
		b.Indent, b.Text = 8, Clean(lead)
	}
	return b
}

// divide cuts pieces into lines. A soft break joins lines that were wrapped at
// a common width, and keeps apart those that were not.
func divide(pieces []piece) []span {
	var spans []span
	current, length, below := span{}, 0, 0
	for i, p := range pieces {
		if !p.hard && !p.soft {
			current.pieces = append(current.pieces, p)
			length += len(p.text)
			continue
		}
		if p.soft {
			below++
		}
		if p.soft && wrapped(length, pieces[i+1:]) {
			current.pieces = append(current.pieces, piece{text: " "})
			length = 0
			continue
		}
		spans = append(spans, current)
		current, length = span{line: below}, 0
	}
	return append(spans, current)
}

// wrapped reports whether a line of the given length was cut where its source
// ran out of width: it is long, not too long, and what follows does not begin
// like a line of its own.
func wrapped(length int, rest []piece) bool {
	if len(rest) == 0 || length < 40 || length > 240 {
		return false
	}
	next := ""
	for _, p := range rest {
		if p.hard || p.soft || len(next) > 60 {
			break
		}
		next += p.text
	}
	return next != "" && !apart.MatchString(next)
}

// apart matches the beginnings of lines that stand for themselves: times,
// cells, labels in bold.
var apart = regexp.MustCompile(`^(\t|\s*\(?\[?\d{1,2}[:.hH]\d{2}|\s*\d{4}\s?[-–]\s?\d{4}|\s*[•●○▪]|[^\s:.?!,][^:.?!,]{1,30}:\s)`)

// An inlineReader reads what is inside a block of Markdown.
type inlineReader struct {
	source       []byte
	pieces       []piece
	bold, struck int
}

// read appends the text of the children of n.
func (r *inlineReader) read(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			r.text(string(c.Segment.Value(r.source)))
			if c.HardLineBreak() {
				r.pieces = append(r.pieces, piece{hard: true, soft: true})
			} else if c.SoftLineBreak() {
				r.softBreak(c)
			}
		case *ast.String:
			r.text(string(c.Value))
		case *ast.AutoLink:
			r.text(string(c.URL(r.source)))
		case *ast.RawHTML:
			r.html(c)
		case *ast.Emphasis:
			r.styled(c, &r.bold, c.Level-1)
		case *east.Strikethrough:
			r.styled(c, &r.struck, 1)
		case *ast.Link:
			r.read(c)
			if to := string(c.Destination); strings.HasPrefix(to, "http") {
				r.text(" <" + to + ">")
			}
		default:
			r.read(c)
		}
	}
}

// softBreak keeps the tab that the next line begins with, which Markdown drops:
// it stands for an empty cell.
func (r *inlineReader) softBreak(t *ast.Text) {
	r.pieces = append(r.pieces, piece{soft: true})
	for i := t.Segment.Stop; i < len(r.source); i++ {
		switch r.source[i] {
		case '\n', ' ', '\r':
		case '\t':
			r.text("\t")
			return
		default:
			return
		}
	}
}

func (r *inlineReader) styled(n ast.Node, counter *int, by int) {
	*counter += by
	r.read(n)
	*counter -= by
}

func (r *inlineReader) text(s string) {
	r.pieces = append(r.pieces, piece{text: html.UnescapeString(s), bold: r.bold > 0, struck: r.struck > 0})
}

// html reads a tag within Markdown.
func (r *inlineReader) html(n *ast.RawHTML) {
	for i := range n.Segments.Len() {
		segment := n.Segments.At(i)
		tag := strings.ToLower(strings.Trim(string(segment.Value(r.source)), "</> "))
		name, _, _ := strings.Cut(tag, " ")
		closing := strings.HasPrefix(string(segment.Value(r.source)), "</")
		step := 1
		if closing {
			step = -1
		}
		switch name {
		case "br", "li", "p", "div", "ul", "ol", "tr":
			r.pieces = append(r.pieces, piece{hard: true})
		case "b", "strong":
			r.bold = max(0, r.bold+step)
		case "s", "del", "strike":
			r.struck = max(0, r.struck+step)
		}
	}
}
