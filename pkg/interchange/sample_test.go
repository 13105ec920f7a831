package interchange

import (
	"testing"
	"time"

	"tamada/pkg/agenda"
)

// sample returns a valid hybrid meeting of two days in which every field of an
// event says something, in English and Georgian.
func sample(t testing.TB) *agenda.Event {
	t.Helper()
	e := &agenda.Event{
		ID: agenda.DerivedID("sample"), Slug: "poc-tbilisi", Release: 3, Updated: time.Date(2026, 11, 1, 8, 0, 0, 0, time.UTC),
		Series: &agenda.Series{Slug: "poc", Title: agenda.Text{"en": "Points of contact"}},
		Title:  agenda.Text{"en": "Points of contact meet in Tbilisi", "ka": "შეხვედრა თბილისში"}, Theme: agenda.Text{"en": "Opening up"},
		Visibility: agenda.Public, Status: agenda.Confirmed, Languages: []string{"en", "ka"}, Zone: "Asia/Tbilisi",
		Format: agenda.Hybrid, Approach: agenda.Text{"en": "Round table, free-flow discussion"},
		Online:      &agenda.Online{Platform: agenda.Text{"en": "Microsoft Teams"}},
		Venue:       &agenda.Venue{Name: agenda.Text{"en": "House of Justice"}, City: agenda.Text{"en": "Tbilisi"}, Country: "GE", Geo: &agenda.Geo{Latitude: 41.69, Longitude: 44.8}},
		Organisers:  []agenda.Organiser{{Name: agenda.Text{"en": "Ministry of Justice"}, As: agenda.Text{"en": "Host"}, URL: "https://justice.example/"}},
		Information: agenda.Text{"en": "Bring a passport."},
		Rooms:       []agenda.Room{{ID: "hall", Name: agenda.Text{"en": "Plenary hall", "ka": "დარბაზი"}, Capacity: 80, Floor: "1"}, {ID: "annex", Name: agenda.Text{"en": "Annex"}}},
		Tracks:      []agenda.Track{{ID: "innovation", Name: agenda.Text{"en": "Innovation"}, Colour: "#0b7285"}},
		People: []agenda.Person{
			{ID: agenda.DerivedID("nino"), Key: "nino", Name: agenda.Text{"en": "Nino Beridze"}, Honorific: agenda.Text{"en": "Ms"}, Bio: agenda.Text{"en": "Writes **law**."}, Posts: []agenda.Text{{"en": "Deputy Minister"}, {"en": "Chair of the Council"}}, Organisation: agenda.Text{"en": "Ministry of Justice"}, Country: "GE"},
			{ID: agenda.DerivedID("ola"), Key: "ola", Name: agenda.Text{"en": "Ola Nordmann"}},
		},
		Days: []agenda.Day{
			{Date: agenda.Date{Year: 2026, Month: time.November, Day: 23}, Title: agenda.Text{"en": "Listening"}, Sessions: firstDay(t)},
			{Date: agenda.Date{Year: 2026, Month: time.November, Day: 24}, Sessions: []agenda.Session{
				session(t, agenda.Closing, "Closing", "22:30-00:30"),
			}},
		},
	}
	if err := e.Validate(); err != nil {
		t.Fatal(err)
	}
	return e
}

// firstDay returns an opening, a break, a session of everything and a
// cancelled one.
func firstDay(t testing.TB) []agenda.Session {
	opening := session(t, agenda.Opening, "Opening", "09:00")
	opening.Rooms = []string{"hall"}
	opening.Roles = []agenda.Role{{As: []agenda.RoleName{agenda.Speaker, agenda.Moderator}, Label: agenda.Text{"en": "Welcome Remarks & Moderator"}, Person: "nino", Status: agenda.RoleConfirmed}}
	work := session(t, agenda.LightningTalks, "Work", "ca. 10:00-11:30")
	work.Title["ka"] = "მუშაობა"
	work.Abstract = agenda.Text{"en": "What we *do*."}
	work.Questions = []agenda.Text{{"en": "What works?"}, {"en": "What does not?"}}
	work.Roles = []agenda.Role{
		{As: []agenda.RoleName{agenda.Moderator}, Person: "ola", Status: agenda.RoleConfirmed},
		{As: []agenda.RoleName{agenda.Host}, Organisation: agenda.Text{"en": "Civil Society Forum"}, Status: agenda.RoleTBC},
		{As: []agenda.RoleName{agenda.Discussant}, Country: "NO", Status: agenda.RoleInvited},
		{As: []agenda.RoleName{agenda.Member}, Words: agenda.Text{"en": "All"}, Status: agenda.RoleConfirmed},
	}
	work.Rooms, work.Track, work.Language, work.Interpretation = []string{"hall", "annex"}, "innovation", "ka", []string{"en", "ru"}
	work.Recorded, work.Capacity, work.Audience = true, 40, agenda.Text{"en": "Delegates"}
	work.Links = []agenda.Link{{Title: agenda.Text{"en": "Background paper"}, URL: "https://example.org/paper"}}
	work.Talks = []agenda.Talk{
		{ID: agenda.DerivedID("talk one"), Title: agenda.Text{"en": "Talk one"}, Minutes: 7, Status: agenda.Confirmed, Roles: []agenda.Role{{As: []agenda.RoleName{agenda.Speaker}, Person: "nino", Status: agenda.RoleConfirmed}}},
		{ID: agenda.DerivedID("talk two"), Title: agenda.Text{"en": "Talk two"}, Abstract: agenda.Text{"en": "More."}, Minutes: 8, Status: agenda.Confirmed, Language: "en"},
	}
	tables := session(t, agenda.SmallTables, "Small tables", "14:00 +45")
	tables.Parts = []agenda.Part{
		{ID: agenda.DerivedID("table one"), Title: agenda.Text{"en": "Table one"}, Room: "hall", Questions: []agenda.Text{{"en": "Who?"}}, Talks: []agenda.Talk{{ID: agenda.DerivedID("table talk"), Title: agenda.Text{"en": "Input"}, Minutes: 5, Status: agenda.Confirmed}}},
		{ID: agenda.DerivedID("table two"), Title: agenda.Text{"en": "Table two"}, Room: "annex"},
	}
	cancelled := session(t, agenda.Workshop, "Not today", "15:00-16:00")
	cancelled.Status = agenda.Cancelled
	return []agenda.Session{opening, session(t, agenda.Break, "Coffee", "11:30-12:00"), work, tables, cancelled, session(t, agenda.Social, "Walk", "")}
}

// session returns a confirmed session without anything in it.
func session(t testing.TB, kind agenda.Kind, title, when string) agenda.Session {
	t.Helper()
	at, err := agenda.ParseTime(when)
	if err != nil {
		t.Fatal(err)
	}
	return agenda.Session{ID: agenda.DerivedID(title), Time: at, Kind: kind, Status: agenda.Confirmed, Title: agenda.Text{"en": title}}
}

// options are those of a site.
var options = Options{BaseURL: "https://meet.example.org/"}
