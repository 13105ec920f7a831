package programme

import (
	"strings"
	"testing"

	"tamada/pkg/agenda"
)

// firstText returns what is written on the first strips of a page.
func firstText(p page, strips int) string {
	var b strings.Builder
	for _, s := range p.strips[:min(strips, len(p.strips))] {
		b.WriteString(textOf(s))
	}
	return b.String()
}

// A table that goes on on another page shows the heads of its columns again,
// as decoration to those who listen.
func TestTablesRepeatTheirHeads(t *testing.T) {
	ps := laidOut(t, large(t, 400), Options{Document: Agenda})
	if len(ps.list) < 8 {
		t.Fatalf("got %d pages, want a long agenda", len(ps.list))
	}
	checkPages(t, ps)
	repeated := 0
	for i, p := range ps.list[1:] {
		text := firstText(p, 3)
		if !strings.Contains(text, "Time") {
			t.Errorf("page %d begins with %q, want the heads of the columns", i+2, text)
		}
		if m := p.strips[0].marks[0]; m.element == nil {
			repeated++
		}
	}
	if repeated == 0 {
		t.Error("got no repeated heads, want some")
	}
}

// Contents that go on name the day again.
func TestContentsRepeatTheDay(t *testing.T) {
	ps := laidOut(t, large(t, 400), Options{})
	checkPages(t, ps)
	for i, p := range ps.list[2:5] {
		if text := firstText(p, 1); !strings.Contains(text, "January") {
			t.Errorf("page %d begins with %q, want a day", i+3, text)
		}
	}
}

// The annotated agenda of one day gives its date once.
func TestAnnotatedGivesTheDateOnce(t *testing.T) {
	text := allText(laidOut(t, bureau(t), Options{Document: Annotated}))
	if n := strings.Count(text, "29March2021"); n != 1 {
		t.Errorf("got the date %d times, want once", n)
	}
}

// What changed of the meeting says how it is and was, where that is short.
func TestChangesOfTheMeeting(t *testing.T) {
	now := conference(t)
	old := copyOf(t, now)
	old.Format, old.Zone = agenda.Hybrid, "Europe/Paris"
	old.Venue.Name = en("Ministry of Justice")
	old.Information = en("None yet.")
	old.Theme = en(strings.Repeat("A very long theme. ", 20))
	text := allText(laidOut(t, now, Options{Document: Changes, Since: 1, Previous: old}))
	for _, want := range []string{
		"Format·Inperson·before:Hybrid",
		"Timezone·Tbilisitime(GMT+4)·before:Paristime(GMT+2)",
		"Venue·HouseofJustice,2SanapiroStreet,Tbilisi·before:MinistryofJustice,2SanapiroStreet,Tbilisi",
		"Theme·FosteringpeerexchangeandlearningintheEuropeanRegion",
		"Practicalinformation",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("got %q, want %q in it", text, want)
		}
	}
	if strings.Contains(text, "Averylongtheme") {
		t.Error("got a long theme, want it left out")
	}
}
