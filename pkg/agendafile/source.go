package agendafile

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// The limits of a file. They are far above what a meeting needs.
const (
	MaxSize = 2 << 20 // bytes

	maxSigns = 300_000 // characters that mean something to YAML
	maxBlank = 100     // blank lines in a row
	maxDepth = 30      // mappings and lists within each other
	maxKey   = 200     // characters of a key
	maxKeys  = 6_000   // keys of a mapping; there are up to 5,000 sessions to write notes about
)

// A source is the text of a file with the problems found in it.
type source struct {
	name     string
	text     string
	lines    []string
	problems Problems
}

// newSource returns the text of b, or the problems that keep it from being read
// as text at all. It takes a byte order mark, and lines that end as on Windows.
func newSource(name string, b []byte) (*source, Problems) {
	s := &source{name: name}
	if len(b) > MaxSize {
		s.whole("the file has %d bytes; an agenda file has at most %d", len(b), MaxSize)
		return nil, s.problems
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	s.text = strings.ReplaceAll(string(b), "\r\n", "\n")
	s.lines = strings.Split(s.text, "\n")
	s.characters()
	s.density()
	return s, s.problems
}

// characters finds what is not text, and tabs.
func (s *source) characters() {
	for i, line := range s.lines {
		column := 0
		for at, r := range line {
			column++
			if message := unwanted(line, at, r); message != "" {
				s.add(i+1, column, "%s", message)
				break // one a line will do
			}
		}
	}
}

// unwanted says what is wrong with r, at byte at of line, or "".
func unwanted(line string, at int, r rune) string {
	switch {
	case r == '\t':
		return `a tab; write spaces (in a quoted text, \t)`
	case r == utf8.RuneError && !strings.HasPrefix(line[at:], "\uFFFD"):
		return "a byte that is not text; save the file as UTF-8"
	case r == 0:
		return "a NUL byte; this is not a text file"
	case r < ' ' || r == 0x7f || r == '\ufeff':
		return fmt.Sprintf("the invisible character U+%04X; take it out", r)
	}
	return ""
}

// density refuses what would take the YAML library long to read.
func (s *source) density() {
	signs, blank := 0, 0
	for i, line := range s.lines {
		blank++
		if strings.Trim(line, " ") != "" {
			blank = 0
		}
		if blank == maxBlank {
			s.add(i+1, 1, "more than %d blank lines in a row; take them out", maxBlank-1)
		}
		signs++
		for j := range len(line) {
			if strings.IndexByte("[]{},:-?*&!|>'\"%@`#", line[j]) >= 0 {
				signs++
			}
		}
	}
	if signs > maxSigns {
		s.whole("the file has too many parts to be an agenda")
	}
}

// add records a problem at a place.
func (s *source) add(line, column int, format string, args ...any) {
	s.problems = append(s.problems, Problem{File: s.name, Line: line, Column: column, Message: fmt.Sprintf(format, args...)})
}

// whole records a problem of the file as a whole.
func (s *source) whole(format string, args ...any) {
	s.problems = append(s.problems, Problem{File: s.name, Message: fmt.Sprintf(format, args...)})
}

// clip shortens what is quoted in a message.
func clip(s string) string {
	const most = 60
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	return string([]rune(s)[:most]) + "…"
}
