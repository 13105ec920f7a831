package programme

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/png"
	"io"
	"math"
	"strings"
	"testing"
	"testing/fstest"

	"tamada/pkg/typeset"
)

// logos returns images of three shapes: a wide one, a square and a file that
// is none.
func logos(t testing.TB) fstest.MapFS {
	t.Helper()
	wide := image.NewNRGBA(image.Rect(0, 0, 240, 60))
	for x := range 240 {
		for y := range 60 {
			wide.SetNRGBA(x, y, color.NRGBA{R: byte(x), G: 90, B: 120, A: 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, wide); err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"wide.png":   {Data: b.Bytes()},
		"square.svg": {Data: []byte(`<svg viewBox="0 0 50 50"><rect width="50" height="50" fill="#0a5566"/><circle cx="25" cy="25" r="15" fill="#fff"/></svg>`)},
		"bad.svg":    {Data: []byte(`<svg viewBox="0 0 50 50"><text>Reboot</text></svg>`)},
		"both.svg":   {Data: []byte(`<svg viewBox="0 0 50 50"><text>Reboot</text></svg>`)},
		"both.png":   {Data: b.Bytes()},
	}
}

// Organisers stand on the cover in their order, as logos or as names.
func TestLogos(t *testing.T) {
	e := conference(t)
	for i, name := range []string{"wide.png", "square.svg", "bad.svg"} {
		e.Organisers[i].Logo = name
	}
	ps := laidOut(t, e, Options{Images: logos(t)})
	for i, want := range []bool{true, true, false} {
		if got := ps.job.logos[i] != nil; got != want {
			t.Errorf("%s: got a logo %t, want %t", e.Organisers[i].Logo, got, want)
		}
	}
	text := allText(ps)
	if strings.Contains(text, "MinistryofJusticeofGeorgiaReboot") || !strings.Contains(text, "Reboot") {
		t.Error("want names in words only where there is no logo")
	}
	checkPages(t, ps)
	for _, d := range []Document{Programme, Badges, Certificates} {
		o := everything(t, e, d)
		o.Images = logos(t)
		write := func(w io.Writer) error { return Write(context.Background(), w, e, o) }
		if !bytes.Equal(rendered(t, write), rendered(t, write)) {
			t.Errorf("%s: two renders differ", d)
		}
	}
}

func TestLogoFilesPreferPrint(t *testing.T) {
	e := conference(t)
	e.Organisers[0].Logo = "both.svg"
	e.Organisers[1].Logo = "../outside.png"
	j := laidOut(t, e, Options{Images: logos(t)}).job
	if j.logos[0] == nil || j.logos[0].Width != 240 {
		t.Errorf("got %+v, want the PNG beside the SVG", j.logos[0])
	}
	if j.logos[1] != nil {
		t.Error("got a logo from outside the folder of images")
	}
}

// Logos of different ratios weigh the same, as far as there is room.
func TestLogoSize(t *testing.T) {
	w1, h1 := logoSize(&typeset.Artwork{Width: 100, Height: 50}, 150, 46)
	w2, h2 := logoSize(&typeset.Artwork{Width: 3, Height: 1}, 150, 46)
	if math.Abs(w1*h1-w2*h2) > 1 {
		t.Errorf("got areas %.0f and %.0f, want the same", w1*h1, w2*h2)
	}
	if w, h := logoSize(&typeset.Artwork{Width: 1, Height: 10}, 150, 46); h > 46 || w > 150 {
		t.Errorf("got %.0f × %.0f, want it inside the box", w, h)
	}
}
