package interchange

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange/block"
	"tamada/pkg/interchange/phrase"
)

// An expectation is what a careful reader finds in one document.
type expectation struct {
	file     string
	near     agenda.Date
	count    int
	sessions []expected
}

// An expected session: its day, its beginning, and the beginning of its title.
type expected struct{ day, start, title string }

// expectations reads testdata/expected.txt.
func expectations(t *testing.T) []expectation {
	t.Helper()
	var list []expectation
	for _, line := range strings.Split(strings.TrimSpace(string(read(t, "testdata/expected.txt"))), "\n") {
		switch fields := strings.SplitN(line, " ", 4); {
		case strings.HasPrefix(line, "#"):
		case fields[0] == "==":
			near, err := agenda.ParseDate(fields[2])
			if err != nil {
				t.Fatal(err)
			}
			count, err := strconv.Atoi(fields[3])
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, expectation{file: fields[1], near: near, count: count})
		default:
			fields = strings.SplitN(line, " ", 3)
			e := &list[len(list)-1]
			e.sessions = append(e.sessions, expected{fields[0], strings.TrimPrefix(fields[1], "-"), fields[2]})
		}
	}
	return list
}

// TestReadPlain reads every real agenda and counts the sessions that a careful
// reader finds, with the right day and beginning, and those that nobody does.
func TestReadPlain(t *testing.T) {
	total, found, invented := 0, 0, 0
	for _, e := range expectations(t) {
		r, err := ReadPlain(read(t, shared(t, "data", "agenda", e.file)), ReadOptions{Near: e.near})
		if err != nil {
			t.Errorf("%s: %v", e.file, err)
			continue
		}
		if err := r.Draft.Validate(); err != nil {
			t.Errorf("%s: got a draft that is not valid: %v", e.file, err)
		}
		hits, misses, extra := match(t, e, r.Draft.Event)
		t.Logf("%-50s expected %3d, found %3d, invented %d", e.file, e.count, hits, extra)
		for _, m := range misses {
			t.Logf("   not found: %s %s %s", m.day, m.start, m.title)
		}
		total, found, invented = total+e.count, found+hits, invented+extra
		if 10*hits < 9*e.count || extra > 0 {
			t.Errorf("%s: got %d of %d sessions and %d others, want nine in ten and no others", e.file, hits, e.count, extra)
		}
	}
	t.Logf("all: %d of %d, invented %d", found, total, invented)
	if 10*found < 9*total || invented > 0 {
		t.Errorf("got %d of %d sessions and %d others, want nine in ten and no others", found, total, invented)
	}
}

// match finds the expected sessions in event, each once.
func match(t *testing.T, e expectation, event *agenda.Event) (hits int, misses []expected, extra int) {
	t.Helper()
	type got struct {
		day, start, title string
		used              bool
	}
	var all []*got
	for i := range event.Days {
		for _, slot := range event.Days[i].Slots() {
			g := &got{day: event.Days[i].Date.String(), title: phrase.Fold(event.Main(slot.Session.Title))}
			if slot.HasStart {
				g.start = slot.Start.String()
			}
			all = append(all, g)
		}
	}
	for _, want := range e.sessions {
		hit := false
		for _, g := range all {
			if !g.used && g.day == want.day && g.start == want.start && alike(g.title, phrase.Fold(want.title)) {
				g.used, hit = true, true
				break
			}
		}
		if hit {
			hits++
		} else {
			misses = append(misses, want)
		}
	}
	for _, g := range all {
		if !g.used {
			extra++
			t.Logf("   %s: nobody expected %s %s %s", e.file, g.day, g.start, g.title)
		}
	}
	return hits, misses, extra
}

// alike reports whether a title begins as expected, dashes and quotes aside.
func alike(got, want string) bool {
	plain := func(s string) string {
		return strings.Join(strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" -:.,\"'“”", r) }), " ")
	}
	return strings.HasPrefix(plain(got), plain(want))
}

