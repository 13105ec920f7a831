package web

import (
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"
)

// TestShortcuts holds that what is answered by a shortcut is what the long way
// answers, and that a new release or a lost body takes the long way.
func TestShortcuts(t *testing.T) {
	s, m := newServer(t)
	following(t, s, m)
	h := s.Handler()
	get := func(target, accept string) (body, tag, vary string) {
		t.Helper()
		r := httptest.NewRequest("GET", target, nil)
		r.Header.Set("Accept-Language", accept)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != 200 {
			t.Fatalf("%s: status %d", target, w.Code)
		}
		return w.Body.String(), w.Header().Get("Etag"), w.Header().Get("Vary")
	}
	for _, target := range []string{"/e/forum-2026", "/e/forum-2026?lang=fr", "/e/forum-2026/calendar.ics", "/e/forum-2026/now"} {
		for _, accept := range []string{"en", "ar"} {
			body, tag, vary := get(target, accept)
			again, tag2, vary2 := get(target, accept)
			if body != again || tag != tag2 || vary != vary2 {
				t.Errorf("%s in %s: the second answer differs from the first", target, accept)
			}
		}
	}
	english, _, _ := get("/e/forum-2026", "en")
	arabic, _, _ := get("/e/forum-2026", "ar")
	if english == arabic {
		t.Error("one shortcut serves two languages")
	}

	s.state.cache.limit = 1 // nothing fits any more
	s.state.cache.mu.Lock()
	clear(s.state.cache.entries)
	s.state.cache.mu.Unlock()
	if long, _, _ := get("/e/forum-2026", "en"); long != english {
		t.Error("without the body, the long way answers something else")
	}
}

func TestShortcutsAreBounded(t *testing.T) {
	s, m := newServer(t)
	following(t, s, m)
	h := s.Handler()
	for i := range maxShortcuts + 10 {
		h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/e/forum-2026/now?ignored="+strconv.Itoa(i), nil))
	}
	h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/e/forum-2026/now?ignored="+strings.Repeat("x", maxAddress), nil))
	if n := len(s.state.shortcuts.known); n == 0 || n > 10 {
		t.Errorf("%d shortcuts are known, want those after the bound was reached", n)
	}
}
