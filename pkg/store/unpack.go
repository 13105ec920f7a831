package store

import (
	"cmp"
	"fmt"

	"tamada/pkg/agenda"
)

// unpack returns the draft that r are the rows of. Lists must be in the order
// of their positions, days in that of their dates.
func (r *draftRows) unpack() (*agenda.Draft, error) {
	u := &unpacker{
		roles:    map[string][]agenda.Role{},
		talks:    map[string][]agenda.Talk{},
		parts:    map[string][]agenda.Part{},
		sessions: map[string][]agenda.Session{},
	}
	d := &agenda.Draft{Event: u.event(&r.event)}
	u.insides(r)
	u.lists(d.Event, r)
	for _, row := range r.days {
		date, err := agenda.ParseDate(row.Date)
		u.check(err)
		d.Event.Days = append(d.Event.Days, agenda.Day{Date: date, Title: u.text(row.Title), Sessions: u.sessions[row.Date]})
	}
	for _, row := range r.notes {
		u.note(d, row)
	}
	if u.err != nil {
		return nil, fmt.Errorf("draft of %q: %w", r.event.Slug, u.err)
	}
	return d, nil
}

// An unpacker makes a draft of its rows, from the inside outwards.
type unpacker struct {
	decoder
	roles    map[string][]agenda.Role    // by their owner
	talks    map[string][]agenda.Talk    // by their session or part
	parts    map[string][]agenda.Part    // by their session
	sessions map[string][]agenda.Session // by their day
}

func (u *unpacker) event(r *eventRow) *agenda.Event {
	e := &agenda.Event{
		ID: r.ID, Slug: r.Slug, Updated: r.Updated.time(), Title: u.text(r.Title), Theme: u.text(r.Theme),
		Visibility: r.Visibility, Status: r.Status, Zone: r.Zone, Format: r.Format, Approach: u.text(r.Approach),
		Information: u.text(r.Information), Sequence: r.Sequence, Modified: r.Modified.time(),
	}
	u.read(r.Series, &e.Series)
	u.read(r.Languages, &e.Languages)
	u.read(r.Online, &e.Online)
	u.read(r.Venue, &e.Venue)
	u.read(r.Organisers, &e.Organisers)
	u.read(r.Span, &e.Span)
	return e
}

// insides collects what is inside the days.
func (u *unpacker) insides(r *draftRows) {
	for i := range r.roles {
		row := &r.roles[i]
		u.roles[row.Owner] = append(u.roles[row.Owner], u.role(row))
	}
	for i := range r.talks {
		row := &r.talks[i]
		owner := cmp.Or(row.Part, row.Session)
		u.talks[owner] = append(u.talks[owner], u.talk(row))
	}
	for i := range r.parts {
		row := &r.parts[i]
		u.parts[row.Session] = append(u.parts[row.Session], u.part(row))
	}
	for i := range r.sessions {
		row := &r.sessions[i]
		u.sessions[row.Day] = append(u.sessions[row.Day], u.session(row))
	}
}

func (u *unpacker) lists(e *agenda.Event, r *draftRows) {
	for _, row := range r.rooms {
		e.Rooms = append(e.Rooms, agenda.Room{ID: row.ID, Name: u.text(row.Name), Capacity: row.Capacity, Floor: row.Floor})
	}
	for _, row := range r.tracks {
		e.Tracks = append(e.Tracks, agenda.Track{ID: row.ID, Name: u.text(row.Name), Colour: row.Colour})
	}
	for _, row := range r.people {
		p := agenda.Person{
			ID: row.ID, Key: row.Key, Name: u.text(row.Name), Honorific: u.text(row.Honorific), Say: row.Say,
			Bio: u.text(row.Bio), Organisation: u.text(row.Organisation), Country: row.Country,
		}
		u.read(row.Posts, &p.Posts)
		e.People = append(e.People, p)
	}
}

func (u *unpacker) session(r *sessionRow) agenda.Session {
	s := agenda.Session{
		ID: r.ID, Kind: r.Kind, Status: r.Status, Title: u.text(r.Title), Abstract: u.text(r.Abstract),
		Roles: u.roles[r.ID], Track: r.Track, Language: r.Language, Recorded: r.Recorded, Audience: u.text(r.Audience),
		Capacity: r.Capacity, Parts: u.parts[r.ID], Talks: u.talks[r.ID], Sequence: r.Sequence, Modified: r.Modified.time(),
	}
	u.check(s.Time.UnmarshalText([]byte(r.Time)))
	u.read(r.Questions, &s.Questions)
	u.read(r.Rooms, &s.Rooms)
	u.read(r.Interpretation, &s.Interpretation)
	u.read(r.Links, &s.Links)
	return s
}

func (u *unpacker) part(r *partRow) agenda.Part {
	p := agenda.Part{
		ID: r.ID, Title: u.text(r.Title), Abstract: u.text(r.Abstract), Roles: u.roles[r.ID],
		Room: r.Room, Language: r.Language, Capacity: r.Capacity, Talks: u.talks[r.ID],
	}
	u.read(r.Questions, &p.Questions)
	return p
}

func (u *unpacker) talk(r *talkRow) agenda.Talk {
	t := agenda.Talk{
		ID: r.ID, Title: u.text(r.Title), Abstract: u.text(r.Abstract), Minutes: r.Minutes,
		Status: r.Status, Language: r.Language, Roles: u.roles[r.ID],
	}
	u.read(r.Links, &t.Links)
	return t
}

func (u *unpacker) role(r *roleRow) agenda.Role {
	role := agenda.Role{
		Label: u.text(r.Label), Person: r.Person, Organisation: u.text(r.Organisation),
		Country: r.Country, Words: u.text(r.Words), Status: r.Status,
	}
	u.read(r.Names, &role.As)
	return role
}

func (u *unpacker) note(d *agenda.Draft, r noteRow) {
	if d.Backstage == nil {
		d.Backstage = agenda.Backstage{}
	}
	d.Backstage[r.Key] = agenda.Note{
		Join: r.Link, Phone: r.Phone, Code: r.Code, Notes: u.text(r.Notes), Brief: u.text(r.Brief), Contact: r.Contact,
	}
}
