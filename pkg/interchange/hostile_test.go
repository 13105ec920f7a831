package interchange

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"runtime"
	"runtime/metrics"
	"strings"
	"testing"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/effort"
	"tamada/pkg/interchange/block"
)

// word returns a Word document whose text part is document.
func word(t testing.TB, document string) []byte {
	t.Helper()
	return zipOf(t, "word/document.xml", document)
}

// hostile are sources that mean harm, or no agenda at all.
func hostile(t testing.TB) map[string][]byte {
	noise := make([]byte, 1<<20)
	random := rand.NewChaCha8([32]byte{1})
	random.Read(noise)
	repeat := func(s string, n int) []byte { return []byte(strings.Repeat(s, n)) }
	all := map[string][]byte{
		"binary":            noise,
		"50 MB of text":     repeat("10:00 Opening and some words\n", 50<<20/29),
		"50 MB of JSON":     repeat("[1,2,3],", 50<<20/8),
		"zip bomb":          word(t, "<w:document><w:body><w:p><w:r><w:t>"+strings.Repeat("a", 200<<20)+"</w:t></w:r></w:p></w:body></w:document>"),
		"deep XML":          append([]byte("<schedule>"), repeat("<a>", 1_000_000)...),
		"deep JSON":         repeat("[", 1_000_000),
		"deep JSON objects": repeat(`{"schedule":`, 200_000),
		"deep HTML":         append([]byte("<html>"), repeat("<div><table><tr><td>", 300_000)...),
		"deep lists":        append([]byte("<html>"), repeat("<ul><li>", 400_000)...),
		"deep quotations":   append([]byte("# Agenda\n"), repeat("> ", 100_000)...),
		"deep bullets":      append([]byte("# Agenda\n"), repeat("- ", 100_000)...),
		"many brackets":     append([]byte("# Agenda\n"), repeat("[", 200_000)...),
		"many stars":        append([]byte("# Agenda\n"), repeat("**a ", 100_000)...),
		"many backticks":    append([]byte("# Agenda\n"), repeat("`a``", 100_000)...),
		"many links":        append([]byte("# Agenda\n"), repeat("[a](", 100_000)...),
		"many entities":     append([]byte("<html><p>"), repeat("&lt;", 500_000)...),
		"one long line":     repeat("a10:00 ", 1_000_000),
		"many times":        repeat("10:00-11:00 - 12:00 - 13:00\n", 100_000),
		"many dates":        repeat("Monday 2 March 2020\n", 100_000),
		"many columns":      repeat("10:00\t", 500_000),
		"many pipes":        append([]byte("|a|\n|-|\n"), repeat("|", 500_000)...),
		"huge HTML tag":     append([]byte("<html><p title='"), repeat("x", 5_000_000)...),
	}
	maps.Copy(all, smallHostile(t))
	return all
}

// smallHostile are those of few bytes.
func smallHostile(t testing.TB) map[string][]byte {
	bomb := `<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>`
	return map[string][]byte{
		"not a Word document": zipOf(t, "readme.txt", "hello"),
		"XML entities":        []byte(bomb + `<schedule><conference><title>&c;</title></conference></schedule>`),
		"XML entities, Word":  word(t, bomb+`<w:document><w:body><w:p><w:r><w:t>&c;</w:t></w:r></w:p></w:body></w:document>`),
		"huge span":           []byte(`<html><table><tr><td colspan="99999999" rowspan="99999999">10:00</td></tr></table>`),
		"EBCDIC":              []byte("\x89\x95\xa3\x85\x99\x95\x81\xa3\x89\x96\x95\x81\x93\x40\xff\x00\x01"),
	}
}

func zipOf(t testing.TB, name, content string) []byte {
	t.Helper()
	b, err := packed(name, content)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// packed returns an archive with one file.
func packed(name, content string) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	f, err := z.Create(name)
	if err != nil {
		return nil, err
	}
	if _, err := f.Write([]byte(content)); err != nil {
		return nil, err
	}
	err = z.Close()
	return b.Bytes(), err
}

