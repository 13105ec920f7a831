package agendafile

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"tamada/pkg/agenda"
)

// A value is what a file is made of: text, raw, values or an object.
type value interface {
	// flow returns the value on one line. It is not ok if the value needs
	// several.
	flow() (line string, ok bool)
}

type (
	text   string  // written in quotes where it needs them
	raw    string  // written as it is: a number, a time, a date
	values []value // a list
	object struct {
		fields []field
		block  bool // never on one line
	}
	field struct {
		key   string
		value value
	}
)

// maxWidth is up to which column lists and mappings are written on one line.
const maxWidth = 110

func (t text) flow() (string, bool) { return scalarOf(string(t), true), !t.literal() }
func (r raw) flow() (string, bool)  { return string(r), true }

func (v values) flow() (string, bool) {
	parts := make([]string, len(v))
	for i, item := range v {
		line, ok := item.flow()
		if !ok {
			return "", false
		}
		parts[i] = line
	}
	return "[" + strings.Join(parts, ", ") + "]", true
}

func (o object) flow() (string, bool) {
	if o.block {
		return "", false
	}
	parts := make([]string, len(o.fields))
	for i, f := range o.fields {
		line, ok := f.value.flow()
		if !ok {
			return "", false
		}
		parts[i] = scalarOf(f.key, true) + ": " + line
	}
	return "{" + strings.Join(parts, ", ") + "}", true
}

// A writer writes values as YAML: on one line where they fit, else as blocks.
type writer struct{ b *bytes.Buffer }

// object writes the fields of o at an indent, the first where the line is.
func (w *writer) object(o object, indent int) {
	for i, f := range o.fields {
		if i > 0 {
			w.pad(indent)
		}
		key := scalarOf(f.key, false) + ":"
		w.b.WriteString(key)
		w.value(f.value, indent, indent+utf8.RuneCountInString(key)+1)
	}
}

// value writes what comes after a key at an indent; width is the column there.
func (w *writer) value(v value, indent, width int) {
	if line, ok := w.short(v, width); ok {
		w.b.WriteString(" " + line + "\n")
		return
	}
	switch v := v.(type) {
	case text:
		w.text(v, indent+2)
	case values:
		w.b.WriteByte('\n')
		w.values(v, indent+2)
	case object:
		w.b.WriteByte('\n')
		w.pad(indent + 2)
		w.object(v, indent+2)
	}
}

// values writes the items of a list at an indent.
func (w *writer) values(v values, indent int) {
	for _, item := range v {
		w.pad(indent)
		w.b.WriteByte('-')
		if o, ok := item.(object); ok {
			if line, ok := w.short(o, indent+2); ok {
				w.b.WriteString(" " + line + "\n")
				continue
			}
			w.b.WriteByte(' ')
			w.object(o, indent+2)
			continue
		}
		w.value(item, indent, indent+2)
	}
}

// short returns v on one line, if it fits there.
func (w *writer) short(v value, width int) (string, bool) {
	if t, ok := v.(text); ok {
		return scalarOf(string(t), false), !t.literal()
	}
	if r, ok := v.(raw); ok {
		return string(r), true
	}
	line, ok := v.flow()
	empty := line == "{}" || line == "[]"
	return line, ok && (empty || width+utf8.RuneCountInString(line) <= maxWidth)
}

// text writes a text of several lines as a block.
func (w *writer) text(t text, indent int) {
	w.b.WriteString(" |\n")
	for line := range strings.SplitSeq(string(t), "\n") {
		if line != "" {
			w.pad(indent)
		}
		w.b.WriteString(line + "\n")
	}
}

func (w *writer) pad(n int) { w.b.WriteString(strings.Repeat(" ", n)) }

// errText says that a text cannot be written.
var errText = errors.New("bytes that are not text (UTF-8, without NUL)")

// check returns an error if v holds bytes that are not text.
func check(v value) error {
	switch v := v.(type) {
	case text:
		if !utf8.ValidString(string(v)) {
			return fmt.Errorf("%q: %w", clip(strings.ToValidUTF8(string(v), "\uFFFD")), errText)
		}
	case values:
		for _, item := range v {
			if err := check(item); err != nil {
				return err
			}
		}
	case object:
		for _, f := range v.fields {
			if err := cmp.Or(check(text(f.key)), check(f.value)); err != nil {
				return err
			}
		}
	}
	return nil
}

// literal reports whether t is written as a block of lines. What could not be
// read back from one is written in quotes.
func (t text) literal() bool {
	s := string(t)
	if !strings.Contains(s, "\n") || strings.HasSuffix(s, "\n") || s[0] == ' ' || s[0] == '\n' {
		return false
	}
	blank := 0
	for line := range strings.SplitSeq(s, "\n") {
		blank++
		if line != "" {
			blank = 0
		}
		if blank >= maxBlank-1 || strings.HasSuffix(line, " ") || strings.ContainsFunc(line, hidden) {
			return false
		}
	}
	return true
}

// typed matches what readers of YAML take for a number, a date or a time.
var typed = regexp.MustCompile(`^[0-9][0-9a-zA-Z_.:+-]*$|^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[ Tt]`)

// words are what some reader of YAML takes for something else than text.
var words = regexp.MustCompile(`(?i)^(y|n|yes|no|on|off|true|false|null|nan|inf)$`)

// scalarOf returns s as YAML on one line, in quotes if it needs them: within
// brackets, or alone.
func scalarOf(s string, bracketed bool) string {
	if agenda.ValidID(s) {
		return s
	}
	if s == "" || typed.MatchString(s) || words.MatchString(s) || !plainText(s) || bracketed && strings.ContainsAny(s, ",[]{}") {
		return quote(s)
	}
	return s
}

// plainText reports whether nothing in s has a meaning in YAML.
func plainText(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	last, _ := utf8.DecodeLastRuneInString(s)
	return !strings.ContainsRune("-?:,[]{}#&*!|>'\"%@`=~<.+\\", first) && !unicode.IsSpace(first) && !unicode.IsSpace(last) &&
		last != ':' && !strings.Contains(s, ": ") && !strings.Contains(s, " #") && !strings.ContainsFunc(s, hidden)
}

// hidden reports whether r is written as an escape: it cannot be seen, or ends
// a line. Spaces of all widths and the marks of direction and joining that
// Arabic, Persian and Hebrew texts need are written as they are.
func hidden(r rune) bool {
	return r == utf8.RuneError || r == '\ufeff' || !unicode.IsPrint(r) && !unicode.Is(unicode.Zs, r) && (r < 0x200c || r > 0x200f)
}

// quote returns s in double quotes.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteString(`\` + string(r))
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case !hidden(r):
			b.WriteRune(r)
		case r <= 0xff:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r <= 0xffff:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
