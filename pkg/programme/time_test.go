package programme

import (
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
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
