package programme

import (
	"cmp"
	"slices"

	"tamada/pkg/agenda"
)

// A board is a day as rooms and times: columns are rooms, and every session is
// a box.
type board struct {
	rooms []string // IDs, in the order of the event; empty if no session has a room
	boxes []box    // by time, then column
	times []agenda.Clock
	loose []agenda.Slot // sessions whose beginning is not known
}

// A box is where a session, or a part of one, is on a board.
type box struct {
	slot        agenda.Slot
	part        *agenda.Part // if it is a part in a room of its own
	column      int          // of the first room
	columns     int          // how many rooms wide
	start, end  agenda.Clock
	lane, lanes int // of those side by side in the same column
}

// openEnd is how long a session without an end is drawn.
const openEnd = 60

// newBoard places the sessions of a day. A session without a room is as wide
// as the board.
func newBoard(e *agenda.Event, d *agenda.Day) board {
	var b board
	slots := d.Slots()
	used := map[string]bool{}
	for _, s := range slots {
		for _, id := range s.Session.AllRooms() {
			used[id] = true
		}
	}
	for _, r := range e.Rooms {
		if used[r.ID] {
			b.rooms = append(b.rooms, r.ID)
		}
	}
	for _, s := range slots {
		if !s.HasStart {
			b.loose = append(b.loose, s)
			continue
		}
		b.place(s)
	}
	b.sort()
	b.share()
	b.cut()
	b.sort()
	b.divide()
	return b
}

// sort puts boxes in the order in which they are read.
func (b *board) sort() {
	slices.SortStableFunc(b.boxes, func(x, y box) int {
		return cmp.Or(cmp.Compare(x.start, y.start), cmp.Compare(x.column, y.column))
	})
}

// place adds the boxes of a session: one for each run of its rooms that stand
// side by side, and one for each part in a room of its own.
func (b *board) place(s agenda.Slot) {
	end := s.Start + openEnd
	if s.HasEnd {
		end = s.End
	}
	at := box{slot: s, start: s.Start, end: max(end, s.Start+1)}
	columns := b.columnsOf(s.Session.Rooms)
	for i := range s.Session.Parts {
		p := &s.Session.Parts[i]
		if c := b.columnsOf([]string{p.Room}); len(c) == 1 && !slices.Contains(columns, c[0]) {
			of := at
			of.part, of.column, of.columns = p, c[0], 1
			b.boxes = append(b.boxes, of)
		}
	}
	if len(columns) == 0 && len(s.Session.AllRooms()) == 0 {
		at.column, at.columns = 0, max(1, len(b.rooms))
		b.boxes = append(b.boxes, at)
		return
	}
	for from := 0; from < len(columns); {
		end := from + 1
		for end < len(columns) && columns[end] == columns[end-1]+1 {
			end++
		}
		at.column, at.columns = columns[from], end-from
		b.boxes = append(b.boxes, at)
		from = end
	}
}

// columnsOf returns the columns of rooms, sorted.
func (b *board) columnsOf(rooms []string) []int {
	var columns []int
	for _, id := range rooms {
		if i := slices.Index(b.rooms, id); i >= 0 && !slices.Contains(columns, i) {
			columns = append(columns, i)
		}
	}
	slices.Sort(columns)
	return columns
}

// share gives boxes that overlap in time and columns lanes of their own.
func (b *board) share() {
	for i := range b.boxes {
		x := &b.boxes[i]
		taken := map[int]bool{}
		for k := range b.boxes[:i] {
			if y := &b.boxes[k]; overlap(x, y) {
				taken[y.lane] = true
			}
		}
		for taken[x.lane] {
			x.lane++
		}
	}
	for changed := true; changed; {
		changed = false
		for i := range b.boxes {
			x := &b.boxes[i]
			most := max(x.lanes, x.lane+1)
			for k := range b.boxes {
				if y := &b.boxes[k]; overlap(x, y) {
					most = max(most, y.lanes, y.lane+1)
				}
			}
			changed = changed || most != x.lanes
			x.lanes = most
		}
	}
}

// cut cuts boxes over several columns that share some of them with others: a
// lane in each of those, and all of the columns between.
func (b *board) cut() {
	var all []box
	for i, x := range b.boxes {
		if x.lanes < 2 || x.columns < 2 {
			all = append(all, x)
			continue
		}
		free := false // the column before is, too
		for c := x.column; c < x.column+x.columns; c++ {
			piece := x
			piece.column, piece.columns = c, 1
			shared := b.shared(i, c)
			switch {
			case shared:
				all = append(all, piece)
			case free:
				all[len(all)-1].columns++
			default:
				piece.lane, piece.lanes = 0, 1
				all = append(all, piece)
			}
			free = !shared
		}
	}
	b.boxes = all
}

// shared reports whether box i has another beside it in a column.
func (b *board) shared(i, column int) bool {
	x := b.boxes[i]
	x.column, x.columns = column, 1
	for k := range b.boxes {
		if k != i && overlap(&x, &b.boxes[k]) {
			return true
		}
	}
	return false
}

// overlap reports whether two boxes would cover each other.
func overlap(x, y *box) bool {
	return x.start < y.end && y.start < x.end &&
		x.column < y.column+y.columns && y.column < x.column+x.columns
}

// divide notes all times at which something begins or ends.
func (b *board) divide() {
	for _, x := range b.boxes {
		b.times = append(b.times, x.start, x.end)
	}
	slices.Sort(b.times)
	b.times = slices.Compact(b.times)
}

// A window is the part of a board that is on one page.
type window struct {
	from, columns int // rooms
	times         []agenda.Clock
}

// windows cuts a board into pages of at most so many columns and rows (the
// stretches between two times).
func (b *board) windows(columns, rows int) []window {
	var all []window
	total := max(1, len(b.rooms))
	columns, rows = max(1, columns), max(1, rows)
	pages := (total + columns - 1) / columns
	for p := range pages {
		from, to := p*total/pages, (p+1)*total/pages
		for at := 0; at+1 < len(b.times); at += rows {
			end := min(at+rows, len(b.times)-1)
			all = append(all, window{from, to - from, b.times[at : end+1]})
		}
	}
	return all
}

// weights returns how long the stretches between times are, in minutes. One in
// which nothing is on counts as half an hour at most.
func (b *board) weights(times []agenda.Clock) []float64 {
	const idle = 30
	weights := make([]float64, max(0, len(times)-1))
	for i := range weights {
		from, to := times[i], times[i+1]
		weights[i] = float64(to - from)
		if !slices.ContainsFunc(b.boxes, func(x box) bool { return x.start < to && from < x.end }) {
			weights[i] = min(weights[i], idle)
		}
	}
	return weights
}

// offsets returns how far down each of the times is between which there are
// stretches of such weights, on a board so high: to scale, as far as every
// stretch keeps its least height.
func offsets(weights []float64, height, least float64) []float64 {
	at := make([]float64, len(weights)+1)
	if len(weights) == 0 {
		return at
	}
	least = min(least, height/float64(len(weights)))
	scale := scaleFor(weights, height, least)
	for i, w := range weights {
		at[i+1] = at[i] + max(least, w*scale)
	}
	return at
}

// scaleFor finds how high a minute is, by halving.
func scaleFor(weights []float64, height, least float64) float64 {
	low, high := 0.0, height
	const steps = 50
	for range steps {
		middle := (low + high) / 2
		total := 0.0
		for _, w := range weights {
			total += max(least, w*middle)
		}
		if total > height {
			high = middle
		} else {
			low = middle
		}
	}
	return low
}
