package typeset

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// An Artwork is a logo: an image, or shapes in flat colours. It can be drawn
// in any number of documents.
type Artwork struct {
	Width, Height float64 // of no unit: what counts is their ratio

	picture *Picture
	shapes  []flat
}

// flat is a shape in one colour, in the coordinates of the artwork.
type flat struct {
	path   *Path
	colour Colour
}

// logoPixels is the longer side of an image of a logo: 600 to the inch on 50
// millimetres.
const logoPixels = 1200

// ReadArtwork reads a PNG or JPEG file, or an SVG file of nothing but filled
// paths, rectangles, circles and polygons in flat colours. What else there is
// in it is an error, as it would look wrong without. Errors wrap [ErrPicture].
func ReadArtwork(data []byte) (*Artwork, error) {
	if trimmed := bytes.TrimLeft(data, "\ufeff \t\r\n"); bytes.HasPrefix(trimmed, []byte("<")) {
		return readShapes(trimmed)
	}
	p, err := ReadPicture(data)
	if err != nil {
		return nil, err
	}
	if max(p.Width, p.Height) > logoPixels {
		small := p.smaller(logoPixels)
		p = &Picture{small.Rect.Dx(), small.Rect.Dy(), small}
	}
	return &Artwork{Width: float64(p.Width), Height: float64(p.Height), picture: p}, nil
}

// Artwork draws a logo into r, whatever its ratio. alt says what it shows; one
// without is decoration.
func (d *Document) Artwork(a *Artwork, r Rect, alt string) {
	if a.picture != nil {
		d.Image(a.picture, r, alt)
		return
	}
	d.figure(r, alt, func() {
		for _, s := range a.shapes {
			d.Fill(s.path.within(r, a.Width, a.Height), s.colour)
		}
	})
}

// within returns the path scaled from a box of the given size at the origin to
// r.
func (p *Path) within(r Rect, width, height float64) *Path {
	out := &Path{steps: make([]step, len(p.steps))}
	for i, s := range p.steps {
		points := make([]float64, len(s.points))
		for k := 0; k+1 < len(points); k += 2 {
			points[k] = r.X + s.points[k]*r.Width/width
			points[k+1] = r.Y + s.points[k+1]*r.Height/height
		}
		out.steps[i] = step{s.operator, points}
	}
	return out
}

// shapeReader reads an SVG file.
type shapeReader struct {
	art    *Artwork
	x, y   float64  // origin of the view box
	fills  []string // of the open elements
	silent int      // depth inside what is not drawn
}

