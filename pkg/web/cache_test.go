package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
	"testing/synctest"

	"tamada/pkg/agenda"
	"tamada/pkg/programme"
)

// 64 visitors of a page that nobody has seen yet are one rendering.
func TestColdRequestsAreOneRender(t *testing.T) {
	c := newCache(1<<20, newMetrics())
	synctest.Test(t, func(t *testing.T) {
		renders, release := 0, make(chan struct{})
		draw := func(context.Context) ([]byte, error) {
			renders++
			<-release
			return []byte("page"), nil
		}
		var wg sync.WaitGroup
		for range 64 {
			wg.Go(func() {
				b, err := c.get(t.Context(), key{page: "agenda"}, draw)
				if err != nil || string(b.plain.bytes) != "page" {
					t.Errorf("got %v, %v, want the page", b, err)
				}
			})
		}
		synctest.Wait() // all of them wait
		close(release)
		wg.Wait()
		if renders != 1 {
			t.Errorf("got %d renderings, want 1", renders)
		}
	})
}

// gated is a store whose releases are read only once the gate is open.
type gated struct {
	Store
	release *agenda.Release
	gate    chan struct{}
	reads   *int
}

func (g gated) Latest(context.Context, string) (*agenda.Release, error) {
	*g.reads++
	<-g.gate
	return g.release, nil
}

// 64 visitors of an event that nobody has asked for yet are one query and one
// rendering.
func TestColdRequestsAreOneQuery(t *testing.T) {
	s, m := newServer(t)
	r, err := m.Latest(t.Context(), "forum-2026")
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		reads, gate := 0, make(chan struct{})
		cold := &Server{Store: gated{m, r, gate, &reads}, Log: s.Log, Now: s.Now, BaseURL: s.BaseURL}
		cold.init()
		var wg sync.WaitGroup
		for range 64 {
			wg.Go(func() {
				if w := get(cold, "/e/forum-2026"); w.Code != 200 || w.Body.Len() == 0 {
					t.Errorf("got %d with %d bytes, want the page", w.Code, w.Body.Len())
				}
			})
		}
		synctest.Wait()
		close(gate)
		wg.Wait()
		metrics := httptest.NewRecorder()
		cold.Metrics().ServeHTTP(metrics, httptest.NewRequest("GET", "/metrics", nil))
		if reads != 1 || !contains(metrics, "tamada_renders_total 1\n") {
			t.Errorf("got %d queries and\n%s, want 1 and 1 rendering", reads, metrics.Body)
		}
	})
}

// A rendering that nobody waits for any more is cancelled; as long as one
// does, it goes on.
func TestRenderIsCancelledWithItsLastVisitor(t *testing.T) {
	c := newCache(1<<20, newMetrics())
	synctest.Test(t, func(t *testing.T) {
		var stopped error
		draw := func(ctx context.Context) ([]byte, error) {
			<-ctx.Done()
			stopped = ctx.Err()
			return nil, stopped
		}
		first, leaveFirst := context.WithCancel(t.Context())
		second, leaveSecond := context.WithCancel(t.Context())
		for _, ctx := range []context.Context{first, second} {
			go func() {
				if _, err := c.get(ctx, key{page: "agenda"}, draw); !errors.Is(err, context.Canceled) {
					t.Errorf("got %v, want %v", err, context.Canceled)
				}
			}()
		}
		synctest.Wait()
		leaveFirst()
		synctest.Wait()
		if stopped != nil {
			t.Error("the rendering was cancelled while somebody waited for it")
		}
		leaveSecond()
		synctest.Wait()
		if !errors.Is(stopped, context.Canceled) {
			t.Errorf("the rendering ended with %v, want it cancelled", stopped)
		}
	})
}

// Two prints are made at a time; whoever waits for a turn may leave.
func TestPrintsWaitForTheirTurn(t *testing.T) {
	s, m := newServer(t)
	s.init()
	r, err := m.Latest(t.Context(), "forum-2026")
	if err != nil {
		t.Fatal(err)
	}
	for range maxPrints {
		s.state.prints <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error)
	go func() {
		_, err := s.print(ctx, r, programme.Options{Document: programme.Agenda}, programme.Write)
		done <- err
	}()
	cancel()
	if err := <-done; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	<-s.state.prints
	if b, err := s.print(t.Context(), r, programme.Options{Document: programme.Agenda}, programme.Write); err != nil || len(b) == 0 {
		t.Errorf("got %d bytes, %v, want a PDF when a turn is free", len(b), err)
	}
	if n := len(s.state.prints); n != maxPrints-1 {
		t.Errorf("%d turns are taken afterwards, want %d", n, maxPrints-1)
	}
}

