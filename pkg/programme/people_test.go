package programme

import (
	"slices"
	"testing"

	"tamada/pkg/agenda"
)

// indexed returns a job for e, with nothing laid out.
func indexed(t testing.TB, e *agenda.Event, o Options) *job {
	t.Helper()
	return laidOut(t, e, o).job
}

func TestWhoIsWho(t *testing.T) {
	var got []string
	for _, g := range indexed(t, conference(t), Options{}).whoIsWho() {
		got = append(got, "["+g.country+"]")
		for _, p := range g.people {
			got = append(got, p.name)
		}
	}
	want := []string{"[FR]", "Thierry Mandon", "[GE]", "Irakli Gharibashvili", "Thea Tsulukiani", "[NO]", "Paul Chaffey", "[]", "Alonso Cerdan"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// A person is listed once with each session, whatever they do in it; people
// without a role and those of cancelled sessions are not.
func TestWhoIsWhoCountsSessionsOnce(t *testing.T) {
	e := bureau(t)
	e.People = append(e.People, agenda.Person{Key: "idle", Name: en("Nobody Here")})
	first := &e.Days[0].Sessions[0]
	first.Roles = append(first.Roles, role("daglio", agenda.Chair))
	e.Days[0].Sessions[2].Status = agenda.Cancelled
	groups := indexed(t, e, Options{}).whoIsWho()
	if len(groups) != 1 || len(groups[0].people) != 2 {
		t.Fatalf("got %+v, want one group of two people", groups)
	}
	if p := groups[0].people[1]; p.name != "Marco Daglio" || len(p.sessions) != 3 {
		t.Errorf("got %s in %d sessions, want Marco Daglio in 3", p.name, len(p.sessions))
	}
}

func TestCast(t *testing.T) {
	roles := []agenda.Role{
		role("a", agenda.Panellist), role("b", agenda.Panellist), role("c", agenda.Moderator),
		{As: []agenda.RoleName{agenda.Moderator}, Label: en("Host of the evening")},
	}
	var sizes []int
	for _, c := range castOf(roles) {
		sizes = append(sizes, len(c.roles))
	}
	if want := []int{2, 1, 1}; !slices.Equal(sizes, want) {
		t.Errorf("got %v, want %v", sizes, want)
	}
}
