//go:build pdftools

package typeset

import (
	"bytes"
	"errors"
	"flag"
	"image"
	"image/color"
	"image/png"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// These tests need Debian's libharfbuzz-bin, poppler-utils and qpdf.

var update = flag.Bool("update", false, "write the goldens of shaping anew with hb-shape")

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

func TestGoldensAreHarfBuzz(t *testing.T) {
	var b strings.Builder
	b.WriteString("# font, script, language, feature, text, glyphs of hb-shape: glyph=cluster@offset+advance\n")
	for _, c := range shapingCases() {
		direction, feature := "ltr", "-tnum"
		if c.rightToLeft() {
			direction = "rtl"
		}
		if c.tabular {
			feature = "+tnum"
		}
		glyphs := output(t, "hb-shape", "--font-file=fonts/"+c.font+".ttf", "--no-glyph-names", "--cluster-level=1",
			"--script="+c.script, "--direction="+direction, "--language="+c.language, "--features="+feature, "--text="+c.text)
		b.WriteString(c.String() + "\t" + strings.TrimSpace(glyphs) + "\n")
	}
	if *update {
		if err := os.WriteFile(shapingGoldens, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := os.ReadFile(shapingGoldens)
	if err != nil {
		t.Fatal(err)
	}
	if string(stored) != b.String() {
		t.Error("goldens differ from hb-shape; see what changed with -update")
	}
}

// writePDF writes the programme for the tools.
func writePDF(t *testing.T, d *Document) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "test.pdf")
	if err := os.WriteFile(name, bytesOf(t, d), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestToolsAcceptProgramme(t *testing.T) {
	name := writePDF(t, drawProgramme(t, newComposer(t), 30, testInfo))
	output(t, "qpdf", "--check", name)
	info := output(t, "pdfinfo", name)
	for _, want := range []string{"Tagged:          yes", "Programme — Tirana 2026", "Secretariat"} {
		if !strings.Contains(info, want) {
			t.Errorf("pdfinfo: got %s, want %q in it", info, want)
		}
	}
	for i, line := range strings.Split(strings.TrimSpace(output(t, "pdffonts", name)), "\n") {
		if i > 1 && !strings.Contains(line, "yes yes yes") {
			t.Errorf("pdffonts: got %s, want embedded, subset, with text", line)
		}
	}
}

// TestCheckerFindsNoErrors runs a checker of the points of PDF/UA-1 that a
// machine can decide. It needs python3-pikepdf and the folder shared beside
// the module; where that folder does not exist it passes over itself.
func TestCheckerFindsNoErrors(t *testing.T) {
	checker := filepath.Join("..", "..", "..", "shared", "prototypes", "print", "uacheck.py")
	if _, err := os.Stat(checker); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s does not exist", checker)
	}
	c := newComposer(t)
	plain, imposed, info := drawProgramme(t, c, 30, testInfo), drawProgramme(t, c, 12, testInfo), testInfo
	imposed.Impose(Booklet(imposed.Pages(), A4, false))
	info.Grey, info.Bleed, info.Marks = true, 9, true
	for name, d := range map[string]*Document{"plain": plain, "booklet": imposed, "marks": drawProgramme(t, c, 3, info)} {
		if got := output(t, "/usr/bin/python3", checker, writePDF(t, d)); !strings.Contains(got, "ERRORS 0 []") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestExtractionEqualsInput reads pages with pdftotext: every sample is
// there, in logical order. Brackets and full stops are left out of the
// comparison: in text from right to left poppler mirrors brackets around
// Latin and draws a full stop after a number to its other side.
func TestExtractionEqualsInput(t *testing.T) {
	c := newComposer(t)
	letters := strings.NewReplacer("(", "", ")", "", ".", "", "\f", "", "\u202a", "", "\u202b", "", "\u202c", "")
	for _, s := range samples {
		text := s.title + "\n" + s.text
		d := New(testInfo)
		d.AddPage(A4)
		d.Tagged(P, Attrs{}, func() {
			d.Draw(c.Layout(Paragraph{Runs: Plain(text, Style{Language: s.language}), Width: 400}), 60, 60)
		})
		got := letters.Replace(bare(output(t, "pdftotext", "-layout", writePDF(t, d), "-")))
		if want := letters.Replace(bare(text)); got != want {
			t.Errorf("%s:\ngot  %s\nwant %s", s.language, got, want)
		}
	}
}

// TestPNGIsWhatPopplerDraws draws a page of every sample both ways and compares the
// images: they may differ at the edges of letters, as the two smooth them in
// their own ways, and nowhere else.
func TestPNGIsWhatPopplerDraws(t *testing.T) {
	c := newComposer(t)
	const width, most = 1200, 0.01 // of the darkness of text that is elsewhere
	for _, s := range samples {
		d := New(testInfo)
		d.AddPage(Size{600, 400})
		d.Tagged(P, Attrs{}, func() {
			d.Draw(c.Layout(Paragraph{Runs: Plain(s.title+"\n"+s.text, Style{Size: 18, Language: s.language}), Width: 540}), 30, 30)
		})
		ours := pixels(t, d, width)
		name := filepath.Join(t.TempDir(), "page")
		output(t, "pdftoppm", "-r", "144", "-png", "-singlefile", writePDF(t, d), name)
		b, err := os.ReadFile(name + ".png")
		if err != nil {
			t.Fatal(err)
		}
		theirs, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			t.Fatal(err)
		}
		if got := elsewhere(ours, theirs) + elsewhere(theirs, ours); got > most {
			t.Errorf("%s: %.3f of the text is elsewhere, want at most %.3f", s.language, got, most)
		}
	}
}

// elsewhere returns how much of what is black in a is white in b and around it:
// all, if there is nothing.
func elsewhere(a, b image.Image) float64 {
	grey := func(m image.Image, x, y int) uint8 { return color.GrayModel.Convert(m.At(x, y)).(color.Gray).Y }
	black, lost := 0, 0
	for y := 1; y < a.Bounds().Dy()-1; y++ {
		for x := 1; x < a.Bounds().Dx()-1; x++ {
			if grey(a, x, y) > 40 {
				continue
			}
			black++
			darkest := uint8(255)
			for dy := -1; dy <= 1; dy++ {
				for dx := -1; dx <= 1; dx++ {
					darkest = min(darkest, grey(b, x+dx, y+dy))
				}
			}
			if darkest > 128 {
				lost++
			}
		}
	}
	if black == 0 {
		return 1
	}
	return float64(lost) / float64(black)
}
