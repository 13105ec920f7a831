package translation

import (
	"slices"
	"strconv"
	"strings"

	"tamada/pkg/locale"
)

// A row is a line of a sheet: one form of one message.
type row struct {
	id, form string // form is empty for a message without a plural
	english  string // what it says, or the form to go by
	note     string // for the translator
	texts    []string
	unused   []bool // whether the language has no such form
}

// A plural is the forms of one language.
type plural []locale.PluralForm

// has reports whether the language needs the form of that name.
func (p plural) has(name string) bool {
	return slices.ContainsFunc(p, func(f locale.PluralForm) bool { return f.Name == name })
}

// plurals returns the forms of each language, English first.
func plurals(languages []string) ([]plural, error) {
	all := make([]plural, 0, len(languages)+1)
	for _, language := range append([]string{Source}, languages...) {
		forms, err := locale.PluralForms(language)
		if err != nil {
			return nil, err
		}
		all = append(all, forms)
	}
	return all, nil
}

// rows returns the lines of the sheet of a.
func (a *Area) rows(languages []string, rules []plural) []row {
	var all []row
	for i := range a.Messages {
		m := &a.Messages[i]
		if !m.counted() {
			all = append(all, m.row("", languages, rules))
			continue
		}
		for _, form := range formNames {
			if m.inUse(form, languages, rules) {
				all = append(all, m.row(form, languages, rules))
			}
		}
	}
	return all
}

// inUse reports whether one of the languages, or English, needs or has a form of m.
func (m *Message) inUse(form string, languages []string, rules []plural) bool {
	for i, language := range append([]string{Source}, languages...) {
		if m.Texts[language][form] != "" || i > 0 && rules[i].has(form) {
			return true
		}
	}
	return form == other
}

// row returns one line of m.
func (m *Message) row(form string, languages []string, rules []plural) row {
	name := form
	if form == "" {
		name = other
	}
	r := row{id: m.ID, form: form, english: m.english(name), note: m.note(form, languages, rules)}
	for i, language := range languages {
		text := m.Texts[language][name]
		r.texts = append(r.texts, text)
		r.unused = append(r.unused, form != "" && text == "" && !rules[i+1].has(form))
	}
	return r
}

// english returns the English text to translate from: that of the form, or the general one.
func (m *Message) english(form string) string {
	if text := m.Texts[Source][form]; text != "" {
		return text
	}
	return m.Texts[Source][other]
}

// note says what a translator should know of a line.
func (m *Message) note(form string, languages []string, rules []plural) string {
	var parts, names []string
	for _, name := range placeholders(m.Texts[Source][other]) {
		names = append(names, "{{."+name+"}}")
	}
	if len(names) > 0 {
		parts = append(parts, "Keep "+strings.Join(names, ", ")+".")
	}
	var taking []string
	for i, language := range languages {
		for _, f := range rules[i+1] {
			if f.Name == form && form != "" {
				taking = append(taking, language+" "+numbers(f))
			}
		}
	}
	if len(taking) > 0 {
		parts = append(parts, "For numbers such as: "+strings.Join(taking, "; ")+".")
	}
	return strings.Join(parts, "\n")
}

// numbers lists some numbers that take a form.
func numbers(f locale.PluralForm) string {
	if len(f.Examples) == 0 {
		return "fractions"
	}
	list := make([]string, len(f.Examples))
	for i, n := range f.Examples {
		list[i] = strconv.Itoa(n)
	}
	return strings.Join(list, ", ")
}
