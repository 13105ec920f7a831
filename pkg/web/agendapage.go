package web

import (
	"context"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// agendaPage is the data of templates/agenda.html.
type agendaPage struct {
	frame
	Facts       facts
	Approach    words
	Organisers  []organiser
	Zone        string // the zone that times are shown in, in words
	HomeZone    string // the name of the event's zone
	Away        *away
	Mine        string // address of the page in another zone, which the browser adds
	Tabs        []link
	Filter      filterView
	Count       string // how many sessions there are
	Days        []dayView
	Venue       *venue
	Information prose
	File        string // address of the calendar
	Changes     string // address of the feed of changes
	Subscribe   string
	Print       string
}

// away says that times are shown in another zone than the event's.
type away struct {
	Home string // the event's zone, in words
	Back string // address of the page in that
}

// A filterView is the form that narrows the agenda down.
type filterView struct {
	Action string
	Query  string
	Hidden []field // what the form carries along
	Groups []group
	Active bool
	Clear  string // address without the filter
	Zone   string // the name of the zone that times are shown in
}

// A field is a hidden field of a form.
type field struct{ Name, Value string }

// A group is one choice of a form.
type group struct {
	Name    string
	Label   string
	All     string // the words of no choice
	Options []option
}

// An option is one of the values of a choice.
type option struct {
	Value    string
	Words    words
	Selected bool
}

// A dayView is one day of an agenda.
type dayView struct {
	ID     string // the fragment that leads to it
	Date   words
	Title  words
	Blocks []block
}

// agenda serves the agenda, whole or narrowed down.
func (s *Server) agenda(c echo.Context, r *agenda.Release) error {
	ask, err := s.readAgenda(c.Request(), r.Event)
	if err != nil {
		return err
	}
	draw := func(context.Context) ([]byte, error) {
		page, err := s.agendaPage(r, ask)
		if err != nil {
			return nil, err
		}
		return filled("agenda.html", page)
	}
	answer := reply{mime: mimeHTML, choice: ask.choice, hidden: hidden(r.Event)}
	if ask.filter.Query != "" { // there is no end of searches: they are not kept
		b, err := rendered(c.Request().Context(), draw)
		if err != nil {
			return err
		}
		answer.caching = noStore
		return send(c, b, answer)
	}
	return s.cached(c, r, "agenda", ask.options(), draw, answer)
}

// An agendaQuery is what the URL of an agenda chooses.
type agendaQuery struct {
	choice choice
	filter filter
	zone   string // "" for the event's own
}

// readAgenda reads the parameters of an agenda.
func (s *Server) readAgenda(req *http.Request, e *agenda.Event) (ask agendaQuery, err error) {
	var q url.Values
	if req.URL.RawQuery != "" {
		q = req.URL.Query()
	}
	if ask.choice, err = s.choose(req, q, e.Languages); err != nil {
		return ask, err
	}
	if ask.filter, err = readFilter(e, q); err != nil {
		return ask, err
	}
	ask.zone, err = readZone(e, q)
	return ask, err
}

// query returns the parameters, the language apart, in the one form they have.
func (a agendaQuery) query() url.Values {
	q := a.filter.query()
	if a.zone != "" {
		q.Set("zone", a.zone)
	}
	return q
}

func (a agendaQuery) options() string {
	if !a.filter.active() && a.zone == "" {
		return ""
	}
	return a.query().Encode()
}

// address returns the address of the agenda with other parameters than a's.
func (a agendaQuery) address(base string, f filter, zone string) string {
	a.filter, a.zone = f, zone
	q := a.query()
	if a.choice.Explicit {
		q.Set("lang", a.choice.Link)
	}
	return join(base, q)
}

func (s *Server) agendaPage(r *agenda.Release, ask agendaQuery) (agendaPage, error) {
	v, err := s.view(r.Event, ask.choice, ask.zone)
	if err != nil {
		return agendaPage{}, err
	}
	e := r.Event
	p := agendaPage{
		frame: s.eventFrame(v, r, "", ask.query()), Facts: v.facts(), Approach: v.words(e.Approach),
		Organisers: s.organisers(v), Zone: v.zoneName(v.shown), HomeZone: e.Zone,
		Venue: v.venue(), Information: v.prose(e.Information, 3),
		File:      v.base + "/calendar.ics?lang=" + v.choice.Link,
		Changes:   v.choice.address(v.base + "/changes.atom"),
		Mine:      ask.address(v.base, ask.filter, ""),
		Subscribe: v.choice.address(v.base + "/subscribe"), Print: v.choice.address(v.base + "/print"),
	}
	p.Module = "agenda.js"
	p.Description = clip(v.plain(e.Theme), 200)
	if v.converted() {
		p.Away = &away{v.zoneName(v.home), ask.address(v.base, ask.filter, "")}
	}
	if !hidden(e) && !ask.filter.active() {
		p.Data = s.linkedData(v)
	}
	p.Filter = v.filterView(ask)
	p.Tabs, p.Days, p.Count = v.days(ask.filter)
	return p, nil
}

// days returns the days of the agenda that f leaves something of, with the
// tabs that lead to them.
func (v *view) days(f filter) (tabs []link, days []dayView, count string) {
	fold := v.wordy()
	n := 0
	for i := range v.event.Days {
		d := &v.event.Days[i]
		var slots []agenda.Slot
		for _, slot := range d.Slots() {
			if f.wants(v.event, d, slot.Session) {
				slots = append(slots, slot)
			}
		}
		if len(slots) == 0 {
			continue
		}
		n += talking(slots)
		one := dayView{
			ID: "day-" + d.Date.String(), Date: v.dated(v.l.Title(v.l.Date(d.Date, locale.Full))), Title: v.words(d.Title),
			Blocks: v.blocks(d, slots, fold),
		}
		days = append(days, one)
		tabs = append(tabs, link{Href: "#" + one.ID, Words: v.dated(v.l.Title(v.l.Date(d.Date, locale.Short)))})
	}
	if len(tabs) < 2 {
		tabs = nil
	}
	return tabs, days, v.l.T("sessions", "count", n)
}

// talking counts the slots that are not pauses; where there is nothing else,
// those.
func talking(slots []agenda.Slot) int {
	n := 0
	for _, s := range slots {
		if !s.Session.Kind.Pause() {
			n++
		}
	}
	if n == 0 {
		return len(slots)
	}
	return n
}

// foldFrom is the length of all abstracts and questions of an agenda, in
// bytes, from which on they are folded away.
const foldFrom = 6000

// wordy reports whether the agenda says so much that it needs folding to be
// found one's way in.
func (v *view) wordy() bool {
	n := 0
	for _, s := range v.event.Sessions() {
		n += len(v.plain(s.Abstract))
		for _, q := range s.Questions {
			n += len(v.plain(q))
		}
	}
	return n > foldFrom
}

// filterView returns the form that narrows the agenda down, with those choices
// that the event has.
func (v *view) filterView(ask agendaQuery) filterView {
	f, e := ask.filter, v.event
	out := filterView{
		Action: v.base, Query: f.Query, Active: f.active(), Clear: ask.address(v.base, filter{}, ask.zone), Zone: ask.zone,
	}
	if ask.choice.Explicit {
		out.Hidden = append(out.Hidden, field{"lang", ask.choice.Link})
	}
	var days, kinds, rooms, tracks []option
	if len(e.Days) > 1 {
		for _, d := range e.Days {
			id := d.Date.String()
			days = append(days, option{id, v.dated(v.l.Title(v.l.Date(d.Date, locale.Short))), id == f.Day})
		}
	}
	for _, t := range e.Tracks {
		tracks = append(tracks, option{t.ID, v.words(t.Name), t.ID == f.Track})
	}
	for _, k := range v.kinds() {
		kinds = append(kinds, option{string(k), words{Text: v.l.T("kind." + string(k))}, string(k) == f.Kind})
	}
	for _, r := range e.Rooms {
		rooms = append(rooms, option{r.ID, v.words(r.Name), r.ID == f.Room})
	}
	for _, g := range []group{
		{"day", v.l.T("web.day"), v.l.T("web.day.all"), days},
		{"track", v.l.T("track"), v.l.T("web.track.all"), tracks},
		{"kind", v.l.T("kind"), v.l.T("web.kind.all"), kinds},
		{"room", v.l.T("room"), v.l.T("web.room.all"), rooms},
	} {
		if len(g.Options) > 1 {
			out.Groups = append(out.Groups, g)
		}
	}
	return out
}

// kinds returns the kinds of sessions that the event has, in the order of
// forms.
func (v *view) kinds() []agenda.Kind {
	has := map[agenda.Kind]bool{}
	for _, s := range v.event.Sessions() {
		has[s.Kind] = true
	}
	var kinds []agenda.Kind
	for _, k := range agenda.Kinds() {
		if has[k] {
			kinds = append(kinds, k)
		}
	}
	return kinds
}
