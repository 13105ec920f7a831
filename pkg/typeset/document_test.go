package typeset

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
)

func TestSameBytes(t *testing.T) {
	want := sha256.Sum256(bytesOf(t, drawProgramme(t, newComposer(t), 12, testInfo)))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			c, err := NewComposer()
			if err != nil {
				t.Error(err)
				return
			}
			for range 3 { // the second and third find all words shaped
				pdf, err := drawProgramme(t, c, 12, testInfo).Bytes(context.Background())
				if got := sha256.Sum256(pdf); err != nil || got != want {
					t.Errorf("concurrent: got %x (%v), want %x", got, err, want)
				}
			}
		})
	}
	wg.Wait()
}

func TestBytesCanBeMadeAgain(t *testing.T) {
	d := drawProgramme(t, newComposer(t), 3, testInfo)
	if first, second := bytesOf(t, d), bytesOf(t, d); !bytes.Equal(first, second) {
		t.Error("the second file differs from the first")
	}
}

const inAnotherProcess = "TYPESET_TEST_PRINT_SUM"

func TestSameBytesInAnotherProcess(t *testing.T) {
	sum := fmt.Sprintf("sum %x", sha256.Sum256(bytesOf(t, drawProgramme(t, newComposer(t), 12, testInfo))))
	if os.Getenv(inAnotherProcess) != "" {
		fmt.Println(sum)
		return
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, "-test.run=^TestSameBytesInAnotherProcess$")
	c.Env = append(os.Environ(), inAnotherProcess+"=1")
	out, err := c.Output()
	if err != nil || !strings.Contains(string(out), sum) {
		t.Errorf("another process: got %s (%v), want %s", out, err, sum)
	}
}

// onePage returns a document with an A5 page and what draw puts on it.
func onePage(info Info, draw func(*Document)) *Document {
	d := New(info)
	d.AddPage(A5)
	draw(d)
	return d
}

