package storetest

import (
	"time"

	"tamada/pkg/agenda"
)

// Rich returns a valid draft in which every field of every type has a value
// at least once, but for the number of the release, which a draft has not.
func Rich() *agenda.Draft {
	return &agenda.Draft{Event: richEvent(), Backstage: agenda.Backstage{
		agenda.BackstageEvent: note("event"),
		id("panel"):           note("panel"),
	}}
}

func id(word string) string { return agenda.DerivedID("rich", word) }

func text(s string) agenda.Text { return agenda.Text{"en": s, "ar": "نص: " + s} }

func note(s string) agenda.Note {
	return agenda.Note{
		Join: "https://meet.example/" + s, Phone: "+995 32 2 00 00 00", Code: "code " + s,
		Notes: text("notes of " + s), Brief: text("brief of " + s), Contact: "Ia, technician",
	}
}

func richEvent() *agenda.Event {
	monday := agenda.Date{Year: 2026, Month: time.November, Day: 23}
	written := time.Date(2026, time.November, 1, 12, 30, 15, 123456000, time.UTC)
	return &agenda.Event{
		ID: id("event"), Slug: "rich-meeting", Updated: written,
		Series: &agenda.Series{Slug: "rich", Title: text("Rich meetings")},
		Title:  text("Rich meeting"), Theme: text("Abundance"), Visibility: agenda.Invited, Status: agenda.Tentative,
		Languages: []string{"en", "ar"}, Zone: "Asia/Tbilisi", Format: agenda.Hybrid, Approach: text("Round table"),
		Online: &agenda.Online{Platform: text("Video")},
		Venue: &agenda.Venue{
			Name: text("Palace"), Address: text("1 Main Street"), City: text("Tbilisi"), Country: "GE",
			Geo: &agenda.Geo{Latitude: 41.6938, Longitude: 44.8015},
		},
		Organisers:  []agenda.Organiser{{Name: text("OECD"), As: text("Host"), URL: "https://oecd.example", Logo: "oecd.svg"}},
		Information: text("Wi-Fi: *guests*"),
		Rooms: []agenda.Room{
			{ID: "hall", Name: text("Hall"), Capacity: 80, Floor: "1"}, {ID: "annex", Name: text("Annex")},
		},
		Tracks: []agenda.Track{{ID: "innovation", Name: text("Innovation"), Colour: "#0b7285"}},
		People: []agenda.Person{
			{
				ID: id("nino"), Key: "nino", Name: text("Nino"), Honorific: text("H.E."), Say: "NEE-no", Bio: text("Born."),
				Posts: []agenda.Text{text("Minister"), text("Chair")}, Organisation: text("Ministry"), Country: "GE",
			},
			{ID: id("ada"), Key: "ada", Name: text("Ada")},
		},
		Span: agenda.Span{Week: "2026-W48", From: monday, To: monday.AddDays(6)},
		Days: []agenda.Day{
			{Date: monday, Title: text("First day"), Sessions: []agenda.Session{richSession(), plainSession()}},
			{Date: monday.AddDays(1)},
		},
		Sequence: 4, Modified: written.Add(-time.Hour),
	}
}

func richSession() agenda.Session {
	return agenda.Session{
		ID: id("panel"), Time: agenda.Time{Form: agenda.FromTo, Start: 600, End: 690, Approximate: true}, Kind: agenda.Panel,
		Status: agenda.Tentative, Title: text("Panel"), Abstract: text("About."), Questions: []agenda.Text{text("Why?"), text("How?")},
		Roles: roles(), Rooms: []string{"hall", "annex"}, Track: "innovation", Language: "en", Interpretation: []string{"ar", "fr"},
		Recorded: true, Audience: text("Delegates"), Capacity: 60, Links: links(), Parts: []agenda.Part{richPart()},
		Talks: []agenda.Talk{richTalk("first"), richTalk("second")}, Sequence: 3,
		Modified: time.Date(2026, time.October, 1, 9, 0, 0, 0, time.UTC),
	}
}

func plainSession() agenda.Session {
	return agenda.Session{
		ID: id("coffee"), Time: agenda.Time{Form: agenda.FromFor, Start: 690, Minutes: 15},
		Kind: agenda.Break, Status: agenda.Confirmed, Title: text("Coffee"),
	}
}

func richPart() agenda.Part {
	return agenda.Part{
		ID: id("part"), Title: text("Table"), Abstract: text("Small."), Questions: []agenda.Text{text("Who?")}, Roles: roles(),
		Room: "annex", Language: "ar", Capacity: 8, Talks: []agenda.Talk{richTalk("inner")},
	}
}

func richTalk(word string) agenda.Talk {
	return agenda.Talk{
		ID: id(word), Title: text(word), Abstract: text("A talk."), Minutes: 7, Status: agenda.Confirmed,
		Language: "en", Roles: roles(), Links: links(),
	}
}

func roles() []agenda.Role {
	return []agenda.Role{
		{
			As: []agenda.RoleName{agenda.Speaker, agenda.Moderator}, Label: text("Welcome & Moderator"),
			Person: "nino", Status: agenda.RoleConfirmed,
		},
		{As: []agenda.RoleName{agenda.Host}, Organisation: text("OECD"), Status: agenda.RoleInvited},
		{As: []agenda.RoleName{agenda.Presenter}, Country: "NO", Status: agenda.RoleTBC},
		{As: []agenda.RoleName{agenda.Member}, Words: text("All"), Status: agenda.RoleConfirmed},
	}
}

func links() []agenda.Link {
	return []agenda.Link{{Title: text("Slides"), URL: "https://slides.example/1"}}
}
