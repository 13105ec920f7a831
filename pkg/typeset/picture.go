package typeset

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // photographs
	"image/png"

	"rsc.io/qr"
)

// maxPixels bounds the memory that decoding a picture takes.
const maxPixels = 8 << 20

// ErrPicture is wrapped by the errors of [ReadPicture].
var ErrPicture = errors.New("picture")

// A Picture is an image that can be drawn on any number of pages and
// documents.
type Picture struct {
	Width, Height int // in pixels
	image         *image.NRGBA
}

// ReadPicture reads a PNG or JPEG file of at most 8 megapixels.
func ReadPicture(data []byte) (*Picture, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: neither PNG nor JPEG: %v", ErrPicture, err)
	}
	w, h := config.Width, config.Height
	if w < 1 || h < 1 || w > maxPixels/h {
		return nil, fmt.Errorf("%w: %d × %d pixels, at most %d million in all", ErrPicture, w, h, maxPixels>>20)
	}
	decoded, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrPicture, err)
	}
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, decoded, decoded.Bounds().Min, draw.Src)
	return &Picture{w, h, out}, nil
}

// encode writes the picture as the PNG that the engine reads best: 8 bits,
// not interlaced, no metadata; and a name for it.
func (p *Picture) encode(grey bool) (string, []byte, error) {
	var b bytes.Buffer
	pixels := image.Image(p.image)
	if grey {
		pixels = greyed(p.image)
	}
	if err := png.Encode(&b, pixels); err != nil {
		return "", nil, fmt.Errorf("%w: %v", ErrPicture, err)
	}
	return fmt.Sprintf("%x", sha256.Sum256(b.Bytes())), b.Bytes(), nil
}

// greyed keeps transparency, and is therefore still written in colours.
func greyed(in *image.NRGBA) image.Image {
	out := image.NewNRGBA(in.Rect)
	for i := 0; i < len(in.Pix); i += 4 {
		p := in.Pix[i : i+4 : i+4]
		y := color.GrayModel.Convert(color.RGBA{p[0], p[1], p[2], 255}).(color.Gray).Y
		copy(out.Pix[i:], []byte{y, y, y, p[3]})
	}
	return out
}

// Image draws a picture. alt says what it shows; a picture without is
// decoration.
func (d *Document) Image(p *Picture, r Rect, alt string) {
	d.figure(r, alt, func() {
		if d.current == nil {
			d.fail(errNoPage)
			return
		}
		y := d.current.size.Height - r.Y - r.Height
		d.write("q " + Matrix{r.Width, 0, 0, r.Height, r.X, y}.operator())
		d.write("/" + d.pictureFor(p) + " Do Q\n")
	})
}

// figure draws an element with alternative text, or decoration.
func (d *Document) figure(r Rect, alt string, draw func()) {
	if alt == "" {
		d.Artifact(Decoration, draw)
		return
	}
	d.Begin(Figure, Attrs{Alt: alt, Bounds: &r})
	d.beginContent()
	draw()
	d.End()
}

// QR draws a QR code for text, size wide and high, as one figure of vector
// shapes. Leave a margin of a tenth of its size around it.
func (d *Document) QR(text string, x, y, size float64, alt string) error {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return fmt.Errorf("QR code of %d bytes: %w", len(text), err)
	}
	squares := new(Path)
	m := size / float64(code.Size)
	for row := range code.Size {
		for from := 0; from < code.Size; from++ {
			end := from
			for end < code.Size && code.Black(end, row) {
				end++
			}
			if end > from {
				squares.Rect(Rect{x + float64(from)*m, y + float64(row)*m, float64(end-from) * m, m})
				from = end
			}
		}
	}
	d.figure(Rect{x, y, size, size}, alt, func() { d.Fill(squares, Black) })
	return nil
}
