package typeset

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"unicode"

	"github.com/go-text/typesetting/language"
)

const shapingGoldens = "testdata/shaping.txt"

// shapingCase is a text to be shaped, and the script it is in.
type shapingCase struct {
	font, script, language, text string
	tabular                      bool
}

// shapingCases shapes every sample word by word in every font that draws its
// script, and some lines that show kerning, ligatures, marks and figures.
func shapingCases() []shapingCase {
	extra := map[string]string{
		"en": "AVATAR To Yes, fi ffi fl office WAVE Tä; 10:45 1171",
		"ar": "لا إله إلا الله الإصلاح ٩:٣٠ مُعَلِّم تمّ",
		"he": "שָׁלוֹם עִבְרִית",
	}
	families := map[string]string{"hy": "NotoSansArmenian-Regular NotoSansArmenian-Bold", "ar": "Amiri-Regular Amiri-Bold"}
	var all []shapingCase
	for _, s := range samples {
		fonts := "DejaVuSans " + families[s.language]
		if s.language != "hy" {
			fonts += " FiraGO-Regular FiraGO-Italic FiraGO-SemiBold FiraGO-Bold"
		}
		for _, font := range strings.Fields(fonts) {
			c := shapingCase{font: font, script: scriptOf(s.title), language: s.language, text: s.title + " " + extra[s.language]}
			all = append(all, c)
			if s.language == "en" {
				c.tabular = true
				all = append(all, c)
			}
		}
	}
	return all
}

func scriptOf(text string) string {
	for _, r := range text {
		if unicode.IsLetter(r) {
			return language.LookupScript(r).String()
		}
	}
	return "Latn"
}

func (c shapingCase) rightToLeft() bool { return c.script == "Arab" || c.script == "Hebr" }

func (c shapingCase) key(t *testing.T) shapeKey {
	t.Helper()
	faces, err := typefaces()
	if err != nil {
		t.Fatal(err)
	}
	script, err := language.ParseScript(c.script)
	if err != nil || faces[c.font] == nil {
		t.Fatalf("%s %s: %v", c.font, c.script, err)
	}
	return shapeKey{
		face: faces[c.font], text: c.text, script: script, language: c.language,
		rightToLeft: c.rightToLeft(), tabular: c.tabular,
	}
}

// String returns the case as it stands in the file of goldens.
func (c shapingCase) String() string {
	return fmt.Sprintf("%s\t%s\t%s\ttnum=%t\t%s", c.font, c.script, c.language, c.tabular, c.text)
}

// TestShapingEqualsHarfBuzz compares glyphs, clusters, offsets and advances
// with those of HarfBuzz 6.0.0's hb-shape, stored in testdata.
func TestShapingEqualsHarfBuzz(t *testing.T) {
	stored, err := os.ReadFile(shapingGoldens)
	if err != nil {
		t.Fatal(err)
	}
	golden := map[string]string{}
	for line := range strings.Lines(string(stored)) {
		if i := strings.LastIndex(line, "\t"); i > 0 {
			golden[line[:i]] = strings.TrimSpace(line[i:])
		}
	}
	s := newShaper()
	for _, c := range shapingCases() {
		s.run(c.key(t))
		if got, want := glyphsOf(s), golden[c.String()]; got != want {
			t.Errorf("%v:\ngot  %s\nwant %s", c, got, want)
		}
	}
}

// glyphsOf writes the glyphs in the buffer as hb-shape does.
func glyphsOf(s *shaper) string {
	var parts []string
	for i, g := range s.buffer.Info {
		p := s.buffer.Pos[i]
		offset := ""
		if p.XOffset != 0 || p.YOffset != 0 {
			offset = fmt.Sprintf("@%d,%d", p.XOffset, p.YOffset)
		}
		parts = append(parts, fmt.Sprintf("%d=%d%s+%d", g.Glyph, g.Cluster, offset, p.XAdvance))
	}
	return "[" + strings.Join(parts, "|") + "]"
}

func TestTabularFiguresHaveOneWidth(t *testing.T) {
	c := newComposer(t)
	width := func(text string, tabular bool) float64 {
		b := c.Layout(Paragraph{Runs: Plain(text, Style{Size: 10, Tabular: tabular}), Width: 500})
		return b.Lines[0].Width
	}
	for _, text := range []string{"11:11", "09:30", "20:48"} {
		if got, want := width(text, true), width("00:00", true); got != want {
			t.Errorf("%s: width %g, want %g", text, got, want)
		}
	}
	if width("1111", false) == width("0000", false) {
		t.Error("proportional figures have one width; the test above shows nothing")
	}
}