// TestReadHostile reads what means harm: an answer comes within two seconds of
// work and without much memory, as a clear error or a valid draft.
func TestReadHostile(t *testing.T) {
	for name, source := range hostile(t) {
		t.Run(name, func(t *testing.T) {
			runtime.GC()
			before := heap()
			peak := watchHeap(t)
			var r *Result
			var err error
			took := effort.Of(t, func() { r, err = Read(source, ReadOptions{}) })
			most := peak()
			if took > 2*time.Second {
				t.Errorf("took %v, want less than 2 s", took)
			}
			if mb := (most - min(most, before)) >> 20; mb > 400 {
				t.Errorf("takes %d MB, want less than 400", mb)
			}
			if err != nil {
				if !errors.Is(err, ErrFormat) && !errors.Is(err, block.ErrTooLarge) && !errors.Is(err, block.ErrNotText) && !errors.Is(err, block.ErrBroken) {
					t.Errorf("got %v, want an error that says which kind it is", err)
				}
				return
			}
			if err := r.Draft.Validate(); err != nil {
				t.Errorf("got a draft that is not valid: %.300v", err)
			}
		})
	}
}

// heap returns how many bytes objects take, garbage not yet collected included.
func heap() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// watchHeap looks at the heap every millisecond. The function that it returns
// ends that and returns the most there was.
func watchHeap(t *testing.T) (peak func() uint64) {
	stop, most := make(chan struct{}), make(chan uint64)
	ticker := time.NewTicker(time.Millisecond)
	t.Cleanup(ticker.Stop)
	go func() {
		n := heap()
		for {
			select {
			case <-ticker.C:
				n = max(n, heap())
			case <-stop:
				most <- max(n, heap())
				return
			}
		}
	}()
	return func() uint64 {
		close(stop)
		return <-most
	}
}

// TestReadOtherKinds holds that documents of other programs are refused by
// their names, with what to do instead.
func TestReadOtherKinds(t *testing.T) {
	for source, want := range map[string]string{
		"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n": "PDF", "{\\rtf1\\ansi Agenda}": "RTF", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00": ".doc",
		"\x89PNG\r\n\x1a\n": "PNG", string(zipOf(t, "xl/workbook.xml", "<workbook/>")): "Excel",
		string(zipOf(t, "content.xml", "<office:document-content/>")): "OpenDocument", string(zipOf(t, "ppt/presentation.xml", "<p/>")): "PowerPoint",
	} {
		_, err := Read([]byte(source), ReadOptions{})
		if !errors.Is(err, ErrOtherKind) || !strings.Contains(fmt.Sprint(err), want) || !strings.Contains(fmt.Sprint(err), "save it as Word") {
			t.Errorf("%.12q: got %v, want an error that names %s and says what to do", source, err, want)
		}
	}
}