func TestCacheIsBounded(t *testing.T) {
	const limit = 16 << 10
	c := newCache(limit, newMetrics())
	page := func(context.Context) ([]byte, error) { return make([]byte, 1000), nil }
	for i := range 100 {
		if _, err := c.get(t.Context(), key{page: strconv.Itoa(i)}, page); err != nil {
			t.Fatal(err)
		}
		if _, err := c.get(t.Context(), key{page: "0"}, page); err != nil { // used again and again
			t.Fatal(err)
		}
	}
	if c.size > limit || len(c.entries) != c.recent.Len() || len(c.entries) < 5 {
		t.Errorf("got %d bytes in %d entries, want a few within %d", c.size, len(c.entries), limit)
	}
	if c.entries[key{page: "0"}] == nil || c.entries[key{page: "1"}] != nil {
		t.Error("what is used most recently is not what is kept")
	}
	huge := func(context.Context) ([]byte, error) { return make([]byte, 2*limit), nil }
	if b, err := c.get(t.Context(), key{page: "huge"}, huge); err != nil || len(b.plain.bytes) != 2*limit {
		t.Errorf("a body above the limit: got %v, want it all the same", err)
	}
}

func TestErrorsAndPanicsAreNotKept(t *testing.T) {
	c := newCache(1<<20, newMetrics())
	if _, err := c.get(t.Context(), key{}, func(context.Context) ([]byte, error) { panic("boom") }); err == nil {
		t.Error("a panic gives no error")
	}
	b, err := c.get(t.Context(), key{}, func(context.Context) ([]byte, error) { return []byte("well"), nil })
	if err != nil || string(b.plain.bytes) != "well" {
		t.Errorf("got %v, %v, want what is rendered next", b, err)
	}
}

// While the server follows the store, a cached page costs no query; a new
// release shows at once.
func TestPagesFollowReleases(t *testing.T) {
	s, m := newServer(t)
	following(t, s, m)
	first := get(s, "/e/forum-2026")
	reads := m.reads.Load()
	get(s, "/e/forum-2026")
	get(s, "/e/forum-2026/now")
	if got := m.reads.Load(); got != reads {
		t.Errorf("pages of a release in memory cost %d queries, want none", got-reads)
	}
	d := m.drafts["forum-2026"]
	d.Event.Title["en"] = "Peer Learning Forum, renamed"
	m.publish(t, d, "")
	eventually(t, func() bool { return get(s, "/e/forum-2026").Header().Get("Etag") != first.Header().Get("Etag") })
	eventually(t, func() bool {
		return get(s, "/").Body.String() != "" && contains(get(s, "/"), "Peer Learning Forum, renamed")
	})
}

// Without following, every request asks for the latest release.
func TestPagesAreNeverStaleWithoutFollowing(t *testing.T) {
	s, m := newServer(t)
	get(s, "/e/forum-2026")
	get(s, "/")
	d := m.drafts["forum-2026"]
	d.Event.Title["en"] = "Peer Learning Forum, renamed"
	m.publish(t, d, "")
	for _, target := range []string{"/e/forum-2026", "/"} {
		if !contains(get(s, target), "Peer Learning Forum, renamed") {
			t.Errorf("%s shows an old release", target)
		}
	}
}

// Parameters that a page does not know never reach the cache.
func TestUnknownParametersShareACacheEntry(t *testing.T) {
	s, _ := newServer(t)
	for i := range 20 {
		get(s, "/e/forum-2026?utm="+strconv.Itoa(i))
		get(s, "/e/forum-2026?lang=en&lang=fr&x="+strconv.Itoa(i))
		get(s, "/e/forum-2026?lang=en-x-"+strconv.Itoa(i))
		get(s, "/e/forum-2026?q=needle"+strconv.Itoa(i))
		get(s, "/e/forum-2026/now?day=2026-11-24&q="+strconv.Itoa(i))
		get(s, "/e/forum-2026/calendar.ics?q="+strconv.Itoa(i))
	}
	if n := len(s.state.cache.entries); n > 4 {
		t.Errorf("got %d entries in the cache, want 4", n)
	}
}

