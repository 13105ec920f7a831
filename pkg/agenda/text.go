package agenda

import (
	"maps"
	"slices"
	"strings"
)

// A Text says one thing in one or several languages, by BCP 47 tag. A nil Text
// says nothing.
type Text map[string]string

// In returns the text in lang or, where there is none, in the first of
// fallback that has one, or in any language at all; and the language of what
// it returns. A tag matches its parent ("fr-CA" finds "fr") and a regional
// variant ("fr" finds "fr-CA"). Both results are empty if t is empty.
//
// Renderers call it with the language asked for and [Event.Languages].
func (t Text) In(lang string, fallback ...string) (text, language string) {
	if s, l := t.match(lang); l != "" {
		return s, l
	}
	for _, f := range fallback {
		if s, l := t.match(f); l != "" {
			return s, l
		}
	}
	for _, l := range t.Languages() {
		if t[l] != "" {
			return t[l], l
		}
	}
	return "", ""
}

// match finds lang, one of its parents, or one of its regional variants.
func (t Text) match(lang string) (text, language string) {
	for tag := lang; tag != ""; tag = parent(tag) {
		if s := t[tag]; s != "" {
			return s, tag
		}
	}
	base, _, _ := strings.Cut(lang, "-")
	if base == "" {
		return "", ""
	}
	for _, l := range t.Languages() {
		if strings.HasPrefix(l, base+"-") && t[l] != "" {
			return t[l], l
		}
	}
	return "", ""
}

// parent returns tag without its last subtag, or "".
func parent(tag string) string {
	i := strings.LastIndexByte(tag, '-')
	if i < 0 {
		return ""
	}
	return tag[:i]
}

// Languages returns the languages of t, sorted.
func (t Text) Languages() []string { return slices.Sorted(maps.Keys(t)) }

// Empty reports whether t says nothing in any language.
func (t Text) Empty() bool {
	for _, s := range t {
		if s != "" {
			return false
		}
	}
	return true
}

// Equal reports whether t and u say the same in the same languages.
func (t Text) Equal(u Text) bool { return maps.Equal(t, u) }

// Main returns t in the first language of e.
func (e *Event) Main(t Text) string {
	s, _ := t.In("", e.Languages...)
	return s
}
