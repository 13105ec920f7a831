package phrase

import (
	"slices"
	"strings"

	"tamada/pkg/agenda"
)

// A Label is the head of a line or of a block of lines: "Moderator:",
// "**Ubicación**:", "Date and Time:".
type Label struct {
	Field Field
	Roles []agenda.RoleName // where Field is [RoleField]
	Text  string            // as written, without its colon
}

// A Field says what a label is for.
type Field uint8

// The fields.
const (
	NoField Field = iota
	RoleField
	DateField
	TimeField
	VenueField // of the meeting or, inside a session, of it: a room
	RoomField
	FormatField
	PlatformField
	ApproachField
	LanguageField
	ThemeField
	TitleField
	AbstractField
	QuestionsField
	OrganiserField
	AudienceField
	ZoneField
	DurationField
	PeopleField // of a column: presenters
	EndField    // of a column: the end of a time
	CapacityField
	KindField
	TrackField
	NoteField // of a column: comments, material
	IDField
	LinkField
	StartField // of front matter: an instant
)

// CutLabel reads a label and the value after it: "Moderator: Nino Beridze". The
// value is empty where the label stands alone, with or without a colon.
func CutLabel(s string) (l Label, value string, ok bool) {
	head, value, colon := cutColon(s)
	if len(head) > 80 {
		return Label{}, "", false
	}
	list := words(head)
	if f, known := fields.meanings[join(list)]; known && colon {
		return Label{Field: f, Text: head}, value, true
	}
	if roles := rolesIn(list); roles != nil {
		return Label{RoleField, roles, head}, value, true
	}
	if name, known := labelRoles.meanings[join(list)]; known && colon && value != "" {
		return Label{RoleField, []agenda.RoleName{name}, head}, value, true
	}
	return Label{}, "", false
}

// cutColon cuts s at the colon that ends a label.
func cutColon(s string) (head, value string, colon bool) {
	i := strings.IndexAny(s, ":：?")
	if i < 0 {
		return strings.TrimSpace(s), "", false
	}
	size := 1
	if strings.HasPrefix(s[i:], "：") {
		size = len("：")
	}
	if s[i] == '?' && (i > 12 || len(strings.Fields(s[:i])) > 1) { // "Kdy? 3. června": a question as a label
		return strings.TrimSpace(s), "", false
	}
	if i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' && i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
		return strings.TrimSpace(s), "", false
	}
	return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i+size:]), true
}

// FieldOf returns what the header of a column says is in it.
func FieldOf(header string) Field {
	list := words(header)
	if f, ok := fields.meanings[join(list)]; ok {
		return f
	}
	if len(list) > 0 && len(list) <= 6 {
		if f, at, _ := columns.find(list); at >= 0 {
			return f
		}
		if RolesIn(header) != nil {
			return PeopleField
		}
	}
	return NoField
}

// RolesIn returns the roles that s names if it is the name of roles and nothing
// else: "Moderators", "Chair and rapporteur", "Welcome Remarks & Moderator".
func RolesIn(s string) []agenda.RoleName { return rolesIn(words(s)) }

func rolesIn(list []word) []agenda.RoleName {
	if len(list) == 0 || len(list) > 9 {
		return nil
	}
	list = apart(list)
	var names []agenda.RoleName
	sure := false
	for i := 0; i < len(list); {
		r, n := roles.at(list, i)
		if n == 0 {
			if !fillers[list[i].text] && !number(list[i].text) {
				return nil
			}
			i++
			continue
		}
		if !slices.Contains(names, r.name) {
			names = append(names, r.name)
		}
		sure = sure || r.sure
		i += n
	}
	if !sure {
		return nil
	}
	return names
}

// apart parts the Arabic "and" from the word it is written together with, where
// a role follows it.
func apart(list []word) []word {
	joined := func(w word) bool { return strings.HasPrefix(w.text, "و") }
	if !slices.ContainsFunc(list[1:], joined) {
		return list
	}
	var out []word
	for i, w := range list {
		if rest, ok := strings.CutPrefix(w.text, "و"); ok && i > 0 && rest != "" {
			joined := append([]word{{rest, w.start, w.end}}, list[i+1:]...)
			if _, n := roles.at(joined, 0); n > 0 {
				w.text = rest
			}
		}
		out = append(out, w)
	}
	return out
}

// Placeholder reports whether s stands for something that is still open: "TBC",
// "[Por definir]".
func Placeholder(s string) bool {
	list := words(strings.Trim(s, "[]()_* ."))
	if len(list) == 0 || len(list) > 5 {
		return false
	}
	_, at, n := placeholders.find(list)
	return at >= 0 && n >= len(list)-1
}