func TestNotModified(t *testing.T) {
	s, _ := newServer(t)
	for _, target := range []string{"/e/forum-2026", "/e/forum-2026/calendar.ics", files.url("site.css")} {
		plain := get(s, target).Header().Get("Etag")
		zipped := get(s, target, "Accept-Encoding", "gzip").Header().Get("Etag")
		if plain == "" || plain == zipped || plain[0] != '"' {
			t.Errorf("%s: tags %s and %s, want two strong ones", target, plain, zipped)
		}
		for _, tt := range []struct {
			coding, tags string
			status       int
		}{
			{"", plain, 304},
			{"", `"other", W/` + plain, 304},
			{"", "*", 304},
			{"", `"other"`, 200},
			{"", zipped, 200},
			{"gzip", zipped, 304},
			{"gzip", plain, 200},
			{"br, gzip;q=0", plain, 304},
			{"*", zipped, 304},
			{"gzip;q=0, *", plain, 304},
		} {
			w := get(s, target, "Accept-Encoding", tt.coding, "If-None-Match", tt.tags)
			if w.Code != tt.status || tt.status == 304 && (w.Body.Len() > 0 || w.Header().Get("Cache-Control") == "" || w.Header().Get("Vary") == "") {
				t.Errorf("%s, Accept-Encoding %q, If-None-Match %s: got %d %v with %d bytes, want %d",
					target, tt.coding, tt.tags, w.Code, w.Header(), w.Body.Len(), tt.status)
			}
		}
	}
}

func TestFeedsHaveDates(t *testing.T) {
	s, _ := newServer(t)
	target := "/e/forum-2026/calendar.ics"
	published := opening.AddDate(0, 0, 1)
	if got := get(s, target).Header().Get("Last-Modified"); got != published.Format(http.TimeFormat) {
		t.Errorf("got Last-Modified %q, want that of the release", got)
	}
	for since, status := range map[string]int{
		published.Format(http.TimeFormat): 304, opening.Format(http.TimeFormat): 200, "yesterday": 200,
	} {
		if w := get(s, target, "If-Modified-Since", since); w.Code != status {
			t.Errorf("If-Modified-Since %s: got %d, want %d", since, w.Code, status)
		}
		if w := get(s, target, "If-Modified-Since", since, "If-None-Match", `"other"`); w.Code != 200 {
			t.Errorf("If-Modified-Since %s with another tag: got %d, want 200", since, w.Code)
		}
	}
}

// discard is a response that keeps nothing, so that only the server's own
// allocations are counted.
type discard struct{ header http.Header }

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
func (d *discard) WriteHeader(int)             {}

// maxAllocations is what a page from the cache may cost, the log line and the
// figures included.
const maxAllocations = 25

func TestAllocationsOfACachedPage(t *testing.T) {
	s, m := newServer(t)
	s.Log = slog.New(slog.NewJSONHandler(&discardWriter{}, nil))
	following(t, s, m)
	r := httptest.NewRequest("GET", "/e/forum-2026", nil)
	r.Header.Set("Accept-Encoding", "gzip, br")
	r.Header.Set("Accept-Language", "en-GB,en;q=0.9")
	h, w := s.Handler(), &discard{http.Header{}}
	h.ServeHTTP(w, r)
	got := testing.AllocsPerRun(200, func() {
		clear(w.header)
		h.ServeHTTP(w, r)
	})
	t.Logf("%v allocations", got)
	if got > maxAllocations {
		t.Errorf("got %v allocations, want at most %d", got, maxAllocations)
	}
}

type discardWriter struct{}

func (discardWriter) Write(b []byte) (int, error) { return len(b), nil }

func BenchmarkCachedPage(b *testing.B) {
	s, m := newServer(b)
	following(b, s, m)
	r := httptest.NewRequest("GET", "/e/forum-2026", nil)
	r.Header.Set("Accept-Encoding", "gzip")
	h, w := s.Handler(), &discard{http.Header{}}
	for b.Loop() {
		clear(w.header)
		h.ServeHTTP(w, r)
	}
}

func BenchmarkRenderAgenda(b *testing.B) {
	s, m := newServer(b)
	s.init()
	r, err := m.Latest(b.Context(), "forum-2026")
	if err != nil {
		b.Fatal(err)
	}
	ask := agendaQuery{choice: s.choice("en", r.Event.Languages)}
	for b.Loop() {
		p, err := s.agendaPage(r, ask)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := filled("agenda.html", p); err != nil {
			b.Fatal(err)
		}
	}
}
