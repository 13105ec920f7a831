package post

import (
	"strings"
	"unicode"
)

// A Letter is what a message says, in one language, before it has a sender. Its
// text and HTML are made from the same blocks, so that they cannot differ.
type Letter struct {
	Language string  `json:"language"` // BCP 47
	Subject  string  `json:"subject"`
	Blocks   []Block `json:"blocks,omitempty"`
	Notes    []Block `json:"notes,omitempty"` // in small print at the end
}

// A Block is a paragraph, or something in its place.
type Block struct {
	Kind  BlockKind `json:"kind"`
	Text  string    `json:"text,omitempty"`
	URL   string    `json:"url,omitempty"`   // of a Button
	Facts []Fact    `json:"facts,omitempty"` // of Facts
}

// A BlockKind says what a [Block] is.
type BlockKind string

// The kinds of blocks.
const (
	Paragraph BlockKind = "paragraph" // plain text
	Markdown  BlockKind = "markdown"  // as of package markdown
	Button    BlockKind = "button"    // a link that is the point of the message
	Facts     BlockKind = "facts"     // labels and values, a line each
)

// A Fact is a value with its label. The value may be in another language.
type Fact struct {
	Label string `json:"label"`
	Value string `json:"value"`
}

// OneLine returns s as it may stand in a header: on one line, without control
// characters, without marks that turn the direction of what follows, and without
// the beginning of an encoded word (RFC 2047), which would hide them.
func OneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u200c' || r == '\u200d': // Persian and Indian words need these
			return r
		case unicode.IsSpace(r) || unicode.IsControl(r):
			return ' '
		case unicode.Is(unicode.Cf, r) || r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, strings.ToValidUTF8(s, ""))
	s = strings.Join(strings.Fields(s), " ")
	return strings.ReplaceAll(s, "=?", "= ?")
}
