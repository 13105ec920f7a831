package programme

import (
	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// drawKind draws the shape of a kind of session in a square whose top left
// corner is (x, y). Shapes go with the word for the kind, for those who leaf
// through: discs frame the meeting, squares are for listening, rings for
// talking at tables.
func drawKind(d *typeset.Document, k agenda.Kind, x, y, size float64, c typeset.Colour) {
	p := new(typeset.Path)
	mid, line := size/2, size*0.19
	switch k {
	case agenda.Opening, agenda.Closing, agenda.Ceremony:
		d.Fill(p.Circle(x+mid, y+mid, mid), c)
	case agenda.Plenary, agenda.Keynote, agenda.Panel, agenda.Presentation:
		inset := size * 0.06
		d.Fill(p.Rect(typeset.Rect{X: x + inset, Y: y + inset, Width: size - 2*inset, Height: size - 2*inset}), c)
	case agenda.RoundTable, agenda.SmallTables, agenda.Discussion, agenda.Workshop:
		d.Stroke(p.Circle(x+mid, y+mid, mid-line/2), line, c)
	case agenda.LightningTalks:
		d.Fill(p.Move(x, y).Line(x+size, y+mid).Line(x, y+size).Close(), c)
	case agenda.Consultation, agenda.Bilateral:
		d.Fill(p.Circle(x+size*0.24, y+mid, size*0.24), c)
		d.Stroke(new(typeset.Path).Circle(x+size*0.76, y+mid, size*0.24-line/2), line, c)
	case agenda.Social:
		d.Fill(p.Move(x+mid, y).Line(x+size, y+mid).Line(x+mid, y+size).Line(x, y+mid).Close(), c)
	case agenda.Registration:
		d.Outline(typeset.Rect{X: x, Y: y, Width: size, Height: size}, line, c)
	case agenda.Break, agenda.Meal, agenda.Buffer:
		d.Rect(typeset.Rect{X: x, Y: y + mid - line/2, Width: size, Height: line}, c)
	default:
		d.Fill(p.Circle(x+mid, y+mid, size*0.22), c)
	}
}
