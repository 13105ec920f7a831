package interchange

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"tamada/pkg/agenda"
)

// The elements of schedule.xml as readers find them in the world.
type (
	anyConference struct {
		Title     string `xml:"title"`
		Subtitle  string `xml:"subtitle"`
		Acronym   string `xml:"acronym"`
		Venue     string `xml:"venue"`
		City      string `xml:"city"`
		Start     string `xml:"start"`
		End       string `xml:"end"`
		DayChange string `xml:"day_change"`
		Zone      string `xml:"time_zone_name"`
		URL       string `xml:"url"`
		Tracks    []struct {
			Name   string `xml:"name,attr"`
			Colour string `xml:"color,attr"`
		} `xml:"track"`
	}
	anyEvent struct {
		ID          string `xml:"id,attr"`
		GUID        string `xml:"guid,attr"`
		Date        string `xml:"date"`
		Start       string `xml:"start"`
		Duration    string `xml:"duration"`
		Room        string `xml:"room"`
		Title       string `xml:"title"`
		Subtitle    string `xml:"subtitle"`
		Track       string `xml:"track"`
		Type        string `xml:"type"`
		Language    string `xml:"language"`
		Abstract    string `xml:"abstract"`
		Description string `xml:"description"`
		URL         string `xml:"url"`
		Recording   *struct {
			OptOut string `xml:"optout"`
		} `xml:"recording"`
		Persons []struct {
			ID   string `xml:"id,attr"`
			GUID string `xml:"guid,attr"`
			Name string `xml:",chardata"`
		} `xml:"persons>person"`
		Links []struct {
			Href  string `xml:"href,attr"`
			Title string `xml:",chardata"`
		} `xml:"links>link"`
		Attachments []struct {
			Href  string `xml:"href,attr"`
			Title string `xml:",chardata"`
		} `xml:"attachments>attachment"`
	}
)

// ReadScheduleXML reads a schedule.xml, of pentabarf, frab, pretalx or others.
// It takes what is there: files without rooms, dates, identifiers or a zone,
// and with identifiers twice. Errors wrap [ErrFormat] or block.ErrTooLarge.
func ReadScheduleXML(source []byte, options ReadOptions) (*Result, error) {
	text, err := decodeForeign(source)
	if err != nil {
		return nil, err
	}
	r := scheduleReader{decoder: xml.NewDecoder(bytes.NewReader(text)), colours: map[string]string{}}
	r.decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	if err := r.read(); err != nil {
		line, _ := r.decoder.InputPos()
		return nil, fmt.Errorf("schedule.xml, line %d: %v: %w", line, err, ErrFormat)
	}
	r.event.rooms = r.rooms
	return newForeignReader(r.event, r.sessions, options).read(), nil
}

// A scheduleReader reads the elements of one file in their order.
type scheduleReader struct {
	decoder  *xml.Decoder
	event    foreignEvent
	sessions []foreignSession
	colours  map[string]string // of tracks
	day      agenda.Date
	room     string
	rooms    []string
	rooted   bool
}

var errNoSchedule = errors.New("no <schedule> at its root")

func (r *scheduleReader) read() error {
	for {
		t, err := r.decoder.Token()
		if errors.Is(err, io.EOF) {
			if !r.rooted {
				return errNoSchedule
			}
			return nil
		}
		if err != nil {
			return err
		}
		start, ok := t.(xml.StartElement)
		if !ok {
			continue
		}
		if !r.rooted && start.Name.Local != "schedule" {
			return errNoSchedule
		}
		r.rooted = true
		if err := r.element(start); err != nil {
			return err
		}
	}
}

func (r *scheduleReader) element(start xml.StartElement) error {
	switch start.Name.Local {
	case "conference":
		var c anyConference
		if err := r.decoder.DecodeElement(&c, &start); err != nil {
			return err
		}
		r.conference(&c)
	case "day":
		r.day, r.room = agenda.Date{}, ""
		if d, err := agenda.ParseDate(xmlAttribute(start, "date")); err == nil {
			r.day = d
		} else if s := xmlAttribute(start, "start"); len(s) >= 10 {
			r.day, _ = agenda.ParseDate(s[:10])
		}
	case "room":
		if r.room = strings.TrimSpace(xmlAttribute(start, "name")); r.room != "" {
			r.rooms = append(r.rooms, r.room)
		}
	case "event":
		line, _ := r.decoder.InputPos()
		var e anyEvent
		if err := r.decoder.DecodeElement(&e, &start); err != nil {
			return err
		}
		r.sessions = append(r.sessions, r.session(&e, line))
	}
	return nil
}

func xmlAttribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func (r *scheduleReader) conference(c *anyConference) {
	r.event = foreignEvent{title: c.Title, subtitle: c.Subtitle, slug: c.Acronym, venue: c.Venue, city: c.City, zone: strings.TrimSpace(c.Zone), url: c.URL}
	r.event.from, _ = agenda.ParseDate(c.Start[:min(len(c.Start), 10)])
	r.event.to, _ = agenda.ParseDate(c.End[:min(len(c.End), 10)])
	if change := c.DayChange; len(change) >= 5 {
		r.event.dayChange, _ = agenda.ParseClock(change[:5])
	}
	for _, t := range c.Tracks {
		r.colours[t.Name] = colour(t.Colour)
	}
}

// colour returns s if it is a colour as agendas write it.
func colour(s string) string {
	s = strings.ToLower(s)
	if len(s) != 7 || s[0] != '#' || strings.Trim(s[1:], "0123456789abcdef") != "" {
		return ""
	}
	return s
}

func (r *scheduleReader) session(e *anyEvent, line int) foreignSession {
	f := foreignSession{
		id: e.GUID, title: looseText{"": e.Title}, subtitle: e.Subtitle, abstract: looseText{"": e.Abstract}, more: looseText{"": e.Description},
		kind: e.Type, track: looseText{"": e.Track}, colour: r.colours[e.Track], language: e.Language, url: e.URL,
		day: r.day, start: e.Start, minutes: minutesOf(e.Duration), at: instantOf(e.Date, nil), line: line,
		recorded: e.Recording != nil && strings.TrimSpace(e.Recording.OptOut) == "false",
	}
	f.room = looseText{"": cmp.Or(r.room, strings.TrimSpace(e.Room))}
	for _, p := range e.Persons {
		f.people = append(f.people, foreignPerson{id: cmp.Or(p.GUID, p.ID), name: strings.Join(strings.Fields(p.Name), " ")})
	}
	for _, l := range e.Links {
		f.links = append(f.links, foreignLink{l.Href, strings.TrimSpace(l.Title)})
	}
	for _, a := range e.Attachments {
		f.links = append(f.links, foreignLink{a.Href, strings.TrimSpace(a.Title)})
	}
	return f
}
