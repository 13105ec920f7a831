package programme

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// On random agendas every document, on every paper, in one language and in
// each two, keeps to the rules of good pages: text is inside its box and on no
// other text, no heading is an orphan, sessions are parted well.
func TestRandomPages(t *testing.T) {
	rounds := 20
	if testing.Short() || raced {
		rounds = 1
	}
	for seed := range rounds * len(Documents()) {
		r := rand.New(rand.NewPCG(uint64(seed), 11))
		e := randomEvent(t, r)
		for len(e.Days[0].Sessions) < 3 {
			e.Days[0].Sessions = append(e.Days[0].Sessions, randomSession(t, r, e))
		}
		o := randomOptions(t, r, identify(e), Documents()[seed%len(Documents())])
		t.Run(fmt.Sprintf("%d %s %s %v", seed, o.Document, o.Paper, o.Languages), func(t *testing.T) {
			ps := laidOut(t, e, o)
			checkPages(t, ps)
			for n, p := range ps.list {
				checkOverlaps(t, n+1, placed(p))
			}
			checkHeadings(t, ps)
			checkSections(t, ps)
			if slices.Contains([]Document{Programme, Annotated, LargePrint}, o.Document) {
				checkSessions(t, ps)
			}
		})
	}
}

// randomOptions returns options for a document of e.
func randomOptions(t testing.TB, r *rand.Rand, e *agenda.Event, d Document) Options {
	languages := []string{"en", "ar", "ka"}
	r.Shuffle(len(languages), func(i, k int) { languages[i], languages[k] = languages[k], languages[i] })
	o := everything(t, e, d)
	o.Paper, o.Zones = Papers()[r.IntN(len(Papers()))], o.Zones[:r.IntN(3)]
	o.Languages = languages[:1]
	if d.Bilingual() && r.IntN(3) > 0 {
		o.Languages = languages[:2]
	}
	if r.IntN(2) == 0 {
		o.Publisher = Publisher{Name: randomText(r, 6), Logo: logos(t)["wide.png"].Data}
	}
	return o
}

// A placedLine is a line of text where it is on a page.
type placedLine struct {
	text        string
	block       *typeset.Block
	left, right float64
	top, bottom float64 // of small letters and descenders, about
	strip       int
	element     *element
}

// placed returns the lines of a page.
func placed(p page) []placedLine {
	var all []placedLine
	y := p.top
	for i, s := range p.strips {
		if i > 0 {
			y += s.before
		}
		for _, m := range s.marks {
			if m.block == nil {
				continue
			}
			l := m.block.Lines[m.line]
			left := m.x + m.block.Offset(l)
			above, below := l.Baseline*0.4, (l.Height-l.Baseline)*0.4
			all = append(all, placedLine{
				text: l.Text(), block: m.block, left: left, right: left + l.Width,
				top: y + m.y + l.Baseline - above, bottom: y + m.y + l.Baseline + below, strip: i, element: m.element,
			})
		}
		y += s.height
	}
	return all
}

// checkOverlaps checks that no line is printed over another.
func checkOverlaps(t *testing.T, n int, lines []placedLine) {
	t.Helper()
	const touch = 0.5 // points
	for i, a := range lines {
		for _, b := range lines[i+1:] {
			if min(a.right, b.right)-max(a.left, b.left) > touch && min(a.bottom, b.bottom)-max(a.top, b.top) > touch && strings.TrimSpace(a.text) != "" && strings.TrimSpace(b.text) != "" {
				t.Errorf("page %d: %q is over %q", n, a.text, b.text)
			}
		}
	}
}

// checkHeadings checks that no page ends with a heading of what is on the next.
func checkHeadings(t *testing.T, ps *pages) {
	t.Helper()
	headings := []typeset.Tag{typeset.H1, typeset.H2, typeset.H3, typeset.H4}
	for n, p := range ps.list[:len(ps.list)-1] {
		lines := placed(p)
		if p.bare || len(p.strips) == 1 { // a cover, a grid
			continue
		}
		last := lines[len(lines)-1].strip
		for _, l := range lines {
			if l.strip != last || l.element == nil || !slices.Contains(headings, l.element.tag) {
				continue
			}
			if next := ps.list[n+1]; next.strips[0].fresh || pauseHeading(ps, p) {
				continue // what it heads is nothing more than itself
			}
			t.Errorf("page %d ends with the heading %q", n+1, l.text)
		}
	}
}

