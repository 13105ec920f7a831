package interchange

import (
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/zone"
)

// The objects of Indico's HTTP export API (docs/source/http-api/exporters).
type (
	indicoExport struct {
		Results looseList[indicoEvent] `json:"results"`
	}
	indicoEvent struct {
		Type          string                        `json:"_type"`
		ID            looseString                   `json:"id"`
		Title         looseText                     `json:"title"`
		Description   looseText                     `json:"description"`
		Start         indicoDate                    `json:"startDate"`
		End           indicoDate                    `json:"endDate"`
		Zone          looseString                   `json:"timezone"`
		Location      looseString                   `json:"location"`
		Room          looseString                   `json:"room"`
		Address       looseString                   `json:"address"`
		URL           looseString                   `json:"url"`
		Chairs        looseList[indicoPerson]       `json:"chairs"`
		Sessions      looseList[indicoSession]      `json:"sessions"`
		Contributions looseList[indicoContribution] `json:"contributions"`
	}
	indicoSession struct {
		ID            looseString                   `json:"id"`
		Title         looseText                     `json:"title"`
		Description   looseText                     `json:"description"`
		Start         indicoDate                    `json:"startDate"`
		End           indicoDate                    `json:"endDate"`
		Room          looseString                   `json:"room"`
		Conveners     looseList[indicoPerson]       `json:"conveners"`
		Contributions looseList[indicoContribution] `json:"contributions"`
	}
	indicoContribution struct {
		ID          looseString             `json:"id"`
		Title       looseText               `json:"title"`
		Description looseText               `json:"description"`
		Start       indicoDate              `json:"startDate"`
		End         indicoDate              `json:"endDate"`
		Duration    looseString             `json:"duration"`
		Room        looseString             `json:"room"`
		Type        looseText               `json:"type"`
		Track       looseText               `json:"track"`
		Session     looseText               `json:"session"`
		URL         looseString             `json:"url"`
		Speakers    looseList[indicoPerson] `json:"speakers"`
		Authors     looseList[indicoPerson] `json:"primaryauthors"`
		CoAuthors   looseList[indicoPerson] `json:"coauthors"`
	}
	indicoPerson struct {
		First       looseString `json:"first_name"`
		Last        looseString `json:"last_name"`
		Full        looseString `json:"fullName"`
		Affiliation looseString `json:"affiliation"`
	}
	indicoDate struct {
		Date string `json:"date"`
		Time string `json:"time"`
		Zone string `json:"tz"`
	}
)

// UnmarshalJSON reads the date, which is null where there is none.
func (d *indicoDate) UnmarshalJSON(b []byte) error {
	type plain indicoDate
	var p plain
	if json.Unmarshal(b, &p) == nil {
		*d = indicoDate(p)
	}
	return nil
}

// instant returns the instant of d: it carries a zone of its own, which need
// not be that of the event.
func (d indicoDate) instant() time.Time {
	loc, err := zone.Load(cmp.Or(d.Zone, "UTC"))
	if err != nil || len(d.Time) < 5 {
		return time.Time{}
	}
	date, err := agenda.ParseDate(d.Date)
	if err != nil {
		return time.Time{}
	}
	c, err := agenda.ParseClock(d.Time[:5])
	if err != nil {
		return time.Time{}
	}
	t, _ := zone.At(loc, date, c)
	return t
}

// ReadIndico reads the JSON of Indico's export of one event, with its
// contributions and sessions. Errors wrap [ErrFormat] or block.ErrTooLarge.
func ReadIndico(source []byte, options ReadOptions) (*Result, error) {
	text, err := decodeForeign(source)
	if err != nil {
		return nil, err
	}
	var export indicoExport
	if err := json.Unmarshal(text, &export); err != nil {
		return nil, fmt.Errorf("export of Indico: %v: %w", err, ErrFormat)
	}
	if len(export.Results) == 0 {
		return nil, fmt.Errorf("export of Indico without an event: %w", ErrFormat)
	}
	i := &export.Results[0]
	e := foreignEvent{
		title: i.Title.String(), description: i.Description.String(), zone: string(i.Zone), venue: string(cmp.Or(i.Location, i.Room)),
		address: string(i.Address), url: string(i.URL),
	}
	e.from, _ = agenda.ParseDate(i.Start.Date)
	e.to, _ = agenda.ParseDate(i.End.Date)
	for _, p := range i.Chairs {
		e.people = append(e.people, p.person(nil))
	}
	r := newForeignReader(e, i.sessions(), options)
	for _, other := range export.Results[1:] {
		r.unplace(other.Title.String())
		r.remark(Remark{Weight: NotUnderstood, Code: NotPlaced, Source: other.Title.String()})
	}
	return r.read(), nil
}

// sessions returns the contributions of the event and of its sessions, and the
// sessions that have none.
func (e *indicoEvent) sessions() []foreignSession {
	var list []foreignSession
	for i := range e.Sessions {
		s := &e.Sessions[i]
		if len(s.Contributions) == 0 {
			list = append(list, s.session())
		}
		for j := range s.Contributions {
			f := s.Contributions[j].session()
			if len(f.track) == 0 {
				f.track = s.Title
			}
			for _, p := range s.Conveners {
				f.people = append(f.people, p.person([]agenda.RoleName{agenda.Chair}))
			}
			list = append(list, f)
		}
	}
	for i := range e.Contributions {
		list = append(list, e.Contributions[i].session())
	}
	return list
}

func (s *indicoSession) session() foreignSession {
	f := foreignSession{title: s.Title, abstract: s.Description, room: looseText{"": string(s.Room)}, at: s.Start.instant()}
	f.minutes = lengthBetween(s.Start, s.End)
	for _, p := range s.Conveners {
		f.people = append(f.people, p.person([]agenda.RoleName{agenda.Chair}))
	}
	return f
}

func (c *indicoContribution) session() foreignSession {
	f := foreignSession{
		title: c.Title, abstract: c.Description, room: looseText{"": string(c.Room)}, at: c.Start.instant(), kind: c.Type.String(),
		track: c.Track, url: string(c.URL), minutes: cmp.Or(minutesOf(string(c.Duration)), lengthBetween(c.Start, c.End)),
	}
	if len(f.track) == 0 {
		f.track = c.Session
	}
	speakers := c.Speakers
	if len(speakers) == 0 {
		speakers = c.Authors
	}
	for _, p := range c.CoAuthors {
		f.notes = append(f.notes, p.person(nil).name)
	}
	for _, p := range speakers {
		f.people = append(f.people, p.person(nil))
	}
	return f
}

func lengthBetween(start, end indicoDate) int {
	from, to := start.instant(), end.instant()
	if from.IsZero() || to.IsZero() {
		return 0
	}
	return max(0, int(to.Sub(from).Minutes()))
}

// person returns p with the given name first; fullName has the family name
// first: "Peres, Martin".
func (p indicoPerson) person(roles []agenda.RoleName) foreignPerson {
	name := strings.TrimSpace(string(p.First) + " " + string(p.Last))
	if name == "" {
		last, given, _ := strings.Cut(string(p.Full), ", ")
		name = strings.TrimSpace(given + " " + last)
	}
	return foreignPerson{name: name, organisation: string(p.Affiliation), roles: roles}
}
