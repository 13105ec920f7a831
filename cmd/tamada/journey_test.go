//go:build e2e

package main

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// fetch gets a file of the site, as a calendar program or a download does.
func (v *visit) fetch(path, contentType string) []byte {
	v.t.Helper()
	resp, err := http.Get(v.site + path)
	if err != nil {
		v.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		v.t.Fatal(err)
	}
	if got := resp.Header.Get("Content-Type"); resp.StatusCode != http.StatusOK || !strings.HasPrefix(got, contentType) {
		v.t.Fatalf("%s: got %s of type %q, want %s", path, resp.Status, got, contentType)
	}
	return b
}

// eventually waits until a page says so: another process changed the database,
// which the site looks at every few seconds.
func (v *visit) eventually(path, text string) {
	v.t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if strings.Contains(string(v.fetch(path, "text/html")), text) {
			return
		}
	}
	v.t.Errorf("%s does not come to say %q", path, text)
}

// links returns the paths of the links in what the selector finds.
func (v *visit) links(selector string) []string {
	v.t.Helper()
	return ask(v, chromedp.Evaluate[[]string](`[...document.querySelectorAll(`+"`"+selector+"`"+`)].map(a => a.getAttribute("href"))`))
}

// TestJourneyDelegateReadsTheAgenda follows somebody on a phone from the list
// of meetings to a session, the calendar and the programme.
func TestJourneyDelegateReadsTheAgenda(t *testing.T) {
	v := newVisit(t)
	v.open("/?lang=en")
	v.sees("First Bureau Meeting 2021")
	v.sees("Tbilisi")
	v.shot("meetings")
	v.click(`main a[href*="/e/mena-oecd-bureau-2021"]`)
	v.sees("10:15–10:40")
	v.sees("Alessandro Bellantoni")
	v.sees("Paris time (GMT+2)")
	v.sees("What are issues you had two years ago that you thought would be solved by now when it comes to citizen engagement?")
	v.shot("agenda")
	v.click(`main a[href*="/s/"]`)
	v.sees("Marco Daglio")
	v.shot("session")
	v.open("/e/mena-oecd-bureau-2021?lang=en")
	v.click(`a[href*="/subscribe"]`)
	if hrefs := strings.Join(v.links(`a[href^="webcal:"]`), " "); !strings.Contains(hrefs, "/e/mena-oecd-bureau-2021/calendar.ics") {
		t.Errorf("no webcal: link to the calendar, got %s", hrefs)
	}
	v.shot("subscribe")
	if feed := v.fetch("/e/mena-oecd-bureau-2021/calendar.ics", "text/calendar"); bytes.Count(feed, []byte("BEGIN:VEVENT\r\n")) != 6 {
		t.Errorf("the calendar has not the meeting and its five sessions:\n%s", feed)
	}
	if pdf := v.fetch("/e/mena-oecd-bureau-2021/programme.pdf?lang=en", "application/pdf"); !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		t.Errorf("the programme is no PDF: %.20q", pdf)
	}
}

