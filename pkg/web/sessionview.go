package web

import (
	"slices"
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/zone"
)

// A sessionView is a session on a page.
type sessionView struct {
	speaker
	Code     string // its short code
	Href     string
	Kind     string
	KindWord string // "" where the title says it already, or there is nothing to say
	Icon     string
	Pause    bool
	When     when
	Title    words
	Status   *mark
	Rooms    []words
	Track    *track
	Abstract prose
	Roles    []roleView
	Asked    []words // questions
	Talks    []talkView
	Parts    []partView
	Notes    []note // language, interpretation, audience, capacity…
	Links    []link
	Fold     bool // what is long is folded away
}

// Long reports whether there is something to fold away.
func (s sessionView) Long() bool {
	return s.Abstract.HTML != "" || len(s.Asked) > 0 || len(s.Links) > 0
}

// A when is the time of a session or talk.
type when struct {
	Text  string // "10:00–10:15", "ca. 11:00", "All day"
	Day   words  // the date, where it is not that of the day it is listed under
	Start string // the instant for machines (RFC 3339), or ""
	End   string
	Home  string // the time in the event's zone, where Text is in another
}

// A track is a theme that runs through several sessions.
type track struct {
	Name   words
	Colour string
}

// A note is a fact about a session, with an icon.
type note struct {
	Icon  string
	Label string // with its colon, or ""
	Text  words
}

// A roleView is those who hold one role.
type roleView struct {
	Heading words
	Holders []holder
}

// A holder is somebody or something that holds a role.
type holder struct {
	Name   words
	Detail []words // posts, organisation, country
	Mark   string  // "invited", "to be confirmed", or ""
}

// A talkView is a talk in a session or part.
type talkView struct {
	When     when
	Title    words
	Length   string
	Status   *mark
	Abstract prose
	Roles    []roleView
	Notes    []note
	Links    []link
}

// A partView is one of several parallel parts.
type partView struct {
	speaker
	Title    words
	Room     words
	Abstract prose
	Asked    []words
	Roles    []roleView
	Talks    []talkView
	Notes    []note
}

// icons names the picture of each kind, among those of static/icons.svg.
var icons = map[agenda.Kind]string{
	agenda.Opening: "flag", agenda.Closing: "flag", agenda.Ceremony: "flag",
	agenda.Plenary: "podium", agenda.Keynote: "podium", agenda.Presentation: "podium",
	agenda.Panel: "people", agenda.Discussion: "speech", agenda.RoundTable: "table", agenda.SmallTables: "table",
	agenda.Workshop: "tools", agenda.LightningTalks: "bolt", agenda.Consultation: "speech", agenda.Bilateral: "people",
	agenda.Social: "glass", agenda.Registration: "badge", agenda.Break: "cup", agenda.Meal: "meal", agenda.Buffer: "pause",
}

// session returns the session of slot, on day d, with its heading at level.
func (v *view) session(d *agenda.Day, slot agenda.Slot, level int) sessionView {
	s := slot.Session
	code := agenda.Code(s.ID)
	out := sessionView{
		speaker: speaker{v.l},
		Code:    code, Href: v.choice.address(v.base + "/s/" + code),
		Kind: string(s.Kind), Icon: icon(s.Kind), Pause: s.Kind.Pause(),
		When: v.when(d, slot), Title: v.words(s.Title), Status: v.mark(s.Status),
		Abstract: v.prose(s.Abstract, level+1), Roles: v.roles(s.Roles), Asked: v.all(s.Questions),
		Talks: v.talks(d, slot, s.Talks, level+1), Notes: v.notes(s), Links: v.links(s.Links),
	}
	if word := v.l.T("kind." + string(s.Kind)); s.Kind != agenda.Other && !strings.EqualFold(word, out.Title.Text) {
		out.KindWord = word
	}
	for _, id := range s.Rooms {
		out.Rooms = append(out.Rooms, v.room(id))
	}
	if t, err := v.event.Track(s.Track); err == nil {
		out.Track = &track{v.words(t.Name), t.Colour}
	}
	for i := range s.Parts {
		out.Parts = append(out.Parts, v.part(d, slot, &s.Parts[i], level+1))
	}
	return out
}

