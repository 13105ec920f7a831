package programme

import (
	"math"
	"testing"

	"tamada/pkg/typeset"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(c typeset.Colour) float64 {
	linear := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

// Every colour of text has the contrast of small text on paper and on the
// ground of grids, also in shades of grey.
func TestContrast(t *testing.T) {
	const least = 4.5
	for name, text := range map[string]typeset.Colour{"ink": ink, "soft": soft, "accent": accent, "signal": signal} {
		for _, ground := range []typeset.Colour{typeset.White, tint} {
			for _, c := range []typeset.Colour{text, text.Grey()} {
				if got := (luminance(ground) + 0.05) / (luminance(c) + 0.05); got < least {
					t.Errorf("%s on %v: got contrast %.2f, want at least %.1f", name, ground, got, least)
				}
			}
		}
	}
}

// Nothing is smaller than 18 points in large print.
func TestLargePrintIsLarge(t *testing.T) {
	d := newDesign(Options{Document: LargePrint, Paper: A4, Languages: []string{"en"}})
	for _, l := range []look{bodyLook, strongLook, quietLook, noteLook, labelLook, kindLook, timeLook, farTimeLook, titleLook, tableLook, headLook} {
		if got := d.style(l, "en").Size; got < 18 {
			t.Errorf("%+v: got %.1f points, want at least 18", l, got)
		}
	}
}

// A booklet of six pages is two sheets of paper, printed on both sides; inner
// pages are nearer to the fold.
func TestBooklet(t *testing.T) {
	sheets := booklet(6, typeset.A5, false)
	if len(sheets) != 4 {
		t.Fatalf("got %d sides, want 4", len(sheets))
	}
	at := map[int]float64{}
	for _, s := range sheets {
		for _, p := range s.Places {
			at[p.Page] = p.Matrix[4]
		}
	}
	if len(at) != 6 {
		t.Errorf("got %d pages on paper, want 6", len(at))
	}
	if outer, inner := at[1], at[3]; inner >= outer {
		t.Errorf("page 3 begins at %.2f, page 1 at %.2f: want it nearer to the fold", inner, outer)
	}
}

// Two languages stand side by side, the first with the times at its outer
// side.
func TestColumns(t *testing.T) {
	for _, rightToLeft := range []bool{false, true} {
		d := newDesign(Options{Document: Programme, Paper: A4, Languages: []string{"en", "ar"}})
		c := d.columns(2, rightToLeft)
		if c[0].X+c[0].Width > c[1].X && c[1].X+c[1].Width > c[0].X {
			t.Errorf("columns %+v overlap", c)
		}
		if isLeft := c[0].X < c[1].X; isLeft == rightToLeft {
			t.Errorf("first column %+v of %+v: want it where lines begin", c[0], c)
		}
		if got, want := c[0].Width-c[1].Width, d.aside+d.gutter; math.Abs(got-want) > 0.01 {
			t.Errorf("the first column is %.1f wider, want %.1f for the times", got, want)
		}
	}
}
