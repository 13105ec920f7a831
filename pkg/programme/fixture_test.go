package programme

import (
	"encoding/json"
	"io/fs"
	"testing"
	"time"

	"tamada/agendas"
	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
)

// en returns a text in English.
func en(s string) agenda.Text { return agenda.Text{"en": s} }

// clockTime reads a time of an agenda.
func clockTime(t testing.TB, s string) agenda.Time {
	t.Helper()
	v, err := agenda.ParseTime(s)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// identify gives everything in e an ID made from its place.
func identify(e *agenda.Event) *agenda.Event {
	e.ID = agenda.DerivedID(e.Slug)
	for d := range e.Days {
		for i := range e.Days[d].Sessions {
			s := &e.Days[d].Sessions[i]
			if s.ID == "" {
				s.ID = agenda.DerivedID(e.Slug, e.Days[d].Date.String(), string(rune(i+'a')), e.Main(s.Title))
			}
		}
	}
	return e
}

// role is held by the person with that key.
func role(person string, as ...agenda.RoleName) agenda.Role {
	return agenda.Role{As: as, Person: person, Status: agenda.RoleConfirmed}
}

// bureau is a meeting online of one morning, in three languages.
func bureau(t testing.TB) *agenda.Event {
	welcome := role("daglio", agenda.Speaker, agenda.Moderator)
	welcome.Label = en("Welcome Remarks & Moderator")
	return identify(&agenda.Event{
		Slug:       "mena-oecd-bureau-2021",
		Release:    3,
		Updated:    time.Date(2021, 3, 27, 9, 0, 0, 0, time.UTC),
		Series:     &agenda.Series{Slug: "mena-oecd-wg2", Title: en("MENA-OECD Working Group II on Open and Innovative Government")},
		Title:      agenda.Text{"en": "First Bureau Meeting 2021", "fr": "Première réunion du Bureau 2021", "ar": "الاجتماع الأول للمكتب لعام 2021"},
		Theme:      agenda.Text{"en": "Securing the foundations of digital government and citizen engagement for better service design and delivery", "ar": "إرساء أسس الحكومة الرقمية ومشاركة المواطنين من أجل تصميم وتقديم أفضل للخدمات"},
		Languages:  []string{"en", "fr", "ar"},
		Zone:       "Europe/Paris",
		Format:     agenda.OnlineFormat,
		Online:     &agenda.Online{Platform: en("Microsoft Teams")},
		Approach:   en("Round table, free-flow discussion"),
		Organisers: []agenda.Organiser{{Name: en("OECD"), As: en("Secretariat"), URL: "https://www.oecd.org"}, {Name: en("GIZ"), As: en("Partner")}},
		People: []agenda.Person{
			{Key: "daglio", Name: agenda.Text{"en": "Marco Daglio", "ar": "ماركو داليو"}, Posts: []agenda.Text{en("Acting Head of Open and Innovative Government Division"), en("Head of Observatory for Public Sector Innovation")}, Organisation: en("Directorate for Public Governance, OECD")},
			{Key: "bellantoni", Name: en("Alessandro Bellantoni"), Posts: []agenda.Text{en("Head of Open Government and Civic Space Unit")}, Organisation: en("Open and Innovative Government Division, Directorate for Public Governance, OECD")},
			{Key: "ubaldi", Name: en("Barbara Ubaldi"), Posts: []agenda.Text{en("Head of Digital Government and Data Unit")}, Organisation: en("Open and Innovative Government Division, Directorate for Public Governance, OECD")},
		},
		Days: []agenda.Day{{Date: agenda.Date{Year: 2021, Month: 3, Day: 29}, Sessions: []agenda.Session{
			{
				Kind: agenda.Opening, Time: clockTime(t, "10:00-10:15"), Title: agenda.Text{"en": "Introduction", "ar": "مقدمة", "fr": "Introduction"}, Roles: []agenda.Role{welcome},
				Abstract: agenda.Text{"en": "The OECD Secretariat will welcome the participants and invite the Chair, Co-Chairs and GIZ officials to briefly introduce themselves. The OECD Secretariat will then set the scene and kick off the discussions.", "ar": "ترحّب أمانة منظمة التعاون الاقتصادي والتنمية بالمشاركين وتدعو الرئيس والرؤساء المشاركين إلى التعريف بأنفسهم بإيجاز، ثم تمهّد للنقاش."},
			},
			{
				Kind: agenda.RoundTable, Time: clockTime(t, "10:15-10:40"), Title: agenda.Text{"en": "Topic 1: Driving public sector innovation in service design and delivery", "ar": "الموضوع الأول: دفع الابتكار في القطاع العام في تصميم الخدمات وتقديمها"}, Roles: []agenda.Role{role("daglio", agenda.Moderator)},
				Abstract:  en("Innovation should be the lifeblood of the public sector, where strategic and novel perspectives and proposals are embraced in the face of mounting challenges, complexity and uncertainty in the MENA region. In the bid to improve public services, how can governments better embed innovative approaches in their policy making and service design and delivery processes? How can innovative practices be intertwined with those of openness and digitalisation?\n\nDelegates are invited to offer short interventions and respond to one another."),
				Questions: []agenda.Text{en("Where have you seen the crisis accelerate innovation in services, and what are the highest priority areas that still require action?")},
			},
			{
				Kind: agenda.RoundTable, Time: clockTime(t, "10:45-11:10"), Title: en("Topic 2: Fortifying citizen engagement and people-driven approaches in service design and delivery"), Roles: []agenda.Role{role("bellantoni", agenda.Moderator)},
				Abstract:  en("Citizens are at the heart of public services and governments can engage with them to source ideas, co-create solutions, and seize opportunities that can only be realised collectively. Prioritising users in the co-design of public policies and services is also key to building trust in government. However, ensuring the protection and promotion of civic space is essential for effective citizen engagement.\n\nDelegates are invited to offer short interventions and respond to one another."),
				Questions: []agenda.Text{en("What mechanisms currently exist for citizen participation in service design and delivery?"), en("What are issues you had two years ago that you thought would be solved by now when it comes to citizen engagement?")},
			},
			{
				Kind: agenda.RoundTable, Time: clockTime(t, "11:15-11:40"), Title: en("Topic 3: Integrating digital technologies and data-driven approaches into service design and delivery"), Roles: []agenda.Role{role("ubaldi", agenda.Moderator)},
				Abstract:  en("With digitalisation as the sine qua non for recovery from the COVID-19 pandemic, governments need to identify the right enablers to support the design and delivery of services that are equitable, inclusive and sustainable."),
				Questions: []agenda.Text{en("What governance and interoperability arrangements can enable a digital identity and an omnichannel approach to services?"), en("How can governments best overcome the digital divide and secure digital rights in service design and delivery?"), en("What are major obstacles to make progress regarding these challenges?")},
			},
			{
				Kind: agenda.Closing, Time: clockTime(t, "11:45-12:00"), Title: en("Conclusion"), Roles: []agenda.Role{{As: []agenda.RoleName{agenda.Speaker, agenda.Moderator}, Label: en("Closing Remarks & Moderator"), Person: "daglio"}},
				Abstract: en("Based on the priorities and insights gathered from the discussions, the meeting will end with reflections on areas for regional and international co-operation. The OECD Secretariat will invite short interventions from delegates before concluding with the points of agreement outlined by the Bureau on how the MENA-OECD Working Group II can move forward in strengthening the foundations of open, digital and innovative government for better public services in the region."),
			},
		}}},
	})
}

// conference is a meeting of two days in several rooms.
func conference(t testing.TB) *agenda.Event {
	talk := func(country string) agenda.Talk {
		return agenda.Talk{Title: en("Draft action plan"), Minutes: 7, Roles: []agenda.Role{{As: []agenda.RoleName{agenda.Presenter}, Country: country, Status: agenda.RoleTBC}}}
	}
	return identify(&agenda.Event{
		Slug:       "tbilisi-poc-2014",
		Release:    2,
		Updated:    time.Date(2014, 5, 20, 9, 0, 0, 0, time.UTC),
		Title:      agenda.Text{"en": "European Region Government Point of Contact Conference", "ka": "ევროპის რეგიონის სამთავრობო საკონტაქტო პირების კონფერენცია"},
		Theme:      en("Fostering peer exchange and learning in the European Region"),
		Languages:  []string{"en", "ka"},
		Zone:       "Asia/Tbilisi",
		Format:     agenda.InPerson,
		Venue:      &agenda.Venue{Name: en("House of Justice"), Address: en("2 Sanapiro Street"), City: agenda.Text{"en": "Tbilisi", "ka": "თბილისი"}, Country: "GE"},
		Organisers: []agenda.Organiser{{Name: en("Open Government Partnership"), As: en("Organiser"), URL: "https://www.opengovpartnership.org", Logo: "wide.png"}, {Name: en("Ministry of Justice of Georgia"), As: en("Host"), Logo: "square.svg"}, {Name: en("Reboot"), As: en("Workshop partner")}},
		Information: en(`## Getting there

The House of Justice stands on the right bank of the Mtkvari, ten minutes on foot from Rustaveli metro station. A shuttle leaves the hotels at **08:15** on both days.

## Hotels

- Radisson Blu Iveria, Rose Revolution Square
- Courtyard by Marriott, Freedom Square

## On site

Wi-Fi: network *POC2014*, no password. [The agenda online](https://example.org/e/tbilisi-poc-2014) is kept up to date.`),
		Rooms: []agenda.Room{{ID: "plenary", Name: en("Plenary hall"), Capacity: 80, Floor: "1"}, {ID: "a", Name: en("Room A"), Capacity: 30}, {ID: "b", Name: en("Room B"), Capacity: 30}},
		People: []agenda.Person{
			{Key: "gharibashvili", Name: en("Irakli Gharibashvili"), Honorific: en("Mr"), Posts: []agenda.Text{en("Prime Minister of Georgia")}, Country: "GE"},
			{Key: "tsulukiani", Name: en("Thea Tsulukiani"), Honorific: en("Ms"), Posts: []agenda.Text{en("Minister of Justice of Georgia")}, Country: "GE"},
			{Key: "mandon", Name: en("Thierry Mandon"), Honorific: en("M."), Posts: []agenda.Text{en("Secretary of State for Government Reform and Simplification")}, Organisation: en("Office of the Prime Minister"), Country: "FR"},
			{Key: "cerdan", Name: en("Alonso Cerdan"), Posts: []agenda.Text{en("Deputy Director, Government Support and Exchange")}, Organisation: en("OGP Support Unit")},
			{Key: "chaffey", Name: en("Paul Chaffey"), Posts: []agenda.Text{en("State Secretary")}, Organisation: en("Ministry of Local Government and Modernisation"), Country: "NO"},
		},
		Days: []agenda.Day{
			{Date: agenda.Date{Year: 2014, Month: 6, Day: 4}, Title: en("Learning from each other"), Sessions: []agenda.Session{
				{Kind: agenda.Registration, Time: clockTime(t, "08:30-09:00"), Title: en("Registration and coffee")},
				{
					Kind: agenda.Opening, Time: clockTime(t, "09:00-09:45"), Title: en("Inauguration"), Rooms: []string{"plenary"}, Language: "ka", Interpretation: []string{"en", "ru"}, Recorded: true,
					Roles: []agenda.Role{role("gharibashvili", agenda.Speaker), role("tsulukiani", agenda.Speaker), role("mandon", agenda.Speaker), {As: []agenda.RoleName{agenda.Moderator}, Words: en("The Chair"), Status: agenda.RoleTBC}},
				},
				{
					Kind: agenda.Presentation, Time: clockTime(t, "09:45-10:45"), Title: en("Learning from the IRM reports"), Rooms: []string{"plenary"},
					Abstract: en("The Independent Reporting Mechanism leads a session on learning from the reports that will allow points of contact to see where they stand relative to their peers and to inspire more effective and impactful commitments."),
				},
				{Kind: agenda.Break, Time: clockTime(t, "10:45-11:15"), Title: en("Coffee break")},
				{
					Kind: agenda.Workshop, Time: clockTime(t, "11:15-12:30"), Title: en("Coordinating with other agencies"), Rooms: []string{"a"}, Capacity: 30, Audience: en("Points of contact only"),
					Abstract: en("Reboot leads a workshop that will help points of contact to identify the main challenges they face when coordinating with other government agencies and to develop strategies in order to overcome those challenges."), Roles: []agenda.Role{{As: []agenda.RoleName{agenda.Facilitator}, Organisation: en("Reboot")}},
				},
				{
					Kind: agenda.Workshop, Time: clockTime(t, "11:15-12:30"), Title: en("Permanent consultation fora"), Rooms: []string{"b"}, Status: agenda.Tentative,
					Abstract: en("A highly interactive session on permanent consultation fora and how countries have used them to strengthen multi-stakeholder engagement."), Roles: []agenda.Role{{As: []agenda.RoleName{agenda.Facilitator}, Organisation: en("OGP Civil Society Engagement team")}},
				},
				{Kind: agenda.Meal, Time: clockTime(t, "12:30-14:00"), Title: en("Lunch")},
				{
					Kind: agenda.LightningTalks, Time: clockTime(t, "14:00-15:00"), Title: en("Seven draft action plans"), Rooms: []string{"plenary"}, Talks: []agenda.Talk{talk("NO"), talk("GE"), talk("FR"), talk("DK"), talk("SK"), talk("IT"), talk("MT")},
					Abstract: en("The seven countries that are due to deliver their new National Action Plans present their drafts and receive feedback from their colleagues."),
				},
				{Kind: agenda.Workshop, Time: clockTime(t, "15:00-16:00"), Title: en("Commitment clinics"), Parts: []agenda.Part{{Title: en("Public participation"), Room: "plenary", Roles: []agenda.Role{role("cerdan", agenda.Facilitator)}}, {Title: en("Access to information"), Room: "a", Capacity: 20}, {Title: en("Fiscal transparency")}}},
				{Kind: agenda.Panel, Time: clockTime(t, "16:00-17:00"), Title: en("Ministers and civil society"), Status: agenda.Cancelled, Rooms: []string{"plenary"}},
				{Kind: agenda.Social, Time: clockTime(t, "19:00"), Title: en("Supra in the old town")},
			}},
			{Date: agenda.Date{Year: 2014, Month: 6, Day: 5}, Title: en("Stronger commitments"), Sessions: []agenda.Session{
				{
					Kind: agenda.Workshop, Time: clockTime(t, "09:00-12:00"), Title: en("Building stronger commitments"), Rooms: []string{"plenary"}, Roles: []agenda.Role{role("cerdan", agenda.Moderator), role("chaffey", agenda.Panellist), role("mandon", agenda.Panellist)},
					Abstract:  en("The OpenGov Guide and the Support Unit facilitate a workshop on building stronger commitments in areas such as public participation, legislative openness, access to information, fiscal transparency, and public service delivery."),
					Questions: []agenda.Text{en("Which commitment of your last plan changed something for citizens, and how do you know?"), en("What would you leave out?")},
					Links:     []agenda.Link{{Title: en("OpenGov Guide"), URL: "https://www.opengovguide.com/"}},
				},
				{Kind: agenda.Meal, Time: clockTime(t, "12:00-13:00"), Title: en("Lunch")},
				{Kind: agenda.Discussion, Time: clockTime(t, "ca. 13:00-14:30"), Title: en("What we take home")},
				{Kind: agenda.Closing, Time: clockTime(t, "14:30-15:00"), Title: en("Closing"), Rooms: []string{"plenary"}},
			}},
		},
	})
}

// copyOf returns a copy of e that shares nothing with it.
func copyOf(t testing.TB, e *agenda.Event) *agenda.Event {
	t.Helper()
	b, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	c := new(agenda.Event)
	if err := json.Unmarshal(b, c); err != nil {
		t.Fatal(err)
	}
	return c
}

// earlier returns e as it was a release before: its first session at another
// time, its second under another title, its last not there yet.
func earlier(t testing.TB, e *agenda.Event) *agenda.Event {
	old := copyOf(t, e)
	old.Release--
	sessions := old.Days[0].Sessions
	sessions[0].Time = clockTime(t, "07:10-07:20")
	sessions[1].Title = en("An earlier title")
	old.Days[0].Sessions = sessions[:len(sessions)-1]
	return old
}

// delegates returns the people of e, and some whose names are hard to set.
func delegates(e *agenda.Event) []Person {
	people := []Person{
		{Name: "د. ليلى بن عيسى", Language: "ar", Organisation: "وزارة الوظيفة العمومية", Country: "TN", Category: "مشارك"},
		{Name: "Konstantina Wolfeschlegelsteinhausenbergerdorff-Papadopoulou", Language: "el", Organisation: "Υπουργείο Εσωτερικών", Country: "GR"},
		{Name: "Li"},
		{Name: "Nino Beridze", SecondName: "ნინო ბერიძე", Post: "Head of Unit", Organisation: "Public Service Hall", Country: "GE", Category: "Delegate", Role: "Rapporteur", Table: "4", Code: "K7QP"},
		{Name: "Leila Ben Aissa", SecondName: "ليلى بن عيسى", Honorific: "Dr", Country: "TN", Category: "Delegate", Role: "Moderator"},
	}
	for _, p := range e.People {
		people = append(people, Person{
			Name: e.Main(p.Name), Honorific: e.Main(p.Honorific), Organisation: e.Main(p.Organisation), Country: p.Country,
			Category: "Speaker", Code: "K7QP-2M9X", Verify: "https://meet.example.org/v/7Q4K-2M9X",
		})
	}
	return people
}

// meetings returns the five meetings of the folder agendas, and the
// conference of the tests.
func meetings(t testing.TB) []*agenda.Event {
	t.Helper()
	all := []*agenda.Event{conference(t)}
	files, err := fs.Glob(agendas.FS, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		data, err := fs.ReadFile(agendas.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		draft, err := agendafile.Parse(name, data)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, draft.Event)
	}
	return all
}
