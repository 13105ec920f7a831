package programme

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// laidOut returns a document that is laid out and not drawn.
func laidOut(t testing.TB, e *agenda.Event, o Options) *pages {
	t.Helper()
	o, err := o.complete(e)
	if err != nil {
		t.Fatal(err)
	}
	c, err := typeset.NewComposer()
	if err != nil {
		t.Fatal(err)
	}
	ps, err := layout(context.Background(), c, e, o)
	if err != nil {
		t.Fatal(err)
	}
	return ps
}

// allText returns what is written on the pages, line by line, and with line
// breaks and spaces left out, so that broken lines can be searched.
func allText(ps *pages) string {
	var b strings.Builder
	for _, p := range ps.list {
		blocks := map[*typeset.Block]bool{}
		for _, s := range p.strips {
			for _, m := range s.marks {
				if m.block == nil || blocks[m.block] {
					continue
				}
				blocks[m.block] = true
				for _, l := range m.block.Lines {
					b.WriteString(l.Text())
				}
			}
		}
	}
	return squeeze(b.String())
}

// squeeze leaves out what line breaking changes.
func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \n\u00a0\u00ad\u200b\u202f\u2060", r) {
			return -1
		}
		return r
	}, s)
}

// checkPages checks that no text leaves its column or the page, that strips
// which are to be kept together are, as far as a page allows, and that pages
// are not overfull.
func checkPages(t *testing.T, ps *pages) {
	t.Helper()
	for n, p := range ps.list {
		y, bottom := p.top, p.size.Height-ps.job.design.bottom
		if p.bare {
			bottom = p.size.Height
		}
		for i, s := range p.strips {
			if i > 0 {
				y += s.before
			}
			for _, m := range s.marks {
				checkMark(t, n+1, p, m, y, bottom)
			}
			y += s.height
		}
		parted := slices.ContainsFunc(p.strips, func(s strip) bool { return !s.keep })
		if last := p.strips[len(p.strips)-1]; last.keep && parted && n < len(ps.list)-1 {
			t.Errorf("page %d ends with a strip that is to be kept with the next: %q", n+1, textOf(last))
		}
	}
}

// checkMark checks the place of a line of text.
func checkMark(t *testing.T, n int, p page, m mark, y, bottom float64) {
	t.Helper()
	const tolerance = 0.6
	if m.block == nil {
		return
	}
	l := m.block.Lines[m.line]
	switch {
	case l.Width > m.block.Width+tolerance:
		t.Errorf("page %d: %q is %.1f points wide, want at most %.1f", n, l.Text(), l.Width, m.block.Width)
	case m.x < -tolerance || m.x+m.block.Width > p.size.Width+tolerance:
		t.Errorf("page %d: %q reaches from %.1f to %.1f, beyond the page", n, l.Text(), m.x, m.x+m.block.Width)
	case y+m.y+l.Height > bottom+tolerance:
		t.Errorf("page %d: %q reaches down to %.1f, want at most %.1f", n, l.Text(), y+m.y+l.Height, bottom)
	}
}

func textOf(s strip) string {
	text := ""
	for _, m := range s.marks {
		if m.block != nil {
			text += m.block.Lines[m.line].Text() + " "
		}
	}
	return text
}

// names returns what a programme has to say in a voice: titles and names.
func names(ps *pages, v *voice) []string {
	var all []string
	for i := range ps.job.event.Days {
		for _, slot := range ps.job.event.Days[i].Slots() {
			all = append(all, namesOf(ps, v, slot.Session)...)
		}
	}
	return all
}

// namesOf returns the titles, names and countries of a session in the words of a voice.
func namesOf(ps *pages, v *voice, session *agenda.Session) []string {
	var all []string
	add := func(t agenda.Text) {
		s, _ := v.text(t)
		all = append(all, s)
	}
	add(session.Title)
	if session.Status == agenda.Cancelled {
		return all
	}
	for talk := range session.AllTalks() {
		add(talk.Title)
	}
	for _, p := range session.Parts {
		add(p.Title)
	}
	for r := range session.AllRoles() {
		if p := ps.job.people[r.Person]; p != nil {
			add(p.Name)
		}
		add(r.Organisation)
		add(r.Words)
		all = append(all, v.Country(r.Country))
	}
	return all
}

