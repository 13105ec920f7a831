package web

import (
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/zone"
)

// A linkedEvent is an event as search engines read it: a BusinessEvent of
// schema.org in JSON-LD.
type linkedEvent struct {
	Context     string         `json:"@context"`
	Type        string         `json:"@type"`
	ID          string         `json:"@id"`
	URL         string         `json:"url"`
	Name        string         `json:"name"`
	Description string         `json:"description,omitempty"`
	Start       string         `json:"startDate,omitempty"`
	End         string         `json:"endDate,omitempty"`
	Status      string         `json:"eventStatus"`
	Attendance  string         `json:"eventAttendanceMode"`
	Languages   []string       `json:"inLanguage"`
	Location    []linkedPlace  `json:"location,omitempty"`
	Organisers  []linkedBody   `json:"organizer,omitempty"`
	Sessions    []linkedModule `json:"subEvent,omitempty"`
}

// A linkedPlace is where an event is.
type linkedPlace struct {
	Type    string         `json:"@type"`
	Name    string         `json:"name,omitempty"`
	URL     string         `json:"url,omitempty"`
	Address *linkedAddress `json:"address,omitempty"`
}

// A linkedAddress is a postal address.
type linkedAddress struct {
	Type    string `json:"@type"`
	Street  string `json:"streetAddress,omitempty"`
	City    string `json:"addressLocality,omitempty"`
	Country string `json:"addressCountry,omitempty"`
}

// A linkedBody is an organisation.
type linkedBody struct {
	Type string `json:"@type"`
	Name string `json:"name"`
	URL  string `json:"url,omitempty"`
}

// A linkedModule is a session.
type linkedModule struct {
	Type  string `json:"@type"`
	Name  string `json:"name"`
	URL   string `json:"url"`
	Start string `json:"startDate"`
	End   string `json:"endDate,omitempty"`
}

var linkedAttendance = map[agenda.Format]string{
	agenda.InPerson: "Offline", agenda.OnlineFormat: "Online", agenda.Hybrid: "Mixed",
}

// linkedData returns the event for search engines.
func (s *Server) linkedData(v *view) *linkedEvent {
	e := v.event
	address := s.BaseURL + v.base
	from, to := e.Dates()
	out := &linkedEvent{
		Context: "https://schema.org", Type: "BusinessEvent", ID: address, URL: address,
		Name: v.plain(e.Title), Description: v.plain(e.Theme), Start: from.String(), End: to.String(),
		Status: "https://schema.org/EventScheduled", Languages: e.Languages,
		Attendance: "https://schema.org/" + linkedAttendance[e.Format] + "EventAttendanceMode",
	}
	if e.Status == agenda.Cancelled {
		out.Status = "https://schema.org/EventCancelled"
	}
	if p := e.Venue; p != nil && e.Format != agenda.OnlineFormat {
		name := strings.Trim(v.plain(p.Name)+", "+v.plain(p.City), ", ")
		out.Location = append(out.Location, linkedPlace{Type: "Place", Name: name, Address: &linkedAddress{
			"PostalAddress", v.plain(p.Address), v.plain(p.City), p.Country,
		}})
	}
	if e.Format != agenda.InPerson {
		out.Location = append(out.Location, linkedPlace{Type: "VirtualLocation", URL: address})
	}
	for _, o := range e.Organisers {
		out.Organisers = append(out.Organisers, linkedBody{"Organization", v.plain(o.Name), o.URL})
	}
	for i := range e.Days {
		out.Sessions = append(out.Sessions, v.linkedSessions(&e.Days[i], address)...)
	}
	return out
}

// linkedSessions returns what takes place on a day, pauses left out.
func (v *view) linkedSessions(d *agenda.Day, address string) []linkedModule {
	var out []linkedModule
	for _, slot := range d.Slots() {
		s := slot.Session
		if !slot.HasStart || s.Kind.Pause() || s.Status == agenda.Cancelled {
			continue
		}
		one := linkedModule{Type: "Event", Name: v.plain(s.Title), URL: address + "/s/" + agenda.Code(s.ID), Start: v.instant(d, slot.Start)}
		if slot.HasEnd {
			one.End = v.instant(d, slot.End)
		}
		out = append(out, one)
	}
	return out
}

// instant returns a time of day d with its distance from UTC.
func (v *view) instant(d *agenda.Day, c agenda.Clock) string {
	t, _ := zone.At(v.home, d.Date, c)
	return t.Format(time.RFC3339)
}