// TestJourneyDelegateReadsArabic reads the same meeting from right to left.
func TestJourneyDelegateReadsArabic(t *testing.T) {
	v := newVisit(t)
	v.open("/e/mena-oecd-bureau-2021?lang=ar")
	if dir := ask(v, chromedp.Evaluate[string](`document.documentElement.dir`)); dir != "rtl" {
		t.Errorf("the page runs %q, want rtl", dir)
	}
	v.sees("2021")
	v.sees("باريس")
	v.shot("agenda")
	if wide := ask(v, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > document.documentElement.clientWidth`)); wide {
		t.Error("the page scrolls sideways on a phone")
	}
}

// TestJourneyDelegateWithoutScripts filters the agenda and changes the
// language with JavaScript switched off.
func TestJourneyDelegateWithoutScripts(t *testing.T) {
	v := newVisit(t)
	v.scripts(false)
	v.open("/e/tbilisi-poc-2014?lang=en&kind=workshop")
	v.shot("workshops")
	page := string(v.fetch("/e/tbilisi-poc-2014?lang=en&kind=workshop", "text/html"))
	if !strings.Contains(page, "Reboot") || strings.Contains(page, "Gharibashvili") {
		t.Error("the filter does not leave the two workshops alone")
	}
	v.do(chromedp.Click(chromedp.CSS(`details.menu summary`)))
	v.click(`a[hreflang="ka"]`)
	v.do(chromedp.WaitReady(chromedp.CSS(`html[lang="ka"]`)))
	v.shot("georgian")
}

// TestJourneyOrganiserPublishes imports a meeting, changes it and sees the
// change on the page and in the calendar, without a restart.
func TestJourneyOrganiserPublishes(t *testing.T) {
	v := newVisit(t)
	before := v.fetch("/e/eip-advisory-group-2020/calendar.ics", "text/calendar")
	file := v.command("export", "eip-advisory-group-2020", "--to", "yaml")
	if again := v.command("export", "eip-advisory-group-2020", "--to", "yaml"); again != file {
		t.Error("two exports differ")
	}
	moved := strings.Replace(file, "title: Monitoring and Evaluation", "title: Monitoring and evaluation", 1)
	if moved == file {
		t.Fatalf("the file has no title to change:\n%s", file)
	}
	v.keep("changed.yaml", []byte(moved))
	v.command("import", v.shots+"/changed.yaml", "--publish", "--note", "A title was corrected")
	v.eventually("/e/eip-advisory-group-2020/changes?lang=en", "A title was corrected")
	v.open("/e/eip-advisory-group-2020/changes?lang=en")
	v.shot("changes")
	if after := v.fetch("/e/eip-advisory-group-2020/calendar.ics", "text/calendar"); bytes.Equal(before, after) {
		t.Error("the calendar has not changed")
	}
}

// TestJourneyDelegateOfEveryPage holds every public page to the accessibility
// rules, in two languages, and leaves a picture of each in all its forms.
func TestJourneyDelegateOfEveryPage(t *testing.T) {
	v := newVisit(t)
	session := "/e/tbilisi-poc-2014/s/" + strings.TrimPrefix(v.firstSession(), "/e/tbilisi-poc-2014/s/")
	for name, path := range map[string]string{
		"meetings":  "/",
		"series":    "/series/mena-oecd-wg2",
		"tbilisi":   "/e/tbilisi-poc-2014",
		"mena":      "/e/mena-oecd-bureau-2021",
		"norway":    "/e/norway-ogp-seminar",
		"eip":       "/e/eip-advisory-group-2020",
		"post-2015": "/e/post-2015-week",
		"filtered":  "/e/tbilisi-poc-2014?kind=workshop",
		"empty":     "/e/tbilisi-poc-2014?q=nothing+of+the+kind",
		"session":   session,
		"changes":   "/e/tbilisi-poc-2014/changes",
		"subscribe": "/e/tbilisi-poc-2014/subscribe",
		"print":     "/e/tbilisi-poc-2014/print",
		"now":       "/e/tbilisi-poc-2014/now",
		"missing":   "/e/no-such-meeting",
		"bad":       "/e/tbilisi-poc-2014?day=yesterday",
	} {
		for _, lang := range []string{"en", "ar"} {
			v.everyForm(name+"-"+lang, withLanguage(path, lang))
		}
	}
}

// firstSession returns the path of a session's page.
func (v *visit) firstSession() string {
	v.t.Helper()
	v.open("/e/tbilisi-poc-2014?lang=en")
	links := v.links(`main a[href*="/s/"]`)
	if len(links) == 0 {
		v.t.Fatal("the agenda leads to no session")
	}
	path, _, _ := strings.Cut(links[0], "?")
	return path
}

func withLanguage(path, lang string) string {
	if strings.Contains(path, "?") {
		return path + "&lang=" + lang
	}
	return path + "?lang=" + lang
}

// everyForm checks and pictures a page: on a phone and at a desk, light and
// dark, and printed.
func (v *visit) everyForm(name, path string) {
	v.t.Helper()
	for _, scheme := range []string{"light", "dark"} {
		v.scheme(scheme)
		v.phone()
		v.open(path)
		v.accessible(name + " on a phone, " + scheme)
		if ask(v, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > document.documentElement.clientWidth`)) {
			v.t.Errorf("%s scrolls sideways on a phone", name)
		}
		v.shot(name + "-phone-" + scheme)
		v.desk()
		v.accessible(name + " at a desk, " + scheme)
		v.shot(name + "-desk-" + scheme)
	}
	v.scheme("light")
	v.paper(name)
}
