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
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
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
		all := append(printings(t, e), spoken(e)...)
		files := make([]string, len(all))
		for i, o := range all {
			files[i] = written(t, e, o)
		}
		verdicts := strings.Split(strings.TrimSpace(output(t, "/usr/bin/python3", append([]string{checker}, files...)...)), "\n")
		if len(verdicts) != len(all) {
			t.Fatalf("%s: got %d verdicts on %d files", e.Slug, len(verdicts), len(all))
		}
		for i, o := range all {
			if !strings.Contains(verdicts[i], "ERRORS 0 []") {
				t.Errorf("%s: %s on %s in %v: %s", e.Slug, o.Document, o.Paper, o.Languages, verdicts[i])
			}
		}
	}
}

// spoken are the documents that say what is in the agenda, in every language
// that an event has, the first beside each other, and the last beside the first.
func spoken(e *agenda.Event) []Options {
	var all []Options
	for _, d := range []Document{Programme, Agenda, Annotated, LargePrint} {
		first := e.Languages[0]
		for i, tag := range e.Languages {
			all = append(all, Options{Document: d, Languages: []string{tag}})
			if i > 0 && d.Bilingual() {
				all = append(all, Options{Document: d, Languages: []string{first, tag}})
			}
		}
		if last := e.Languages[len(e.Languages)-1]; last != first && d.Bilingual() {
			all = append(all, Options{Document: d, Languages: []string{last, first}})
		}
	}
	return all
}

// letters leaves the letters and digits of a text: what is copied from two
// columns, or from right to left, has its spaces and marks elsewhere.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, norm.NFKC.String(s))
}

// What readers copy and hear of a document is all there, in every language that
// it speaks; and the file says which that is.
func TestReadersFindEverything(t *testing.T) {
	for _, e := range meetings(t) {
		for _, o := range spoken(e) {
			t.Run(fmt.Sprintf("%s %s %v", e.Slug, o.Document, o.Languages), func(t *testing.T) {
				name, ps := written(t, e, o), laidOut(t, e, o)
				checkCopied(t, ps, output(t, "pdftotext", name, "-"))
				checkHeard(t, ps, heard(output(t, "pdfinfo", "-struct-text", name)))
				checkLanguage(t, name, o.Languages[0])
			})
		}
	}
}

// checkCopied checks that a copied text has every title, name and post of every
// voice, word by word, and every time. A time from right to left is copied from
// the left, its end first.
func checkCopied(t *testing.T, ps *pages, copied string) {
	t.Helper()
	text := letters(copied)
	for _, v := range ps.job.voices {
		for _, want := range names(ps, v) {
			for _, word := range strings.FieldsFunc(want, parted) {
				if !strings.Contains(text, letters(word)) {
					t.Errorf("%q of %q is not in the text", word, want)
				}
			}
		}
	}
	text = squeeze(norm.NFKC.String(copied))
	for _, want := range timesOf(ps.job.event, ps.job.first()) {
		parts := []string{want}
		if ps.job.first().column.RightToLeft {
			parts = strings.Split(want, "–")
		}
		for _, part := range parts {
			if !strings.Contains(text, squeeze(norm.NFKC.String(part))) {
				t.Errorf("the time %q is not in the text", want)
			}
		}
	}
}

// checkHeard checks that the sessions follow each other as in the agenda, and what
// is said of each: the time, then the title in one language and the other, each
// with the names after it. What is heard are the texts of the structure, in its
// order. It is gone through from the end: contents and overviews come before.
func checkHeard(t *testing.T, ps *pages, heard []string) {
	t.Helper()
	var slots []agenda.Slot
	for i := range ps.job.event.Days {
		slots = append(slots, ps.job.event.Days[i].Slots()...)
	}
	for _, slot := range slices.Backward(slots) {
		rest := heard
		for _, v := range slices.Backward(ps.job.voices) {
			title := v.title(slot.Session, titleLook)
			at := lastSaid(rest, wordsOf(title))
			if at < 0 {
				t.Errorf("%q is not before what comes after it", title.text)
				return
			}
			said := onlyLetters(strings.Join(heard[at:], ""))
			for _, want := range namesOf(ps, v, slot.Session) {
				for _, word := range strings.FieldsFunc(want, parted) {
					if !strings.Contains(said, onlyLetters(word)) {
						t.Errorf("%q of %q is not heard with %q", word, want, title.text)
					}
				}
			}
			rest = rest[:at]
		}
		if v := ps.job.first(); !v.column.RightToLeft {
			before := squeeze(norm.NFKC.String(strings.Join(rest[max(0, len(rest)-near):], "")))
			if want := when(v.Locale, slot); !strings.Contains(before, squeeze(norm.NFKC.String(want))) {
				t.Errorf("the time %q is not heard before %q, but %q", want, v.title(slot.Session, titleLook).text, before)
			}
		}
		heard = rest
	}
}