func TestShaperForgetsButDoesNotChange(t *testing.T) {
	s := newShaper()
	k := shapingCases()[0].key(t)
	first := fmt.Sprint(s.shape(k).glyphs)
	for i := 0; s.cached <= maxCached; i++ {
		k := k
		k.text = fmt.Sprintf("%d %s", i, strings.Repeat("word ", 200))
		s.shape(k)
	}
	before := len(s.cache)
	k2 := k
	k2.text = "one more"
	s.shape(k2)
	if len(s.cache) >= before {
		t.Errorf("cached words: got %d after the bound, want fewer than %d", len(s.cache), before)
	}
	if got := fmt.Sprint(s.shape(k).glyphs); got != first {
		t.Errorf("glyphs: got %s, want %s", got, first)
	}
}

func TestFallback(t *testing.T) {
	c := newComposer(t)
	tests := []struct {
		text string
		want string // faces, by cluster
	}{
		{"Aa", "FiraGO-Regular"},
		{"ღია", "FiraGO-Regular"},
		{"Հայ", "NotoSansArmenian-Regular"},
		{"₸ ☐", "DejaVuSans"},
		{"Հայ Aa", "NotoSansArmenian-Regular FiraGO-Regular"},
		{"aѝb", "FiraGO-Regular"},
		{"a☐b", "FiraGO-Regular DejaVuSans FiraGO-Regular"},
		{"a\u202fb\u00a0c", "FiraGO-Regular"},
	}
	for _, test := range tests {
		b := c.Layout(Paragraph{Runs: Plain(test.text, Style{}), Width: 500})
		var got []string
		for _, f := range b.Lines[0].fragments {
			if len(got) == 0 || got[len(got)-1] != f.face.name {
				got = append(got, f.face.name)
			}
		}
		if strings.Join(got, " ") != test.want {
			t.Errorf("%q: got %s, want %s", test.text, got, test.want)
		}
	}
}

// TestWordsStayInOneFont has a letter that Amiri lacks.
func TestWordsStayInOneFont(t *testing.T) {
	b := newComposer(t).Layout(Paragraph{Runs: Plain("Leyla Məmmədova Bakı", Style{Font: Formal}), Width: 500})
	got := map[string]string{}
	for _, f := range b.Lines[0].fragments {
		got[strings.TrimSpace(f.text)] += f.face.name
	}
	if want := "Amiri-Regular"; got["Leyla"] != want || got["Bakı"] != want {
		t.Errorf("other words: got %v, want %s", got, want)
	}
	if want := "FiraGO-Regular"; got["Məmmədova"] != want {
		t.Errorf("the word with ə: got %v, want %s", got, want)
	}
}

func TestMissing(t *testing.T) {
	c := newComposer(t)
	b := c.Layout(Paragraph{Runs: Plain("a 🫠 会 b 🫠", Style{}), Width: 500})
	if got, want := string(b.Missing()), "🫠会"; got != want {
		t.Errorf("missing: got %q, want %q", got, want)
	}
	d := New(testInfo)
	d.AddPage(A4)
	d.Tagged(P, Attrs{}, func() { d.Draw(b, 0, 0) })
	if got, want := string(d.Missing()), "会🫠"; got != want {
		t.Errorf("missing in the document: got %q, want %q", got, want)
	}
	f := checkFile(t, bytesOf(t, d)) // no .notdef
	if got, want := f.extract(), "a 🫠 会 b 🫠"; got != want {
		t.Errorf("text: got %q, want %q", got, want)
	}
}

// TestEmbeddedFontCodes checks hack 1: the cmap handed to the engine.
func TestEmbeddedFontCodes(t *testing.T) {
	faces, err := typefaces()
	if err != nil {
		t.Fatal(err)
	}
	glyphs := []int{5, 900, 3, 77, 77}
	for name, f := range faces {
		parsed, err := parseFace(name, f.withCodes(glyphs))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i, want := range glyphs {
			if got, _ := parsed.font.NominalGlyph(rune(firstCode + codeStep*i)); int(got) != want {
				t.Errorf("%s: code %d: glyph %d, want %d", name, i, got, want)
			}
		}
	}
}

func TestBadFonts(t *testing.T) {
	good, err := fontFiles.ReadFile("fonts/NotoSansArmenian-Regular.ttf")
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("not a font at all"), "cut": good[:200],
	} {
		if _, err := parseFace(name, data); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
