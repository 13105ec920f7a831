package translation

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"tamada/pkg/locale"
)

// The limits of a workbook, in bytes. They are far above what the messages need.
const (
	MaxSize     = 16 << 20
	maxUnpacked = 64 << 20
)

// An Imported is what a workbook says.
type Imported struct {
	Languages []string  // of its columns, in the order of their tags
	Changed   int       // how many messages are not as they were, in all languages
	Remarks   []Problem // what was passed over
}

// A Problem is something in a workbook that is wrong, or was passed over.
type Problem struct {
	Sheet, Cell string // the cell may be empty
	Message     string
}

// String returns the problem as "sheet!cell: message".
func (p Problem) String() string {
	if p.Cell == "" {
		return p.Sheet + ": " + p.Message
	}
	return p.Sheet + "!" + p.Cell + ": " + p.Message
}

// Problems is everything that is wrong with a workbook. It is an error of [Catalogue.Import].
type Problems []Problem

// Error returns the problems, one a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

// Import puts the translations of a workbook into c. If anything is wrong with it the error is
// a [Problems], and c stays as it was. Passed over, with a remark, are messages that are no
// more, and those whose English has changed since; sheets and lines that are not there leave
// what they were about as it is. An emptied cell takes a translation away.
func (c *Catalogue) Import(r io.Reader) (*Imported, error) {
	f, err := excelize.OpenReader(io.LimitReader(r, MaxSize), excelize.Options{
		UnzipSizeLimit: maxUnpacked, UnzipXMLSizeLimit: maxUnpacked, RawCellValue: true,
	})
	if err != nil {
		return nil, fmt.Errorf("workbook: %w; it has to be XLSX of at most %d MB", err, MaxSize>>20)
	}
	defer f.Close()
	i := &importer{file: f, taken: map[*Message]map[string]Forms{}}
	sheets := 0
	for _, sheet := range f.GetSheetList() {
		if sheet == about {
			continue
		}
		if k := slices.IndexFunc(c.Areas, func(a Area) bool { return a.Name == sheet }); k >= 0 {
			i.sheet(&c.Areas[k])
			sheets++
			continue
		}
		i.wrong(sheet, "", "not one of the sheets that were exported; give it its name back, or take it out")
	}
	if sheets == 0 && len(i.problems) == 0 {
		i.wrong("workbook", "", "it has none of the sheets that were exported")
	}
	if len(i.problems) > 0 {
		return nil, i.problems
	}
	return i.apply(), nil
}

// An importer reads one workbook.
type importer struct {
	file     *excelize.File
	problems Problems
	out      Imported
	taken    map[*Message]map[string]Forms // by language; nil for no translation
}

func (i *importer) wrong(sheet, cell, format string, args ...any) {
	i.problems = append(i.problems, Problem{sheet, cell, fmt.Sprintf(format, args...)})
}

func (i *importer) remark(sheet, cell, format string, args ...any) {
	i.out.Remarks = append(i.out.Remarks, Problem{sheet, cell, fmt.Sprintf(format, args...)})
}

// apply puts what was taken into the messages.
func (i *importer) apply() *Imported {
	slices.Sort(i.out.Languages)
	i.out.Languages = slices.Compact(i.out.Languages)
	for m, texts := range i.taken {
		for language, forms := range texts {
			if maps.Equal(m.Texts[language], forms) {
				continue
			}
			i.out.Changed++
			if forms == nil {
				delete(m.Texts, language)
			} else {
				m.Texts[language] = forms
			}
		}
	}
	return &i.out
}

// A sheet is a sheet being read.
type sheet struct {
	area    *Area
	columns []column
	lines   map[*Message][]line
	order   []*Message
}

// A column is one with translations.
type column struct {
	x        int // from 1
	language string
	plural   plural
}

// A line is a line of a message.
type line struct {
	y     int // from 1
	form  string
	cells []string
}

// sheet reads the sheet of an area.
func (i *importer) sheet(a *Area) {
	rows, err := i.file.GetRows(a.Name, excelize.Options{RawCellValue: true})
	if err != nil {
		i.wrong(a.Name, "", "it cannot be read: %v", err)
		return
	}
	if len(rows) == 0 {
		i.wrong(a.Name, "A1", "the sheet is empty; take it out, or export it again")
		return
	}
	s := &sheet{area: a, lines: map[*Message][]line{}}
	if !i.header(s, rows[0]) {
		return
	}
	for y, cells := range rows[1:] {
		i.line(s, line{y: y + 2, cells: cells})
	}
	for _, m := range s.order {
		for _, col := range s.columns {
			i.message(s, m, col)
		}
	}
}

