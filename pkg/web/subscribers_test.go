//go:build bench

package web

import (
	"net/http"
	"net/http/httptest"
	"syscall"
	"testing"
	"time"
)

// processorTime returns what this process has used of the processors.
func processorTime(t testing.TB) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// TestBenchMillionSubscribers works out, from what answers cost here, what a
// million calendars cost a day that ask for one feed every hour. It counts the
// handler with its middleware and the bytes of the bodies, and not what the
// kernel and TLS add.
func TestBenchMillionSubscribers(t *testing.T) {
	const subscribers, hours, sample = 1_000_000, 24, 20_000
	s, _ := newServer(t)
	ctx, following := t.Context(), make(chan struct{})
	go func() {
		defer close(following)
		s.Follow(ctx)
	}()
	t.Cleanup(func() { <-following })
	const feed = "/e/forum-2026/calendar.ics"
	handler := s.Handler()
	ask := func(tag string) *httptest.ResponseRecorder {
		r := httptest.NewRequest(http.MethodGet, feed, nil)
		r.Header.Set("Accept-Encoding", "gzip")
		if tag != "" {
			r.Header.Set("If-None-Match", tag)
		}
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		return w
	}
	tag := ask("").Header().Get("Etag")
	for _, way := range []struct {
		name, tag string
		code      int
	}{{"without 304", "", 200}, {"with 304", tag, 304}} {
		bytes := 0
		before := processorTime(t)
		for range sample {
			w := ask(way.tag)
			if w.Code != way.code {
				t.Fatalf("%s: got %d, want %d", way.name, w.Code, way.code)
			}
			bytes += w.Body.Len()
		}
		each := (processorTime(t) - before) / sample
		const requests = subscribers * hours
		t.Logf("%s: %d requests a day (%d a second), %.1f GB of bodies, %.0f s of a processor (%v each, %.2f%% of one core)", way.name,
			requests, requests/86_400, float64(bytes)/sample*requests/1e9, (each * requests).Seconds(), each, 100*(each*requests).Seconds()/86_400)
		if spent := (each * requests).Seconds(); spent > 86_400/2 {
			t.Errorf("%s: got %.0f s of a processor a day, want less than half of one", way.name, spent)
		}
	}
}