func TestReadEncodings(t *testing.T) {
	cyrillic := "Повестка дня\n5 марта 2024\n10:00 Открытие\n11:00 Перерыв\n"
	windows := make([]byte, 0, len(cyrillic))
	for _, r := range cyrillic {
		switch {
		case r >= 'А' && r <= 'я':
			windows = append(windows, byte(r-'А'+0xc0))
		default:
			windows = append(windows, byte(r))
		}
	}
	var utf16 []byte
	for _, r := range "\ufeff" + cyrillic {
		utf16 = append(utf16, byte(r), byte(r>>8))
	}
	big := make([]byte, len(utf16))
	for i := range utf16 {
		big[i] = utf16[i^1]
	}
	page := append([]byte("<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1251'></head><body><pre>"), windows...)
	latin := []byte("R\xe9union\n5 mars 2024\n10:00 Ouverture\n11:00 Pause caf\xe9\n")
	for name, source := range map[string][]byte{
		"UTF-8": []byte(cyrillic), "Windows-1251": windows, "UTF-16": utf16, "ISO 8859-1": latin,
		"UTF-16 without a mark": utf16[2:], "UTF-16, big end first": big, "the same without a mark": big[2:], "a page in Windows-1251": page,
	} {
		r, err := Read(source, ReadOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		e := r.Draft.Event
		if len(e.Days) != 1 || len(e.Days[0].Sessions) != 2 || e.Days[0].Sessions[1].Kind != agenda.Break {
			t.Errorf("%s: got %v, want an opening and a break", name, e.Days)
		}
	}
	_, err := Read([]byte("<html><head><meta charset=shift_jis></head><body>\x83\x41\x83\x57\x83\x46\x83\x93\x83\x5f</body></html>"), ReadOptions{})
	if !errors.Is(err, block.ErrNotText) || !strings.Contains(fmt.Sprint(err), "shift_jis") {
		t.Errorf("another encoding: got %v, want an error that names it", err)
	}
}

func TestReadWord(t *testing.T) {
	document := `<w:document xmlns:w="w"><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>Spring meeting</w:t></w:r></w:p>
<w:p><w:r><w:t>Monday 4 May 2026</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Time</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Topic</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Speaker</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>09:30-10:00</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Open data</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Anna Lind, Ministry of Finance</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>10:00-10:30</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>Budget</w:t></w:r></w:p></w:tc><w:tc/></w:tr></w:tbl>
<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>10:30 Coffee</w:t></w:r></w:p>
</w:body></w:document>`
	r, err := Read(word(t, document), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	e := r.Draft.Event
	if e.Main(e.Title) != "Spring meeting" || len(e.Days) != 1 || e.Days[0].Date.String() != "2026-05-04" {
		t.Errorf("got %v on %v, want Spring meeting on 2026-05-04", e.Title, e.Days)
	}
	checkSessions(t, e, []string{"09:30-10:00 other Open data [anna-lind:speaker]", "10:00-10:30 other Budget", "10:30 break Coffee"})
	if s := e.Days[0].Sessions[1]; s.Status != agenda.Cancelled {
		t.Errorf("struck through: got %s, want cancelled", s.Status)
	}
}

// TestReadWordOfOtherLanguages reads a document whose styles have identifiers in
// German, with a row across all columns and a text box, which such documents
// hold twice.
func TestReadWordOfOtherLanguages(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range map[string]string{
		"word/styles.xml": `<w:styles xmlns:w="w"><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/></w:style><w:style w:styleId="Aufzhlungszeichen"><w:name w:val="List Bullet"/></w:style></w:styles>`,
		"word/document2.xml": `<w:document xmlns:w="w" xmlns:mc="mc"><w:body>
<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>Fachtagung Register</w:t></w:r></w:p>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:t>Veranstaltungsort: Bonn</w:t></mc:Choice><mc:Fallback><w:t>Veranstaltungsort: Bonn</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>Montag, 4. Mai 2026</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Uhrzeit</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Thema</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Referent</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>9.00 Uhr</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Offene Daten</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Anna Lind, BMI</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>10.00 Uhr</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>Kaffeepause</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
</w:body></w:document>`,
	} {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := Read(b.Bytes(), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	e := r.Draft.Event
	if e.Main(e.Title) != "Fachtagung Register" || e.Venue == nil || e.Main(e.Venue.Name) != "Bonn" || len(e.Days) != 1 || e.Days[0].Date.String() != "2026-05-04" {
		t.Errorf("got %v at %v on %v, want Fachtagung Register in Bonn on 2026-05-04", e.Title, e.Venue, e.Days)
	}
	checkSessions(t, e, []string{"09:00 other Offene Daten [anna-lind:speaker]", "10:00 break Kaffeepause"})
}

// The law of each reader is that of all: see [fuzzReader].

func FuzzReadPlain(f *testing.F)        { fuzzReader(f, ReadPlain) }
func FuzzReadCSV(f *testing.F)          { fuzzReader(f, ReadCSV) }
func FuzzReadJSON(f *testing.F)         { fuzzReader(f, ReadJSON) }
func FuzzReadJSONList(f *testing.F)     { fuzzReader(f, ReadJSONList) }
func FuzzReadIndico(f *testing.F)       { fuzzReader(f, ReadIndico) }
func FuzzReadScheduleXML(f *testing.F)  { fuzzReader(f, ReadScheduleXML) }
func FuzzReadScheduleJSON(f *testing.F) { fuzzReader(f, ReadScheduleJSON) }

// FuzzReadWord gives the text part of a document any content.
func FuzzReadWord(f *testing.F) {
	fuzzReader(f, func(source []byte, o ReadOptions) (*Result, error) {
		b, err := packed("word/document.xml", string(source))
		if err != nil {
			return nil, err
		}
		return Read(b, o)
	})
}

// FuzzRead tells the format as well.
func FuzzRead(f *testing.F) { fuzzReader(f, Read) }

// fuzzReader states the law of a reader: any bytes give an error of a known
// kind or a draft that keeps to the rules.
func fuzzReader(f *testing.F, read func([]byte, ReadOptions) (*Result, error)) {
	for _, source := range smallHostile(f) {
		f.Add(source)
	}
	for _, s := range []string{
		"Agenda\n5 March 2024\n10:00-11:00 Opening (Anna Lind, OECD)\n* point (5 min)\n", "# A\n\n| Time | Room A | Room B | Room C |\n|--|--|--|--|\n| 9:00 | a | b | c |\n",
		"<html><table><tr><th>Time</th><th>Title</th></tr><tr><td>9.00</td><td>x</td></tr></table>", `{"schedule":{"conference":{"title":"x","days":[{"date":"2020-01-01","rooms":{"a":[{"title":"t","start":"10:00"}]}}]}}}`,
		`<schedule><conference><title>x</title></conference><day date="2020-01-01"><room name="a"><event><start>10:00</start><title>t</title></event></room></day></schedule>`,
		`{"results":[{"_type":"Conference","title":"x","contributions":[{"title":"t","startDate":{"date":"2020-01-01","time":"10:00:00","tz":"UTC"}}]}]}`, "Time,Title,Speaker\n10:00,a,b\n11:00,c,d\n",
		"BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nSUMMARY:t\nDTSTART:20260601T100000Z\nCATEGORIES:a,b,c\nATTENDEE;CN=x;ROLE=CHAIR:mailto:x@example.org\nLOCATION:here\nEND:VEVENT\nEND:VCALENDAR\n",
		`{"sessions":[{"title":"t","start_time":"2020-01-01T10:00:00+00:00"}]}`, "---\ntitle: x\nstart: 2019-04-25T10:00\n---\n",
		`<w:document xmlns:w="w"><w:body><w:p><w:r><w:t>10:00 Opening</w:t></w:r></w:p></w:body></w:document>`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, source []byte) {
		r, err := read(source, ReadOptions{})
		if err != nil {
			var invalid *agenda.Invalid
			if !errors.Is(err, ErrFormat) && !errors.Is(err, block.ErrTooLarge) && !errors.Is(err, block.ErrNotText) && !errors.Is(err, block.ErrBroken) && !errors.As(err, &invalid) {
				t.Fatalf("got %v, want an error of a known kind", err)
			}
			return
		}
		if err := r.Draft.Validate(); err != nil {
			t.Fatalf("got a draft that is not valid: %v", err)
		}
	})
}

// BenchmarkRead measures what people wait for.
func BenchmarkRead(b *testing.B) {
	page := read(b, shared(b, "data", "agenda", "w3c-tpac2023-grid.html"))
	for len(page) < 100_000 {
		page = append(page, page[len(page)/2:]...)
	}
	for name, source := range map[string][]byte{
		"page of 100 KB":          page[:100_000],
		"FOSDEM 2025, 943 events": read(b, shared(b, "data", "pentabarf-xml", "fosdem-2025.xml")),
		"36C3, 1351 events":       read(b, shared(b, "data", "pentabarf-xml", "36c3-merged.xml")),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Read(source, ReadOptions{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestReadTooMany reads exports with more days and sessions than an event may
// have: the draft is valid, and what is left over is kept aside.
func TestReadTooMany(t *testing.T) {
	var b strings.Builder
	b.WriteString("<schedule><conference><title>Every day</title></conference>")
	day := agenda.Date{Year: 2020, Month: 1, Day: 1}
	for i := range 600 {
		fmt.Fprintf(&b, "<day date=%q><room name='a'>", day.AddDays(i))
		for j := range 10 {
			fmt.Fprintf(&b, "<event><start>10:00</start><duration>00:30</duration><title>Session %d</title></event>", j)
		}
		b.WriteString("</room></day>")
	}
	b.WriteString("</schedule>")
	r, err := Read([]byte(b.String()), ReadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Draft.Validate(); err != nil {
		t.Errorf("got a draft that is not valid: %.300v", err)
	}
	if len(r.Draft.Event.Days) != agenda.MaxDays || len(r.Unplaced) != 1000 {
		t.Errorf("got %d days and %d lines aside, want %d and 1000", len(r.Draft.Event.Days), len(r.Unplaced), agenda.MaxDays)
	}
}