// lastSaid returns the last index at which texts say words; -1 if none does.
func lastSaid(texts, words []string) int {
	at := len(texts) - 1
	for at >= 0 && !say(texts[at:], words) {
		at--
	}
	return at
}

// near is how many texts belong together, at most.
const near = 6

// parted reports whether a letter parts words, which may be copied line by line.
func parted(r rune) bool { return unicode.IsSpace(r) || r == '/' || r == '-' }

// wordsOf are the letters of a title: in one, or word by word where it runs from
// right to left; lines of such a text are told the last first.
func wordsOf(title phrase) []string {
	if directionOf(title.language) != typeset.RightToLeft {
		return []string{onlyLetters(title.text)}
	}
	words := strings.Fields(title.text)
	for i, word := range words {
		words[i] = onlyLetters(word)
	}
	return words
}

// say reports whether texts begin with words.
func say(texts, words []string) bool {
	text := onlyLetters(strings.Join(texts[:min(near, len(texts))], ""))
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// checkLanguage checks that a file says in which language it is.
func checkLanguage(t *testing.T, name, lang string) {
	t.Helper()
	if meta := output(t, "pdfinfo", "-meta", name); !strings.Contains(meta, "<dc:language><rdf:Bag><rdf:li>"+lang+"</rdf:li>") {
		t.Errorf("got metadata %s, want %s", meta, lang)
	}
	_, root, _ := strings.Cut(output(t, "qpdf", "--show-object=trailer", name), "/Root ")
	root, _, _ = strings.Cut(root, " ")
	if catalogue := output(t, "qpdf", "--show-object="+root, name); !strings.Contains(catalogue, "/Lang ("+lang+")") {
		t.Errorf("got catalogue %s, want /Lang (%s)", catalogue, lang)
	}
}

// heard returns the texts of a structure, in its order. Text from
// right to left is told as it stands, from the left, and turned round here.
func heard(structure string) []string {
	var all []string
	for _, line := range strings.Split(structure, "\n") {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, `"`) {
			continue
		}
		if strings.ContainsFunc(line, func(r rune) bool { return unicode.In(r, unicode.Arabic, unicode.Hebrew) }) {
			line = latin.ReplaceAllStringFunc(turned(line), turned)
		}
		all = append(all, strings.Trim(line, `"`))
	}
	return all
}

// latin are words that run from left to right within a line that does not.
var latin = regexp.MustCompile(`[A-Za-z0-9]+`)

// turned returns a text from its end.
func turned(s string) string {
	runes := []rune(s)
	slices.Reverse(runes)
	return string(runes)
}

// onlyLetters is [letters] without the digits, which run on in lines from right
// to left.
func onlyLetters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return -1
		}
		return r
	}, letters(s))
}

// Every code on paper leads where it says: to the live agenda and the calendar
// page, to that of a room, to whoever wears a badge, to who checks a
// certificate.
func TestCodesDecode(t *testing.T) {
	e := conference(t)
	site := "https://meet.example.org/e/" + e.Slug
	cover := []string{site, site + "/subscribe"}
	var badges, certificates []string
	for _, p := range delegates(e) {
		if p.Code != "" {
			badges = append(badges, p.Code)
		}
		if p.Verify != "" {
			certificates = append(certificates, p.Verify)
		}
	}
	for _, test := range []struct {
		document Document
		want     []string
	}{
		{Programme, cover},
		{Agenda, cover},
		{LargePrint, cover},
		{Doors, []string{site + "?room=plenary", site + "?room=plenary", site + "?room=a", site + "?room=b"}},
		{Badges, badges},
		{Certificates, certificates},
	} {
		for _, paper := range []Paper{A4, A5} {
			o := everything(t, e, test.document)
			o.Paper, o.Greyscale = paper, paper == A5
			if got := codesOf(t, written(t, e, o)); !slices.Equal(got, slices.Sorted(slices.Values(test.want))) {
				t.Errorf("%s on %s: got codes %q, want %q", test.document, paper, got, test.want)
			}
		}
	}
}

// codesOf returns what the codes on all pages of a file say, sorted.
func codesOf(t *testing.T, name string) []string {
	t.Helper()
	pictures := strings.TrimSuffix(name, ".pdf")
	output(t, "pdftoppm", "-r", "120", "-gray", name, pictures)
	pages, err := filepath.Glob(pictures + "-*.pgm")
	if err != nil || len(pages) == 0 {
		t.Fatalf("got pictures %v, %v", pages, err)
	}
	var codes []string
	for _, page := range pages {
		out, _ := exec.Command("zbarimg", "-q", "--raw", page).Output() // status 4: there is none
		codes = append(codes, strings.Fields(string(out))...)
	}
	slices.Sort(codes)
	return codes
}
