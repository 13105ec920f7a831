package programme

import (
	"slices"
	"testing"

	"tamada/pkg/typeset"
)

// parents says in what an element has to stand.
var parents = map[typeset.Tag][]typeset.Tag{
	typeset.ListItem:   {typeset.List},
	typeset.ListBody:   {typeset.ListItem},
	typeset.Row:        {typeset.Table, typeset.TableHead, typeset.TableBody},
	typeset.Cell:       {typeset.Row},
	typeset.HeaderCell: {typeset.Row},
	typeset.Entry:      {typeset.Contents},
}

// Headings do not skip levels, parts of lists and tables stand where they
// belong, and all text of the pages is in the structure, except for what is
// decoration on the cover and the hours of a grid.
func TestStructure(t *testing.T) {
	for _, e := range meetings(t) {
		for _, d := range Documents() {
			ps := laidOut(t, e, everything(t, e, d))
			known := map[*element]bool{}
			level := 0
			walk(ps.job.root, func(parent, e *element) {
				known[e] = true
				if i := slices.Index([]typeset.Tag{typeset.H1, typeset.H2, typeset.H3, typeset.H4}, e.tag); i >= 0 {
					if i+1 > level+1 {
						t.Errorf("%s: %s after a heading of level %d", d, e.tag, level)
					}
					level = i + 1
				}
				if want := parents[e.tag]; want != nil && !slices.Contains(want, parent.tag) {
					t.Errorf("%s: %s in %s, want it in %v", d, e.tag, parent.tag, want)
				}
			})
			for _, p := range ps.list {
				for _, s := range p.strips {
					for _, m := range s.marks {
						if m.element != nil && !known[m.element] {
							t.Errorf("%s: %q is in an element that is not in the tree", d, textOf(s))
						}
						if m.element == nil && m.block != nil && d != Grid && !p.bare {
							t.Errorf("%s: %q is in no element", d, textOf(s))
						}
					}
				}
			}
		}
	}
}

// walk visits every element below e, in order.
func walk(e *element, visit func(parent, e *element)) {
	for _, kid := range e.kids {
		visit(e, kid)
		walk(kid, visit)
	}
}

// The programme of one short day has no contents; that of two has, and they
// name every session that is not a pause.
func TestContents(t *testing.T) {
	count := func(ps *pages) (entries int) {
		walk(ps.job.root, func(_, e *element) {
			if e.tag == typeset.Entry {
				entries++
			}
		})
		return entries
	}
	if got := count(laidOut(t, bureau(t), Options{})); got != 0 {
		t.Errorf("bureau: got %d entries, want none", got)
	}
	e := conference(t)
	want := len(e.Days) + 1 // who is who; the practical information is on the page itself
	for _, s := range e.Sessions() {
		if !s.Kind.Pause() {
			want++
		}
	}
	if got := count(laidOut(t, e, Options{})); got != want {
		t.Errorf("conference: got %d entries, want %d", got, want)
	}
}

// The order of business of each of the five meetings is one page.
func TestAgendaIsOnePage(t *testing.T) {
	for _, e := range meetings(t) {
		if got := len(laidOut(t, e, Options{Document: Agenda, BaseURL: "https://meet.example.org"}).list); got != 1 {
			t.Errorf("%s: got %d pages, want 1", e.Slug, got)
		}
	}
}

// Sessions that changed say so, and say what.
func TestChangesAreMarked(t *testing.T) {
	e := conference(t)
	text := allText(laidOut(t, e, Options{Document: Annotated, Since: 1, Previous: earlier(t, e)}))
	for _, want := range []string{"Changed since release 1: time", "Changed since release 1: title", "New since release 1"} {
		if !contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if text := allText(laidOut(t, e, Options{Document: Annotated})); contains(text, "since release") {
		t.Error("marks without a release to count from")
	}
}

func TestChangesListed(t *testing.T) {
	e := conference(t)
	ps := laidOut(t, e, Options{Document: Changes, Since: 1, Previous: earlier(t, e)})
	text := allText(ps)
	for _, want := range []string{"Changes since release 1", "Another time · before: 07:10–07:20", "Another title · before: An earlier title", "Supra in the old town"} {
		if !contains(text, want) {
			t.Errorf("%q is missing", want)
		}
	}
	if same := allText(laidOut(t, e, Options{Document: Changes, Since: 2, Previous: e})); !contains(same, "Nothing has changed since release 2.") {
		t.Errorf("got %q, want it to say that nothing changed", same)
	}
}

// A draft has no release to name.
func TestReleaseIsNamed(t *testing.T) {
	e := conference(t)
	if text := allText(laidOut(t, e, Options{})); !contains(text, "Release 2, 20 May 2014") {
		t.Error("release 2 is not named")
	}
	e.Release = 0
	if text := allText(laidOut(t, e, Options{})); contains(text, "Release") {
		t.Error("a draft names a release")
	}
}
