package programme

import (
	"context"
	"strconv"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/typeset"
)

// days sets all days, each with its opener. With glance, days that have much
// on begin with an overview.
func (j *job) days(ctx context.Context, f *flow, glance bool) error {
	for i := range j.event.Days {
		if err := ctx.Err(); err != nil {
			return err
		}
		j.day(f, i, glance)
	}
	return nil
}

// day sets one day.
func (j *job) day(f *flow, i int, glance bool) {
	day := &j.event.Days[i]
	sect := j.root.in(typeset.Sect)
	from := f.end()
	j.opener(f, sect, i)
	slots := day.Slots()
	if glance {
		j.glance(f, sect, slots)
	}
	first := f.at(from)
	first.fresh = i > 0 && j.daysOnPages()
	first.before = j.design.pt(40)
	if j.datedAbove() {
		first.before = 0
	}
	first.head = dayHead(j.first(), day.Date)
	for _, slot := range slots {
		j.session(f, sect, day, slot)
	}
	if len(slots) == 0 {
		j.scope(f, sect, true).paragraph(j.design.pt(12), typeset.P, func(v *voice) []phrase {
			return []phrase{v.word(bodyLook, "print.empty")}
		})
	}
}

// dayHead is how running heads name a day.
func dayHead(v *voice, d agenda.Date) string { return v.Title(v.Date(d, locale.Full)) }

// daysOnPages reports whether every day begins a page: where most days fill
// one anyway.
func (j *job) daysOnPages() bool {
	sessions := 0
	for i := range j.event.Days {
		sessions += len(j.event.Days[i].Sessions)
	}
	return sessions >= 4*len(j.event.Days)
}

// opener sets the heading of day i.
func (j *job) opener(f *flow, e *element, i int) {
	day := &j.event.Days[i]
	s := j.scope(f, e, false)
	from := f.end()
	if j.datedAbove() {
		f.strips = append(f.strips, strip{})
		j.openerTitle(s, day)
		s.flow.keepNext(from)
		f.at(from).places = []place{{name: dayPlace(i), bookmark: dayHead(j.first(), day.Date)}}
		return
	}
	if len(j.event.Days) > 1 {
		s.paragraph(0, typeset.P, func(v *voice) []phrase {
			return []phrase{v.word(kindLook, "date.day", "number", i+1)}
		})
	}
	date := dayLook
	if len(j.voices) > 1 {
		date.size, date.leading = 17, 22
	}
	date = s.dateLook(func(v *voice) string { return dayHead(v, day.Date) }, date)
	s.paragraph(0, typeset.H2, func(v *voice) []phrase {
		return []phrase{v.date(dayHead(v, day.Date), date)}
	})
	j.openerTitle(s, day)
	s.flow.keepNext(from)
	first := f.at(from)
	first.places = append(first.places, place{name: dayPlace(i), bookmark: dayHead(j.first(), day.Date)})
}

// openerTitle sets the title of a day.
func (j *job) openerTitle(s scope, day *agenda.Day) {
	s.paragraph(j.design.pt(3), typeset.P, func(v *voice) []phrase { return only(v.say(day.Title, leadLook)) })
}

// datedAbove reports whether the heading of the document gives the date of its
// only day.
func (j *job) datedAbove() bool {
	return j.o.Document == Annotated && len(j.event.Days) == 1
}

func dayPlace(i int) string { return "d-" + strconv.Itoa(i) }
