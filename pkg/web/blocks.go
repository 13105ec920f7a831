package web

import (
	"slices"
	"strconv"

	"tamada/pkg/agenda"
)

// A block is one session of a day, or several that go on at the same time.
type block struct {
	Parallel bool
	Class    string // of the grid that parallel sessions are placed on, or ""
	Cells    []cell
}

// A cell is a session with its place on the grid of its block.
type cell struct {
	Class   string
	Session sessionView
}

// The most columns and rows that static/site.css has classes for. A block
// that needs more is a list on wide screens too.
const (
	maxColumns = 6
	maxRows    = 24
)

// blocks returns slots as blocks, in their order.
func (v *view) blocks(d *agenda.Day, slots []agenda.Slot, fold bool) []block {
	var out []block
	for _, cluster := range clusters(slots) {
		b := block{Parallel: len(cluster) > 1}
		places, columns := v.places(cluster)
		if places != nil {
			b.Class = "cols-" + strconv.Itoa(columns)
		}
		for i, slot := range cluster {
			one := cell{Session: v.session(d, slot, 3)}
			one.Session.Fold = fold
			if places != nil {
				one.Class = places[i]
			}
			b.Cells = append(b.Cells, one)
		}
		out = append(out, b)
	}
	return out
}

// clusters returns slots, which are in order, in groups that overlap. A slot of
// which the end is not known overlaps with none but those that begin with it.
func clusters(slots []agenda.Slot) [][]agenda.Slot {
	var out [][]agenda.Slot
	until := agenda.Clock(-1)
	for _, s := range slots {
		end := s.End
		if !s.HasEnd {
			end = s.Start + 1
		}
		if s.HasStart && s.Start < until {
			last := len(out) - 1
			out[last] = append(out[last], s)
			until = max(until, end)
			continue
		}
		out = append(out, []agenda.Slot{s})
		until = -1
		if s.HasStart {
			until = end
		}
	}
	return out
}

// places returns the classes that put each slot of a cluster on a grid whose
// columns are rooms and whose rows are the times at which something begins or
// ends; nil if there is one slot only or the grid would be too large.
func (v *view) places(cluster []agenda.Slot) (classes []string, columns int) {
	if len(cluster) < 2 {
		return nil, 0
	}
	var lines []agenda.Clock
	for _, s := range cluster {
		lines = append(lines, s.Start, until(s))
	}
	slices.Sort(lines)
	lines = slices.Compact(lines)
	lanes := v.lanes(cluster)
	columns = slices.Max(lanes) + 1
	if columns < 2 || columns > maxColumns || len(lines)-1 > maxRows {
		return nil, 0
	}
	for i, s := range cluster {
		row := slices.Index(lines, s.Start)
		span := slices.Index(lines, until(s)) - row
		classes = append(classes, "c"+strconv.Itoa(lanes[i]+1)+" r"+strconv.Itoa(row+1)+" s"+strconv.Itoa(span))
	}
	return classes, columns
}

// until returns when a slot ends, as far as the grid is concerned.
func until(s agenda.Slot) agenda.Clock {
	if s.HasEnd {
		return max(s.End, s.Start+1)
	}
	return s.Start + 1
}

// lanes returns the column of each slot: sessions of one room share one, in
// the order of the event's rooms; what overlaps never does.
func (v *view) lanes(cluster []agenda.Slot) []int {
	order := slices.Clone(cluster)
	rank := func(s agenda.Slot) int {
		if len(s.Session.Rooms) == 0 {
			return len(v.event.Rooms)
		}
		return slices.IndexFunc(v.event.Rooms, func(r agenda.Room) bool { return r.ID == s.Session.Rooms[0] })
	}
	slices.SortStableFunc(order, func(a, b agenda.Slot) int { return rank(a) - rank(b) })
	var lanes [][]agenda.Slot
	for _, s := range order {
		i := slices.IndexFunc(lanes, func(lane []agenda.Slot) bool {
			return rank(lane[0]) == rank(s) && !slices.ContainsFunc(lane, func(o agenda.Slot) bool { return overlap(o, s) })
		})
		if i < 0 {
			lanes = append(lanes, []agenda.Slot{s})
			continue
		}
		lanes[i] = append(lanes[i], s)
	}
	out := make([]int, len(cluster))
	for i, s := range cluster {
		out[i] = slices.IndexFunc(lanes, func(lane []agenda.Slot) bool {
			return slices.ContainsFunc(lane, func(o agenda.Slot) bool { return o.Session == s.Session })
		})
	}
	return out
}

func overlap(a, b agenda.Slot) bool { return a.Start < until(b) && b.Start < until(a) }
