package programme

import (
	"context"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/effort"
)

// Whatever an event holds, there is a document and no panic, in bounded time.
func TestHostileInput(t *testing.T) {
	for name, spoil := range map[string]func(e *agenda.Event){
		"nothing at all": func(e *agenda.Event) { *e = agenda.Event{} },
		"no days":        func(e *agenda.Event) { e.Days = nil },
		"no zone":        func(e *agenda.Event) { e.Zone = "Mars/Base" },
		"long abstract": func(e *agenda.Event) {
			e.Days[0].Sessions[1].Abstract = en(strings.Repeat("word ", 40_000))
		},
		"long word":  func(e *agenda.Event) { e.Days[0].Sessions[1].Title = en(strings.Repeat("w", 20_000)) },
		"long title": func(e *agenda.Event) { e.Title = en(strings.Repeat("Learning from each other ", 2_000)) },
		"long room":  func(e *agenda.Event) { e.Rooms[0].Name = en(strings.Repeat("hall ", 3_000)) },
		"emoji": func(e *agenda.Event) {
			e.Title = en("Meeting 👩🏽‍🚀🏳️‍🌈 \x00\xff\u202e of")
			e.Days[0].Sessions[1].Title = en("👍👍👍 \u2066\u202e")
		},
		"300 talks": func(e *agenda.Event) {
			s := &e.Days[0].Sessions[1]
			for i := range 300 {
				s.Talks = append(s.Talks, agenda.Talk{Title: en(fmt.Sprintf("Talk %d", i)), Minutes: i % 3})
			}
		},
		"60 rooms": func(e *agenda.Event) {
			for i := range 60 {
				id := fmt.Sprintf("room%d", i)
				e.Rooms = append(e.Rooms, agenda.Room{ID: id, Name: en("Room " + id)})
				e.Days[0].Sessions = append(e.Days[0].Sessions, agenda.Session{
					ID: agenda.DerivedID(id), Kind: agenda.Workshop, Title: en("Parallel " + id),
					Time: agenda.Time{Form: agenda.FromTo, Start: 600, End: 660}, Rooms: []string{id},
				})
			}
		},
		"zero minutes": func(e *agenda.Event) {
			for i := range e.Days[0].Sessions {
				e.Days[0].Sessions[i].Time = agenda.Time{Form: agenda.FromFor, Start: 600}
			}
		},
		"unknown words": func(e *agenda.Event) {
			for i := range e.Days[0].Sessions {
				s := &e.Days[0].Sessions[i]
				s.ID, s.Kind, s.Status, s.Title, s.Rooms, s.Track = "x", "?", "?", nil, []string{"nowhere"}, "none"
				s.Roles = []agenda.Role{{Person: "nobody"}, {}}
				s.Links = []agenda.Link{{URL: "javascript:alert(1)"}, {URL: "%zz"}, {Title: en("no address")}}
			}
		},
		"midnight": func(e *agenda.Event) {
			e.Days[0].Sessions[1].Time = agenda.Time{Form: agenda.FromTo, Start: 1430, End: 1500}
			e.Days[0].Sessions[2].Time = agenda.Time{Form: agenda.FromTo, Start: 1470, End: 2879}
		},
	} {
		t.Run(name, func(t *testing.T) {
			e := conference(t)
			o := everything(t, e, "")
			spoil(e)
			for _, d := range Documents() {
				o.Document = d
				var err error
				if took := effort.Of(t, func() { err = Write(context.Background(), io.Discard, e, o) }); took > 10*time.Second {
					t.Errorf("%s took %v", d, took)
				}
				if err != nil && (d != Brief || len(e.Days) > 0 && name != "unknown words") {
					t.Errorf("%s: %v", d, err)
				}
			}
		})
	}
}

// Narrow pages and two languages keep hostile text in its place, too.
func TestHostileTextKeepsToItsPlace(t *testing.T) {
	e := conference(t)
	e.Rooms[0].Name = en(strings.Repeat("Hall", 60))
	e.Days[0].Sessions[1].Title = en(strings.Repeat("Donaudampfschifffahrt", 30))
	e.Days[0].Sessions[4].Title = agenda.Text{"en": strings.Repeat("Learning ", 60), "ka": strings.Repeat("სწავლა", 70)}
	e.People[0].Name = en(strings.Repeat("Wolfeschlegelstein", 20))
	for _, d := range []Document{Programme, Agenda, Annotated, LargePrint, Grid, Doors} {
		for _, paper := range Papers() {
			o := Options{Document: d, Paper: paper, Zones: []string{"Asia/Kathmandu", "America/Argentina/Buenos_Aires"}}
			if d.making().bilingual {
				o.Languages = []string{"en", "ka"}
			}
			checkPages(t, laidOut(t, e, o))
		}
	}
}
