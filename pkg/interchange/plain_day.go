package interchange

import (
	"strings"
	"time"
	"unicode/utf8"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange/block"
	"tamada/pkg/interchange/phrase"
)

// dayLine reads a line that opens a day: a heading with a date in it, or a
// line that is a date and little else. A line before the agenda that names
// days is only a hint.
func (p *plain) dayLine(b *block.Block) bool {
	if _, _, timed := phrase.LeadingTime(b.Text); timed {
		return false
	}
	label, value, labelled := phrase.CutLabel(b.Text)
	labelled = labelled && label.Field == phrase.DateField && value != ""
	text := b.Text
	if labelled {
		text = value
	}
	d, ok := phrase.FindDate(text)
	if !ok {
		return false
	}
	if d.Day > 0 && d.Month > 0 {
		p.hints = append(p.hints, d)
	}
	if !labelled && !opensDay(b, d) && !p.opensMeeting(b, d) || labelled && p.session != nil {
		return false
	}
	p.hearDay(b, text, d)
	return true
}

// opensMeeting reports whether a line before the agenda says when the meeting
// is, and more: "Meeting no. 12, 4 February 2025, 14:00-15:30, online".
func (p *plain) opensMeeting(b *block.Block, d phrase.Dated) bool {
	if len(p.days) > 0 || b.Kind == block.Item || !d.Complete() || len(b.Text) > 160 {
		return false
	}
	m, ok := phrase.FindRange(b.Text[d.To:])
	return ok && m.From <= 12 && strings.Contains(b.Text[:d.From], ",")
}

// opensDay reports whether the date d is what b is about.
func opensDay(b *block.Block, d phrase.Dated) bool {
	rest := strings.TrimSpace(b.Text[:d.From] + " " + b.Text[d.To:])
	if m, ok := phrase.FindTime(rest); ok {
		rest = rest[:m.From] + " " + rest[m.To:]
	}
	words := len(strings.FieldsFunc(rest, func(r rune) bool { return strings.ContainsRune(" :–—-,()/|.", r) }))
	if b.Kind == block.Heading {
		return words <= 10 && (d.Day > 0 || d.From <= 3)
	}
	if len(b.Text) > 160 || b.Kind == block.Item && b.Level > 1 {
		return false
	}
	switch {
	case d.Number > 0 && d.From <= 3:
		return words <= 16
	case d.From == 0 && d.Named && d.Complete() && b.Gap > 0 && dash.MatchString(b.Text[d.To:min(len(b.Text), d.To+8)]): // "Monday 2 March 2026 – Listening to citizens"
		return words <= 16
	case d.From <= 3 && d.Day > 0:
		return words <= 4
	case d.From <= 3 && d.Named:
		return words <= 1 || onlyBrackets(rest) // "Tuesday: 1350-1500"
	}
	return words <= 4 && d.Day > 0 && d.ToDay == 0
}

// hearDay opens the day of d, or goes back to it if it was there before.
func (p *plain) hearDay(b *block.Block, text string, d phrase.Dated) {
	m, timed := phrase.FindTime(text[:d.From] + strings.Repeat(" ", d.To-d.From) + text[d.To:])
	if p.mention(b, d, timed) {
		p.unplace(b.Text)
		return
	}
	p.back, p.generic = 0, p.generic && len(p.days) == 0
	day := &plainDay{date: d, line: b.Line, title: dayTitle(text, d, m, timed), placed: placed(text, d)}
	if timed && m.From >= d.To {
		p.afterTime(text[m.To:])
	}
	if b.Kind == block.Heading {
		day.level = b.Level
	}
	if timed {
		day.frame, day.framed = m.When, true
		p.seeZone(m.Zone, b)
		if z, ok := phrase.FindZone(text[m.From:]); ok && m.Zone == "" {
			p.heardZone(z, b)
		}
	}
	if last := p.day; last != nil && len(last.sessions) == 0 && (last.date.Day == 0 || d.Day == 0) && len(last.content) == 0 && mergeable(last, day) {
		merge(last, day)
		return
	}
	p.addDay(day)
	p.list = 0
}

