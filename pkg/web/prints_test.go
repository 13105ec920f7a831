package web

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"tamada/pkg/agenda"
	"tamada/pkg/programme"
)

// sources returns the addresses of the pictures on a page.
func sources(page string) []string {
	var out []string
	for _, part := range strings.Split(page, `<img src="`)[1:] {
		address, _, _ := strings.Cut(part, `"`)
		if strings.HasPrefix(address, "/e/") {
			out = append(out, strings.ReplaceAll(address, "&amp;", "&"))
		}
	}
	return out
}

// The print page shows a picture of every document, and each is one: for every
// choice of the form, also for two languages where a document has only one.
func TestPrintPageShowsDocuments(t *testing.T) {
	s, _ := newServer(t)
	for _, choice := range []string{
		"", "?lang=ar", "?paper=a5-booklet&languages=fr", "?paper=letter&languages=en,ar&since=1",
		"?paper=a3&zones=Africa/Tunis,+Asia/Riyadh&crop-marks=1&greyscale=1&languages=&since=",
	} {
		w := get(s, "/e/forum-2026/print"+choice)
		pictures := sources(w.Body.String())
		if len(pictures) != len(offers) {
			t.Errorf("%q: got %d pictures, want %d", choice, len(pictures), len(offers))
		}
		for _, source := range pictures {
			picture := get(s, source)
			if got := picture.Header().Get("Content-Type"); picture.Code != 200 || got != "image/svg+xml" {
				t.Errorf("%s = %d of type %q, want a picture", source, picture.Code, got)
			}
			if err := wellFormed(picture.Body); err != nil {
				t.Errorf("%s: %v", source, err)
			}
		}
		if got := strings.Count(w.Body.String(), `loading="lazy"`); got != len(pictures) || strings.Contains(w.Body.String(), `alt=""`) {
			t.Errorf("%q: got %d lazy pictures of %d, want all, each with words", choice, got, len(pictures))
		}
	}
}

func wellFormed(r io.Reader) error {
	d := xml.NewDecoder(r)
	for {
		if _, err := d.Token(); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
	}
}

// What was chosen in the form is chosen when the page comes back, is kept by
// the links to other languages, and is what the documents are made with.
func TestPrintPageKeepsChoices(t *testing.T) {
	s, _ := newServer(t)
	page := strings.ReplaceAll(get(s, "/e/forum-2026/print?lang=fr&languages=en,ar&paper=a5&since=1&zones=Asia/Riyadh&greyscale=1&crop-marks=1").Body.String(), "&amp;", "&")
	for _, want := range []string{
		`<option value="en,ar" selected>`, `<option value="a5" selected>`, `<option value="1" selected>`, `value="Asia/Riyadh"`,
		`name="greyscale" value="1" checked`, `name="crop-marks" value="1" checked`, `<input type="hidden" name="lang" value="fr">`,
		`/print?crop-marks=1&greyscale=1&lang=ar&languages=en%2Car&paper=a5&since=1&zones=Asia%2FRiyadh"`,
		`/programme.pdf?crop-marks=1&doc=annotated&greyscale=1&lang=en%2Car&paper=a5&since=1&zones=Asia%2FRiyadh"`,
		`/programme.pdf?crop-marks=1&doc=grid&greyscale=1&lang=en&paper=a5&since=1&zones=Asia%2FRiyadh"`,
		`/programme.svg?doc=annotated&greyscale=1&lang=en%2Car&paper=a5&since=1&zones=Asia%2FRiyadh"`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has not %s", want)
		}
	}
	if first := get(s, "/e/quiet-2026/print").Body.String(); strings.Contains(first, `name="since"`) || strings.Contains(first, "doc=changes") {
		t.Error("the first release offers changes, want none")
	}
}

