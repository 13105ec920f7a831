// Package block reads documents of people (plain text, Markdown, HTML and
// Word) into one list of lines that says how each stood on the page: as a
// heading, a list item, a row of a table, bold, struck through, and on which
// line of the source.
//
// It knows nothing of agendas. It gives every character of text that a reader
// would see: menus and footers are there, marked as aside; only scripts, style
// sheets and comments are left out.
//
// # Design
//
// Documents come from strangers. Each reader works through its input once,
// without recursion, and stops with [ErrTooLarge] at fixed bounds; none builds
// a tree of a hostile document.
package block

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// The bounds of a document.
const (
	MaxSize   = 8 << 20 // bytes of a source, and of what is unpacked from one
	MaxText   = 2 << 20 // bytes of text that a reader would see
	MaxBlocks = 20_000  // lines, cells included
	MaxLine   = 8_000   // bytes of a line; a longer one is cut into several
	MaxCells  = 200     // of a row
	MaxLevel  = 12      // nesting of lists; deeper ones count as this deep
	maxTag    = 1 << 20 // bytes of one HTML tag
)

// The errors of readers. The text of an error that wraps one says more.
var (
	ErrTooLarge = errors.New("too large")
	ErrNotText  = errors.New("not text")
	ErrBroken   = errors.New("cannot be read")

	// ErrOtherKind is of documents that other programs make and that these
	// readers do not know: PDF, Excel, OpenDocument. It wraps [ErrNotText].
	ErrOtherKind = fmt.Errorf("save it as Word (.docx) or as text, or copy its text: %w", ErrNotText)
)

// A Kind says how a block stood on the page.
type Kind uint8

// The kinds of blocks.
const (
	Text    Kind = iota // a line or paragraph
	Heading             // Level is 1 for the highest
	Item                // of a list; Level is its depth, from 1
	Row                 // of a table; Cells has what it says
	Field               // a key and its value from the head of a file, as "key: value"
)

// A Block is one line or paragraph.
type Block struct {
	Kind   Kind
	Level  int
	Text   string
	Strong [2]int // where in Text the first run in bold begins and ends
	Struck bool   // most of it is struck through
	Aside  bool   // in a menu, a header or a footer of a page
	Gap    int    // blank lines before it, where the source has lines
	Indent int    // columns before it, in plain text
	Line   int    // in the source, from 1; of a Word document the paragraph
	Table  int    // which table a row is in, from 1
	Header bool   // of a row: its cells are the names of columns
	Cells  []Cell // of a row
}

// A Cell is one cell of a row: the lines in it.
type Cell []Block

// Bold reports whether all of b is bold.
func (b *Block) Bold() bool {
	return b.Strong[1] > 0 && b.Strong[0] == 0 && b.Strong[1] >= len(b.Text)
}

// String returns the text of the cell, lines joined by spaces.
func (c Cell) String() string {
	var parts []string
	for i := range c {
		parts = append(parts, c[i].Text)
	}
	return strings.Join(parts, " ")
}

// Struck reports whether the cell has text and all of it is struck through.
func (c Cell) Struck() bool {
	for i := range c {
		if !c[i].Struck {
			return false
		}
	}
	return len(c) > 0
}

// Clean returns s as text of one line: white space and control characters
// become single spaces, invisible marks of direction and soft hyphens go.
func Clean(s string) string {
	plain := true
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' || s[i] >= 0x80 || s[i] == ' ' && i+1 < len(s) && s[i+1] == ' ' {
			plain = false
			break
		}
	}
	if plain {
		return strings.TrimSpace(s)
	}
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r) || r == '\u200b' || r < ' ':
			space = b.Len() > 0
			continue
		case r == '\u00ad' || r == '\u200e' || r == '\u200f' || r == '\u061c' || r == '\ufeff' || r >= '\u202a' && r <= '\u202e':
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return b.String()
}

// A list collects blocks within the bounds.
type list struct {
	blocks []Block
	count  int
	size   int // of their texts
}

// add appends b if it says something.
func (l *list) add(b Block) error {
	if b.Text == "" && len(b.Cells) == 0 {
		return nil
	}
	b.Level = min(b.Level, MaxLevel)
	if len(b.Cells) > MaxCells {
		b.Cells = b.Cells[:MaxCells]
	}
	for i := range b.Cells {
		b.Cells[i] = cut(b.Cells[i])
	}
	if b.Kind == Row && len(b.Text) > MaxLine {
		b.Text = b.Text[:MaxLine]
	}
	if l.size += len(b.Text); l.size > MaxText {
		return fmt.Errorf("document of more than %d MB of text: %w", MaxText>>20, ErrTooLarge)
	}
	for _, part := range cut([]Block{b}) {
		if l.count++; l.count > MaxBlocks {
			return tooManyLines()
		}
		l.blocks = append(l.blocks, part)
	}
	return nil
}

// cut divides lines that are too long at spaces.
func cut(list []Block) []Block {
	for i := 0; i < len(list); i++ {
		text := list[i].Text
		if len(text) <= MaxLine {
			continue
		}
		at := strings.LastIndexByte(text[:MaxLine], ' ') + 1
		if at < MaxLine/2 {
			for at = MaxLine; text[at]&0xc0 == 0x80; at-- {
			}
		}
		rest := Block{Kind: Text, Text: strings.TrimSpace(text[at:]), Line: list[i].Line, Level: list[i].Level}
		list[i].Text, list[i].Strong = strings.TrimSpace(text[:at]), [2]int{}
		list = slices.Insert(list, i+1, rest)
	}
	return list
}
