package web

import (
	"strings"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/site"
)

// withSite returns the site of newServer as its owner would have it.
func withSite(t testing.TB, change func(*site.Site)) *Server {
	t.Helper()
	s, m := newServer(t)
	own := site.Default()
	own.Languages = []string{"en", "fr", "ar", "ka"}
	change(&own)
	if problems := own.Check([]string{"en", "fr", "ar", "ka"}); len(problems) > 0 {
		t.Fatal(problems)
	}
	s.Site = site.NewKeeper(own, m)
	return s
}

// What a site says of itself is on the pages, in the reader's language, and each
// page leads to it.
func TestAboutPages(t *testing.T) {
	s := withSite(t, func(own *site.Site) {
		own.Name = agenda.Text{"en": "Meeting Hub", "ar": "مركز الاجتماعات"}
		own.Imprint = agenda.Text{"en": "Ministry of **Meetings**", "fr": "Ministère des réunions"}
		own.Contact = agenda.Text{"en": "Write to [us](mailto:hub@example.org)"}
	})
	for target, wants := range map[string][]string{
		"/about?lang=en":         {"<h1>About this site</h1>", "Ministry of <strong>Meetings</strong>", `href="mailto:hub@example.org"`, "Tamada, a program for meetings"},
		"/about?lang=fr":         {"Ministère des réunions", `<div class="prose" lang="en" dir="ltr">`},
		"/about?lang=ar":         {`dir="rtl"`, "مركز الاجتماعات", `lang="en" dir="ltr"><p dir="auto">Ministry`},
		"/privacy?lang=en":       {"set no cookies", "14 days", "90 days", "Argon2id", "hub@example.org"},
		"/privacy?lang=ka":       {"ქუქი-ფაილებს", "14 დღე"},
		"/accessibility?lang=en": {"EN 301 549", "axe-core", "Known limits", "If something keeps you out", "<li dir=\"auto\">Agenda</li>", "4.5:1"},
		"/":                      {`href="/about?lang=en"`, `href="/privacy?lang=en"`, `href="/accessibility?lang=en"`, "Meeting Hub"},
		"/e/forum-2026?lang=ar":  {`href="/accessibility?lang=ar"`, "مركز الاجتماعات"},
		"/e/none":                {`href="/about?lang=en"`},
		"/sign-in?lang=fr":       {`href="/privacy?lang=fr"`},
	} {
		body := get(s, target).Body.String()
		for _, want := range wants {
			if !strings.Contains(body, want) {
				t.Errorf("%s has no %q", target, want)
			}
		}
	}
}

// What the owner writes takes the place of the program's words, but not of what
// is checked.
func TestOwnTexts(t *testing.T) {
	s := withSite(t, func(own *site.Site) {
		own.Privacy = agenda.Text{"en": "# Our notice\n\n<script>alert(1)</script>"}
		own.Accessibility = agenda.Text{"en": "Our statement"}
	})
	if body := get(s, "/privacy?lang=en").Body.String(); !strings.Contains(body, "Our notice</h2>") || strings.Contains(body, "Argon2id") || strings.Contains(body, "<script>") {
		t.Error("the privacy notice is not the owner's")
	}
	if body := get(s, "/accessibility?lang=en").Body.String(); !strings.Contains(body, "Our statement") || strings.Contains(body, "EN 301 549") || !strings.Contains(body, "axe-core") {
		t.Error("the statement is not the owner's with the evidence below")
	}
}

// A change is on pages that were in the cache already; colours and logo have
// addresses of their own, for ever.
func TestSiteChanges(t *testing.T) {
	s := withSite(t, func(*site.Site) {})
	before := get(s, "/e/forum-2026?lang=en").Body.String()
	if strings.Contains(before, "/site/style") || !strings.Contains(before, `content="#0f4c5c"`) {
		t.Error("the program's own colours need no style of their own")
	}
	changed := s.Site.Now().Site
	changed.Name = agenda.Text{"en": "Hub <b>"}
	changed.Light = "#7a1f3d"
	changed.Logo = site.LogoOf([]byte(`<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9v9z"/></svg>`))
	if err := s.Site.Set(t.Context(), "u1", 0, changed); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/", "/e/forum-2026", "/about", "/series/forum"} {
		after := get(s, path+"?lang=en").Body.String()
		for _, want := range []string{"Hub &lt;b&gt;", `content="#7a1f3d"`, `<img src="/site/logo.`, `href="/site/style.`, `<link rel="icon" href="/site/logo.`} {
			if !strings.Contains(after, want) {
				t.Errorf("%s has no %q", path, want)
			}
		}
	}
	style := get(s, s.edition().style.url)
	if body := style.Body.String(); !strings.Contains(body, "--brand: #7a1f3d") || !strings.Contains(style.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("the style is %q", body)
	}
	if w := get(s, s.edition().logo.url); w.Code != 200 || w.Header().Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the logo is %d %s", w.Code, w.Header().Get("Content-Type"))
	}
	if w := get(s, "/site/style.0000000000.css"); w.Code != 200 || strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("an older style is %d, %s, want that of now for a moment", w.Code, w.Header().Get("Cache-Control"))
	}
	if w := get(s, "/site/other.0000000000.css"); w.Code != 404 {
		t.Errorf("no file: got %d", w.Code)
	}
}

// A pseudo-locale is a language only where the site lists it.
func TestPseudoLocalesAreRefused(t *testing.T) {
	s := withSite(t, func(*site.Site) {})
	for _, target := range []string{"/?lang=en-XA", "/e/forum-2026?lang=ar-XB", "/about?lang=ar-xb", "/sign-in?lang=en-XA", "/e/forum-2026/programme.pdf?lang=en-XA"} {
		if w := get(s, target); w.Code != 400 {
			t.Errorf("%s: got %d, want 400", target, w.Code)
		}
	}
	own := s.Site.Base()
	own.Languages = []string{"en", "ar-XB"}
	s.Site = site.NewKeeper(own, nil)
	if w := get(s, "/?lang=ar-XB"); w.Code != 200 || !contains(w, `<html lang="ar-XB" dir="rtl">`) {
		t.Errorf("listed: got %d", w.Code)
	}
}
