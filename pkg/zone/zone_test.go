package zone

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tamada/pkg/agenda"
)

func TestVersion(t *testing.T) {
	if got := Version(); got < "2026f" || len(got) != 5 {
		t.Errorf("version: got %q, want 2026f or newer", got)
	}
}

func TestEveryNameLoads(t *testing.T) {
	names := Names()
	if len(names) < 590 || !slices.IsSorted(names) {
		t.Fatalf("names: got %d, sorted %t, want 590 or more in order", len(names), slices.IsSorted(names))
	}
	for _, name := range names {
		loc, err := Load(name)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		} else if loc.String() != name {
			t.Errorf("%s: got location %s, want the same name", name, loc)
		}
	}
	for _, name := range []string{"UTC", "Europe/Paris", "Europe/Kyiv", "Asia/Calcutta", "US/Eastern", "EST5EDT"} {
		if !slices.Contains(names, name) {
			t.Errorf("%s: not among the names", name)
		}
	}
}

func TestLoadUnknown(t *testing.T) {
	tests := []struct{ name, advice string }{
		{"", "write one like Europe/Paris"},
		{"Local", "not a time zone"},
		{"localtime", "not a time zone"},
		{"version", "not a time zone"},
		{"links", "not a time zone"},
		{"../../etc/passwd", "write one like Europe/Paris"},
		{"/usr/share/zoneinfo/Europe/Paris", "write one like Europe/Paris"},
		{"Europe/Pariss", "did you mean Europe/Paris?"},
		{"europe/paris", "did you mean Europe/Paris?"},
		{"Tbilisi", "did you mean Asia/Tbilisi?"},
		{"new york", "did you mean America/New_York?"},
		{"Asia/Tiblisi", "did you mean Asia/Tbilisi?"},
		{strings.Repeat("Ü", 1<<16), "…"},
	}
	for _, test := range tests {
		loc, err := Load(test.name)
		if loc != nil || !errors.Is(err, ErrUnknown) || !strings.Contains(err.Error(), test.advice) {
			t.Errorf("%.40q: got %v, %v, want ErrUnknown with %q", test.name, loc, err, test.advice)
		}
		if err != nil && len(err.Error()) > 250 {
			t.Errorf("%.40q: got an error of %d bytes, want a short one", test.name, len(err.Error()))
		}
	}
}

func TestLoadShares(t *testing.T) {
	got := make([]*time.Location, 32)
	var wg sync.WaitGroup
	for i := range got {
		wg.Go(func() { got[i], _ = Load("Antarctica/Troll") })
	}
	wg.Wait()
	for _, loc := range got {
		if loc == nil || loc != got[0] {
			t.Fatalf("got %p and %p, want one shared location", loc, got[0])
		}
	}
}

