package web

import (
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"tamada/pkg/access"
	"tamada/pkg/site"
)

// settings returns the site with an administrator, and what their form holds.
func settings(t *testing.T) (*Server, member, map[string]string) {
	t.Helper()
	s, m := newServer(t)
	own := site.Default()
	own.Languages = []string{"en", "fr", "ar"}
	s.Site = site.NewKeeper(own, m)
	return s, at(t, s, m, newcomer(t, m, "chief", true)), map[string]string{
		"version": "0", "name.en": "Meeting Hub", "name.fr": "Carrefour", "languages": "fr, en", "light": "#7A1F3D", "dark": "",
		"imprint.en": "Line one\r\n\r\nLine two", "do": "save",
	}
}

// values returns the fields of a form as they are sent without a file.
func values(fields map[string]string) url.Values {
	q := url.Values{}
	for name, value := range fields {
		q.Set(name, value)
	}
	return q
}

const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z" fill="#7a1f3d"/></svg>`

func TestSettingsOfTheSite(t *testing.T) {
	s, chief, form := settings(t)
	if w := chief.send(s, "GET", "/organise/site", nil); w.Code != 200 || !contains(w, `value="Tamada" lang="en"`) || !contains(w, "4.5:1 is needed") {
		t.Fatalf("the form: got %d", w.Code)
	}
	w := chief.upload(s, "/organise/site", "logo.svg", []byte(drawing), form)
	if w.Code != 303 || w.Header().Get("Location") != "/organise/site?done=saved" {
		t.Fatalf("got %d to %q: %s", w.Code, w.Header().Get("Location"), w.Body)
	}
	now := s.Site.Now()
	if now.Version != 1 || now.Name["fr"] != "Carrefour" || now.Light != "#7a1f3d" || now.Dark != "" || now.Logo.Type != site.SVG ||
		strings.Join(now.Languages, " ") != "fr en" || now.Imprint["en"] != "Line one\n\nLine two" {
		t.Errorf("got %+v", now)
	}
	if body := get(s, "/", "Accept-Language", "xx").Body.String(); !strings.Contains(body, "Carrefour") || !strings.Contains(body, `lang="fr"`) || !strings.Contains(body, "/site/logo.") {
		t.Error("the list of meetings does not show it")
	}
	form["version"], form["remove"] = "1", "yes"
	if w := chief.send(s, "POST", "/organise/site", values(form)); w.Code != 303 || len(s.Site.Now().Logo.Data) != 0 {
		t.Errorf("without a logo: got %d and %d bytes", w.Code, len(s.Site.Now().Logo.Data))
	}
}

// What is wrong is said at the head and at each field, and what was typed stays.
func TestSettingsThatAreWrong(t *testing.T) {
	s, chief, form := settings(t)
	for name, value := range map[string]string{"name.en": "", "name.fr": "", "light": "#7fb2ff", "dark": "reddish", "languages": "en, xx", "contact.fr": "Écrivez"} {
		form[name] = value
	}
	w := chief.upload(s, "/organise/site", "logo.svg", []byte(strings.Replace(drawing, "<path", "<script/><path", 1)), form)
	if w.Code != 422 {
		t.Errorf("got %d, want 422", w.Code)
	}
	for _, want := range []string{
		"Give the site a name", `href="#name.en"`, "The nearest that can is #", `href="#light"`, "“reddish” is no colour", `value="reddish"`, `value="#7fb2ff"`,
		"There is no interface in “xx”", `href="#languages"`, "&lt;script&gt;", `href="#logo"`, "Écrivez</textarea>", "Line two", "5 problems",
	} {
		if !contains(w, want) && !strings.Contains(w.Body.String(), want) {
			t.Errorf("the page has no %q", want)
		}
	}
	if s.Site.Now().Version != 0 {
		t.Error("something was set")
	}
}

