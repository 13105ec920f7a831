package ical

import (
	"bytes"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	ics "github.com/arran4/golang-ical"
)

// A component is one of the library's that writes itself. The library's way of writing
// properties quotes parameters with backslashes, which RFC 5545 section 3.2 does not know
// and which every calendar program shows or stumbles over; it takes five times as long.
type component struct{ ics.GeneralComponent }

// component returns p as the component of that name, with others inside it.
func (p properties) component(name string, inside ...ics.Component) *component {
	base := ics.ComponentBase{Properties: p, Components: inside}
	return &component{ics.GeneralComponent{Token: name, ComponentBase: base}}
}

// SerializeTo writes c, its lines folded and ended by CRLF.
func (c *component) SerializeTo(w io.Writer, config *ics.SerializationConfiguration) error {
	var b []byte
	if out, ok := w.(*bytes.Buffer); ok { // no copy, if there is room
		b = out.AvailableBuffer()
	}
	var scratch [1024]byte // of most lines
	line := scratch[:0]
	b = append(b, "BEGIN:"+c.Token+"\r\n"...)
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
	switch len(p.ICalParameters) {
	case 0:
	case 1:
		for name, values := range p.ICalParameters {
			b = appendParameter(b, name, values)
		}
	default:
		for _, name := range slices.Sorted(maps.Keys(p.ICalParameters)) {
			b = appendParameter(b, name, p.ICalParameters[name])
		}
	}
	b = append(b, ':')
	if p.GetValueType() == ics.ValueDataTypeText {
		return appendText(b, p.Value)
	}
	return append(b, p.Value...)
}

// appendParameter appends a parameter (RFC 5545 section 3.2). The values of those that are
// for people to read are always quoted.
func appendParameter(b []byte, name string, values []string) []byte {
	b = append(append(append(b, ';'), name...), '=')
	for i, value := range values {
		if i > 0 {
			b = append(b, ',')
		}
		if name == "CN" || name == "LABEL" {
			b = appendQuoted(b, value)
		} else {
			b = append(b, value...)
		}
	}
	return b
}

// appendQuoted appends the value of a parameter in quotes.
func appendQuoted(b []byte, value string) []byte {
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
	for {
		i := strings.IndexAny(s, "\\;,\n")
		if i < 0 {
			return append(b, s...)
		}
		b = append(append(b, s[:i]...), '\\', s[i])
		if s[i] == '\n' {
			b[len(b)-1] = 'n'
		}
		s = s[i+1:]
	}
}

// lineLength is the greatest length of a line, in octets without its end (RFC 5545 section
// 3.1).
const lineLength = 75

// appendFolded appends a line, folded between characters.
func appendFolded(b, line []byte) []byte {
	for room := lineLength; len(line) > room; room = lineLength - 1 {
		n := room
		for n > room-utf8.UTFMax && !utf8.RuneStart(line[n]) {
			n--
		}
		b = append(append(b, line[:n]...), "\r\n "...)
		line = line[n:]
	}
	return append(append(b, line...), "\r\n"...)
}
