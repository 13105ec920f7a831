package agendafile

import (
	"slices"
	"strconv"
	"time"

	"tamada/pkg/agenda"
)

// A formatter lays a draft out as values to write, in the order of the file.
type formatter struct {
	languages []string
}

func (f formatter) draft(d *agenda.Draft) object {
	e := d.Event
	o := object{block: true}
	o.text("id", e.ID)
	o.text("slug", e.Slug)
	o.number("release", e.Release)
	o.instant("updated", e.Updated)
	if e.Series != nil {
		o.add("series", object{fields: []field{{"slug", text(e.Series.Slug)}, {"title", f.text(e.Series.Title)}}})
	}
	f.add(&o, "title", e.Title)
	f.add(&o, "theme", e.Theme)
	o.text("visibility", string(e.Visibility))
	o.text("status", string(e.Status))
	o.texts("languages", e.Languages)
	o.text("zone", e.Zone)
	o.text("format", string(e.Format))
	f.add(&o, "approach", e.Approach)
	if e.Online != nil {
		o.add("online", object{fields: []field{{"platform", f.text(e.Online.Platform)}}})
	}
	if e.Venue != nil {
		o.add("venue", f.venue(e.Venue))
	}
	add(&o, "organisers", e.Organisers, f.organiser)
	f.add(&o, "information", e.Information)
	add(&o, "rooms", e.Rooms, f.room)
	add(&o, "tracks", e.Tracks, f.track)
	f.people(&o, e.People)
	f.span(&o, e.Span)
	add(&o, "days", e.Days, f.day)
	o.number("sequence", e.Sequence)
	o.instant("modified", e.Modified)
	f.backstage(&o, d)
	return o
}

func (f formatter) venue(v *agenda.Venue) (o object) {
	f.add(&o, "name", v.Name)
	f.add(&o, "address", v.Address)
	f.add(&o, "city", v.City)
	o.text("country", v.Country)
	if v.Geo != nil {
		o.add("geo", values{degrees(v.Geo.Latitude), degrees(v.Geo.Longitude)})
	}
	return o
}

func degrees(f float64) raw { return raw(strconv.FormatFloat(f, 'f', -1, 64)) }

func (f formatter) organiser(g agenda.Organiser) (o object) {
	f.add(&o, "name", g.Name)
	f.add(&o, "as", g.As)
	o.text("url", g.URL)
	o.text("logo", g.Logo)
	return o
}

func (f formatter) room(r agenda.Room) (o object) {
	o.text("id", r.ID)
	f.add(&o, "name", r.Name)
	o.number("capacity", r.Capacity)
	o.text("floor", r.Floor)
	return o
}

func (f formatter) track(t agenda.Track) (o object) {
	o.text("id", t.ID)
	f.add(&o, "name", t.Name)
	o.text("colour", t.Colour)
	return o
}

func (f formatter) people(o *object, people []agenda.Person) {
	all := object{block: true}
	for _, p := range people {
		one := object{block: true}
		one.text("id", p.ID)
		f.add(&one, "name", p.Name)
		f.add(&one, "honorific", p.Honorific)
		one.text("say", p.Say)
		f.add(&one, "bio", p.Bio)
		add(&one, "posts", p.Posts, f.text)
		f.add(&one, "organisation", p.Organisation)
		one.text("country", p.Country)
		all.add(p.Key, one)
	}
	if len(people) > 0 {
		o.add("people", all)
	}
}

func (f formatter) span(o *object, s agenda.Span) {
	switch {
	case s.Week != "":
		o.add("week", raw(s.Week))
	case !s.From.IsZero() || !s.To.IsZero():
		o.add("dates", raw(s.From.String()+"/"+s.To.String()))
	}
}

func (f formatter) day(d agenda.Day) object {
	o := object{block: true}
	o.add("date", raw(d.Date.String()))
	f.add(&o, "title", d.Title)
	add(&o, "sessions", d.Sessions, f.session)
	return o
}

func (f formatter) session(s agenda.Session) object {
	o := object{block: true}
	o.text("id", s.ID)
	if s.Time != (agenda.Time{}) {
		o.add("time", raw(s.Time.String()))
	}
	o.text("kind", string(s.Kind))
	f.status(&o, s.Status)
	f.add(&o, "title", s.Title)
	f.add(&o, "abstract", s.Abstract)
	add(&o, "questions", s.Questions, f.text)
	add(&o, "roles", s.Roles, f.role)
	if len(s.Rooms) == 1 {
		o.text("room", s.Rooms[0])
	} else {
		o.texts("rooms", s.Rooms)
	}
	o.text("track", s.Track)
	o.text("language", s.Language)
	o.texts("interpretation", s.Interpretation)
	if s.Recorded {
		o.add("recorded", raw("true"))
	}
	f.add(&o, "audience", s.Audience)
	o.number("capacity", s.Capacity)
	add(&o, "links", s.Links, f.link)
	add(&o, "parts", s.Parts, f.part)
	add(&o, "talks", s.Talks, f.talk)
	o.number("sequence", s.Sequence)
	o.instant("modified", s.Modified)
	return o
}

