package interchange

import (
	"encoding/xml"
	"io"
	"strings"

	"tamada/pkg/agenda"
)

// The elements of schedule.xml, in the order of its XML Schema
// (https://c3voc.de/schedule/schema.xsd).
type (
	xmlSchedule struct {
		XMLName    xml.Name      `xml:"schedule"`
		Generator  xmlGenerator  `xml:"generator"`
		URL        string        `xml:"url,omitempty"`
		Version    string        `xml:"version"`
		Conference xmlConference `xml:"conference"`
		Days       []xmlDay      `xml:"day"`
	}
	xmlGenerator struct {
		Name string `xml:"name,attr"`
	}
	xmlConference struct {
		Title    string     `xml:"title"`
		Acronym  string     `xml:"acronym"`
		Start    string     `xml:"start"`
		End      string     `xml:"end"`
		Days     int        `xml:"days"`
		Timeslot string     `xml:"timeslot_duration"`
		BaseURL  string     `xml:"base_url,omitempty"`
		URL      string     `xml:"url,omitempty"`
		Zone     string     `xml:"time_zone_name"`
		Tracks   []xmlTrack `xml:"track"`
	}
	xmlTrack struct {
		Name   string `xml:"name,attr"`
		Colour string `xml:"color,attr,omitempty"`
	}
	xmlDay struct {
		Index int       `xml:"index,attr"`
		Date  string    `xml:"date,attr"`
		Start string    `xml:"start,attr"`
		End   string    `xml:"end,attr"`
		Rooms []xmlRoom `xml:"room"`
	}
	xmlRoom struct {
		Name   string     `xml:"name,attr"`
		GUID   string     `xml:"guid,attr"`
		Events []xmlEvent `xml:"event"`
	}
	xmlEvent struct {
		ID          int          `xml:"id,attr"`
		GUID        string       `xml:"guid,attr"`
		Code        string       `xml:"code,attr,omitempty"`
		Date        string       `xml:"date"`
		Start       string       `xml:"start"`
		Duration    string       `xml:"duration"`
		Room        string       `xml:"room"`
		Title       string       `xml:"title"`
		Slug        string       `xml:"slug"`
		Track       string       `xml:"track"`
		Type        string       `xml:"type"`
		Language    string       `xml:"language"`
		Abstract    string       `xml:"abstract"`
		Description string       `xml:"description"`
		Recording   xmlRecording `xml:"recording"`
		Persons     []xmlPerson  `xml:"persons>person"`
		Links       []xmlLink    `xml:"links>link"`
		URL         string       `xml:"url,omitempty"`
	}
	xmlRecording struct {
		License string `xml:"license"`
		OptOut  bool   `xml:"optout"`
	}
	xmlPerson struct {
		GUID string `xml:"guid,attr"`
		Name string `xml:",chardata"`
	}
	xmlLink struct {
		Href  string `xml:"href,attr"`
		Title string `xml:",chardata"`
	}
)

// WriteScheduleXML writes e as schedule.xml, the format of pentabarf, frab and
// pretalx that conference apps read, in one language. Breaks are events of
// type "break" or "meal"; whoever moderates is a person whose name ends in
// "(moderator)", in the word of the language. Sessions of which no beginning is
// known are left out. Errors wrap [ErrNoDate] or zone.ErrUnknown.
func WriteScheduleXML(w io.Writer, e *agenda.Event, options Options) error {
	t, err := newTimetable(e, options)
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(t.xml()); err != nil {
		return err
	}
	_, err = io.WriteString(w, "\n")
	return err
}

func (t *timetable) xml() *xmlSchedule {
	s := &xmlSchedule{
		Generator: xmlGenerator{"Tamada"}, Version: t.version(),
		Conference: xmlConference{
			Title: t.text(t.event.Title), Acronym: t.acronym, Start: t.days[0].date.String(), End: t.days[len(t.days)-1].date.String(),
			Days: len(t.days), Timeslot: "00:05", URL: t.options.eventURL(t.event), Zone: t.event.Zone,
		},
	}
	if page := t.options.eventURL(t.event); page != "" {
		s.URL, s.Conference.BaseURL = page+"/schedule.xml", page
	}
	for i := range t.event.Tracks {
		s.Conference.Tracks = append(s.Conference.Tracks, xmlTrack{t.text(t.event.Tracks[i].Name), t.event.Tracks[i].Colour})
	}
	for i := range t.days {
		s.Days = append(s.Days, t.xmlDay(&t.days[i]))
	}
	return s
}

func (t *timetable) xmlDay(d *timetableDay) xmlDay {
	day := xmlDay{Index: d.index, Date: d.date.String(), Start: scheduleInstant(d.start), End: scheduleInstant(d.end)}
	for _, r := range d.rooms() {
		room := xmlRoom{Name: r.name, GUID: r.id}
		for _, s := range r.slots {
			room.Events = append(room.Events, t.xmlEvent(s))
		}
		day.Rooms = append(day.Rooms, room)
	}
	return day
}

func (t *timetable) xmlEvent(s *timetableSlot) xmlEvent {
	e := xmlEvent{
		ID: s.number, GUID: s.id, Code: s.code, Date: scheduleInstant(s.start), Start: s.start.Format("15:04"), Duration: scheduleDuration(s),
		Room: s.room, Title: t.title(s), Slug: s.slug, Track: t.trackName(s), Type: string(s.kind), Language: s.language,
		Abstract: t.text(s.abstract), Description: t.text(s.details), URL: s.url,
	}
	e.Recording = xmlRecording{OptOut: !s.recorded}
	for _, p := range t.persons(s) {
		e.Persons = append(e.Persons, xmlPerson{p.id, p.name})
	}
	for _, l := range s.links {
		e.Links = append(e.Links, xmlLink{l.URL, t.text(l.Title)})
	}
	return e
}

func (t *timetable) trackName(s *timetableSlot) string {
	if s.track == nil {
		return ""
	}
	return t.text(s.track.Name)
}

// A schedulePerson is a person as version 1 of schedules lists them.
type schedulePerson struct{ id, name string }

// persons returns who holds roles in s. Speakers are the rule in these formats,
// other roles are said after the name.
func (t *timetable) persons(s *timetableSlot) []schedulePerson {
	var list []schedulePerson
	for i := range s.roles {
		p, err := t.event.Person(s.roles[i].Person)
		if err != nil {
			continue // an organisation or a country; details name it
		}
		name := t.text(p.Name)
		if as := t.otherRoles(&s.roles[i]); as != "" {
			name += " (" + as + ")"
		}
		list = append(list, schedulePerson{p.ID, name})
	}
	return list
}

// otherRoles names the roles of r unless speaker is among them and nothing that
// leads the session.
func (t *timetable) otherRoles(r *agenda.Role) string {
	var names []string
	for _, as := range r.As {
		if as != agenda.Speaker && as != agenda.Presenter && as != agenda.Panellist {
			names = append(names, strings.ToLower(t.language.T("role."+string(as))))
		}
	}
	return t.language.List(names...)
}
