package ical

import (
	"bytes"
	"slices"
	"strconv"
	"testing"
	"time"

	"tamada/pkg/agenda"
)

// published returns e as the release after previous, or as the first if that is nil.
func published(t *testing.T, previous, e *agenda.Event, day int) *agenda.Event {
	t.Helper()
	next, err := e.Clone()
	if err != nil {
		t.Fatal(err)
	}
	next.Updated = time.Date(2026, 10, day, 8, 0, 0, 0, time.UTC)
	next.Release++
	agenda.Restamp(previous, next, next.Updated)
	return next
}

// A calendar program may ignore a changed entry whose sequence has not grown: whatever
// changes an entry must raise it.
func TestWhatChangesAnEntryRaisesItsSequence(t *testing.T) {
	for name, change := range map[string]func(*agenda.Event){
		"title":        func(e *agenda.Event) { e.Title["en"] = "Other" },
		"theme":        func(e *agenda.Event) { e.Theme = en("Other") },
		"approach":     func(e *agenda.Event) { e.Approach = en("Other") },
		"information":  func(e *agenda.Event) { e.Information = en("Other") },
		"status":       func(e *agenda.Event) { e.Status = agenda.Tentative },
		"cancelled":    func(e *agenda.Event) { e.Status = agenda.Cancelled },
		"languages":    func(e *agenda.Event) { e.Languages = []string{"fr", "en"} },
		"zone":         func(e *agenda.Event) { e.Zone = "Asia/Yerevan" },
		"format":       func(e *agenda.Event) { e.Format = agenda.OnlineFormat },
		"platform":     func(e *agenda.Event) { e.Online = &agenda.Online{Platform: en("Other")} },
		"venue":        func(e *agenda.Event) { e.Venue.Name = en("Other") },
		"geo":          func(e *agenda.Event) { e.Venue.Geo.Latitude = 41 },
		"organisers":   func(e *agenda.Event) { e.Organisers = []agenda.Organiser{{Name: en("Other")}} },
		"series":       func(e *agenda.Event) { e.Series.Title = en("Other") },
		"slug":         func(e *agenda.Event) { e.Slug = "other" },
		"visibility":   func(e *agenda.Event) { e.Visibility = agenda.Unlisted },
		"room":         func(e *agenda.Event) { e.Rooms[0].Name = en("Other") },
		"floor":        func(e *agenda.Event) { e.Rooms[0].Floor = "2" },
		"track":        func(e *agenda.Event) { e.Tracks[0].Name = en("Other") },
		"colour":       func(e *agenda.Event) { e.Tracks[0].Colour = "#000000" },
		"name":         func(e *agenda.Event) { e.People[0].Name = en("Other") },
		"honorific":    func(e *agenda.Event) { e.People[0].Honorific = en("Other") },
		"post":         func(e *agenda.Event) { e.People[0].Posts[0] = en("Other") },
		"organisation": func(e *agenda.Event) { e.People[0].Organisation = en("Other") },
		"country":      func(e *agenda.Event) { e.People[0].Country = "AM" },
		"bio":          func(e *agenda.Event) { e.People[0].Bio = en("Other") },
		"session":      func(e *agenda.Event) { e.Days[0].Sessions[0].Abstract = en("Other") },
		"neighbour":    func(e *agenda.Event) { e.Days[0].Sessions[0].Time.End += 5 }, // the coffee moves with it
		"role":         func(e *agenda.Event) { e.Days[0].Sessions[0].Roles[1].Status = agenda.RoleConfirmed },
		"talk":         func(e *agenda.Event) { e.Days[0].Sessions[4].Talks[0].Minutes = 10 },
		"part":         func(e *agenda.Event) { e.Days[1].Sessions[1].Parts[0].Room = "annex" },
		"day":          func(e *agenda.Event) { e.Days[0].Date = e.Days[0].Date.AddDays(-1) },
		"day's title":  func(e *agenda.Event) { e.Days[0].Title = en("Other") },
		"dropped":      func(e *agenda.Event) { e.Days[0].Sessions = e.Days[0].Sessions[1:] },
	} {
		before := published(t, nil, meeting(t), 1)
		edited := meeting(t)
		change(edited)
		after := published(t, before, edited, 2)
		for _, o := range []Options{{BaseURL: site, EachTalk: true}, {Lang: "fr"}} {
			was, is := whole(t, before, o).entries(), whole(t, after, o).entries()
			for uid, old := range was {
				now := is[uid]
				if now == nil {
					t.Errorf("%s: %q is gone", name, old.first("SUMMARY"))
					continue
				}
				if !slices.Equal(old.lines, now.lines) && sequence(t, now) <= sequence(t, old) {
					t.Errorf("%s: %q has changed, but not its sequence", name, old.first("SUMMARY"))
				}
			}
		}
	}
}

func sequence(t *testing.T, v *block) int {
	t.Helper()
	n, err := strconv.Atoi(v.first("SEQUENCE"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestRenamedRoomRaisesItsSessionsOnly(t *testing.T) {
	before := published(t, nil, meeting(t), 1)
	edited := meeting(t)
	edited.Rooms[1].Name = en("Green room")
	after := published(t, before, edited, 2)
	was, is := whole(t, before, Options{}).entries(), whole(t, after, Options{}).entries()
	var raised []string
	for uid := range was {
		if sequence(t, is[uid]) > sequence(t, was[uid]) {
			raised = append(raised, is[uid].first("SUMMARY"))
		}
	}
	slices.Sort(raised)
	if want := []string{"Commitment clinics", `Topic 1: Driving innovation\; services\, data`}; !slices.Equal(raised, want) {
		t.Errorf("got %q raised, want %q", raised, want)
	}
}

func TestPublishedUnchangedIsTheSameBytes(t *testing.T) {
	first := published(t, nil, meeting(t), 1)
	second := published(t, first, meeting(t), 2)
	for _, o := range []Options{{}, {BaseURL: site, EachTalk: true}, {Lang: "ka", UTC: true}} {
		a := written(t, func(b *bytes.Buffer) error { return Write(b, first, o) })
		b := written(t, func(b *bytes.Buffer) error { return Write(b, second, o) })
		if !bytes.Equal(a, b) {
			t.Errorf("%+v: got other bytes for the same agenda", o)
		}
	}
}

// A file is stamped with when it was written or, if it does not say, with a fixed time.
func TestFilesAreStamped(t *testing.T) {
	e := online(t)
	for _, tt := range []struct {
		updated time.Time
		want    string
	}{
		{time.Time{}, "20000101T000000Z"},
		{time.Date(2021, 3, 22, 10, 0, 0, 0, time.FixedZone("", 3600)), "20210322T090000Z"},
	} {
		e.Updated = tt.updated
		b := whole(t, e, Options{})
		got := []string{b.first("LAST-MODIFIED"), b.entry(t, "Introduction").first("DTSTAMP"), b.entry(t, "Bureau Meeting").first("LAST-MODIFIED")}
		if want := []string{tt.want, tt.want, tt.want}; !slices.Equal(got, want) {
			t.Errorf("updated %v: got %q, want %q", tt.updated, got, want)
		}
	}
}
