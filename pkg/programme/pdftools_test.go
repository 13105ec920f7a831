//go:build pdftools

package programme

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"tamada/pkg/agenda"
)

// These tests need Debian's poppler-utils, qpdf and zbar-tools.

func output(t *testing.T, name string, args ...string) string {
	t.Helper()
	var stderr bytes.Buffer
	c := exec.Command(name, args...)
	c.Stderr = &stderr
	out, err := c.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s%s", name, err, out, stderr.Bytes())
	}
	return string(out)
}

// written writes a document for the tools.
func written(t *testing.T, e *agenda.Event, o Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := Write(context.Background(), &b, e, o); err != nil {
		t.Fatal(err)
	}
	name := filepath.Join(t.TempDir(), "test.pdf")
	if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

// printings are documents of all kinds, papers and directions.
func printings(t *testing.T, e *agenda.Event) []Options {
	var all []Options
	for _, d := range Documents() {
		all = append(all, everything(t, e, d))
	}
	for _, p := range Papers() {
		all = append(all, Options{Document: Programme, Paper: p, Languages: []string{"ar"}, BaseURL: "https://meet.example.org"})
	}
	marks := everything(t, e, Programme)
	marks.CropMarks, marks.Greyscale = true, true
	return append(all, marks,
		Options{Document: Programme, Languages: []string{"ar", "en"}},
		Options{Document: Annotated, Languages: []string{"en", "ka"}},
		Options{Document: Agenda, Languages: []string{"fr", "ar"}})
}

func TestToolsAcceptEverything(t *testing.T) {
	for _, e := range meetings(t) {
		for _, o := range printings(t, e) {
			name := written(t, e, o)
			what := fmt.Sprintf("%s: %s on %s in %v", e.Slug, o.Document, o.Paper, o.Languages)
			output(t, "qpdf", "--check", name)
			info := output(t, "pdfinfo", name)
			if !strings.Contains(info, "Tagged:          yes") || !strings.Contains(info, "Title: ") {
				t.Errorf("%s: pdfinfo: got %s, want a title and tags", what, info)
			}
			for i, line := range strings.Split(strings.TrimSpace(output(t, "pdffonts", name)), "\n") {
				if i > 1 && !strings.Contains(line, "yes yes yes") {
					t.Errorf("%s: pdffonts: got %s, want embedded, subset, with text", what, line)
				}
			}
		}
	}
}

// A checker of the points of PDF/UA-1 that a machine can decide finds no
// errors. It needs python3-pikepdf and the folder shared beside the module;
// where that folder does not exist the test passes over itself.
func TestCheckerFindsNoErrors(t *testing.T) {
	checker := filepath.Join("..", "..", "..", "shared", "prototypes", "print", "uacheck.py")
	if _, err := os.Stat(checker); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s does not exist", checker)
	}
	for _, e := range meetings(t) {
		for _, o := range printings(t, e) {
			if got := output(t, "/usr/bin/python3", checker, written(t, e, o)); !strings.Contains(got, "ERRORS 0 []") {
				t.Errorf("%s: %s on %s in %v: %s", e.Slug, o.Document, o.Paper, o.Languages, got)
			}
		}
	}
}

// What readers copy from the annotated agenda has every title, name and time,
// and the titles in the order of the agenda.
func TestExtractedText(t *testing.T) {
	for _, e := range meetings(t) {
		o := Options{Document: Annotated}
		text := squeeze(norm.NFKC.String(output(t, "pdftotext", written(t, e, o), "-")))
		ps := laidOut(t, e, o)
		for _, want := range names(ps) {
			if !strings.Contains(text, squeeze(norm.NFKC.String(want))) {
				t.Errorf("%s: %q is not in the text", e.Slug, want)
			}
		}
		at := 0
		for i := range e.Days {
			for _, slot := range e.Days[i].Slots() {
				title, _ := ps.job.first().text(slot.Session.Title)
				next := strings.Index(text[at:], squeeze(norm.NFKC.String(title)))
				if next < 0 {
					t.Errorf("%s: %q is not after what comes before it", e.Slug, title)
					continue
				}
				at += next
			}
		}
	}
}

// The codes on the cover lead to the live agenda and the calendar page.
func TestCodesDecode(t *testing.T) {
	e := conference(t)
	name := written(t, e, Options{BaseURL: "https://meet.example.org"})
	picture := strings.TrimSuffix(name, ".pdf")
	output(t, "pdftoppm", "-r", "150", "-f", "1", "-l", "1", "-png", "-singlefile", name, picture)
	codes := output(t, "zbarimg", "-q", "--raw", picture+".png")
	for _, want := range []string{"https://meet.example.org/e/" + e.Slug, "https://meet.example.org/e/" + e.Slug + "/subscribe"} {
		if !strings.Contains("\n"+codes, "\n"+want+"\n") {
			t.Errorf("got codes %q, want %q", codes, want)
		}
	}
}
