// Package site is what makes an instance its owner's: its name, logo, colours
// and languages, and what it says of itself. A [Site] is a value that is checked
// as a whole; a [Keeper] has the one of now, which settings in the database
// change while the program runs.
//
// The package leaves out how a site looks (pkg/web), what it says where its owner
// says nothing (messages of pkg/locale), and where the values come from: the file
// is pkg/config's, the settings are pkg/store's.
package site

import (
	"reflect"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tamada/pkg/agenda"
)

// A Site is how an instance presents itself. The texts are Markdown; one that is
// empty is the program's own.
type Site struct {
	Name          agenda.Text `json:"name,omitempty"`
	Short         agenda.Text `json:"short,omitempty"` // the name where there is little room
	Logo          Logo        `json:"logo,omitzero"`
	Light         Colour      `json:"light,omitzero"` // the accent on light pages; [DefaultLight] if not set
	Dark          Colour      `json:"dark,omitzero"`  // on dark ones; derived from Light if not set
	Languages     []string    `json:"languages,omitempty"`
	Imprint       agenda.Text `json:"imprint,omitempty"`
	Privacy       agenda.Text `json:"privacy,omitempty"`
	Accessibility agenda.Text `json:"accessibility,omitempty"`
	Contact       agenda.Text `json:"contact,omitempty"`
}

// Default returns the site of an instance whose owner has said nothing.
func Default() Site {
	return Site{Name: agenda.Text{"en": "Tamada"}, Languages: []string{"en", "fr", "ar"}}
}

// Over returns the site with every field of s that is set, and the other's
// where it is not.
func (s Site) Over(other Site) Site {
	from, to := reflect.ValueOf(s), reflect.ValueOf(&other).Elem()
	for i := range from.NumField() {
		if f := from.Field(i); !unset(f) {
			to.Field(i).Set(f)
		}
	}
	return other
}

// Beyond returns s without the fields that are as other has them, so that
// s.Beyond(other).Over(other) is s.
func (s Site) Beyond(other Site) Site {
	from, to := reflect.ValueOf(other), reflect.ValueOf(&s).Elem()
	for i := range from.NumField() {
		if reflect.DeepEqual(from.Field(i).Interface(), to.Field(i).Interface()) {
			to.Field(i).SetZero()
		}
	}
	return s
}

func unset(v reflect.Value) bool {
	if v.Kind() == reflect.Map || v.Kind() == reflect.Slice {
		return v.Len() == 0
	}
	return v.IsZero()
}

// Accents returns the colours of light and of dark pages.
func (s Site) Accents() (light, dark Colour) {
	light, dark = s.Light, s.Dark
	if light == "" {
		light = DefaultLight
	}
	switch {
	case dark == "" && light == DefaultLight:
		dark = DefaultDark
	case dark == "":
		dark = OnDark.Nearest(light)
	}
	return light, dark
}

// A Problem is one thing that is wrong with a site. Code is the end of the message
// site.problem.CODE, which Args fill.
type Problem struct {
	Field string // as in JSON: "light"
	Code  string
	Args  []any
}

// The bounds of what a site says, in characters.
const (
	LongestName  = 100
	LongestShort = 24
	LongestText  = 20_000
)

// Check returns all that is wrong with s. Interfaces lists the languages that the
// interface can speak.
func (s Site) Check(interfaces []string) []Problem {
	var out []Problem
	if s.Name.Empty() {
		out = append(out, Problem{"name", "name", nil})
	}
	for _, t := range []struct {
		field string
		text  agenda.Text
		most  int
		line  bool
	}{
		{"name", s.Name, LongestName, true},
		{"short", s.Short, LongestShort, true},
		{"imprint", s.Imprint, LongestText, false},
		{"privacy", s.Privacy, LongestText, false},
		{"accessibility", s.Accessibility, LongestText, false},
		{"contact", s.Contact, LongestText, false},
	} {
		out = append(out, checkText(t.field, t.text, t.most, t.line)...)
	}
	out = append(out, checkColour("light", s.Light, OnLight)...)
	if len(checkColour("light", s.Light, OnLight)) == 0 {
		out = append(out, checkColour("dark", s.Dark, OnDark)...)
	}
	if len(s.Logo.Data) > 0 {
		if p := s.Logo.check(); p != nil {
			out = append(out, *p)
		}
	}
	return append(out, s.checkLanguages(interfaces)...)
}

// checkLanguages checks which languages the site offers.
func (s Site) checkLanguages(interfaces []string) []Problem {
	if len(s.Languages) == 0 {
		return []Problem{{"languages", "languages", nil}}
	}
	var out []Problem
	for i, l := range s.Languages {
		switch {
		case !slices.Contains(interfaces, l):
			out = append(out, Problem{"languages", "language", []any{"language", l, "languages", strings.Join(interfaces, ", ")}})
		case slices.Contains(s.Languages[:i], l):
			out = append(out, Problem{"languages", "language-twice", []any{"language", l}})
		}
	}
	return out
}

// checkText checks each language of a text.
func checkText(field string, t agenda.Text, most int, line bool) []Problem {
	var out []Problem
	for _, l := range t.Languages() {
		s := t[l]
		switch {
		case utf8.RuneCountInString(s) > most:
			out = append(out, Problem{field, "long", []any{"language", l, "length", utf8.RuneCountInString(s), "most", most}})
		case !utf8.ValidString(s), strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) && (line || r != '\n' && r != '\t' && r != '\r') }):
			out = append(out, Problem{field, "characters", []any{"language", l}})
		}
	}
	return out
}

// checkColour checks that an accent can be read wherever pages use it.
func checkColour(field string, c Colour, on Surfaces) []Problem {
	if c == "" {
		return nil
	}
	if !c.valid() {
		return []Problem{{field, "colour", []any{"colour", string(c)}}}
	}
	if ratio, _ := on.Worst(c); ratio < LeastContrast {
		return []Problem{{field, "contrast", []any{"ratio", Ratio(ratio), "colour", string(on.Nearest(c))}}}
	}
	return nil
}
