package agendafile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// A Problem is one thing that is wrong with a file.
type Problem struct {
	File    string
	Line    int // from 1; 0 if the problem is with the file as a whole
	Column  int // from 1, in characters
	Message string
	Source  string // the line as far as it is near the column

	caret int // the place of Column in Source, from 0
}

// String returns the problem as "file:line:column: message".
func (p Problem) String() string {
	if p.Line == 0 {
		return p.File + ": " + p.Message
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Message)
}

// Show returns the problem with its line, and a caret under the place.
func (p Problem) Show() string {
	if p.Line == 0 {
		return p.String() + "\n"
	}
	margin := fmt.Sprintf("%5d | ", p.Line)
	return fmt.Sprintf("%s\n%s%s\n%s^\n", p, margin, p.Source, strings.Repeat(" ", len(margin)-2)+"| "+strings.Repeat(" ", p.caret))
}

// Problems is everything that is wrong with a file, by line. It is the error of
// [Parse].
type Problems []Problem

// Error returns the problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// Show returns the problems, each with its line and a caret under the place.
func (p Problems) Show() string {
	var b strings.Builder
	for _, problem := range p {
		b.WriteString(problem.Show())
	}
	return b.String()
}

// maxProblems is how many problems of a file are told.
const maxProblems = 200

// sorted returns the problems of s by place, each once. Past [maxProblems], a
// last one says how many more there are.
func (s *source) sorted() Problems {
	all := slices.Clone(s.problems)
	slices.SortStableFunc(all, byPlace)
	all = slices.CompactFunc(all, func(a, b Problem) bool { return byPlace(a, b) == 0 && a.Message == b.Message })
	if more := len(all) - maxProblems; more > 0 {
		all = append(all[:maxProblems], Problem{File: s.name, Message: fmt.Sprintf("and %d more problems", more)})
	}
	var c cursor
	for i := range all {
		if p := &all[i]; p.Line >= 1 && p.Line <= len(s.lines) {
			line := s.lines[p.Line-1]
			p.Source, p.caret = near(line, c.seek(line, p.Line, p.Column))
		}
	}
	return all
}

// A cursor is a place in the text that moves on: a file may be one long line
// with many problems.
type cursor struct{ line, column, offset int }

// seek moves to a column of a line, in characters from 1, and returns its
// offset in bytes. Places must come in order.
func (c *cursor) seek(text string, line, column int) int {
	if c.line != line {
		*c = cursor{line: line, column: 1}
	}
	for c.column < column && c.offset < len(text) {
		_, size := utf8.DecodeRuneInString(text[c.offset:])
		c.offset += size
		c.column++
	}
	return c.offset
}

// near returns what of line is near an offset, and the place of the offset in
// it, in characters. What cannot be shown becomes a replacement character.
func near(line string, offset int) (source string, caret int) {
	const before, after = 70, 30
	from, to := offset, offset
	for ; from > 0 && caret < before; caret++ {
		_, size := utf8.DecodeLastRuneInString(line[:from])
		from -= size
	}
	for n := 0; to < len(line) && n < after; n++ {
		_, size := utf8.DecodeRuneInString(line[to:])
		to += size
	}
	source = strings.Map(visible, line[from:to])
	if from > 0 {
		source, caret = "…"+source, caret+1
	}
	if to < len(line) {
		source += "…"
	}
	return source, caret
}

// visible returns r, or a replacement character for what cannot be shown.
func visible(r rune) rune {
	if r < ' ' || r == 0x7f {
		return utf8.RuneError
	}
	return r
}

func byPlace(a, b Problem) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
