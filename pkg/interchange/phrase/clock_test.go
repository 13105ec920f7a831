package phrase

import (
	"fmt"
	"testing"
)

func TestLeadingTime(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"10:00-10:15 Introduction", "10:00-10:15|Introduction"},
		{"10.00 – 10.15 Talk", "10:00-10:15|Talk"},
		{"10h30–11h Table ronde", "10:30-11:00|Table ronde"},
		{"9h30 Accueil", "09:30|Accueil"},
		{"0830-0900 Reception", "08:30-09:00|Reception"},
		{"3:00 - 4:30 pm ET", "15:00-16:30 ET|"},
		{"11:00 - 1:30 pm Lunch", "11:00-13:30|Lunch"},
		{"08:30 صباحًا : التسجيل", "08:30|التسجيل"},
		{"01:00 ظهرًا : الغداء", "13:00|الغداء"},
		{"٠٩:٠٠ – ٠٩:٣٠ التسجيل", "09:00-09:30|التسجيل"},
		{"ca. kl. 11:00 – 12:15", "ca. 11:00-12:15|"},
		{"[10:00-12:30] Session 1", "10:00-12:30|Session 1"},
		{"10:00am – 12:30pm ET - Hybrid", "10:00-12:30 ET|Hybrid"},
		{"14h - 16h", "14:00-16:00|"},
		{"15h20 às 16h30 - Debate", "15:20-16:30|Debate"},
		{"18-20:30 Meetup", "18:00-20:30|Meetup"},
		{"9–17 Uhr Messe", "09:00-17:00|Messe"},
		{"8. 16 Uhr Ende", "16:00|Ende"},
		{"13:30-15:30 - 3 ateliers", "13:30-15:30|3 ateliers"},
		{"10:00 - 3 workshops", "10:00|3 workshops"},
		{"12:05+ - GatherTown", "12:05|GatherTown"},
		{"9:00: AM", "09:00|"},
		{"20:00 PM", "20:00|"},
		{"10:00 UTC Start", "10:00 UTC|Start"},
		{"2019-2021 plan", "no"},
		{"2020-2030 agenda", "no"},
		{"1.10 Section", "no"},
		{"10.12.2019", "no"},
		{"5-10 minutes", "no"},
		{"25:00 nonsense", "no"},
		{"100:00", "no"},
		{"Talk at 10:00", "no"},
	} {
		got := "no"
		if w, rest, ok := LeadingTime(test.line); ok {
			got = w.Start.String()
			if w.HasEnd {
				got += "-" + w.End.String()
			}
			if w.Approximate {
				got = "ca. " + got
			}
			if w.Zone != "" {
				got += " " + w.Zone
			}
			got += "|" + rest
		}
		if got != test.want {
			t.Errorf("%q: got %s, want %s", test.line, got, test.want)
		}
	}
}

func TestFindTime(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"29 March 2021, Monday, 10:00-12:00 (CEST)", "10:00-12:00"},
		{"Tuesday, November 30 / 3:00 - 4:30 pm ET", "15:00-16:30"},
		{"Virtual interim - 2021-10-13 - 14:00 UTC", "14:00"},
		{"April 25th, 2024 - 2:00 PM - 4:15 PM ET", "14:00-16:15"},
		{"EIG : 9h30-18h, mentors : 14h-17h30", "09:30-18:00"},
		{"nothing", "no"},
	} {
		got := "no"
		if m, ok := FindTime(test.line); ok {
			got = m.Start.String()
			if m.HasEnd {
				got += "-" + m.End.String()
			}
		}
		if got != test.want {
			t.Errorf("%q: got %s, want %s", test.line, got, test.want)
		}
	}
}

