package programme

import (
	"strings"
	"testing"

	"tamada/pkg/typeset"
)

// However much there is to say of somebody, a badge says it above its foot.
func TestBadgesHaveRoom(t *testing.T) {
	j := indexed(t, conference(t), Options{Document: Badges})
	long := strings.Repeat("Deputy Director General for Administrative Modernisation ", 4)
	m := measure{column: typeset.Frame{Width: badgeWidth}, width: badgeWidth - 28}
	narrow := m
	narrow.width -= 58
	for _, p := range []Person{
		{Name: "Anne Lie"},
		{Name: "Karim Haddad", SecondName: "كريم حداد", Honorific: "Dr.", Post: long[:80], Organisation: "Office of the Prime Minister", Country: "TN"},
		{Name: "Maximiliane-Theodora Wolfeschlegelsteinhausenbergerdorff", SecondName: strings.Repeat("ნინო ", 12), Honorific: "Prof. Dr.", Post: long, Organisation: long, Country: "GE"},
	} {
		for _, room := range []float64{94, 60} {
			height := 0.0
			cells := j.badgeText(m, narrow, &p, room)
			for _, c := range cells {
				height += c.block.Height() + badgeGap
			}
			if height > room+badgeGap || len(cells) == 0 {
				t.Errorf("%s: got %d paragraphs of %.1f points, want at most %.0f", p.Name, len(cells), height, room)
			}
		}
	}
}

// Prose that is not translated keeps its side, in a column of the other
// direction.
func TestRunningMirrors(t *testing.T) {
	column := typeset.Frame{X: 50, Width: 400, RightToLeft: true}
	m := measure{column: column, offset: 100, width: 300}
	if got := m.running("ar"); got != m {
		t.Errorf("Arabic: got %+v, want it as it was", got)
	}
	got := m.running("en")
	if got.column.RightToLeft || got.column.At(got.offset, got.width) != m.column.At(m.offset, m.width) {
		t.Errorf("English: got %+v, want the same place from the left", got)
	}
}

// Days without times share pages, and each has its heading.
func TestGridOfDaysWithoutTimes(t *testing.T) {
	for _, e := range meetings(t) {
		if e.Slug != "post-2015-week" {
			continue
		}
		ps := laidOut(t, e, Options{Document: Grid})
		if len(ps.list) != 3 { // two days without times, one with, one without
			t.Errorf("got %d pages, want 3", len(ps.list))
		}
		bookmarks := 0
		for _, p := range ps.list {
			for _, s := range p.strips {
				bookmarks += len(s.places)
			}
		}
		if bookmarks != len(e.Days) {
			t.Errorf("got %d bookmarks, want one for each of %d days", bookmarks, len(e.Days))
		}
		return
	}
	t.Error("no meeting without times")
}
