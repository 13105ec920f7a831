package interchange

import (
	"io"
	"strings"

	"tamada/pkg/agenda"
)

// The objects of schedule.json, version 2 alpha 3 (https://c3voc.de/schema/schedule2).
type (
	json2Schedule struct {
		Schema    string            `json:"$schema"`
		Generator jsonGenerator     `json:"generator"`
		Schedule  json2ScheduleBody `json:"schedule"`
	}
	json2ScheduleBody struct {
		Version    string          `json:"version"`
		Conference json2Conference `json:"conference"`
		Events     []any           `json:"events"` // json2Event or json2Pause
	}
	json2Conference struct {
		Acronym     string             `json:"acronym"`
		Title       string             `json:"title"`
		Description any                `json:"description"`
		Start       string             `json:"start"`
		End         string             `json:"end"`
		Timeslot    string             `json:"timeslot_duration"`
		Zone        string             `json:"time_zone_name,omitempty"`
		URL         string             `json:"url,omitempty"`
		Languages   []string           `json:"languages"`
		Tracks      []jsonTrack        `json:"tracks"`
		Rooms       []jsonScheduleRoom `json:"rooms"`
		Days        []json2Day         `json:"days"`
	}
	json2Day struct {
		Index int    `json:"index"`
		Date  string `json:"date"`
		Start string `json:"start"`
		End   string `json:"end"`
	}
	json2Event struct {
		GUID         string             `json:"guid"`
		Code         string             `json:"code,omitempty"`
		Start        string             `json:"start"`
		End          string             `json:"end"`
		Room         jsonScheduleRoom   `json:"room"`
		Slug         string             `json:"slug"`
		URL          string             `json:"url"`
		Title        string             `json:"title"`
		Subtitle     string             `json:"subtitle"`
		Track        json2TrackRef      `json:"track"`
		Type         string             `json:"type"`
		Language     string             `json:"language"`
		Abstract     any                `json:"abstract"`
		Description  any                `json:"description"`
		Participants []json2Participant `json:"participants"`
		Links        []jsonLink         `json:"links"`
		State        string             `json:"state"`
	}
	json2Pause struct {
		Type  string           `json:"type"`
		Title string           `json:"title"`
		GUID  string           `json:"guid"`
		Start string           `json:"start"`
		End   string           `json:"end"`
		Room  jsonScheduleRoom `json:"room"`
	}
	json2TrackRef struct {
		Slug string `json:"slug"`
	}
	json2Participant struct {
		GUID string `json:"guid"`
		Name string `json:"name"`
		Role string `json:"role"`
	}
)

// noTrack is the slug of the track of events that have none: the schema wants
// one of every event. No track of the conference has it.
const noTrack = "none"

// WriteSchedule2JSON writes e in the second version of schedule.json, which is
// not yet settled (alpha 3): breaks are BREAK, moderators are MODERATOR, texts
// are in all languages that two letters name.
func WriteSchedule2JSON(w io.Writer, e *agenda.Event, options Options) error {
	t, err := newTimetable(e, options)
	if err != nil {
		return err
	}
	return writeIndented(w, t.json2())
}

func (t *timetable) json2() *json2Schedule {
	v1 := t.json().Schedule.Conference
	c := json2Conference{
		Acronym: v1.Acronym, Title: v1.Title, Description: localizable(t.event.Theme),
		Start: scheduleInstant(t.start), End: scheduleInstant(t.end), Timeslot: "PT5M", Zone: v1.Zone, URL: v1.URL,
		Languages: []string{}, Tracks: v1.Tracks, Rooms: v1.Rooms, Days: []json2Day{},
	}
	for _, tag := range t.event.Languages {
		if base := twoLetters(tag); base != "" {
			c.Languages = append(c.Languages, base)
		}
	}
	s := &json2Schedule{Schema: "https://c3voc.de/schema/schedule2", Generator: jsonGenerator{"Tamada"}}
	s.Schedule = json2ScheduleBody{Version: t.version(), Events: []any{}}
	for i := range t.days {
		d := &t.days[i]
		c.Days = append(c.Days, json2Day{d.index, d.date.String(), scheduleInstant(d.start), scheduleInstant(d.end)})
		for j := range d.slots {
			s.Schedule.Events = append(s.Schedule.Events, t.json2Event(&d.slots[j]))
		}
	}
	s.Schedule.Conference = c
	return s
}