// placed reports whether a comma parts a date from what is before or after it:
// "Tbilisi, 4 March 2026".
func placed(text string, d phrase.Dated) bool {
	before, after := strings.TrimSpace(text[:d.From]), strings.TrimSpace(text[d.To:])
	comma := func(s string) bool { return s == "," || s == "،" }
	if before == "" && after != "" {
		_, size := utf8.DecodeRuneInString(after)
		return comma(after[:size])
	}
	_, size := utf8.DecodeLastRuneInString(before)
	return after == "" && before != "" && comma(before[len(before)-size:])
}

// afterTime reads what follows the time of a day: "ET - Hybrid".
func (p *plain) afterTime(s string) {
	if z, ok := phrase.FindZone(s); ok {
		s = strings.Replace(s, z.Said, "", 1)
	}
	if s = strings.Trim(s, " :–—-,/|.()"); s == "" {
		return
	}
	if f, ok := phrase.Format(s); ok {
		p.event.Format = f
	}
	if platform := phrase.KnownPlatform(s); platform != "" {
		p.event.Format, p.event.Online = agenda.OnlineFormat, &agenda.Online{Platform: p.builder.line(platform)}
	}
	p.unplace(s)
}

// mention reports whether a line with a weekday and a time, but no title, only
// refers to sessions that are there already.
func (p *plain) mention(b *block.Block, d phrase.Dated, timed bool) bool {
	if d.Day > 0 || !timed || b.Kind == block.Heading {
		return false
	}
	for _, day := range p.days {
		if day.date.Named && day.date.Weekday == d.Weekday && len(day.sessions) > 0 && day.date.Day > 0 {
			return true
		}
	}
	return false
}

// mergeable reports whether two lines open the same day: one says "Day 1", the
// other its date.
func mergeable(a, b *plainDay) bool {
	return !(a.date.Number > 0 && b.date.Number > 0 && a.date.Number != b.date.Number) &&
		!(a.date.Named && b.date.Named && a.date.Weekday != b.date.Weekday) && !(a.date.Day > 0 && b.date.Day > 0)
}

// merge adds to a what b says.
func merge(a, b *plainDay) {
	if b.date.Day > 0 {
		number := a.date.Number
		a.date = b.date
		a.date.Number = max(number, b.date.Number)
	} else {
		a.date.Number = max(a.date.Number, b.date.Number)
	}
	if a.title == "" || b.date.Number > 0 && b.title != "" {
		a.title = b.title
	}
	if b.framed {
		a.frame, a.framed = b.frame, true
	}
}

// dayTitle returns what a line says besides the date and time.
func dayTitle(text string, d phrase.Dated, m phrase.Match, timed bool) string {
	before, after := text[:d.From], text[d.To:]
	if timed && m.From >= d.To {
		after = text[d.To:m.From]
	}
	title := strings.TrimSpace(before)
	if rest := strings.Trim(after, " :–—-,،/|.()"); rest != "" {
		title = strings.TrimSpace(title + " " + rest)
	}
	title = strings.TrimPrefix(strings.Trim(title, " :–—-,،/|()"), "г. ")
	for _, word := range []string{" du", " des", " de", " del", " of", " on", " am", " vom", " den", " em", " от", " le"} {
		title = strings.TrimSuffix(title, word)
	}
	if len([]rune(title)) < 4 {
		return ""
	}
	return title
}

// settleDates gives every day a date. A year that is missing is that of the
// same date elsewhere in the document, or follows from the days around it, or
// makes the weekday right.
func (p *plain) settleDates() {
	var last agenda.Date
	for _, d := range p.days {
		d.settled = p.settle(d, last)
		last = d.settled
		if d.date.Named && (d.date.Day > 0 || d.date.Number > 0) && d.settled.Weekday() != d.date.Weekday {
			p.remark(Remark{Line: d.line, Weight: Contradictory, Code: WeekdayDiffers, Source: d.date.Weekday.String(), Value: d.settled.String()})
		}
	}
}

