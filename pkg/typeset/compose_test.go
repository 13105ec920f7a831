package typeset

import (
	"strings"
	"testing"
	"time"

	"tamada/pkg/effort"
)

// linesOf lays text out and returns its lines.
func linesOf(t testing.TB, p Paragraph) []string {
	t.Helper()
	var lines []string
	for _, l := range newComposer(t).Layout(p).Lines {
		lines = append(lines, l.Text())
	}
	return lines
}

func TestBreaks(t *testing.T) {
	tests := []struct {
		name  string
		text  string
		width float64
		want  string // lines, with | between
	}{
		{"fits", "one line", 200, "one line"},
		{"nothing", "", 200, ""},
		{"newlines", "a\nb\r\nc\u2028d", 200, "a|b|c|d"},
		{"empty line", "a\n\nb", 200, "a||b"},
		{"time range", "from 09:00–10:30 on", 62, "from|09:00–10:30|on"},
		{"time range with spaces", "from 9h00 – 10h30 on", 62, "from|9h00 – 10h30|on"},
		{"hyphen in a range", "from 09.00-10.30 on", 62, "from|09.00-10.30|on"},
		{"other dashes break", "aaaaaaa–bbbbbbb", 50, "aaaaaaa–|bbbbbbb"},
		{"no-break space", "on 23\u00a0November", 70, "on|23\u00a0November"},
		{"soft hyphen unused", "co\u00adoper\u00adation", 200, "cooperation"},
		{"soft hyphen at the end", "word\u00ad", 200, "word"},
		{"soft hyphen used", "co\u00adoper\u00adation", 40, "cooper\u00ad|ation"},
		{"long word", "abcdefghijklmnop", 40, "abcdefg|hijklmno|p"},
		{"clusters stay whole", strings.Repeat("e\u0323\u0301", 6), 12, strings.Repeat("|ẹ́ẹ́", 3)[1:]},
		{"widow", "The quick brown fox jumps over the lazy dog", 186, "The quick brown fox jumps over|the lazy dog"},
	}
	for _, test := range tests {
		got := linesOf(t, Paragraph{Runs: Plain(test.text, Style{Size: 10, Language: "en"}), Width: test.width})
		if strings.Join(got, "|") != test.want {
			t.Errorf("%s: got %q, want %q", test.name, got, test.want)
		}
	}
}

// TestLinesAreFewAndEven compares with filling every line as far as it goes:
// never more lines, never a lone short word at the end that could be helped.
func TestLinesAreFewAndEven(t *testing.T) {
	c := newComposer(t)
	for _, s := range samples {
		p := Paragraph{Runs: Plain(s.text, Style{Size: 9.6, Language: s.language})}
		for p.Width = 120; p.Width < 480; p.Width += 7 {
			b := c.Layout(p)
			if got, want := len(b.Lines), greedy(c, p); got > want {
				t.Errorf("%s at %g: got %d lines, want %d", s.language, p.Width, got, want)
			}
			last := b.Lines[len(b.Lines)-1]
			if len(strings.Fields(last.Text())) == 1 && last.Width < 0.2*p.Width && len(b.Lines) > 2 {
				t.Errorf("%s at %g: last line %q alone", s.language, p.Width, last.Text())
			}
			for _, l := range b.Lines {
				if l.Width > p.Width+0.01 {
					t.Errorf("%s at %g: line %q is %g wide", s.language, p.Width, l.Text(), l.Width)
				}
			}
		}
	}
}

// greedy returns how many lines there are when each takes all it can.
func greedy(c *Composer, p Paragraph) int {
	text := c.prepare(p)
	text.levels, _ = levels(text.runes, text.base)
	lines, used := 1, 0.0
	for _, w := range c.words(text, 0, len(text.runes), p.Width) {
		if used+w.trimmed > p.Width {
			lines, used = lines+1, 0
		}
		used += w.width
	}
	return lines
}

func TestFrenchSpacing(t *testing.T) {
	tests := []struct{ language, text, want string }{
		{"fr", "Où ? Là ! Oui : non ; fin", "Où_? Là_! Oui_: non_; fin"},
		{"fr", "Où? Là! Oui: non; fin", "Où_? Là_! Oui_: non_; fin"},
		{"fr-FR", "« mot » et «mot», «  »", "«_mot_» et «_mot_», «__»"},
		{"fr", "de 9:30 à 10:45, http://x.fr/?a=b;c", "de 9:30 à 10:45, http://x.fr/?a=b;c"},
		{"fr", "Quoi ?! Hein ?", "Quoi_?! Hein_?"},
		{"fr", ": ? !", ":_?_!"},
		{"fr-CH", "Où? «mot» Là !", "Où? «_mot_» Là_!"},
		{"en", "Where? «word» there !", "Where? «word» there !"},
		{"", "Where ?", "Where ?"},
	}
	for _, test := range tests {
		got := strings.ReplaceAll(frenchSpacing(test.text, test.language), "\u202f", "_")
		if got != test.want {
			t.Errorf("%s %q: got %q, want %q", test.language, test.text, got, test.want)
		}
	}
	for _, l := range linesOf(t, Paragraph{Runs: Plain(strings.Repeat("mot ? ", 40), Style{Language: "fr"}), Width: 90}) {
		if strings.HasPrefix(l, "?") {
			t.Errorf("line %q begins with the mark", l)
		}
	}
}

