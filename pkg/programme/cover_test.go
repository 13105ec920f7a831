package programme

import (
	"strings"
	"testing"

	"tamada/pkg/agenda"
)

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

// The cover says whose site it is from: in words, with the logo that can be
// drawn.
func TestCoverNamesThePublisher(t *testing.T) {
	e := conference(t)
	who := Publisher{Name: agenda.Text{"en": "Meetings of the Region", "ka": "რეგიონის შეხვედრები"}}
	drawings := func(p Publisher) int {
		ps, n := laidOut(t, e, Options{Publisher: p, Languages: []string{"en", "ka"}}), 0
		checkPages(t, ps)
		if text := allText(ps); !strings.Contains(text, "MeetingsoftheRegionრეგიონისშეხვედრები") {
			t.Errorf("got %q, want the publisher in both languages", text)
		}
		for _, s := range ps.list[0].strips {
			for _, m := range s.marks {
				if m.draw != nil {
					n++
				}
			}
		}
		return n
	}
	words := drawings(who)
	who.Logo = logos(t)["wide.png"].Data
	if n := drawings(who); n != words+1 {
		t.Errorf("got %d drawings with a logo, want one more than %d", n, words)
	}
	who.Logo = []byte("no picture")
	if n := drawings(who); n != words {
		t.Errorf("got %d drawings with a logo that cannot be drawn, want %d", n, words)
	}
}

// Languages that run against each other face each other: their titles begin on
// one baseline.
func TestOpposedLanguagesFaceEachOther(t *testing.T) {
	for _, d := range []Document{Programme, Agenda, Annotated} {
		ps := laidOut(t, bureau(t), Options{Document: d, Languages: []string{"en", "ar"}})
		found := false
		for _, s := range ps.list[0].strips {
			text := textOf(s)
			if strings.Contains(text, "First Bureau") {
				found = true
				if !strings.Contains(text, "الاجتماع") {
					t.Errorf("%s: got %q on a line, want both titles", d, text)
				}
			}
		}
		if !found {
			t.Errorf("%s: no title on the first page", d)
		}
	}
}