// TestReadPlainLosesNothing looks for every word of every agenda in what was
// made of it.
func TestReadPlainLosesNothing(t *testing.T) {
	files, err := filepath.Glob(shared(t, "data", "agenda", "*"))
	if err != nil {
		t.Fatal(err)
	}
	seeds, err := filepath.Glob(shared(t, "seeds", "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range append(files, seeds...) {
		source := read(t, file)
		blocks, err := block.Read(source)
		if err != nil {
			t.Fatal(err)
		}
		r, err := ReadPlain(source, ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		kept := everything(r)
		for i := range blocks {
			if blocks[i].Kind == block.Field || blocks[i].Header {
				continue // keys and names of columns became fields
			}
			_, zoned := phrase.FindZone(blocks[i].Text)
			for _, word := range strings.FieldsFunc(blocks[i].Text, func(r rune) bool { return strings.ContainsRune(" \t:;,.–—-|()[]<>/\"'*_?!+~", r) }) {
				if len(word) > 3 && !isNumber(word) && !kept[phrase.Fold(word)] && !timeWord(word) && !zoned {
					t.Errorf("%s, line %d: %q is lost", filepath.Base(file), blocks[i].Line, word)
				}
			}
		}
	}
}

// everything returns the words of a result.
func everything(r *Result) map[string]bool {
	kept := map[string]bool{}
	add := func(s string) {
		for _, word := range strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" \t\n:;,.–—-|()[]<>/\"'*_?!+~", r) }) {
			kept[phrase.Fold(word)] = true
		}
	}
	text := func(texts ...agenda.Text) {
		for _, t := range texts {
			for _, s := range t {
				add(s)
			}
		}
	}
	roles := func(list []agenda.Role) {
		for _, r := range list {
			text(r.Label, r.Organisation, r.Words)
			add(r.Country)
			for _, as := range r.As {
				add(string(as))
			}
		}
	}
	e := r.Draft.Event
	text(e.Title, e.Theme, e.Approach, e.Information)
	if e.Series != nil {
		text(e.Series.Title)
	}
	if e.Online != nil {
		text(e.Online.Platform)
	}
	if e.Venue != nil {
		text(e.Venue.Name, e.Venue.Address, e.Venue.City)
	}
	for _, o := range e.Organisers {
		text(o.Name)
	}
	for _, room := range e.Rooms {
		text(room.Name)
	}
	for _, p := range e.People {
		text(p.Name, p.Honorific, p.Organisation)
		text(p.Posts...)
	}
	for d, s := range e.Sessions() {
		text(d.Title, s.Title, s.Abstract)
		text(s.Questions...)
		roles(s.Roles)
		add(string(s.Status))
		for _, l := range s.Links {
			add(l.URL)
		}
		for _, talk := range s.Talks {
			text(talk.Title, talk.Abstract)
			roles(talk.Roles)
			for _, l := range talk.Links {
				add(l.URL)
			}
		}
	}
	for _, line := range r.Unplaced {
		add(line)
	}
	for _, note := range r.Draft.Backstage {
		text(note.Notes)
	}
	for _, remark := range r.Remarks {
		add(remark.Source)
	}
	return kept
}

// isNumber reports whether s is digits, perhaps with an ending: "17th", "00am".
func isNumber(s string) bool {
	return len(strings.TrimLeft(strings.TrimLeft(s, "0123456789"), "hH")) <= 2 && s[0] >= '0' && s[0] <= '9'
}

// timeWord reports whether a word is part of a date, a time, a length, or the
// label of what became a field of the draft.
func timeWord(s string) bool {
	if _, ok := phrase.FindDate(s + " 1"); ok {
		return true
	}
	if d, _ := phrase.FindDate("اليوم " + s); d.Number > 0 {
		return true
	}
	if minutes, _ := phrase.Minutes("1 " + s); minutes > 0 {
		return true
	}
	if phrase.FieldOf(s) != phrase.NoField || phrase.RolesIn(s) != nil {
		return true
	}
	if _, cancelled := phrase.CutCancelled("x [" + s + "]"); cancelled || s == "with" {
		return true
	}
	_, rest, timed := phrase.LeadingTime("10:00 " + s)
	return timed && rest == ""
}