func readShapes(data []byte) (*Artwork, error) {
	r := &shapeReader{art: &Artwork{}}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = true
	for {
		token, err := d.Token()
		switch {
		case errors.Is(err, io.EOF):
			if len(r.art.shapes) == 0 {
				return nil, fmt.Errorf("%w: SVG without shapes", ErrPicture)
			}
			return r.art, nil
		case err != nil:
			return nil, fmt.Errorf("%w: SVG: %v", ErrPicture, err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			err = r.begin(token)
		case xml.EndElement:
			r.end()
		}
		if err != nil {
			line, _ := d.InputPos()
			return nil, fmt.Errorf("%w: SVG, line %d: %v", ErrPicture, line, err)
		}
	}
}

// end closes an element.
func (r *shapeReader) end() {
	if r.silent > 0 {
		r.silent--
		return
	}
	r.fills = r.fills[:len(r.fills)-1]
}

// begin reads an element.
func (r *shapeReader) begin(e xml.StartElement) error {
	name := e.Name.Local
	if r.silent > 0 || name == "title" || name == "desc" || name == "metadata" {
		r.silent++
		return nil
	}
	attrs := map[string]string{}
	for _, a := range e.Attr {
		attrs[a.Name.Local] = a.Value
	}
	for _, property := range strings.Split(attrs["style"], ";") {
		if key, value, ok := strings.Cut(property, ":"); ok {
			attrs[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	for _, beyond := range []string{"transform", "clip-path", "mask", "filter", "opacity", "fill-opacity"} {
		if v := attrs[beyond]; v != "" && v != "1" && v != "none" {
			return fmt.Errorf("%s: only flat shapes are drawn", beyond)
		}
	}
	if v := attrs["stroke"]; v != "" && v != "none" {
		return errors.New("stroke: only filled shapes are drawn")
	}
	fill := attrs["fill"]
	if fill == "" && len(r.fills) > 0 {
		fill = r.fills[len(r.fills)-1]
	}
	r.fills = append(r.fills, fill)
	switch name {
	case "svg":
		return r.view(attrs)
	case "g":
		return nil
	}
	return r.shape(name, attrs, fill)
}

// view reads the size of the artwork.
func (r *shapeReader) view(attrs map[string]string) error {
	if r.art.Width > 0 {
		return errors.New("svg inside svg")
	}
	box := strings.FieldsFunc(attrs["viewBox"], func(c rune) bool { return strings.ContainsRune(pathSeparators, c) })
	if len(box) != 4 {
		box = []string{"0", "0", strings.TrimSuffix(attrs["width"], "px"), strings.TrimSuffix(attrs["height"], "px")}
	}
	var v [4]float64
	for i, field := range box {
		n, err := strconv.ParseFloat(field, 64)
		if err != nil {
			return fmt.Errorf("viewBox: %q is not a number", field)
		}
		v[i] = n
	}
	if !(v[2] > 0 && v[3] > 0 && v[2] < 1e6 && v[3] < 1e6) {
		return errors.New("viewBox: no size")
	}
	r.x, r.y, r.art.Width, r.art.Height = v[0], v[1], v[2], v[3]
	return nil
}

// shape adds a shape.
func (r *shapeReader) shape(name string, attrs map[string]string, fill string) error {
	if r.art.Width == 0 {
		return fmt.Errorf("%s: not inside svg", name)
	}
	p, err := shapePath(name, attrs)
	if err != nil {
		return err
	}
	colour, drawn, err := paint(fill)
	if err != nil || !drawn {
		return err
	}
	for _, s := range p.steps {
		for k := 0; k+1 < len(s.points); k += 2 {
			s.points[k] -= r.x
			s.points[k+1] -= r.y
		}
	}
	r.art.shapes = append(r.art.shapes, flat{p, colour})
	return nil
}

// shapePath returns the outline of an element.
func shapePath(name string, attrs map[string]string) (*Path, error) {
	v := func(key string) float64 {
		n, err := strconv.ParseFloat(attrs[key], 64)
		if err != nil {
			return 0
		}
		return n
	}
	switch name {
	case "path":
		return ParsePath(attrs["d"])
	case "polygon":
		return ParsePath("M" + attrs["points"] + "Z")
	case "rect":
		r := Rect{v("x"), v("y"), v("width"), v("height")}
		if v("rx") > 0 {
			return new(Path).Rounded(r, v("rx")), nil
		}
		return new(Path).Rect(r), nil
	case "circle":
		return new(Path).Circle(v("cx"), v("cy"), v("r")), nil
	}
	return nil, fmt.Errorf("%s: only path, polygon, rect and circle are drawn", name)
}

// paint reads a fill: a colour in hexadecimal digits, black, white or none.
func paint(fill string) (c Colour, drawn bool, err error) {
	switch fill {
	case "", "black", "currentColor":
		return Black, true, nil
	case "white":
		return White, true, nil
	case "none":
		return Colour{}, false, nil
	}
	if len(fill) == 4 && fill[0] == '#' {
		fill = "#" + strings.Repeat(fill[1:2], 2) + strings.Repeat(fill[2:3], 2) + strings.Repeat(fill[3:4], 2)
	}
	c, err = ParseColour(fill)
	return c, true, err
}