func icon(k agenda.Kind) string {
	if name, ok := icons[k]; ok {
		return name
	}
	return "dot"
}

func (v *view) room(id string) words {
	r, err := v.event.Room(id)
	if err != nil {
		return words{Text: id}
	}
	return v.words(r.Name)
}

// when returns the time of a slot, in the zone that is shown.
func (v *view) when(d *agenda.Day, slot agenda.Slot) when {
	w := when{Text: v.l.When(slot)}
	if !slot.HasStart {
		return w
	}
	start, _ := zone.At(v.home, d.Date, slot.Start)
	w.Start = start.UTC().Format(time.RFC3339)
	end := start
	if slot.HasEnd {
		end, _ = zone.At(v.home, d.Date, slot.End)
		w.End = end.UTC().Format(time.RFC3339)
	}
	if v.converted() {
		start = start.In(v.shown)
		slot.Start = clock(start)
		slot.End = slot.Start + agenda.Clock(end.Sub(start)/time.Minute)
		w.Home, w.Text, w.Day = w.Text, v.l.When(slot), v.otherDay(d, agenda.DateOf(start))
	}
	return w
}

// otherDay returns date if it is not the date of d.
func (v *view) otherDay(d *agenda.Day, date agenda.Date) words {
	if date == d.Date {
		return words{}
	}
	return v.dated(v.l.Title(v.l.Date(date, locale.Short)))
}

// talks returns the talks of a session or part, with their clock times.
func (v *view) talks(d *agenda.Day, slot agenda.Slot, talks []agenda.Talk, level int) []talkView {
	var out []talkView
	for _, t := range slot.TalkTimes(talks) {
		one := talkView{
			Title: v.words(t.Talk.Title), Status: v.mark(t.Talk.Status), Abstract: v.prose(t.Talk.Abstract, level+1),
			Roles: v.roles(t.Talk.Roles), Links: v.links(t.Talk.Links),
		}
		if t.HasStart {
			one.When = v.when(d, agenda.Slot{Start: t.Start, End: t.End, HasStart: true, HasEnd: t.HasEnd})
			one.When.Text, one.When.Home = v.talkClock(d, t.Start), ""
		}
		if t.Talk.Minutes > 0 {
			one.Length = v.l.Minutes(t.Talk.Minutes)
		}
		if t.Talk.Language != "" {
			one.Notes = append(one.Notes, v.delivered(t.Talk.Language))
		}
		out = append(out, one)
	}
	return out
}

// talkClock returns when a talk begins, in the zone that is shown.
func (v *view) talkClock(d *agenda.Day, start agenda.Clock) string {
	if !v.converted() {
		return v.l.Clock(start)
	}
	t, _ := zone.At(v.home, d.Date, start)
	return v.l.Clock(clock(t.In(v.shown)))
}

func (v *view) part(d *agenda.Day, slot agenda.Slot, p *agenda.Part, level int) partView {
	out := partView{
		speaker: speaker{v.l},
		Title:   v.words(p.Title), Abstract: v.prose(p.Abstract, level+1), Asked: v.all(p.Questions),
		Roles: v.roles(p.Roles), Talks: v.talks(d, slot, p.Talks, level+1),
	}
	if p.Room != "" {
		out.Room = v.room(p.Room)
	}
	if p.Language != "" {
		out.Notes = append(out.Notes, v.delivered(p.Language))
	}
	if p.Capacity > 0 {
		out.Notes = append(out.Notes, v.seats(p.Capacity))
	}
	return out
}