func TestClean(t *testing.T) {
	tests := []struct{ in, want string }{
		{"a\x00b\x1b[31mc", "ab[31mc"},
		{"Caf\xc3", "Caf\ufffd"},
		{"e\u0301", "é"},
		{"a\tb\r\nc\rd\u0085e", "a b\nc\nd\ne"},
		{"ღია", "ღია"},
	}
	for _, test := range tests {
		if got := clean(test.in); got != test.want {
			t.Errorf("%q: got %q, want %q", test.in, got, test.want)
		}
	}
}

func TestIndentsAndAlignment(t *testing.T) {
	c := newComposer(t)
	word := func(align Align, text string, first, hanging float64) []float64 {
		b := c.Layout(Paragraph{Runs: Plain(text, Style{}), Width: 100, Align: align, First: first, Hanging: hanging})
		var at []float64
		for _, l := range b.Lines {
			at = append(at, b.Offset(l), b.Width-l.Width-b.Offset(l))
		}
		return at
	}
	if at := word(Start, "one\ntwo", 20, 10); at[0] != 20 || at[2] != 10 {
		t.Errorf("start: got %v from the left, want 20 and 10", at)
	}
	if at := word(Start, "שלום\nעולם", 20, 10); at[1] != 20 || at[3] != 10 {
		t.Errorf("start, Hebrew: got %v from the right, want 20 and 10", at)
	}
	if at := word(End, "one", 0, 0); at[1] != 0 {
		t.Errorf("end: got %v, want 0 from the right", at)
	}
	if at := word(End, "שלום", 0, 0); at[0] != 0 {
		t.Errorf("end, Hebrew: got %v, want 0 from the left", at)
	}
	if at := word(Centre, "one", 0, 0); at[0] != at[1] {
		t.Errorf("centre: got %v, want equal", at)
	}
	wide := c.Layout(Paragraph{Runs: Plain(strings.Repeat("word ", 12), Style{}), Width: 100, Hanging: 40})
	for i, l := range wide.Lines {
		if i > 0 && l.Width > 60.01 {
			t.Errorf("hanging line %d: %g wide, want at most 60", i, l.Width)
		}
	}
	if first := wide.Lines[0].Width; first <= 60 {
		t.Errorf("first line: %g wide, want more than the others have", first)
	}
}

func TestDirection(t *testing.T) {
	c := newComposer(t)
	tests := []struct {
		text      string
		direction Direction
		want      bool
	}{
		{"abc", Auto, false},
		{"123 שלום", Auto, true},
		{"", RightToLeft, true},
		{"abc", RightToLeft, true},
		{"שלום", LeftToRight, false},
		{"\u2067abc\u2069 abc", Auto, false},
	}
	for _, test := range tests {
		b := c.Layout(Paragraph{Runs: Plain(test.text, Style{}), Width: 100, Direction: test.direction})
		if b.RightToLeft != test.want {
			t.Errorf("%q: right to left %t, want %t", test.text, b.RightToLeft, test.want)
		}
	}
}

func TestBlockIsCut(t *testing.T) {
	b := newComposer(t).Layout(Paragraph{Runs: Plain(samples[0].text, Style{Size: 10, Leading: 15}), Width: 150})
	if got, want := b.Height(), 15*float64(len(b.Lines)); got != want {
		t.Errorf("height: got %g, want %g", got, want)
	}
	if got := b.Fit(46); got != 3 {
		t.Errorf("lines in 46 points: got %d, want 3", got)
	}
	head, tail := b.Cut(0, 3), b.Cut(3, 1000)
	if len(head.Lines) != 3 || len(tail.Lines) != len(b.Lines)-3 {
		t.Errorf("cut: got %d and %d lines of %d", len(head.Lines), len(tail.Lines), len(b.Lines))
	}
	if got := b.Cut(5, 2); len(got.Lines) != 0 {
		t.Errorf("cut backwards: got %d lines, want none", len(got.Lines))
	}
	if b.LongestLine() > b.Width || b.LongestLine() < 0.8*b.Width {
		t.Errorf("longest line: got %g of %g", b.LongestLine(), b.Width)
	}
}

