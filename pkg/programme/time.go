package programme

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/zone"
)

// clocks tell times of an event in its own zone and in further ones.
type clocks struct {
	home *time.Location // nil if the event's zone is not known
	far  []farZone
}

// A farZone is a further zone that times are given in.
type farZone struct {
	name string
	*time.Location
}

// newClocks loads the zones. Those of the options were checked; an event
// whose own zone is not known has no times elsewhere.
func newClocks(e *agenda.Event, zones []string) (clocks, error) {
	home, err := zone.Load(e.Zone)
	if err != nil {
		return clocks{}, nil
	}
	c := clocks{home: home}
	for _, name := range zones {
		loc, err := zone.Load(name)
		if err != nil {
			return c, &OptionError{"zones", name, err.Error()}
		}
		if name != e.Zone {
			c.far = append(c.far, farZone{name, loc})
		}
	}
	return c, nil
}

// when returns the time of a slot as a programme prints it: the end only
// where it was given, since one that merely follows is the next line's time.
func when(l *locale.Locale, s agenda.Slot) string {
	if !s.HasStart {
		switch s.Span {
		case agenda.AllDay:
			return l.T("time.all-day")
		case agenda.Morning:
			return l.T("time.morning")
		case agenda.Afternoon:
			return l.T("time.afternoon")
		}
		return ""
	}
	t := l.Clock(s.Start)
	if s.HasEnd && !s.Inferred {
		t = l.ClockRange(s.Start, s.End)
	}
	if s.Approximate {
		t = l.T("time.approximate", "time", t)
	}
	return t
}

// A farTime is the time of a slot in another zone.
type farTime struct {
	city  string
	day   string // the day of the week and date, where it is another than at home
	time  string // from and, if it was given, to
	start agenda.Clock
}

// elsewhere returns the time of a slot of that date in the further zones.
func (c clocks) elsewhere(l *locale.Locale, date agenda.Date, s agenda.Slot) []farTime {
	if !s.HasStart || c.home == nil {
		return nil
	}
	start, _ := zone.At(c.home, date, s.Start)
	end, _ := zone.At(c.home, date, s.End)
	times := make([]farTime, len(c.far))
	for i, f := range c.far {
		at := start.In(f.Location)
		t := farTime{city: f.city(l, at), time: l.Clock(clock(at)), start: clock(at)}
		if s.HasEnd && !s.Inferred {
			t.time = l.ClockRange(clock(at), clock(end.In(f.Location)))
		}
		if there := agenda.DateOf(at); there != date {
			t.day = l.Date(there, locale.Short)
		}
		times[i] = t
	}
	return times
}

// city names a zone in few letters.
func (f farZone) city(l *locale.Locale, at time.Time) string {
	if city := l.City(f.name); city != "" {
		return city
	}
	return l.Offset(at)
}

// clock returns what the clock shows at t.
func clock(t time.Time) agenda.Clock { return agenda.Clock(t.Hour()*60 + t.Minute()) }

// zoneName names the zone that times are in, as it is on the first day:
// "Tbilisi time (GMT+4)"; nothing if it is not known.
func (j *job) zoneName(v *voice) string {
	if j.clocks.home == nil {
		return ""
	}
	from, _ := j.event.Dates()
	if from.IsZero() {
		from = agenda.DateOf(j.event.Updated.In(j.clocks.home))
	}
	at, _ := zone.At(j.clocks.home, from, 12*60)
	return v.Title(v.Zone(j.event.Zone, at))
}

// release says which release is printed, and of when: "Release 3, 27 March
// 2021"; nothing for a draft or a file.
func (j *job) release(v *voice) string {
	if j.event.Release == 0 {
		return ""
	}
	published := j.event.Updated
	if j.clocks.home != nil {
		published = published.In(j.clocks.home)
	}
	date := v.Date(agenda.DateOf(published), locale.Long)
	return v.T("print.release", "number", strconv.Itoa(j.event.Release), "date", date)
}

// unbroken keeps the day of a date on the line of its month and year: in
// "Wednesday 4 June 2014" lines end after the day of the week only, in "30 May –
// 2 June 2014" after the dash.
func unbroken(date string) string {
	number := strings.IndexFunc(date, unicode.IsDigit)
	if number < 0 {
		return date
	}
	before := date[:number]
	if words := strings.Fields(before); len(words) > 1 { // "Wednesday, June 4"
		at := strings.LastIndex(before, words[len(words)-1])
		before = before[:at] + strings.ReplaceAll(before[at:], " ", noBreak)
	}
	return before + strings.ReplaceAll(strings.ReplaceAll(date[number:], " ", noBreak), "–"+noBreak, "– ")
}

// noBreak is a space at which no line ends.
const noBreak = "\u00a0"

// date returns a date as a phrase.
func (v *voice) date(date string, l look) phrase { return v.plain(unbroken(date), l) }

// fits reports whether a date takes a line, or two: the day of the week and
// the rest.
func (j *job) fits(m measure, p phrase) bool {
	lines := j.set(m, nil, p).block.Lines
	return len(lines) <= min(2, 1+strings.Count(p.text, " "))
}

// dateLook returns a look in the largest size, down to half of it, in which
// the date fits the column of every voice.
func (s scope) dateLook(date func(v *voice) string, l look) look {
	const smaller = 0.92
	for least := l.size / 2; l.size > least; l = l.scaled(smaller) {
		fit := true
		for i, v := range s.voices {
			fit = fit && s.fits(s.measure(i), v.date(date(v), l))
		}
		if fit {
			break
		}
	}
	return l
}

// dates returns the dates of the event in words.
func (j *job) dates(v *voice) string {
	from, to := j.event.Dates()
	switch {
	case from.IsZero() && j.event.Span.Week == "":
		return v.T("date.open")
	case from.IsZero():
		year, week, _ := strings.Cut(j.event.Span.Week, "-W")
		return v.T("date.week", "week", week, "year", year)
	case from == to:
		return v.Title(v.Date(from, locale.Full))
	}
	return v.Title(v.DateRange(from, to))
}
