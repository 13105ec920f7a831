package ical

import (
	"bytes"
	"fmt"
	"testing"
	"time"

	"tamada/pkg/agenda"
)

// en returns a text in English.
func en(s string) agenda.Text { return agenda.Text{"en": s} }

// session returns a confirmed session; its ID follows from its title.
func session(t testing.TB, when string, kind agenda.Kind, title string) agenda.Session {
	t.Helper()
	at, err := agenda.ParseTime(when)
	if err != nil {
		t.Fatal(err)
	}
	return agenda.Session{ID: agenda.DerivedID(title), Time: at, Kind: kind, Status: agenda.Confirmed, Title: en(title)}
}

// role returns a confirmed role of a person.
func role(person string, as ...agenda.RoleName) agenda.Role {
	return agenda.Role{As: as, Person: person, Status: agenda.RoleConfirmed}
}

// meeting returns an event with something of everything: two days in Tbilisi, three
// languages, sessions of all kinds of times.
func meeting(t testing.TB) *agenda.Event {
	t.Helper()
	e := &agenda.Event{
		ID: agenda.DerivedID("meeting"), Slug: "tbilisi-2026", Release: 3,
		Updated: time.Date(2026, 10, 1, 8, 0, 0, 0, time.UTC), Modified: time.Date(2026, 9, 1, 8, 0, 0, 0, time.UTC), Sequence: 2,
		Series: &agenda.Series{Slug: "points-of-contact", Title: en("Points of Contact")},
		Title:  agenda.Text{"en": "Meeting of Points of Contact", "fr": "Réunion des points de contact", "ka": "საკონტაქტო პირთა შეხვედრა"},
		Theme:  en("Open government, from plans to results"), Visibility: agenda.Public, Status: agenda.Confirmed,
		Languages: []string{"en", "fr", "ka"}, Zone: "Asia/Tbilisi", Format: agenda.Hybrid,
		Approach: en("Round table, free-flow discussion"),
		Online:   &agenda.Online{Platform: en("Microsoft Teams")},
		Venue: &agenda.Venue{
			Name: en("Public Service Hall"), Address: en("2, Sanapiro Street"), City: agenda.Text{"en": "Tbilisi", "ka": "თბილისი"}, Country: "GE",
			Geo: &agenda.Geo{Latitude: 41.6938, Longitude: 44.80150000001},
		},
		Information: en("Take the **metro** to *Rustaveli*.\n\n- [Map](https://example.org/map)\n- Wi-Fi: guest"),
		Rooms: []agenda.Room{
			{ID: "hall", Name: agenda.Text{"en": "Plenary hall", "fr": "Salle plénière"}}, {ID: "blue", Name: en("Blue room")}, {ID: "annex", Name: en("Annex")},
		},
		Tracks: []agenda.Track{{ID: "plans", Name: en("Action plans, reviews"), Colour: "#0b7285"}},
		People: []agenda.Person{
			{
				ID: agenda.DerivedID("nino"), Key: "nino", Name: agenda.Text{"en": "Nino O'Brien", "ka": "ნინო ბერიძე"}, Honorific: en("Ms"),
				Posts: []agenda.Text{en("Head of Division"), en("Point of Contact")}, Organisation: en("Ministry of Justice"), Country: "GE",
			},
			{ID: agenda.DerivedID("ola"), Key: "ola", Name: en("Ola Nordmann"), Country: "NO"},
		},
	}
	e.Days = []agenda.Day{
		{Date: agenda.Date{Year: 2026, Month: time.November, Day: 3}, Sessions: firstDay(t)},
		{Date: agenda.Date{Year: 2026, Month: time.November, Day: 4}, Sessions: secondDay(t)},
	}
	for _, s := range e.Sessions() {
		s.Modified = time.Date(2026, 9, 20, 9, 30, 0, 0, time.UTC)
		s.Sequence = 1
	}
	return e
}

