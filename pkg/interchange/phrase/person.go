package phrase

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"tamada/pkg/agenda"
)

// A Holder is who holds a role, as a line names them: a person with posts, an
// organisation, a country, or plain words. Exactly one of Name, Organisation
// without Name, Country and Words is set.
type Holder struct {
	Honorific    string
	Name         string
	Posts        []string
	Organisation string
	Country      string // ISO 3166-1 alpha-2
	Words        string
	Status       agenda.RoleStatus
	Sure         bool // what follows the name is a post or an organisation without doubt
}

// Holders reads who a line names: "Marco Daglio, Acting Head of Division; Head
// of Observatory, OECD", "A. Nord / B. Lind, DIGG", "NL / FI", "All". It
// returns nil for a placeholder or nothing.
func Holders(s string) []Holder {
	status, s := CutStatus(arabicMarks.Replace(strings.Trim(strings.TrimSpace(s), "*_– -")))
	if s == "" || Placeholder(s) {
		return nil
	}
	list := holders(s)
	for i := range list {
		if status != agenda.RoleConfirmed {
			list[i].Status = status
		}
		if list[i].Status == "" {
			list[i].Status = agenda.RoleConfirmed
		}
	}
	return list
}

// arabicMarks are the commas of Arabic script.
var arabicMarks = strings.NewReplacer("،", ",", "؛", ";")

func holders(s string) []Holder {
	if h, ok := wordsHolder(s); ok {
		return []Holder{h}
	}
	if list := codes(s); list != nil {
		return list
	}
	var list []Holder
	for _, part := range people(s) {
		list = append(list, oneOrMore(part)...)
	}
	return list
}

// wordsHolder reads "All", "Chairs", "the Secretariat".
func wordsHolder(s string) (Holder, bool) {
	if _, ok := everybody.exact(s); ok || RolesIn(s) != nil {
		return Holder{Words: s}, true
	}
	return Holder{}, false
}

// codes reads a list of organisations or countries that only letters name:
// "FR", "NL / FI", "JRC/OP/SEMIC".
func codes(s string) []Holder {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == '/' || r == ',' || r == ' ' || r == '&' || r == ';' })
	var list []Holder
	for _, p := range parts {
		if together[Fold(p)] {
			continue
		}
		switch {
		case len(p) == 2 && countries[p]:
			list = append(list, Holder{Country: p})
		case acronym(p):
			list = append(list, Holder{Organisation: p})
		default:
			return nil
		}
	}
	return list
}

// acronym reports whether s is letters in capitals, digits and hyphens.
func acronym(s string) bool {
	capitals := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsDigit(r), r == '-', r == '.':
		default:
			return false
		}
	}
	return capitals >= 2 && len(s) <= 14
}

// people cuts a line into parts of one person each, or of several that share
// what follows. A semicolon parts people where a name follows it, and posts of
// one person where none does.
func people(s string) []string {
	parts := strings.Split(partNames(s), ";")
	var list []string
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if p == "" {
			continue
		}
		name, _, _ := strings.Cut(p, ",")
		if len(list) > 0 && !startsWithNames(name) {
			list[len(list)-1] += "; " + p
			continue
		}
		list = append(list, p)
	}
	return list
}

// partNames puts a semicolon where a comma after brackets parts two people:
// "Jan Wolf (Köln), Petra Stein (Transparency)".
func partNames(s string) string {
	for at := 0; ; {
		i := strings.Index(s[at:], "), ")
		if i < 0 {
			return s
		}
		at += i + 1
		name := s[at+1:]
		if end := strings.IndexAny(name, ",(;"); end > 0 {
			name = name[:end]
		}
		if IsNames(splitNames(strings.TrimSpace(name))) {
			s = s[:at] + ";" + s[at+1:]
		}
	}
}

