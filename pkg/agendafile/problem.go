package agendafile

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
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
	return all
}

func byPlace(a, b Problem) int {
	return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
}
