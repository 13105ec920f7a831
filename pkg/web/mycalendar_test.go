package web

import (
	"bytes"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// secretOf returns the path of the address that a page shows once.
func secretOf(t testing.TB, page string) string {
	t.Helper()
	found := regexp.MustCompile(`value="https://tamada\.example(/my/[0-9a-z]{32}\.ics)"`).FindStringSubmatch(page)
	if found == nil {
		t.Fatalf("the page shows no address:\n%s", page)
	}
	return found[1]
}

// summaries returns the titles of a calendar.
func summaries(calendar string) []string {
	var all []string
	for _, m := range regexp.MustCompile(`(?m)^SUMMARY:(.*?)\r?$`).FindAllStringSubmatch(calendar, -1) {
		all = append(all, m[1])
	}
	return all
}

// An organiser makes the address of a moderator's calendar, and ends it.
func TestOwnCalendar(t *testing.T) {
	s, m := newServer(t)
	e := m.drafts["closed-2026"].Event
	var log bytes.Buffer
	s.Log = slog.New(slog.NewTextHandler(&log, nil))
	editor := at(t, s, m, newcomer(t, m, "editor", false, access.Grant{Event: e.ID, Role: access.Editor}))
	const page = "/organise/e/closed-2026/calendars"
	person := e.People[0]

	w := editor.send(s, http.MethodPost, page, url.Values{"person": {person.ID}})
	if w.Code != 200 {
		t.Fatalf("got %d\n%s", w.Code, w.Body)
	}
	address := secretOf(t, w.Body.String())
	if again := editor.send(s, http.MethodGet, page, nil); contains(again, "/my/") || !contains(again, `name="end"`) {
		t.Error("the page shows the address again, or none that could be ended")
	}

	w = get(s, address)
	header := w.Header()
	for name, want := range map[string]string{
		"Content-Type": "text/calendar; charset=utf-8", "Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer",
		"Access-Control-Allow-Origin": "",
	} {
		if got := header.Get(name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	if w.Code != 200 || strings.Contains(w.Body.String(), "/my/") || strings.Contains(w.Body.String(), "SOURCE") {
		t.Errorf("got %d and the address within:\n%s", w.Code, w.Body)
	}
	var want []string
	for _, session := range e.Sessions() {
		if session.HasPerson(person.Key) {
			want = append(want, e.Main(session.Title))
		}
	}
	titles := strings.Join(summaries(w.Body.String()), "\n")
	for _, title := range want {
		if !strings.Contains(strings.ReplaceAll(titles, `\,`, ","), title) {
			t.Errorf("got %q, want %q among them", titles, title)
		}
	}
	if len(want) == 0 || len(want) == len(slices.Collect(sessionsOf(e))) {
		t.Errorf("the person has %d sessions, which shows nothing", len(want))
	}
	if w := get(s, address, "If-None-Match", header.Get("Etag")); w.Code != 304 {
		t.Errorf("asked again: got %d, want 304", w.Code)
	}
	if w := do(s, http.MethodHead, address); w.Code != 200 || w.Body.Len() > 0 {
		t.Errorf("HEAD: got %d and %d bytes", w.Code, w.Body.Len())
	}
	if w := get(s, address+"?only=moderation&alarms=1&zone=utc&lang=fr"); w.Code != 200 || !contains(w, "BEGIN:VALARM") {
		t.Errorf("moderation: got %d\n%s", w.Code, w.Body)
	}
	if w := get(s, address+"?only=others"); w.Code != 400 {
		t.Errorf("a bad value: got %d, want 400", w.Code)
	}

	end := regexp.MustCompile(`name="end" value="([^"]+)"`).FindStringSubmatch(editor.send(s, http.MethodGet, page, nil).Body.String())
	if w := editor.send(s, http.MethodPost, page, url.Values{"end": {end[1]}}); w.Code != 303 {
		t.Errorf("end: got %d, want 303", w.Code)
	}
	if w := get(s, address); w.Code != 410 {
		t.Errorf("an address that was ended: got %d, want 410", w.Code)
	}
	for _, none := range []string{"/my/" + strings.Repeat("0", 32) + ".ics", "/my/x.ics", "/my/.ics", strings.TrimSuffix(address, ".ics")} {
		if w := get(s, none); w.Code != 404 {
			t.Errorf("%s: got %d, want 404", none, w.Code)
		}
	}
	if secret := strings.TrimSuffix(strings.TrimPrefix(address, "/my/"), ".ics"); strings.Contains(log.String(), secret) {
		t.Error("the log has the secret")
	}
}

// sessionsOf returns the sessions of e.
func sessionsOf(e *agenda.Event) func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, s := range e.Sessions() {
			if !yield(s.ID) {
				return
			}
		}
	}
}

// Somebody outside the programme has the sessions that were chosen, with the
// links to join that are backstage.
func TestOwnCalendarOfChosenSessions(t *testing.T) {
	s, m := newServer(t)
	d := m.drafts["forum-2026"]
	session := openingID(t, d.Event)
	d.Backstage = agenda.Backstage{session: {Join: "https://join.example.org/opening", Notes: agenda.Text{"en": "The minister is late."}}}
	if _, err := m.Import(t.Context(), "", d); err != nil {
		t.Fatal(err)
	}
	editor := at(t, s, m, newcomer(t, m, "editor", false, access.Grant{Event: d.Event.ID, Role: access.Editor}))
	const page = "/organise/e/forum-2026/calendars"

	for _, form := range []url.Values{{}, {"name": {"Jo Bloggs"}}, {"session": {session}}, {"name": {agenda.DerivedID("somebody")}, "session": {session}}} {
		if w := editor.send(s, http.MethodPost, page, form); w.Code != 422 || contains(w, "/my/") {
			t.Errorf("%v: got %d, want 422", form, w.Code)
		}
	}
	w := editor.send(s, http.MethodPost, page, url.Values{"name": {"Jo Bloggs"}, "session": {session, "none"}})
	calendar := get(s, secretOf(t, w.Body.String()))
	if got := summaries(calendar.Body.String()); len(got) != 1 {
		t.Errorf("got the entries %q, want the opening", got)
	}
	if !contains(calendar, "https://join.example.org/opening") || contains(calendar, "minister is late") {
		t.Errorf("got the calendar\n%s\nwant the link to join and no notes", calendar.Body)
	}

	secret, err := m.NewToken(t.Context(), "", access.Token{Purpose: access.ForPreview, Event: d.Event.ID})
	if err != nil {
		t.Fatal(err)
	}
	if w := get(s, "/my/"+secret.String()+".ics"); w.Code != 404 {
		t.Errorf("a token for something else: got %d, want 404", w.Code)
	}
	if w := editor.send(s, http.MethodPost, page, url.Values{"end": {secret.Hash().String()}}); w.Code != 404 {
		t.Errorf("ending a token for something else: got %d, want 404", w.Code)
	}
}
