package typeset

import (
	"fmt"
	"strings"
)

// Rect fills a rectangle.
func (d *Document) Rect(r Rect, c Colour) {
	d.beginContent()
	d.setFill(c)
	d.write(d.box(r) + " re f\n")
}

// Rule fills a thin rectangle from (x, y): a horizontal line.
func (d *Document) Rule(x, y, length, thickness float64, c Colour) {
	d.Rect(Rect{x, y, length, thickness}, c)
}

// Outline draws the edge of a rectangle, inside of it.
func (d *Document) Outline(r Rect, thickness float64, c Colour) {
	t := thickness / 2
	d.Stroke(new(Path).Rect(Rect{r.X + t, r.Y + t, r.Width - thickness, r.Height - thickness}), thickness, c)
}

// Fill fills a path (nonzero winding number).
func (d *Document) Fill(p *Path, c Colour) {
	if p.empty() {
		return
	}
	d.beginContent()
	d.setFill(c)
	d.write(p.operators(d.PageSize().Height) + "f\n")
}

// Stroke draws a line along a path; dashes are the lengths of strokes and
// gaps in turn.
func (d *Document) Stroke(p *Path, thickness float64, c Colour, dashes ...float64) {
	if p.empty() {
		return
	}
	d.beginContent()
	if d.info.Grey {
		c = c.Grey()
	}
	var pattern strings.Builder
	for _, l := range dashes {
		pattern.WriteString(number(max(l, 0.1)) + " ")
	}
	d.write(fmt.Sprintf("%s%s w [%s] 0 d\n", c.operator("RG", "G"), number(thickness), pattern.String()))
	d.write(p.operators(d.PageSize().Height) + "S\n")
}

// Transform draws with transformed coordinates: a table tent's second side
// is Rotate(180, …), a poster's sideways label Rotate(90, …).
func (d *Document) Transform(m Matrix, draw func()) {
	if d.current == nil {
		d.fail(errNoPage)
		return
	}
	d.endContent()
	height, before := d.current.size.Height, d.matrix
	d.write("q " + m.upward(height, height).operator())
	d.matrix = m.Then(before)
	draw()
	d.endContent()
	d.matrix = before
	d.write("Q\n")
	d.current.filled = false
}

// box returns the operands of re.
func (d *Document) box(r Rect) string {
	y := d.PageSize().Height - r.Y - r.Height
	return number(r.X) + " " + number(y) + " " + number(r.Width) + " " + number(r.Height)
}

func (d *Document) setFill(c Colour) {
	if d.current == nil {
		d.fail(errNoPage)
		return
	}
	if d.info.Grey {
		c = c.Grey()
	}
	if d.current.filled && d.current.fill == c {
		return
	}
	d.current.fill, d.current.filled = c, true
	d.write(c.operator("rg", "g"))
}
