package ical

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// A line is an unfolded line of a calendar, taken apart.
type line struct {
	number     int    // of where it begins in the file, from 1
	name       string // in capitals, without the group before a full stop
	parameters []parameter
	value      string
}

// A parameter is one of a line; its name is in capitals.
type parameter struct{ name, value string }

// parameter returns the first value of the parameter of that name, or "".
func (l *line) parameter(name string) string {
	for _, p := range l.parameters {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

// mostOfLine is how long a line is read, in bytes: more than any text that an agenda can
// hold. What is longer is a picture or means harm.
const mostOfLine = 256 << 10

// A lineReader reads the unfolded lines of a calendar, each byte once.
type lineReader struct {
	rest   []byte
	number int
	end    byte // of a line, before which a CR may stand
	buffer []byte
}

func newLineReader(source []byte) *lineReader {
	r := &lineReader{rest: bytes.TrimPrefix(source, []byte("\xef\xbb\xbf")), end: '\n'}
	if bytes.IndexByte(source, '\n') < 0 {
		r.end = '\r'
	}
	return r
}

// next returns the next line that is not empty with those that continue it (RFC 5545
// section 3.1), and its number. The bytes are good until the next call. The last result is
// false at the end of the file.
func (r *lineReader) next() (unfolded []byte, number int, ok bool) {
	for len(r.rest) > 0 {
		first := r.physical()
		if len(bytes.TrimSpace(first)) == 0 {
			continue
		}
		number = r.number
		if !r.continued() {
			return first, number, true
		}
		r.buffer = append(r.buffer[:0], first...)
		for r.continued() {
			r.buffer = append(r.buffer, r.physical()[1:]...)
		}
		return r.buffer, number, true
	}
	return nil, r.number, false
}

// continued reports whether what comes next belongs to the line before.
func (r *lineReader) continued() bool {
	return len(r.rest) > 0 && (r.rest[0] == ' ' || r.rest[0] == '\t')
}

// physical returns the next line as it stands in the file.
func (r *lineReader) physical() []byte {
	r.number++
	found, rest, _ := bytes.Cut(r.rest, []byte{r.end})
	r.rest = rest
	return bytes.TrimSuffix(found, []byte{'\r'})
}

// decodeLine returns the text of a line. Folding may cut a character in two, so a line is
// text only once it is unfolded. One that is not UTF-8 is taken for ISO 8859-1.
func decodeLine(b []byte) string {
	if utf8.Valid(b) {
		return string(b)
	}
	var s strings.Builder
	for _, c := range b {
		s.WriteRune(rune(c))
	}
	return s.String()
}

// parseLine takes a line apart (RFC 5545 section 3.1). It reports whether it has a name and
// a value.
func parseLine(s string) (line, bool) {
	l, ok := splitLine(s, true)
	if !ok {
		l, ok = splitLine(s, false) // a quotation mark out of place
	}
	return l, ok
}

// splitLine takes a line apart; what is in quotation marks is one piece if quotes says so.
func splitLine(s string, quotes bool) (line, bool) {
	n := strings.IndexAny(s, ":;")
	if n <= 0 {
		return line{}, false
	}
	name := s[:n]
	if dot := strings.LastIndexByte(name, '.'); dot >= 0 {
		name = name[dot+1:]
	}
	l := line{name: strings.ToUpper(name)}
	if !isName(l.name) {
		return l, false
	}
	for s[n] == ';' {
		p, length, ok := nextParameter(s[n+1:], quotes)
		if !ok {
			return l, false
		}
		l.parameters = append(l.parameters, p...)
		n += 1 + length
	}
	l.value = s[n+1:]
	return l, true
}

// isName reports whether s is the name of a property: letters, digits and hyphens.
func isName(s string) bool {
	for i := range len(s) {
		if c := s[i]; (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return s != ""
}

// nextParameter reads a parameter with its values and returns its length, up to the colon
// or semicolon after it.
func nextParameter(s string, quotes bool) (values []parameter, length int, ok bool) {
	n := strings.IndexAny(s, "=:;")
	if n < 0 || s[n] != '=' { // a value without a name, as vCalendar had it
		return nil, n, n >= 0
	}
	name := strings.ToUpper(s[:n])
	n++
	begin, quoted := n, false
	for ; n < len(s); n++ {
		switch c := s[n]; {
		case c == '"' && quotes:
			quoted = !quoted
		case quoted || c != ',' && c != ';' && c != ':':
		default:
			values = append(values, parameter{name, unquote(s[begin:n])})
			if c != ',' {
				return values, n, true
			}
			begin = n + 1
		}
	}
	return nil, 0, false
}

// carets are the escapes of RFC 6868 section 3.
var carets = strings.NewReplacer("^n", "\n", "^'", `"`, "^^", "^")

// unquote returns the value of a parameter.
func unquote(s string) string {
	return carets.Replace(strings.Trim(s, `"`))
}

// unescapeText returns a TEXT (RFC 5545 section 3.3.11) without its escapes, as clean as what
// we write.
func unescapeText(s string) string {
	if !strings.Contains(s, "\\") {
		return clean(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	escaped := false
	for i := range len(s) {
		switch c := s[i]; {
		case escaped && (c == 'n' || c == 'N'):
			b.WriteByte('\n')
		case c == '\\' && !escaped:
			escaped = true
			continue
		default:
			b.WriteByte(c)
		}
		escaped = false
	}
	return clean(b.String())
}

// splitList splits a list of TEXT at its commas (RFC 5545 section 3.1.1).
func splitList(s string) []string {
	var list []string
	begin, escaped := 0, false
	for i := range len(s) {
		switch {
		case escaped:
			escaped = false
		case s[i] == '\\':
			escaped = true
		case s[i] == ',':
			list = append(list, unescapeText(s[begin:i]))
			begin = i + 1
		}
	}
	return append(list, unescapeText(s[begin:]))
}
