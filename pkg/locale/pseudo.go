package locale

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// The pseudo-locales: languages that nobody speaks, made from the English messages when
// they are first asked for, to see whether a page has room and whether every word of it is
// a message. [For] knows them; [Interface] does not list them.
const (
	PseudoLong        = "en-XA" // accented, two fifths longer, in square brackets
	PseudoRightToLeft = "ar-XB" // each word mirrored, on pages that run from right to left
)

// Pseudo reports whether tag is that of a pseudo-locale.
func Pseudo(tag string) bool { return tag == PseudoLong || tag == PseudoRightToLeft }

// pseudo are the catalogues of the pseudo-locales.
var pseudo = sync.OnceValue(func() map[string]*catalogue {
	return map[string]*catalogue{
		PseudoLong:        disguise(catalogues()[fallback], lengthen),
		PseudoRightToLeft: disguise(catalogues()[fallback], mirror),
	}
})

// catalogueOf returns the messages in a language, or nil if there are none.
func catalogueOf(tag string) *catalogue {
	if c := catalogues()[tag]; c != nil {
		return c
	}
	if Pseudo(tag) {
		return pseudo()[tag]
	}
	return nil
}

// disguise returns a catalogue with every form of every message changed.
func disguise(c *catalogue, change func([]part) []part) *catalogue {
	d := newCatalogue()
	for id, m := range c.messages {
		changed := &message{plurals: m.plurals}
		for i, form := range m.forms {
			if form != nil {
				changed.forms[i] = change(form)
			}
		}
		if m.plain != "" {
			changed.plain = changed.forms[other][0].text
		}
		d.messages[id] = changed
	}
	return d
}

// accents has a letter for each of a-z and A-Z that looks like it and is none of them.
var accents = func() map[rune]rune {
	m := map[rune]rune{}
	accented := []rune("åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ")
	for i, r := range []rune("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		m[r] = accented[i]
	}
	return m
}()

// filler is what makes messages longer: words, so that lines can break.
const filler = " öñé ţŵö ţĥŕéé ƒöûŕ ƒîṽé šîẋ"

// lengthen accents the letters of a form, adds two fifths to it and puts it in brackets, so
// that one sees where a text was cut.
func lengthen(form []part) []part {
	changed := make([]part, 0, len(form)+1)
	length := 0
	for _, p := range form {
		length += utf8.RuneCountInString(p.text)
		changed = append(changed, part{strings.Map(accent, p.text), p.name})
	}
	changed[0].text = "[" + changed[0].text
	return joined(append(changed, part{text: padding((2*length+4)/5) + "]"}))
}

func accent(r rune) rune {
	if a, ok := accents[r]; ok {
		return a
	}
	return r
}

// padding returns n characters of filler.
func padding(n int) string {
	words := []rune(filler)
	var b strings.Builder
	for i := range n {
		b.WriteRune(words[i%len(words)])
	}
	return b.String()
}

// joined puts the text of the last part into the one before it, where no placeholder is
// between them.
func joined(form []part) []part {
	last := len(form) - 1
	if last > 0 && form[last-1].name == "" {
		form[last-1].text += form[last].text
		return form[:last]
	}
	return form
}

// The override that mirrors a word, and its end (Unicode Standard Annex 9, section 2.2).
const rightToLeftOverride, popDirection = "\u202e", "\u202c"

// mirror puts each word of a form into a right-to-left override.
func mirror(form []part) []part {
	changed := make([]part, len(form))
	for i, p := range form {
		changed[i] = part{mirrored(p.text), p.name}
	}
	return changed
}

func mirrored(text string) string {
	var b strings.Builder
	for text != "" {
		end := strings.IndexFunc(text, func(r rune) bool { return !unicode.IsLetter(r) })
		if end < 0 {
			end = len(text)
		}
		if end > 0 {
			b.WriteString(rightToLeftOverride + text[:end] + popDirection)
			text = text[end:]
		}
		next := strings.IndexFunc(text, unicode.IsLetter)
		if next < 0 {
			next = len(text)
		}
		b.WriteString(text[:next])
		text = text[next:]
	}
	return b.String()
}