// notes returns the facts of s that are neither time, place nor people.
func (v *view) notes(s *agenda.Session) []note {
	var out []note
	if s.Language != "" {
		out = append(out, v.delivered(s.Language))
	}
	if len(s.Interpretation) > 0 {
		var names []string
		for _, tag := range s.Interpretation {
			names = append(names, v.l.Language(tag))
		}
		out = append(out, note{"headset", v.label("interpretation"), v.dated(v.l.List(names...))})
	}
	if s.Recorded {
		out = append(out, note{"record", "", words{Text: v.l.T("recorded")}})
	}
	if w := v.words(s.Audience); !w.Empty() {
		out = append(out, note{"people", v.label("audience"), w})
	}
	if s.Capacity > 0 {
		out = append(out, v.seats(s.Capacity))
	}
	return out
}

// label returns a message as it stands before what it labels: "Language:" and,
// in French, with a space before the colon.
func (v *view) label(id string, args ...any) string {
	return strings.TrimRight(v.l.T("label", "label", v.l.T(id, args...), "value", ""), " ")
}

func (v *view) delivered(tag string) note {
	return note{"globe", v.label("languages", "count", 1), v.dated(v.l.Language(tag))}
}

func (v *view) seats(n int) note {
	return note{"seat", v.label("capacity"), words{Text: v.l.T("seats", "count", n)}}
}

func (v *view) links(links []agenda.Link) []link {
	var out []link
	for _, l := range links {
		out = append(out, link{Href: l.URL, Words: v.words(l.Title)})
	}
	return out
}

// roles returns who does what, those of one role that follow each other
// together.
func (v *view) roles(roles []agenda.Role) []roleView {
	var out []roleView
	for i := 0; i < len(roles); {
		n := 1
		for i+n < len(roles) && sameRole(roles[i], roles[i+n]) {
			n++
		}
		one := roleView{Heading: v.roleName(roles[i], n)}
		for _, r := range roles[i : i+n] {
			one.Holders = append(one.Holders, v.holder(r))
		}
		out = append(out, one)
		i += n
	}
	return out
}

func sameRole(a, b agenda.Role) bool { return slices.Equal(a.As, b.As) && a.Label.Equal(b.Label) }

// roleName returns the printed label of a role, or what it is called when n
// hold it.
func (v *view) roleName(r agenda.Role, n int) words {
	if !r.Label.Empty() {
		return v.words(r.Label)
	}
	if len(r.As) == 1 {
		return words{Text: v.l.Roles(string(r.As[0]), n)}
	}
	var names []string
	for _, as := range r.As {
		names = append(names, v.l.T("role."+string(as)))
	}
	return words{Text: v.l.List(names...)}
}

func (v *view) holder(r agenda.Role) holder {
	var h holder
	switch r.Status {
	case agenda.RoleTBC:
		h.Mark = v.l.T("tbc")
	case agenda.RoleInvited:
		h.Mark = v.l.T("invited")
	}
	switch {
	case r.Person != "":
		h.Name, h.Detail = v.person(r.Person)
	case r.Country != "":
		h.Name = v.dated(v.l.Country(r.Country))
	case !r.Organisation.Empty():
		h.Name = v.words(r.Organisation)
	default:
		h.Name = v.words(r.Words)
	}
	return h
}

// person returns the name of a person and, one by one, their posts,
// organisation and country; the country only where these do not name it.
func (v *view) person(key string) (name words, detail []words) {
	p, err := v.event.Person(key)
	if err != nil {
		return words{Text: key}, nil
	}
	said, lang := v.in(p.Name)
	if honorific, same := v.in(p.Honorific); honorific != "" && same == lang {
		said = honorific + "\u00a0" + said
	}
	name = v.foreign(said, lang)
	detail = v.all(p.Posts)
	if w := v.words(p.Organisation); !w.Empty() {
		detail = append(detail, w)
	}
	country := v.l.Country(p.Country)
	named := func(w words) bool { return strings.Contains(w.Text, country) }
	if p.Country != "" && !slices.ContainsFunc(detail, named) {
		detail = append(detail, v.dated(country))
	}
	return name, detail
}
