package ical

import (
	"fmt"
	"math"
	"strconv"

	"tamada/pkg/agenda"
)

// addEvent adds the event as an entry of whole days, unless nobody knows when it is.
func (f *feed) addEvent() {
	e := f.event
	from, to := e.Dates()
	if from.IsZero() || to.IsZero() {
		return
	}
	v := vevent{
		uid:         f.uid,
		modified:    modifiedOr(e.Modified, e),
		sequence:    e.Sequence,
		span:        days(f.clock.loc, from, to),
		summary:     f.called(f.say(e.Title), e.Status),
		description: f.describeEvent(),
		location:    f.address(),
		url:         eventURL(e, f.options),
		status:      f.eventStatus(),
		categories:  []string{f.words.T("format." + string(e.Format))},
	}
	if e.Series != nil {
		v.categories = append(v.categories, f.say(e.Series.Title))
	}
	f.add(v)
}

// eventStatus is tentative as long as no day is fixed.
func (f *feed) eventStatus() agenda.Status {
	if len(f.event.Days) == 0 && f.event.Status == agenda.Confirmed {
		return agenda.Tentative
	}
	return f.event.Status
}

// describeEvent returns what the event is about. It says nothing of its sessions and
// organisers, whose changes do not count as the event's.
func (f *feed) describeEvent() string {
	e := f.event
	var b blocks
	if e.Status == agenda.Cancelled {
		b.add(f.words.T("calendar.event-cancelled"))
	}
	if len(e.Days) == 0 {
		b.add(f.openDates())
	}
	b.add(f.say(e.Theme))
	b.add(f.say(e.Approach))
	b.add(f.prose(e.Information))
	b.add(eventURL(e, f.options))
	return b.String()
}

// openDates says that the event will be in a week or between two dates.
func (f *feed) openDates() string {
	s := f.event.Span
	when := f.words.DateRange(s.From, s.To)
	if year, week, ok := isoWeek(s.Week); ok {
		when = f.words.T("date.week", "week", week, "year", year)
	}
	return f.label(f.words.Title(when), f.words.T("date.open"))
}

// isoWeek takes "2012-W06" apart, into "2012" and "6".
func isoWeek(s string) (year, week string, ok bool) {
	if len(s) != len("2012-W06") {
		return "", "", false
	}
	n, err := strconv.Atoi(s[6:])
	return s[:4], strconv.Itoa(n), err == nil
}

// address returns the whole address of the event.
func (f *feed) address() string {
	v := f.venue()
	place := join(", ", f.say(v.Name), f.say(v.Address), f.say(v.City), f.country(v.Country))
	if place == "" {
		return f.placeless()
	}
	return place
}

// venue returns the venue of a meeting that has one, or an empty one.
func (f *feed) venue() agenda.Venue {
	if v := f.event.Venue; v != nil && f.event.Format != agenda.OnlineFormat {
		return *v
	}
	return agenda.Venue{}
}

// coordinates returns where the venue is, to a tenth of a metre (RFC 5545 section 3.8.1.6), or "".
func (f *feed) coordinates() string {
	g := f.venue().Geo
	if g == nil || !(math.Abs(g.Latitude) <= 90 && math.Abs(g.Longitude) <= 180) {
		return ""
	}
	return fmt.Sprintf("%.6f;%.6f", g.Latitude, g.Longitude)
}

// placeless returns the place of what has none: online, or to be confirmed.
func (f *feed) placeless() string {
	e := f.event
	if e.Format == agenda.InPerson {
		return f.words.T("calendar.place-open")
	}
	online := f.words.T("format.online")
	if e.Online == nil || f.say(e.Online.Platform) == "" {
		return online
	}
	return online + " (" + f.say(e.Online.Platform) + ")"
}

// country returns the name of a country, or "" for none.
func (f *feed) country(code string) string {
	if code == "" {
		return ""
	}
	return f.words.Country(code)
}

// called returns a title as it stands in a calendar.
func (f *feed) called(title string, status agenda.Status) string {
	if status == agenda.Cancelled {
		return f.words.T("calendar.cancelled-title", "title", title)
	}
	return title
}
