package interchange

import (
	"cmp"
	"fmt"
	"strings"
	"unicode"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange/phrase"
	"tamada/pkg/zone"
)

// settleTimes decides the time of every session with the whole day in view.
func (p *plain) settleTimes() {
	for _, d := range p.days {
		p.dropRepeated(d)
		p.halves(d)
		for i, s := range d.sessions {
			p.settleTime(d, i, s)
		}
	}
	p.settleZone()
}

// dropRepeated takes a session once that the document has twice in a row.
func (p *plain) dropRepeated(d *plainDay) {
	var kept []*plainSession
	for _, s := range d.sessions {
		if n := len(kept); n > 0 && s.timed && kept[n-1].timed && kept[n-1].when.Start == s.when.Start && phrase.Fold(kept[n-1].title) == phrase.Fold(s.title) && kept[n-1].room == s.room && len(kept[n-1].body) == 0 {
			p.remark(Remark{Line: s.head.Line, Weight: Contradictory, Code: Repeated, Source: s.head.Text})
			kept[n-1] = s
			continue
		}
		kept = append(kept, s)
	}
	d.sessions = kept
}

// halves finds the half of the day of times that do not say it, or say it
// wrongly: with the other half, they stand between their neighbours.
func (p *plain) halves(d *plainDay) {
	const noon = agenda.Clock(12 * 60)
	last := agenda.Clock(-1)
	for i, s := range d.sessions {
		if !s.timed {
			continue
		}
		start := s.when.Start
		switch {
		case !s.when.Twelve && start >= 60 && start < 8*60 && last >= 8*60 && start+noon >= last:
			p.shift(s, noon)
		case start < 6*60 && last >= 18*60: // after midnight
			s.when.Start += agenda.MinutesPerDay
			if s.when.HasEnd {
				s.when.End += agenda.MinutesPerDay
			}
		case s.when.Twelve && start >= noon && p.laterThanNext(d, i) && start-noon >= last:
			p.shift(s, -noon)
		}
		last = max(last, s.when.Start)
	}
}

// laterThanNext reports whether session i begins after those that follow it.
func (p *plain) laterThanNext(d *plainDay, i int) bool {
	later := 0
	for _, s := range d.sessions[i+1:] {
		if !s.timed {
			continue
		}
		if s.when.Start >= d.sessions[i].when.Start {
			return false
		}
		if later++; later == 2 {
			break
		}
	}
	return later > 0 && d.sessions[i].when.Start >= 22*60
}

// shift moves the time of s to the other half of the day.
func (p *plain) shift(s *plainSession, by agenda.Clock) {
	said := s.when.Start
	s.when.Start += by
	if s.when.HasEnd && (by < 0 || s.when.End < 12*60) {
		s.when.End += by
	}
	p.remark(Remark{Line: s.head.Line, Weight: Guessed, Code: HalfGuessed, Source: said.String(), Value: s.when.Start.String()})
}

// settleTime makes the time of one session.
func (p *plain) settleTime(d *plainDay, i int, s *plainSession) {
	if s.minutes == 0 && !s.when.HasEnd {
		s.minutes, s.title = trailingLength(s.title)
	}
	t := agenda.Time{Start: s.when.Start, End: s.when.End, Approximate: s.when.Approximate}
	switch {
	case s.spanned:
		t = agenda.Time{Form: s.span}
	case !s.timed:
		t = p.untimedTime(d, i, s)
	case s.when.HasEnd:
		t = p.fromTo(s, t)
	case s.minutes > 0 && s.minutes <= agenda.MinutesPerDay:
		t.Form, t.Minutes, t.End = agenda.FromFor, s.minutes, 0
	default:
		t.Form, t.End = agenda.From, 0
	}
	s.time = t
	if before := p.timedBefore(d, i); before != nil && s.timed && s.when.Start < before.when.Start && s.room == before.room {
		p.remark(Remark{Line: s.head.Line, Weight: Guessed, Code: BackInTime, Source: s.head.Text, Value: before.when.Start.String()})
	}
}

func (p *plain) timedBefore(d *plainDay, i int) *plainSession {
	if i > 0 && d.sessions[i-1].timed {
		return d.sessions[i-1]
	}
	return nil
}

// trailingLength parts a length from the end of a title.
func trailingLength(title string) (int, string) {
	minutes, rest := phrase.Minutes(title)
	if minutes > agenda.MinutesPerDay {
		return 0, title
	}
	return minutes, rest
}

// fromTo makes a time of a start and an end.
func (p *plain) fromTo(s *plainSession, t agenda.Time) agenda.Time {
	t.Form = agenda.FromTo
	length := t.End - t.Start
	if length < 0 && length+agenda.MinutesPerDay < 12*60 {
		t.End += agenda.MinutesPerDay
		length += agenda.MinutesPerDay
	}
	if length <= 0 {
		t.Form, t.End = agenda.From, 0
		p.remark(Remark{Line: s.head.Line, Weight: Contradictory, Code: EndBeforeStart, Source: s.head.Text, Value: t.Start.String()})
		return t
	}
	if s.minutes > 0 && s.minutes != int(length) {
		p.remark(Remark{Line: s.head.Line, Weight: Contradictory, Code: LengthDiffers, Source: fmt.Sprint(s.minutes), Value: fmt.Sprint(int(length))})
	}
	return t
}

