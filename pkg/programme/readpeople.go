package programme

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tamada/pkg/locale"
)

// Bounds of a file of people.
const (
	maxPeople     = 10_000
	maxPeopleFile = 8 << 20 // bytes
	maxPersonal   = 300     // characters of a field
)

// A PeopleError lists all that is wrong with a file of people.
type PeopleError struct{ Problems []PeopleProblem }

// A PeopleProblem is one thing wrong with a file of people, and where.
type PeopleProblem struct {
	Line, Column int    // from 1; Column counts bytes, as editors' status lines do for plain text
	Message      string // what is wrong and what to do
}

// Error lists the problems, a line each.
func (e *PeopleError) Error() string {
	lines := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		lines[i] = fmt.Sprintf("line %d, column %d: %s", p.Line, p.Column, p.Message)
	}
	return strings.Join(lines, "\n")
}

// peopleColumns are the columns of a file of people, by what their heads may
// be, without spaces and signs.
var peopleColumns = []struct {
	names []string
	field func(*Person) *string
}{
	{[]string{"name", "fullname"}, func(p *Person) *string { return &p.Name }},
	{[]string{"secondname", "nameinsecondscript", "name2"}, func(p *Person) *string { return &p.SecondName }},
	{[]string{"honorific"}, func(p *Person) *string { return &p.Honorific }},
	{[]string{"post", "position", "jobtitle"}, func(p *Person) *string { return &p.Post }},
	{[]string{"organisation", "organization"}, func(p *Person) *string { return &p.Organisation }},
	{[]string{"country"}, func(p *Person) *string { return &p.Country }},
	{[]string{"category"}, func(p *Person) *string { return &p.Category }},
	{[]string{"role"}, func(p *Person) *string { return &p.Role }},
	{[]string{"table"}, func(p *Person) *string { return &p.Table }},
	{[]string{"language"}, func(p *Person) *string { return &p.Language }},
	{[]string{"code"}, func(p *Person) *string { return &p.Code }},
	{[]string{"verify"}, func(p *Person) *string { return &p.Verify }},
}

// peopleHeads lists the heads of columns for messages.
const peopleHeads = "name, second name, honorific, post, organisation, country, category, role, table, language, code and verify"

// ReadPeople reads people from a file of comma-separated values (RFC 4180),
// also with semicolons or tabs as spreadsheets write them, in UTF-8. The first
// line names the columns, in any order; only name has to be there. A country
// is a code of ISO 3166-1 or a name in English. A column that is not known is
// left out, and unknown says so. If anything is wrong, the error is a
// *[PeopleError] that lists all of it, and there are no people.
func ReadPeople(r io.Reader) (people []Person, unknown []PeopleProblem, err error) {
	data, err := io.ReadAll(io.LimitReader(r, maxPeopleFile+1))
	if err != nil {
		return nil, nil, err
	}
	p := &peopleReader{countries: countryCodes()}
	if p.encoding(data) {
		p.read(bytes.TrimPrefix(data, []byte("\ufeff")))
	}
	if len(p.problems) > 0 {
		return nil, p.unknown, &PeopleError{p.problems}
	}
	return p.people, p.unknown, nil
}

// peopleReader reads one file.
type peopleReader struct {
	csv       *csv.Reader
	columns   []func(*Person) *string // nil for those that are not known
	countries map[string]string
	people    []Person
	problems  []PeopleProblem
	unknown   []PeopleProblem // columns
}

func (p *peopleReader) note(line, column int, format string, args ...any) {
	p.problems = append(p.problems, PeopleProblem{line, column, fmt.Sprintf(format, args...)})
}

// encoding reports whether data is text that can be read.
func (p *peopleReader) encoding(data []byte) bool {
	switch {
	case len(data) > maxPeopleFile:
		p.note(1, 1, "the file is larger than %d MB", maxPeopleFile>>20)
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}) || bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		p.note(1, 1, "the file is in UTF-16; save it as “CSV UTF-8”")
	case !utf8.Valid(data):
		line, column := 1, 1
		for len(data) > 0 {
			r, size := utf8.DecodeRune(data)
			if r == utf8.RuneError && size == 1 {
				break
			}
			if column += size; r == '\n' {
				line, column = line+1, 1
			}
			data = data[size:]
		}
		p.note(line, column, "a character is not in UTF-8; save the file as “CSV UTF-8”")
	}
	return len(p.problems) == 0
}