// Bad values say which they are; those that do not matter are no others.
func TestPrintParameters(t *testing.T) {
	s, _ := newServer(t)
	for _, bad := range []string{"since=2", "since=0", "since=-1", "since=one", "since=99999999999999999999", "greyscale=yes", "crop-marks=2", "paper=a0", "zones=Mars"} {
		for _, path := range []string{"/print", "/programme.pdf", "/programme.svg"} {
			if path == "/print" && strings.HasPrefix(bad, "zones") {
				continue // the form says so: TestPrintFormKeepsZones
			}
			if w := get(s, "/e/forum-2026"+path+"?"+bad); w.Code != 400 || !contains(w, bad) {
				t.Errorf("%s?%s = %d, want 400 that says so", path, bad, w.Code)
			}
		}
	}
	for path, same := range map[string]bool{
		"?greyscale=0&since=&nonsense=1": true, "?doc=programme&paper=a4&lang=en": true,
		"?greyscale=1": false, "?crop-marks=1": false, "?since=1": false, "?zones=Asia/Riyadh": false, "?lang=ar": false, "?paper=a5": false,
	} {
		if got := bytes.Equal(pdf(t, s, path), pdf(t, s, "")); got != same {
			t.Errorf("programme.pdf%s is the same as without: %v, want %v", path, got, same)
		}
	}
}

// Zones that are none are named beside what was typed, and nothing else that was
// chosen is lost.
func TestPrintFormKeepsZones(t *testing.T) {
	s, _ := newServer(t)
	for typed, want := range map[string]string{
		"Asia/Riyadh, Mars": "There is no time zone “Mars”",
		"Asia/Riyadh,Asia/Tokyo,Africa/Tunis,Europe/Oslo,Europe/Paris": "At most 4 further time zones",
	} {
		w := get(s, "/e/forum-2026/print?lang=en&languages=ar&paper=a5&greyscale=1&zones="+url.QueryEscape(typed))
		if w.Code != 422 || !contains(w, want) || w.Header().Get("Cache-Control") != noStore[0] {
			t.Errorf("%s: got %d with %v, want 422 and %q", typed, w.Code, w.Header(), want)
		}
		for _, kept := range []string{`value="` + typed + `"`, `<option value="a5" selected>`, `name="greyscale" value="1" checked`, `<option value="ar" selected`, `paper=a5`} {
			if !contains(w, kept) {
				t.Errorf("%s: got a page without %s", typed, kept)
			}
		}
	}
	if w := get(s, "/e/forum-2026/print?zones=Asia/Riyadh"); w.Code != 200 || contains(w, "aria-invalid") {
		t.Errorf("got %d, want 200 and nothing wrong", w.Code)
	}
}

func pdf(t *testing.T, s *Server, query string) []byte {
	t.Helper()
	w := get(s, "/e/forum-2026/programme.pdf"+query)
	if w.Code != 200 || !bytes.HasPrefix(w.Body.Bytes(), []byte("%PDF-")) {
		t.Fatalf("programme.pdf%s = %d, want a PDF", query, w.Code)
	}
	return bytes.Clone(w.Body.Bytes())
}

// A picture is kept like any page, and not made again for whoever has it.
func TestPicturesAreKept(t *testing.T) {
	s, _ := newServer(t)
	const address = "/e/forum-2026/programme.svg?doc=agenda&lang=ar"
	first := get(s, address)
	again := get(s, address, "If-None-Match", first.Header().Get("Etag"))
	if again.Code != 304 || again.Body.Len() > 0 {
		t.Errorf("got %d with %d bytes, want 304 without any", again.Code, again.Body.Len())
	}
	if got := first.Header().Get("Cache-Control"); got != someMinutes[0] {
		t.Errorf("got Cache-Control %q, want %q", got, someMinutes[0])
	}
}

// A letter that no font has is named in the log.
func TestMissingLettersAreLogged(t *testing.T) {
	s, m := newServer(t)
	var log bytes.Buffer
	s.Log = slog.New(slog.NewTextHandler(&log, nil))
	d := forumAs(t, "manat-2026")
	d.Event.Theme = agenda.Text{"en": "A fee of 5 \u20bc"}
	m.publish(t, d, "")
	r, err := m.Latest(t.Context(), "manat-2026")
	if err != nil {
		t.Fatal(err)
	}
	s.init()
	if _, err := s.print(t.Context(), r, programme.Options{Document: programme.Programme}, programme.Write); err != nil {
		t.Fatal(err)
	}
	if got := log.String(); !strings.Contains(got, "manat-2026") || !strings.Contains(got, "\u20bc") {
		t.Errorf("got the log %q, want the meeting and the letter in it", got)
	}
}