func TestAt(t *testing.T) {
	tests := []struct {
		zone, date, clock string
		want              string
		fold              Fold
	}{
		{"UTC", "2026-12-01", "00:00", "2026-12-01T00:00:00Z", Regular},
		{"Europe/Paris", "2021-03-29", "10:00", "2021-03-29T10:00:00+02:00", Regular},
		// Rules that changed lately.
		{"Africa/Casablanca", "2026-12-01", "09:00", "2026-12-01T09:00:00Z", Regular},
		{"Asia/Almaty", "2024-02-29", "09:00", "2024-02-29T09:00:00+06:00", Regular},
		{"Asia/Almaty", "2024-03-01", "09:00", "2024-03-01T09:00:00+05:00", Regular},
		{"Asia/Almaty", "2024-02-29", "23:30", "2024-02-29T23:30:00+06:00", Repeated},
		// An ordinary spring and autumn.
		{"Europe/Paris", "2021-03-28", "01:59", "2021-03-28T01:59:00+01:00", Regular},
		{"Europe/Paris", "2021-03-28", "02:00", "2021-03-28T03:00:00+02:00", Skipped},
		{"Europe/Paris", "2021-03-28", "02:30", "2021-03-28T03:30:00+02:00", Skipped},
		{"Europe/Paris", "2021-03-28", "03:00", "2021-03-28T03:00:00+02:00", Regular},
		{"Europe/Paris", "2021-10-31", "01:59", "2021-10-31T01:59:00+02:00", Regular},
		{"Europe/Paris", "2021-10-31", "02:00", "2021-10-31T02:00:00+02:00", Repeated},
		{"Europe/Paris", "2021-10-31", "02:59", "2021-10-31T02:59:00+02:00", Repeated},
		{"Europe/Paris", "2021-10-31", "03:00", "2021-10-31T03:00:00+01:00", Regular},
		{"America/New_York", "2026-11-01", "01:30", "2026-11-01T01:30:00-04:00", Repeated},
		{"America/New_York", "2026-03-08", "02:30", "2026-03-08T03:30:00-04:00", Skipped},
		// Half an hour on Lord Howe Island.
		{"Australia/Lord_Howe", "2025-10-05", "02:15", "2025-10-05T02:45:00+11:00", Skipped},
		{"Australia/Lord_Howe", "2025-04-06", "01:45", "2025-04-06T01:45:00+11:00", Repeated},
		// No midnight in Beirut and Cairo.
		{"Asia/Beirut", "2024-03-31", "00:00", "2024-03-31T01:00:00+03:00", Skipped},
		{"Africa/Cairo", "2024-04-26", "00:30", "2024-04-26T01:30:00+03:00", Skipped},
		// After midnight of the day before.
		{"Europe/Paris", "2021-12-31", "24:30", "2022-01-01T00:30:00+01:00", Regular},
		{"Asia/Beirut", "2024-03-30", "24:15", "2024-03-31T01:15:00+03:00", Skipped},
		{"Europe/Paris", "2021-03-27", "26:30", "2021-03-28T03:30:00+02:00", Skipped},
		// A whole day that did not exist in Samoa.
		{"Pacific/Apia", "2011-12-30", "10:00", "2011-12-31T10:00:00+14:00", Skipped},
		{"Pacific/Apia", "2011-12-31", "10:00", "2011-12-31T10:00:00+14:00", Regular},
		{"Pacific/Apia", "2011-12-29", "10:00", "2011-12-29T10:00:00-10:00", Regular},
		{"Asia/Kathmandu", "2026-06-01", "09:00", "2026-06-01T09:00:00+05:45", Regular},
	}
	for _, test := range tests {
		loc, err := Load(test.zone)
		if err != nil {
			t.Fatal(err)
		}
		got, fold := At(loc, date(t, test.date), clock(t, test.clock))
		if got.Format(time.RFC3339) != test.want || fold != test.fold {
			t.Errorf("%s %s %s: got %s %s, want %s %s", test.zone, test.date, test.clock,
				got.Format(time.RFC3339), fold, test.want, test.fold)
		}
	}
}

// Whatever the zone and the minute, a time that is not skipped shows the clock that was
// asked for, and the first of a repeated one is the earlier.
func TestAtShowsTheClock(t *testing.T) {
	for _, name := range []string{
		"UTC", "Europe/Dublin", "Africa/Casablanca", "Asia/Tehran", "Australia/Lord_Howe",
		"America/Nuuk", "Pacific/Chatham", "Antarctica/Troll", "Asia/Almaty", "America/Santiago",
	} {
		loc, err := Load(name)
		if err != nil {
			t.Fatal(err)
		}
		day := agenda.Date{Year: 2024, Month: time.January, Day: 1}
		for n := range 400 {
			d := day.AddDays(n)
			for c := agenda.Clock(0); c < 2*agenda.MinutesPerDay; c += 15 {
				checkAt(t, loc, d, c)
			}
		}
	}
}

func checkAt(t *testing.T, loc *time.Location, d agenda.Date, c agenda.Clock) {
	t.Helper()
	got, fold := At(loc, d, c)
	shown := d.AddDays(int(c)/agenda.MinutesPerDay).String() + " " + c.String()
	if same := got.Format("2006-01-02 15:04") == shown; same == (fold == Skipped) {
		t.Fatalf("%s %s: got %s, %s", loc, shown, got, fold)
	}
	if before := got.Add(-time.Hour); fold == Repeated && before.Format("2006-01-02 15:04") == shown {
		t.Fatalf("%s %s: got %s, want the first", loc, shown, got)
	}
}

func date(t *testing.T, s string) agenda.Date {
	t.Helper()
	d, err := agenda.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// clock reads "26:30", which is 02:30 of the next day.
func clock(t *testing.T, s string) agenda.Clock {
	t.Helper()
	tens := func(i int) agenda.Clock { return agenda.Clock(s[i]-'0')*10 + agenda.Clock(s[i+1]-'0') }
	return tens(0)*60 + tens(3)
}

func BenchmarkAt(b *testing.B) {
	loc, err := Load("Europe/Paris")
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		At(loc, agenda.Date{Year: 2021, Month: time.March, Day: 29}, 600)
	}
}