// hostile are texts that have broken other programs.
var hostile = map[string]string{
	"emoji":            "Session 😀 👩‍💻 🇳🇴 🫠",
	"invalid UTF-8":    "Caf\xc3 \xff\xfe\xe2\x82",
	"control":          "a\x00b\x01\x1b[31m\u0085",
	"operators":        "BT ET EMC Q stream endstream endobj xref 0 1 trailer {nb} ( ) \\ <<>>",
	"unknown script":   "会議 회의 ไทย 𐍈",
	"long word":        strings.Repeat("x", 20000),
	"long Arabic word": strings.Repeat("ب", 20000),
	"200,000":          strings.Repeat("word ", 40000),
	"200,000 no space": strings.Repeat("a–", 100000),
	"marks":            "a" + strings.Repeat("\u0301", 5000),
	"odd marks":        strings.Repeat("ქ\u0651\u0323", 2000),
	"lone marks":       "\u0651\u0301",
	"brackets":         strings.Repeat("(", 5000) + "א" + strings.Repeat(")", 5000),
	"isolates":         strings.Repeat("\u2067a\u2066", 5000),
	"first strong":     strings.Repeat("\u2068", 50000) + "א",
	"overrides":        strings.Repeat("\u202eabc\u202d", 5000) + "\u202c def",
	"directions":       strings.Repeat("aא", 5000),
	"newlines":         strings.Repeat("\n", 5000),
	"soft hyphens":     strings.Repeat("\u00ad", 20000),
	"spaces":           strings.Repeat(" ", 20000),
	"joiners":          strings.Repeat("\u200d", 20000),
	"no width":         strings.Repeat("\u200b\u2060\ufeff", 20000),
	"French":           strings.Repeat("« : » ;", 5000),
	"ranges":           strings.Repeat("9:00–10:00", 2000),
	"private use":      "\ue000\uf8ff\U0010ffff\ufffe",
}

func TestHostileText(t *testing.T) {
	const limit = 10 * time.Second // a quadratic algorithm takes minutes
	for name, text := range hostile {
		c := newComposer(t)
		var d *Document
		var pdf []byte
		took := effort.Of(t, func() {
			info := testInfo
			info.Title, info.Author, info.Language = text, text, "fr"
			d = New(info)
			d.AddPage(A4)
			b := c.Layout(Paragraph{Runs: Plain(text, Style{Language: "fr"}), Width: 300})
			d.Begin(P, Attrs{Title: text, Actual: text})
			for len(b.Lines) > 0 {
				n := max(1, b.Fit(800))
				d.Draw(b.Cut(0, n), 10, 10)
				d.AddPage(A4)
				b = b.Cut(n, len(b.Lines))
			}
			d.End()
			d.Bookmark(text[:min(len(text), 1000)], 0, 0)
			pdf = bytesOf(t, d)
		})
		if took > limit {
			t.Errorf("%s: took %v", name, took)
		} else {
			t.Logf("%s: %v, %d pages, %d bytes", name, took.Round(time.Millisecond), d.Pages(), len(pdf))
		}
		checkFile(t, pdf)
	}
}

func TestBadMeasures(t *testing.T) {
	c := newComposer(t)
	nan := func() float64 { var z float64; return z / z }()
	for _, p := range []Paragraph{
		{Runs: Plain("words and words", Style{Size: -1}), Width: -5},
		{Runs: Plain("words and words", Style{Size: nan, Leading: nan}), Width: nan, First: nan, Hanging: 1e9},
		{Runs: Plain("words and words", Style{Font: 99}), Width: 1},
		{Width: 10},
	} {
		b := c.Layout(p)
		if b.Height() < 0 || len(p.Runs) > 0 && len(b.Lines) == 0 {
			t.Errorf("%+v: got %d lines, %g high", p, len(b.Lines), b.Height())
		}
	}
}

// FuzzLayout states the law of layout: every visible character is on a
// line, once, in order; lines fit unless a single cluster does not.
func FuzzLayout(f *testing.F) {
	for _, s := range samples {
		f.Add(s.text, 100.0)
	}
	for _, text := range hostile {
		f.Add(text[:min(len(text), 300)], 40.0)
	}
	c := newComposer(f)
	f.Fuzz(func(t *testing.T, text string, width float64) {
		if len(text) > 2000 {
			return
		}
		b := c.Layout(Paragraph{Runs: Plain(text, Style{Size: 10}), Width: sane(width, 20)})
		got := ""
		for _, l := range b.Lines {
			got += l.Text()
			if l.Width > b.Width+0.01 && len(clusterBounds([]rune(l.Text()), 0)) > 2 {
				t.Errorf("line %q: %g wide, at most %g", l.Text(), l.Width, b.Width)
			}
		}
		drop := func(r rune) rune {
			if isTrimmed(r) || isInvisible(r) || r == '\n' {
				return -1
			}
			return r
		}
		if got, want := strings.Map(drop, got), strings.Map(drop, clean(text)); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	})
}