// dropEmptyDays removes days without sessions. Where other days are headings
// with sessions, one with content is a session of unknown time.
func (p *plain) dropEmptyDays() {
	var kept []*plainDay
	some := p.hasSessions()
	for _, d := range p.days {
		if d.date.Day > 0 && d.date.Month > 0 {
			p.hints = append(p.hints, d.date)
		}
		if len(d.sessions) == 0 && d.level > 0 && len(d.content) > 0 && some && len(kept) > 0 && d.date.Day > 0 && !allLabels(d.content) {
			first := d.content[0]
			d.sessions = []*plainSession{{head: first, title: first.Text, body: d.content[1:]}}
			d.content = nil
		}
		if len(d.sessions) > 0 {
			kept = append(kept, d)
			continue
		}
		p.preamble = append(p.preamble, d.content...)
		if d.title != "" && d.level > 0 && len(kept) == 0 {
			p.preamble = append(p.preamble, block.Block{Kind: block.Heading, Level: d.level, Text: d.title, Line: d.line})
		} else if d.title != "" {
			p.unplace(d.title)
		}
	}
	p.inherit(kept)
	p.days = kept
}

// allLabels reports whether content only says where and when.
func allLabels(content []block.Block) bool {
	for i := range content {
		if l, value, ok := phrase.CutLabel(content[i].Text); !ok || value == "" || l.Field == phrase.RoleField {
			return false
		}
	}
	return true
}

// inherit gives the sessions before the first date the date that the head of
// the document names, with its time.
func (p *plain) inherit(kept []*plainDay) {
	for _, d := range kept {
		if d.date.Day > 0 || d.date.Named || d.date.Number > 1 {
			continue
		}
		number := d.date.Number
		for _, head := range p.days {
			if head.date.Day > 0 && len(head.sessions) == 0 && head.line < d.line {
				d.date, d.line = head.date, head.line
				if head.framed && !d.framed {
					d.frame, d.framed = head.frame, true
				}
			}
		}
		if d.date.Day == 0 && len(p.hints) > 0 {
			d.date = p.hints[0]
		}
		d.date.Number = number
	}
}

// settle returns the date of d, of which the day before is last.
func (p *plain) settle(d *plainDay, last agenda.Date) agenda.Date {
	switch {
	case d.date.Complete():
		return d.date.Calendar()
	case d.date.Day > 0 && d.date.Month > 0:
		return p.withYear(d, last)
	case d.date.Day > 0:
		if date, ok := p.dayOfHint(func(x agenda.Date) bool { return x.Day == d.date.Day }); ok {
			return date
		}
	case d.date.Number > 0:
		if first, ok := p.dayOfHint(func(agenda.Date) bool { return true }); ok {
			return first.AddDays(d.date.Number - 1)
		}
	case d.date.Named:
		if date, ok := p.dayOfHint(func(x agenda.Date) bool { return x.Weekday() == d.date.Weekday }); ok {
			return date
		}
	}
	date := p.start(last)
	switch {
	case d.date.Number > 1 && !last.IsZero():
		date = p.days[0].settled.AddDays(d.date.Number - max(1, p.days[0].date.Number))
	case d.date.Named:
		for date.Weekday() != d.date.Weekday {
			date = date.AddDays(1)
		}
	}
	p.remark(Remark{Line: d.line, Weight: Guessed, Code: DateGuessed, Value: date.String()})
	return date
}

// start returns the date from which undated days are counted.
func (p *plain) start(last agenda.Date) agenda.Date {
	if !last.IsZero() {
		return last
	}
	if date, ok := p.dayOfHint(func(agenda.Date) bool { return true }); ok {
		return date
	}
	if !p.options.Near.IsZero() {
		return p.options.Near
	}
	return agenda.Date{Year: 2000, Month: time.January, Day: 1}
}

