package locale

import "tamada/pkg/agenda"

// A Style says how much of a date is written.
type Style uint8

// The styles, as English has them.
const (
	Full  Style = iota // "Monday 29 March 2021"
	Long               // "29 March 2021"
	Day                // "Monday 29 March"
	Short              // "Mon 29 Mar"
	styles
)

// Date returns d in that style, and "" for no date.
func (l *Locale) Date(d agenda.Date, s Style) string {
	if d.IsZero() || s >= styles {
		return ""
	}
	return l.table.write(l.table.styles[s], d, d)
}

// DateRange returns the days from one to another as briefly as the language allows:
// "3–5 November 2026", "28 November – 2 December 2026". A single day, or one without
// the other, is a long date.
func (l *Locale) DateRange(from, to agenda.Date) string {
	switch {
	case to.IsZero() || from == to:
		return l.Date(from, Long)
	case from.IsZero():
		return l.Date(to, Long)
	case to.Compare(from) < 0:
		from, to = to, from
	}
	return l.table.write(l.rangePattern(from, to), from, to)
}

func (l *Locale) rangePattern(from, to agenda.Date) pattern {
	switch {
	case from.Year != to.Year:
		return l.table.inYears
	case from.Month != to.Month:
		return l.table.inYear
	}
	return l.table.inMonth
}

// Clock returns c as "09:05". Times are written alike in all languages: in columns, and
// beside clocks on walls. 1470 is "00:30", of the next day.
func (l *Locale) Clock(c agenda.Clock) string {
	return string(appendClock(make([]byte, 0, 5), c))
}

// ClockRange returns "10:00–10:15".
func (l *Locale) ClockRange(from, to agenda.Clock) string {
	b := appendClock(make([]byte, 0, 13), from)
	b = append(b, "–"...)
	return string(appendClock(b, to))
}

func appendClock(b []byte, c agenda.Clock) []byte {
	const day = agenda.MinutesPerDay
	m := (int(c)%day + day) % day
	return number(append(number(b, m/60, 2), ':'), m%60, 2)
}

// When returns the time of a slot in an agenda: "10:00–10:15", "ca. 11:00–12:15", "from
// 16:00" where no end is known, "All day", "time to be confirmed". A slot that begins after
// midnight says so.
func (l *Locale) When(s agenda.Slot) string {
	if !s.HasStart {
		return l.span(s.Span)
	}
	when := l.Clock(s.Start)
	if s.HasEnd {
		when = l.ClockRange(s.Start, s.End)
	}
	if s.Approximate {
		when = l.T("time.approximate", "time", when)
	}
	if !s.HasEnd {
		when = l.T("time.from", "time", when)
	}
	if s.Start >= agenda.MinutesPerDay {
		when += " (" + l.T("time.next-day") + ")"
	}
	return when
}

// span is a time that is a word.
func (l *Locale) span(f agenda.Form) string {
	switch f {
	case agenda.AllDay:
		return l.T("time.all-day")
	case agenda.Morning:
		return l.T("time.morning")
	case agenda.Afternoon:
		return l.T("time.afternoon")
	}
	return l.T("time.open")
}