func firstDay(t testing.TB) []agenda.Session {
	opening := session(t, "09:00-09:30", agenda.Opening, "Opening")
	opening.Title["fr"] = "Ouverture"
	opening.Rooms = []string{"hall"}
	opening.Roles = []agenda.Role{
		{As: []agenda.RoleName{agenda.Speaker, agenda.Moderator}, Label: en("Welcome Remarks & Moderator"), Person: "nino", Status: agenda.RoleConfirmed},
		{As: []agenda.RoleName{agenda.Speaker}, Country: "FR", Status: agenda.RoleTBC},
		{As: []agenda.RoleName{agenda.Speaker}, Words: en("All"), Status: agenda.RoleInvited},
	}
	opening.Language, opening.Interpretation, opening.Recorded = "en", []string{"fr", "ka"}, true
	coffee := session(t, "+30", agenda.Break, "Coffee")
	buffer := session(t, "+10", agenda.Buffer, "Change over")
	table := session(t, "ca. 11:00-12:15", agenda.RoundTable, "Topic 1: Driving innovation; services, data")
	table.Abstract = en("What *works*, what does not:\n\n1. Services\n2. Data\n\nBring examples.")
	table.Questions = []agenda.Text{en("Where have you seen it work?"), en("What would you do again?")}
	table.Track, table.Rooms, table.Audience, table.Capacity = "plans", []string{"hall", "blue"}, en("Points of contact only"), 60
	table.Roles = []agenda.Role{role("ola", agenda.Chair)}
	talks := session(t, "14:00-15:00", agenda.LightningTalks, "Seven draft action plans")
	talks.Rooms = []string{"hall"}
	talks.Links = []agenda.Link{{Title: en("Slides"), URL: "https://example.org/slides?a=1,2;b"}}
	talks.Talks = []agenda.Talk{
		{ID: agenda.DerivedID("talk 1"), Title: en("Norway"), Minutes: 7, Status: agenda.Confirmed, Roles: []agenda.Role{role("ola", agenda.Presenter)}},
		{ID: agenda.DerivedID("talk 2"), Title: en("Latvia"), Minutes: 7, Status: agenda.Cancelled},
		{ID: agenda.DerivedID("talk 3"), Title: en("Georgia"), Status: agenda.Confirmed, Abstract: en("The fourth plan."), Roles: []agenda.Role{role("nino", agenda.Presenter)}},
		{ID: agenda.DerivedID("talk 4"), Title: en("Spain"), Minutes: 7, Status: agenda.Confirmed},
	}
	night := session(t, "22:30-00:30", agenda.Social, "Supra")
	late := session(t, "+1 00:30-01:30", agenda.Other, "Bus back")
	return []agenda.Session{opening, coffee, buffer, table, talks, night, late}
}

func secondDay(t testing.TB) []agenda.Session {
	visit := session(t, "morning", agenda.Other, "Visit of the old town")
	clinics := session(t, "13:00-14:00", agenda.Workshop, "Commitment clinics")
	clinics.Parts = []agenda.Part{
		{
			ID: agenda.DerivedID("part 1"), Title: en("Public participation"), Room: "blue", Roles: []agenda.Role{role("nino", agenda.Facilitator)},
			Abstract: en("For beginners."), Language: "ka",
			Talks: []agenda.Talk{{ID: agenda.DerivedID("talk 5"), Title: en("A case"), Minutes: 20, Status: agenda.Confirmed, Roles: []agenda.Role{role("ola", agenda.Speaker)}}},
		},
		{ID: agenda.DerivedID("part 2"), Title: en("Access to information"), Questions: []agenda.Text{en("How long does it take?")}},
	}
	dropped := session(t, "14:00-15:00", agenda.Panel, "Plugins")
	dropped.Status, dropped.Rooms = agenda.Cancelled, []string{"annex"}
	open := session(t, "", agenda.Bilateral, "Bilateral meetings")
	maybe := session(t, "15:00 +45", agenda.Discussion, "The way forward")
	maybe.Status = agenda.Tentative
	last := session(t, "16:00", agenda.Closing, "Closing")
	return []agenda.Session{visit, clinics, dropped, open, maybe, last}
}

