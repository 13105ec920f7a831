package agendafile_test

import (
	"strings"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
)

const breaks = `people:
  daglio: {name: Marco Daglio}
days:
  - date: 2027-03-29
    sessions:
      - {time: 10:00-10:15, kind: break, title: Break}
      - {time: 11:00-12:00, title: Talks, talks: [{title: A talk}, {title: A talk}], parts: [{title: A table}]}
      - {time: 15:00-15:15, kind: break, title: Break}
`

func TestIDs(t *testing.T) {
	e := parseText(t, head+breaks).Event
	first, talks, second := e.Days[0].Sessions[0], e.Days[0].Sessions[1], e.Days[0].Sessions[2]
	ids := map[string]bool{}
	for _, id := range []string{e.ID, e.People[0].ID, first.ID, second.ID, talks.ID, talks.Talks[0].ID, talks.Talks[1].ID, talks.Parts[0].ID} {
		if !agenda.ValidID(id) || ids[id] {
			t.Errorf("id %q is not a UUID, or there twice", id)
		}
		ids[id] = true
	}
	tests := []struct {
		name, from, to string
		want           [2]string // the ids of the breaks
	}{
		{"other times", "10:00-10:15", "10:30-10:45", [2]string{first.ID, second.ID}},
		{"a translation", "title: Break}", "title: {en: Break, fr: Pause}}", [2]string{first.ID, second.ID}},
		{"another kind", "kind: break", "kind: meal", [2]string{first.ID, second.ID}},
		{"the first of them with its id", "{time: 10:00-10:15,", "{id: " + first.ID + ", time: 10:00-10:15,", [2]string{first.ID, second.ID}},
		{"the second of them with its id", "{time: 15:00-15:15,", "{id: " + second.ID + ", time: 15:00-15:15,", [2]string{first.ID, second.ID}},
		{"the second with the id of the first", "{time: 15:00-15:15,", "{id: " + first.ID + ", time: 15:00-15:15,", [2]string{second.ID, first.ID}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			e := parseText(t, strings.Replace(head+breaks, test.from, test.to, 1)).Event
			if got := [2]string{e.Days[0].Sessions[0].ID, e.Days[0].Sessions[2].ID}; got != test.want {
				t.Errorf("got %v, want %v", got, test.want)
			}
		})
	}
	if other := parseText(t, strings.Replace(head+breaks, "spring-forum", "autumn-forum", 1)).Event; other.Days[0].Sessions[0].ID == first.ID {
		t.Error("sessions of two events have one id")
	}
}

func parseText(t *testing.T, text string) *agenda.Draft {
	t.Helper()
	d, err := agendafile.Parse("f", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return d
}
