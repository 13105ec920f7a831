package agenda

import (
	"errors"
	"testing"
)

func TestParseTime(t *testing.T) {
	for _, tt := range []struct {
		in, out    string // out is the canonical form; empty for an error
		start, end Clock
	}{
		{"10:00-10:15", "10:00-10:15", 600, 615},
		{"9:05 – 9:10", "09:05-09:10", 545, 550},
		{"10:00", "10:00", 600, 0},
		{"10:00 +15", "10:00 +15", 600, 0},
		{"+15", "+15", 0, 0},
		{"ca. 11:00-12:15", "ca. 11:00-12:15", 660, 735},
		{"22:30-00:30", "22:30-00:30", 1350, 1470},
		{"+1 00:30-01:30", "+1 00:30-01:30", 1470, 1530},
		{"+1 23:30-00:30", "+1 23:30-00:30", 2850, 2910},
		{"00:00-24:00", "00:00-24:00", 0, 1440},
		{"22:00-24:00", "22:00-00:00", 1320, 1440},
		{"10:00-10:00", "10:00-10:00", 600, 600},
		{"all-day", "all-day", 0, 0},
		{"ca. morning", "ca. morning", 0, 0},
		{"10:00-09:00", "", 0, 0},
		{"24:00", "", 0, 0},
		{"10:60", "", 0, 0},
		{"10", "", 0, 0},
		{"ca.", "", 0, 0},
		{"+1441", "", 0, 0},
		{"10:00-25:00", "", 0, 0},
		{"noonish", "", 0, 0},
	} {
		got, err := ParseTime(tt.in)
		if tt.out == "" {
			if !errors.Is(err, ErrTime) {
				t.Errorf("ParseTime(%q): got %v, %v, want ErrTime", tt.in, got, err)
			}
			continue
		}
		if err != nil || got.String() != tt.out || got.Start != tt.start || got.End != tt.end {
			t.Errorf("ParseTime(%q): got %q from %d to %d, %v; want %q from %d to %d",
				tt.in, got, got.Start, got.End, err, tt.out, tt.start, tt.end)
		}
	}
}

// FuzzParseTime holds that a time that is read is written as it reads.
func FuzzParseTime(f *testing.F) {
	for _, s := range []string{"10:00-10:15", "ca. 22:30-00:30", "+1 00:30", "+15", "all-day", "10:00 +1440", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		first, err := ParseTime(s)
		if err != nil {
			return
		}
		again, err := ParseTime(first.String())
		if err != nil || again != first {
			t.Errorf("%q reads as %+v, %q as %+v, %v", s, first, first, again, err)
		}
	})
}

func TestDate(t *testing.T) {
	d, err := ParseDate("2024-02-28")
	if err != nil {
		t.Fatal(err)
	}
	if got := d.AddDays(2).String(); got != "2024-03-01" {
		t.Errorf("two days after %v: got %s, want 2024-03-01", d, got)
	}
	if got := d.AddDays(366).Sub(d); got != 366 {
		t.Errorf("got %d days, want 366", got)
	}
	for _, bad := range []string{"2023-02-29", "28.2.2024", "", "2024-2-8"} {
		if _, err := ParseDate(bad); err == nil {
			t.Errorf("ParseDate(%q): got no error", bad)
		}
	}
}