// read reads the head and the lines.
func (p *peopleReader) read(data []byte) {
	p.csv = csv.NewReader(bytes.NewReader(data))
	p.csv.Comma = delimiter(data)
	p.csv.FieldsPerRecord = -1
	p.csv.TrimLeadingSpace = p.csv.Comma != '\t'
	head, err := p.csv.Read()
	switch {
	case errors.Is(err, io.EOF):
		p.note(1, 1, "the file is empty; its first line names the columns: %s", peopleHeads)
		return
	case err != nil:
		p.broken(err)
		return
	}
	if !p.head(head) {
		return
	}
	for {
		record, err := p.csv.Read()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			p.broken(err)
			return
		}
		if len(p.people) == maxPeople {
			line, _ := p.csv.FieldPos(0)
			p.note(line, 1, "there are more than %d people; print them in parts", maxPeople)
			return
		}
		p.record(record)
	}
}

// delimiter returns what parts the columns: of comma, semicolon and tab the
// one that the first line has most of.
func delimiter(data []byte) rune {
	head, _, _ := bytes.Cut(data, []byte("\n"))
	best, most := ',', 0
	for _, c := range []rune{',', ';', '\t'} {
		if n := bytes.Count(head, []byte(string(c))); n > most {
			best, most = c, n
		}
	}
	return best
}

// broken notes what is wrong with quotes.
func (p *peopleReader) broken(err error) {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		p.note(1, 1, "%v", err)
		return
	}
	p.note(parse.Line, parse.Column, "a quotation mark (\") is in the wrong place; inside quotation marks it is doubled")
}

// head finds out what the columns are, and reports whether people can be read.
func (p *peopleReader) head(record []string) bool {
	seen := map[int]bool{}
	for i, name := range record {
		line, column := p.csv.FieldPos(i)
		at := slices.IndexFunc(peopleColumns, func(c struct {
			names []string
			field func(*Person) *string
		},
		) bool {
			return slices.Contains(c.names, plainHead(name))
		})
		switch {
		case at < 0 && strings.TrimSpace(name) == "": // an empty column of a spreadsheet
			p.columns = append(p.columns, nil)
			continue
		case at < 0:
			said := fmt.Sprintf("column %q is not known and left out; there are %s", name, peopleHeads)
			p.unknown = append(p.unknown, PeopleProblem{line, column, said})
			p.columns = append(p.columns, nil)
			continue
		case seen[at]:
			p.note(line, column, "column %q is there twice", name)
		}
		seen[at] = true
		p.columns = append(p.columns, peopleColumns[at].field)
	}
	if !seen[0] {
		p.note(1, 1, "there is no column “name”")
	}
	return seen[0]
}

// plainHead leaves the letters and digits of a head.
func plainHead(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// record reads a person; lines without anything are passed over.
func (p *peopleReader) record(record []string) {
	if !slices.ContainsFunc(record, func(s string) bool { return strings.TrimSpace(s) != "" }) {
		return
	}
	var person Person
	for i, value := range record {
		line, column := p.csv.FieldPos(i)
		value = strings.Join(strings.Fields(value), " ")
		switch {
		case value == "":
		case i >= len(p.columns):
			p.note(line, column, "%q is in a column without a head", value)
		case p.columns[i] != nil && utf8.RuneCountInString(value) > maxPersonal:
			p.note(line, column, "longer than %d characters", maxPersonal)
		}
		if i < len(p.columns) && p.columns[i] != nil {
			*p.columns[i](&person) = value
		}
	}
	p.check(record, &person)
	p.people = append(p.people, person)
}

// check checks what a person's fields can be.
func (p *peopleReader) check(record []string, person *Person) {
	at := func(field *string) (line, column int) {
		for i := range min(len(record), len(p.columns)) {
			if p.columns[i] != nil && p.columns[i](person) == field {
				return p.csv.FieldPos(i)
			}
		}
		line, _ = p.csv.FieldPos(0)
		return line, 1
	}
	if person.Name == "" {
		line, column := at(&person.Name)
		p.note(line, column, "there is no name")
	}
	if person.Country != "" {
		code, ok := p.countries[strings.ToLower(person.Country)]
		if !ok {
			line, column := at(&person.Country)
			p.note(line, column, "country %q: neither a code like GE (ISO 3166-1) nor the English name of a country", person.Country)
		}
		person.Country = code
	}
	if person.Language != "" && !locale.Valid(person.Language) {
		line, column := at(&person.Language)
		p.note(line, column, "language %q: not a tag like ar or pt-AO (BCP 47)", person.Language)
	}
	if person.Verify != "" && address(person.Verify) == "" {
		line, column := at(&person.Verify)
		p.note(line, column, "verify %q: not an address like https://example.org/v/1", person.Verify)
	}
}

// countryCodes returns the codes of countries by code and English name, in
// small letters.
func countryCodes() map[string]string {
	english := locale.For("en")
	codes := map[string]string{}
	for _, code := range english.Countries() {
		codes[strings.ToLower(code)] = code
		codes[strings.ToLower(english.Country(code))] = code
	}
	return codes
}
