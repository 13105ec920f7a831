package programme

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"runtime/metrics"
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

func BenchmarkProgramme30(b *testing.B) { benchmark(b, large(b, 30), Options{}) }
func BenchmarkAgenda30(b *testing.B)    { benchmark(b, large(b, 30), Options{Document: Agenda}) }

// BenchmarkProgramme1000 also reports how much more than before is on the heap
// at most.
func BenchmarkProgramme1000(b *testing.B) {
	e := large(b, 1000)
	b.ReportAllocs()
	peak := uint64(0)
	for b.Loop() {
		peak = max(peak, heapPeak(b, e, Options{}))
	}
	b.ReportMetric(float64(peak)/1e6, "peak-MB")
}

// heapPeak returns how much larger than before the heap is at most while a
// document is made, what is no longer in use included.
func heapPeak(t testing.TB, e *agenda.Event, o Options) uint64 {
	t.Helper()
	runtime.GC()
	base := heapSize()
	ctx := &heapSampler{Context: context.Background()}
	if err := Write(ctx, ctx, e, o); err != nil {
		t.Fatal(err)
	}
	return ctx.peak - min(ctx.peak, base)
}

// A heapSampler measures the heap whenever it is asked whether to go on, which
// is after every page, and whenever something is written.
type heapSampler struct {
	context.Context
	peak uint64
}

func (s *heapSampler) Err() error {
	s.peak = max(s.peak, heapSize())
	return s.Context.Err()
}

func (s *heapSampler) Write(b []byte) (int, error) { return len(b), s.Err() }

// heapSize returns how many bytes are on the heap.
func heapSize() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// A programme of a thousand sessions takes less than 100 MB while it is made;
// what is allocated on the way has a budget a third above what it takes.
func TestMemory(t *testing.T) {
	if raced {
		t.Skip("the race detector makes pools forget what they hold, so that everything is allocated anew; without it the test runs")
	}
	e := large(t, 1000)
	if err := Write(context.Background(), io.Discard, large(t, 30), Options{}); err != nil { // fonts are parsed
		t.Fatal(err)
	}
	const most, budget = 100_000_000, 260_000_000
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	peak := heapPeak(t, e, Options{})
	runtime.ReadMemStats(&after)
	if peak > most {
		t.Errorf("got %d MB at most on the heap, want %d", peak/1e6, most/1_000_000)
	}
	if got := after.TotalAlloc - before.TotalAlloc; got > budget {
		t.Errorf("got %d MB allocated, want at most %d", got/1e6, budget/1_000_000)
	}
}
