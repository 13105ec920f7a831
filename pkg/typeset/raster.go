package typeset

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"golang.org/x/image/draw"
	"golang.org/x/image/math/f64"
	"golang.org/x/image/vector"
)

// maxRaster bounds the pixels of an image of a page.
const maxRaster = 16 << 20

// PNG returns a page (from 1) as an image so many pixels wide, on white: for
// those who show neither PDF nor SVG. Text is in outlines, shaped as on paper,
// and lines that are stroked are an error. The same drawing gives the same
// bytes.
func (d *Document) PNG(page, width int) ([]byte, error) {
	if d.err != nil {
		return nil, d.err
	}
	if page < 1 || page > len(d.pages) {
		return nil, fmt.Errorf("page %d: there are %d", page, len(d.pages))
	}
	p := d.pages[page-1]
	scale := float64(width) / p.size.Width
	height := int(math.Round(p.size.Height * scale))
	if width < 1 || height < 1 || width > maxRaster/height {
		return nil, fmt.Errorf("page %d: %d × %d pixels, at most %d million in all", page, width, height, maxRaster>>20)
	}
	content, err := p.content()
	if err != nil {
		return nil, err
	}
	r := newRaster(d, width, height, Matrix{scale, 0, 0, -scale, 0, float64(height)})
	if err := r.read(content); err != nil {
		return nil, fmt.Errorf("page %d: %w", page, err)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, r.canvas); err != nil {
		return nil, fmt.Errorf("page %d: %w", page, err)
	}
	return b.Bytes(), nil
}

// A raster is the image of a page in the making. It follows the operators that
// this package writes ([Document.write]); the matrix takes their coordinates
// to pixels.
type raster struct {
	d       *Document
	canvas  *image.RGBA
	matrix  Matrix
	saved   []state
	fill    color.RGBA
	path    []segment // being built, in pixels
	filled  []segment // finished figures in the colour of fill
	fonts   map[string]*pageFont
	faces   map[*face]*font.Face
	numbers []float64
	brush   vector.Rasterizer
}

// state is what q keeps and Q brings back.
type state struct {
	matrix Matrix
	fill   color.RGBA
}

// A segment is a step of a path in pixels: of its points, as many count as its
// operator has.
type segment struct {
	operator byte // m, l, q, c or h
	points   [3][2]float64
}

func newRaster(d *Document, width, height int, m Matrix) *raster {
	r := &raster{
		d: d, canvas: image.NewRGBA(image.Rect(0, 0, width, height)), matrix: m, fill: color.RGBA{A: 255},
		fonts: map[string]*pageFont{}, faces: map[*face]*font.Face{},
	}
	draw.Draw(r.canvas, r.canvas.Rect, image.White, image.Point{}, draw.Src)
	for _, f := range d.fonts {
		r.fonts["/"+f.name] = f
	}
	return r
}

// read draws the operators, which come line by line.
func (r *raster) read(content []byte) error {
	for line := range strings.Lines(string(content)) {
		fields := strings.Fields(line)
		switch {
		case len(fields) == 0, strings.HasSuffix(fields[len(fields)-1], "BDC"):
			continue
		case fields[0] == "BT":
			if err := r.text(fields); err != nil {
				return err
			}
			continue
		}
		for _, field := range fields {
			if err := r.field(field); err != nil {
				return err
			}
		}
	}
	r.flush()
	return nil
}

// field reads a number, or draws an operator with those before it.
func (r *raster) field(field string) error {
	if v, err := strconv.ParseFloat(field, 64); err == nil {
		r.numbers = append(r.numbers, v)
		return nil
	}
	err := r.operator(field)
	r.numbers = r.numbers[:0]
	return err
}

// arity says how many numbers an operator has.
var arity = map[string]int{
	"g": 1, "rg": 3, "m": 2, "l": 2, "c": 6, "h": 0, "re": 4, "f": 0, "q": 0, "Q": 0, "cm": 6, "EMC": 0, "Do": 0,
}

func (r *raster) operator(name string) error {
	if strings.HasPrefix(name, "/i") {
		return r.image(name[1:])
	}
	n, known := arity[name]
	if !known || len(r.numbers) < n {
		return fmt.Errorf("operator %s: not drawn in images", name)
	}
	v := r.numbers[len(r.numbers)-n:]
	switch name {
	case "g":
		r.paint(v[0], v[0], v[0])
	case "rg":
		r.paint(v[0], v[1], v[2])
	case "m", "l", "c", "h":
		r.path = append(r.path, r.matrix.segment(name[0], v))
	case "re":
		r.rectangle(v[0], v[1], v[2], v[3])
	case "f":
		r.filled = append(r.filled, r.path...)
		r.path = r.path[:0]
	case "q":
		r.saved = append(r.saved, state{r.matrix, r.fill})
	case "cm":
		r.matrix = Matrix(v).Then(r.matrix)
	case "Q":
		r.restore()
	}
	return nil
}

func (r *raster) restore() {
	if last := len(r.saved) - 1; last >= 0 {
		r.flush()
		r.matrix, r.fill, r.saved = r.saved[last].matrix, r.saved[last].fill, r.saved[:last]
	}
}

