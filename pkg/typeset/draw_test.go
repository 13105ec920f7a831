package typeset

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"regexp"
	"strings"
	"testing"

	"rsc.io/qr"
)

func TestParsePath(t *testing.T) {
	tests := []struct{ data, want string }{
		{"", ""},
		{"M0 0 L10 0 10 10 Z", "0 100 m|10 100 l|10 90 l|h"},
		{"m1,1 2-2h3v.5z", "1 99 m|3 101 l|6 101 l|6 100.5 l|h"},
		{"M0 0C1 2 3 4 5 6c1 1 2 2 3 3", "0 100 m|1 98 3 96 5 94 c|6 93 7 92 8 91 c"},
		{"M0 0Q3 3 6 0", "0 100 m|2 98 4 98 6 100 c"},
		{"M1e1-1.5.5 2", "10 101.5 m|0.5 98 l"},
		{"M5 5l1 0zl0 1", "5 95 m|6 95 l|h|5 94 l"},
	}
	for _, test := range tests {
		p, err := ParsePath(test.data)
		if err != nil {
			t.Errorf("%q: %v", test.data, err)
			continue
		}
		if got := strings.ReplaceAll(strings.TrimSpace(p.operators(100)), "\n", "|"); got != test.want {
			t.Errorf("%q: got %s, want %s", test.data, got, test.want)
		}
	}
	for _, bad := range []string{"L1 1", "M", "M1", "M1 1 L", "M1 1 A1 1", "x", "M1 1 L1 e", strings.Repeat(" ", maxPath+1)} {
		if _, err := ParsePath(bad); err == nil {
			t.Errorf("%.20q: no error", bad)
		}
	}
}

func FuzzParsePath(f *testing.F) {
	f.Add("M0 0L1 1h2v3c1 2 3 4 5 6q1 2 3 4z")
	f.Add("m1e9,-.5.5")
	f.Fuzz(func(t *testing.T, data string) {
		p, err := ParsePath(data)
		if (p == nil) == (err == nil) {
			t.Errorf("%q: got %v and error %v", data, p, err)
		}
	})
}

func TestMatrix(t *testing.T) {
	tests := []struct {
		name   string
		m      Matrix
		x, y   float64
		wx, wy float64
	}{
		{"translate", Translate(3, 4), 1, 1, 4, 5},
		{"scale", Scale(2, 3), 1, 1, 2, 3},
		{"quarter turn clockwise", Rotate(90, 0, 0), 1, 0, 0, 1},
		{"half turn around a point", Rotate(180, 10, 20), 0, 0, 20, 40},
		{"then", Translate(1, 0).Then(Scale(2, 2)), 1, 1, 4, 2},
	}
	for _, test := range tests {
		if x, y := test.m.point(test.x, test.y); x != test.wx || y != test.wy {
			t.Errorf("%s: got %g, %g, want %g, %g", test.name, x, y, test.wx, test.wy)
		}
	}
	if got, want := Rotate(90, 0, 0).rect(Rect{1, 2, 3, 4}), (Rect{-6, 1, 4, 3}); got != want {
		t.Errorf("rectangle: got %v, want %v", got, want)
	}
}

func TestNumbers(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 1.005: "1", -0.001: "0", 12.5: "12.5", -3.456: "-3.46", 100: "100", math.Inf(1): "0"} {
		if got := number(v); got != want {
			t.Errorf("%g: got %s, want %s", v, got, want)
		}
	}
	if got := Millimetres(25.4); got != 72 {
		t.Errorf("an inch: got %g points, want 72", got)
	}
	if got := number(math.NaN()); got != "0" {
		t.Errorf("NaN: got %s, want 0", got)
	}
}

func TestColours(t *testing.T) {
	c, err := ParseColour("#0a6Bff")
	if want := (Colour{10.0 / 255, 107.0 / 255, 1}); err != nil || c != want {
		t.Errorf("got %v, %v, want %v", c, err, want)
	}
	for _, bad := range []string{"", "#12345", "0a6bff0", "#gggggg", "#1234567", "#+12345"} {
		if _, err := ParseColour(bad); err == nil {
			t.Errorf("%q: no error", bad)
		}
	}
}