func startsWithNames(s string) bool {
	if i := strings.IndexAny(s, "(–"); i > 0 {
		s = s[:i]
	}
	if i := strings.Index(s, " - "); i > 0 {
		s = s[:i]
	}
	for _, n := range splitNames(s) {
		if !IsName(n) {
			return false
		}
	}
	return true
}

// oneOrMore reads one part: names, joined or alone, then posts and organisation.
func oneOrMore(s string) []Holder {
	if abbreviated(s) {
		return []Holder{{Organisation: s}}
	}
	names, rest := cutNames(s)
	if len(names) == 0 {
		if post, name := leadingPost(s); post != "" {
			list := oneOrMore(name)
			list[0].Posts = append([]string{post}, list[0].Posts...)
			return list
		}
		return other(s)
	}
	var list []Holder
	posts, organisation, more := description(rest)
	for _, n := range names {
		h := Holder{Posts: posts, Organisation: organisation}
		h.Sure = organisational(organisation) && !strings.Contains(organisation, "#") || hasPost(strings.Join(posts, " "))
		h.Honorific, h.Name = cutHonorific(n)
		list = append(list, h)
	}
	return append(list, more...)
}

// abbreviated reports whether s is a name of three words or more with its first
// letters in brackets, as organisations have them: "Independent Reporting
// Mechanism (IRM)".
func abbreviated(s string) bool {
	open := strings.LastIndex(s, " (")
	if open < 0 || !strings.HasSuffix(s, ")") || strings.ContainsAny(s[:open], ",;–") {
		return false
	}
	short := s[open+2 : len(s)-1]
	if !acronym(short) || len(short) < 3 {
		return false
	}
	letters := []rune(Fold(short))
	for _, w := range words(s[:open]) {
		if first, _ := utf8.DecodeRuneInString(w.text); len(letters) > 0 && first == letters[0] {
			letters = letters[1:]
		}
	}
	return len(letters) == 0
}

// leadingPost parts a post in small letters from the name after it:
// "statssekretær Paul Chaffey".
func leadingPost(s string) (post, name string) {
	fields := strings.Fields(s)
	n := 0
	for n < len(fields) && lowerCase(fields[n]) {
		n++
	}
	if n == 0 || n == len(fields) || n > 6 {
		return "", ""
	}
	post, name = strings.Join(fields[:n], " "), strings.Join(fields[n:], " ")
	if names, _ := cutNames(name); len(names) == 0 || !posts[Fold(fields[0])] {
		return "", ""
	}
	return post, name
}

// other reads a part without a name: organisations in brackets or alone.
func other(s string) []Holder {
	if h, ok := wordsHolder(s); ok {
		return []Holder{h}
	}
	if list := codes(s); list != nil {
		return list
	}
	if organisational(s) {
		return []Holder{{Organisation: s}}
	}
	return []Holder{{Words: s}}
}

// cutNames takes the names from the beginning of s.
func cutNames(s string) (names []string, rest string) {
	at := len(s)
	for _, mark := range []string{",", " – ", " — ", " - ", " (", ": ", " with ", " avec ", " con ", " com ", " mit ", " med "} {
		if i := strings.Index(s, mark); i > 0 && i < at {
			at = i
		}
	}
	head := strings.TrimSpace(s[:at])
	list := splitNames(head)
	if IsNames(list) {
		for _, more := range commaNames(s[at:]) { // "Michal Kubáň, Martin Nečaský – Ministry"
			list = append(list, more)
			at += strings.Index(s[at:], more) + len(more)
		}
		return list, strings.TrimSpace(s[at:])
	}
	return nil, s
}

// commaNames returns the names that follow one after a comma.
func commaNames(rest string) []string {
	var list []string
	for strings.HasPrefix(rest, ", ") {
		next := rest[2:]
		end := len(next)
		for _, mark := range []string{",", " – ", " — ", " - ", " ("} {
			if i := strings.Index(next, mark); i > 0 && i < end {
				end = i
			}
		}
		name := strings.TrimSpace(next[:end])
		if names := splitNames(name); !IsNames(names) || organisational(name) || hasPost(name) || country(name) {
			return list
		}
		list = append(list, splitNames(name)...)
		rest = next[end:]
	}
	if len(list) == 1 && rest == "" { // "Nada Zohdy, Global Integrity"
		return nil
	}
	return list
}