// Whoever is second is told, keeps what they typed, and may put it over the other
// change.
func TestSettingsConflict(t *testing.T) {
	s, chief, form := settings(t)
	if w := chief.send(s, "POST", "/organise/site", values(form)); w.Code != 303 {
		t.Fatalf("got %d", w.Code)
	}
	form["name.en"], form["languages"] = "Another hub", "en, fr"
	w := chief.send(s, "POST", "/organise/site", values(form))
	if w.Code != 409 || !contains(w, "Somebody else has changed the site") || !contains(w, `value="Another hub"`) || !contains(w, `name="version" value="1"`) {
		t.Fatalf("got %d: %s", w.Code, w.Body)
	}
	form["version"] = strconv.Itoa(1)
	if w := chief.send(s, "POST", "/organise/site", values(form)); w.Code != 303 || s.Site.Now().Name["en"] != "Another hub" {
		t.Errorf("once more: got %d, %q", w.Code, s.Site.Now().Name)
	}
}

// A preview shows the name, the colours and the logo, and sets nothing; saving
// afterwards needs no second upload.
func TestSettingsPreview(t *testing.T) {
	s, chief, form := settings(t)
	form["do"] = "preview"
	w := chief.upload(s, "/organise/site", "logo.svg", []byte(drawing), form)
	for _, want := range []string{"Nothing has been saved yet", "Meeting Hub</bdi>", "light=%237a1f3d", `<img src="data:image/svg`} {
		if !strings.Contains(w.Body.String(), want) && !contains(w, want) {
			t.Errorf("the preview has no %q", want)
		}
	}
	if w.Code != 200 || s.Site.Now().Version != 0 || !strings.Contains(w.Header().Get("Content-Security-Policy"), "img-src 'self' data:") {
		t.Errorf("got %d, version %d, policy %q", w.Code, s.Site.Now().Version, w.Header().Get("Content-Security-Policy"))
	}
	style := get(s, "/site/style.css?light=%237a1f3d&dark=%23f2a7bf")
	if !strings.Contains(style.Body.String(), "--brand: #7a1f3d") {
		t.Errorf("the style is %q", style.Body)
	}
	if w := get(s, "/site/style.css?light=red}&dark=%23f2a7bf"); w.Code != 400 {
		t.Errorf("no colour: got %d", w.Code)
	}
	form["do"], form["logo"] = "save", kept(t, w)
	if w := chief.send(s, "POST", "/organise/site", values(form)); w.Code != 303 || string(s.Site.Now().Logo.Data) != drawing {
		t.Errorf("saved: got %d, logo %q", w.Code, s.Site.Now().Logo.Data)
	}
}

// kept returns the logo that a page holds for the next form.
func kept(t *testing.T, w *httptest.ResponseRecorder) string {
	t.Helper()
	_, rest, ok := strings.Cut(w.Body.String(), `name="logo" value="`)
	value, _, _ := strings.Cut(rest, `"`)
	if !ok {
		t.Fatal("the page keeps no logo")
	}
	return strings.ReplaceAll(value, "&#43;", "+")
}

// Only administrators see it; their bar leads there.
func TestSettingsAreForAdministrators(t *testing.T) {
	s, m := newServer(t)
	e := m.drafts["forum-2026"].Event
	owner := at(t, s, m, newcomer(t, m, "owner", false, access.Grant{Event: e.ID, Role: access.Owner}))
	if w := owner.send(s, "GET", "/organise/site", nil); w.Code != 403 {
		t.Errorf("an owner of an event: got %d, want 403", w.Code)
	}
	if w := owner.send(s, "GET", "/account", nil); contains(w, "/organise/site") {
		t.Error("the bar of an owner leads to the settings")
	}
	chief := at(t, s, m, newcomer(t, m, "chief", true))
	if w := chief.send(s, "GET", "/account", nil); !contains(w, "/organise/site") {
		t.Error("the bar of an administrator does not lead to the settings")
	}
}