// paint changes the colour of what is filled from here on.
func (r *raster) paint(red, green, blue float64) {
	shade := func(v float64) uint8 { return uint8(255*min(max(v, 0), 1) + 0.5) }
	if c := (color.RGBA{shade(red), shade(green), shade(blue), 255}); c != r.fill {
		r.flush()
		r.fill = c
	}
}

// segment returns an operator with its points in pixels.
func (m Matrix) segment(operator byte, v []float64) segment {
	s := segment{operator: operator}
	for i := 0; i+1 < len(v); i += 2 {
		s.points[i/2][0], s.points[i/2][1] = m.point(v[i], v[i+1])
	}
	return s
}

func (r *raster) rectangle(x, y, w, h float64) {
	for i, corner := range [][]float64{{x, y}, {x + w, y}, {x + w, y + h}, {x, y + h}} {
		r.path = append(r.path, r.matrix.segment("mlll"[i], corner))
	}
	r.path = append(r.path, segment{operator: 'h'})
}

// flush fills what is finished in the colour so far (nonzero winding number).
func (r *raster) flush() {
	box := extent(r.filled).Intersect(r.canvas.Rect)
	if !box.Empty() {
		r.brush.Reset(box.Dx(), box.Dy())
		r.trace(box.Min)
		r.brush.Draw(r.canvas, box, image.NewUniform(r.fill), image.Point{})
	}
	r.filled = r.filled[:0]
}

// trace leads the brush along what is finished, from an origin of its own.
func (r *raster) trace(origin image.Point) {
	at := func(p [2]float64) (x, y float32) {
		return float32(p[0] - float64(origin.X)), float32(p[1] - float64(origin.Y))
	}
	for _, s := range r.filled {
		x, y := at(s.points[0])
		x1, y1 := at(s.points[1])
		x2, y2 := at(s.points[2])
		switch s.operator {
		case 'm':
			r.brush.ClosePath()
			r.brush.MoveTo(x, y)
		case 'l':
			r.brush.LineTo(x, y)
		case 'q':
			r.brush.QuadTo(x, y, x1, y1)
		case 'c':
			r.brush.CubeTo(x, y, x1, y1, x2, y2)
		}
	}
	r.brush.ClosePath()
}

// used says how many points an operator has.
var used = map[byte]int{'m': 1, 'l': 1, 'q': 2, 'c': 3}

// extent returns the pixels that figures may touch.
func extent(path []segment) image.Rectangle {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, s := range path {
		for _, p := range s.points[:used[s.operator]] {
			left, right = min(left, p[0]), max(right, p[0])
			top, bottom = min(top, p[1]), max(bottom, p[1])
		}
	}
	if left > right {
		return image.Rectangle{}
	}
	const far = 1 << 20 // beyond any image
	whole := func(v float64) int { return int(min(max(v, -far), far)) }
	return image.Rect(whole(math.Floor(left)), whole(math.Floor(top)), whole(math.Ceil(right)), whole(math.Ceil(bottom)))
}

// text draws BT /font size Tf x y Td [glyphs] TJ ET.
func (r *raster) text(fields []string) error {
	t, err := readText(fields, r.fonts)
	if err != nil {
		return err
	}
	f := r.faces[t.font.face]
	if f == nil {
		f = font.NewFace(t.font.face.font)
		r.faces[t.font.face] = f
	}
	em := t.size / float64(t.font.face.upem)
	for _, g := range t.glyphs {
		if o, ok := f.GlyphData(font.GID(g.glyph)).(font.GlyphOutline); ok {
			r.outline(o.Segments, Matrix{em, 0, 0, em, t.x + float64(g.x)*t.size/1000, t.y}.Then(r.matrix))
		}
	}
	return nil
}

// outline adds a glyph.
func (r *raster) outline(segments []opentype.Segment, m Matrix) {
	for _, seg := range segments {
		var v [6]float64
		points := seg.ArgsSlice()
		for i, p := range points {
			v[2*i], v[2*i+1] = float64(p.X), float64(p.Y)
		}
		r.filled = append(r.filled, m.segment("mlqc"[seg.Op], v[:2*len(points)]))
	}
}

// image draws a picture into the unit square of the coordinates.
func (r *raster) image(name string) error {
	for _, i := range r.d.pictures {
		if i.name != name {
			continue
		}
		r.flush()
		pixels := image.Image(i.picture.image)
		if r.d.info.Grey {
			pixels = greyed(i.picture.image)
		}
		// From the pixels of the picture, y down, to the unit square, y up.
		w, h := float64(i.picture.Width), float64(i.picture.Height)
		m := Matrix{1 / w, 0, 0, -1 / h, 0, 1}.Then(r.matrix)
		draw.CatmullRom.Transform(r.canvas, f64.Aff3{m[0], m[2], m[4], m[1], m[3], m[5]}, pixels, pixels.Bounds(), draw.Over, nil)
		return nil
	}
	return fmt.Errorf("picture %s: not of this document", name)
}
