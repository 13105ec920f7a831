package interchange

import (
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// details returns, in every language of the event, what schedules have no field
// for: questions, who does what with their posts, further rooms, parallel parts
// and talks; as Markdown.
func (b *timetableBuilder) details(s *agenda.Session) agenda.Text {
	return b.each(func(w *detailWriter) {
		w.questions(s.Questions)
		w.roles(s.Roles)
		if len(s.Rooms) > 1 {
			w.rooms(s.Rooms)
		}
		for i := range s.Parts {
			p := &s.Parts[i]
			w.item("**" + w.text(p.Title) + "**")
			if p.Room != "" {
				w.rooms([]string{p.Room})
			}
			w.prose(p.Abstract)
			w.questions(p.Questions)
			w.roles(p.Roles)
			w.talks(p.Talks)
		}
		w.talks(s.Talks)
	})
}

// holders returns who holds roles, in every language of the event.
func (b *timetableBuilder) holders(roles []agenda.Role) agenda.Text {
	return b.each(func(w *detailWriter) { w.roles(roles) })
}

func (b *timetableBuilder) each(write func(*detailWriter)) agenda.Text {
	text := agenda.Text{}
	for _, tag := range b.event.Languages {
		w := &detailWriter{event: b.event, tag: tag, locale: locale.For(append([]string{tag}, b.event.Languages...)...)}
		write(w)
		if w.Len() > 0 {
			text[tag] = strings.TrimSpace(w.String())
		}
	}
	return text
}

// A detailWriter writes details in one language.
type detailWriter struct {
	strings.Builder
	event  *agenda.Event
	tag    string
	locale *locale.Locale
}

func (w *detailWriter) text(t agenda.Text) string {
	s, _ := t.In(w.tag, w.event.Languages...)
	return s
}

func (w *detailWriter) item(s string) { w.WriteString("- " + s + "\n") }

func (w *detailWriter) labelled(label, value string) {
	w.item(w.locale.T("label", "label", label, "value", value))
}

func (w *detailWriter) prose(t agenda.Text) {
	if s := w.text(t); s != "" {
		w.item(strings.ReplaceAll(s, "\n", "\n  "))
	}
}

func (w *detailWriter) questions(questions []agenda.Text) {
	for _, q := range questions {
		w.item(w.text(q))
	}
}

func (w *detailWriter) roles(roles []agenda.Role) {
	for i := range roles {
		r := &roles[i]
		holder := w.holder(r)
		if r.Status == agenda.RoleTBC || r.Status == agenda.RoleInvited {
			holder += " (" + w.locale.T(string(r.Status)) + ")"
		}
		w.labelled(w.roleLabel(r), holder)
	}
}

// roleLabel returns the label of r as printed, or the names of its roles.
func (w *detailWriter) roleLabel(r *agenda.Role) string {
	if label := w.text(r.Label); label != "" {
		return label
	}
	var names []string
	for _, as := range r.As {
		names = append(names, w.locale.T("role."+string(as)))
	}
	return w.locale.List(names...)
}

// holder returns who holds r, a person with posts and organisation.
func (w *detailWriter) holder(r *agenda.Role) string {
	p, err := w.event.Person(r.Person)
	switch {
	case err == nil:
		return w.person(p)
	case !r.Organisation.Empty():
		return w.text(r.Organisation)
	case r.Country != "":
		return w.locale.Country(r.Country)
	}
	return w.text(r.Words)
}

// person returns a person as [Read] reads them: "Name, post; second post,
// organisation". Where the organisation has parts, a semicolon is before it.
func (w *detailWriter) person(p *agenda.Person) string {
	line := strings.TrimSpace(w.text(p.Honorific) + " " + w.text(p.Name))
	for i, post := range p.Posts {
		line += []string{", ", "; "}[min(i, 1)] + w.text(post)
	}
	o := w.text(p.Organisation)
	switch {
	case o == "":
		return line
	case len(p.Posts) > 0 && strings.ContainsAny(o, ",،"):
		return line + "; " + o
	}
	return line + ", " + o
}

func (w *detailWriter) rooms(ids []string) {
	var names []string
	for _, id := range ids {
		if r, err := w.event.Room(id); err == nil {
			names = append(names, w.text(r.Name))
		}
	}
	label := w.locale.T("room")
	if len(names) > 1 {
		label = w.locale.T("rooms")
	}
	w.labelled(label, w.locale.List(names...))
}

func (w *detailWriter) talks(talks []agenda.Talk) {
	for i := range talks {
		w.item(w.talkLine(&talks[i]))
	}
}

// talkTitle returns the title of a talk with its length.
func (w *detailWriter) talkTitle(t *agenda.Talk) string {
	line := w.text(t.Title)
	if t.Status == agenda.Cancelled {
		line += " (" + w.locale.T("cancelled") + ")"
	}
	if t.Minutes > 0 {
		line += " (" + w.locale.Minutes(t.Minutes) + ")"
	}
	return line
}

// talkLine returns a talk in one line: its title, length and people.
func (w *detailWriter) talkLine(t *agenda.Talk) string {
	line := w.talkTitle(t)
	var holders []string
	for i := range t.Roles {
		holders = append(holders, w.holder(&t.Roles[i]))
	}
	if len(holders) > 0 {
		line += " – " + strings.Join(holders, "; ")
	}
	return line
}
