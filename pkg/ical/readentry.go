package ical

import (
	"cmp"
	"net/url"
	"strconv"
	"strings"
	"time"

	"tamada/pkg/agenda"
)

// upper returns a word of the format in capitals, whatever stands around it.
func upper(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }

// mostValues is how many categories, attendees and dates of one entry are read.
const mostValues = 2_000

// entryProperty reads a property of the last entry. Of those that there may be but once, the
// first counts.
func (r *reader) entryProperty(l *line) {
	e, raw := &r.reading.Entries[len(r.reading.Entries)-1], &r.raw[len(r.raw)-1]
	switch l.name {
	case "DTSTART", "DTEND", "DURATION", "RECURRENCE-ID":
		raw.once(l)
	case "RDATE":
		raw.dates = appendSome(raw.dates, *l)
	case "EXDATE":
		raw.except = appendSome(raw.except, *l)
	case "RRULE", "EXRULE":
		raw.rules = appendSome(raw.rules, *l)
	case "ATTENDEE":
		e.Attendees = appendSome(e.Attendees, attendeeOf(l))
	case "ORGANIZER":
		e.Organiser = mailboxOf(l)
	case "CATEGORIES":
		for _, c := range splitList(l.value) {
			if c = oneLine(c); c != "" {
				e.Categories = appendSome(e.Categories, c)
			}
		}
	default:
		e.property(l)
	}
}

// appendSome appends to a list that does not grow without end.
func appendSome[T any](list []T, value T) []T {
	if len(list) >= mostValues {
		return list
	}
	return append(list, value)
}

// once keeps a line that says when an entry is.
func (raw *rawEntry) once(l *line) {
	at := map[string]*line{"DTSTART": &raw.start, "DTEND": &raw.end, "DURATION": &raw.length, "RECURRENCE-ID": &raw.replaces}[l.name]
	if at.number == 0 {
		*at = *l
	}
}

// property reads a property that stands for itself.
func (e *Entry) property(l *line) {
	text := func(s *string) { *s = cmp.Or(*s, strings.TrimSpace(unescapeText(l.value))) }
	uri := func(s *string) { *s = cmp.Or(*s, cleanURI(l.value)) }
	switch l.name {
	case "UID":
		text(&e.UID)
	case "SUMMARY":
		text(&e.Title)
		e.Language = cmp.Or(e.Language, l.parameter("LANGUAGE"))
	case "DESCRIPTION":
		text(&e.Description)
	case "LOCATION":
		text(&e.Location)
	case "URL":
		uri(&e.URL)
	case "CONFERENCE", "X-GOOGLE-CONFERENCE", "X-MICROSOFT-SKYPETEAMSMEETINGURL", "X-MICROSOFT-ONLINEMEETINGCONFLINK":
		if strings.HasPrefix(l.value, "http") {
			uri(&e.Join)
		}
	case "SEQUENCE":
		e.Sequence, _ = strconv.Atoi(strings.TrimSpace(l.value))
	case "DTSTAMP":
		e.Stamp, _ = time.Parse(utcLayout, upper(l.value))
	case "STATUS":
		e.Status = statusOf(upper(l.value))
	case "GEO":
		e.Geo = geoOf(l.value)
	case "RELATED-TO":
		if kind := l.parameter("RELTYPE"); kind == "" || strings.EqualFold(kind, "PARENT") {
			text(&e.Parent)
		}
	}
}

// cleanURI returns a URI without what cannot be in one.
func cleanURI(s string) string {
	return strings.Map(func(r rune) rune {
		if r <= 0x20 || r == 0x7f {
			return -1
		}
		return r
	}, s)
}

// statusOf returns the status that STATUS says (RFC 5545 section 3.8.1.11).
func statusOf(s string) agenda.Status {
	switch s {
	case "CANCELLED":
		return agenda.Cancelled
	case "TENTATIVE":
		return agenda.Tentative
	}
	return agenda.Confirmed
}

// geoOf returns where GEO says, or nil.
func geoOf(s string) *agenda.Geo {
	north, east, ok := strings.Cut(s, ";")
	latitude, err := strconv.ParseFloat(strings.TrimSpace(north), 64)
	longitude, err2 := strconv.ParseFloat(strings.TrimSpace(east), 64)
	if !ok || err != nil || err2 != nil || !(latitude >= -90 && latitude <= 90 && longitude >= -180 && longitude <= 180) {
		return nil
	}
	return &agenda.Geo{Latitude: latitude, Longitude: longitude}
}

// mailboxOf returns whose address a line holds.
func mailboxOf(l *line) Mailbox {
	m := Mailbox{Name: oneLine(strings.ReplaceAll(l.parameter("CN"), `\,`, ","))}
	if address := cleanURI(l.value); len(address) > 7 && strings.EqualFold(address[:7], "mailto:") {
		m.Address = address[7:]
		if plain, err := url.PathUnescape(m.Address); err == nil {
			m.Address = oneLine(plain)
		}
	}
	return m
}

func attendeeOf(l *line) Attendee {
	return Attendee{
		Mailbox: mailboxOf(l),
		Chair:   upper(l.parameter("ROLE")) == "CHAIR",
		Answer:  Answer(upper(l.parameter("PARTSTAT"))),
		Type:    cmp.Or(upper(l.parameter("CUTYPE")), "INDIVIDUAL"),
	}
}
