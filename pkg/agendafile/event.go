package agendafile

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/zone"
)

// A set is the keys of something in a file, with what reads each.
type set = map[string]func(*node)

// draft reads a whole file.
func (r *reader) draft(n *node) *agenda.Draft {
	e := &agenda.Event{Status: agenda.Confirmed, Format: agenda.InPerson}
	d := &agenda.Draft{Event: e}
	r.languages(n, e)
	r.fields(n, "an agenda", set{
		"id": r.str(&e.ID), "slug": r.str(&e.Slug),
		"release": r.number(&e.Release, "the number of the release"), "updated": r.instant(&e.Updated),
		"sequence": r.number(&e.Sequence, "how often calendars were told of a change"), "modified": r.instant(&e.Modified),
		"series": func(n *node) { e.Series = r.series(n) },
		"title":  r.text(&e.Title), "theme": r.text(&e.Theme), "approach": r.text(&e.Approach), "information": r.text(&e.Information),
		"visibility": word(r, &e.Visibility, "a visibility", agenda.Visibilities()),
		"status":     word(r, &e.Status, "a status", agenda.Statuses()),
		"format":     word(r, &e.Format, "a format", agenda.Formats()),
		"languages":  func(*node) {}, // read before everything else
		"zone":       func(n *node) { e.Zone = r.zone(n) },
		"online":     func(n *node) { e.Online = r.online(n) },
		"venue":      func(n *node) { e.Venue = r.venue(n) },
		"organisers": each(r, &e.Organisers, r.organiser),
		"rooms":      each(r, &e.Rooms, r.room),
		"tracks":     each(r, &e.Tracks, r.track),
		"people":     func(n *node) { e.People = r.people(n) },
		"week":       func(n *node) { r.week(n, &e.Span) },
		"dates":      func(n *node) { r.dates(n, &e.Span) },
		"days":       each(r, &e.Days, r.day),
		"backstage":  func(n *node) { d.Backstage = r.backstage(n) },
	})
	r.spans(n)
	return d
}

// each returns a reader of a list of things.
func each[T any](r *reader, to *[]T, read func(*node) T) func(*node) {
	return func(n *node) {
		r.list(n, func(n *node) { *to = append(*to, read(n)) })
	}
}

// languages reads the languages of the event, which texts need to be read.
func (r *reader) languages(n *node, e *agenda.Event) {
	r.first = "en"
	if at := n.entry("languages"); at != nil && at.value.shape != nothing {
		r.strs(&e.Languages)(at.value)
	}
	if len(e.Languages) > 0 {
		r.first = e.Languages[0]
	}
}

func (r *reader) zone(n *node) string {
	s, ok := r.scalar(n, "the name of a time zone, like Europe/Paris,")
	if !ok {
		return ""
	}
	if len(s) > maxKey {
		r.wrong(n, "%q is not a time zone", clip(s))
		return s
	}
	if _, err := zone.Load(s); err != nil {
		r.wrong(n, "%v", err)
	}
	return s
}

func (r *reader) series(n *node) *agenda.Series {
	var s agenda.Series
	r.fields(n, "a series", set{"slug": r.str(&s.Slug), "title": r.text(&s.Title)})
	return &s
}

func (r *reader) online(n *node) *agenda.Online {
	var o agenda.Online
	r.fields(n, "online", set{"platform": r.text(&o.Platform)})
	return &o
}

func (r *reader) venue(n *node) *agenda.Venue {
	var v agenda.Venue
	r.fields(n, "a venue", set{
		"name": r.text(&v.Name), "address": r.text(&v.Address), "city": r.text(&v.City),
		"country": r.str(&v.Country), "geo": func(n *node) { v.Geo = r.geo(n) },
	})
	return &v
}

// geo reads a latitude and a longitude.
func (r *reader) geo(n *node) *agenda.Geo {
	var degrees []float64
	for _, item := range n.items {
		f, err := strconv.ParseFloat(item.text, 64)
		if item.shape == scalar && !item.quoted && err == nil && f >= -180 && f <= 180 {
			degrees = append(degrees, f)
		}
	}
	if len(degrees) != 2 || len(n.items) != 2 {
		r.wrong(n, "a latitude and a longitude in degrees are expected here: [41.6938, 44.8015]")
		return nil
	}
	return &agenda.Geo{Latitude: degrees[0], Longitude: degrees[1]}
}