// status adds a status unless it is what the file means without one.
func (f formatter) status(o *object, s agenda.Status) {
	if s != agenda.Confirmed {
		o.text("status", string(s))
	}
}

func (f formatter) part(p agenda.Part) (o object) {
	o.text("id", p.ID)
	f.add(&o, "title", p.Title)
	f.add(&o, "abstract", p.Abstract)
	add(&o, "questions", p.Questions, f.text)
	add(&o, "roles", p.Roles, f.role)
	o.text("room", p.Room)
	o.text("language", p.Language)
	o.number("capacity", p.Capacity)
	add(&o, "talks", p.Talks, f.talk)
	return o
}

func (f formatter) talk(t agenda.Talk) (o object) {
	o.text("id", t.ID)
	f.add(&o, "title", t.Title)
	f.add(&o, "abstract", t.Abstract)
	o.number("minutes", t.Minutes)
	f.status(&o, t.Status)
	o.text("language", t.Language)
	add(&o, "roles", t.Roles, f.role)
	add(&o, "links", t.Links, f.link)
	return o
}

func (f formatter) role(r agenda.Role) (o object) {
	as := values{}
	for _, name := range r.As {
		as = append(as, text(name))
	}
	o.add("as", as)
	f.add(&o, "label", r.Label)
	o.text("person", r.Person)
	f.add(&o, "organisation", r.Organisation)
	o.text("country", r.Country)
	f.add(&o, "words", r.Words)
	if r.Status != agenda.RoleConfirmed {
		o.text("status", string(r.Status))
	}
	return o
}

func (f formatter) link(l agenda.Link) (o object) {
	f.add(&o, "title", l.Title)
	o.text("url", l.URL)
	return o
}

// backstage adds the notes: that of the event first, then those of sessions in
// the order of the agenda, then whatever else there is.
func (f formatter) backstage(o *object, d *agenda.Draft) {
	keys := []string{agenda.BackstageEvent}
	for _, s := range d.Event.Sessions() {
		keys = append(keys, s.ID)
	}
	all, done := object{block: true}, map[string]bool{}
	for _, key := range append(keys, sortedKeys(d.Backstage)...) {
		note, ok := d.Backstage[key]
		if ok && !done[key] {
			all.add(key, f.note(note))
			done[key] = true
		}
	}
	if len(all.fields) > 0 {
		o.add("backstage", all)
	}
}

func (f formatter) note(n agenda.Note) (o object) {
	o.text("join", n.Join)
	o.text("phone", n.Phone)
	o.text("code", n.Code)
	f.add(&o, "notes", n.Notes)
	f.add(&o, "brief", n.Brief)
	o.text("contact", n.Contact)
	return o
}

// add adds a text unless it is empty.
func (f formatter) add(o *object, key string, t agenda.Text) {
	if !t.Empty() {
		o.add(key, f.text(t))
	}
}

// text lays out a text: as a string if it is in the first language alone, else
// by language in the order of the event.
func (f formatter) text(t agenda.Text) value {
	var o object
	for _, l := range append(slices.Clone(f.languages), t.Languages()...) {
		if t[l] != "" && !slices.ContainsFunc(o.fields, func(f field) bool { return f.key == l }) {
			o.add(l, text(t[l]))
		}
	}
	switch {
	case len(o.fields) == 0:
		return text("")
	case len(o.fields) == 1 && len(f.languages) > 0 && o.fields[0].key == f.languages[0]:
		return o.fields[0].value
	}
	return o
}

// add adds a list unless it is empty.
func add[T any, V value](o *object, key string, list []T, lay func(T) V) {
	if len(list) == 0 {
		return
	}
	var all values
	for _, v := range list {
		all = append(all, lay(v))
	}
	o.add(key, all)
}

func (o *object) add(key string, v value) { o.fields = append(o.fields, field{key, v}) }

func (o *object) text(key, s string) {
	if s != "" {
		o.add(key, text(s))
	}
}

func (o *object) texts(key string, list []string) {
	add(o, key, list, func(s string) text { return text(s) })
}

func (o *object) number(key string, n int) {
	if n != 0 {
		o.add(key, raw(strconv.Itoa(n)))
	}
}

func (o *object) instant(key string, t time.Time) {
	if !t.IsZero() {
		o.add(key, raw(t.UTC().Format(time.RFC3339Nano)))
	}
}
