package card

import (
	"math"
	"strings"

	"tamada/pkg/typeset"
)

// tight is the leading of all that is set, in parts of its size: enough for the
// marks of Arabic.
const tight = 1.24

// A look is how a text is set.
type look struct {
	size   float64
	bold   bool
	end    bool // at the end side of the card
	colour typeset.Colour
	lines  int // at most
}

// longest bounds what is laid out of one text, in characters: no card shows more.
const longest = 1000

// set lays texts out and cuts them to the lines they may have.
func (p *painter) set(l look, width float64, texts ...Text) *typeset.Block {
	return p.cut(p.lay(l, width, texts...), l, width, texts...)
}

// lay lays texts out, one after the other.
func (p *painter) lay(l look, width float64, texts ...Text) *typeset.Block {
	style := typeset.Style{Size: l.size, Leading: l.size * tight, Colour: l.colour}
	if l.bold {
		style.Font = typeset.Bold
	}
	var runs []typeset.Run
	direction := typeset.LeftToRight
	if p.card.RightToLeft {
		direction = typeset.RightToLeft
	}
	for i, t := range texts {
		if i > 0 {
			runs = append(runs, typeset.Run{Text: "\u00a0· ", Style: style})
		}
		style.Language = t.Language
		runs = append(runs, typeset.Run{Text: clip(t.Text), Style: style})
	}
	if len(texts) == 1 {
		direction = typeset.LeftToRight
		if texts[0].RightToLeft {
			direction = typeset.RightToLeft
		}
	}
	return p.composer.Layout(typeset.Paragraph{Runs: runs, Width: width, Direction: direction, Align: p.align(direction, l.end)})
}

// clip returns the beginning of a text, on one line.
func clip(text string) string {
	if r := []rune(text); len(r) > longest {
		text = string(r[:longest])
	}
	return strings.Join(strings.Fields(text), " ")
}

// align returns the side of a paragraph that is the start, or the end, of the
// card, which may run in the other direction.
func (p *painter) align(d typeset.Direction, end bool) typeset.Align {
	if (d == typeset.RightToLeft) != p.card.RightToLeft {
		end = !end
	}
	if end {
		return typeset.End
	}
	return typeset.Start
}

// ellipsis says that there is more.
const ellipsis = "…"

// cut returns b, or if it has more lines than it may have, as many words of its
// last text as fit.
func (p *painter) cut(b *typeset.Block, l look, width float64, texts ...Text) *typeset.Block {
	if len(b.Lines) <= l.lines {
		return b
	}
	short := append([]Text(nil), texts...)
	last := &short[len(short)-1]
	words := strings.Fields(clip(last.Text))
	for n := len(words) - 1; n > 0; n-- {
		last.Text = strings.TrimRight(strings.Join(words[:n], " "), " ,;:–—-.") + ellipsis
		if b = p.lay(l, width, short...); len(b.Lines) <= l.lines {
			return b
		}
	}
	if len(short) > 1 {
		return p.set(l, width, short[:len(short)-1]...)
	}
	return b.Cut(0, l.lines)
}

// letters returns the colour of letters on a ground: white, or black where that
// is easier to read. One of the two always has a contrast of 4.5 and more.
func letters(ground typeset.Colour) typeset.Colour {
	if contrast(typeset.White, ground) >= contrast(typeset.Black, ground) {
		return typeset.White
	}
	return typeset.Black
}

// accentOnWhite returns the site's colour where it can be read on white.
func (c Card) accentOnWhite() typeset.Colour {
	const least = 4.5 // WCAG 2.2, 1.4.3
	if contrast(typeset.White, c.Accent) < least {
		return ink
	}
	return c.Accent
}

// contrast returns the contrast ratio of two colours, WCAG 2.2.
func contrast(a, b typeset.Colour) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// luminance returns the relative luminance of a colour, WCAG 2.2.
func luminance(c typeset.Colour) float64 {
	linear := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}
