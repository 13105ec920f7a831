package site

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Colour is one of sRGB, as "#0f4c5c"; "" for none.
type Colour string

// The accents of a site that has none of its own.
const (
	DefaultLight Colour = "#0f4c5c"
	DefaultDark  Colour = "#86cfdf"
)

// LeastContrast is that of text against what it is on (WCAG 2.2, success
// criterion 1.4.3).
const LeastContrast = 4.5

// ParseColour reads "#0f4c5c", in any case and without the mark as well, or
// "#fc0".
func ParseColour(s string) (Colour, error) {
	digits := strings.ToLower(strings.TrimPrefix(strings.TrimSpace(s), "#"))
	if len(digits) == 3 {
		digits = strings.Join([]string{digits[:1], digits[:1], digits[1:2], digits[1:2], digits[2:], digits[2:]}, "")
	}
	c := Colour("#" + digits)
	if !c.valid() {
		return "", fmt.Errorf("colour %q: write it as #0f4c5c", s)
	}
	return c, nil
}

func (c Colour) valid() bool {
	_, ok := c.parts()
	return ok && strings.ToLower(string(c)) == string(c)
}

// parts returns red, green and blue from 0 to 255.
func (c Colour) parts() (rgb [3]float64, ok bool) {
	if len(c) != 7 || c[0] != '#' {
		return rgb, false
	}
	v, err := strconv.ParseUint(string(c[1:]), 16, 32)
	if err != nil {
		return rgb, false
	}
	return [3]float64{float64(v >> 16), float64(v >> 8 & 0xff), float64(v & 0xff)}, true
}

// colourOf returns the colour of parts from 0 to 255.
func colourOf(rgb [3]float64) Colour {
	var b strings.Builder
	b.WriteByte('#')
	for _, v := range rgb {
		fmt.Fprintf(&b, "%02x", int(math.Round(min(max(v, 0), 255))))
	}
	return Colour(b.String())
}

// Mix returns c with so much of another, from 0 to 1, as light adds up on a screen.
func (c Colour) Mix(other Colour, part float64) Colour {
	a, _ := c.parts()
	b, _ := other.parts()
	for i := range a {
		a[i] += (b[i] - a[i]) * part
	}
	return colourOf(a)
}

// luminance is the relative luminance of WCAG 2.2.
func (c Colour) luminance() float64 {
	rgb, _ := c.parts()
	for i, v := range rgb {
		rgb[i] = linear(v / 255)
	}
	return 0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2]
}

func linear(v float64) float64 {
	if v <= 0.04045 {
		return v / 12.92
	}
	return math.Pow((v+0.055)/1.055, 2.4)
}

func encoded(v float64) float64 {
	if v <= 0.0031308 {
		return 12.92 * v
	}
	return 1.055*math.Pow(v, 1/2.4) - 0.055
}

// Contrast returns the contrast ratio of two colours, from 1 to 21 (WCAG 2.2).
func Contrast(a, b Colour) float64 {
	x, y := a.luminance(), b.luminance()
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Ratio writes a contrast ratio, never better than it is: "4.4".
func Ratio(r float64) string {
	return strconv.FormatFloat(math.Floor(r*10)/10, 'f', 1, 64)
}

// Surfaces are what an accent is read on, in one scheme of the style sheet, by
// the names that they have there.
type Surfaces struct {
	names   []string
	colours []Colour
	paper   Colour // what the tint is mixed from
	end     Colour // where colours get that are too near to the surfaces
}

// The two schemes of the style sheet. A test holds them to it.
var (
	OnLight = Surfaces{
		[]string{"ground", "paper", "pause", "warm-tint"}, []Colour{"#f6f5f1", "#ffffff", "#eeede7", "#fbeedd"}, "#ffffff", "#000000",
	}
	OnDark = Surfaces{
		[]string{"ground", "paper", "pause", "warm-tint"}, []Colour{"#10181c", "#182329", "#141e23", "#3a2a14"}, "#182329", "#ffffff",
	}
)

// tintPart is how much of the accent is in the tint.
const tintPart = 0.1

// Tint returns the surface that is made of an accent.
func (s Surfaces) Tint(accent Colour) Colour { return s.paper.Mix(accent, tintPart) }

// Paper returns what the tint is mixed from.
func (s Surfaces) Paper() Colour { return s.paper }

// String lists the surfaces that do not depend on the accent, separated by
// blanks.
func (s Surfaces) String() string {
	var b strings.Builder
	for _, c := range s.colours {
		b.WriteString(string(c) + " ")
	}
	return b.String() + string(s.On(""))
}

// On returns the colour of text on an accent.
func (s Surfaces) On(Colour) Colour {
	if s.end == "#000000" {
		return "#ffffff"
	}
	return "#10181c"
}

// Worst returns the least contrast that an accent has with a surface, and the
// name of that surface.
func (s Surfaces) Worst(accent Colour) (ratio float64, surface string) {
	ratio, surface = Contrast(accent, s.Tint(accent)), "tint"
	for i, c := range s.colours {
		if r := Contrast(accent, c); r < ratio {
			ratio, surface = r, s.names[i]
		}
	}
	if r := Contrast(accent, s.On(accent)); r < ratio {
		ratio, surface = r, "on-brand"
	}
	return ratio, surface
}

// Nearest returns the colour nearest to c, of the same hue, that can be read on
// all surfaces; c itself if it can.
func (s Surfaces) Nearest(c Colour) Colour {
	from, to := c.lab(), s.end.lab()
	const steps = 512
	for i := range steps {
		part := float64(i) / steps
		var at [3]float64
		for k := range at {
			at[k] = from[k] + (to[k]-from[k])*part
		}
		if near := ofLab(at); s.passes(near) {
			if i == 0 {
				return c
			}
			return near
		}
	}
	return s.end
}

func (s Surfaces) passes(c Colour) bool {
	ratio, _ := s.Worst(c)
	return ratio >= LeastContrast
}

// lab returns a colour in Oklab, where distances are as eyes see them
// (bottosson.github.io/posts/oklab).
func (c Colour) lab() [3]float64 {
	rgb, _ := c.parts()
	r, g, b := linear(rgb[0]/255), linear(rgb[1]/255), linear(rgb[2]/255)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	return [3]float64{
		0.2104542553*l + 0.7936177850*m - 0.0040720468*s,
		1.9779984951*l - 2.4285922050*m + 0.4505937099*s,
		0.0259040371*l + 0.7827717662*m - 0.8086757660*s,
	}
}

func ofLab(c [3]float64) Colour {
	cube := func(v float64) float64 { return v * v * v }
	l := cube(c[0] + 0.3963377774*c[1] + 0.2158037573*c[2])
	m := cube(c[0] - 0.1055613458*c[1] - 0.0638541728*c[2])
	s := cube(c[0] - 0.0894841775*c[1] - 1.2914855480*c[2])
	return colourOf([3]float64{
		255 * encoded(max(0, 4.0767416621*l-3.3077115913*m+0.2309699292*s)),
		255 * encoded(max(0, -1.2684380046*l+2.6097574011*m-0.3413193965*s)),
		255 * encoded(max(0, -0.0041960863*l-0.7034186147*m+1.7076147010*s)),
	})
}
