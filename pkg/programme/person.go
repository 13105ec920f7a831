package programme

import (
	"cmp"
	"context"
	"strings"
	"unicode"
	"unicode/utf8"

	"tamada/pkg/locale"
	"tamada/pkg/typeset"
)

// A Person is somebody that something is printed for: a badge, a name plate, a
// line to sign, a certificate. All words are as printed.
type Person struct {
	Name         string
	SecondName   string // the name in another script
	Honorific    string
	Post         string
	Organisation string
	Country      string // ISO 3166-1 alpha-2
	Category     string // "Delegate", "Speaker": has a colour on badges
	Role         string // "Rapporteur"
	Table        string // where they sit: "4", "Blue"
	Language     string // of the words, BCP 47; that of the document if empty
	Code         string // what the QR code of the badge holds
	Verify       string // address at which the certificate can be checked
}

// personal returns words of a person as a phrase.
func (j *job) personal(p *Person, words string, l look) phrase {
	return phrase{text: clip(words, longest), language: j.languageOf(p), look: l}
}

// secondName returns the name in another script, which runs as its letters do.
func (p *Person) secondName(l look) phrase {
	return phrase{text: clip(p.SecondName, longest), language: languageOfScript(p.SecondName), look: l}
}

// languageOfScript guesses the language of a name from its letters where only
// one of the platform's languages has them.
func languageOfScript(s string) string {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Georgian, r):
			return "ka"
		case unicode.Is(unicode.Arabic, r):
			return "ar"
		}
	}
	return ""
}

// languageOf returns the language of the words of a person.
func (j *job) languageOf(p *Person) string {
	return cmp.Or(p.Language, j.first().lang)
}

// from says where a person is from: organisation and country.
func (j *job) from(p *Person, l look) []phrase {
	country := j.first().country(p.Country, l)
	if p.Country != "" && p.Language != "" {
		country.text, country.language = locale.For(p.Language).Country(p.Country), p.Language
	}
	return list(", ", j.personal(p, p.Organisation, l), country)
}

// fitted lays out phrases in the largest size at which they take so many
// lines at most; below the least size, a share of the largest, they are cut.
func (j *job) fitted(m measure, e *element, most int, least float64, phrases ...phrase) cell {
	const smaller = 0.93
	for size := 1.0; ; size *= smaller {
		scaled := make([]phrase, len(phrases))
		for i, p := range phrases {
			p.look.size *= size
			p.look.leading *= size
			scaled[i] = p
		}
		c := j.set(m, e, scaled...)
		if len(c.block.Lines) <= most && j.wordsFit(m.width, scaled) {
			return c
		}
		if size < least {
			c.block = c.block.Cut(0, most)
			return c
		}
	}
}

// wordsFit reports whether the longest word of each phrase fits on a line.
func (j *job) wordsFit(width float64, phrases []phrase) bool {
	const wide = 10_000
	for _, p := range phrases {
		longest := ""
		for _, word := range strings.Fields(p.text) {
			if utf8.RuneCountInString(word) > utf8.RuneCountInString(longest) {
				longest = word
			}
		}
		p.text = longest
		if j.set(measure{width: wide}, nil, p).block.LongestLine() > width {
			return false
		}
	}
	return true
}

// canvas is a page that is set freely: one strip as high as the page.
func canvas(size typeset.Size) page {
	return page{size: size, strips: []strip{{height: size.Height}}, bare: true}
}

// nobody lays out the one page of a document about people when there are
// none.
func (j *job) nobody(ctx context.Context) (*pages, error) {
	f := &flow{}
	s := j.scope(f, j.root, false)
	s.paragraph(0, typeset.H1, func(v *voice) []phrase {
		return []phrase{v.word(sectionLook, "print.document."+string(j.o.Document))}
	})
	s.paragraph(j.design.pt(8), typeset.P, func(v *voice) []phrase { return []phrase{v.word(bodyLook, "print.nobody")} })
	list, err := j.flowed(ctx, f)
	return &pages{job: j, title: j.documentTitle(), list: list}, err
}
