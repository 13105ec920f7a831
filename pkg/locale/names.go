package locale

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"tamada/pkg/zone"
)

// Country returns the name of the country with that ISO 3166 code in two capitals: that
// of [Locale.WithCountries], else the CLDR's with the corrections of this package, else
// the code.
func (l *Locale) Country(code string) string {
	if name := l.countries[code]; name != "" {
		return name
	}
	if name := l.table.Countries[code]; name != "" {
		return name
	}
	return code
}

// Countries lists the codes that [Locale.Country] has names for, in the order of their names.
func (l *Locale) Countries() []string {
	codes := make([]string, 0, len(l.table.Countries))
	for code := range l.table.Countries {
		codes = append(codes, code)
	}
	compare := Collate(l.dateTag)
	slices.SortFunc(codes, func(a, b string) int { return compare(l.Country(a), l.Country(b)) })
	return codes
}

// Language returns the name of the language with that BCP 47 tag, as within a sentence:
// "arabe", "Portuguese (Angola)". Of an unknown language it returns the tag.
func (l *Locale) Language(tag string) string {
	tag = canonical(tag)
	if name := l.table.Languages[tag]; name != "" {
		return name
	}
	for rest := tag; ; {
		i := strings.LastIndexByte(rest, '-')
		if i < 0 {
			return tag
		}
		rest = rest[:i]
		if name := l.table.Languages[rest]; name != "" {
			return l.qualified(name, strings.Split(tag[i+1:], "-"))
		}
	}
}

// qualified adds the names of scripts and countries to that of a language.
func (l *Locale) qualified(name string, subtags []string) string {
	var of []string
	for _, s := range subtags {
		if n := l.table.Scripts[s]; n != "" {
			of = append(of, n)
		} else if len(s) == 2 {
			of = append(of, l.Country(s))
		}
	}
	if of == nil {
		return name
	}
	return fill(l.table.Qualified, name, strings.Join(of, ", "))
}

// Endonym returns the name of a language in itself, for menus: "العربية", "Français". Of
// an unknown language it returns the tag.
func Endonym(tag string) string {
	tag = canonical(tag)
	for rest := tag; rest != ""; rest = parent(rest) {
		if name := archive().endonyms[rest]; name != "" {
			return title(rest, name)
		}
	}
	return tag
}

// Title returns s with a capital at its beginning, for a heading that begins with a date
// or a name. Scripts without capitals stay as they are.
func (l *Locale) Title(s string) string { return title(l.dateTag, s) }

func title(tag, s string) string {
	r, n := utf8.DecodeRuneInString(s)
	switch {
	case n == 0 || r == utf8.RuneError:
		return s
	case tag == "tr" || tag == "az":
		return string(unicode.TurkishCase.ToTitle(r)) + s[n:]
	}
	return string(unicode.ToTitle(r)) + s[n:]
}

// Number returns n with the language's separator of thousands: "1,234", "1 234".
func (l *Locale) Number(n int) string { return l.table.number(n) }

func (t *table) number(n int) string {
	digits := strconv.Itoa(n)
	sign := ""
	if n < 0 {
		sign, digits = t.Minus, digits[1:]
	}
	if len(digits) < 3+max(1, t.MinimumGrouping) {
		return sign + digits
	}
	b := append(make([]byte, 0, 32), sign...)
	for i := range len(digits) {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b = append(b, t.Group...)
		}
		b = append(b, digits[i])
	}
	return string(b)
}

// List joins items with the language's commas and its "and".
func (l *Locale) List(items ...string) string {
	n := len(items)
	switch n {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return fill(l.and(l.table.ListPair, items[1]), items[0], items[1])
	}
	s := fill(l.table.ListStart, items[0], items[1])
	for _, item := range items[2 : n-1] {
		s = fill(l.table.ListMiddle, s, item)
	}
	return fill(l.and(l.table.ListEnd, items[n-1]), s, items[n-1])
}

// and is the pattern p before item: in Spanish, "y" is "e" before the sound i.
func (l *Locale) and(p, item string) string {
	if l.table.tag != "es" {
		return p
	}
	s := strings.ToLower(item)
	vowel := strings.HasPrefix(s, "i") || strings.HasPrefix(s, "í") || strings.HasPrefix(s, "hi") || strings.HasPrefix(s, "hí")
	diphthong := strings.HasPrefix(s, "hie") || strings.HasPrefix(s, "hia") || strings.HasPrefix(s, "hio")
	if vowel && !diphthong {
		return strings.Replace(p, " y ", " e ", 1)
	}
	return p
}

// fill puts a and b into a pattern such as "{0}, {1}".
func fill(pattern, a, b string) string {
	before, rest, _ := strings.Cut(pattern, "{0}")
	between, after, _ := strings.Cut(rest, "{1}")
	return before + a + between + b + after
}

// Roles returns the heading above the holders of a role: "Speaker" above one, "Speakers"
// above more. It is not a counted noun: in Russian, above 21 it is a plural.
func (l *Locale) Roles(name string, holders int) string {
	return l.T("roles."+name, "count", min(holders, 10))
}

// Minutes returns "15 min", in the language of the messages.
func (l *Locale) Minutes(n int) string { return l.T("minutes", "count", n) }

// Zone names an IANA time zone by its city and its distance from UTC at that moment:
// "Tbilisi time (GMT+4)". Zones that stand for no place have the distance only.
func (l *Locale) Zone(name string, at time.Time) string {
	if loc, err := zone.Load(name); err == nil {
		at = at.In(loc)
	}
	city := l.City(name)
	if city == "" {
		return l.Offset(at)
	}
	return strings.Replace(l.table.Zone, "{0}", city, 1) + " (" + l.Offset(at) + ")"
}

// City returns the name of the city that an IANA time zone is named for: "Tbilisi"; "" if it
// stands for no place.
func (l *Locale) City(name string) string {
	if !strings.Contains(name, "/") || strings.HasPrefix(name, "Etc/") {
		return ""
	}
	if city := l.table.Cities[name]; city != "" {
		return city
	}
	if known := archive().zones[name]; l.table.Cities[known] != "" {
		return l.table.Cities[known]
	}
	return strings.ReplaceAll(name[strings.LastIndexByte(name, '/')+1:], "_", " ")
}

// Offset returns the distance from UTC of the zone that t is in, as the language writes
// it: "GMT+4", "UTC−3:30", "GMT".
func (l *Locale) Offset(t time.Time) string {
	_, seconds := t.Zone()
	if seconds == 0 {
		return l.table.OffsetZero
	}
	sign := "+"
	if seconds < 0 {
		sign, seconds = l.table.Minus, -seconds
	}
	s := sign + strconv.Itoa(seconds/3600)
	if minutes := seconds / 60 % 60; minutes != 0 {
		s += ":" + string(number(nil, minutes, 2))
	}
	return strings.Replace(l.table.Offset, "{0}", s, 1)
}
