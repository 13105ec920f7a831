package interchange

import (
	"regexp"
	"strings"
	"unicode"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange/phrase"
)

// A titleParts is the line of a session or talk, taken apart.
type titleParts struct {
	text      string
	rest      string // sentences after the first
	people    titlePeople
	cancelled bool
	tentative bool
}

// A titlePeople is who a title names.
type titlePeople struct {
	holders []phrase.Holder
	roles   []agenda.RoleName
	label   string
	text    string
	guessed bool // they might be something else
}

// title takes the line of a session apart. strong is where it is bold.
func (p *plain) title(s string, strong [2]int) titleParts {
	var t titleParts
	bold, after, isBold := boldTitle(s, strong)
	s, t.cancelled = phrase.CutCancelled(s)
	s, t.tentative = phrase.CutTentative(s)
	if status, rest := phrase.CutStatus(s); status == agenda.RoleTBC && rest != "" {
		s, t.tentative = rest, true
	}
	if isBold && !t.cancelled {
		if people := peopleOfRest(after); len(people.holders) > 0 {
			t.text, t.people = bold, people
			return t
		}
		t.rest, t.people = p.cutPeople(after)
		if len([]rune(bold)) >= 10 {
			t.text = bold
			return t
		}
	}
	s, t.people = p.cutPeople(s)
	t.text, t.rest = firstSentence(s)
	t.text = strings.TrimSpace(strings.TrimRight(t.text, ":|–—- "))
	if len(t.people.holders) > 0 {
		t.text = danglingAnd.ReplaceAllString(t.text, "")
	}
	return t
}

// danglingAnd matches an "and" that is left where people were cut from a title.
var danglingAnd = regexp.MustCompile(`(?i)[,;]?\s+(and|og|och|et|y|e|und|a|и|და|&)$`)

// boldTitle parts a title in bold from what follows it.
func boldTitle(s string, strong [2]int) (title, after string, ok bool) {
	if strong[0] > 0 || strong[1] <= 3 || strong[1] >= len(s) {
		return "", "", false
	}
	title = strings.TrimSpace(strings.TrimRight(s[:strong[1]], ": "))
	return title, strings.TrimSpace(strings.TrimLeft(s[strong[1]:], ":–—- ")), title != ""
}

// peopleOfRest reads the people after a title in bold.
func peopleOfRest(s string) titlePeople {
	inner := strings.TrimSuffix(strings.TrimPrefix(s, "("), ")")
	if inner == s || strings.Count(s, "(") == 1 {
		s = strings.TrimRight(inner, ":")
	}
	if rest, roles, ok := cutLead(s); ok {
		return titlePeople{holders: phrase.Holders(rest), roles: roles, text: s}
	}
	list := phrase.Holders(s)
	if len(list) == 0 || list[0].Name == "" {
		return titlePeople{}
	}
	return titlePeople{holders: list, text: s}
}

// firstSentence parts a long title after its first sentence.
func firstSentence(s string) (first, rest string) {
	if len(s) < 90 {
		return s, ""
	}
	for _, m := range sentenceEnd.FindAllStringIndex(s, 4) {
		next := []rune(s[m[1]:])
		if m[0] >= 25 && !initials(s[:m[0]]) && len(next) > 0 && !unicode.IsLower(next[0]) && !unicode.IsDigit(next[0]) {
			return strings.TrimSuffix(strings.TrimSpace(s[:m[1]]), "."), strings.TrimSpace(s[m[1]:])
		}
	}
	return s, ""
}

// initials reports whether s ends in a letter alone, as in "the U.S".
func initials(s string) bool {
	runes := []rune(s)
	n := len(runes)
	return n >= 2 && unicode.IsLetter(runes[n-1]) && !unicode.IsLetter(runes[n-2])
}

// leads are words before those who are responsible, present or lead.
var leads = regexp.MustCompile(`(?i)^(resp\.?|responsible|ved|by|par|por|von|av|af|moderated by|moderation|moderator|chaired by|chair|presented by|led by|lead|facilitated by|speaker|speakers|innlegg ved|innledning ved|with|avec|con|com|mit|med|s|od|с|от)[:.]?\s+`)

