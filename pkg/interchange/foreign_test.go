package interchange

import (
	"bytes"
	"testing"

	"tamada/pkg/agenda"
)

// TestReadOtherSystems reads every real export and counts what the manifest
// says is in it.
func TestReadOtherSystems(t *testing.T) {
	for _, test := range []struct {
		file                          string
		sessions, days, rooms, people int // -1 where nobody counted
		zone                          string
	}{
		{"pentabarf-xml/fosdem-2007.xml", 215, 2, 18, 244, "Europe/Brussels"},
		{"pentabarf-xml/fosdem-2014.xml", 513, 2, 23, 487, "Europe/Brussels"},
		{"pentabarf-xml/fosdem-2020.xml", 872, 2, 35, 841, "Europe/Brussels"},
		{"pentabarf-xml/fosdem-2025.xml", 943, 2, 40, 992, "Europe/Brussels"},
		{"pentabarf-xml/36c3-merged.xml", 1351, 4, 92, 923, "Etc/GMT-1"},
		{"pentabarf-xml/28c3.xml", 85, 4, 3, 102, "Europe/Berlin"},
		{"pentabarf-xml/debconf23.xml", 117, 8, 5, 87, "Asia/Kolkata"},
		{"schedule-json/camp2019-frab.json", 79, 5, 2, 90, "Europe/Berlin"},
		{"schedule-json/democon-pretalx.json", 36, 3, 2, 27, "UTC"},
		{"schedule-json/anyconf-2024-pretalx.json", 2, 2, 1, 2, "Europe/Brussels"},
		{"pretalx-api-json/pyconfr-2024-grid.json", 68, -1, 8, 72, "Etc/GMT-1"},
		{"pretalx-api-json/europython-submissions.json", 2, -1, -1, -1, "UTC"},
		{"other-json/aaja25-sessions.json", 122, -1, -1, -1, "America/Los_Angeles"},
		{"other-json/devdemo-sojourner-fosdem2019.json", 2, -1, -1, -1, "UTC"},
		{"indico-json/xdc2021-event1-contributions.json", 37, 3, 0, 37, "Europe/Warsaw"},
		{"indico-json/indico-event-40025.json", 5, 1, 0, 7, "Europe/Paris"},
		{"indico-json/doc-event-0-basic.json", 0, 0, 0, 0, "Europe/Zurich"},
	} {
		t.Run(test.file, func(t *testing.T) {
			r, err := Read(read(t, shared(t, "data", test.file)), ReadOptions{Near: agenda.Date{Year: 2026, Month: 7, Day: 7}})
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Draft.Validate(); err != nil {
				t.Errorf("got a draft that is not valid: %.500v", err)
			}
			e := r.Draft.Event
			sessions := 0
			for range e.Sessions() {
				sessions++
			}
			for _, count := range []struct {
				what      string
				got, want int
			}{{"sessions", sessions, test.sessions}, {"days", len(e.Days), test.days}, {"rooms", len(e.Rooms), test.rooms}, {"people", len(e.People), test.people}} {
				if count.want >= 0 && count.got != count.want {
					t.Errorf("%s: got %d, want %d", count.what, count.got, count.want)
				}
			}
			if e.Zone != test.zone {
				t.Errorf("zone: got %s, want %s", e.Zone, test.zone)
			}
		})
	}
}

// TestReadWhatWeWrite reads our own exports back.
func TestReadWhatWeWrite(t *testing.T) {
	e := sample(t)
	var own, x, v1, v2 bytes.Buffer
	for _, err := range []error{
		WriteJSON(&own, e, options), WriteScheduleXML(&x, e, options), WriteScheduleJSON(&v1, e, options), WriteSchedule2JSON(&v2, e, options),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	r, err := Read(own.Bytes(), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var again bytes.Buffer
	r.Draft.Event.Release, r.Draft.Event.Updated = e.Release, e.Updated // of a publication, not of its content
	if err := WriteJSON(&again, r.Draft.Event, options); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(own.Bytes(), again.Bytes()) {
		t.Error("agenda.json: got another one after reading it, want the same")
	}
	for name, b := range map[string][]byte{"schedule.xml": x.Bytes(), "schedule.json": v1.Bytes(), "schedule.json 2": v2.Bytes()} {
		r, err := Read(b, ReadOptions{})
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		compareSchedules(t, name, e, r.Draft.Event)
	}
}

// compareSchedules compares what schedules carry: all sessions with a beginning.
func compareSchedules(t *testing.T, name string, want, got *agenda.Event) {
	t.Helper()
	for i := range want.Days {
		for _, slot := range want.Days[i].Slots() {
			_, s, err := got.Session(slot.Session.ID)
			if !slot.HasStart {
				if err == nil {
					t.Errorf("%s: got %q, which has no beginning, want none", name, got.Main(s.Title))
				}
				continue
			}
			if err != nil {
				t.Errorf("%s: %v", name, err)
				continue
			}
			if g, w := got.Main(s.Title), want.Main(slot.Session.Title); g != w || s.Status != slot.Session.Status {
				t.Errorf("%s: got %q %s, want %q %s", name, g, s.Status, w, slot.Session.Status)
			}
			if s.Time.Start != slot.Start {
				t.Errorf("%s: %q: got %s, want %s", name, want.Main(slot.Session.Title), s.Time, slot.Start)
			}
			if name != "schedule.json 2" && s.Kind != slot.Session.Kind {
				t.Errorf("%s: %q: got %s, want %s", name, want.Main(slot.Session.Title), s.Kind, slot.Session.Kind)
			}
		}
	}
	nino := false
	for _, s := range got.Sessions() {
		for _, r := range s.Roles {
			p, err := got.Person(r.Person)
			nino = nino || err == nil && got.Main(p.Name) == "Nino Beridze" && r.Has(agenda.Moderator) && p.ID == want.People[0].ID
		}
	}
	if !nino {
		t.Errorf("%s: got no Nino Beridze who moderates, want her", name)
	}
}

func TestReadCSV(t *testing.T) {
	for name, want := range map[string]struct{ sessions, days int }{
		"gpn11-talks.csv":  {29, 4},
		"csvconf-2017.csv": {75, 2}, // one for each cell of a row with a time, below its room
	} {
		r, err := Read(read(t, shared(t, "data", "csv", name)), ReadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		sessions := 0
		for range r.Draft.Event.Sessions() {
			sessions++
		}
		if sessions != want.sessions || len(r.Draft.Event.Days) != want.days {
			t.Errorf("%s: got %d sessions on %d days, want %d on %d", name, sessions, len(r.Draft.Event.Days), want.sessions, want.days)
		}
	}
	r, err := Read([]byte("Uhrzeit;Titel;Referenten;Raum\n10:00-10:30;Begrüßung;Anna Schmidt, Leiterin;Saal 1\n10:30-11:00;Kaffeepause;;\n"), ReadOptions{Zone: "Europe/Berlin"})
	if err != nil {
		t.Fatal(err)
	}
	checkSessions(t, r.Draft.Event, []string{"10:00-10:30 opening Begrüßung [anna-schmidt:speaker]", "10:30-11:00 break Kaffeepause"})
}
