package agenda

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// clashesOf writes the clashes of e down, one a line.
func clashesOf(e *Event) string {
	var lines []string
	for _, c := range e.Clashes() {
		line := fmt.Sprintf("%s %s%s", c.Kind, c.Room, c.Person)
		if c.A.Session != nil {
			line += " " + c.A.Session.Title["en"]
		}
		switch {
		case c.Over > 0:
			line += fmt.Sprintf(" +%d", c.Over)
		case c.B.Session != nil:
			line += "/" + c.B.Session.Title["en"]
		default:
			line += "/" + c.B.Day.Date.String()
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

func TestClashes(t *testing.T) {
	nino := Role{As: []RoleName{Moderator}, Person: "nino", Status: RoleConfirmed}
	oecd := Role{As: []RoleName{Host}, Organisation: Text{"en": "OECD"}, Status: RoleConfirmed}
	for _, tt := range []struct {
		name string
		edit func(e *Event)
		want string
	}{
		{"none", func(*Event) {}, ""},
		{"touching is no clash", func(e *Event) { e.Days[0].Sessions[1].Time.Start = 660 }, ""},
		{"room", func(e *Event) { e.Days[0].Sessions[1].Rooms = []string{"annex", "hall"} }, "room hall a/b"},
		{"cancelled", func(e *Event) {
			e.Days[0].Sessions[1].Rooms, e.Days[0].Sessions[1].Status = []string{"hall"}, Cancelled
		}, ""},
		{"buffer", func(e *Event) { e.Days[0].Sessions[1].Rooms, e.Days[0].Sessions[1].Kind = []string{"hall"}, Buffer }, ""},
		{"person in any role", func(e *Event) {
			e.Days[0].Sessions[0].Roles = []Role{nino}
			e.Days[0].Sessions[1].Talks = []Talk{{Roles: []Role{nino}}}
		}, "person nino a/b"},
		{"organisations never", func(e *Event) {
			e.Days[0].Sessions[0].Roles, e.Days[0].Sessions[1].Roles = []Role{oecd}, []Role{oecd}
		}, ""},
		{"two tables at once", func(e *Event) {
			e.Days[0].Sessions[0].Parts = []Part{{Roles: []Role{nino}, Room: "annex"}, {Roles: []Role{nino}, Room: "hall"}}
			e.Days[0].Sessions[0].Roles = []Role{nino}
			e.Days[0].Sessions[1].Rooms = nil
		}, "person nino a/a"},
		{"talks too long", func(e *Event) { e.Days[0].Sessions[0].Talks = []Talk{{Minutes: 50}, {Minutes: 20}} }, "talks  a +10"},
		{"belongs to the next day", func(e *Event) {
			e.Days[1].Sessions = dayOf(t, "08:00-09:00|hall|c").Sessions
			e.Days[0].Sessions[1].Time, _ = ParseTime("+1 09:30-10:00")
		}, "day  b/2026-11-24"},
		{"the night is its own", func(e *Event) {
			e.Days[1].Sessions = dayOf(t, "08:00-09:00|hall|c").Sessions
			e.Days[0].Sessions[1].Time, _ = ParseTime("22:30-01:30")
		}, ""},
		{"across days", func(e *Event) {
			e.Days[1].Sessions = dayOf(t, "00:30-02:00|annex|c").Sessions
			e.Days[0].Sessions[1].Time, _ = ParseTime("22:30-01:30")
		}, "room annex b/c"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := dayOf(t, "10:00-11:00|hall|a", "10:30-11:30|annex|b")
			e := &Event{Languages: []string{"en"}, Days: []Day{*d, {Date: d.Date.AddDays(1)}}}
			tt.edit(e)
			if got := clashesOf(e); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestClashesOrder(t *testing.T) {
	e := &Event{Days: []Day{*dayOf(t, "12:00-13:00|x|c", "12:30-13:00|x|d", "10:00-11:00|y|a", "10:30-11:30|y|b")}}
	got := strings.Split(clashesOf(e), "\n")
	if want := []string{"room y a/b", "room x c/d"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
