package card

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tamada/pkg/typeset"
)

var teal = typeset.Colour{R: 15. / 255, G: 76. / 255, B: 92. / 255}

func en(s string) Text { return Text{Text: s, Language: "en"} }
func ar(s string) Text { return Text{Text: s, Language: "ar", RightToLeft: true} }
func ka(s string) Text { return Text{Text: s, Language: "ka"} }

// logoOf returns a logo of that ratio.
func logoOf(t *testing.T, svg string) *typeset.Artwork {
	t.Helper()
	a, err := typeset.ReadArtwork([]byte(svg))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

const wide = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 10"><rect width="60" height="10" fill="#a3211b"/></svg>`

// cards are a card of each sort.
func cards(t *testing.T) map[string]Card {
	return map[string]Card{
		"bare": {Title: en("Meeting"), Accent: teal},
		"en": {
			Series: en("MENA-OECD Working Group II on Open and Innovative Government"), Title: en("First Bureau Meeting 2021"),
			Dates: en("Monday, 29 March 2021"), Place: []Text{en("Microsoft Teams")}, Site: en("Tamada"), Accent: teal,
		},
		"ar": {
			RightToLeft: true, Series: en("MENA-OECD Working Group II"), Title: ar("الاجتماع الأول للمكتب لعام 2021"), Mark: ar("ملغى"),
			Dates: ar("الإثنين، 29 مارس 2021"), Place: []Text{en("Microsoft Teams"), ar("عبر الإنترنت")}, Site: ar("وزارة الحوكمة العامة"),
			Accent: typeset.Colour{R: 0.5, G: 0.09, B: 0.2}, Logo: logoOf(t, wide),
		},
		"ka": {
			Title: ka("ღია მმართველობის პარტნიორობის საკონტაქტო პირთა შეხვედრა"), Dates: ka("3–4 ივნისი, 2014"),
			Place: []Text{ka("სასტუმრო"), ka("თბილისი"), ka("საქართველო")}, Mark: ka("პირობითი"), Site: ka("იუსტიციის სამინისტრო"), Accent: teal,
		},
		"long": {
			Series: en(strings.Repeat("A series of meetings with a long name ", 8)),
			Title:  en(strings.Repeat("Securing the foundations of digital government and citizen engagement ", 9)),
			Dates:  en("From Wednesday, 23 September until Wednesday, 30 September 2026"),
			Place:  []Text{en(strings.Repeat("The Grand Hall of the Palace of Nations ", 4)), en("Geneva"), en("Switzerland")},
			Mark:   en("Tentative"), Site: en("Ministry of Public Administration and Digital Transformation of the Republic"), Accent: typeset.Colour{R: 1, G: 0.85, B: 0.2},
		},
		"word": {Title: en(strings.Repeat("unbroken", 60)), Dates: en(strings.Repeat("9", 400)), Place: []Text{en(strings.Repeat("x", 900))}, Accent: teal},
		"odd":  {Title: Text{Text: "\x00\xff\u202e\n\n", Language: "x\x00"}, Accent: teal},
	}
}

// drawn returns a card as an image.
func drawn(t *testing.T, c Card) image.Image {
	t.Helper()
	b, err := c.PNG()
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// Cards of any words have the size that sites ask for, are drawn alike twice,
// and keep to their margins. Set TAMADA_SCREENSHOTS to keep them.
func TestCards(t *testing.T) {
	for name, c := range cards(t) {
		b, err := c.PNG()
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if again, _ := c.PNG(); !bytes.Equal(b, again) {
			t.Errorf("%s: two pictures differ", name)
		}
		if dir := os.Getenv("TAMADA_SCREENSHOTS"); dir != "" {
			if err := os.WriteFile(filepath.Join(dir, "card-"+name+".png"), b, 0o644); err != nil {
				t.Error(err)
			}
		}
		img := drawn(t, c)
		if got := img.Bounds(); got != image.Rect(0, 0, Width, Height) {
			t.Errorf("%s: got %v, want %d × %d", name, got, Width, Height)
		}
		for y := range Height {
			for x := range Width {
				inside := x >= margin-4 && x < Width-margin+4 && y >= 36 && y < Height-10
				if !inside && img.At(x, y) != img.At(0, y) {
					t.Fatalf("%s: something is drawn at (%d, %d), in the margin", name, x, y)
				}
			}
		}
	}
}

// mass returns how many pixels of the left and right halves, between two
// heights, are not as the corner is.
func mass(img image.Image, top, bottom int) (left, right int) {
	ground := img.At(0, top)
	for y := top; y < bottom; y++ {
		for x := range Width {
			switch {
			case img.At(x, y) == ground:
			case x < Width/2:
				left++
			default:
				right++
			}
		}
	}
	return left, right
}

// A card begins at the side where its readers begin, whatever its words are in.
func TestCardBeginsAtTheStart(t *testing.T) {
	for _, tt := range []struct {
		name        string
		rightToLeft bool
		title       Text
	}{
		{"English", false, en("Forum")},
		{"Arabic", true, ar("منتدى")},
		{"English for readers of Arabic", true, en("Forum")},
		{"Arabic for readers of English", false, ar("منتدى")},
	} {
		c := Card{RightToLeft: tt.rightToLeft, Title: tt.title, Accent: teal}
		left, right := mass(drawn(t, c), 1, band-1)
		if start, end := left, right; tt.rightToLeft && (right == 0 || left > 0) || !tt.rightToLeft && (start == 0 || end > 0) {
			t.Errorf("%s: %d pixels at the left and %d at the right, want all at the start", tt.name, left, right)
		}
		c.Title, c.Site = Text{}, tt.title
		left, right = mass(drawn(t, c), band+1, Height)
		if tt.rightToLeft && (left == 0 || right > 0) || !tt.rightToLeft && (right == 0 || left > 0) {
			t.Errorf("%s: the site is %d pixels at the left and %d at the right, want all at the end", tt.name, left, right)
		}
	}
}

// Letters can be read on any colour, and the colour is the site's.
func TestCardHasTheColour(t *testing.T) {
	for _, accent := range []typeset.Colour{teal, typeset.Black, typeset.White, {R: 1, G: 0.85, B: 0.2}, {R: 0.5, G: 0.5, B: 0.5}} {
		if got := contrast(letters(accent), accent); got < 4.5 {
			t.Errorf("%v: contrast of letters %.2f, want at least 4.5", accent, got)
		}
		want := color.RGBA{uint8(255*accent.R + 0.5), uint8(255*accent.G + 0.5), uint8(255*accent.B + 0.5), 255}
		if got := color.RGBAModel.Convert(drawn(t, Card{Title: en("Forum"), Accent: accent}).At(3, 3)); got != want {
			t.Errorf("got %v, want %v", got, want)
		}
	}
}

// What does not fit ends in an ellipsis, not in the middle of a line.
func TestCut(t *testing.T) {
	composer, err := typeset.NewComposer()
	if err != nil {
		t.Fatal(err)
	}
	p := painter{composer: composer}
	b := p.set(look{size: 30, lines: 2}, 400, en(strings.Repeat("government ", 30)))
	if n := len(b.Lines); n != 2 || !strings.HasSuffix(b.Lines[n-1].Text(), "government…") {
		t.Errorf("got %d lines, the last of them %q, want 2 with an ellipsis after a word", n, b.Lines[n-1].Text())
	}
	b = p.set(look{size: 30, lines: 1}, 400, en("Tbilisi"), en(strings.Repeat("government ", 30)))
	if n := len(b.Lines); n != 1 || !strings.HasPrefix(b.Lines[0].Text(), "Tbilisi\u00a0· government") {
		t.Errorf("got %d lines, the first of them %q, want 1 with the first text whole", n, b.Lines[0].Text())
	}
}

func BenchmarkPNG(b *testing.B) {
	c := Card{Title: en("Peer Learning Forum 2026"), Dates: en("23–24 November 2026"), Place: []Text{en("Tbilisi")}, Site: en("Tamada"), Accent: teal}
	for b.Loop() {
		if _, err := c.PNG(); err != nil {
			b.Fatal(err)
		}
	}
}
