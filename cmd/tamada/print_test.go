//go:build e2e

package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"golang.org/x/text/unicode/norm"
)

// pictures waits until the pictures of documents are there, those further down
// the page as well, and returns what is said of each.
func (v *visit) pictures() []string {
	v.t.Helper()
	found := ask(v, chromedp.Evaluate[[]string](`Promise.all([...document.querySelectorAll(".leaf img")].map(async i => {
		i.loading = "eager";
		await i.decode();
		return i.naturalWidth > 0 && i.clientWidth > 60 ? i.alt : "nothing to see: " + i.src;
	}))`, chromedp.EvalAwaitPromise))
	for _, words := range found {
		if words == "" || strings.HasPrefix(words, "nothing to see") {
			v.t.Errorf("got a picture with the words %q, want one that is seen and told", words)
		}
	}
	return found
}

// submit sends the form and waits for the page that shows the choice.
func (v *visit) submit(chosen string) {
	v.t.Helper()
	v.click(`.choose button`)
	v.do(chromedp.WaitReady(chromedp.CSS(`.choose option[value="` + chosen + `"][selected]`)))
}

// toPrints goes from the agenda to the print page by its link.
func (v *visit) toPrints() {
	v.t.Helper()
	v.click(`nav a[href*="/print"]`)
	v.do(chromedp.WaitReady(chromedp.CSS(`.sheets`)))
}

// choose sets a choice of the form.
func (v *visit) choose(name, value string) {
	v.t.Helper()
	v.do(chromedp.SetValue(chromedp.CSS(`.choose [name="`+name+`"]`), value))
}

// read returns what Debian's poppler-utils say of a document: its pages and
// what can be read of it.
func (v *visit) read(pdf []byte, name string) (info, text string) {
	v.t.Helper()
	v.keep(name, pdf)
	path := filepath.Join(v.shots, name)
	for tool, to := range map[string]*string{"pdfinfo": &info, "pdftotext": &text} {
		args := []string{path}
		if tool == "pdftotext" {
			args = append(args, "-")
		}
		out, err := exec.Command(tool, args...).Output()
		if err != nil {
			v.t.Fatalf("%s: %v", tool, err)
		}
		*to = norm.NFKC.String(string(out)) // readers give ligatures as they are drawn
	}
	return info, text
}

// TestJourneyPrintProgramme follows somebody at a desk from the agenda to the
// print page, who chooses an A5 booklet for the print shop and fetches it.
func TestJourneyPrintProgramme(t *testing.T) {
	v := newVisit(t)
	v.desk()
	v.open("/e/tbilisi-poc-2014?lang=en")
	v.toPrints()
	v.sees("Annotated agenda")
	if got := v.pictures(); len(got) != 5 || got[0] != "Programme: first page, A4, English" {
		t.Errorf("got pictures of %q, want of five documents, the programme first", got)
	}
	v.accessible("the print page at a desk")
	v.shot("print")

	v.choose("paper", "a5-booklet")
	v.choose("languages", "en,ka")
	v.do(chromedp.Click(chromedp.CSS(`.choose [name="crop-marks"]`)), chromedp.Click(chromedp.CSS(`.choose [name="greyscale"]`)))
	v.shot("chosen")
	v.submit("a5-booklet")
	v.sees("PDF, A5 booklet, printed on A4")
	v.pictures()
	v.accessible("the print page with choices")
	v.shot("booklet")

	links := v.links(`.sheets a.btn`)
	info, text := v.read(v.fetch(links[0], "application/pdf"), "programme.pdf")
	for _, want := range []string{"Tagged:          yes", "European Region Government Point of Contact"} {
		if !strings.Contains(info, want) {
			t.Errorf("got a document that says %s, want %q", info, want)
		}
	}
	for _, want := range []string{"Learning from the reports", "Thea Tsulukiani", "10:15–11:00", "Draft Action Plan 7", "პროგრამა"} {
		if !strings.Contains(text, want) {
			t.Errorf("the programme does not say %q", want)
		}
	}
}

// TestJourneyPrintProgrammeInArabic does so on a phone, from right to left and
// with JavaScript switched off.
func TestJourneyPrintProgrammeInArabic(t *testing.T) {
	v := newVisit(t)
	v.open("/e/mena-oecd-bureau-2021/print?lang=ar")
	if got := v.pictures(); len(got) < 5 || !strings.Contains(got[0], "العربية") {
		t.Errorf("got pictures of %q, want of documents in Arabic", got)
	}
	v.accessible("the print page in Arabic")
	if wide := ask(v, chromedp.Evaluate[bool](`document.documentElement.scrollWidth > document.documentElement.clientWidth`)); wide {
		t.Error("the page scrolls sideways on a phone")
	}

	v.scripts(false)
	v.open("/e/mena-oecd-bureau-2021?lang=ar")
	v.toPrints()
	v.shot("print")
	v.choose("paper", "letter")
	v.submit("letter")
	v.sees("US Letter")
	v.shot("letter")
	links := v.links(`.sheets a.btn`)
	info, text := v.read(v.fetch(links[0], "application/pdf"), "programme.pdf")
	for _, want := range []string{"Pages:           4", "612 x 792 pts (letter)", "Tagged:          yes"} {
		if !strings.Contains(info, want) {
			t.Errorf("got a document that says %s, want %q", info, want)
		}
	}
	for _, want := range []string{"Barbara Ubaldi", "10:40", "الاجتماع"} {
		if !strings.Contains(text, want) {
			t.Errorf("the programme does not say %q:\n%s", want, text)
		}
	}
}