func TestMinutes(t *testing.T) {
	for _, test := range []struct {
		line string
		want int
		rest string
	}{
		{"Overview (JRC) - 15 minutes", 15, "Overview (JRC)"},
		{"Administrivia (5 min)", 5, "Administrivia"},
		{"~15 minutes", 15, ""},
		{"2 min - Blue sheets", 2, "Blue sheets"},
		{"LUNCH (30 minutes, provisional)", 30, "LUNCH (30 minutes, provisional)"},
		{"Talk (10)", 10, "Talk"},
		{"Доклад (20 мин)", 20, "Доклад"},
		{"عرض (7 دقائق)", 7, "عرض"},
		{"Room 15", 0, "Room 15"},
		{"COVID (19)", 0, "COVID (19)"},
	} {
		if got, rest := Minutes(test.line); got != test.want || rest != test.rest {
			t.Errorf("%q: got %d %q, want %d %q", test.line, got, rest, test.want, test.rest)
		}
	}
}

func TestFindDate(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"Day 1, August 31st", "0-8-31 #1"},
		{"Monday 24th", "0-0-24 Monday"},
		{"Wednesday 22 May to Friday 24 May morning", "0-5-22 Wednesday to 5-24"},
		{"April 24-25th 2023", "2023-4-24 to 4-25"},
		{"Séminaire des 10 et 11 décembre 2020", "2020-12-10 to 12-11"},
		{"Session du 1er octobre 2020", "2020-10-1"},
		{"21 - 25 septembre", "0-9-21 to 9-25"},
		{"27. září 2019", "2019-9-27"},
		{"الأربعاء، 23 أبريل 2025", "2025-4-23 Wednesday"},
		{"اليوم الثاني : الابتكار", "0-0-0 #2"},
		{"(Day-1 – The 17th of February 2025)", "2025-2-17 #1"},
		{"Jueves 06 de noviembre", "0-11-6 Thursday"},
		{"No sábado, 5 de março de 2022", "2022-3-5 Saturday"},
		{"Monday (2023-09-11)", "2023-9-11 Monday"},
		{"10/12", "0-12-10"},
		{"понедельник, 5 марта 2024 г.", "2024-3-5 Monday"},
		{"29.03.2021", "2021-3-29"},
		{"3/29/2021", "2021-3-29"},
		{"30 February 2021", "no"},
		{"May I ask you a question", "no"},
		{"version 1.2.3", "no"},
	} {
		got := "no"
		if d, ok := FindDate(test.line); ok {
			got = fmt.Sprintf("%d-%d-%d", d.Year, d.Month, d.Day)
			if d.Named {
				got += " " + d.Weekday.String()
			}
			if d.ToDay > 0 {
				got += fmt.Sprintf(" to %d-%d", d.ToMonth, d.ToDay)
			}
			if d.Number > 0 {
				got += fmt.Sprintf(" #%d", d.Number)
			}
		}
		if got != test.want {
			t.Errorf("%q: got %s, want %s", test.line, got, test.want)
		}
	}
}

func TestFindZone(t *testing.T) {
	for line, want := range map[string]string{
		"10:00-12:00 (CEST)": "Europe/Brussels", "3 - 4:30 pm ET": "America/New_York", "Time (GMT+1)": "Etc/GMT-1", "All times UTC": "UTC",
		"zone: Asia/Tbilisi": "Asia/Tbilisi", "Brussels time": "Europe/Brussels", "2019-05-20 18:00:00 +02:00": "Etc/GMT-2",
		"PT with all": "", "get to work": "", "the best est": "", "10:00-12:00": "",
	} {
		if z, _ := FindZone(line); z.Name != want {
			t.Errorf("%q: got %q, want %q", line, z.Name, want)
		}
	}
}

// FuzzLeadingTime states that reading a time loses nothing but the time: what
// is left is the end of the line.
func FuzzLeadingTime(f *testing.F) {
	f.Add("10:00-10:15 Introduction")
	f.Add("ca. kl. ٠٩:٠٠ – 12:15 صباحا x")
	f.Fuzz(func(t *testing.T, s string) {
		w, rest, ok := LeadingTime(s)
		if !ok {
			if rest != s {
				t.Errorf("%q: got %q without a time, want all of it", s, rest)
			}
			return
		}
		if w.Start < 0 || w.Start > 24*60 || w.HasEnd && (w.End < 0 || w.End > 24*60) || len(rest) > len(s) {
			t.Errorf("%q: got %v and %q", s, w, rest)
		}
		FindDate(s)
		FindTime(s)
		Minutes(s)
		FindZone(s)
	})
}
