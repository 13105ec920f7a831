package typeset

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"
)

// pixels returns what [Document.PNG] makes of the first page.
func pixels(t *testing.T, d *Document, width int) image.Image {
	t.Helper()
	b, err := d.PNG(1, width)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// drawing returns a page of 100 × 50 points with what draw draws.
func drawing(draw func(d *Document)) *Document {
	d := New(Info{Language: "en"})
	d.AddPage(Size{100, 50})
	d.Artifact(Decoration, func() { draw(d) })
	return d
}

// Shapes, pictures and what is transformed stand where they stand on paper.
func TestPNG(t *testing.T) {
	red, blue, grey, white := color.RGBA{255, 0, 0, 255}, color.RGBA{0, 0, 255, 255}, color.RGBA{128, 128, 128, 255}, color.RGBA{255, 255, 255, 255}
	picture := image.NewNRGBA(image.Rect(0, 0, 2, 1))
	picture.SetNRGBA(0, 0, color.NRGBA{0, 0, 255, 255})
	picture.SetNRGBA(1, 0, color.NRGBA{255, 0, 0, 255})
	d := drawing(func(d *Document) {
		d.Rect(Rect{10, 5, 20, 10}, Colour{R: 1})
		d.Transform(Rotate(180, 50, 25), func() { d.Rect(Rect{10, 5, 20, 10}, Colour{B: 1}) })
		d.Fill(new(Path).Circle(50, 25, 10), Colour{128. / 255, 128. / 255, 128. / 255})
		d.Image(&Picture{2, 1, picture}, Rect{60, 0, 40, 20}, "")
	})
	img := pixels(t, d, 200)
	if got := img.Bounds(); got != image.Rect(0, 0, 200, 100) {
		t.Fatalf("got %v, want 200 × 100", got)
	}
	for _, tt := range []struct {
		x, y int
		want color.RGBA
	}{
		{0, 0, white}, {19, 10, white}, {20, 10, red}, {59, 29, red}, {60, 29, white}, {59, 30, white},
		{140, 70, blue}, {179, 89, blue}, {180, 89, white},
		{100, 50, grey}, {100, 31, grey}, {84, 34, white},
		{125, 20, blue}, {195, 20, red},
	} {
		if got := color.RGBAModel.Convert(img.At(tt.x, tt.y)); got != tt.want {
			t.Errorf("(%d, %d): got %v, want %v", tt.x, tt.y, got, tt.want)
		}
	}
}

// Text is drawn where its block stands, in shapes of its script: joined Arabic
// has fewer pieces than letters.
func TestPNGOfText(t *testing.T) {
	c, err := NewComposer()
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		text, language string
		pieces         int
	}{
		{"lol", "en", 3},
		{"ლმ", "ka", 2},
		{"سلم", "ar", 1}, // three letters in one stroke
		{"دار", "ar", 3}, // none of which joins the next
	} {
		d := New(Info{Language: tt.language})
		d.AddPage(Size{100, 50})
		b := c.Layout(Paragraph{Runs: Plain(tt.text, Style{Size: 24, Language: tt.language}), Width: 80})
		d.Tagged(P, Attrs{}, func() { d.Draw(b, 10, 5) })
		img := pixels(t, d, 1000)
		if got := pieces(img); got != tt.pieces {
			t.Errorf("%s: got %d pieces, want %d", tt.text, got, tt.pieces)
		}
	}
}

// pieces counts the dark areas of an image that do not touch.
func pieces(img image.Image) int {
	seen := map[image.Point]bool{}
	dark := func(p image.Point) bool {
		return p.In(img.Bounds()) && color.GrayModel.Convert(img.At(p.X, p.Y)).(color.Gray).Y < 128
	}
	n := 0
	for y := range img.Bounds().Dy() {
		for x := range img.Bounds().Dx() {
			p := image.Pt(x, y)
			if seen[p] || !dark(p) {
				continue
			}
			n++
			for open := []image.Point{p}; len(open) > 0; {
				at := open[len(open)-1]
				open = open[:len(open)-1]
				if seen[at] || !dark(at) {
					continue
				}
				seen[at] = true
				open = append(open, at.Add(image.Pt(1, 0)), at.Add(image.Pt(-1, 0)), at.Add(image.Pt(0, 1)), at.Add(image.Pt(0, -1)))
			}
		}
	}
	return n
}

func TestPNGIsDeterministic(t *testing.T) {
	made := func() []byte {
		c, err := NewComposer()
		if err != nil {
			t.Fatal(err)
		}
		b := c.Layout(Paragraph{Runs: Plain("Tbilisi · თბილისი · تبليسي", Style{Size: 18}), Width: 90})
		out, err := drawing(func(d *Document) { d.Draw(b, 5, 5) }).PNG(1, 600)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	if !bytes.Equal(made(), made()) {
		t.Error("two images of one drawing differ")
	}
}

func TestPNGRefuses(t *testing.T) {
	plain := func() *Document { return drawing(func(d *Document) { d.Rect(Rect{0, 0, 9, 9}, Black) }) }
	for _, tt := range []struct {
		name  string
		doc   *Document
		page  int
		width int
		want  string
	}{
		{"no page", plain(), 2, 100, "there are 1"},
		{"no pixels", plain(), 1, 0, "pixels"},
		{"too many pixels", plain(), 1, 1 << 20, "at most 16 million"},
		{"a stroke", drawing(func(d *Document) { d.Stroke(new(Path).Move(0, 0).Line(9, 9), 1, Black) }), 1, 100, "not drawn in images"},
	} {
		if _, err := tt.doc.PNG(tt.page, tt.width); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: got error %v, want %q in it", tt.name, err, tt.want)
		}
	}
}
