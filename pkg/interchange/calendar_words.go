package interchange

import (
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"

	"tamada/pkg/agenda"
	"tamada/pkg/ical"
	"tamada/pkg/interchange/phrase"
	"tamada/pkg/locale"
)

// calendarWords are words that our own calendars use, in all languages that they speak.
type calendarWords struct {
	kinds     map[string]agenda.Kind   // by folded name
	formats   map[string]agenda.Format // by folded name
	placeless map[string]bool          // places that are none, folded
	off       [][2]string              // what stands before and after the title of what is cancelled
	asides    map[string]bool          // lines of a description that say what else is known
}

// calendarWordsOf returns them.
var calendarWordsOf = sync.OnceValue(func() calendarWords {
	w := calendarWords{kinds: map[string]agenda.Kind{}, formats: map[string]agenda.Format{}, placeless: map[string]bool{}, asides: map[string]bool{}}
	for _, tag := range locale.Interface() {
		l := locale.For(tag)
		for _, k := range agenda.Kinds() {
			if k != agenda.Other {
				w.kinds[phrase.Fold(l.T("kind."+string(k)))] = k
			}
		}
		for _, f := range agenda.Formats() {
			w.formats[phrase.Fold(l.T("format."+string(f)))] = f
		}
		w.placeless[phrase.Fold(l.T("calendar.place-open"))] = true
		w.placeless[phrase.Fold(l.T("format.online"))] = true
		before, after, _ := strings.Cut(l.T("calendar.cancelled-title", "title", "\x01"), "\x01")
		w.off = append(w.off, [2]string{before, after})
		w.asides[l.T("calendar.cancelled")] = true
		w.asides[l.T("calendar.event-cancelled")] = true
	}
	return w
})

// kind returns the kind that a category names.
func (w calendarWords) kind(category string) (agenda.Kind, bool) {
	folded := phrase.Fold(category)
	if k, ok := w.kinds[folded]; ok {
		return k, true
	}
	if k := agenda.Kind(folded); slices.Contains(agenda.Kinds(), k) && k != agenda.Other {
		return k, true
	}
	if len(strings.Fields(category)) > 2 { // the name of a theme
		return "", false
	}
	return phrase.Kind(category)
}

// uncancelled returns the title of an entry without the mark that it is cancelled.
func (w calendarWords) uncancelled(e *ical.Entry) string {
	title := strings.Join(strings.Fields(e.Title), " ")
	if e.Status != agenda.Cancelled {
		return title
	}
	for _, mark := range w.off {
		if rest, ok := strings.CutPrefix(title, mark[0]); ok && strings.HasSuffix(rest, mark[1]) {
			return strings.TrimSuffix(rest, mark[1])
		}
	}
	return title
}

// meetingPattern matches links to join a meeting. They are for those who were invited.
var meetingPattern = regexp.MustCompile(`https://(?:[\w.-]+\.)?(?:teams\.microsoft\.com/l/meetup|teams\.live\.com/meet|zoom\.us/[jw]/|meet\.google\.com/|webex\.com/|meet\.jit\.si/|gotomeeting\.com/|whereby\.com/)[^\s<>"]*`)

// blockTag matches what parts a text in HTML into lines.
var blockTag = regexp.MustCompile(`(?i)<(?:p|br|div)\b`)

// describe takes the description apart: who does what, the track, how to join; the rest is
// text.
func (s *calendarSession) describe(w calendarWords) {
	text := strings.ReplaceAll(s.Description, "\r\n", "\n")
	if strings.Contains(text, "</") || strings.Contains(text, "<br") {
		if !blockTag.MatchString(text) { // lines of text that hold some tags
			text = strings.ReplaceAll(text, "\n", "<br>\n")
		}
		text = markdownOf(text)
	}
	if link := meetingPattern.FindString(text + " " + s.Location); link != "" && s.join == "" {
		s.join = link
	}
	for l := range strings.Lines(text) {
		l = strings.TrimRight(l, " \t\n")
		bare := strings.TrimSpace(l)
		if meetingPattern.MatchString(bare) || bare != "" && (bare == s.URL || bare == s.Title) || w.asides[bare] {
			continue
		}
		if !s.label(bare) {
			s.text = append(s.text, l)
		}
	}
}

// mostOfRole is the longest line that names those who act, in characters.
const mostOfRole = 250