// IsNames reports whether every one of list is the name of a person.
func IsNames(list []string) bool {
	for _, n := range list {
		if !IsName(n) {
			return false
		}
	}
	return len(list) > 0
}

// splitNames cuts names joined by "and", "&" or "/".
func splitNames(s string) []string {
	fields := strings.Fields(strings.ReplaceAll(strings.ReplaceAll(s, "/", " / "), "&", " & "))
	var list []string
	var current []string
	for _, f := range fields {
		if f == "/" || f == "&" || len(current) > 0 && together[Fold(f)] && len(f) <= 3 && f == strings.ToLower(f) {
			if len(current) > 0 {
				list = append(list, strings.Join(current, " "))
			}
			current = nil
			continue
		}
		current = append(current, f)
	}
	if len(current) > 0 {
		list = append(list, strings.Join(current, " "))
	}
	return list
}

// description reads what follows a name: "Acting Head of Division; Head of
// Observatory, OECD", "(ONS)", "– Ministry of the Interior". The last part
// after a comma of the last post is the organisation. More people may follow
// after "with".
func description(s string) (posts []string, organisation string, more []Holder) {
	lower := Fold(s)
	for _, w := range []string{"with ", "avec ", "con ", "com ", "mit ", "med ", "and "} {
		if i := strings.Index(lower, w); i >= 0 && len(lower) == len(s) && (i == 0 || s[i-1] == ' ') {
			if rest := s[i+len(w):]; nameAhead(rest) {
				more = oneOrMore(strings.TrimSpace(rest))
				s = s[:i]
				break
			}
		}
	}
	s = strings.TrimSpace(strings.TrimLeft(strings.TrimSpace(s), ",–—-:"))
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = strings.TrimSpace(s[1 : len(s)-1])
	}
	if s == "" {
		return nil, "", more
	}
	for i, part := range strings.Split(s, ";") {
		part = strings.Trim(part, " ,")
		if part != "" && (i > 0 || part != "") {
			posts = append(posts, part)
		}
	}
	if len(posts) == 0 {
		return nil, "", more
	}
	last := posts[len(posts)-1]
	if first := words(last); len(posts) > 1 && len(first) > 0 && (organisationHeads[first[0].text] || organisational(last) && !hasPost(last)) { // "Head of Unit; Directorate for Governance, OECD"
		return posts[:len(posts)-1], last, more
	}
	post, org := splitOrganisation(last)
	if post == "" {
		return posts[:len(posts)-1], org, more
	}
	posts[len(posts)-1] = post
	return posts, org, more
}

// nameAhead reports whether s begins with the name of a person.
func nameAhead(s string) bool {
	if i := strings.IndexAny(s, ",;(–"); i > 0 {
		s = s[:i]
	}
	return IsNames(splitNames(strings.TrimSpace(s)))
}

// splitOrganisation parts a post from the organisation it is in.
func splitOrganisation(s string) (post, organisation string) {
	if i := strings.LastIndex(s, ", "); i > 0 {
		for j := strings.LastIndex(s[:i], ", "); j > 0 && headsOrganisation(s[j+2:i]); j = strings.LastIndex(s[:j], ", ") {
			i = j
		}
		return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+2:])
	}
	for _, mark := range []string{" – ", " — ", " - ", " at the ", " at "} {
		if i := strings.LastIndex(s, mark); i > 0 {
			return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+len(mark):])
		}
	}
	list := words(s)
	if len(list) == 0 || posts[list[0].text] || posts[list[len(list)-1].text] || hasPost(s) && !organisational(s) || lowerCase(s) {
		return s, ""
	}
	return "", s
}