// dayOfHint returns the first day of the dates that the document names for
// which ok holds.
func (p *plain) dayOfHint(ok func(agenda.Date) bool) (agenda.Date, bool) {
	for _, h := range p.hints {
		if !h.Complete() {
			continue
		}
		for date, n := h.Calendar(), 0; n < 31; date, n = date.AddDays(1), n+1 {
			if ok(date) {
				return date, true
			}
			if h.ToDay == 0 || date.Day == h.ToDay && date.Month == h.ToMonth {
				break
			}
		}
	}
	return agenda.Date{}, false
}

// withYear completes a date that has a day and a month.
func (p *plain) withYear(d *plainDay, last agenda.Date) agenda.Date {
	date := d.date.Date
	for _, h := range p.hints {
		within := h.Day == date.Day || h.ToDay > 0 && h.ToMonth == h.Month && h.Day < date.Day && date.Day <= h.ToDay
		if h.Year > 0 && within && h.Month == date.Month {
			date.Year = h.Year
			return date.Calendar()
		}
	}
	date.Year = p.yearNear(d, last)
	if date.Month == time.February && date.Day == 29 && date.Calendar().Weekday() != agenda.DateOf(time.Date(date.Year, 2, 29, 0, 0, 0, 0, time.UTC)).Weekday() {
		date.Day = 28
	}
	p.remark(Remark{Line: d.line, Weight: Guessed, Code: YearGuessed, Value: date.Calendar().String()})
	return date.Calendar()
}

// yearNear returns the year of a date without one.
func (p *plain) yearNear(d *plainDay, last agenda.Date) int {
	if !last.IsZero() {
		switch before := last.Month - d.date.Month; {
		case before > 6:
			return last.Year + 1
		case before < -6:
			return last.Year - 1
		}
		return last.Year
	}
	if y := p.yearOfTitle(d); y > 0 {
		return y
	}
	if y := p.yearAhead(d); y > 0 {
		return y
	}
	for _, h := range p.hints {
		if h.Year > 0 {
			return schoolYear(h, d.date.Month)
		}
	}
	year := p.options.Near.Year
	if year == 0 {
		year = 2000
	}
	if !d.date.Named {
		return year
	}
	for n := 0; n <= 7; n++ {
		for _, y := range []int{year - n, year + n} {
			if (agenda.Date{Year: y, Month: d.date.Month, Day: d.date.Day}).Weekday() == d.date.Weekday {
				return y
			}
		}
	}
	return year
}

// yearAhead returns the year of d that puts it before the next day of which
// the document tells the year.
func (p *plain) yearAhead(d *plainDay) int {
	after := false
	for _, other := range p.days {
		after = after || other == d
		if !after || other == d || other.date.Day == 0 || other.date.Month == 0 {
			continue
		}
		year := other.date.Year
		for _, h := range p.hints {
			if year == 0 && h.Day == other.date.Day && h.Month == other.date.Month {
				year = h.Year
			}
		}
		if year > 0 {
			if d.date.Month > other.date.Month {
				year--
			}
			return year
		}
	}
	return 0
}

// schoolYear returns the year of a month that is within half a year of h.
func schoolYear(h phrase.Dated, month time.Month) int {
	switch before := h.Month - month; {
	case before > 6:
		return h.Year + 1
	case before < -6:
		return h.Year - 1
	}
	return h.Year
}

// yearOfTitle returns the year that the head of the document names.
func (p *plain) yearOfTitle(d *plainDay) int {
	for i := range p.preamble {
		b := &p.preamble[i]
		if b.Kind == block.Heading || b.Kind == block.Field || i == 0 || strings.Contains(phrase.Fold(b.Text), phrase.Fold(d.date.Month.String())) {
			if y := phrase.Year(b.Text); y > 0 {
				return y
			}
		}
	}
	return 0
}
