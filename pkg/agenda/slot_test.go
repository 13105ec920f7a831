package agenda

import (
	"fmt"
	"strings"
	"testing"
)

// dayOf returns a day from lines of "time | rooms | title", where the title
// begins with the kind if that is not plenary.
func dayOf(t *testing.T, lines ...string) *Day {
	t.Helper()
	d := &Day{Date: Date{2026, 11, 23}}
	for _, line := range lines {
		f := strings.Split(line, "|")
		when, err := ParseTime(f[0])
		if err != nil {
			t.Fatal(err)
		}
		title := strings.TrimSpace(f[2])
		s := Session{ID: DerivedID(title), Time: when, Kind: Plenary, Status: Confirmed, Title: Text{"en": title}}
		s.Rooms = strings.Fields(f[1])
		if kind, _, ok := strings.Cut(title, ":"); ok {
			s.Kind = Kind(kind)
		}
		d.Sessions = append(d.Sessions, s)
	}
	return d
}

func TestSlots(t *testing.T) {
	for _, tt := range []struct {
		name string
		day  []string
		want string
	}{
		{"start only", []string{"09:00||a", "09:15||b", "09:30||c"}, "a 09:00-09:15* b 09:15-09:30* c 09:30-?"},
		{"about", []string{"ca. 11:00-12:15||a", "12:15||b"}, "a ~11:00-12:15 b 12:15-?"},
		{"chained", []string{"10:00 +15||a", "+10||b", "+5||c"}, "a 10:00-10:15 b 10:15-10:25 c 10:25-10:30"},
		{"chained after a start", []string{"10:00||a", "+10||b", "10:30||c"}, "a 10:00-10:30* b 10:30-10:40 c 10:30-?"},
		{"own room decides", []string{"10:00|x|a", "10:10|y|b", "10:40|x|c"}, "a 10:00-10:40* b 10:10-? c 10:40-?"},
		{"roomless ends all", []string{"10:00|x|a", "10:00|y|b", "11:00||lunch"}, "a 10:00-11:00* b 10:00-11:00* lunch 11:00-?"},
		{"out of order", []string{"11:00-12:00||b", "10:00-11:00||a"}, "a 10:00-11:00 b 11:00-12:00"},
		{"past midnight", []string{"+1 00:30-01:30||b", "22:30-00:30||a"}, "a 22:30-00:30 b 00:30-01:30"},
		{"words", []string{"10:00-11:00||b", "all-day||a", "afternoon||c", "14:00-15:00||d"}, "a all-day b 10:00-11:00 c afternoon d 14:00-15:00"},
		{"open keeps its neighbour", []string{"10:00-11:00||a", "||b", "11:00-12:00||c"}, "a 10:00-11:00 b ? c 11:00-12:00"},
		{"chain without a beginning", []string{"+15||a"}, "a ?"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range dayOf(t, tt.day...).Slots() {
				got = append(got, s.Session.Title["en"]+" "+shape(s))
			}
			if got := strings.Join(got, " "); got != tt.want {
				t.Errorf("\n got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// shape writes a slot down shortly.
func shape(s Slot) string {
	switch {
	case s.Span != Open:
		return Time{Form: s.Span}.String()
	case !s.HasStart:
		return "?"
	}
	out := s.Start.String() + "-"
	if s.Approximate {
		out = "~" + out
	}
	if !s.HasEnd {
		return out + "?"
	}
	out += s.End.String()
	if s.Inferred {
		out += "*"
	}
	return out
}

func TestGaps(t *testing.T) {
	d := dayOf(t, "10:00-10:40||a", "10:40-10:45||buffer: change over", "10:45-11:10||b", "11:15-12:00||c", "11:00-11:12|x|d")
	var got []string
	for _, g := range d.Gaps() {
		got = append(got, fmt.Sprintf("%s-%s %v→%v", g.Start, g.End, g.Before.Title["en"], g.After.Title["en"]))
	}
	if want := "11:12-11:15 d→c"; strings.Join(got, ", ") != want {
		t.Errorf("got gaps %v, want %s", got, want)
	}
}

func TestTalkTimes(t *testing.T) {
	d := dayOf(t, "14:00-15:00||talks")
	talks := []Talk{{Minutes: 7}, {Minutes: 7, Status: Cancelled}, {Minutes: 8}, {}, {Minutes: 5}}
	var got []string
	for _, tt := range d.Slots()[0].TalkTimes(talks) {
		s := "?"
		if tt.HasStart {
			s = tt.Start.String()
		}
		if tt.HasEnd {
			s += "-" + tt.End.String()
		}
		got = append(got, s)
	}
	if want := "14:00-14:07 ? 14:07-14:15 14:15 ?"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}
