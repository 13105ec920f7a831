// Package phrase understands the small phrases of which agendas are made:
// clock times, lengths, dates, zones of time, names of people and their posts,
// and the words for roles, breaks, places and the like, in the languages that
// people write agendas in.
//
// Its functions look at one line each and know nothing of documents. They
// never fail: what they do not know is not there.
//
// # Design
//
// What depends on a language is a table of words (words_*.go), a row for each
// meaning. To teach it a language, add words to the rows; no code knows one.
// All comparisons are of folded text: small letters without accents (see
// [Fold]), so that tables hold one spelling of each word.
package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Fold returns s in small letters without accents and points of vocalisation,
// with Arabic-Indic digits as 0 to 9 and one kind of dash, space and quote.
func Fold(s string) string {
	if ascii(s) {
		return strings.ToLower(s)
	}
	var b strings.Builder
	b.Grow(len(s))
	for i, r := range s {
		if r < utf8.RuneSelf {
			b.WriteRune(unicode.ToLower(r))
			continue
		}
		parts := norm.NFD.PropertiesString(s[i:]).Decomposition()
		if parts == nil {
			foldTo(&b, r)
		}
		for len(parts) > 0 {
			part, size := utf8.DecodeRune(parts)
			parts = parts[size:]
			foldTo(&b, part)
		}
	}
	return b.String()
}

// foldTo writes what is left of a rune that stands alone.
func foldTo(b *strings.Builder, r rune) {
	switch {
	case r == 'ß':
		b.WriteString("ss")
	case !unicode.Is(unicode.Mn, r):
		b.WriteRune(fold(r))
	}
}

func ascii(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func fold(r rune) rune {
	switch {
	case r >= '٠' && r <= '٩':
		return r - '٠' + '0'
	case r >= '۰' && r <= '۹':
		return r - '۰' + '0'
	case r == '–' || r == '—' || r == '‒' || r == '−' || r == '‐' || r == '‑':
		return '-'
	case r == '\u00a0' || r == '\u202f' || r == '\u2009':
		return ' '
	case r == '’' || r == '‘' || r == 'ʼ':
		return '\''
	}
	switch r = unicode.ToLower(r); r {
	case 'ø':
		return 'o'
	case 'æ':
		return 'a'
	case 'ł':
		return 'l'
	case 'ё':
		return 'е'
	case 'أ', 'إ', 'آ', 'ٱ':
		return 'ا'
	case 'ة':
		return 'ه'
	case 'ى':
		return 'ي'
	}
	return r
}

// A word is a run of letters or digits of a line.
type word struct {
	text       string // folded
	start, end int    // in the line
}

// words cuts s into words. A word is letters with apostrophes inside, or
// digits; "15th" is two words.
func words(s string) []word {
	list := make([]word, 0, 1+len(s)/6)
	start, digits := -1, false
	flush := func(end int) {
		if start >= 0 {
			list = append(list, word{Fold(s[start:end]), start, end})
			start = -1
		}
	}
	for i, r := range s {
		digit := unicode.IsDigit(r)
		letter := digit || unicode.IsLetter(r) || unicode.Is(unicode.Mn, r)
		if !letter {
			flush(i)
			continue
		}
		if start >= 0 && digit != digits {
			flush(i)
		}
		if start < 0 {
			start, digits = i, digit
		}
	}
	flush(len(s))
	return list
}

// A lexicon finds phrases of one or more words and what they mean.
type lexicon[T any] struct {
	meanings map[string]T
	longest  map[string]int // words in the longest phrase that begins with a word
}

// newLexicon builds a lexicon from rows of phrases, separated by commas.
func newLexicon[T any](rows ...entry[T]) *lexicon[T] {
	l := &lexicon[T]{meanings: map[string]T{}, longest: map[string]int{}}
	for _, row := range rows {
		for _, p := range strings.Split(row.phrases, ",") {
			list := words(p)
			if len(list) == 0 {
				continue
			}
			key := join(list)
			if _, ok := l.meanings[key]; !ok {
				l.meanings[key] = row.meaning
			}
			l.longest[list[0].text] = max(l.longest[list[0].text], len(list))
		}
	}
	return l
}

// An entry is a row of a lexicon: phrases of all languages with one meaning.
type entry[T any] struct {
	meaning T
	phrases string
}

func join(list []word) string {
	switch len(list) {
	case 0:
		return ""
	case 1:
		return list[0].text
	}
	var b strings.Builder
	for i := range list {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(list[i].text)
	}
	return b.String()
}

// at returns the meaning of the longest phrase that begins with list[i], and of
// how many words it is; 0 if there is none.
func (l *lexicon[T]) at(list []word, i int) (meaning T, length int) {
	if i >= len(list) {
		return meaning, 0
	}
	for n := min(l.longest[list[i].text], len(list)-i); n > 0; n-- {
		if m, ok := l.meanings[join(list[i:i+n])]; ok {
			return m, n
		}
	}
	return meaning, 0
}

// find returns the first phrase in list and where it is.
func (l *lexicon[T]) find(list []word) (meaning T, at, length int) {
	for i := range list {
		if m, n := l.at(list, i); n > 0 {
			return m, i, n
		}
	}
	return meaning, -1, 0
}

// exact returns the meaning of s as a whole.
func (l *lexicon[T]) exact(s string) (T, bool) {
	m, ok := l.meanings[join(words(s))]
	return m, ok
}
