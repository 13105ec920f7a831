package interchange

import (
	"encoding/json"
	"io"
	"regexp"

	"tamada/pkg/agenda"
)

// The objects of schedule.json, version 1 (https://c3voc.de/schedule/schema.json).
type (
	jsonSchedule struct {
		Schema    string           `json:"$schema"`
		Generator jsonGenerator    `json:"generator"`
		Schedule  jsonScheduleBody `json:"schedule"`
	}
	jsonGenerator struct {
		Name string `json:"name"`
	}
	jsonScheduleBody struct {
		Version    string         `json:"version"`
		BaseURL    string         `json:"base_url,omitempty"`
		Conference jsonConference `json:"conference"`
	}
	jsonConference struct {
		Acronym   string             `json:"acronym"`
		Title     string             `json:"title"`
		Start     string             `json:"start"`
		End       string             `json:"end"`
		DaysCount int                `json:"daysCount"`
		Timeslot  string             `json:"timeslot_duration"`
		Zone      string             `json:"time_zone_name,omitempty"`
		URL       string             `json:"url,omitempty"`
		Tracks    []jsonTrack        `json:"tracks"`
		Rooms     []jsonScheduleRoom `json:"rooms"`
		Days      []jsonDay          `json:"days"`
	}
	jsonTrack struct {
		Name   string `json:"name"`
		Slug   string `json:"slug"`
		Colour string `json:"color,omitempty"`
	}
	jsonScheduleRoom struct {
		Name     string `json:"name"`
		GUID     string `json:"guid"`
		Capacity int    `json:"capacity,omitempty"`
	}
	jsonDay struct {
		Index int                            `json:"index"`
		Date  string                         `json:"date"`
		Start string                         `json:"day_start"`
		End   string                         `json:"day_end"`
		Rooms map[string][]jsonScheduleEvent `json:"rooms"`
	}
	jsonScheduleEvent struct {
		GUID        string       `json:"guid"`
		Code        string       `json:"code,omitempty"`
		ID          int          `json:"id"`
		Date        string       `json:"date"`
		Start       string       `json:"start"`
		End         string       `json:"end"`
		Duration    string       `json:"duration"`
		Room        string       `json:"room"`
		Slug        string       `json:"slug"`
		URL         string       `json:"url"`
		Title       string       `json:"title"`
		Subtitle    string       `json:"subtitle"`
		Track       *string      `json:"track"`
		Type        string       `json:"type"`
		Language    string       `json:"language"`
		Abstract    string       `json:"abstract"`
		Description string       `json:"description"`
		DoNotRecord bool         `json:"do_not_record"`
		Persons     []jsonPerson `json:"persons"`
		Links       []jsonLink   `json:"links"`
	}
	jsonPerson struct {
		Name string `json:"name"`
		GUID string `json:"guid"`
	}
	jsonLink struct {
		URL   string `json:"url"`
		Title string `json:"title"`
	}
)

// WriteScheduleJSON writes e as schedule.json, version 1, with the content of
// [WriteScheduleXML].
func WriteScheduleJSON(w io.Writer, e *agenda.Event, options Options) error {
	t, err := newTimetable(e, options)
	if err != nil {
		return err
	}
	return writeIndented(w, t.json())
}

// writeIndented writes value as JSON for people and programs.
func writeIndented(w io.Writer, value any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(value)
}

func (t *timetable) json() *jsonSchedule {
	c := jsonConference{
		Acronym: t.acronym, Title: t.text(t.event.Title), Start: t.days[0].date.String(), End: t.days[len(t.days)-1].date.String(),
		DaysCount: len(t.days), Timeslot: "00:05", Zone: scheduleZone(t.event.Zone), URL: t.options.eventURL(t.event),
		Tracks: []jsonTrack{}, Rooms: []jsonScheduleRoom{}, Days: []jsonDay{},
	}
	for _, track := range t.event.Tracks {
		c.Tracks = append(c.Tracks, jsonTrack{t.text(track.Name), trackSlug(&track), track.Colour})
	}
	for i := range t.event.Rooms {
		r := &t.event.Rooms[i]
		c.Rooms = append(c.Rooms, jsonScheduleRoom{t.text(r.Name), roomID(t.event, r.ID), r.Capacity})
	}
	for i := range t.days {
		c.Days = append(c.Days, t.jsonDay(&t.days[i]))
	}
	return &jsonSchedule{
		Schema:    "https://c3voc.de/schedule/schema.json",
		Generator: jsonGenerator{"Tamada"},
		Schedule:  jsonScheduleBody{t.version(), t.options.eventURL(t.event), c},
	}
}

func (t *timetable) jsonDay(d *timetableDay) jsonDay {
	day := jsonDay{d.index, d.date.String(), scheduleInstant(d.start), scheduleInstant(d.end), map[string][]jsonScheduleEvent{}}
	for _, r := range d.rooms() {
		for _, s := range r.slots {
			day.Rooms[r.name] = append(day.Rooms[r.name], t.jsonEvent(s))
		}
	}
	return day
}

func (t *timetable) jsonEvent(s *timetableSlot) jsonScheduleEvent {
	e := jsonScheduleEvent{
		GUID: s.id, Code: s.code, ID: s.number, Date: scheduleInstant(s.start), Start: s.start.Format("15:04"), End: scheduleInstant(s.end),
		Duration: scheduleDuration(s), Room: s.room, Slug: s.slug, URL: slotURL(s), Title: t.title(s), Type: string(s.kind),
		Language: s.language, Abstract: t.text(s.abstract), Description: t.text(s.details), DoNotRecord: !s.recorded,
		Persons: []jsonPerson{}, Links: []jsonLink{},
	}
	if s.track != nil {
		name := t.trackName(s)
		e.Track = &name
	}
	for _, p := range t.persons(s) {
		e.Persons = append(e.Persons, jsonPerson{p.name, p.id})
	}
	for _, l := range s.links {
		e.Links = append(e.Links, jsonLink{l.URL, t.text(l.Title)})
	}
	return e
}

// slotURL returns the page of s or, where the site is not known, its name: the
// schemas want a URI.
func slotURL(s *timetableSlot) string {
	if s.url == "" {
		return "urn:uuid:" + s.id
	}
	return s.url
}

// trackSlug returns the ID of a track as the schemas want it.
func trackSlug(t *agenda.Track) string { return dots.ReplaceAllString(t.ID, "_") }

var dots = regexp.MustCompile(`\.`)

// scheduleZones are the zone names that the schemas take.
var scheduleZones = regexp.MustCompile(`^([A-Z][a-z]+/[A-Z][a-z]+)|UTC$`)

// scheduleZone returns the name of a zone, or "" if the schemas refuse it; the
// instants say all that is needed.
func scheduleZone(name string) string {
	if !scheduleZones.MatchString(name) {
		return ""
	}
	return name
}
