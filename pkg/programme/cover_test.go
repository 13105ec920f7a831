package programme

import "testing"

// The cover is one page, of every meeting on every paper in two languages: if
// it is full, the shape of the days is left out.
func TestCoverIsOnePage(t *testing.T) {
	for _, e := range meetings(t) {
		for _, paper := range []Paper{A4, A5, A5Booklet, Letter} {
			o := Options{Paper: paper, BaseURL: "https://meet.example.org", Languages: e.Languages[:min(2, len(e.Languages))]}
			bare := 0
			for _, p := range laidOut(t, e, o).list {
				if p.bare {
					bare++
				}
			}
			if bare != 1 {
				t.Errorf("%s on %s: got %d pages of cover, want 1", e.Slug, paper, bare)
			}
		}
	}
}