func TestFrameMirrors(t *testing.T) {
	f := Frame{X: 50, Width: 400}
	if got := f.At(10, 80); got != 60 {
		t.Errorf("left to right: got %g, want 60", got)
	}
	f.RightToLeft = true
	if got := f.At(10, 80); got != 360 {
		t.Errorf("right to left: got %g, want 360", got)
	}
}

// picture returns a PNG that differs by seed, always of the same width.
func picture(seed int) []byte {
	m := image.NewNRGBA(image.Rect(0, 0, 64, 32))
	for x := range 64 {
		for y := range 32 {
			m.Set(x, y, color.NRGBA{uint8(x * 4), uint8(seed * 60), uint8(y * 8), uint8(255 - x*3)})
		}
	}
	var b bytes.Buffer
	png.Encode(&b, m) // a bytes.Buffer takes everything
	return b.Bytes()
}

func readPicture(t *testing.T, data []byte) *Picture {
	t.Helper()
	p, err := ReadPicture(data)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestImagesAreSorted checks hack 6: pictures of one width come out in one
// order.
func TestImagesAreSorted(t *testing.T) {
	var pictures []*Picture
	for i := range 6 {
		pictures = append(pictures, readPicture(t, picture(i%5)))
	}
	sums := map[[32]byte]int{}
	for range 20 {
		pdf := bytesOf(t, onePage(testInfo, func(d *Document) {
			for i, p := range pictures {
				d.Image(p, Rect{10, 50 * float64(i), 80, 40}, "logo")
			}
		}))
		sums[sha256.Sum256(pdf)]++
		f := checkFile(t, pdf)
		for _, entry := range imageEntry.FindAllStringSubmatch(f.get(2), -1) {
			image := f.get(atoi(entry[2]))
			if mask := f.ref(image, "SMask"); !strings.Contains(image, "/DeviceRGB") || !strings.Contains(f.get(mask), "/DeviceGray") {
				t.Fatalf("image %s: got %s with mask %s", entry[1], image, f.get(mask))
			}
		}
	}
	if len(sums) != 1 {
		t.Errorf("20 renders: got %d different files, want 1", len(sums))
	}
}

func TestPictures(t *testing.T) {
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 30, 20)), nil); err != nil {
		t.Fatal(err)
	}
	deep := image.NewNRGBA64(image.Rect(5, 5, 15, 25))
	var deepPNG bytes.Buffer
	if err := png.Encode(&deepPNG, deep); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"PNG": picture(1), "JPEG": photo.Bytes(), "16 bits": deepPNG.Bytes()} {
		p := readPicture(t, data)
		checkFile(t, bytesOf(t, onePage(testInfo, func(d *Document) {
			d.Image(p, Rect{10, 10, 80, 40}, name)
			d.Image(p, Rect{10, 60, 80, 40}, "") // decoration
		})))
	}
	var huge bytes.Buffer
	if err := png.Encode(&huge, image.NewGray(image.Rect(0, 0, 3000, 3000))); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{
		"empty": nil, "text": []byte("GIF89a"), "cut": picture(1)[:60], "huge": huge.Bytes(), "cut photo": photo.Bytes()[:200],
	} {
		if _, err := ReadPicture(data); !errors.Is(err, ErrPicture) {
			t.Errorf("%s: got %v, want an error of a picture", name, err)
		}
	}
}

