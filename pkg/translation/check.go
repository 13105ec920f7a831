package translation

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"tamada/pkg/locale"
)

// check returns what is wrong with a translation of m in a form of a language.
func (m *Message) check(form, text string, rules plural) []string {
	var wrong []string
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	english := m.Texts[Source][other]
	if form != "" && m.Texts[Source][form] == "" && !rules.has(form) && form != other {
		say("the language has no form %q; leave the cell empty", form)
	}
	if malformed(text) {
		say("a brace that is no placeholder; write one like {{.count}}")
		return wrong
	}
	want, got := placeholders(english), placeholders(text)
	for _, name := range got {
		if !slices.Contains(want, name) {
			say("the placeholder {{.%s}} is not in the English text", name)
		}
	}
	for _, name := range want {
		if !slices.Contains(got, name) && m.needs(name, form, rules) {
			say("the placeholder {{.%s}} is missing", name)
		}
	}
	if text != strings.TrimSpace(text) && english == strings.TrimSpace(english) {
		say("a space at the beginning or the end")
	}
	if strings.Contains(text, "  ") {
		say("two spaces in a row")
	}
	if i := strings.IndexFunc(text, func(r rune) bool { return unicode.IsControl(r) && (r != '\n' || !strings.Contains(english, "\n")) }); i >= 0 {
		say("a line break or another control character")
	}
	return wrong
}

// needs reports whether a form has to have a placeholder of the English text. A number may be
// in words where the form is for it alone, and anything may be left out there.
func (m *Message) needs(name, form string, rules plural) bool {
	if form == "" || form == other {
		return true
	}
	i := slices.IndexFunc(rules, func(f locale.PluralForm) bool { return f.Name == form })
	return name == "count" && i >= 0 && len(rules[i].Examples) > 1 && strings.Contains(m.english(form), "{{")
}

// malformed reports whether a text has braces that are no placeholder.
func malformed(text string) bool {
	for {
		before, rest, open := strings.Cut(text, "{{")
		if strings.ContainsAny(before, "{}") {
			return true
		}
		if !open {
			return false
		}
		inside, after, closed := strings.Cut(rest, "}}")
		name, dotted := strings.CutPrefix(strings.TrimSpace(inside), ".")
		if !closed || !dotted || name == "" || strings.ContainsAny(name, " .{}|") {
			return true
		}
		text = after
	}
}
