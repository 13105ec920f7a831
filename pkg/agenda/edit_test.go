package agenda

import (
	"encoding/json"
	"errors"
	"testing"
	"time"
)

// sample returns a small valid draft of two days.
func sample() *Draft {
	session := func(title, when string) Session {
		t, err := ParseTime(when)
		if err != nil {
			panic(err)
		}
		return Session{ID: DerivedID(title), Time: t, Kind: Plenary, Status: Confirmed, Title: Text{"en": title}}
	}
	opening, work, end := session("Opening", "09:00"), session("Work", "10:00-11:00"), session("End", "09:00-10:00")
	opening.Rooms = []string{"hall"}
	opening.Roles = []Role{{As: []RoleName{Chair}, Person: "nino", Status: RoleConfirmed}}
	work.Talks = []Talk{{ID: DerivedID("talk"), Title: Text{"en": "A talk"}, Minutes: 7, Status: Confirmed}}
	return &Draft{
		Event: &Event{
			ID: DerivedID("sample"), Slug: "sample", Title: Text{"en": "Sample"}, Visibility: Public, Status: Confirmed,
			Languages: []string{"en"}, Zone: "Asia/Tbilisi", Format: InPerson,
			Rooms:  []Room{{ID: "hall", Name: Text{"en": "Hall"}}, {ID: "annex", Name: Text{"en": "Annex"}}},
			People: []Person{{ID: DerivedID("nino"), Key: "nino", Name: Text{"en": "Nino"}}},
			Days: []Day{
				{Date: Date{2026, time.November, 23}, Sessions: []Session{opening, work}},
				{Date: Date{2026, time.November, 24}, Sessions: []Session{end}},
			},
		},
		Backstage: Backstage{BackstageEvent: {Join: "https://meet.example/1"}},
	}
}

// changed returns another sample with everything moved about.
func changed() *Draft {
	d := sample()
	e := d.Event
	e.Title = Text{"en": "Changed", "ka": "შეცვლილი"}
	e.Venue = &Venue{City: Text{"en": "Tbilisi"}}
	e.Rooms = []Room{{ID: "tower", Name: Text{"en": "Tower"}}, {ID: "hall", Name: Text{"en": "Great hall"}}}
	e.People = append(e.People, Person{ID: DerivedID("ola"), Key: "ola", Name: Text{"en": "Ola"}})
	work := e.Days[0].Sessions[1]
	work.Talks = nil
	work.Title = Text{"en": "Work, continued"}
	e.Days[0].Sessions = []Session{{ID: DerivedID("new"), Kind: Break, Status: Confirmed, Title: Text{"en": "Coffee"}}, e.Days[0].Sessions[0]}
	e.Days[1] = Day{Date: Date{2026, time.November, 25}, Sessions: []Session{work}}
	d.Backstage = Backstage{work.ID: {Notes: Text{"en": "bring pens"}}}
	return d
}

func encoded(t *testing.T, d *Draft) string {
	t.Helper()
	b, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestEdits makes one draft into another and back by its edits.
func TestEdits(t *testing.T) {
	from, to := sample(), changed()
	edits, err := Edits(from, to)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := encoded(t, from), encoded(t, sample()); got != want {
		t.Fatalf("Edits changed its argument:\n got %s\nwant %s", got, want)
	}
	if err := from.Apply(edits...); err != nil {
		t.Fatal(err)
	}
	if got, want := encoded(t, from), encoded(t, to); got != want {
		t.Errorf("after the edits:\n got %s\nwant %s", got, want)
	}
	for i := len(edits) - 1; i >= 0; i-- {
		if err := from.Apply(edits[i].Inverse()); err != nil {
			t.Fatalf("undo %s %s: %v", edits[i].Target, edits[i].Field, err)
		}
	}
	if got, want := encoded(t, from), encoded(t, sample()); got != want {
		t.Errorf("after undoing the edits:\n got %s\nwant %s", got, want)
	}
	if same, err := Edits(sample(), sample()); err != nil || len(same) != 0 {
		t.Errorf("edits between equals: %v, %v", same, err)
	}
}

func TestApplyAllOrNothing(t *testing.T) {
	id := DerivedID("Work")
	title := Edit{"session/" + id, "title", json.RawMessage(`{"en":"Work"}`), json.RawMessage(`{"en":"Play"}`)}
	for _, tt := range []struct {
		name string
		bad  Edit
		want error
	}{
		{"stale", Edit{"session/" + id, "kind", json.RawMessage(`"panel"`), json.RawMessage(`"other"`)}, ErrConflict},
		{"missing", Edit{"session/" + NewID(), "kind", nil, json.RawMessage(`"other"`)}, ErrNotFound},
		{"unknown target", Edit{"planet/mars", "name", nil, nil}, ErrNotFound},
		{"added twice", Edit{"room/hall", "", nil, json.RawMessage(`{"value":{"id":"hall"}}`)}, ErrConflict},
		{"day in use", Edit{"day/2026-11-24", "", json.RawMessage(`{"value":{"date":"2026-11-24"}}`), nil}, ErrConflict},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := sample()
			err := d.Apply(title, tt.bad)
			if !errors.Is(err, tt.want) {
				t.Errorf("got error %v, want %v", err, tt.want)
			}
			if got, want := encoded(t, d), encoded(t, sample()); got != want {
				t.Errorf("draft is half edited:\n got %s\nwant %s", got, want)
			}
		})
	}
}

func TestApplyRefusesFields(t *testing.T) {
	for _, e := range []Edit{
		{"event", "days", nil, json.RawMessage(`[]`)},
		{"event", "colour", nil, json.RawMessage(`"red"`)},
		{"session/" + DerivedID("Work"), "sequence", nil, json.RawMessage(`7`)},
		{"session/" + DerivedID("Work"), "time", json.RawMessage(`"10:00-11:00"`), json.RawMessage(`"late"`)},
	} {
		var invalid *Invalid
		if err := sample().Apply(e); !errors.As(err, &invalid) {
			t.Errorf("%s %s: got error %v, want *Invalid", e.Target, e.Field, err)
		}
	}
}
