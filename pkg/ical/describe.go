package ical

import (
	"slices"
	"strings"

	"tamada/pkg/agenda"
)

// blocks are the paragraphs of a description.
type blocks struct{ strings.Builder }

// add adds a paragraph, unless it is empty.
func (b *blocks) add(lines ...string) {
	text := strings.TrimSpace(join("\n", lines...))
	if text == "" {
		return
	}
	if b.Len() > 0 {
		b.WriteString("\n\n")
	}
	b.WriteString(text)
}

// headed adds a paragraph with a heading, unless it is empty.
func (b *blocks) headed(heading string, lines []string) {
	if len(lines) > 0 {
		b.add(append([]string{heading}, lines...)...)
	}
}

// describe returns what a session is about, in plain text.
func (f *feed) describe(slot agenda.Slot, v *vevent) string {
	s := slot.Session
	var b blocks
	b.Grow(len(f.say(s.Abstract)) + 512) // what most need
	if v.status == agenda.Cancelled {
		b.add(f.words.T("calendar.cancelled"))
	}
	b.add(f.when(slot, v.span))
	b.add(f.entranceLines(v.join)...)
	b.add(f.prose(s.Abstract))
	b.headed(f.words.T("questions"), f.questions(s.Questions))
	b.add(f.roles(s.Roles)...)
	b.headed(f.words.T("calendar.talks"), f.talks(slot, s.Talks))
	for i := range s.Parts {
		b.add(f.part(slot, &s.Parts[i])...)
	}
	b.add(f.facts(s)...)
	b.headed(f.words.T("links"), f.links(s.Links))
	b.add(v.url)
	return b.String()
}

// when says what DTSTART and DTEND cannot, and in which zone the clock times of the
// description are.
func (f *feed) when(slot agenda.Slot, at span) string {
	var lines []string
	if slot.Approximate || slot.Span == agenda.Open && !(slot.HasStart && slot.HasEnd) {
		lines = append(lines, f.words.Title(f.words.When(slot)))
	}
	if slot.HasStart && !slot.HasEnd {
		lines = append(lines, f.words.T("calendar.open-end"))
	}
	if slot.HasStart && (len(lines) > 0 || timed(slot.Session)) {
		lines = append(lines, f.words.T("time.all", "zone", f.words.Zone(f.event.Zone, at.start.In(f.clock.loc))))
	}
	return join("\n", lines...)
}

// timed reports whether talks of s have clock times.
func timed(s *agenda.Session) bool {
	for t := range s.AllTalks() {
		if t.Minutes > 0 {
			return true
		}
	}
	return false
}

// entranceLines say how to take part from afar.
func (f *feed) entranceLines(e entrance) []string {
	var lines []string
	add := func(label, value string) {
		if value != "" {
			lines = append(lines, f.label(f.words.T(label), value))
		}
	}
	add("calendar.join", e.url)
	add("calendar.phone", e.phone)
	add("calendar.code", e.code)
	return lines
}

func (f *feed) questions(questions []agenda.Text) []string {
	var lines []string
	for _, q := range questions {
		lines = append(lines, "– "+f.say(q))
	}
	return lines
}

// roles says who does what, a line for each.
func (f *feed) roles(roles []agenda.Role) []string {
	lines := make([]string, len(roles))
	for i := range roles {
		lines[i] = f.label(f.roleName(&roles[i]), f.holder(&roles[i]))
	}
	return lines
}

// roleName returns what somebody does, as printed or by the names of their roles.
func (f *feed) roleName(r *agenda.Role) string {
	if label := f.say(r.Label); label != "" {
		return label
	}
	names := make([]string, len(r.As))
	for i, name := range r.As {
		names[i] = f.words.T("role." + string(name))
	}
	return join(", ", names...)
}

// holder returns who holds a role, and how sure that is.
func (f *feed) holder(r *agenda.Role) string {
	who := join(", ", f.person(r.Person), f.say(r.Organisation), f.country(r.Country), f.say(r.Words))
	switch r.Status {
	case agenda.RoleInvited:
		return who + " (" + f.words.T("invited") + ")"
	case agenda.RoleTBC:
		return who + " (" + f.words.T("tbc") + ")"
	}
	return who
}

// person returns somebody's name, posts, organisation and country.
func (f *feed) person(key string) string {
	p := f.people[key]
	if p == nil {
		return ""
	}
	if who, ok := f.cast[key]; ok {
		return who
	}
	parts := []string{join(" ", f.say(p.Honorific), f.say(p.Name))}
	for _, post := range p.Posts {
		parts = append(parts, f.say(post))
	}
	who := join(", ", append(parts, f.say(p.Organisation))...)
	if country := f.country(p.Country); !strings.Contains(who, country) { // "Prime Minister of Georgia"
		who += ", " + country
	}
	f.cast[key] = who
	return who
}

// talks lists talks with their clock times, as far as they are known.
func (f *feed) talks(slot agenda.Slot, talks []agenda.Talk) []string {
	var lines []string
	for i, t := range slot.TalkTimes(talks) {
		mark := "–"
		if t.HasStart && (i > 0 || t.HasEnd) { // the first begins with the session: that alone says nothing
			mark = f.words.Clock(t.Start)
		}
		lines = append(lines, mark+" "+f.called(f.say(t.Talk.Title), t.Talk.Status))
		for _, role := range f.roles(t.Talk.Roles) {
			lines = append(lines, "  "+role)
		}
	}
	return lines
}

// part describes one of several parallel parts.
func (f *feed) part(slot agenda.Slot, p *agenda.Part) []string {
	title := "• " + f.say(p.Title)
	if room := f.rooms[p.Room]; room != "" {
		title += " (" + room + ")"
	}
	abstract := strings.Split(f.prose(p.Abstract), "\n")
	inside := slices.Concat(abstract, f.questions(p.Questions), f.roles(p.Roles), f.talks(slot, p.Talks))
	if p.Language != "" {
		inside = append(inside, f.language(p.Language))
	}
	lines := []string{title}
	for _, line := range inside {
		if line != "" {
			lines = append(lines, "  "+line)
		}
	}
	return lines
}

// language says in which language something is held.
func (f *feed) language(tag string) string {
	return f.label(f.words.T("languages", "count", 1), f.words.Language(tag))
}

// facts says in which languages, for whom and how a session is held.
func (f *feed) facts(s *agenda.Session) []string {
	var lines []string
	if s.Language != "" {
		lines = append(lines, f.language(s.Language))
	}
	if len(s.Interpretation) > 0 {
		var into []string
		for _, tag := range s.Interpretation {
			into = append(into, f.words.Language(tag))
		}
		lines = append(lines, f.words.T("interpretation.into", "languages", f.words.List(into...)))
	}
	if audience := f.say(s.Audience); audience != "" {
		lines = append(lines, f.label(f.words.T("audience"), audience))
	}
	if s.Capacity > 0 {
		lines = append(lines, f.words.T("seats", "count", s.Capacity))
	}
	if s.Recorded {
		lines = append(lines, f.words.T("recorded"))
	}
	return lines
}

func (f *feed) links(links []agenda.Link) []string {
	var lines []string
	for _, l := range links {
		lines = append(lines, f.label(f.say(l.Title), l.URL))
	}
	return lines
}