// timesOf returns the times of e, as a voice writes them.
func timesOf(e *agenda.Event, v *voice) []string {
	var all []string
	for i := range e.Days {
		for _, slot := range e.Days[i].Slots() {
			all = append(all, when(v.Locale, slot))
		}
	}
	return all
}

// Everything an event says is on paper.
func TestNothingIsLeftOut(t *testing.T) {
	for _, e := range append(meetings(t), bureau(t)) {
		for _, d := range []Document{Programme, Agenda, Annotated, LargePrint} {
			for _, paper := range []Paper{A4, A5} {
				ps := laidOut(t, e, Options{Document: d, Paper: paper})
				checkPages(t, ps)
				text := allText(ps)
				for _, want := range append(names(ps, ps.job.first()), timesOf(e, ps.job.first())...) {
					if !strings.Contains(text, squeeze(want)) {
						t.Errorf("%s of %s on %s: %q is missing", d, e.Slug, paper, want)
					}
				}
			}
		}
	}
}

// On random agendas, in all languages of the event and on all papers, text
// keeps to its place and nothing is lost.
func TestRandomAgendas(t *testing.T) {
	rounds := 24
	if testing.Short() {
		rounds = 6
	}
	for seed := range rounds {
		r := rand.New(rand.NewPCG(uint64(seed), 7))
		e := randomEvent(t, r)
		o := Options{
			Document:  []Document{Programme, Annotated, Agenda, LargePrint, Grid, Doors}[seed%6],
			Paper:     Papers()[r.IntN(len(Papers()))],
			Languages: []string{"en", "ar", "ka"}[r.IntN(3):][:1],
			BaseURL:   "https://meet.example.org",
		}
		if o.Document.making().bilingual && r.IntN(3) == 0 {
			o.Languages = []string{"en", "ar"}
		}
		t.Run(fmt.Sprintf("%d %s %s %v", seed, o.Document, o.Paper, o.Languages), func(t *testing.T) {
			ps := laidOut(t, e, o)
			checkPages(t, ps)
			if o.Document == Grid || o.Document == Doors {
				return
			}
			text := allText(ps)
			for _, want := range append(names(ps, ps.job.first()), timesOf(e, ps.job.first())...) {
				if !strings.Contains(text, squeeze(want)) {
					t.Errorf("%q is missing", want)
				}
			}
		})
	}
}

// vocabulary is what random texts are made of.
var vocabulary = map[string][]string{
	"en": strings.Fields("government open peer learning of the and commitments citizens’ participation procurement e-services accountability multi-stakeholder reform a for"),
	"ar": strings.Fields("الحكومة المفتوحة التعلّم بين الأقران مشاركة المواطنين من أجل خدمات (OECD) أفضل 2026 والمساءلة"),
	"ka": strings.Fields("ღია მმართველობა ურთიერთსწავლება ვალდებულებები მოქალაქეთა ჩართულობა და რეფორმა სახელმწიფო შესყიდვები"),
}

// randomText returns a text of up to so many words, in some languages.
func randomText(r *rand.Rand, most int) agenda.Text {
	t := agenda.Text{}
	for i, lang := range []string{"en", "ar", "ka"} {
		if i > 0 && r.IntN(2) == 0 {
			continue
		}
		words := make([]string, 1+r.IntN(most))
		for k := range words {
			words[k] = vocabulary[lang][r.IntN(len(vocabulary[lang]))]
		}
		t[lang] = strings.Join(words, " ")
	}
	return t
}

