package web

import (
	"bytes"
	"encoding/json"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/locale"
)

// seminar is a text as people send it round.
const seminar = `Seminar on open budgets
Tuesday 3 March 2026, Tbilisi

09:00-09:30 Opening remarks
Moderator: Nino Beridze, Head of Department, Ministry of Finance
09:30-10:15 Discussion: who reads a budget?
What would citizens ask first?
10:15-10:30 Coffee break
10:30-11:00 Closing
`

// lia signs in somebody who may create meetings.
func lia(t testing.TB, s *Server, m *archive) member {
	t.Helper()
	return at(t, s, m, newcomer(t, m, "Lia", true))
}

// carried returns what a form on a page would send: its hidden fields, inputs,
// the text and what is chosen.
func carried(w *httptest.ResponseRecorder) url.Values {
	form, page := url.Values{}, w.Body.String()
	_, page, _ = strings.Cut(page, "<main")
	for _, tag := range regexp.MustCompile(`<input [^>]*>`).FindAllString(page, -1) {
		if name := attribute(tag, "name"); name != "" && name != "file" && (!strings.Contains(tag, `type="checkbox"`) || strings.Contains(tag, " checked")) {
			form.Add(name, attribute(tag, "value"))
		}
	}
	for _, list := range regexp.MustCompile(`(?s)<select id="[^"]*" name="([^"]+)".*?</select>`).FindAllStringSubmatch(page, -1) {
		for _, tag := range regexp.MustCompile(`<option [^>]*selected`).FindAllString(list[0], -1) {
			form.Set(list[1], attribute(tag, "value"))
		}
	}
	for _, area := range regexp.MustCompile(`(?s)<textarea [^>]*name="([^"]+)"[^>]*>\n?(.*?)</textarea>`).FindAllStringSubmatch(page, -1) {
		form.Set(area[1], html.UnescapeString(area[2]))
	}
	return form
}

func attribute(tag, name string) string {
	_, rest, _ := strings.Cut(tag, " "+name+`="`)
	value, _, _ := strings.Cut(rest, `"`)
	return html.UnescapeString(value)
}

// acceptances returns the values of the buttons that accept one guess.
func acceptances(w *httptest.ResponseRecorder) []string {
	var out []string
	for _, m := range regexp.MustCompile(`value="(accept:[^"]+)"`).FindAllStringSubmatch(w.Body.String(), -1) {
		out = append(out, m[1])
	}
	return out
}

func TestPastedAgendaBecomesADraft(t *testing.T) {
	s, m := newServer(t)
	who := lia(t, s, m)
	w := who.send(s, http.MethodPost, "/organise/new", url.Values{"text": {seminar}, "here": {"Asia/Tbilisi"}})
	for _, want := range []string{"Seminar on open budgets", "Opening remarks", "Who reads a budget?", `id="l-4"`, `href="#l-4"`, "What would citizens ask first?", "Nino Beridze"} {
		if !strings.Contains(strings.ToLower(w.Body.String()), strings.ToLower(want)) {
			t.Errorf("the preview lacks %q", want)
		}
	}
	guesses := acceptances(w)
	if w.Code != http.StatusOK || len(guesses) < 2 {
		t.Fatalf("got %d with %d guesses, want 200 with two or more\n%s", w.Code, len(guesses), w.Body)
	}

	form := carried(w)
	form.Set("do", guesses[0])
	w = who.send(s, http.MethodPost, "/organise/new", form)
	if left := acceptances(w); len(left) != len(guesses)-1 {
		t.Errorf("after one was accepted %d guesses are open, want %d", len(left), len(guesses)-1)
	}

	form = carried(w)
	opening := sessionField(t, form, "Opening remarks")
	form.Set("s."+opening+".kind", "keynote")
	form.Set("zone", "Europe/Oslo")
	form.Set("title", "Seminar on open budgets 2026")
	w = who.send(s, http.MethodPost, "/organise/new", form)
	form = carried(w)
	if got := form.Get("s." + opening + ".kind"); got != "keynote" {
		t.Errorf("the corrected kind is %q in the next form, want keynote", got)
	}
	form.Set("text", form.Get("text")+"11:00-11:30 Farewell\n")
	form.Set("do", "create")
	w = who.send(s, http.MethodPost, "/organise/new", form)
	if got, want := w.Header().Get("Location"), "/organise/e/seminar-on-open-budgets?done=created"; w.Code != http.StatusSeeOther || got != want {
		t.Fatalf("got %d to %q, want 303 to %q\n%s", w.Code, got, want, w.Body)
	}

	d, _, err := m.Draft(t.Context(), "seminar-on-open-budgets")
	if err != nil {
		t.Fatal(err)
	}
	_, first, err := d.Event.Session(d.Event.Days[0].Sessions[0].ID)
	if err != nil || first.Kind != agenda.Keynote || d.Event.Zone != "Europe/Oslo" || d.Event.Main(d.Event.Title) != "Seminar on open budgets 2026" {
		t.Errorf("got %q in %q, first session %v, want the corrections", d.Event.Main(d.Event.Title), d.Event.Zone, first)
	}
	if n := len(d.Event.Days[0].Sessions); n != 5 {
		t.Errorf("got %d sessions, want the five of the text", n)
	}
	members, err := m.Members(t.Context(), d.Event.ID)
	if err != nil || len(members) != 1 || members[0].Grant.Role != access.Owner {
		t.Errorf("got members %v (%v), want who made it as owner", members, err)
	}
}

