package programme

import (
	"slices"

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
	if rooms := j.roomsAtOnce(slots); rooms != nil {
		j.glanceGrid(f, e, slots, rooms)
	} else {
		t := j.table(f, e, j.glanceColumns(slots))
		t.head()
		for _, slot := range slots {
			t.glanceRow(slot)
		}
	}
	f.at(from).before = j.design.pt(16)
	f.space(j.design.pt(10))
}

// roomsAtOnce returns the rooms of a day in which sessions are held side by
// side, if a grid of them has room on the page; else nil.
func (j *job) roomsAtOnce(slots []agenda.Slot) []string {
	const narrow = 92 // points of a column
	var rooms []string
	parallel := false
	for i, s := range slots {
		for _, id := range s.Session.Rooms {
			if j.rooms[id] != nil && !slices.Contains(rooms, id) {
				rooms = append(rooms, id)
			}
		}
		parallel = parallel || i > 0 && s.HasStart && slots[i-1].HasStart && s.Start == slots[i-1].Start &&
			len(s.Session.Rooms) > 0 && len(slots[i-1].Session.Rooms) > 0
	}
	slices.SortFunc(rooms, func(a, b string) int { return j.roomOrder(a) - j.roomOrder(b) })
	if !parallel || len(j.voices) > 1 || float64(len(rooms))*j.design.pt(narrow) > j.design.width()-j.design.pt(124) {
		return nil
	}
	return rooms
}

// roomOrder is the place of a room in the event.
func (j *job) roomOrder(id string) int {
	return slices.IndexFunc(j.event.Rooms, func(r agenda.Room) bool { return r.ID == id })
}

// glanceGrid sets the day as a table of times and rooms. What begins alone
// and is in no room of its own stretches over all.
func (j *job) glanceGrid(f *flow, e *element, slots []agenda.Slot, rooms []string) {
	v := j.first()
	columns := []column{{head: []phrase{v.word(labelLook, "print.time")}, width: j.design.pt(74), heads: true}}
	pages := j.design.pt(30)
	width := (j.design.width()-j.design.pt(74)-j.design.pt(10)-pages)/float64(len(rooms)) - j.design.pt(10)
	for _, id := range rooms {
		columns = append(columns, column{head: only(v.say(j.rooms[id].Name, labelLook)), width: width})
	}
	columns = append(columns, column{head: []phrase{v.word(labelLook, "print.page-short")}, width: pages, align: typeset.End})
	t := j.table(f, e, layColumns(columns, j.design.width(), j.design.pt(10)))
	t.head()
	for from := 0; from < len(slots); {
		end := from + 1
		for end < len(slots) && slots[end].HasStart && slots[end].Start == slots[from].Start && slots[end].End == slots[from].End {
			end++
		}
		t.glanceGridRow(slots[from:end], rooms)
		from = end
	}
}

// glanceGridRow sets the sessions of one time. A session in several rooms
// stands in the first.
func (t *table) glanceGridRow(slots []agenda.Slot, rooms []string) {
	v := t.first()
	at := tableLook
	at.tabular = true
	if isPause(slots[0]) {
		at.colour = soft
	}
	row := make([][]phrase, 1+len(rooms))
	row[0] = only(v.plain(when(v.Locale, slots[0]), at))
	wide := false
	for _, slot := range slots {
		i := slices.IndexFunc(rooms, func(id string) bool { return slices.Contains(slot.Session.Rooms, id) })
		wide = wide || i < 0
		i = max(i, 0)
		row[1+i] = lines(row[1+i], t.glanceTitle(v, slot))
	}
	var s *strip
	if wide && len(slots) == 1 {
		s = t.wideRow(row[0], row[1])
	} else {
		s = t.row(row...)
	}
	sessions := make([]*agenda.Session, len(slots))
	for i, slot := range slots {
		sessions[i] = slot.Session
	}
	t.pageList(s, t.lastCell(), t.measure(len(t.columns)-1), sessions)
}

// wideRow sets a row of a head and one cell over all columns up to the last.
func (t *table) wideRow(head, cell []phrase) *strip {
	all := t.columns
	rooms := len(all) - 2
	wide := all[1]
	wide.width = all[rooms].offset + all[rooms].width - wide.offset
	t.columns = []column{all[0], wide, all[len(all)-1]}
	s := t.row(head, cell)
	body := t.element.kids[len(t.element.kids)-1]
	body.kids[len(body.kids)-1].kids[1].attrs = &typeset.Attrs{Columns: rooms}
	t.columns = all
	return s
}

// glanceTitle is the title of a session, leading to it, and its state.
func (t *table) glanceTitle(v *voice, slot agenda.Slot) []phrase {
	s := slot.Session
	l := tableLook
	l.font = typeset.SemiBold
	if isPause(slot) || s.Status == agenda.Cancelled {
		l.colour, l.font = soft, typeset.Regular
	}
	status := phrase{}
	if s.Status == agenda.Tentative || s.Status == agenda.Cancelled {
		status = v.word(signalLook, "status."+string(s.Status))
	}
	return list(" · ", status, v.title(s, l).to(typeset.Link{Place: "s-" + s.ID}))
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
	timeIn := tableLook
	timeIn.tabular = true
	if isPause(slot) || s.Status == agenda.Cancelled {
		timeIn.colour = soft
	}
	title := t.each(func(v *voice) []phrase { return t.glanceTitle(v, slot) })
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
