package programme

import (
	"strings"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/typeset"
)

func TestWhen(t *testing.T) {
	day := agenda.Day{Sessions: []agenda.Session{
		{Time: clockTime(t, "09:00-10:15")},
		{Time: clockTime(t, "10:15")},
		{Time: clockTime(t, "ca. 11:00-12:15")},
		{Time: clockTime(t, "all-day")},
		{},
	}}
	want := map[int]string{0: "09:00–10:15", 1: "10:15", 2: "ca. 11:00–12:15", 3: "All day", 4: ""}
	l := locale.For("en")
	for _, slot := range day.Slots() {
		for i := range day.Sessions {
			if slot.Session == &day.Sessions[i] {
				if got := when(l, slot); got != want[i] {
					t.Errorf("%s: got %q, want %q", day.Sessions[i].Time, got, want[i])
				}
			}
		}
	}
}

func TestTimesElsewhere(t *testing.T) {
	e := &agenda.Event{Zone: "Europe/Paris"}
	c, err := newClocks(e, []string{"Africa/Tunis", "Europe/Paris", "Asia/Tokyo", "America/Los_Angeles"})
	if err != nil {
		t.Fatal(err)
	}
	slot := agenda.Slot{Start: 18 * 60, End: 19*60 + 30, HasStart: true, HasEnd: true}
	got := c.elsewhere(locale.For("en"), agenda.Date{Year: 2021, Month: 3, Day: 29}, slot)
	want := []farTime{
		{"Tunis", "", "17:00–18:30", 17 * 60},
		{"Tokyo", "Tue 30 Mar", "01:00–02:30", 60},
		{"Los Angeles", "", "09:00–10:30", 9 * 60},
	}
	if len(got) != len(want) {
		t.Fatalf("got %d times, want %d: the event's own zone is not elsewhere", len(got), len(want))
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("got %+v, want %+v", got[i], want[i])
		}
	}
}

func TestTimesElsewhereOfUnknownZone(t *testing.T) {
	c, err := newClocks(&agenda.Event{Zone: "Mars/Base"}, []string{"Asia/Tokyo"})
	if err != nil || c.elsewhere(locale.For("en"), agenda.Date{}, agenda.Slot{HasStart: true}) != nil {
		t.Errorf("got %+v, %v, want no times elsewhere", c, err)
	}
}

func TestDatesAreUnbroken(t *testing.T) {
	for date, want := range map[string]string{
		"Wednesday 4 June 2014":       "Wednesday 4_June_2014",
		"ოთხშაბათი, 4 ივნისი, 2014":   "ოთხშაბათი, 4_ივნისი,_2014",
		"miércoles, 4 de junio, 2014": "miércoles, 4_de_junio,_2014",
		"Wednesday, June 4, 2014":     "Wednesday, June_4,_2014",
		"30 May – 2 June 2014":        "30_May_– 2_June_2014",
		"الأربعاء، 4 يونيو 2014":      "الأربعاء، 4_يونيو_2014",
		"To be announced":             "To be announced",
	} {
		if got := strings.ReplaceAll(unbroken(date), noBreak, "_"); got != want {
			t.Errorf("%s: got %q, want %q", date, got, want)
		}
	}
}

// On every paper the headings of days break before the number of the day, if
// they do.
func TestDayHeadingsBreakWell(t *testing.T) {
	for _, paper := range Papers() {
		for _, languages := range [][]string{{"ka"}, {"en", "ka"}, {"ka", "en"}} {
			ps := laidOut(t, conference(t), Options{Paper: paper, Languages: languages})
			for _, p := range ps.list {
				for _, s := range p.strips {
					for _, m := range s.marks {
						if m.block == nil || m.element == nil || m.element.tag != typeset.H2 || m.line == 0 {
							continue
						}
						if text := m.block.Lines[m.line].Text(); strings.Contains(text, "2014") && !strings.ContainsAny(text[:1], "45") {
							t.Errorf("%s in %v: a line of a date begins %q", paper, languages, text)
						}
					}
				}
			}
		}
	}
}