func TestReadPlainSeeds(t *testing.T) {
	seeds, err := filepath.Glob(shared(t, "seeds", "*.txt"))
	if err != nil || len(seeds) < 5 {
		t.Fatalf("got seeds %v, %v, want five", seeds, err)
	}
	b, err := os.ReadFile(seeds[2])
	if err != nil {
		t.Fatal(err)
	}
	r, err := ReadPlain(b, ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	e := r.Draft.Event
	if got := e.Main(e.Title); got != "First Bureau Meeting 2021" {
		t.Errorf("title: got %q, want First Bureau Meeting 2021", got)
	}
	if e.Format != agenda.OnlineFormat || e.Online == nil || e.Main(e.Online.Platform) != "Microsoft Teams" || e.Main(e.Approach) != "Round Table Free-Flow Discussion" {
		t.Errorf("format: got %s %v %v, want online, Microsoft Teams, Round Table Free-Flow Discussion", e.Format, e.Online, e.Approach)
	}
	checkSessions(t, e, []string{
		"10:00-10:15 opening Introduction [marco-daglio:speaker+moderator]",
		"10:15-10:40 other Topic 1: Driving public sector innovation in service design and delivery ??? [marco-daglio:moderator]",
		"10:45-11:10 other Topic 2: Fortifying citizen engagement and people-driven approaches in service design and delivery ??? [alessandro-bellantoni:moderator]",
		"11:15-11:40 other Topic 3: Integrating digital technologies and data-driven approaches into service design and delivery ???? [barbara-ubaldi:moderator]",
		"11:45-12:00 closing Conclusion [marco-daglio:speaker+moderator]",
	})
	daglio, err := e.Person("marco-daglio")
	if err != nil {
		t.Fatal(err)
	}
	if len(daglio.Posts) != 2 || e.Main(daglio.Posts[0]) != "Acting Head of Open and Innovative Government Division" || e.Main(daglio.Organisation) != "Directorate for Public Governance, OECD" {
		t.Errorf("posts of Marco Daglio: got %v at %v, want two at Directorate for Public Governance, OECD", daglio.Posts, daglio.Organisation)
	}
	if len(r.Remarks) > 2 {
		t.Errorf("remarks: got %v, want hardly any", r.Remarks)
	}
}

func TestReadPlainNorwegianSeed(t *testing.T) {
	seeds, err := filepath.Glob(shared(t, "seeds", "*.txt"))
	if err != nil || len(seeds) < 5 {
		t.Fatalf("got seeds %v, %v, want five", seeds, err)
	}
	r, err := ReadPlain(read(t, seeds[4]), ReadOptions{Near: agenda.Date{Year: 2018, Month: 11, Day: 5}})
	if err != nil {
		t.Fatal(err)
	}
	e := r.Draft.Event
	if e.Zone != "Europe/Oslo" || e.Languages[0] != "nb" {
		t.Errorf("got zone %s and language %v, want Europe/Oslo and nb", e.Zone, e.Languages)
	}
	checkSessions(t, e, []string{
		"09:00 opening Velkommen og målet med seminaret [paul-chaffey:speaker]",
		"09:15 other Hva skal skje i dag?",
		"09:30 presentation Hva har skjedd fram til nå med handlingsplan nummer fire og orientering om OGP-rådet [KMD:speaker]",
		"09:45 other Det sivile samfunn og departementene presenterer sine forslag til forpliktelser i den fjerde handlingsplanen",
		"10:15 discussion Diskusjon rundt forslagene",
		"10:40 break Pause",
		"ca. 11:00-12:15 discussion Diskusjon om departementenes og det sivile samfunns forslag til forpliktelser",
		"12:15 presentation Orientering om den videre prosessen med handlingsplanen og hvem som vil bli involvert i den, herunder ferdigstilling, iverksetting, og evaluering [KMD:speaker]",
		"12:30 closing Lykke til videre",
	})
}

// checkSessions compares the sessions of e, each as a line: time, kind, title,
// a "?" for each question, who does what.
func checkSessions(t *testing.T, e *agenda.Event, want []string) {
	t.Helper()
	var got []string
	for _, s := range e.Sessions() {
		line := s.Time.String() + " " + string(s.Kind) + " " + e.Main(s.Title)
		if n := len(s.Questions); n > 0 {
			line += " " + strings.Repeat("?", n)
		}
		for _, r := range s.Roles {
			var as []string
			for _, name := range r.As {
				as = append(as, string(name))
			}
			line += " [" + r.Person + e.Main(r.Organisation) + e.Main(r.Words) + r.Country + ":" + strings.Join(as, "+") + "]"
		}
		got = append(got, strings.TrimSpace(line))
	}
	for i := range max(len(got), len(want)) {
		switch {
		case i >= len(got):
			t.Errorf("session %d: got none, want %s", i+1, want[i])
		case i >= len(want):
			t.Errorf("session %d: got %s, want none", i+1, got[i])
		case got[i] != want[i]:
			t.Errorf("session %d:\n got %s\nwant %s", i+1, got[i], want[i])
		}
	}
}
