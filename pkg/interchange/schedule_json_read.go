package interchange

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"tamada/pkg/agenda"
)

// The objects of schedule.json, both versions, as readers find them.
type (
	anySchedule struct {
		Schedule struct {
			Conference struct {
				Title   looseText   `json:"title"`
				Acronym looseString `json:"acronym"`
				Start   looseString `json:"start"`
				End     looseString `json:"end"`
				Zone    looseString `json:"time_zone_name"`
				URL     looseString `json:"url"`
				Tracks  looseList[struct {
					Name   looseText   `json:"name"`
					Slug   looseString `json:"slug"`
					Colour looseString `json:"color"`
				}] `json:"tracks"`
				Rooms looseList[struct {
					Name looseText   `json:"name"`
					GUID looseString `json:"guid"`
				}] `json:"rooms"`
				Days looseList[struct {
					Date  looseString                            `json:"date"`
					Start looseString                            `json:"day_start"`
					Rooms map[string]looseList[anyScheduleEvent] `json:"rooms"`
				}] `json:"days"`
			} `json:"conference"`
			Events looseList[anyScheduleEvent] `json:"events"` // version 2
		} `json:"schedule"`
	}
	anyScheduleEvent struct {
		ID           looseString          `json:"id"`
		GUID         looseString          `json:"guid"`
		Date         looseString          `json:"date"`
		Start        looseString          `json:"start"`
		End          looseString          `json:"end"`
		Duration     looseString          `json:"duration"`
		Room         looseRef             `json:"room"`
		Title        looseText            `json:"title"`
		Subtitle     looseText            `json:"subtitle"`
		Track        looseRef             `json:"track"`
		Type         looseText            `json:"type"`
		Language     looseString          `json:"language"`
		Abstract     looseText            `json:"abstract"`
		Description  looseText            `json:"description"`
		URL          looseString          `json:"url"`
		DoNotRecord  *bool                `json:"do_not_record"`
		State        looseString          `json:"state"`
		Persons      looseList[anyPerson] `json:"persons"`
		Participants looseList[anyPerson] `json:"participants"`
		Links        looseList[anyLink]   `json:"links"`
		Attachments  looseList[anyLink]   `json:"attachments"`
	}
	anyPerson struct {
		ID         looseString `json:"id"`
		Code       looseString `json:"code"`
		GUID       looseString `json:"guid"`
		Name       looseString `json:"name"`
		PublicName looseString `json:"public_name"`
		FullName   looseString `json:"full_public_name"`
		Biography  looseText   `json:"biography"`
		Role       looseString `json:"role"`
	}
	anyLink struct {
		URL   looseString `json:"url"`
		Href  looseString `json:"href"`
		Title looseText   `json:"title"`
	}
)

// A looseRef names something: by a string, or by an object with its name, slug
// or GUID.
type looseRef struct {
	text       looseText
	slug, guid string
}

// UnmarshalJSON reads a name or an object that has one.
func (r *looseRef) UnmarshalJSON(b []byte) error {
	var object struct {
		Slug looseString `json:"slug"`
		GUID looseString `json:"guid"`
	}
	if json.Unmarshal(b, &object) == nil {
		r.slug, r.guid = string(object.Slug), string(object.GUID)
	}
	return json.Unmarshal(b, &r.text)
}

// ReadScheduleJSON reads a schedule.json of version 1, as frab and pretalx
// write it, or of version 2. Errors wrap [ErrFormat] or block.ErrTooLarge.
func ReadScheduleJSON(source []byte, options ReadOptions) (*Result, error) {
	text, err := decodeForeign(source)
	if err != nil {
		return nil, err
	}
	var s anySchedule
	if err := json.Unmarshal(text, &s); err != nil {
		return nil, fmt.Errorf("schedule.json: %v: %w", err, ErrFormat)
	}
	c := &s.Schedule.Conference
	if c.Title == nil && len(c.Days) == 0 && len(s.Schedule.Events) == 0 {
		return nil, fmt.Errorf("schedule.json without a conference: %w", ErrFormat)
	}
	e := foreignEvent{title: c.Title.String(), slug: string(c.Acronym), zone: string(c.Zone), url: string(c.URL)}
	e.from, _ = agenda.ParseDate(string(c.Start[:min(len(c.Start), 10)]))
	e.to, _ = agenda.ParseDate(string(c.End[:min(len(c.End), 10)]))
	return newForeignReader(e, s.sessions(), options).read(), nil
}

