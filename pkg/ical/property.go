package ical

import (
	"fmt"
	"strings"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

// properties are those of one component, in the order in which they are written. Its
// methods are the only way by which a value reaches the library.
type properties []ics.IANAProperty

// params are the parameters of a property, by name.
type params map[string][]string

// add adds a property whose value has no character that could do harm.
func (p *properties) add(name, value string, with params) {
	base := ics.BaseProperty{IANAToken: name, ICalParameters: with, Value: value}
	*p = append(*p, ics.IANAProperty{BaseProperty: base})
}

// text adds a TEXT of several lines, unless it is empty (RFC 5545 section 3.3.11).
func (p *properties) text(name, value string) {
	if value = strings.TrimSpace(clean(value)); value != "" {
		p.add(name, value, nil)
	}
}

// line adds a TEXT of one line, unless it is empty.
func (p *properties) line(name, value string) {
	if value = oneLine(value); value != "" {
		p.add(name, value, nil)
	}
}

// uri adds a URI, unless it is empty. A property that is not a URI by itself needs the
// parameter VALUE.
func (p *properties) uri(name, value string, with params) {
	if value = uri(value); value != "" {
		p.add(name, value, with)
	}
}

// uri percent-encodes what RFC 3986 does not allow in an address; control characters,
// which could end the line, are dropped.
func uri(s string) string {
	if strings.IndexFunc(s, foreign) < 0 {
		return s
	}
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c < 0x20 || c == 0x7f:
		case foreign(rune(c)):
			fmt.Fprintf(&b, "%%%02X", c)
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

// foreign reports whether r may not stand in a URI.
func foreign(r rune) bool {
	return r <= 0x20 || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", r)
}

// oneLine is [clean] for what must not have line ends.
func oneLine(s string) string {
	s = clean(s)
	if strings.ContainsAny(s, "\n\t") {
		s = strings.NewReplacer("\n", " ", "\t", " ").Replace(s)
	}
	return strings.TrimSpace(s)
}

// clean returns s as calendar programs can read it: valid UTF-8, every line end a "\n", no
// control characters, and nothing that turns the direction of text beyond its own line.
func clean(s string) string {
	if harmless(s) {
		return s
	}
	var b strings.Builder
	isolates := 0
	for _, r := range strings.ReplaceAll(strings.ToValidUTF8(s, "\ufffd"), "\r\n", "\n") {
		switch {
		case r == '\n' || r == '\r' || r == '\u0085' || r == '\u2028' || r == '\u2029':
			b.WriteString(strings.Repeat(popIsolate, isolates) + "\n")
			isolates = 0
			continue
		case dropped(r) || r == '\u2069' && isolates == 0:
			continue
		case r == '\u2069':
			isolates--
		case isolate(r):
			isolates++
		}
		b.WriteRune(r)
	}
	return b.String() + strings.Repeat(popIsolate, isolates)
}

// popIsolate ends a run of text that has its own direction.
const popIsolate = "\u2069"

// isolate reports whether r begins such a run.
func isolate(r rune) bool { return r >= '\u2066' && r <= '\u2068' }

// dropped reports whether r has no place in text: control characters, the embeddings and
// overrides of direction (Unicode discourages both), byte order marks, noncharacters.
func dropped(r rune) bool {
	switch {
	case r == '\t':
		return false
	case r < 0x20, r >= 0x7f && r <= 0x9f, r >= '\u202a' && r <= '\u202e', r == '\ufeff':
		return true
	}
	return r&0xfffe == 0xfffe || r >= 0xfdd0 && r <= 0xfdef
}

// harmless reports whether clean leaves s as it is, mostly at a glance.
func harmless(s string) bool {
	ascii := 0
	for ascii < len(s) && (s[ascii] >= 0x20 && s[ascii] < 0x7f || s[ascii] == '\n' || s[ascii] == '\t') {
		ascii++
	}
	return strings.IndexFunc(s[ascii:], suspect) < 0
}

// suspect reports whether clean may do something about r.
func suspect(r rune) bool {
	switch {
	case r == '\n':
		return false
	case r == '\u2028', r == '\u2029', isolate(r), r == '\u2069', r == utf8.RuneError:
		return true
	}
	return dropped(r)
}