func TestErrors(t *testing.T) {
	c := newComposer(t)
	text := c.Layout(Paragraph{Runs: Plain("text", Style{}), Width: 100})
	line := new(Path).Move(0, 0).Line(1, 1)
	tests := []struct {
		want string
		draw func(*Document)
	}{
		{"drawn outside any element", func(d *Document) { d.Draw(text, 0, 0) }},
		{"drawn outside any element", func(d *Document) { d.Rect(Rect{0, 0, 1, 1}, Black) }},
		{"H1: not ended", func(d *Document) { d.Begin(H1, Attrs{}) }},
		{"End without Begin", func(d *Document) { d.End() }},
		{"LI inside Document: not allowed", func(d *Document) { d.Begin(ListItem, Attrs{}); d.End() }},
		{"TD inside Table: not allowed", func(d *Document) { d.Tagged(Table, Attrs{}, func() { d.Tagged(Cell, Attrs{}, func() {}) }) }},
		{"Figure: no alternative text", func(d *Document) { d.Begin(Figure, Attrs{}); d.End() }},
		{`element "Foo": not a tag`, func(d *Document) { d.Begin("Foo", Attrs{}); d.End() }},
		{"page 1: returned to inside", func(d *Document) { d.Artifact(Decoration, func() { d.Return(1, nil, func() {}) }) }},
		{"TH: no scope", func(d *Document) {
			d.Tagged(Table, Attrs{}, func() { d.Tagged(Row, Attrs{}, func() { d.Tagged(HeaderCell, Attrs{}, func() {}) }) })
		}},
		{`place "nowhere", which is on no page`, func(d *Document) { d.LinkArea(Rect{}, Link{Place: "nowhere"}, "x") }},
		{"link: parse", func(d *Document) { d.LinkArea(Rect{}, Link{URI: "https://a b/%zz"}, "x") }},
		{"page 7: there are 1", func(d *Document) { d.Return(7, nil, func() {}) }},
		{"page 2: size 0 × 10", func(d *Document) { d.AddPage(Size{0, 10}) }},
		{"page 2: begun inside", func(d *Document) { d.Artifact(Decoration, func() { d.AddPage(A4) }) }},
		{"page 1: on no sheet", func(d *Document) { d.Impose([]Sheet{{Size: A4}}) }},
		{"sheet 1: page 2 of 1", func(d *Document) { d.Impose([]Sheet{{Size: A4, Places: []Placement{{2, Identity}}}}) }},
		{"sheet 2: page 1 is on a sheet already", func(d *Document) {
			s := Sheet{Size: A4, Places: []Placement{{1, Identity}}}
			d.Impose([]Sheet{s, s})
		}},
	}
	for _, test := range tests {
		d := onePage(testInfo, test.draw)
		_, err := d.Bytes(context.Background())
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("got %v, want %q", err, test.want)
		}
		if first := d.Err(); first != nil && !errors.Is(err, first) {
			t.Errorf("got %v, want the first error, %v", err, first)
		}
	}
	for name, draw := range map[string]func(*Document){
		"nothing":   func(*Document) {},
		"text":      func(d *Document) { d.Draw(text, 0, 0) },
		"rect":      func(d *Document) { d.Tagged(P, Attrs{}, func() { d.Rect(Rect{}, Black) }) },
		"stroke":    func(d *Document) { d.Stroke(line, 1, Black) },
		"artifact":  func(d *Document) { d.Artifact(Decoration, func() { d.Fill(line, Black) }) },
		"transform": func(d *Document) { d.Transform(Identity, func() {}) },
		"place":     func(d *Document) { d.Place("x", 0) },
		"bookmark":  func(d *Document) { d.Bookmark("x", 0, 0) },
		"link":      func(d *Document) { d.LinkArea(Rect{}, Link{URI: "x:y"}, "") },
		"QR":        func(d *Document) { d.QR("x", 0, 0, 10, "code") },
		"no sheets": func(d *Document) { d.Impose([]Sheet{}) },
	} {
		d := New(testInfo)
		draw(d)
		if _, err := d.Bytes(context.Background()); err == nil {
			t.Errorf("%s without a page: no error", name)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := drawProgramme(t, newComposer(t), 2, testInfo).Bytes(ctx)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

// TestForeignLayout checks that a file not laid out as gofpdf v1.16.2 does
// is refused, wherever it differs.
func TestForeignLayout(t *testing.T) {
	ctx := context.Background()
	d := drawProgramme(t, newComposer(t), 2, testInfo)
	sheets, prints, err := d.impose()
	if err != nil {
		t.Fatal(err)
	}
	raw, err := d.engine(ctx, sheets)
	if err != nil {
		t.Fatal(err)
	}
	finish := func(raw []byte) error {
		o, err := split(raw)
		if err == nil {
			_, err = d.finish(ctx, o, sheets, prints)
		}
		return err
	}
	if err := finish(bytes.Clone(raw)); err != nil {
		t.Fatalf("own layout: %v", err)
	}
	for name, change := range map[string][2]string{
		"no table":        {"\nxref\n0 ", "\nxrex\n0 "},
		"table of words":  {"\nxref\n0 ", "\nxref\n0 x"},
		"catalog":         {"/Type /Catalog", "/Type /Katalog"},
		"first page":      {"<</Type /Page\n", "<</Type /Pege\n"},
		"font":            {"/Subtype /Type0", "/Subtype /Type9"},
		"font name":       {"/BaseFont /utf8f000\n/Encoding", "/BaseFont /utf8g000\n/Encoding"},
		"font of another": {"/BaseFont /utf8f000\n/Encoding", "/BaseFont /utf8f999\n/Encoding"},
		"resource":        {"/Font <<\n/F", "/Font <<\n/G"},
		"object number":   {"\n3 0 obj\n", "\n9 0 obj\n"},
		"content":         {"stream\n0 J", "strewn\n0 J"},
	} {
		if err := finish(bytes.Replace(raw, []byte(change[0]), []byte(change[1]), 1)); !errors.Is(err, errLayout) {
			t.Errorf("%s: got %v, want %v", name, err, errLayout)
		}
	}
	for n := range len(raw) / 997 {
		if err := finish(raw[:997*n]); !errors.Is(err, errLayout) {
			t.Fatalf("cut at %d: got %v, want %v", 997*n, err, errLayout)
		}
	}
}

func TestLinksAndPlaces(t *testing.T) {
	c := newComposer(t)
	d := onePage(testInfo, func(d *Document) {
		style := Style{Size: 10, Language: "en"}
		d.Tagged(P, Attrs{}, func() {
			d.Draw(c.Layout(Paragraph{Runs: []Run{
				{Text: "see ", Style: style},
				{Text: "a link of several words that is broken over lines", Style: style, Link: Link{URI: "https://example.org/ä b?q=(1)"}},
				{Text: " or the next page.", Style: style, Link: Link{Place: "two"}},
			}, Width: 90}), 20, 20)
		})
		d.AddPage(A4)
		d.Place("two", 100)
		d.Bookmark("First (1)", 0, 0)
		d.Bookmark("Skips", 7, 50)
		d.Bookmark("Zweite — 😀", 0, 100)
	})
	f := checkFile(t, bytesOf(t, d))
	annotations := f.refs(f.get(f.pages()[0]), "Annots")
	var uris, places int
	for _, n := range annotations {
		a := f.get(n)
		uris += strings.Count(a, "/URI(https://example.org/%C3%A4%20b?q=\\(1\\))")
		places += strings.Count(a, fmt.Sprintf("/Dest[%d 0 R/XYZ null %s null]", f.pages()[1], number(A4.Height-100)))
	}
	if uris < 2 || places < 1 || uris+places != len(annotations) {
		t.Errorf("links: got %d addresses and %d places of %d", uris, places, len(annotations))
	}
	outline := f.get(f.ref(f.get(f.catalog), "Outlines"))
	first := f.get(f.ref(outline, "First"))
	below, second := f.get(f.ref(first, "First")), f.get(f.ref(first, "Next"))
	for got, want := range map[string]string{first: `/Title(First \(1\))`, below: "/Title(Skips)", second: "/Title<FEFF", outline: "/Count 2"} {
		if !strings.Contains(got, want) {
			t.Errorf("outline: got %s, want %s in it", got, want)
		}
	}
	if !strings.Contains(second, "D83DDE00>") {
		t.Errorf("outline: got %s, want surrogates at the end of the title", second)
	}
}

func TestLanguageIsTagged(t *testing.T) {
	c := newComposer(t)
	d := onePage(testInfo, func(d *Document) {
		for _, runs := range [][]Run{
			{{Text: "English ", Style: Style{Language: "en"}}, {Text: "ქართული", Style: Style{Language: "ka"}}},
			Plain("Français", Style{Language: "fr"}),
		} {
			d.Tagged(P, Attrs{}, func() { d.Draw(c.Layout(Paragraph{Runs: runs, Width: 300}), 10, 10) })
		}
	})
	f := checkFile(t, bytesOf(t, d))
	var all []string
	for _, o := range f.objects {
		if strings.Contains(o, "/StructElem") && strings.Contains(o, "/Lang") {
			all = append(all, strings.Join([]string{o[strings.Index(o, "/S/"):strings.Index(o, "/P ")], o[strings.Index(o, "/Lang"):strings.Index(o, "/K")]}, " "))
		}
	}
	slices.Sort(all)
	if got, want := strings.Join(all, ", "), "/S/P /Lang(fr), /S/Span /Lang(ka)"; got != want {
		t.Errorf("languages: got %s, want %s", got, want)
	}
}

func TestReturn(t *testing.T) {
	c := newComposer(t)
	put := func(d *Document, text string) {
		d.Draw(c.Layout(Paragraph{Runs: Plain(text, Style{Language: "en"}), Width: 300}), 10, 10)
	}
	d := onePage(testInfo, func(d *Document) {
		d.Begin(Contents, Attrs{})
		e := d.Begin(Entry, Attrs{})
		put(d, "Session ")
		d.End()
		d.End()
		d.AddPage(A5)
		d.Tagged(P, Attrs{}, func() { put(d, "on its page") })
		d.Return(1, e, func() { put(d, "2 ") })
		d.Return(1, nil, func() { d.Artifact(RunningFoot, func() { put(d, "1 of 2 ") }) })
	})
	f := checkFile(t, bytesOf(t, d))
	if got, want := f.extract(), "Session 2 1 of 2 on its page"; bare(got) != bare(want) {
		t.Errorf("text: got %s, want %s", got, want)
	}
}

// TestFullFont checks hack 9: a font with no codes left goes on as another.
func TestFullFont(t *testing.T) {
	c := newComposer(t)
	d := onePage(testInfo, func(d *Document) {
		face := c.stacks[Regular][0]
		for i := range maxCodes - 3 {
			d.fontFor(face).code(glyph{id: 40 + i%100, text: fmt.Sprint(i)})
		}
		d.Tagged(P, Attrs{}, func() {
			d.Draw(c.Layout(Paragraph{Runs: Plain("abcdefgh", Style{}), Width: 300}), 10, 10)
		})
	})
	f := checkFile(t, bytesOf(t, d))
	if got, want := f.extract(), "abcdefgh"; got != want {
		t.Errorf("text: got %s, want %s", got, want)
	}
	if got := len(f.fonts()); got != 2 {
		t.Errorf("fonts: got %d, want 2", got)
	}
}

func BenchmarkProgramme(b *testing.B) {
	c := newComposer(b)
	drawProgramme(b, c, 30, testInfo)
	b.ReportAllocs()
	for b.Loop() {
		bytesOf(b, drawProgramme(b, c, 30, testInfo))
	}
}

func BenchmarkLayout(b *testing.B) {
	c := newComposer(b)
	for b.Loop() {
		for _, s := range samples {
			c.Layout(Paragraph{Runs: Plain(s.text, Style{Language: s.language}), Width: 400})
		}
	}
}
