package programme

import (
	"math"
	"slices"
	"testing"

	"tamada/pkg/agenda"
)

func TestBoardPlacesSessions(t *testing.T) {
	e := conference(t)
	b := newBoard(e, &e.Days[0])
	if want := []string{"plenary", "a", "b"}; !slices.Equal(b.rooms, want) {
		t.Errorf("got rooms %v, want %v", b.rooms, want)
	}
	for _, want := range []struct {
		title           string
		column, columns int
	}{
		{"Registration and coffee", 0, 3},
		{"Inauguration", 0, 1},
		{"Coordinating with other agencies", 1, 1},
		{"Permanent consultation fora", 2, 1},
		{"Supra in the old town", 0, 3},
	} {
		i := slices.IndexFunc(b.boxes, func(x box) bool { return e.Main(x.slot.Session.Title) == want.title })
		if i < 0 {
			t.Errorf("%q is not on the board", want.title)
			continue
		}
		if x := b.boxes[i]; x.column != want.column || x.columns != want.columns {
			t.Errorf("%q: got column %d, %d wide, want %d, %d wide", want.title, x.column, x.columns, want.column, want.columns)
		}
	}
}

// Parts with rooms have boxes of their own.
func TestBoardPlacesParts(t *testing.T) {
	e := conference(t)
	b := newBoard(e, &e.Days[0])
	var parts []string
	for _, x := range b.boxes {
		if x.part != nil {
			parts = append(parts, e.Main(x.part.Title))
		}
	}
	if want := []string{"Public participation", "Access to information"}; !slices.Equal(parts, want) {
		t.Errorf("got parts %v, want %v", parts, want)
	}
}

// No two boxes cover each other.
func TestBoardSharesColumns(t *testing.T) {
	at := func(start, end agenda.Clock, rooms ...string) agenda.Session {
		return agenda.Session{Time: agenda.Time{Form: agenda.FromTo, Start: start, End: end}, Rooms: rooms}
	}
	e := &agenda.Event{
		Rooms: []agenda.Room{{ID: "a"}, {ID: "b"}},
		Days: []agenda.Day{{Sessions: []agenda.Session{
			at(600, 660, "a"), at(600, 700, "a"), at(630, 640), at(650, 700, "b"), at(700, 720, "a", "b"),
		}}},
	}
	b := newBoard(e, &e.Days[0])
	for i := range b.boxes {
		for k := range b.boxes[:i] {
			x, y := &b.boxes[i], &b.boxes[k]
			if overlap(x, y) && (x.lane == y.lane || x.lanes != y.lanes) {
				t.Errorf("boxes %+v and %+v cover each other", x, y)
			}
		}
	}
}

func TestOffsets(t *testing.T) {
	at := offsets([]float64{5, 55, 60}, 300, 20)
	if at[1] < 20-0.01 {
		t.Errorf("five minutes are %.2f high, want at least 20", at[1])
	}
	if got := at[3]; math.Abs(got-300) > 0.5 {
		t.Errorf("all is %.2f high, want 300", got)
	}
	if long, longer := at[2]-at[1], at[3]-at[2]; math.Abs(long/55-longer/60) > 0.01 {
		t.Errorf("55 minutes are %.2f and 60 are %.2f high: not to scale", long, longer)
	}
	if got := offsets(nil, 300, 20); !slices.Equal(got, []float64{0}) {
		t.Errorf("no times: got %v, want 0", got)
	}
}

// The free hours before the supper take little room.
func TestWeightsOfIdleTime(t *testing.T) {
	e := conference(t)
	b := newBoard(e, &e.Days[0])
	for i, w := range b.weights(b.times) {
		if from, to := b.times[i], b.times[i+1]; from == 17*60 && (to != 19*60 || w != 30) {
			t.Errorf("from %s to %s: got weight %.0f, want 30 from 17:00 to 19:00", from, to, w)
		}
	}
}

func TestWindows(t *testing.T) {
	b := board{rooms: make([]string, 10), times: []agenda.Clock{1, 2, 3, 4, 5}}
	ws := b.windows(4, 3)
	if len(ws) != 6 {
		t.Fatalf("got %d windows, want 6", len(ws))
	}
	columns, rows := 0, 0
	for _, w := range ws {
		columns += w.columns * (len(w.times) - 1)
		rows = max(rows, len(w.times)-1)
	}
	if columns != 10*4 || rows != 3 {
		t.Errorf("got %d cells in rows of up to %d, want 40 in rows of up to 3", columns, rows)
	}
}