func (t *timetable) json2Event(s *timetableSlot) any {
	room := jsonScheduleRoom{Name: s.room, GUID: s.roomID}
	if s.kind.Pause() {
		return json2Pause{"BREAK", t.title(s), s.id, scheduleInstant(s.start), scheduleInstant(s.end), room}
	}
	e := json2Event{
		GUID: s.id, Code: s.code, Start: scheduleInstant(s.start), End: scheduleInstant(s.end), Room: room, Slug: s.slug,
		URL: slotURL(s), Title: t.text(s.title), Track: json2TrackRef{noTrack}, Type: json2Type(s.kind), Language: t.language2(s.language),
		Abstract: localizable(s.abstract), Description: localizable(s.details), Participants: []json2Participant{}, Links: []jsonLink{},
		State: json2States[s.status],
	}
	if s.track != nil {
		e.Track.Slug = trackSlug(s.track)
	}
	for i := range s.roles {
		if p, err := t.event.Person(s.roles[i].Person); err == nil {
			e.Participants = append(e.Participants, json2Participant{p.ID, t.text(p.Name), json2Role(&s.roles[i])})
		}
	}
	for _, l := range s.links {
		e.Links = append(e.Links, jsonLink{l.URL, t.text(l.Title)})
	}
	return e
}

var json2States = map[agenda.Status]string{
	agenda.Confirmed: "CONFIRMED", agenda.Tentative: "DRAFT", agenda.Cancelled: "CANCELED",
}

// json2Type returns the type of version 2 that is nearest to kind.
func json2Type(kind agenda.Kind) string {
	switch kind {
	case agenda.Keynote, agenda.Presentation:
		return "TALK"
	case agenda.LightningTalks:
		return "LIGHTNING_TALK"
	case agenda.Workshop, agenda.SmallTables:
		return "WORKSHOP"
	case agenda.Panel, agenda.RoundTable, agenda.Discussion, agenda.Consultation:
		return "DISCUSSION"
	case agenda.Plenary, agenda.Bilateral:
		return "MEETING"
	}
	return "OTHER"
}

// json2Roles are the roles of version 2 by ours, the first that fits counts.
var json2Roles = []struct {
	name agenda.RoleName
	role string
}{
	{agenda.Moderator, "MODERATOR"},
	{agenda.Facilitator, "MODERATOR"},
	{agenda.Chair, "MODERATOR"},
	{agenda.CoChair, "MODERATOR"},
	{agenda.Host, "HOST"},
	{agenda.Speaker, "SPEAKER"},
	{agenda.Panellist, "SPEAKER"},
	{agenda.Presenter, "SPEAKER"},
	{agenda.Member, "GUEST"},
	{agenda.Observer, "GUEST"},
}

func json2Role(r *agenda.Role) string {
	for _, known := range json2Roles {
		if r.Has(known.name) {
			return known.role
		}
	}
	return "CONTRIBUTOR"
}

// language2 returns tag or, if two letters cannot name it, the first language
// of the event that they can, or "en".
func (t *timetable) language2(tag string) string {
	for _, l := range append([]string{tag}, t.event.Languages...) {
		if base := twoLetters(l); base != "" {
			return base
		}
	}
	return "en"
}

// localizable returns t as version 2 writes texts: by languages of two letters,
// or nil if nothing is left.
func localizable(t agenda.Text) any {
	m := map[string]string{}
	for _, tag := range t.Languages() {
		if base := twoLetters(tag); base != "" && t[tag] != "" && m[base] == "" {
			m[base] = t[tag]
		}
	}
	if len(m) == 0 {
		return nil
	}
	return m
}

// twoLetters returns the language of tag if it has two letters, or "".
func twoLetters(tag string) string {
	base, _, _ := strings.Cut(tag, "-")
	if len(base) != 2 {
		return ""
	}
	return base
}
