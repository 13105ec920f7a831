package agendafile

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tamada/pkg/agenda"
)

// A reader makes values of nodes, and records what cannot be one.
type reader struct {
	*source
	first    string // the first language of the event
	badTimes bool   // whether a time could not be read
}

// wrong records a problem at a node.
func (r *reader) wrong(n *node, format string, args ...any) {
	r.add(n.line, n.column, format, args...)
}

// fields calls the reader of each key of n. The thing that n is goes into
// messages: "a session". Keys without a value count as left out.
func (r *reader) fields(n *node, thing string, readers map[string]func(*node)) {
	if n.shape != mapping {
		r.wrong(n, "%s is a mapping (key: value) here, not %s", thing, n.shape)
		return
	}
	for _, e := range n.entries {
		read, ok := readers[e.key.text]
		if !ok {
			r.wrong(e.key, "%q is not a key of %s; %s", clip(e.key.text), thing, suggest(e.key.text, sortedKeys(readers)))
			continue
		}
		if e.value.shape != nothing {
			read(e.value)
		}
	}
}

// list calls read with each item of n.
func (r *reader) list(n *node, read func(*node)) {
	if n.shape != list {
		r.wrong(n, "a list is expected here ([a, b], or lines that begin with \"- \"), not %s", n.shape)
		return
	}
	for _, item := range n.items {
		read(item)
	}
}

// oneOrMore calls read with each item of n, or with n if it is a single text.
func (r *reader) oneOrMore(n *node, read func(*node)) {
	if n.shape == scalar {
		read(n)
		return
	}
	r.list(n, read)
}

// traps are what YAML 1.1 reads as something else than text.
var traps = map[string]string{
	"yes": "true", "no": "false", "on": "true", "off": "false", "true": "true", "false": "false",
}

// scalar returns the text of n, exactly as it is written.
func (r *reader) scalar(n *node, what string) (string, bool) {
	if n.shape == nothing && n.text != "" {
		r.wrong(n, "%s without quotes is nothing to YAML; write %q", n.text, n.text)
		return "", false
	}
	if n.shape != scalar {
		r.wrong(n, "%s is expected here, not %s", what, n.shape)
		return "", false
	}
	if trap := traps[strings.ToLower(n.text)]; trap != "" && !n.quoted {
		r.wrong(n, "%s without quotes is read as %s by YAML 1.1; write %q", n.text, trap, n.text)
		return "", false
	}
	return n.text, true
}

// str returns a reader of text that is not translated.
func (r *reader) str(to *string) func(*node) {
	return func(n *node) {
		if s, ok := r.scalar(n, "a text"); ok {
			*to = s
		}
	}
}

// strs returns a reader of one or several such texts.
func (r *reader) strs(to *[]string) func(*node) {
	return func(n *node) {
		r.oneOrMore(n, func(n *node) {
			if s, ok := r.scalar(n, "a text"); ok {
				*to = append(*to, s)
			}
		})
	}
}

// text returns a reader of a Text: a text in the first language of the event,
// or a mapping of languages.
func (r *reader) text(to *agenda.Text) func(*node) {
	return func(n *node) { *to = r.textOf(n) }
}

func (r *reader) textOf(n *node) agenda.Text {
	t := agenda.Text{}
	if n.shape != mapping {
		if s, ok := r.scalar(n, "a text, or a mapping of languages ({en: …, fr: …}),"); ok && s != "" {
			t[r.first] = s
		}
	}
	for _, e := range n.entries {
		language, ok := r.scalar(e.key, "a language")
		if !ok || e.value.shape == nothing {
			continue
		}
		if s, ok := r.scalar(e.value, "a text"); ok && s != "" {
			t[language] = s
		}
	}
	if len(t) == 0 {
		return nil
	}
	return t
}

// texts returns a reader of one or several texts.
func (r *reader) texts(to *[]agenda.Text) func(*node) {
	return func(n *node) {
		if n.shape != list {
			*to = append(*to, r.textOf(n))
			return
		}
		for _, item := range n.items {
			*to = append(*to, r.textOf(item))
		}
	}
}

// word returns a reader of one of the words of a vocabulary.
func word[T ~string](r *reader, to *T, what string, all []T) func(*node) {
	return func(n *node) {
		s, ok := r.scalar(n, what)
		if !ok {
			return
		}
		if !slices.Contains(all, T(s)) {
			words := make([]string, len(all))
			for i, w := range all {
				words[i] = string(w)
			}
			r.wrong(n, "%q is not %s; %s", clip(s), what, suggest(s, words))
		}
		*to = T(s)
	}
}

var (
	wholeNumber = regexp.MustCompile(`^(0|[1-9][0-9]{0,8})$`)
	leadingZero = regexp.MustCompile(`^0[0-9]+$`)
)

// number returns a reader of a whole number.
func (r *reader) number(to *int, what string) func(*node) {
	return func(n *node) {
		switch {
		case n.shape != scalar:
			r.wrong(n, "a whole number is expected here (%s), not %s", what, n.shape)
		case n.quoted:
			r.wrong(n, "a whole number is expected here (%s), without quotes", what)
		case leadingZero.MatchString(n.text):
			r.wrong(n, "%s begins with a zero, which some readers of YAML take for base eight; write %s", clip(n.text), clip(zeroless(n.text)))
		case !wholeNumber.MatchString(n.text):
			r.wrong(n, "%q is not a whole number (%s)", clip(n.text), what)
		default:
			*to, _ = strconv.Atoi(n.text) // the pattern leaves nine digits at most
		}
	}
}

// zeroless returns s without the zeros before it.
func zeroless(s string) string {
	if s = strings.TrimLeft(s, "0"); s == "" {
		return "0"
	}
	return s
}

// boolean returns a reader of true and false.
func (r *reader) boolean(to *bool) func(*node) {
	return func(n *node) {
		if n.shape != scalar || n.quoted || n.text != "true" && n.text != "false" {
			r.wrong(n, "true or false is expected here")
			return
		}
		*to = n.text == "true"
	}
}

// time returns a reader of the time of a session.
func (r *reader) time(to *agenda.Time) func(*node) {
	return func(n *node) {
		s, ok := r.scalar(n, "a time like 10:00-10:15")
		if !ok {
			r.badTimes = true
			return
		}
		t, err := agenda.ParseTime(s)
		if err != nil {
			r.badTimes = true
			if len(s) > maxKey {
				r.wrong(n, "a time like 10:00-10:15 is expected here")
				return
			}
			r.wrong(n, "%v", err)
		}
		*to = t
	}
}

// date returns a reader of a date.
func (r *reader) date(to *agenda.Date) func(*node) {
	return func(n *node) {
		s, ok := r.scalar(n, "a date like 2021-03-29")
		if !ok {
			return
		}
		d, err := agenda.ParseDate(s)
		if err != nil {
			r.wrong(n, "%q is not a date like 2021-03-29", clip(s))
			return
		}
		*to = d
	}
}

// instant returns a reader of a moment with its offset.
func (r *reader) instant(to *time.Time) func(*node) {
	return func(n *node) {
		s, ok := r.scalar(n, "a moment like 2021-03-22T09:00:00Z")
		if !ok {
			return
		}
		t, err := time.Parse(time.RFC3339Nano, s)
		if err != nil || t.UTC().Year() < 1 || t.UTC().Year() > 9999 {
			r.wrong(n, "%q is not a moment like 2021-03-22T09:00:00Z (date, T, time, and Z for UTC or +02:00)", clip(s))
			return
		}
		*to = t.UTC()
	}
}
