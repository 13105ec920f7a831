package programme

import (
	"context"
	"slices"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// layoutAgenda lays out the order of business: on one page if it fits in a
// legible size, else on as many as it takes.
func layoutAgenda(ctx context.Context, j *job) (*pages, error) {
	var first *pages
	for _, scale := range []float64{1, 0.94, 0.88, 0.82} {
		smaller := j.scaled(scale)
		f := &flow{}
		smaller.masthead(f)
		for i := range j.event.Days {
			smaller.orderOfDay(f, i)
		}
		smaller.listCodes(f)
		list, err := smaller.flowed(ctx, f)
		if err != nil {
			return nil, err
		}
		ps := &pages{job: smaller, title: j.documentTitle(), list: list}
		if len(list) == 1 {
			return ps, nil
		}
		if first == nil {
			first = ps
		}
	}
	return first, nil
}

// scaled returns a job with its text, not its margins, at another size, and
// nothing set yet.
func (j *job) scaled(by float64) *job {
	c := *j
	c.design.scale *= by
	c.root = &element{}
	return &c
}

// orderOfDay sets the order of business of day i as a table.
func (j *job) orderOfDay(f *flow, i int) {
	day := &j.event.Days[i]
	sect := j.root.in(typeset.Sect)
	from := f.end()
	if len(j.event.Days) > 1 {
		s := j.scope(f, sect, false)
		heading := groupLook
		heading.size, heading.leading = 12.4, 17
		s.paragraph(j.design.pt(12), typeset.H2, func(v *voice) []phrase {
			return list("  ", v.date(dayHead(v, day.Date), heading), v.say(day.Title, bodyLook))
		})
		f.keepNext(from)
	}
	slots := day.Slots()
	t := j.table(f, sect, j.orderColumns(slots))
	head := f.end()
	t.head()
	f.at(head).before = j.design.pt(8)
	first := f.at(from)
	first.head = dayHead(j.first(), day.Date)
	first.places = append(first.places, place{bookmark: first.head})
	for _, slot := range slots {
		t.orderRow(day, slot)
	}
}

// orderColumns returns the columns of the order of business: the time, also
// elsewhere, the item in each language, the room where there are any.
func (j *job) orderColumns(slots []agenda.Slot) []column {
	v := j.first()
	columns := []column{{head: []phrase{v.word(labelLook, "print.time")}, width: j.design.pt(72), heads: true}}
	for _, far := range j.clocks.far {
		width := j.design.pt(62)
		if len(j.clocks.far) > 2 {
			width = j.design.pt(40)
		}
		columns = append(columns, column{head: []phrase{v.plain(far.city(v.Locale, j.event.Updated), labelLook)}, width: width})
	}
	if far := len(j.clocks.far); far > 0 && v.City(j.event.Zone) != "" {
		columns[0].head = []phrase{v.plain(v.City(j.event.Zone), labelLook)}
	}
	free := j.design.width() - float64(len(columns)-1+len(j.voices))*j.design.pt(10)
	for _, c := range columns {
		free -= c.width
	}
	rooms := 0.0
	if hasRooms(slots) {
		rooms = min(j.design.pt(100), free*0.3)
		free -= rooms + j.design.pt(10)
	}
	for _, v := range j.voices {
		columns = append(columns, column{
			head:   []phrase{v.word(labelLook, "print.item")},
			width:  max(free/float64(len(j.voices)), 24),
			turned: v.column.RightToLeft != j.first().column.RightToLeft,
		})
	}
	if rooms > 0 {
		columns = append(columns, column{head: []phrase{v.word(labelLook, "room")}, width: rooms})
	}
	return layColumns(columns, j.design.width(), j.design.pt(10))
}

// hasRooms reports whether any session has a room.
func hasRooms(slots []agenda.Slot) bool {
	return slices.ContainsFunc(slots, func(s agenda.Slot) bool { return len(s.Session.AllRooms()) > 0 })
}

// orderRow sets one session.
func (t *table) orderRow(day *agenda.Day, slot agenda.Slot) {
	v := t.first()
	at := strongLook
	at.tabular = true
	if isPause(slot) {
		at.font, at.colour = typeset.Regular, soft
	}
	row := [][]phrase{only(v.plain(when(v.Locale, slot), at))}
	far := t.clocks.elsewhere(v.Locale, day.Date, slot)
	for i := range t.clocks.far {
		row = append(row, nil)
		if i < len(far) {
			row[len(row)-1] = t.farCell(v, far[i])
		}
	}
	for _, v := range t.voices {
		row = append(row, t.item(v, slot))
	}
	if len(row) < len(t.columns) {
		row = append(row, t.roomList(v, slot.Session.AllRooms()))
	}
	t.row(row...)
}

// farCell is a time elsewhere: from and to, or where there are many zones,
// from when; with the day where it is another.
func (t *table) farCell(v *voice, far farTime) []phrase {
	at := tableLook
	at.colour, at.tabular = soft, true
	text := far.time
	if len(t.clocks.far) > 2 {
		text = v.Clock(far.start)
	}
	return lines(only(v.plain(text, at)), only(v.plain(far.day, farTimeLook)))
}

// item is what is said of a session in the order of business: its title, who
// is in it, its talks and parts, a line each.
func (t *table) item(v *voice, slot agenda.Slot) []phrase {
	s := slot.Session
	title := strongLook
	title.size = 9.8
	if isPause(slot) || s.Status == agenda.Cancelled {
		title.font, title.colour = typeset.Regular, soft
	}
	status := phrase{}
	if s.Status == agenda.Tentative || s.Status == agenda.Cancelled {
		status = v.word(signalLook, "status."+string(s.Status))
	}
	all := [][]phrase{list(" · ", status, v.title(s, title), t.changed(v, s))}
	if s.Status == agenda.Cancelled {
		return lines(all...)
	}
	all = append(all, t.castLines(v, s.Roles)...)
	all = append(all, t.talkLines(v, slot, s.Talks)...)
	for i := range s.Parts {
		p := &s.Parts[i]
		all = append(all, append([]phrase{v.plain("– ", quietLook)}, t.part(v, p)...))
		all = append(all, t.castLines(v, p.Roles)...)
		all = append(all, t.talkLines(v, slot, p.Talks)...)
	}
	return lines(all...)
}

// castLines are who does what, a line for each label.
func (j *job) castLines(v *voice, roles []agenda.Role) [][]phrase {
	var all [][]phrase
	for _, c := range castOf(roles) {
		line := []phrase{{text: v.label(c) + ": ", language: v.labelLanguage(c), look: quietLook}}
		for i, r := range c.roles {
			if i > 0 {
				line = append(line, v.separator("; ", quietLook))
			}
			line = append(line, j.brief(v, r)...)
		}
		all = append(all, line)
	}
	return all
}

// brief is who has a role, with organisation or country.
func (j *job) brief(v *voice, r *agenda.Role) []phrase {
	name := j.holder(v, r).name
	for i := range name {
		name[i].look.size, name[i].look.leading = quietLook.size, quietLook.leading
	}
	p := j.people[r.Person]
	if p == nil {
		return name
	}
	from := list(", ", v.say(p.Organisation, quietLook), v.countryBeside(p, quietLook))
	if len(from) == 0 && len(p.Posts) > 0 {
		from = only(v.say(p.Posts[0], quietLook))
	}
	if len(from) == 0 {
		return name
	}
	return append(append(name, v.separator(", ", quietLook)), from...)
}

// talkLines are talks with their times or numbers, and who gives them.
func (j *job) talkLines(v *voice, slot agenda.Slot, talks []agenda.Talk) [][]phrase {
	var all [][]phrase
	for i, t := range slot.TalkTimes(talks) {
		line := list(" ", v.plain(talkLabel(v, i, t, talks), farTimeLook), v.say(t.Talk.Title, tableLook))
		if t.Talk.Status == agenda.Cancelled {
			line = append(line, v.plain(" ", quietLook), v.word(signalLook, "status.cancelled"))
			all = append(all, line)
			continue
		}
		for k := range t.Talk.Roles {
			line = append(line, v.separator(", ", quietLook))
			line = append(line, j.brief(v, &t.Talk.Roles[k])...)
		}
		all = append(all, line)
	}
	return all
}

// listCodes sets the codes at the end of the order of business.
func (j *job) listCodes(f *flow) {
	if j.site("") != "" {
		e := j.root.in(typeset.Sect)
		j.codes(f, e)
	}
}
