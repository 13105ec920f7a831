package ical

import (
	"io"
	"maps"
	"slices"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

// A component is one of the library's that writes itself: properties and what is inside. The library's way of
// writing properties quotes parameters with backslashes, which RFC 5545 section 3.2 does not
// know and which every calendar program shows or stumbles over, and takes five times as
// long.
type component struct{ ics.GeneralComponent }

// component returns p as the component of that name, with others inside it.
func (p properties) component(name string, inside ...ics.Component) *component {
	return &component{ics.GeneralComponent{Token: name, ComponentBase: ics.ComponentBase{Properties: p, Components: inside}}}
}

// SerializeTo writes c, its lines folded and ended by CRLF.
func (c *component) SerializeTo(w io.Writer, config *ics.SerializationConfiguration) error {
	b := make([]byte, 0, most)
	b = append(b, "BEGIN:"+c.Token+"\r\n"...)
	line := make([]byte, 0, most)
	for i := range c.Properties {
		line = appendProperty(line[:0], &c.Properties[i].BaseProperty)
		b = appendFolded(b, line)
	}
	if _, err := w.Write(b); err != nil {
		return err
	}
	for _, inside := range c.Components {
		if err := inside.SerializeTo(w, config); err != nil {
			return err
		}
	}
	_, err := io.WriteString(w, "END:"+c.Token+"\r\n")
	return err
}

// appendProperty appends p as one line without its end.
func appendProperty(b []byte, p *ics.BaseProperty) []byte {
	b = append(b, p.IANAToken...)
	if len(p.ICalParameters) > 0 {
		for _, name := range slices.Sorted(maps.Keys(p.ICalParameters)) {
			b = append(append(append(b, ';'), name...), '=')
			for i, value := range p.ICalParameters[name] {
				if i > 0 {
					b = append(b, ',')
				}
				b = appendParameter(b, name, value)
			}
		}
	}
	b = append(b, ':')
	if p.GetValueType() == ics.ValueDataTypeText {
		return appendText(b, p.Value)
	}
	return append(b, p.Value...)
}

// appendParameter appends the value of a parameter (RFC 5545 section 3.2). Those that are
// for people to read are always quoted.
func appendParameter(b []byte, name, value string) []byte {
	if name != "CN" && name != "LABEL" {
		return append(b, value...)
	}
	b = append(b, '"')
	for i := range len(value) {
		switch c := value[i]; c {
		case '"': // RFC 6868 has a sign for it that few programs know
			b = append(b, '\'')
		case ';': // even in quotes it ends the parameter for some
			b = append(b, ',')
		case '^': // RFC 6868 section 3
			b = append(b, "^^"...)
		default:
			b = append(b, c)
		}
	}
	return append(b, '"')
}

// appendText appends a TEXT (RFC 5545 section 3.3.11).
func appendText(b []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; c {
		case '\\', ';', ',':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, `\n`...)
		default:
			b = append(b, c)
		}
	}
	return b
}

// longest is the length of a line, in octets without its end (RFC 5545 section 3.1).
const longest = 75

// appendFolded appends a line, folded between characters.
func appendFolded(b, line []byte) []byte {
	for room := longest; len(line) > room; room = longest - 1 {
		n := room
		for n > room-utf8.UTFMax && !utf8.RuneStart(line[n]) {
			n--
		}
		b = append(append(b, line[:n]...), "\r\n "...)
		line = line[n:]
	}
	return append(append(b, line...), "\r\n"...)
}
