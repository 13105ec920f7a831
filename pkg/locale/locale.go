// Package locale says everything in the reader's language: the messages of the
// interface, dates, times, numbers, lists, names of countries, languages and time zones.
//
// A [Locale] speaks two languages at most. Messages exist in the languages of
// [Interface] (files messages/AREA.TAG.json, in the format of go-i18n); dates and names in
// some fifty languages of the Unicode CLDR (cldr.zip, made by gen.go). A page about a
// meeting held in German thus has German dates, and messages in the site's language.
//
// The package leaves out the languages of content: titles and abstracts are Text of
// pkg/agenda, with translations of their own.
//
// # Design
//
// x/text has the CLDR of 2017, with names of countries that no longer exist, and no
// dates; browsers have no Georgian. Hence a table of our own. Digits are Latin in every
// language, so that one page never has two kinds. Clocks have 24 hours.
//
// Nothing here panics: an unknown message is ⟦its id⟧, an unknown country its code.
package locale

import (
	"slices"
	"strings"
	"sync"
)

//go:generate go run gen.go

// A Locale writes for readers of one language. It is immutable and safe for
// concurrent use; [For] returns one.
type Locale struct {
	tag, dateTag string
	words        *catalogue
	own          *table            // of the messages' language, for numbers in them
	table        *table            // of the dates' language
	countries    map[string]string // names set by the instance, by code
}

// fallback is the language of what has no better one.
const fallback = "en"

// pairs are the locales by language of messages and of dates.
var pairs sync.Map

// For returns the locale for the first of tags that there are messages in, with dates in
// the first that the CLDR table has. Tags are those of BCP 47, best first; regions fall
// back to their language ("fr-CA" to "fr"). What matches no tag is in English.
func For(tags ...string) *Locale {
	key := [2]string{fallback, fallback}
	for i, known := range []func(string) bool{inCatalogues, inTables} {
		for _, tag := range tags {
			if found := lookup(tag, known); found != "" {
				key[i] = found
				break
			}
		}
	}
	if l, ok := pairs.Load(key); ok {
		return l.(*Locale)
	}
	l := &Locale{
		tag: key[0], words: catalogueOf(key[0]), own: tableOf(lookup(key[0], inTables)),
		dateTag: key[1], table: tableOf(key[1]),
	}
	shared, _ := pairs.LoadOrStore(key, l)
	return shared.(*Locale)
}

// Interface lists the languages that there are messages in: English, then the others in
// the order of their tags.
func Interface() []string {
	tags := make([]string, 0, len(catalogues()))
	for tag := range catalogues() {
		if tag != fallback {
			tags = append(tags, tag)
		}
	}
	slices.Sort(tags)
	return append([]string{fallback}, tags...)
}

func inCatalogues(tag string) bool { return catalogueOf(tag) != nil }

// WithCountries returns a copy of l that gives the countries with these ISO 3166 codes
// these names, for an instance whose host has its own usage.
func (l *Locale) WithCountries(names map[string]string) *Locale {
	m := *l
	m.countries = names
	return &m
}

// Tag is the language of the messages, for the lang attribute of a page.
func (l *Locale) Tag() string { return l.tag }

// DateTag is the language of dates, numbers and names. It differs from [Locale.Tag] where
// there are no messages.
func (l *Locale) DateTag() string { return l.dateTag }

// Dir is the direction of the messages, "ltr" or "rtl".
func (l *Locale) Dir() string { return Dir(l.tag) }

// T returns the message of that id, such as "kind.round-table". Args are pairs of a
// placeholder's name and its value; whole numbers (int) have separators of thousands, and
// the one named "count" selects the plural form. Other values are written as fmt.Print
// would. The text is plain: templates escape it.
func (l *Locale) T(id string, args ...any) string {
	m := l.words.messages[id]
	if m == nil {
		return "⟦" + id + "⟧"
	}
	if len(args) == 0 && m.plain != "" {
		return m.plain
	}
	var b strings.Builder
	for _, p := range m.form(args) {
		b.WriteString(p.text)
		if p.name != "" {
			b.WriteString(l.argument(p.name, args))
		}
	}
	return b.String()
}