func (r *reader) organiser(n *node) (o agenda.Organiser) {
	r.fields(n, "an organiser", set{"name": r.text(&o.Name), "as": r.text(&o.As), "url": r.str(&o.URL), "logo": r.str(&o.Logo)})
	return o
}

func (r *reader) room(n *node) (m agenda.Room) {
	r.fields(n, "a room", set{
		"id": r.str(&m.ID), "name": r.text(&m.Name), "capacity": r.number(&m.Capacity, "seats"), "floor": r.str(&m.Floor),
	})
	return m
}

func (r *reader) track(n *node) (t agenda.Track) {
	r.fields(n, "a track", set{"id": r.str(&t.ID), "name": r.text(&t.Name), "colour": r.str(&t.Colour)})
	return t
}

// people reads the people of an event, by key.
func (r *reader) people(n *node) []agenda.Person {
	if n.shape != mapping {
		r.wrong(n, "people are a mapping by key here (daglio: {name: …}), not %s", n.shape)
		return nil
	}
	var people []agenda.Person
	for _, e := range n.entries {
		p := agenda.Person{Key: e.key.text}
		r.scalar(e.key, "a key")
		r.fields(e.value, "a person", set{
			"id": r.str(&p.ID), "name": r.text(&p.Name), "honorific": r.text(&p.Honorific), "say": r.str(&p.Say),
			"bio": r.text(&p.Bio), "posts": r.texts(&p.Posts), "organisation": r.text(&p.Organisation), "country": r.str(&p.Country),
		})
		people = append(people, p)
	}
	return people
}

// spans refuses a week and dates together.
func (r *reader) spans(n *node) {
	week, dates := n.entry("week"), n.entry("dates")
	if week != nil && dates != nil && week.value.shape != nothing && dates.value.shape != nothing {
		r.wrong(dates.key, "either week or dates, not both")
	}
}

var weekPattern = regexp.MustCompile(`^([0-9]{4})-W([0-9]{2})$`)

// week reads a week of ISO 8601.
func (r *reader) week(n *node, to *agenda.Span) {
	s, ok := r.scalar(n, "a week like 2012-W26")
	if !ok {
		return
	}
	m := weekPattern.FindStringSubmatch(s)
	if m == nil {
		r.wrong(n, "%q is not a week like 2012-W26", clip(s))
		return
	}
	year, _ := strconv.Atoi(m[1]) // the pattern leaves only digits
	week, _ := strconv.Atoi(m[2])
	fourth := agenda.Date{Year: year, Month: time.January, Day: 4} // always in week 1
	monday := fourth.AddDays(-(int(fourth.Weekday())+6)%7 + 7*(week-1))
	if y, w := time.Date(monday.Year, monday.Month, monday.Day, 0, 0, 0, 0, time.UTC).ISOWeek(); y != year || w != week {
		r.wrong(n, "%d has no week %d", year, week)
		return
	}
	*to = agenda.Span{Week: s, From: monday, To: monday.AddDays(6)}
}

// dates reads a first and a last date.
func (r *reader) dates(n *node, to *agenda.Span) {
	s, ok := r.scalar(n, "two dates like 2012-06-25/2012-06-29")
	if !ok {
		return
	}
	from, till, _ := strings.Cut(s, "/")
	first, errFirst := agenda.ParseDate(from)
	last, errLast := agenda.ParseDate(till)
	if errFirst != nil || errLast != nil {
		r.wrong(n, "%q is not two dates like 2012-06-25/2012-06-29", clip(s))
		return
	}
	*to = agenda.Span{From: first, To: last}
}

// backstage reads what is not for the door. Its keys are checked when the
// sessions have their ids.
func (r *reader) backstage(n *node) agenda.Backstage {
	if n.shape != mapping {
		r.wrong(n, `backstage is a mapping by the id of a session, or "event", not %s`, n.shape)
		return nil
	}
	b := agenda.Backstage{}
	for _, e := range n.entries {
		var note agenda.Note
		if e.value.shape == nothing {
			continue
		}
		r.fields(e.value, "a note", set{
			"join": r.str(&note.Join), "phone": r.str(&note.Phone), "code": r.str(&note.Code),
			"notes": r.text(&note.Notes), "brief": r.text(&note.Brief), "contact": r.str(&note.Contact),
		})
		b[e.key.text] = note
	}
	if len(b) == 0 {
		return nil
	}
	return b
}