// checkSections checks that days and sections begin with something under their
// headings: another two lines of text at least.
func checkSections(t *testing.T, ps *pages) {
	t.Helper()
	const least = 2 // lines
	for n, p := range ps.list[:len(ps.list)-1] {
		if len(p.strips) == 1 || !slices.ContainsFunc(p.strips, func(s strip) bool { return !s.keep }) { // a grid, or too much for a page
			continue
		}
		under, name := 0, ""
		for _, l := range placed(p) {
			head := slices.IndexFunc(p.strips[l.strip].places, func(at place) bool {
				return at.name != "" && !strings.HasPrefix(at.name, "s-")
			})
			switch {
			case head >= 0:
				under, name = 0, p.strips[l.strip].places[head].name
			case l.element != nil && l.element.tag != typeset.H2:
				under++
			}
		}
		if name != "" && under < least && !endsSection(ps, n) {
			t.Errorf("page %d ends with the heading of %s and %d lines", n+1, name, under)
		}
	}
}

// endsSection reports whether the page after page n begins with something else.
func endsSection(ps *pages, n int) bool {
	next := ps.list[n+1].strips[0]
	return next.fresh || slices.ContainsFunc(next.places, func(at place) bool { return !strings.HasPrefix(at.name, "s-") })
}

// pauseHeading reports whether the last session of a page is a heading alone: a
// pause, or a session of which nothing more is known.
func pauseHeading(ps *pages, p page) bool {
	for i := len(p.strips) - 1; i >= 0; i-- {
		for _, at := range p.strips[i].places {
			if id, ok := strings.CutPrefix(at.name, "s-"); ok {
				_, s, err := ps.job.event.Session(id)
				return err == nil && (s.Kind.Pause() || s.Status == agenda.Cancelled || bareSession(ps.job, s))
			}
		}
	}
	return false
}

// bareSession reports whether there is nothing to say under the title of s.
func bareSession(j *job, s *agenda.Session) bool {
	v := j.first()
	return !v.has(s.Abstract) && len(s.Questions)+len(s.Roles)+len(s.Talks)+len(s.Parts)+len(s.Links) == 0
}

// checkSessions checks where sessions are parted: short ones nowhere, and
// others with a beginning and an end that are worth a page.
func checkSessions(t *testing.T, ps *pages) {
	t.Helper()
	const short, tail = 0.22, 3 // of a page; lines
	type part struct {
		page, lines int
		height      float64
	}
	parts, order, current := map[string][]part{}, []string{}, ""
	for n, p := range ps.list {
		lines := map[int]int{}
		for _, l := range placed(p) {
			lines[l.strip] = 1
		}
		for i, s := range p.strips {
			for _, at := range s.places {
				current = ""
				if strings.HasPrefix(at.name, "s-") {
					current = at.name
					order = append(order, current)
				}
			}
			if s.head != "" && len(s.places) == 0 || current == "" {
				current = ""
				continue
			}
			of := parts[current]
			if len(of) == 0 || of[len(of)-1].page != n {
				of = append(of, part{page: n})
			}
			of[len(of)-1].lines += lines[i]
			of[len(of)-1].height += s.height + s.before
			parts[current] = of
		}
	}
	if len(order) == 0 {
		t.Error("got no sessions")
	}
	for _, name := range order {
		of := parts[name]
		whole := 0.0
		for _, p := range of {
			whole += p.height
		}
		if len(of) < 2 {
			continue
		}
		if whole < short*ps.job.design.height() {
			t.Errorf("session %s is parted between pages %d and %d, want it whole", name, of[0].page+1, of[1].page+1)
		}
		if first, last := of[0], of[len(of)-1]; first.lines < tail || last.lines < tail {
			t.Errorf("session %s is parted into %d lines on page %d and %d lines on page %d", name, first.lines, first.page+1, last.lines, last.page+1)
		}
	}
}
