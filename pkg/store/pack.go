package store

import "tamada/pkg/agenda"

// draftRows are all rows of one draft.
type draftRows struct {
	event    eventRow
	days     []dayRow
	sessions []sessionRow
	parts    []partRow
	talks    []talkRow
	roles    []roleRow
	people   []personRow
	rooms    []roomRow
	tracks   []trackRow
	notes    []noteRow
}

// pack returns the rows of d, as the given version, with the number of the
// latest release.
func pack(d *agenda.Draft, version, latest int) (*draftRows, error) {
	p := &packer{id: d.Event.ID}
	p.event(d.Event)
	p.rows.event.Version, p.rows.event.Latest = version, latest
	p.lists(d.Event)
	for i := range d.Event.Days {
		p.day(&d.Event.Days[i])
	}
	for key, note := range d.Backstage {
		p.note(key, note)
	}
	return &p.rows, p.err
}

// A packer makes the rows of the draft of the event with the given ID.
type packer struct {
	encoder
	id   string
	rows draftRows
}

func (p *packer) event(e *agenda.Event) {
	p.rows.event = eventRow{
		ID: e.ID, Slug: e.Slug, Series: p.document(e.Series), Title: p.text(e.Title), Theme: p.text(e.Theme),
		Visibility: e.Visibility, Status: e.Status, Languages: p.document(e.Languages), Zone: e.Zone, Format: e.Format,
		Approach: p.text(e.Approach), Online: p.document(e.Online), Venue: p.document(e.Venue),
		Organisers: p.document(e.Organisers), Information: p.text(e.Information), Span: p.document(e.Span),
		Updated: newInstant(e.Updated), Sequence: e.Sequence, Modified: newInstant(e.Modified),
	}
}

func (p *packer) lists(e *agenda.Event) {
	for i, r := range e.Rooms {
		p.rows.rooms = append(p.rows.rooms, roomRow{p.id, r.ID, i, p.text(r.Name), r.Capacity, r.Floor})
	}
	for i, t := range e.Tracks {
		p.rows.tracks = append(p.rows.tracks, trackRow{p.id, t.ID, i, p.text(t.Name), t.Colour})
	}
	for i, n := range e.People {
		p.rows.people = append(p.rows.people, personRow{
			Event: p.id, Key: n.Key, ID: n.ID, Position: i, Name: p.text(n.Name), Honorific: p.text(n.Honorific), Say: n.Say,
			Bio: p.text(n.Bio), Posts: p.document(n.Posts), Organisation: p.text(n.Organisation), Country: n.Country,
		})
	}
}

func (p *packer) day(d *agenda.Day) {
	p.rows.days = append(p.rows.days, dayRow{p.id, d.Date.String(), p.text(d.Title)})
	for i := range d.Sessions {
		p.session(d.Date.String(), i, &d.Sessions[i])
	}
}

func (p *packer) session(day string, position int, s *agenda.Session) {
	p.rows.sessions = append(p.rows.sessions, sessionRow{
		Event: p.id, ID: s.ID, Day: day, Position: position, Time: s.Time.String(), Kind: s.Kind, Status: s.Status,
		Title: p.text(s.Title), Abstract: p.text(s.Abstract), Questions: p.document(s.Questions),
		Rooms: p.document(s.Rooms), Track: s.Track, Language: s.Language, Interpretation: p.document(s.Interpretation),
		Recorded: s.Recorded, Audience: p.text(s.Audience), Capacity: s.Capacity, Links: p.document(s.Links),
		Sequence: s.Sequence, Modified: newInstant(s.Modified),
	})
	p.roles(s.ID, s.Roles)
	p.talks(s.ID, "", s.Talks)
	for i := range s.Parts {
		p.part(s.ID, i, &s.Parts[i])
	}
}

func (p *packer) part(session string, position int, t *agenda.Part) {
	p.rows.parts = append(p.rows.parts, partRow{
		Event: p.id, ID: t.ID, Session: session, Position: position, Title: p.text(t.Title), Abstract: p.text(t.Abstract),
		Questions: p.document(t.Questions), Room: t.Room, Language: t.Language, Capacity: t.Capacity,
	})
	p.roles(t.ID, t.Roles)
	p.talks(session, t.ID, t.Talks)
}

func (p *packer) talks(session, part string, talks []agenda.Talk) {
	for i, t := range talks {
		p.rows.talks = append(p.rows.talks, talkRow{
			Event: p.id, ID: t.ID, Session: session, Part: part, Position: i, Title: p.text(t.Title),
			Abstract: p.text(t.Abstract), Minutes: t.Minutes, Status: t.Status, Language: t.Language, Links: p.document(t.Links),
		})
		p.roles(t.ID, t.Roles)
	}
}

func (p *packer) roles(owner string, roles []agenda.Role) {
	for i, r := range roles {
		p.rows.roles = append(p.rows.roles, roleRow{
			Event: p.id, Owner: owner, Position: i, Names: p.document(r.As), Label: p.text(r.Label), Person: r.Person,
			Organisation: p.text(r.Organisation), Country: r.Country, Words: p.text(r.Words), Status: r.Status,
		})
	}
}

func (p *packer) note(key string, n agenda.Note) {
	p.rows.notes = append(p.rows.notes, noteRow{
		Event: p.id, Key: key, Link: n.Join, Phone: n.Phone, Code: n.Code,
		Notes: p.text(n.Notes), Brief: p.text(n.Brief), Contact: n.Contact,
	})
}
