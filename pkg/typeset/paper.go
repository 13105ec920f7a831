package typeset

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Size is the width and height of a page in points (1/72 inch).
type Size struct{ Width, Height float64 }

// Paper sizes (ISO 216, ANSI/ASME Y14.1), upright.
var (
	A1     = Size{1683.78, 2383.94}
	A3     = Size{841.89, 1190.55}
	A4     = Size{595.28, 841.89}
	A5     = Size{419.53, 595.28}
	Letter = Size{612, 792}
)

// Landscape returns the size with the longer side across.
func (s Size) Landscape() Size {
	return Size{max(s.Width, s.Height), min(s.Width, s.Height)}
}

// Millimetres converts to points.
func Millimetres(mm float64) float64 { return mm * 72 / 25.4 }

// A Rect is a rectangle; X and Y are its top left corner.
type Rect struct{ X, Y, Width, Height float64 }

// A Frame is a column on a page. It mirrors positions for text that runs
// from right to left, so that a layout needs to be written once.
type Frame struct {
	X, Width    float64
	RightToLeft bool
}

// At returns the left edge of something width wide that begins offset after
// the start side of the frame: its left side, or its right side when text
// runs from right to left.
func (f Frame) At(offset, width float64) float64 {
	if f.RightToLeft {
		return f.X + f.Width - offset - width
	}
	return f.X + offset
}

// A Colour in red, green and blue, each from 0 to 1.
type Colour struct{ R, G, B float64 }

// Black and White are what they say.
var (
	Black = Colour{}
	White = Colour{1, 1, 1}
)

// ParseColour reads #rrggbb.
func ParseColour(s string) (Colour, error) {
	v, err := strconv.ParseUint(strings.TrimPrefix(s, "#"), 16, 32)
	if err != nil || len(s) != 7 || s[0] != '#' {
		return Colour{}, fmt.Errorf("colour %q: not of the form #rrggbb", s)
	}
	part := func(shift int) float64 { return float64(v>>shift&0xff) / 255 }
	return Colour{part(16), part(8), part(0)}, nil
}

// Grey returns the colour as a shade of grey (ITU-R BT.709 luminance).
func (c Colour) Grey() Colour {
	y := 0.2126*c.R + 0.7152*c.G + 0.0722*c.B
	return Colour{y, y, y}
}

// operator returns the operands and name of the operator that sets the
// colour: rgb or grey are the names for each kind.
func (c Colour) operator(rgb, grey string) string {
	if c.R == c.G && c.G == c.B {
		return shade(c.R) + " " + grey + "\n"
	}
	return shade(c.R) + " " + shade(c.G) + " " + shade(c.B) + " " + rgb + "\n"
}

func shade(v float64) string { return decimal(min(max(v, 0), 1), 3) }

// A Matrix transforms coordinates: x' = ax+cy+e, y' = bx+dy+f for
// {a, b, c, d, e, f}, with y running down.
type Matrix [6]float64

// Identity leaves everything in its place.
var Identity = Matrix{1, 0, 0, 1, 0, 0}

// Translate moves by x to the right and y down.
func Translate(x, y float64) Matrix { return Matrix{1, 0, 0, 1, x, y} }

// Scale enlarges from the origin.
func Scale(x, y float64) Matrix { return Matrix{x, 0, 0, y, 0, 0} }

// Rotate turns clockwise by degrees around the point (x, y). Quarter turns
// are exact.
func Rotate(degrees, x, y float64) Matrix {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	if math.Mod(degrees, 90) == 0 {
		sin, cos = math.Round(sin), math.Round(cos)
	}
	return Translate(-x, -y).Then(Matrix{cos, sin, -sin, cos, x, y})
}

// Then returns the transformation that applies m first and n after it.
func (m Matrix) Then(n Matrix) Matrix {
	return Matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

func (m Matrix) point(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

// rect returns the smallest upright rectangle around the transformed r.
func (m Matrix) rect(r Rect) Rect {
	left, top := math.Inf(1), math.Inf(1)
	right, bottom := math.Inf(-1), math.Inf(-1)
	for _, corner := range [][2]float64{{0, 0}, {r.Width, 0}, {0, r.Height}, {r.Width, r.Height}} {
		x, y := m.point(r.X+corner[0], r.Y+corner[1])
		left, right = min(left, x), max(right, x)
		top, bottom = min(top, y), max(bottom, y)
	}
	return Rect{left, top, right - left, bottom - top}
}

// upward returns m for coordinates that run up from the bottom, as those of
// PDF do: from a page of the first height to one of the second.
func (m Matrix) upward(from, to float64) Matrix {
	return Matrix{1, 0, 0, -1, 0, from}.Then(m).Then(Matrix{1, 0, 0, -1, 0, to})
}

func (m Matrix) operator() string {
	var b strings.Builder
	for _, v := range m {
		b.WriteString(decimal(v, 5))
		b.WriteByte(' ')
	}
	return b.String() + "cm\n"
}

// number writes a measure as PDF wants it: at most two decimals.
func number(v float64) string { return decimal(v, 2) }

// appendNumber appends what [number] returns.
func appendNumber(b []byte, v float64) []byte { return appendDecimal(b, v, 2) }

func decimal(v float64, digits int) string {
	var room [24]byte
	return string(appendDecimal(room[:0], v, digits))
}

func appendDecimal(b []byte, v float64, digits int) []byte {
	if math.IsNaN(v) || math.Abs(v) > 1e7 {
		v = 0
	}
	from := len(b)
	b = strconv.AppendFloat(b, v, 'f', digits, 64)
	for b[len(b)-1] == '0' {
		b = b[:len(b)-1]
	}
	if b[len(b)-1] == '.' {
		b = b[:len(b)-1]
	}
	if s := string(b[from:]); s == "-0" || s == "" || s == "-" {
		return append(b[:from], '0')
	}
	return b
}