// randomEvent returns an event of some days with sessions of all kinds.
func randomEvent(t testing.TB, r *rand.Rand) *agenda.Event {
	e := &agenda.Event{
		Slug: "random", Title: randomText(r, 12), Theme: randomText(r, 20), Languages: []string{"en", "ar", "ka"}, Zone: "Asia/Tbilisi",
		Format: agenda.Hybrid, Information: randomText(r, 200), Release: r.IntN(3), Updated: time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC),
	}
	for i := range r.IntN(7) {
		e.Rooms = append(e.Rooms, agenda.Room{ID: fmt.Sprintf("r%d", i), Name: randomText(r, 3)})
	}
	for i := range 1 + r.IntN(20) {
		e.People = append(e.People, agenda.Person{Key: fmt.Sprintf("p%d", i), Name: randomText(r, 3), Posts: []agenda.Text{randomText(r, 14)}, Organisation: randomText(r, 6), Country: []string{"", "GE", "NO", "TN"}[r.IntN(4)]})
	}
	for d := range 1 + r.IntN(5) {
		day := agenda.Day{Date: agenda.Date{Year: 2026, Month: 11, Day: 3 + d}, Title: randomText(r, 5)}
		for range r.IntN([]int{3, 8, 24}[r.IntN(3)]) {
			day.Sessions = append(day.Sessions, randomSession(t, r, e))
		}
		e.Days = append(e.Days, day)
	}
	return identify(e)
}

func randomSession(t testing.TB, r *rand.Rand, e *agenda.Event) agenda.Session {
	kinds := agenda.Kinds()
	s := agenda.Session{
		Kind: kinds[r.IntN(len(kinds))], Title: randomText(r, 14), Status: agenda.Statuses()[min(2, r.IntN(12))],
		Time: clockTime(t, fmt.Sprintf("%02d:%02d +%d", 8+r.IntN(10), r.IntN(12)*5, 5*r.IntN(30))),
	}
	if s.Kind.Pause() {
		return s
	}
	s.Abstract = randomText(r, 120)
	for range r.IntN(3) {
		s.Questions = append(s.Questions, randomText(r, 20))
	}
	for range r.IntN(4) {
		s.Roles = append(s.Roles, role(e.People[r.IntN(len(e.People))].Key, agenda.RoleNames()[r.IntN(13)]))
	}
	if len(e.Rooms) > 0 && r.IntN(3) > 0 {
		s.Rooms = []string{e.Rooms[r.IntN(len(e.Rooms))].ID}
	}
	for range r.IntN(2) * r.IntN(6) {
		s.Talks = append(s.Talks, agenda.Talk{Title: randomText(r, 9), Minutes: 5 * r.IntN(4), Abstract: randomText(r, 30)})
	}
	for range r.IntN(2) * r.IntN(4) {
		s.Parts = append(s.Parts, agenda.Part{Title: randomText(r, 6), Abstract: randomText(r, 20)})
	}
	return s
}

// contains reports whether text, as [allText] returns it, has words in it.
func contains(text, words string) bool { return strings.Contains(text, squeeze(words)) }

// Beside each other, what is said in one language only takes the whole width;
// what is said in both keeps to its column. Lists have the commas of their
// language.
func TestTextsInOneLanguage(t *testing.T) {
	ps := laidOut(t, bureau(t), Options{Document: Annotated, Languages: []string{"en", "ar"}})
	columns := ps.job.design.width() - ps.job.design.aside - ps.job.design.gutter
	widths := map[string]float64{}
	for _, p := range ps.list {
		for _, l := range placed(p) {
			for _, begin := range []string{"The OECD Secretariat will welcome", "ترحّب أمانة", "Innovation should be", "Where have you seen"} {
				if strings.HasPrefix(l.text, begin) {
					widths[begin] = l.block.Width
				}
			}
		}
	}
	for begin, whole := range map[string]bool{"The OECD Secretariat will welcome": false, "ترحّب أمانة": false, "Innovation should be": true, "Where have you seen": true} {
		if got := widths[begin]; got == 0 || (got > 0.9*columns) != whole {
			t.Errorf("%s…: got %.0f points of %.0f, want the whole width: %v", begin, got, columns, whole)
		}
	}
	if text := allText(ps); !strings.Contains(text, "عبرالإنترنت،MicrosoftTeams") || !strings.Contains(text, "Online,MicrosoftTeams") {
		t.Errorf("got %.400q, want a comma of each language", text)
	}
}
