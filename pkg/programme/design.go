package programme

import (
	"tamada/pkg/typeset"
)

// The colours: ink and two accents on white, with enough contrast for small
// text (WCAG 2.2, 1.4.3: each at least 5.5 to 1).
var (
	ink    = typeset.Colour{R: 0.10, G: 0.12, B: 0.14}
	soft   = typeset.Colour{R: 0.34, G: 0.38, B: 0.42}
	accent = typeset.Colour{R: 0.05, G: 0.33, B: 0.40}
	signal = typeset.Colour{R: 0.62, G: 0.18, B: 0.11} // what changed, what is off
	hair   = typeset.Colour{R: 0.76, G: 0.80, B: 0.82} // hairlines
	tint   = typeset.Colour{R: 0.92, G: 0.95, B: 0.95} // the ground of grids
	muted  = typeset.Colour{R: 0.83, G: 0.86, B: 0.87} // pauses on the score
)

// hairline is the thickness of rules, in points.
const hairline = 0.5

// A look is how a kind of text is set on A4; other papers scale it.
type look struct {
	font    typeset.Font
	size    float64
	leading float64
	colour  typeset.Colour
	tabular bool
}

// scaled returns l in a share of its size.
func (l look) scaled(size float64) look {
	l.size, l.leading = l.size*size, l.leading*size
	return l
}

// The looks.
var (
	bodyLook    = look{font: typeset.Regular, size: 9.4, leading: 13.4, colour: ink}
	strongLook  = look{font: typeset.SemiBold, size: 9.4, leading: 13.4, colour: ink}
	quietLook   = look{font: typeset.Regular, size: 8.3, leading: 11.8, colour: soft}
	noteLook    = look{font: typeset.Italic, size: 8.3, leading: 11.8, colour: soft}
	labelLook   = look{font: typeset.SemiBold, size: 8.3, leading: 11.8, colour: soft}
	kindLook    = look{font: typeset.SemiBold, size: 8.3, leading: 12.4, colour: accent}
	signalLook  = look{font: typeset.SemiBold, size: 8.3, leading: 12.4, colour: signal}
	timeLook    = look{font: typeset.SemiBold, size: 10.6, leading: 15.4, colour: ink, tabular: true}
	farTimeLook = look{font: typeset.Regular, size: 7.8, leading: 11, colour: soft, tabular: true}
	titleLook   = look{font: typeset.SemiBold, size: 12.4, leading: 15.8, colour: ink}
	pauseLook   = look{font: typeset.Regular, size: 10.4, leading: 15.4, colour: soft}
	goneLook    = look{font: typeset.Regular, size: 12.4, leading: 15.8, colour: soft}
	dayLook     = look{font: typeset.SemiBold, size: 24, leading: 29, colour: accent}
	sectionLook = look{font: typeset.SemiBold, size: 20, leading: 25, colour: accent}
	leadLook    = look{font: typeset.Regular, size: 13.4, leading: 18.6, colour: ink}
	groupLook   = look{font: typeset.SemiBold, size: 10.6, leading: 15, colour: accent}
	coverLook   = look{font: typeset.SemiBold, size: 33, leading: 39, colour: accent}
	tableLook   = look{font: typeset.Regular, size: 8.8, leading: 12, colour: ink}
	headLook    = look{font: typeset.Regular, size: 7.8, leading: 10, colour: soft, tabular: true}
)

// A design is the measures of a document, in points.
type design struct {
	page   typeset.Size
	side   float64 // margins left and right
	top    float64 // of the text, below the running head
	bottom float64
	scale  float64 // of text and of the space around it, 1 on A4
	least  float64 // no text is smaller, if set
	aside  float64 // width of the column of times; 0: times stand above titles
	gutter float64 // between columns
}

// newDesign returns the measures for a document and paper.
func newDesign(o Options) design {
	width, height := o.Document.Size(o.Paper)
	d := design{page: typeset.Size{Width: width, Height: height}, scale: scaleOf(o.Paper)}
	d.side, d.top, d.bottom = 54*d.scale, 70*d.scale, 58*d.scale
	if o.Paper == A5 || o.Paper == A5Booklet {
		d.side, d.top, d.bottom = 36, 54, 44
	}
	d.aside, d.gutter = 88*d.scale, 14*d.scale
	switch {
	case o.Document == LargePrint:
		d.scale, d.least, d.aside = d.scale*1.92, 18*d.scale, 0
	case len(o.Languages) == 2:
		d.aside, d.gutter = 76*d.scale, 12*d.scale
	}
	return d
}

// scaleOf returns how text on p compares with that on A4.
func scaleOf(p Paper) float64 {
	switch p {
	case A5, A5Booklet:
		return 0.9
	case A3:
		return 1.4
	case A1:
		return 2.6
	}
	return 1
}

// pt scales a measure of the A4 design.
func (d design) pt(v float64) float64 { return v * d.scale }

// width is that of the text on a page, time column included.
func (d design) width() float64 { return d.page.Width - 2*d.side }

// height is that of the text on a page.
func (d design) height() float64 { return d.page.Height - d.top - d.bottom }

// full is the whole width of the text, for one language.
func (d design) full() typeset.Frame { return typeset.Frame{X: d.side, Width: d.width()} }

// columns returns the columns of n languages, the first on the side where its
// lines begin: the left or, if it is written from right to left, the right.
// The column of times is part of the first, at its outer side.
func (d design) columns(n int, rightToLeft bool) []typeset.Frame {
	whole := d.full()
	if n < 2 {
		return []typeset.Frame{whole}
	}
	whole.RightToLeft = rightToLeft
	times := 0.0
	if d.aside > 0 {
		times = d.aside + d.gutter
	}
	w := (d.width() - times - d.gutter) / 2
	return []typeset.Frame{
		{X: whole.At(0, times+w), Width: times + w},
		{X: whole.At(times+w+d.gutter, w), Width: w},
	}
}

// style returns a look on this design, in a language.
func (d design) style(l look, language string) typeset.Style {
	size := max(l.size*d.scale, d.least)
	return typeset.Style{
		Font:     l.font,
		Size:     size,
		Leading:  size * l.leading / l.size,
		Colour:   l.colour,
		Language: language,
		Tabular:  l.tabular,
	}
}
