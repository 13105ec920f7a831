package agendafile

import (
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml/token"
)

// unused are the parts of YAML that agenda files do without, and what to do.
var unused = map[token.Type]string{
	token.AnchorType:     `an anchor (&); agenda files have none: write the value out, or put the text in quotes`,
	token.AliasType:      `an alias (*); agenda files have none: write the value out, or put the text in quotes`,
	token.TagType:        `a tag (!); agenda files have none: take it out, or put the text in quotes`,
	token.MergeKeyType:   `a merge key (<<); agenda files have none: write the values out`,
	token.MappingKeyType: `a key that begins with "? "; write "key: value"`,
	token.DirectiveType:  `a directive (%); agenda files have none: take it out, or put the text in quotes`,
}

// check finds, before the tokens are parsed, what agenda files do without and
// what would take long to parse.
func (s *source) check(tokens token.Tokens) {
	var d depths
	content := false
	for _, t := range tokens {
		if message := unused[t.Type]; message != "" {
			s.at(t, "%s", message)
		}
		switch t.Type {
		case token.DocumentHeaderType:
			if content {
				s.at(t, "a second document (---); an agenda file is one")
			}
		case token.DocumentEndType, token.CommentType, token.DirectiveType:
		default:
			content = true
		}
		s.measure(&d, t)
	}
}

// at records a problem at a token.
func (s *source) at(t *token.Token, format string, args ...any) {
	s.add(t.Position.Line, max(1, t.Position.Column), format, args...)
}

// measure follows the depth at t and reports the first excess of each sort.
func (s *source) measure(d *depths, t *token.Token) {
	keys := d.next(t)
	if d.depth() > maxDepth && !d.tooDeep {
		d.tooDeep = true
		s.at(t, "too deep: more than %d lists and mappings within each other", maxDepth)
	}
	if keys > maxKeys && !d.tooMany {
		d.tooMany = true
		s.at(t, "a mapping of more than %d keys", maxKeys)
	}
	if t.Type == token.MappingValueType && t.Prev != nil && utf8.RuneCountInString(t.Prev.Value) > maxKey {
		s.at(t.Prev, "a key of more than %d characters; is the text after it missing its quotes?", maxKey)
	}
}

// depths follows how deep mappings and lists are within each other, by their
// columns in block style and by their brackets in flow style.
type depths struct {
	blocks           []block
	flow             int
	tooDeep, tooMany bool
}

// A block is a mapping or a list in block style.
type block struct{ column, keys int }

func (d *depths) depth() int { return len(d.blocks) + d.flow }

// next takes in t. It returns the number of keys so far of the mapping t is in,
// if t is a colon.
func (d *depths) next(t *token.Token) int {
	switch t.Type {
	case token.MappingStartType, token.SequenceStartType:
		d.flow++
	case token.MappingEndType, token.SequenceEndType:
		d.flow = max(0, d.flow-1)
	case token.SequenceEntryType:
		if d.flow == 0 {
			d.enter(t.Position.Column)
		}
	case token.MappingValueType:
		if d.flow == 0 && t.Prev != nil {
			return d.enter(t.Prev.Position.Column)
		}
	}
	return 0
}

// enter leaves the blocks right of column and counts one more entry of the
// block at column.
func (d *depths) enter(column int) int {
	for len(d.blocks) > 0 && d.blocks[len(d.blocks)-1].column > column {
		d.blocks = d.blocks[:len(d.blocks)-1]
	}
	if len(d.blocks) == 0 || d.blocks[len(d.blocks)-1].column < column {
		d.blocks = append(d.blocks, block{column: column})
	}
	top := &d.blocks[len(d.blocks)-1]
	top.keys++
	return top.keys
}

// plain says in our own words what the library says of a syntax error.
func plain(message string) string {
	switch {
	case strings.Contains(message, "mapping value is not allowed in this context"):
		return `a second ": " on the line; put the text in quotes`
	case strings.Contains(message, "end character of double-quoted"), strings.Contains(message, "end character of single-quoted"):
		return "a quote that is never closed"
	case strings.Contains(message, "is a reserved character"):
		return message + "; put the text in quotes"
	case strings.Contains(message, "unknown escape character"):
		return message + `; write \\ for a backslash`
	case strings.Contains(message, "non-map value is specified"):
		return `"key: value" is expected here; is there a space after the colon, and is the indentation right?`
	case strings.Contains(message, "value is not allowed in this context"):
		return "nothing can stand here; is the indentation right?"
	}
	return "not YAML: " + message
}