// cutLead removes such a word and returns the roles it stands for.
func cutLead(s string) (rest string, roles []agenda.RoleName, ok bool) {
	m := leads.FindStringSubmatch(s)
	if m == nil {
		return s, nil, false
	}
	return s[len(m[0]):], phrase.RolesIn(m[1]), true
}

// trailing matches a remark in brackets at the end of a line; another one that
// names slides may follow it.
var trailing = regexp.MustCompile(`\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)\s*:?\s*((?:\((?:slides|presentation|pdf|recording)[^)]*\)\s*)?)$`)

// cutPeople parts those whom the end of a title names from it: in brackets,
// after a dash, after "by".
func (p *plain) cutPeople(s string) (string, titlePeople) {
	if m := trailing.FindStringSubmatchIndex(s); m != nil && m[0] > 0 {
		inner, slides := s[m[2]:m[3]], strings.TrimSpace(s[m[4]:m[5]])
		if title, people := peopleAfterBy(s); title != s && people.holders[0].Organisation != "" { // "by Ola Berg (DFØ)"
			return title, people
		}
		if people, ok := peopleInBrackets(inner, s[:m[0]]); ok {
			return strings.TrimSpace(strings.TrimSpace(s[:m[0]]) + " " + slides), people
		}
	}
	if title, people, ok := p.peopleAfterDash(s); ok {
		return title, people
	}
	return peopleAfterBy(s)
}

// notPeople are remarks in brackets that look like organisations.
var notPeople = regexp.MustCompile(`^(PDF|PPTX?|DOCX?|HTML|VIDEO|TBD|TBC|TBA|Q&A|Q\s?&\s?A|FAQ|AOB|PM|AM|UTC|GMT|CES?T|ET|I|II|III|IV|V)$`)

// peopleInBrackets reads a remark in brackets after title.
func peopleInBrackets(inner, title string) (titlePeople, bool) {
	if i := strings.Index(inner, "; "); i > 0 && cutsOff(inner[i+2:]) {
		inner = inner[:i]
	}
	rest, roles, led := cutLead(inner)
	if notPeople.MatchString(strings.TrimSpace(rest)) || phrase.Placeholder(rest) || strings.HasPrefix(rest, "#") {
		return titlePeople{}, false
	}
	list := phrase.Holders(rest)
	if len(list) == 0 {
		return titlePeople{}, false
	}
	if roles == nil && led {
		roles = phrase.RolesIn(strings.Fields(inner)[0])
	}
	p := titlePeople{holders: list, roles: roles, text: inner}
	if roles != nil {
		p.label = strings.Fields(inner)[0]
	}
	for i := range list {
		h := &list[i]
		switch {
		case h.Name != "" || h.Country != "":
		case h.Words != "" && phrase.RolesIn(h.Words) != nil:
			p.roles = phrase.RolesIn(h.Words)
		case h.Words != "" && isEverybody(h.Words):
		case led && singleName(h.Words+h.Organisation) && !strings.ContainsAny(rest, " "):
			p.guessed = true
			if acronymLike(rest) {
				continue
			}
			*h = phrase.Holder{Name: rest, Status: h.Status}
		case h.Organisation != "" && (led || acronymLike(rest)) && !abbreviates(rest, title):
			p.guessed = true
		default:
			return pairOfNames(rest, p)
		}
	}
	return p, true
}

// cutsOff reports whether the rest of a remark is not about people.
func cutsOff(s string) bool {
	list := phrase.Holders(s)
	return len(list) > 0 && list[0].Name == "" && list[0].Words != ""
}

// pairOfNames reads single names that a slash joins: "(Richard/Raphael)".
func pairOfNames(s string, p titlePeople) (titlePeople, bool) {
	parts := strings.Split(s, "/")
	if len(parts) < 2 {
		return titlePeople{}, false
	}
	p.holders, p.guessed = nil, true
	for _, part := range parts {
		if !singleName(part) || acronymLike(part) {
			return titlePeople{}, false
		}
		p.holders = append(p.holders, phrase.Holder{Name: part, Status: agenda.RoleConfirmed})
	}
	return p, true
}

func isEverybody(s string) bool {
	list := phrase.Holders(s)
	return len(list) == 1 && list[0].Words == s && len(strings.Fields(s)) <= 3 && phrase.Everybody(s)
}