// online returns a short meeting by video, by invitation, of which nothing was published.
func online(t testing.TB) *agenda.Event {
	t.Helper()
	intro := session(t, "10:00-10:15", agenda.Opening, "Introduction")
	intro.Roles = []agenda.Role{role("marco", agenda.Moderator)}
	return &agenda.Event{
		ID: agenda.DerivedID("bureau"), Slug: "bureau-2021", Title: agenda.Text{"en": "Bureau Meeting", "ar": "اجتماع المكتب"},
		Visibility: agenda.Invited, Status: agenda.Confirmed, Languages: []string{"en", "ar"}, Zone: "Europe/Paris", Format: agenda.OnlineFormat,
		Series: &agenda.Series{Slug: "points-of-contact", Title: en("Points of Contact")},
		Online: &agenda.Online{Platform: en("Zoom")},
		People: []agenda.Person{{ID: agenda.DerivedID("marco"), Key: "marco", Name: en("Marco Rossi"), Country: "FR"}},
		Days:   []agenda.Day{{Date: agenda.Date{Year: 2021, Month: time.March, Day: 29}, Sessions: []agenda.Session{intro}}},
	}
}

// changing returns a series of days about the changes of clocks, each in a zone whose rule
// is no yearly one, so that readers must follow a list.
func changing(t testing.TB) *agenda.Event {
	t.Helper()
	e := online(t)
	e.ID, e.Slug, e.Zone, e.Days = agenda.DerivedID("changing"), "changing", "Asia/Tehran", nil
	for _, day := range []int{20, 21, 22} {
		e.Days = append(e.Days, agenda.Day{Date: agenda.Date{Year: 2022, Month: time.September, Day: day}, Sessions: []agenda.Session{
			session(t, "09:00-10:00", agenda.Plenary, fmt.Sprintf("Morning of %d", day)),
			session(t, "22:30-01:30", agenda.Social, fmt.Sprintf("Night of %d", day)),
		}})
	}
	return e
}

// undated returns an event of which only the week is known.
func undated() *agenda.Event {
	return &agenda.Event{
		ID: agenda.DerivedID("undated"), Slug: "seminar-2012", Title: en("Seminar"), Visibility: agenda.Unlisted, Status: agenda.Confirmed,
		Languages: []string{"en"}, Zone: "Europe/Oslo", Format: agenda.InPerson,
		Span: agenda.Span{Week: "2012-W26", From: agenda.Date{Year: 2012, Month: time.June, Day: 25}, To: agenda.Date{Year: 2012, Month: time.July, Day: 1}},
	}
}

// behind returns what is backstage of [meeting].
func behind() agenda.Backstage {
	return agenda.Backstage{
		agenda.BackstageEvent:                  {Join: "https://meet.example.org/all?pwd=a,b;c", Phone: "+33 1 23 45 67 89", Code: "4242"},
		agenda.DerivedID("Commitment clinics"): {Join: "https://meet.example.org/clinics"},
	}
}

const site = "https://tamada.example.org"

// written returns what write writes.
func written(t testing.TB, write func(*bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// large returns an event of n sessions on ten days.
func large(t testing.TB, n int) *agenda.Event {
	e := meeting(t)
	e.Days = nil
	for i := range n {
		if i%(n/10) == 0 {
			e.Days = append(e.Days, agenda.Day{Date: agenda.Date{Year: 2026, Month: time.November, Day: 3}.AddDays(len(e.Days))})
		}
		clock := agenda.Clock(8*60 + i%(n/10)*5)
		s := session(t, clock.String()+" +30", agenda.RoundTable, fmt.Sprintf("Session %d: open government, from plans to results", i))
		s.Rooms, s.Track = []string{"hall"}, "plans"
		s.Abstract = en("What *works* and what does not, with examples from every region. The session collects them, in two rounds.\n\nBring one of your own.")
		s.Questions = []agenda.Text{en("Where have you seen it work?"), en("What would you do again?")}
		s.Roles = []agenda.Role{role("nino", agenda.Moderator), role("ola", agenda.Speaker)}
		s.Modified = e.Modified
		last := &e.Days[len(e.Days)-1]
		last.Sessions = append(last.Sessions, s)
	}
	return e
}