// sessions returns the events of both versions.
func (s *anySchedule) sessions() []foreignSession {
	c := &s.Schedule.Conference
	rooms, tracks, colours := map[string]looseText{}, map[string]looseText{}, map[string]string{}
	for _, r := range c.Rooms {
		rooms[string(r.GUID)] = r.Name
	}
	for _, t := range c.Tracks {
		tracks[string(t.Slug)] = t.Name
		colours[t.Name.String()] = colour(string(t.Colour))
	}
	var list []foreignSession
	add := func(e *anyScheduleEvent, day agenda.Date, room string) {
		f := e.session(day)
		switch {
		case e.Room.text != nil:
			f.room = e.Room.text
		case room != "":
			f.room = looseText{"": room}
		default:
			f.room = rooms[e.Room.guid]
		}
		if f.track = e.Track.text; f.track == nil {
			f.track = tracks[e.Track.slug]
		}
		f.colour = colours[f.track.String()]
		list = append(list, f)
	}
	for i := range c.Days {
		d := &c.Days[i]
		date, _ := agenda.ParseDate(string(cmp.Or(d.Date, d.Start)[:min(len(cmp.Or(d.Date, d.Start)), 10)]))
		for _, name := range sortedKeys(d.Rooms) {
			for j := range d.Rooms[name] {
				add(&d.Rooms[name][j], date, name)
			}
		}
	}
	for i := range s.Schedule.Events {
		add(&s.Schedule.Events[i], agenda.Date{}, "")
	}
	return list
}

func sortedKeys[T any](m map[string]T) []string { return slices.Sorted(maps.Keys(m)) }

// states are the states of version 2 that are not simply confirmed.
var states = map[string]agenda.Status{
	"CANCELED": agenda.Cancelled, "CANCELLED": agenda.Cancelled, "WITHDRAWN": agenda.Cancelled, "REJECTED": agenda.Cancelled, "DELETED": agenda.Cancelled,
	"DRAFT": agenda.Tentative, "SUBMITTED": agenda.Tentative,
}

func (e *anyScheduleEvent) session(day agenda.Date) foreignSession {
	f := foreignSession{
		id: string(e.GUID), title: e.Title, subtitle: e.Subtitle.String(), abstract: e.Abstract, more: e.Description, kind: e.Type.String(),
		language: string(e.Language), url: string(e.URL), day: day, minutes: minutesOf(string(e.Duration)), status: states[strings.ToUpper(string(e.State))],
		recorded: e.DoNotRecord != nil && !*e.DoNotRecord,
	}
	f.at = instantOf(string(cmp.Or(e.Date, e.Start)), nil)
	if f.at.IsZero() {
		f.start = string(e.Start)
	}
	if end := instantOf(string(e.End), nil); f.minutes == 0 && !end.IsZero() && !f.at.IsZero() {
		f.minutes = int(end.Sub(f.at).Minutes())
	}
	for _, p := range append(e.Persons, e.Participants...) {
		f.people = append(f.people, foreignPerson{
			id: string(cmp.Or(p.GUID, p.Code, p.ID)), name: string(cmp.Or(p.Name, p.PublicName, p.FullName)), bio: p.Biography.String(), roles: participantRoles[string(p.Role)],
		})
	}
	for _, l := range append(e.Links, e.Attachments...) {
		f.links = append(f.links, foreignLink{string(cmp.Or(l.URL, l.Href)), l.Title.String()})
	}
	return f
}

// participantRoles are our roles by those of version 2.
var participantRoles = map[string][]agenda.RoleName{
	"MODERATOR": {agenda.Moderator}, "HOST": {agenda.Host}, "CONTRIBUTOR": {agenda.Discussant}, "GUEST": {agenda.Member},
}
