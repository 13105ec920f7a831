package programme

import (
	"context"
	"net/url"
	"slices"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// layoutDoors lays out what is on in each room, a page for each room and day.
func layoutDoors(ctx context.Context, j *job) (*pages, error) {
	ps := &pages{job: j, title: j.documentTitle()}
	for i := range j.event.Rooms {
		for d := range j.event.Days {
			slots := inRoom(&j.event.Days[d], j.event.Rooms[i].ID)
			if len(slots) == 0 {
				continue
			}
			list, err := j.door(ctx, &j.event.Rooms[i], &j.event.Days[d], slots)
			if err != nil {
				return nil, err
			}
			ps.list = append(ps.list, list...)
		}
	}
	if len(ps.list) == 0 {
		return j.nothing(ctx)
	}
	return ps, nil
}

// inRoom returns what is on in a room on a day.
func inRoom(d *agenda.Day, room string) []agenda.Slot {
	return slices.DeleteFunc(d.Slots(), func(s agenda.Slot) bool {
		return !slices.Contains(s.Session.AllRooms(), room) || s.Session.Status == agenda.Cancelled
	})
}

// door sets the sign of a room for a day: large enough to be read from two
// metres, and smaller only where it would not fit on the page.
func (j *job) door(ctx context.Context, room *agenda.Room, day *agenda.Day, slots []agenda.Slot) ([]page, error) {
	var first []page
	var kept []*element
	for _, scale := range []float64{1.7, 1.45, 1.2, 1} {
		smaller := j.scaled(scale)
		f := &flow{}
		smaller.doorSign(f, room, day, slots)
		list, err := smaller.flowed(ctx, f)
		if err != nil {
			return nil, err
		}
		if first == nil || len(list) == 1 {
			first, kept = list, smaller.root.kids
		}
		if len(list) == 1 {
			break
		}
	}
	j.root.kids = append(j.root.kids, kept...)
	return first, nil
}

// doorSign sets room, day and sessions, and the code of the room's live agenda.
func (j *job) doorSign(f *flow, room *agenda.Room, day *agenda.Day, slots []agenda.Slot) {
	e := j.root.in(typeset.Sect)
	v := j.first()
	s := j.banner(f, e, v)
	name := coverLook
	f.rowFitted(0, s, typeset.H1, v.say(room.Name, name))
	s.paragraph(j.design.pt(2), typeset.P, func(v *voice) []phrase {
		floor := phrase{}
		if room.Floor != "" {
			floor = v.word(leadLook, "floor", "floor", room.Floor)
		}
		return list(" · ", v.date(dayHead(v, day.Date), leadLook), floor)
	})
	f.keepNext(0)
	f.space(j.design.pt(8))
	t := j.table(f, e, layColumns([]column{
		{head: []phrase{v.word(labelLook, "print.time")}, width: j.design.pt(78), heads: true},
		{head: []phrase{v.word(labelLook, "print.session")}},
	}, j.design.width(), j.design.pt(10)))
	t.head()
	for _, slot := range slots {
		t.row(only(v.plain(when(v.Locale, slot), timeLook)), t.doorItem(v, slot, room.ID))
	}
	if live := j.site("?room=" + url.QueryEscape(room.ID)); live != "" {
		from := f.end()
		f.strips = append(f.strips, strip{before: j.design.pt(18)})
		frame := j.design.full()
		frame.RightToLeft = v.column.RightToLeft
		coded{"print.live", live}.put(j, f.at(from), e, measure{column: frame, width: frame.Width})
	}
}

// doorItem is what a sign says of a session: the part that is in the room, if
// it is one.
func (t *table) doorItem(v *voice, slot agenda.Slot, room string) []phrase {
	s := slot.Session
	all := [][]phrase{only(v.title(s, titleLook))}
	roles := s.Roles
	if !slices.Contains(s.Rooms, room) {
		for i := range s.Parts {
			if p := &s.Parts[i]; p.Room == room {
				all = append([][]phrase{only(v.say(p.Title, titleLook))}, only(v.title(s, quietLook)))
				roles = p.Roles
			}
		}
	}
	return lines(append(all, t.castLines(v, roles)...)...)
}

// nothing lays out the one page of a document that has nothing to show.
func (j *job) nothing(ctx context.Context) (*pages, error) {
	f := &flow{}
	j.masthead(f)
	s := j.scope(f, j.root, false)
	s.paragraph(j.design.pt(16), typeset.P, func(v *voice) []phrase { return []phrase{v.word(bodyLook, "print.empty")} })
	list, err := j.flowed(ctx, f)
	return &pages{job: j, title: j.documentTitle(), list: list}, err
}