// headsOrganisation reports whether s is a part of an organisation that belongs
// to what follows it: the Directorate in "Directorate for Governance, OECD".
func headsOrganisation(s string) bool {
	list := words(s)
	return len(list) > 0 && organisationHeads[list[0].text]
}

func lowerCase(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(first)
}

// cutHonorific parts "Ms", "H.E.", "Dr" from a name.
func cutHonorific(name string) (honorific, rest string) {
	fields := strings.Fields(name)
	n := 0
	for n < len(fields)-1 && honorifics[strings.Trim(Fold(fields[n]), ".")] {
		n++
	}
	return strings.Join(fields[:n], " "), strings.Join(fields[n:], " ")
}

// IsName reports whether s is written like the name of a person: two to five
// words with capitals, none of which is a word for a post or an organisation.
func IsName(s string) bool {
	_, s = cutHonorific(strings.Trim(s, "*_ "))
	fields := strings.Fields(s)
	if len(fields) < 2 || len(fields) > 5 || len(s) > 60 {
		return false
	}
	capitals := 0
	for i, f := range fields {
		switch folded := Fold(strings.Trim(f, ".,'\"")); {
		case particles[folded] && lowerCase(f):
		case len(f) == 1 && f[0] >= 'A' && f[0] <= 'Z':
			capitals++ // an initial
		case notInNames[folded], !nameWord(f, i):
			return false
		default:
			capitals++
		}
	}
	return capitals >= 2 && !country(s)
}

// nameWord reports whether f can be a word of a name: a capital and small
// letters, an initial, or a script without capitals.
func nameWord(f string, position int) bool {
	first, size := utf8.DecodeRuneInString(f)
	if !unicode.IsUpper(first) {
		return unicode.Is(unicode.Arabic, first) || unicode.Is(unicode.Georgian, first)
	}
	small, capitals := false, 1
	for i, r := range f[size:] {
		switch {
		case unicode.IsLower(r), unicode.Is(unicode.Mn, r):
			small = true
		case unicode.IsUpper(r):
			capitals++
			if small && !beginsName(f[:size+i]) { // "OpenGov"
				return false
			}
		case r == '-', r == '\'', r == '’', r == '.':
		default:
			return false
		}
	}
	return small || len(strings.Trim(f, ".")) == size || position > 0 && capitals > 2 && len(f) > 4
}

// beginsName reports whether a capital may follow the beginning s of a name:
// "McKay", "DeVries", "Jean-Luc", "O'Brien".
func beginsName(s string) bool {
	return strings.ContainsAny(s[len(s)-1:], "-'.") || strings.HasSuffix(s, "’") || s == "Mc" || s == "Mac" || s == "Fitz" || particles[Fold(s)]
}

// organisational reports whether s names an organisation: an acronym, or words
// like "Ministry".
func organisational(s string) bool {
	if acronym(s) {
		return true
	}
	list := words(s)
	for _, w := range list {
		if organisations[w.text] {
			return true
		}
	}
	fields := strings.Fields(s)
	if len(fields) > 0 && len(fields) <= 3 && !lowerCase(s) {
		for _, f := range fields {
			if acronym(f) {
				return true
			}
		}
		return len(fields) == 1 && !strings.ContainsAny(s, ".?!:")
	}
	return false
}

// hasPost reports whether s has a word for a post.
func hasPost(s string) bool {
	for _, w := range words(s) {
		if posts[w.text] {
			return true
		}
	}
	return false
}

// country reports whether s is the name of a country that agendas often name.
func country(s string) bool { return countryNames[Fold(strings.TrimPrefix(s, "the "))] != "" }

// CountryCode returns the code of a country named in s as a whole, or "".
func CountryCode(s string) string {
	if len(s) == 2 && countries[s] {
		return s
	}
	return countryNames[Fold(strings.TrimPrefix(s, "the "))]
}

// Everybody reports whether s stands for all who are present.
func Everybody(s string) bool {
	_, ok := everybody.exact(s)
	return ok
}