func TestQR(t *testing.T) {
	const text = "https://meet.example.org/tirana-2026"
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	f := checkFile(t, bytesOf(t, onePage(testInfo, func(d *Document) {
		if err := d.QR(text, 0, 0, float64(code.Size)*10, "agenda"); err != nil {
			t.Fatal(err)
		}
	})))
	got := make([][]bool, code.Size)
	for i := range got {
		got[i] = make([]bool, code.Size)
	}
	path := regexp.MustCompile(`(\S+) (\S+) m\n(\S+) \S+ l\n\S+ \S+ l\n\S+ \S+ l\nh\n`)
	for _, m := range path.FindAllStringSubmatch(f.content(f.pages()[0]), -1) {
		for x := cell(m[1]); x < cell(m[3]); x++ {
			got[cell(fmt.Sprint(A5.Height-mustFloat(t, m[2])))][x] = true
		}
	}
	for y := range code.Size {
		for x := range code.Size {
			if got[y][x] != code.Black(x, y) {
				t.Fatalf("square %d, %d: got %t, want %t", x, y, got[y][x], code.Black(x, y))
			}
		}
	}
	if err := New(testInfo).QR(strings.Repeat("x", 5000), 0, 0, 10, "x"); err == nil {
		t.Error("5,000 bytes: no error")
	}
}

func mustFloat(t *testing.T, s string) float64 {
	var v float64
	if _, err := fmt.Sscan(s, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func cell(s string) int {
	var v float64
	fmt.Sscan(s, &v)
	return int(math.Round(v / 10))
}

func TestGrey(t *testing.T) {
	info := testInfo
	info.Grey = true
	p := readPicture(t, picture(3))
	f := checkFile(t, bytesOf(t, onePage(info, func(d *Document) {
		d.Artifact(Decoration, func() {
			d.Rect(Rect{0, 0, 100, 100}, navy)
			d.Stroke(new(Path).Circle(50, 50, 20), 2, teal, 3, 1)
			d.Outline(Rect{0, 0, 9, 9}, 1, Colour{1, 0, 0})
		})
		d.Image(p, Rect{0, 0, 10, 10}, "logo")
	})))
	content := f.content(f.pages()[0])
	if strings.Contains(content, "rg\n") || strings.Contains(content, "RG\n") {
		t.Errorf("colours left in %s", content)
	}
	_, data, err := p.encode(true)
	if err != nil {
		t.Fatal(err)
	}
	grey, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if c := color.NRGBAModel.Convert(grey.At(20, 20)).(color.NRGBA); c.R != c.G || c.G != c.B || c.A != 195 {
		t.Errorf("pixel: got %v, want grey with its transparency", c)
	}
}

// TestTransformedArtifact is a table tent: the second side, upside down, is
// not read twice, and links on it do not count.
func TestTransformedArtifact(t *testing.T) {
	c := newComposer(t)
	b := c.Layout(Paragraph{Runs: []Run{
		{Text: "Siri Ødegård ", Style: Style{Font: Bold, Size: 30, Colour: navy, Language: "nb"}},
		{Text: "link", Style: Style{Size: 30, Language: "en"}, Link: Link{URI: "https://example.org"}},
	}, Width: 300, Align: Centre})
	d := onePage(testInfo, func(d *Document) {
		side := func() { d.Tagged(P, Attrs{}, func() { d.Draw(b, 50, 400) }) }
		side()
		d.Artifact(Decoration, func() { d.Transform(Rotate(180, A5.Width/2, A5.Height/2), side) })
		d.Transform(Rotate(90, 100, 100), func() {
			d.Tagged(P, Attrs{}, func() { d.LinkArea(Rect{100, 100, 50, 10}, Link{URI: "https://example.org"}, "") })
		})
	})
	f := checkFile(t, bytesOf(t, d))
	annotations := f.refs(f.get(f.pages()[0]), "Annots")
	if len(annotations) != 2 {
		t.Fatalf("links: got %d, want 2", len(annotations))
	}
	if got, want := f.get(annotations[1]), "/Rect[90 "+number(A5.Height-150)+" 100 "+number(A5.Height-100)+"]"; !strings.Contains(got, want) {
		t.Errorf("turned link: got %s, want %s in it", got, want)
	}
	if got := strings.Count(f.content(f.pages()[0]), "-1 0 0 -1 419.53 595.28 cm"); got != 1 {
		t.Errorf("half turns: got %d, want 1", got)
	}
}