// CutStatus removes "(TBC)" and "(invited)" from s.
func CutStatus(s string) (agenda.RoleStatus, string) {
	open := strings.LastIndexAny(s, "([")
	if open < 0 || !strings.HasSuffix(strings.TrimSpace(s), ")") && !strings.HasSuffix(strings.TrimSpace(s), "]") {
		return agenda.RoleConfirmed, s
	}
	inner := strings.Trim(s[open:], "()[] .")
	switch {
	case Placeholder(inner) && !strings.Contains(inner, "#"):
		return agenda.RoleTBC, strings.TrimSpace(s[:open])
	case invitedWords[Fold(inner)]:
		return agenda.RoleInvited, strings.TrimSpace(s[:open])
	}
	return agenda.RoleConfirmed, s
}

// CutCancelled removes a mark that something is cancelled from s, and reports
// whether there was one.
func CutCancelled(s string) (string, bool) {
	list := words(s)
	_, at, n := cancelledWords.find(list)
	if at < 0 {
		return s, false
	}
	from, to := list[at].start, list[at+n-1].end
	before, after := strings.TrimSpace(s[:from]), strings.TrimSpace(s[to:])
	bracketed := strings.HasSuffix(before, "[") || strings.HasSuffix(before, "(")
	alone := at == 0 && (strings.HasPrefix(after, ":") || after == "") || at+n == len(list) && (strings.HasSuffix(before, "-") || strings.HasSuffix(before, "–") || strings.HasSuffix(before, ":"))
	if !bracketed && !alone {
		return s, false
	}
	before = strings.TrimRight(before, "[(-–: ")
	after = strings.TrimLeft(after, ")]:-– ")
	return strings.TrimSpace(before + " " + after), true
}

// CutTentative removes "(tentative)" from the end of s, and reports whether it
// was there.
func CutTentative(s string) (string, bool) {
	open := strings.LastIndexAny(s, "([")
	if open <= 0 {
		return s, false
	}
	if _, ok := tentativeWords.exact(s[open:]); !ok {
		return s, false
	}
	return strings.TrimSpace(s[:open]), true
}

// SignsOff reports whether s is what ends a letter: "Best regards,".
func SignsOff(s string) bool {
	list := words(s)
	_, n := closings.at(list, 0)
	return n > 0 && len(list)-n <= 2
}

// EndMarker reports whether s only says that the meeting is over here: "[END]".
func EndMarker(s string) bool {
	inner := s
	if strings.HasPrefix(s, "[") || strings.HasPrefix(s, "(") {
		if i := strings.IndexAny(s, "])"); i > 0 {
			inner = s[1:i]
		}
	}
	list := words(inner)
	_, n := endWords.at(list, 0)
	return len(list) > 0 && n == len(list)
}

// BackMatter reports whether a heading opens a part of a document that is not
// agenda: minutes, participants, hotels, contacts.
func BackMatter(heading string) bool {
	list := words(heading)
	_, at, n := backMatter.find(list)
	return at >= 0 && at <= 2 && len(list)-n <= 4
}

// Generic reports whether a heading only says that an agenda follows.
func Generic(heading string) bool {
	list := words(heading)
	_, n := genericWords.at(list, 0)
	if n == len(list) && n > 0 {
		return true
	}
	for i := 0; i < len(list); {
		_, n := genericWords.at(list, i)
		if n == 0 {
			if fillers[list[i].text] || number(list[i].text) {
				n = 1
			} else {
				return false
			}
		}
		i += n
	}
	return len(list) > 0
}

// OpensAgenda reports whether a generic heading says that an agenda follows.
func OpensAgenda(heading string) bool {
	list := words(heading)
	for i := range list {
		if opens, _ := genericWords.at(list, i); opens {
			return true
		}
	}
	return false
}

// CutAgendaWord removes the word "agenda" where it ends or begins a title:
// "First Bureau Meeting 2021: Agenda". It reports whether it was there.
func CutAgendaWord(s string) (string, bool) {
	list := words(s)
	if len(list) < 2 {
		return s, false
	}
	for n := min(2, len(list)-1); n > 0; n-- {
		if opens := genericWords.meanings[join(list[len(list)-n:])]; opens && (n == 1 || !gathering[list[len(list)-n].text]) {
			return strings.TrimRight(s[:list[len(list)-n].start], " :–—-|,("), true
		}
	}
	if opens, n := genericWords.at(list, 0); opens && n < len(list) {
		rest := s[list[n-1].end:]
		if cut := strings.TrimLeft(rest, " :–—-|"); cut != rest && strings.ContainsAny(rest[:len(rest)-len(cut)], ":–—-|") {
			return cut, true
		}
	}
	return s, false
}

// gathering are words that name a meeting, so that they stay in its title.
var gathering = set("meeting event conference conference public")
