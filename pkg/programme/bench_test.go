package programme

import (
	"context"
	"fmt"
	"io"
	"testing"

	"tamada/pkg/agenda"
)

// large returns an event of so many sessions, fifty a day, with abstracts,
// questions, roles and, in every fifth, talks.
func large(t testing.TB, sessions int) *agenda.Event {
	e := conference(t)
	pattern := e.Days[0].Sessions[2]
	pattern.ID = ""
	pattern.Questions = []agenda.Text{en("What would you do differently?"), en("Which commitment of your last plan changed something for citizens, and how do you know?")}
	pattern.Roles = []agenda.Role{role("cerdan", agenda.Moderator), role("mandon", agenda.Speaker)}
	e.Days = nil
	perDay := min(50, (sessions+1)/2)
	for i := range sessions {
		if i%perDay == 0 {
			e.Days = append(e.Days, agenda.Day{Date: agenda.Date{Year: 2026, Month: 1, Day: 1}.AddDays(i / perDay)})
		}
		s := pattern
		s.Abstract = en(fmt.Sprintf("In session %d, %s What came of plan %d is compared with what was promised, and by whom.", i, e.Main(pattern.Abstract), i*7))
		s.Title = en(fmt.Sprintf("Session %d: learning from the reports of others", i))
		s.Time = agenda.Time{Form: agenda.FromFor, Start: agenda.Clock(480 + i%perDay*15), Minutes: 15}
		if i%5 == 0 {
			for k := range 4 {
				s.Talks = append(s.Talks, agenda.Talk{Title: en(fmt.Sprintf("Talk %d of session %d", k, i)), Minutes: 3, Roles: s.Roles[1:]})
			}
		}
		day := &e.Days[len(e.Days)-1]
		day.Sessions = append(day.Sessions, s)
	}
	return identify(e)
}

func benchmark(b *testing.B, e *agenda.Event, o Options) {
	b.ReportAllocs()
	for b.Loop() {
		if err := Write(context.Background(), io.Discard, e, o); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkProgramme30(b *testing.B)   { benchmark(b, large(b, 30), Options{}) }
func BenchmarkProgramme1000(b *testing.B) { benchmark(b, large(b, 1000), Options{}) }
func BenchmarkAgenda30(b *testing.B)      { benchmark(b, large(b, 30), Options{Document: Agenda}) }