// untimedTime makes the time of a session without one: a length after a known
// beginning, the beginning of the day for its first, or none.
func (p *plain) untimedTime(d *plainDay, i int, s *plainSession) agenda.Time {
	if s.minutes == 0 {
		s.minutes = p.lengthOfItems(s)
	}
	first := i == 0 && d.framed
	switch {
	case first && s.minutes > 0:
		return agenda.Time{Form: agenda.FromFor, Start: d.frame.Start, Minutes: s.minutes}
	case first:
		return agenda.Time{Form: agenda.From, Start: d.frame.Start}
	case s.minutes > 0 && i > 0 && ends(d.sessions[i-1].time):
		return agenda.Time{Form: agenda.For, Minutes: s.minutes}
	}
	if s.minutes > 0 {
		s.notes = append(s.notes, fmt.Sprintf("%d min", s.minutes))
	}
	return agenda.Time{}
}

// ends reports whether a session of time t has an end that a next one can
// begin at.
func ends(t agenda.Time) bool {
	return t.Form == agenda.FromTo || t.Form == agenda.FromFor || t.Form == agenda.For
}

// lengthOfItems adds up the lengths of the points of a session, if all have
// one.
func (p *plain) lengthOfItems(s *plainSession) int {
	total := 0
	for i := range s.body {
		b := &s.body[i]
		if b.Level != 1 {
			continue
		}
		minutes, _ := phrase.Minutes(b.Text)
		if minutes == 0 {
			return 0
		}
		total += minutes
	}
	return total
}

// zonesOfLanguages are the zones of languages that are official in one country
// only, for agendas that name none.
var zonesOfLanguages = map[string]string{
	"nb": "Europe/Oslo", "sv": "Europe/Stockholm", "cs": "Europe/Prague", "ka": "Asia/Tbilisi",
}

// settleZone chooses the zone of the event.
func (p *plain) settleZone() {
	e := p.event
	switch {
	case p.zone.Name != "":
		e.Zone = p.zoneMeant()
		return
	case p.options.Zone != "":
		e.Zone = p.options.Zone
	case p.zoneOfPlace() != "":
		e.Zone = p.zoneOfPlace()
	default:
		e.Zone = cmp.Or(zonesOfLanguages[p.language], p.options.Here, "UTC")
	}
	p.remark(Remark{Weight: Guessed, Code: ZoneGuessed, Value: e.Zone})
}

// zoneOfPlace returns the zone that is named after a city in the title, the
// venue or the heads of days, or "".
func (p *plain) zoneOfPlace() string {
	e := p.event
	texts := []string{e.Main(e.Title)}
	if e.Venue != nil {
		texts = append(texts, e.Main(e.Venue.Name), e.Main(e.Venue.Address), e.Main(e.Venue.City))
	}
	for i := range p.days {
		texts = append(texts, p.days[i].title)
	}
	for _, line := range p.unplaced {
		if len(line) < 80 {
			texts = append(texts, line)
		}
	}
	said := " " + strings.Join(strings.FieldsFunc(phrase.Fold(strings.Join(texts, " ")), func(r rune) bool { return !unicode.IsLetter(r) }), " ") + " "
	for _, name := range zone.Names() {
		area, city, ok := strings.Cut(name, "/")
		if !ok || !continents[area] {
			continue
		}
		city = strings.ReplaceAll(strings.ToLower(city), "_", " ")
		if len(city) > 3 && strings.Contains(said, " "+city+" ") {
			return name
		}
	}
	return ""
}

// continents are the areas whose zones are named after cities.
var continents = map[string]bool{"Africa": true, "America": true, "Asia": true, "Atlantic": true, "Australia": true, "Europe": true}

// zoneMeant returns the zone that the document names: the caller's own, if it
// agrees with it. Who writes CET in summer means the clocks on the wall.
func (p *plain) zoneMeant() string {
	name := p.zone.Name
	day := agenda.Date{Year: 2024, Month: 6, Day: 1}
	if len(p.days) > 0 {
		day = p.days[0].settled
	}
	offset := func(name string) (int, bool) {
		loc, err := zone.Load(name)
		if err != nil {
			return 0, false
		}
		t, _ := zone.At(loc, day, 12*60)
		_, seconds := t.Zone()
		return seconds / 60, true
	}
	stated, ok := offset(name)
	if !ok {
		p.remark(Remark{Line: p.zoneLine, Weight: NotUnderstood, Code: ZoneGuessed, Source: p.zone.Said, Value: "UTC"})
		return "UTC"
	}
	want := stated
	if p.zone.Fixed {
		want = p.zone.Offset
	}
	if caller := cmp.Or(p.options.Zone, p.options.Here); caller != "" && !strings.Contains(p.zone.Said, "/") {
		if own, ok := offset(caller); ok && own == want {
			return caller
		}
	}
	if p.zone.Fixed && want != stated {
		p.remark(Remark{Line: p.zoneLine, Weight: Contradictory, Code: ZoneSeason, Source: p.zone.Said, Value: name})
	}
	return name
}
