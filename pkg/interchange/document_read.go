package interchange

import (
	"encoding/json"
	"fmt"

	"tamada/pkg/agenda"
)

// ReadJSON reads the agenda.json that [WriteJSON] wrote, all of it. Errors wrap
// [ErrFormat], block.ErrTooLarge, or are an *[agenda.Invalid].
func ReadJSON(source []byte, _ ReadOptions) (*Result, error) {
	text, err := decodeForeign(source)
	if err != nil {
		return nil, err
	}
	var d Document
	if err := json.Unmarshal(text, &d); err != nil {
		return nil, fmt.Errorf("agenda.json: %w: %w", err, ErrFormat)
	}
	if d.Format != JSONFormat || d.Version != JSONVersion {
		return nil, fmt.Errorf("agenda.json: format %q, version %d, want %q, version %d: %w", d.Format, d.Version, JSONFormat, JSONVersion, ErrFormat)
	}
	e := d.event()
	if err := e.Validate(); err != nil {
		return nil, err
	}
	return &Result{Draft: &agenda.Draft{Event: e, Backstage: agenda.Backstage{}}}, nil
}

// event returns the event that d is the public form of.
func (d *Document) event() *agenda.Event {
	from := &d.Event
	e := &agenda.Event{
		ID: from.ID, Slug: from.Slug, Series: from.Series, Title: from.Title, Theme: from.Theme, Visibility: from.Visibility, Status: from.Status,
		Languages: from.Languages, Zone: from.Zone, Format: from.Format, Approach: from.Approach, Venue: from.Venue, Organisers: from.Organisers,
		Information: from.Information, Rooms: from.Rooms, Tracks: from.Tracks, People: from.People,
	}
	if !from.Platform.Empty() {
		e.Online = &agenda.Online{Platform: from.Platform}
	}
	if from.Span != nil {
		e.Span = *from.Span
	}
	for _, day := range from.Days {
		to := agenda.Day{Date: day.Date, Title: day.Title}
		for i := range day.Sessions {
			to.Sessions = append(to.Sessions, day.Sessions[i].session())
		}
		e.Days = append(e.Days, to)
	}
	return e
}

func (s *DocumentSession) session() agenda.Session {
	to := agenda.Session{
		ID: s.ID, Time: s.Time, Kind: s.Kind, Status: s.Status, Title: s.Title, Abstract: s.Abstract, Questions: s.Questions,
		Roles: rolesOf(s.Roles), Language: s.Language, Interpretation: s.Interpretation, Recorded: s.Recorded, Audience: s.Audience,
		Capacity: s.Capacity, Links: s.Links, Talks: talksOf(s.Talks),
	}
	for _, r := range s.Rooms {
		to.Rooms = append(to.Rooms, r.ID)
	}
	if s.Track != nil {
		to.Track = s.Track.ID
	}
	for _, p := range s.Parts {
		part := agenda.Part{
			ID: p.ID, Title: p.Title, Abstract: p.Abstract, Questions: p.Questions, Roles: rolesOf(p.Roles),
			Language: p.Language, Capacity: p.Capacity, Talks: talksOf(p.Talks),
		}
		if p.Room != nil {
			part.Room = p.Room.ID
		}
		to.Parts = append(to.Parts, part)
	}
	return to
}

func talksOf(list []DocumentTalk) []agenda.Talk {
	var talks []agenda.Talk
	for _, t := range list {
		talks = append(talks, agenda.Talk{
			ID: t.ID, Title: t.Title, Abstract: t.Abstract, Minutes: t.Minutes, Status: t.Status, Language: t.Language,
			Roles: rolesOf(t.Roles), Links: t.Links,
		})
	}
	return talks
}

func rolesOf(list []DocumentRole) []agenda.Role {
	var roles []agenda.Role
	for _, r := range list {
		to := agenda.Role{As: r.As, Label: r.Label, Status: r.Status, Organisation: r.Organisation, Country: r.Country, Words: r.Words}
		if r.Person != nil {
			to.Person = r.Person.Key
		}
		roles = append(roles, to)
	}
	return roles
}
