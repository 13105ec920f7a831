package block

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// FromText returns the lines of plain text. Bullets are items, their depth
// follows from how far they stand in; underlined lines and those in capitals
// between blank lines are headings; a line that is cut by tabs is a row.
func FromText(s string) ([]Block, error) {
	if err := checkSize(len(s)); err != nil {
		return nil, err
	}
	r := textReader{numbered: strings.Contains("\n"+s, "\n2. ") && strings.Contains("\n"+s, "\n1. ")}
	for n, line := range strings.Split(s, "\n") {
		if err := r.line(line, n+1); err != nil {
			return nil, err
		}
	}
	return r.blocks, nil
}

type textReader struct {
	list
	gap      int
	indents  []int // of the items that the next one may be inside of
	numbered bool  // there is a list with numbers
	number   int   // of its last point
	bare     bool  // the last item stood below another without a bullet
}

func (r *textReader) line(line string, number int) error {
	indent, rest := indentation(strings.TrimRight(line, " \t\f\v"))
	if rest == "" {
		r.gap++
		return nil
	}
	b := Block{Text: Clean(strings.ReplaceAll(rest, "\t", " \t ")), Gap: r.gap, Indent: indent, Line: number}
	r.gap = 0
	if rule(rest) {
		r.underline(rest)
		return nil
	}
	if title := strings.Trim(rest, "= "); strings.HasPrefix(rest, "==") && strings.HasSuffix(rest, "==") && title != "" {
		b.Kind, b.Level, b.Text = Heading, 2, Clean(title)
		return r.add(b)
	}
	if bullet, text := r.cutBullet(rest); bullet {
		b.Kind, b.Text = Item, Clean(text)
		b.Level = r.depth(indent)
		r.bare = false
		return r.add(b)
	}
	if strings.Contains(strings.TrimSpace(rest), "\t") {
		return r.add(r.row(b, rest))
	}
	if len(r.indents) > 0 && r.continues(&b) {
		return nil
	}
	if b.Gap > 0 || indent <= first(r.indents) {
		r.indents = nil
	}
	return r.add(b)
}

func first(list []int) int {
	if len(list) == 0 {
		return 0
	}
	return list[0]
}

// row returns the cells of a line that tabs cut.
func (r *textReader) row(b Block, rest string) Block {
	b.Kind, b.Table = Row, 1
	for _, cell := range strings.SplitN(rest, "\t", MaxCells) {
		var c Cell
		if text := Clean(cell); text != "" {
			c = Cell{{Text: text, Line: b.Line}}
		}
		b.Cells = append(b.Cells, c)
	}
	return b
}

// continues adds b to the item before it if it is the rest of its sentence:
// it stands in at least as far and no blank line is between them.
func (r *textReader) continues(b *Block) bool {
	if len(r.blocks) == 0 || b.Gap > 0 {
		return false
	}
	last := &r.blocks[len(r.blocks)-1]
	if last.Kind == Item && r.bare && b.Indent == last.Indent {
		b.Kind, b.Level = Item, last.Level
		return r.add(*b) == nil
	}
	if last.Kind != Item || b.Indent <= last.Indent {
		return false
	}
	if lower(b.Text) || len(last.Text) >= 60 && !apart.MatchString(b.Text) {
		last.Text += " " + b.Text
		return true
	}
	if b.Indent > last.Indent+3 { // a line of its own below the item
		b.Kind, b.Level, r.bare = Item, last.Level+1, true
	} else {
		b.Level = last.Level
	}
	return r.add(*b) == nil
}

// lower reports whether s begins with a small letter.
func lower(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(first)
}

// depth returns how deep an item at indent is.
func (r *textReader) depth(indent int) int {
	for len(r.indents) > 0 && r.indents[len(r.indents)-1] > indent {
		r.indents = r.indents[:len(r.indents)-1]
	}
	if len(r.indents) == 0 || r.indents[len(r.indents)-1] < indent {
		r.indents = append(r.indents, indent)
	}
	return len(r.indents)
}

// underline makes the line before a rule of "=" or "-" a heading.
func (r *textReader) underline(rule string) {
	if len(r.blocks) == 0 {
		return
	}
	if last := &r.blocks[len(r.blocks)-1]; last.Kind == Text && last.Gap+1 > 0 {
		last.Kind, last.Level = Heading, 2
		if rule[0] == '=' {
			last.Level = 1
		}
	}
}

// rule reports whether s is a line of "=" or "-" only.
func rule(s string) bool {
	return len(s) >= 3 && (strings.Trim(s, "=") == "" || strings.Trim(s, "-") == "" || strings.Trim(s, "_") == "")
}

// indentation returns how many columns line stands in, with tabs of eight.
func indentation(line string) (int, string) {
	columns := 0
	for i, c := range line {
		switch {
		case c == '\t':
			columns += 8 - columns%8
		case c == ' ' || c == '\u00a0' || c == '\ufeff':
			columns++
		default:
			return columns, line[i:]
		}
	}
	return columns, ""
}

// bullets are the characters that people put before items.
const bullets = "*-•●○◦▪■□‣⁃–·►➢✓"

// cutBullet removes a bullet or a number from the beginning of s.
func cutBullet(s string) (bool, string) {
	first, size := utf8.DecodeRuneInString(s)
	rest := s[size:]
	if strings.ContainsRune(bullets, first) && strings.TrimLeft(rest, " \t") != rest {
		return true, rest
	}
	if m := lettering.FindString(s); m != "" {
		return true, s[len(m):]
	}
	return false, s
}

// cutBullet removes a bullet, or a number if it is that of the next point: a
// line may begin with a date ("12. November") as well.
func (r *textReader) cutBullet(s string) (bool, string) {
	if m := numbering.FindStringSubmatch(s); m != nil && r.numbered {
		if n, _ := strconv.Atoi(m[1]); n == 1 || n == r.number+1 {
			r.number = n
			return true, s[len(m[0]):]
		}
	}
	return cutBullet(s)
}

var numbering = regexp.MustCompile(`^(\d{1,2})\.\s+`)

// lettering matches letters and numbers before the points of a list.
var lettering = regexp.MustCompile(`^(?:[a-z]|[ivx]{1,4}|\d{1,2})\)\s+`)