// header reads the first line, and reports whether the others can be read by it.
func (i *importer) header(s *sheet, cells []string) bool {
	ok := true
	for x, head := range heads {
		if x >= len(cells) || strings.TrimSpace(cells[x]) != head {
			i.wrong(s.area.Name, cellName(x+1, 1), "the column %q is expected here, as it was exported", head)
			ok = false
		}
	}
	seen := map[string]bool{}
	for x := columnFirst - 1; x < len(cells); x++ {
		language, _, _ := strings.Cut(strings.TrimSpace(cells[x]), " ")
		if language == "" {
			continue
		}
		cell := cellName(x+1, 1)
		forms, err := locale.PluralForms(language)
		switch {
		case err != nil || !locale.Valid(language):
			i.wrong(s.area.Name, cell, "%q is not a language; write its tag, like fr", language)
		case language == Source:
			i.wrong(s.area.Name, cell, "English is not translated; take the column out")
		case seen[language]:
			i.wrong(s.area.Name, cell, "the language %s has two columns", language)
		default:
			s.columns = append(s.columns, column{x + 1, language, forms})
			i.out.Languages = append(i.out.Languages, language)
		}
		seen[language] = true
	}
	return ok
}

// cell returns what is in column x of l, without what shield put there.
func (l line) cell(x int) string {
	if x > len(l.cells) {
		return ""
	}
	return unshield(strings.ReplaceAll(l.cells[x-1], "\r\n", "\n"))
}

// line puts a line to the message that it is of.
func (i *importer) line(s *sheet, l line) {
	id := strings.TrimSpace(l.cell(columnID))
	l.form = strings.TrimSpace(l.cell(columnForm))
	at := cellName(columnID, l.y)
	m := s.area.message(id)
	switch {
	case id == "" && strings.Trim(strings.Join(l.cells, ""), " ") == "":
		return
	case id == "":
		i.wrong(s.area.Name, at, "the id of the message is missing")
		return
	case m == nil:
		i.remark(s.area.Name, at, "there is no message %q any more; passed over", id)
		return
	case m.counted() != (l.form != "") || l.form != "" && !slices.Contains(formNames, l.form):
		i.wrong(s.area.Name, cellName(columnForm, l.y), "%q is not a form of this message; export it again", l.form)
		return
	case slices.ContainsFunc(s.lines[m], func(other line) bool { return other.form == l.form }):
		i.wrong(s.area.Name, at, "the message %s is there twice", strings.TrimSpace(id+" "+l.form))
		return
	}
	if s.lines[m] == nil {
		s.order = append(s.order, m)
	}
	s.lines[m] = append(s.lines[m], l)
}

// message takes the translation of m from a column.
func (i *importer) message(s *sheet, m *Message, col column) {
	forms, before := Forms{}, len(i.problems)
	for _, l := range s.lines[m] {
		name := cmp.Or(l.form, other)
		if english := l.cell(columnEnglish); english != m.english(name) {
			i.remark(s.area.Name, cellName(columnEnglish, l.y), "the English is now %q; the %s translation stays as it was", m.english(name), col.language)
			return
		}
		if text := i.text(s, m, l, col); text != "" {
			forms[name] = text
		}
	}
	if len(forms) == 0 {
		forms = nil
	}
	i.complete(s, m, forms, col)
	if len(i.problems) > before {
		return
	}
	if i.taken[m] == nil {
		i.taken[m] = map[string]Forms{}
	}
	i.taken[m][col.language] = forms
}

// complete checks that a message that is translated has every form it needs.
func (i *importer) complete(s *sheet, m *Message, forms Forms, col column) {
	if forms == nil {
		return
	}
	needed := []string{other}
	if m.counted() {
		for _, f := range col.plural {
			needed = append(needed, f.Name)
		}
	}
	slices.Sort(needed)
	for _, name := range slices.Compact(needed) {
		if forms[name] != "" {
			continue
		}
		at := s.lines[m][0].y
		for _, l := range s.lines[m] {
			if l.form == name {
				at = l.y
			}
		}
		i.wrong(s.area.Name, cellName(col.x, at), "the form %q of %s is missing; translate every form, or none", name, m.ID)
	}
}

// text takes the text of one cell, checked.
func (i *importer) text(s *sheet, m *Message, l line, col column) string {
	at := cellName(col.x, l.y)
	if formula, err := i.file.GetCellFormula(s.area.Name, at); err != nil || formula != "" {
		i.wrong(s.area.Name, at, "a formula; write a text")
		return ""
	}
	text := l.cell(col.x)
	if text == noForm && l.form != "" || strings.TrimSpace(text) == "" {
		return ""
	}
	for _, message := range m.check(l.form, text, col.plural) {
		i.wrong(s.area.Name, at, "%s", message)
	}
	return text
}