// singleName reports whether s is one word with a capital and small letters.
func singleName(s string) bool {
	runes := []rune(strings.TrimSpace(s))
	return len(runes) > 2 && unicode.IsUpper(runes[0]) && unicode.IsLower(runes[1]) && !strings.ContainsAny(s, " ,;:#0123456789")
}

// acronymLike reports whether s is mostly capitals.
func acronymLike(s string) bool {
	capitals, letters := 0, 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				capitals++
			}
		}
	}
	return letters >= 2 && letters <= 24 && capitals*10 >= letters*7
}

// abbreviates reports whether s is the short form of the last words of title:
// "Open Government Partnership (OGP)".
func abbreviates(s, title string) bool {
	fields := strings.Fields(title)
	var letters []rune
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters = append(letters, unicode.ToLower(r))
		}
	}
	for start := max(0, len(fields)-len(letters)-3); start < len(fields); start++ {
		at := 0
		for _, f := range fields[start:] {
			for _, part := range strings.Split(f, "-") {
				if at < len(letters) && part != "" && unicode.ToLower([]rune(part)[0]) == letters[at] {
					at++
				}
			}
		}
		if at >= len(letters) || at >= 2 && at >= len(letters)-1 {
			return true
		}
	}
	return false
}

// peopleAfterDash reads who stands after the last dash that a name follows.
func (p *plain) peopleAfterDash(s string) (string, titlePeople, bool) {
	parts := dash.Split(s, -1)
	if len(parts) < 2 {
		return s, titlePeople{}, false
	}
	for i := 1; i < len(parts); i++ {
		tail := strings.Join(parts[i:], " – ")
		list := phrase.Holders(tail)
		if len(list) == 0 || len(parts[i]) > 300 {
			continue
		}
		first := list[0]
		if first.Name == tail && !p.nameOnly(tail) {
			continue
		}
		last := i == len(parts)-1
		short := last && (!strings.Contains(tail, " ") || strings.Contains(tail, "/")) && strings.ToUpper(s) != s && (first.Country != "" || first.Words != "" && phrase.Everybody(first.Words) || first.Organisation != "" && acronymLike(tail) && len(tail) <= 12 && !notPeople.MatchString(tail))
		if first.Name == "" && !short {
			if last {
				if head, all, ok := strings.Cut(tail, " with "); ok && phrase.CountryCode(head) != "" && phrase.Everybody(all) {
					return joinDash(parts[:i]), titlePeople{holders: []phrase.Holder{{Country: phrase.CountryCode(head)}, {Words: all}}, text: tail}, true
				}
			}
			continue
		}
		return joinDash(parts[:i]), titlePeople{holders: list, text: tail, guessed: short && first.Organisation != ""}, true
	}
	return s, titlePeople{}, false
}

// nameOnly reports whether two words with capitals are a name: the document has
// neither of them anywhere else.
func (p *plain) nameOnly(name string) bool {
	folded := phrase.Fold(name)
	times := strings.Count(p.source, folded)
	for _, word := range strings.Fields(folded) {
		if len(word) > 2 && strings.Count(p.source, word) > times {
			return false
		}
	}
	return true
}

var dash = regexp.MustCompile(`\s+[-–—]\s+`)

func joinDash(parts []string) string { return strings.Join(parts, " – ") }

// byWords match words before whoever gives a talk, inside a title.
var byWords = regexp.MustCompile(`(?i)[\s,](v/|v\.|innlegg ved|ved|by|par|por|von|av|af|animé par|présenté par|presented by|moderated by|with|avec|con|com|mit|med)\s`)

// peopleAfterBy reads who stands after "by" at the end of a title. After
// "with" the title is kept as it is.
func peopleAfterBy(s string) (string, titlePeople) {
	for _, m := range byWords.FindAllStringSubmatchIndex(s, 8) {
		tail := s[m[1]:]
		list := phrase.Holders(tail)
		if len(list) == 0 || list[0].Name == "" || len(list[0].Name) > 40 {
			continue
		}
		p := titlePeople{holders: list, text: tail, guessed: true}
		switch strings.ToLower(s[m[2]:m[3]]) {
		case "with", "avec", "con", "com", "mit", "med":
			return s, p
		}
		p.roles = phrase.RolesIn(s[m[2]:m[3]])
		return strings.TrimRight(strings.TrimSpace(s[:m[0]]), ",:–- "), p
	}
	return s, titlePeople{}
}
