package programme

import (
	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// isPause reports whether nothing is said in a slot.
func isPause(s agenda.Slot) bool { return s.Session.Kind.Pause() }

// glance sets an overview of a day: its sessions with rooms and pages. A day
// of few sessions needs none, and large print has no room for one.
func (j *job) glance(f *flow, e *element, slots []agenda.Slot) {
	const few = 6
	if len(slots) < few || j.design.least > 0 {
		return
	}
	from := f.end()
	t := j.table(f, e, j.glanceColumns(slots))
	t.head()
	f.at(from).before = j.design.pt(16)
	for _, slot := range slots {
		t.glanceRow(slot)
	}
	f.space(j.design.pt(10))
}

// glanceColumns returns time, session, room where there are any, and page.
func (j *job) glanceColumns(slots []agenda.Slot) []column {
	v := j.first()
	columns := []column{
		{head: []phrase{v.word(labelLook, "print.time")}, width: j.design.pt(74), heads: true},
		{head: []phrase{v.word(labelLook, "print.session")}},
	}
	if hasRooms(slots) {
		columns = append(columns, column{head: []phrase{v.word(labelLook, "room")}, width: j.design.width() * 0.24})
	}
	columns = append(columns, column{head: []phrase{v.word(labelLook, "print.page-short")}, width: j.design.pt(30), align: typeset.End})
	return layColumns(columns, j.design.width(), j.design.pt(10))
}

// glanceRow sets one session of the overview.
func (t *table) glanceRow(slot agenda.Slot) {
	v := t.first()
	s := slot.Session
	timeIn, titleIn := tableLook, tableLook
	timeIn.tabular = true
	titleIn.font = typeset.SemiBold
	if isPause(slot) || s.Status == agenda.Cancelled {
		timeIn.colour, titleIn.colour, titleIn.font = soft, soft, typeset.Regular
	}
	title := t.each(func(v *voice) []phrase {
		status := phrase{}
		if s.Status != agenda.Confirmed && s.Status != "" {
			status = v.word(signalLook, "status."+string(s.Status))
		}
		return list(" · ", status, v.title(s, titleIn).to(typeset.Link{Place: "s-" + s.ID}))
	})
	cells := [][]phrase{{v.plain(when(v.Locale, slot), timeIn)}, title}
	if len(t.columns) == 4 {
		cells = append(cells, t.roomList(v, s.AllRooms()))
	}
	strip := t.row(cells...)
	t.pageNumber(strip, t.lastCell(), t.measure(len(t.columns)-1), "s-"+s.ID, timeIn)
}

// roomList names rooms in the look of tables.
func (j *job) roomList(v *voice, ids []string) []phrase {
	var all []phrase
	for _, id := range ids {
		if r := j.rooms[id]; r != nil {
			all = append(all, v.say(r.Name, tableLook))
		}
	}
	return list(", ", all...)
}