// label reads a line that says who does what, or of which track a session is.
func (s *calendarSession) label(line string) bool {
	l, value, ok := phrase.CutLabel(line)
	if !ok || value == "" {
		return false
	}
	switch l.Field {
	case phrase.RoleField:
		if utf8.RuneCountInString(value) > mostOfRole { // a paragraph that begins with a name
			return false
		}
		holders := holdersIn(value)
		named := slices.ContainsFunc(holders, func(h phrase.Holder) bool { return h.Name != "" || h.Country != "" || h.Organisation != "" })
		if !named || len(l.Roles) == 0 {
			return false
		}
		role := calendarRole{as: l.Roles, holders: holders}
		if len(l.Roles) > 1 {
			role.label = l.Text
		}
		s.roles = append(s.roles, role)
		return true
	case phrase.LinkField:
		return value == s.URL
	case phrase.TrackField:
		if s.track == "" {
			s.track = value
			return true
		}
	}
	return false
}

// holdersIn reads who a line names: a list of names is no name with posts.
func holdersIn(s string) []phrase.Holder {
	if names := namesIn(s); len(names) > 1 && phrase.IsNames(names) {
		var list []phrase.Holder
		for _, n := range names {
			list = append(list, phrase.Holder{Name: n})
		}
		return list
	}
	return phrase.Holders(s)
}

// commonPlace returns the venue: what the places of the event and of its sessions have in
// common at their end.
func (c *calendarReader) commonPlace() []string {
	var common []string
	places := map[string]bool{}
	for i := range c.entries {
		place := c.entries[i].Location
		if place == "" || places[place] || c.noPlace(place) {
			continue
		}
		parts := c.partsOf(place)
		if places[place] = true; len(places) == 1 {
			common = parts
		}
		common = commonEnd(common, parts)
	}
	if c.event != nil && !c.noPlace(c.event.Location) {
		known := c.partsOf(c.event.Location)
		i := len(common)
		for i > 0 && slices.Contains(known, common[i-1]) {
			i--
		}
		if common = common[i:]; len(common) == 0 && c.event.Location != "" {
			common = known[:1]
		}
		return common
	}
	if len(places) < 2 {
		return nil
	}
	return common
}

// partsOf returns the parts of a place; Indico writes "Room (Venue)".
func (c *calendarReader) partsOf(place string) []string {
	if room, venue, ok := strings.Cut(place, " ("); ok && strings.HasSuffix(venue, ")") && strings.Contains(c.reading.Product, "INDICO") {
		return []string{room, strings.TrimSuffix(venue, ")")}
	}
	return strings.Split(place, ", ")
}

// commonEnd returns what two lists have in common at their end.
func commonEnd(a, b []string) []string {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return a[len(a)-n:]
}

// addressOf returns what stands in the place of the event between the venue and the city.
func (c *calendarReader) addressOf(place string) string {
	parts := c.partsOf(place)
	if len(c.venue) < 2 || len(parts) < 3 || parts[0] != c.venue[0] {
		return ""
	}
	if i := slices.Index(parts, c.venue[len(c.venue)-1]); i > 1 {
		return strings.Join(parts[1:i], ", ")
	}
	return ""
}

// noPlace reports whether a place is none: that it is online, or not known yet.
func (c *calendarReader) noPlace(place string) bool {
	bare, _, _ := strings.Cut(place, " (")
	return strings.HasPrefix(place, "http://") || strings.HasPrefix(place, "https://") || c.words.placeless[phrase.Fold(bare)]
}

// locate finds the rooms of a session in its place.
func (c *calendarReader) locate(s *calendarSession) {
	place := strings.Join(strings.Fields(meetingPattern.ReplaceAllString(s.Location, "")), " ")
	switch {
	case place == "" || c.noPlace(place):
		if strings.HasPrefix(place, "https://") && s.join == "" {
			s.join = place
		}
		return
	case phrase.KnownPlatform(place) != "" && s.join != "":
		return
	}
	parts := c.partsOf(place)
	if n := len(parts) - len(c.venue); n >= 0 && slices.Equal(parts[n:], c.venue) {
		parts = parts[:n]
	}
	switch {
	case len(parts) == 0:
	case c.reading.Own():
		s.rooms = parts
	default:
		s.rooms = []string{strings.Join(parts, ", ")}
	}
}