// sessionField returns the code of the session with that title, from the names
// of fields.
func sessionField(t testing.TB, form url.Values, title string) string {
	t.Helper()
	for name, values := range form {
		part := strings.Split(name, ".")
		if len(part) == 3 && part[2] == "title" && values[0] == title {
			return part[1]
		}
	}
	t.Fatalf("no field has the title %q: %v", title, form)
	return ""
}

func TestTheSameTextTwiceIsTwoMeetings(t *testing.T) {
	s, m := newServer(t)
	who := lia(t, s, m)
	form := url.Values{"text": {seminar}, "do": {"create"}}
	if w := who.send(s, http.MethodPost, "/organise/new", form); w.Code != http.StatusSeeOther {
		t.Fatalf("got %d, want 303", w.Code)
	}
	w := who.send(s, http.MethodPost, "/organise/new", form)
	if w.Code != http.StatusConflict || !contains(w, "There is a meeting of this address already") || !contains(w, "Opening remarks") {
		t.Fatalf("got %d, want 409 that says why, with the text", w.Code)
	}
	form = carried(w)
	form.Set("slug", "seminar-two")
	form.Set("do", "create")
	if w := who.send(s, http.MethodPost, "/organise/new", form); w.Code != http.StatusSeeOther {
		t.Errorf("with another address got %d, want 303\n%s", w.Code, w.Body)
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	s, m := newServer(t)
	who := lia(t, s, m)
	for _, tt := range []struct {
		text, want string
		code       int
	}{
		{"", "Paste an agenda or choose a file first", 422},
		{"Dear all,\nplease find attached the usual.\n", "No sessions were found", 200},
		{"%PDF-1.7\n1 0 obj\n", "Save it as Word", 422},
		{"<?xml version=\"1.0\"?><rss/>", "This is not an agenda in a known format", 422},
		{"\x00\x01\x02\x03\x04\x05", "This is not a document that can be read", 422},
		{"slug: x-y-z\nvisibility: publik\ntitle: A\nlanguages: [en]\nzone: Europe/Oslo\n", "publik", 422},
		{"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "No sessions were found", 200},
		{strings.Repeat("9:00 Opening of the meeting\n", 50_000), "at most 1 are read here", 422},
	} {
		w := who.send(s, http.MethodPost, "/organise/new", url.Values{"text": {tt.text}})
		if w.Code != tt.code || !contains(w, tt.want) {
			t.Errorf("%.40q: got %d, want %d that says %q", tt.text, w.Code, tt.code, tt.want)
		}
	}
	bad := who.send(s, http.MethodPost, "/organise/new", url.Values{"text": {seminar}, "was": {`{"zone":"UTC"}`}, "zone": {"Mars/Olympus"}, "do": {"create"}})
	if bad.Code != http.StatusUnprocessableEntity || !contains(bad, "This value cannot be taken") || !contains(bad, "Mars/Olympus") {
		t.Errorf("got %d, want 422 at the zone, with what was typed", bad.Code)
	}
}

// The problems of an agenda file are shown with their lines, and the text stays.
func TestAgendaFileWithProblems(t *testing.T) {
	s, m := newServer(t)
	who := lia(t, s, m)
	b, err := os.ReadFile("testdata/forum.yaml")
	if err != nil {
		t.Fatal(err)
	}
	broken := strings.Replace(string(b), "slug: forum-2026", "slug: forum 2027", 1)
	w := who.send(s, http.MethodPost, "/organise/new", url.Values{"text": {broken}})
	if w.Code != 422 || !contains(w, "The agenda file has 1 problem") || !contains(w, `<a href="#l-`) || !contains(w, "slug: forum 2027") {
		t.Errorf("got %d\n%.3000s", w.Code, w.Body)
	}
	if got := carried(w).Get("text"); got != broken {
		t.Errorf("the text changed on its way: got %d bytes, want %d", len(got), len(broken))
	}
}

// upload sends a file as browsers do.
func (m member) upload(s *Server, target, name string, content []byte, fields map[string]string) *httptest.ResponseRecorder {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for field, value := range fields {
		w.WriteField(field, value)
	}
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		part.Write(content)
	}
	w.Close()
	r := httptest.NewRequest(http.MethodPost, target, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Accept-Language", "en")
	r.AddCookie(m.cookie)
	rec := httptest.NewRecorder()
	s.Handler().ServeHTTP(rec, r)
	return rec
}

func TestFilesAreTaken(t *testing.T) {
	s, m := newServer(t)
	who := lia(t, s, m)
	w := who.upload(s, "/organise/new", "seminar.txt", []byte(seminar), map[string]string{"text": "what was there before"})
	if got := carried(w).Get("text"); w.Code != 200 || got != seminar {
		t.Errorf("got %d with the text %.60q, want that of the file", w.Code, got)
	}
	w = who.upload(s, "/organise/new", "large.txt", bytes.Repeat([]byte("x"), maxBrought+1), map[string]string{"text": seminar})
	if !contains(w, "A file may have at most 4 MB") || carried(w).Get("text") != seminar {
		t.Errorf("got %d, want the page with what was typed", w.Code)
	}
	w = who.upload(s, "/organise/new", "huge.txt", bytes.Repeat([]byte("x"), maxBringing), nil)
	if w.Code != http.StatusRequestEntityTooLarge {
		t.Errorf("got %d, want 413", w.Code)
	}
}

func TestDraftToRelease(t *testing.T) {
	s, m := newServer(t)
	e := m.drafts["forum-2026"].Event
	editor := at(t, s, m, newcomer(t, m, "Editor", false, access.Grant{Event: e.ID, Role: access.Editor}))
	viewer := at(t, s, m, newcomer(t, m, "Viewer", false, access.Grant{Event: e.ID, Role: access.Viewer}))

	home := editor.send(s, http.MethodGet, "/organise", nil)
	if !contains(home, "Peer Learning Forum 2026") || contains(home, "Closed") || contains(home, "/organise/new") {
		t.Errorf("an editor sees other meetings than theirs, or may create some:\n%s", home.Body)
	}

	file := editor.send(s, http.MethodGet, "/organise/e/forum-2026/agenda.yaml", nil).Body.String()
	changed := strings.Replace(file, "Opening: what we learned since Oslo", "Opening: what we know by now", 1)
	if changed == file {
		t.Fatalf("the file has no such title:\n%s", file)
	}
	look := editor.send(s, http.MethodPost, "/organise/e/forum-2026/upload", url.Values{"text": {changed}})
	if look.Code != 200 || !contains(look, "Other title") || !contains(look, "Opening: what we know by now") {
		t.Fatalf("got %d, want what would change\n%s", look.Code, look.Body)
	}
	form := carried(look)
	form.Set("do", "import")
	if w := editor.send(s, http.MethodPost, "/organise/e/forum-2026/upload", form); w.Code != http.StatusSeeOther {
		t.Fatalf("got %d, want 303\n%s", w.Code, w.Body)
	}
	if w := editor.send(s, http.MethodPost, "/organise/e/forum-2026/upload", url.Values{"text": {file}, "version": form["version"], "do": {"import"}}); w.Code != http.StatusConflict ||
		!contains(w, "The draft has been changed meanwhile") || !contains(w, "<strong><bdi>Editor</bdi></strong>") || carried(w).Get("text") != file {
		t.Errorf("an old page got %d, want 409 that says who changed what, with the text", w.Code)
	}

	draft := editor.send(s, http.MethodGet, "/organise/e/forum-2026", nil)
	for _, want := range []string{"Other title", "Opening: what we know by now", `class="mark tentative draft"`, "Newer agenda file"} {
		if !contains(draft, want) {
			t.Errorf("the draft lacks %q", want)
		}
	}
	if w := viewer.send(s, http.MethodGet, "/organise/e/forum-2026", nil); w.Code != 200 || contains(w, "/upload") || contains(w, "/publish") {
		t.Errorf("a viewer got %d, want the draft without what they may not do", w.Code)
	}
	if w := get(s, "/e/forum-2026"); contains(w, "what we know by now") {
		t.Error("the public sees the draft")
	}

	publish := carried(editor.send(s, http.MethodGet, "/organise/e/forum-2026/publish", nil))
	stale := url.Values{"version": {"1"}, "note": {"Typed by hand"}}
	if w := editor.send(s, http.MethodPost, "/organise/e/forum-2026/publish", stale); w.Code != http.StatusConflict || carried(w).Get("note") != "Typed by hand" {
		t.Errorf("got %d with note %q, want 409 with what was typed", w.Code, carried(w).Get("note"))
	}
	publish.Set("note", "A better title")
	if w := editor.send(s, http.MethodPost, "/organise/e/forum-2026/publish", publish); w.Header().Get("Location") != "/organise/e/forum-2026?done=published" {
		t.Fatalf("got %d to %q, want the draft\n%s", w.Code, w.Header().Get("Location"), w.Body)
	}
	if w := get(s, "/e/forum-2026"); !contains(w, "what we know by now") {
		t.Error("the public does not see the release")
	}
}

func TestHistoryIsTakenBack(t *testing.T) {
	s, m := newServer(t)
	e := m.drafts["forum-2026"].Event
	u := newcomer(t, m, "Editor", false, access.Grant{Event: e.ID, Role: access.Editor})
	editor := at(t, s, m, u)
	id := openingID(t, e)
	var versions []int
	for _, title := range []string{"First title", "Second title"} {
		now, _, err := m.Draft(t.Context(), "forum-2026")
		if err != nil {
			t.Fatal(err)
		}
		_, session, err := now.Event.Session(id)
		if err != nil {
			t.Fatal(err)
		}
		from, to := jsonOf(t, session.Title), jsonOf(t, agenda.Text{"en": title})
		version, err := m.Edit(t.Context(), u.ID, "forum-2026", []agenda.Edit{{Target: "session/" + id, Field: "title", From: from, To: to}})
		if err != nil {
			t.Fatal(err)
		}
		versions = append(versions, version)
	}
	w := editor.send(s, http.MethodGet, "/organise/e/forum-2026/history", nil)
	if !contains(w, "Session \u2068“Second title”\u2069: Title") || !contains(w, "<strong><bdi>Editor</bdi></strong>") || !contains(w, "organiser@example.org") {
		t.Errorf("the history does not say who changed what:\n%s", w.Body)
	}
	w = editor.send(s, http.MethodPost, "/organise/e/forum-2026/history", url.Values{"version": {strconv.Itoa(versions[0])}})
	if w.Code != http.StatusConflict || !contains(w, "was changed by \u2068Editor\u2069 since") {
		t.Errorf("got %d, want 409 that says who changed it since\n%s", w.Code, w.Body)
	}
	w = editor.send(s, http.MethodPost, "/organise/e/forum-2026/history", url.Values{"version": {strconv.Itoa(versions[1])}})
	if got := titleOf(t, m, id); w.Code != http.StatusSeeOther || got != "First title" {
		t.Errorf("got %d and the title %q, want the version undone", w.Code, got)
	}
	w = editor.send(s, http.MethodPost, "/organise/e/forum-2026/history", url.Values{"release": {"1"}})
	if got := titleOf(t, m, id); w.Code != http.StatusSeeOther || got != "Opening: what we learned since Oslo" {
		t.Errorf("got %d and the title %q, want that of the release", w.Code, got)
	}
}

func jsonOf(t testing.TB, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func titleOf(t testing.TB, m *archive, session string) string {
	t.Helper()
	d, _, err := m.Draft(t.Context(), "forum-2026")
	if err != nil {
		t.Fatal(err)
	}
	_, s, err := d.Event.Session(session)
	if err != nil {
		t.Fatal(err)
	}
	return s.Title["en"]
}

// No page of the organisers misses a message, in any language.
func TestOrganiserPagesMissNoMessage(t *testing.T) {
	s, m := newServer(t)
	who := lia(t, s, m)
	for _, lang := range locale.Interface() {
		for _, path := range []string{"", "/new", "/e/forum-2026", "/e/forum-2026/s/" + firstSession(t, m).ID, "/e/forum-2026/publish", "/e/forum-2026/upload", "/e/forum-2026/history", "/e/forum-2026/members"} {
			w := who.send(s, http.MethodGet, "/organise"+path+"?lang="+lang, nil)
			if w.Code != 200 || contains(w, "⟦") || contains(w, "ZgotmplZ") || contains(w, "<no value>") || !contains(w, `<html lang="`+lang+`"`) {
				t.Errorf("%s in %s = %d, or misses a message", path, lang, w.Code)
			}
		}
		w := who.send(s, http.MethodPost, "/organise/new?part=preview&lang="+lang, url.Values{"text": {seminar}})
		if w.Code != 200 || contains(w, "⟦") || contains(w, "<html") {
			t.Errorf("the preview in %s = %d, or misses a message", lang, w.Code)
		}
	}
}

// Clashes name both sides, and what further languages lack is counted.
func TestWhatAnOrganiserHasToKnow(t *testing.T) {
	d, err := agendafile.Parse("clash.yaml", []byte(`slug: clash-day
title: {en: Clashes, fr: Conflits}
visibility: public
languages: [en, fr]
zone: Europe/Oslo
rooms: [{id: a, name: Hall}]
people: {ada: {name: Ada}}
days:
  - date: 2026-03-03
    sessions:
      - {time: 09:00-10:00, title: One, rooms: [a], roles: [{as: [speaker], person: ada}]}
      - {time: 09:30-10:30, title: Two, rooms: [a], roles: [{as: [speaker], person: ada}]}
      - {time: 11:00-11:30, title: Three, talks: [{title: Long, minutes: 40}]}
`))
	if err != nil {
		t.Fatal(err)
	}
	s, _ := newServer(t)
	s.init()
	v, err := s.view(d.Event, s.choice("en", d.Event.Languages), "")
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, w := range append(v.clashes(), v.gaps()...) {
		got = append(got, strings.NewReplacer("\u2068", "", "\u2069", "").Replace(w.Text))
	}
	want := []string{
		"The talks of “Three” (Tue 3 Mar, 11:00–11:30) take 10 minutes too long.",
		"“Ada” is needed twice: “One” (Tue 3 Mar, 09:00–10:00) and “Two” (Tue 3 Mar, 09:30–10:30).",
		"The room “Hall” is used twice: “One” (Tue 3 Mar, 09:00–10:00) and “Two” (Tue 3 Mar, 09:30–10:30).",
		"Tue 3 Mar, 10:30–11:00: nothing between “Two” and “Three”.",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if missing := v.missing(); len(missing) != 1 || !strings.HasPrefix(missing[0], "6 texts") {
		t.Errorf("got %q, want six texts without French", missing)
	}
}

// firstSession returns the first session of the draft of the forum.
func firstSession(t testing.TB, m *archive) *agenda.Session {
	t.Helper()
	d, _, err := m.Draft(t.Context(), "forum-2026")
	if err != nil {
		t.Fatal(err)
	}
	return &d.Event.Days[0].Sessions[0]
}

// A session is changed by a form, and the change is undone by a button.
func TestSessionIsEdited(t *testing.T) {
	s, m := newServer(t)
	who, before := lia(t, s, m), firstSession(t, m)
	path := "/organise/e/forum-2026/s/" + agenda.Code(before.ID)
	w := who.send(s, http.MethodGet, path, nil)
	if w.Code != http.StatusOK || !contains(w, before.Title["en"]) {
		t.Fatalf("got %d, want the form with the title\n%s", w.Code, w.Body)
	}
	form := carried(w)
	form.Set("title.en", "A new title")
	form.Set("time", "08:30-09:15")
	form.Set("status", "cancelled")
	form.Set("abstract.en", "First line.\r\n\r\nSecond paragraph.")
	w = who.send(s, http.MethodPost, path, form)
	to := w.Header().Get("Location")
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(to, "/organise/e/forum-2026?done=edited&undo=") {
		t.Fatalf("got %d to %q, want 303 to the draft\n%s", w.Code, to, w.Body)
	}
	after := firstSession(t, m)
	if after.Title["en"] != "A new title" || after.Time.String() != "08:30-09:15" || after.Status != agenda.Cancelled || after.Abstract["en"] != "First line.\n\nSecond paragraph." || after.Kind != before.Kind {
		t.Errorf("got %+v, want what was typed", after)
	}
	for lang, title := range before.Title {
		if lang != "en" && after.Title[lang] != title {
			t.Errorf("got the title %q in %s, want %q", after.Title[lang], lang, title)
		}
	}

	w = who.send(s, http.MethodGet, strings.Split(to, "#")[0], nil)
	if !contains(w, "The session has been changed in the draft.") || !contains(w, `name="version"`) {
		t.Errorf("the draft offers no undo\n%s", w.Body)
	}
	w = who.send(s, http.MethodPost, "/organise/e/forum-2026/history", carried(w))
	if got := firstSession(t, m); w.Code != http.StatusSeeOther || got.Title["en"] != before.Title["en"] || got.Status != before.Status {
		t.Errorf("got %d and %+v, want the session as it was", w.Code, got)
	}
}

// Two organisers change the same session at once: what does not collide is
// joined, and what does is shown to whoever came second, with both values.
func TestSessionIsEditedByTwo(t *testing.T) {
	s, m := newServer(t)
	first, second, before := lia(t, s, m), at(t, s, m, newcomer(t, m, "Ola", true)), firstSession(t, m)
	path := "/organise/e/forum-2026/s/" + agenda.Code(before.ID)
	mine, theirs := carried(first.send(s, http.MethodGet, path, nil)), carried(second.send(s, http.MethodGet, path, nil))
	mine.Set("title.en", "Title of the first")
	mine.Set("time", "07:00-07:30")
	if w := first.send(s, http.MethodPost, path, mine); w.Code != http.StatusSeeOther {
		t.Fatalf("the first: got %d, want 303", w.Code)
	}
	only := url.Values{}
	for name, values := range theirs {
		only[name] = values
	}
	only.Set("kind", "keynote")
	if w := second.send(s, http.MethodPost, path, only); w.Code != http.StatusSeeOther {
		t.Errorf("another field: got %d, want 303\n%s", w.Code, w.Body)
	}
	theirs.Set("title.en", "Title of the second")
	w := second.send(s, http.MethodPost, path, theirs)
	if w.Code != http.StatusConflict || !contains(w, "Title of the first") || !contains(w, "Title of the second") || !contains(w, "was changed by \u2068Lia\u2069 since") {
		t.Fatalf("the same field: got %d, want 409 with both titles\n%s", w.Code, w.Body)
	}
	if w = second.send(s, http.MethodPost, path, carried(w)); w.Code != http.StatusSeeOther {
		t.Errorf("sent again: got %d, want 303\n%s", w.Code, w.Body)
	}
	if got := firstSession(t, m); got.Title["en"] != "Title of the second" || got.Time.String() != "07:00-07:30" || got.Kind != agenda.Keynote {
		t.Errorf("got %+v, want the second title, and the time and kind as they were changed", got)
	}
}

func TestSessionFormRefuses(t *testing.T) {
	s, m := newServer(t)
	who, before := lia(t, s, m), firstSession(t, m)
	path := "/organise/e/forum-2026/s/" + agenda.Code(before.ID)
	for name, tt := range map[string]struct{ field, value, want string }{
		"time": {"time", "ten o'clock", "This time cannot be read"}, "title": {"title.en", "", "is required"}, "kind": {"kind", "party", "party"},
	} {
		form := carried(who.send(s, http.MethodGet, path, nil))
		form.Set(tt.field, tt.value)
		form.Set("abstract.en", "What I typed before.")
		w := who.send(s, http.MethodPost, path, form)
		if w.Code != http.StatusUnprocessableEntity || !contains(w, tt.want) || !contains(w, "What I typed before.") {
			t.Errorf("%s: got %d, want 422 that says %q and keeps what was typed\n%s", name, w.Code, tt.want, w.Body)
		}
	}
	if got := firstSession(t, m); got.Title["en"] != before.Title["en"] {
		t.Errorf("got the title %q, want %q", got.Title["en"], before.Title["en"])
	}
	if w := who.send(s, http.MethodGet, "/organise/e/forum-2026/s/nobody", nil); w.Code != http.StatusNotFound {
		t.Errorf("a session that is not there: got %d, want 404", w.Code)
	}
}

// An owner invites somebody, who accepts by the link in the letter; the role is
// changed and taken away; the last owner stays.
func TestMembers(t *testing.T) {
	s, m := newServer(t)
	e := m.drafts["forum-2026"].Event
	owner := newcomer(t, m, "Ana", false, access.Grant{Event: e.ID, Role: access.Owner})
	ana := at(t, s, m, owner)
	const path = "/organise/e/forum-2026/members"
	if w := ana.send(s, http.MethodPost, path, url.Values{"address": {"no address"}, "role": {"editor"}}); w.Code != http.StatusUnprocessableEntity || !contains(w, "no address") {
		t.Errorf("a bad address: got %d, want 422 with what was typed", w.Code)
	}
	w := ana.send(s, http.MethodPost, path, url.Values{"address": {"bo@ministry.example"}, "role": {"editor"}, "do": {"invite"}})
	if w.Code != http.StatusSeeOther || len(m.letters.letters) != 1 {
		t.Fatalf("got %d and the letters %v, want 303 and one\n%s", w.Code, m.letters.letters, w.Body)
	}
	if w = ana.send(s, http.MethodGet, path, nil); !contains(w, "bo@ministry.example") || !contains(w, "Withdraw") {
		t.Errorf("the invitation is not listed\n%s", w.Body)
	}
	secret, err := access.ParseSecret(m.letters.letters[0].link[strings.Index(m.letters.letters[0].link, "key=")+4:])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.AcceptInvitation(t.Context(), secret, access.User{Name: "Bo"}); err != nil {
		t.Fatal(err)
	}
	w = ana.send(s, http.MethodGet, path, nil)
	if !contains(w, "Bo</bdi>") || contains(w, "Withdraw") {
		t.Errorf("Bo is not among the members, or still invited\n%s", w.Body)
	}
	bo := roleOf(t, m, e.ID, "Bo")
	w = ana.send(s, http.MethodPost, path, url.Values{"do": {"change"}, "user": {bo.User.ID}, "was": {"editor"}, "role": {"viewer"}})
	if got := roleOf(t, m, e.ID, "Bo").Grant.Role; w.Code != http.StatusSeeOther || got != access.Viewer {
		t.Errorf("got %d and the role %s, want viewer", w.Code, got)
	}
	for _, form := range []url.Values{
		{"do": {"remove"}, "user": {owner.ID}, "was": {"owner"}}, {"do": {"change"}, "user": {owner.ID}, "was": {"owner"}, "role": {"viewer"}},
	} {
		w = ana.send(s, http.MethodPost, path, form)
		if got := roleOf(t, m, e.ID, "Ana").Grant.Role; w.Code != http.StatusConflict || got != access.Owner || !contains(w, "A meeting needs an owner") {
			t.Errorf("the last owner: got %d and the role %s, want 409 and owner", w.Code, got)
		}
	}
	w = ana.send(s, http.MethodPost, path, url.Values{"do": {"remove"}, "user": {bo.User.ID}, "was": {"viewer"}})
	if got := roleOf(t, m, e.ID, "Bo"); w.Code != http.StatusSeeOther || got.User.ID != "" {
		t.Errorf("got %d and %v, want Bo gone", w.Code, got)
	}
	stranger := newcomer(t, m, "Cy", false)
	ana.send(s, http.MethodPost, path, url.Values{"do": {"change"}, "user": {stranger.ID}, "was": {"viewer"}, "role": {"owner"}})
	if got := roleOf(t, m, e.ID, "Cy"); got.User.ID != "" {
		t.Errorf("somebody who has no role was given one: %v", got)
	}
}

// roleOf returns the first role of a user of that name at an event.
func roleOf(t testing.TB, m *archive, event, name string) access.Member {
	t.Helper()
	members, err := m.Members(t.Context(), event)
	if err != nil {
		t.Fatal(err)
	}
	if i := slices.IndexFunc(members, func(x access.Member) bool { return x.User.Name == name }); i >= 0 {
		return members[i]
	}
	return access.Member{}
}

// A link to the draft shows it to whoever has it, until it is ended.
func TestPreviewLink(t *testing.T) {
	s, m := newServer(t)
	who, nobody := lia(t, s, m), member{}
	const path = "/organise/e/forum-2026/members"
	w := who.send(s, http.MethodPost, path, url.Values{"do": {"preview"}})
	link := attribute(regexp.MustCompile(`<input id="fresh"[^>]*>`).FindString(w.Body.String()), "value")
	if w.Code != http.StatusOK || !strings.HasPrefix(link, s.BaseURL+"/preview/forum-2026?key=") {
		t.Fatalf("got %d and the link %q, want one", w.Code, link)
	}
	form := carried(who.send(s, http.MethodGet, "/organise/e/forum-2026/s/"+agenda.Code(firstSession(t, m).ID), nil))
	form.Set("title.en", "Only in the draft")
	who.send(s, http.MethodPost, "/organise/e/forum-2026/s/"+agenda.Code(firstSession(t, m).ID), form)
	nobody.key = link[strings.Index(link, "key=")+4:]
	w = nobody.send(s, http.MethodGet, "/preview/forum-2026", nil)
	if w.Code != http.StatusOK || !contains(w, "Only in the draft") || contains(w, ">Edit<") {
		t.Errorf("got %d, want the draft, to be read only\n%s", w.Code, w.Body)
	}
	for name, want := range map[string]string{"X-Robots-Tag": "noindex", "Referrer-Policy": "no-referrer", "Cache-Control": "no-store"} {
		if got := w.Header().Get(name); !strings.Contains(got, want) {
			t.Errorf("%s: got %q, want %s", name, got, want)
		}
	}
	if w := nobody.send(s, http.MethodGet, "/preview/closed-2026", nil); w.Code == http.StatusOK {
		t.Error("the link opens another event")
	}
	if w := (member{}).send(s, http.MethodGet, "/preview/forum-2026", nil); w.Code == http.StatusOK {
		t.Error("the draft opens without a link")
	}
	w = who.send(s, http.MethodGet, path, nil)
	if contains(w, nobody.key) {
		t.Error("the link is shown a second time")
	}
	token := attribute(regexp.MustCompile(`<input type="hidden" name="token"[^>]*>`).FindString(w.Body.String()), "value")
	if w = who.send(s, http.MethodPost, path, url.Values{"do": {"revoke"}, "token": {token}}); w.Code != http.StatusSeeOther {
		t.Errorf("got %d, want 303", w.Code)
	}
	if w := nobody.send(s, http.MethodGet, "/preview/forum-2026", nil); w.Code == http.StatusOK {
		t.Error("the link opens the draft after its end")
	}
}
