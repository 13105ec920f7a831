// Package card draws the picture that social sites and messengers show beside a
// link to a meeting: its title on the site's colour, and below when and where it
// is and whose site it is on.
//
// A [Card] holds words that are ready to be read; the package knows no agendas
// and chooses no language. It is pure: the same card gives the same bytes.
// Shaping, fonts and pixels are the business of package typeset.
package card

import (
	"sync"

	"tamada/pkg/typeset"
)

// The size of every card in pixels, as social sites ask for it.
const (
	Width  = 1200
	Height = 630
)

// A Text says something in one language.
type Text struct {
	Text        string
	Language    string // BCP 47
	RightToLeft bool
}

// A Card is what a picture shows. All but the title may be empty.
type Card struct {
	RightToLeft bool // it begins at the right
	Series      Text
	Title       Text
	Mark        Text // that the meeting is cancelled, or not certain yet
	Dates       Text
	Place       []Text
	Site        Text
	Logo        *typeset.Artwork // of the site; nil for none
	Accent      typeset.Colour   // of the site
}

// The layout, in pixels.
const (
	margin  = 72.0
	band    = 436.0 // height of the coloured part
	head    = 60.0  // from the top to the series
	gap     = 24.0
	signet  = 360.0 // width of the part at the end that says whose site it is
	logo    = 72.0  // height of the site's logo
	strip   = Height - band
	column  = Width - 2*margin
	facts   = column - signet - 2*gap
	rounded = 10.0
)

// The colours beside the site's.
var (
	ink  = typeset.Colour{R: 0.09, G: 0.14, B: 0.17}
	soft = typeset.Colour{R: 0.32, G: 0.38, B: 0.42}
)

// composers are kept for the next card: they remember how words look. What is
// set does not depend on what they have seen before.
var composers = sync.Pool{New: func() any {
	c, err := typeset.NewComposer()
	if err != nil {
		return err
	}
	return c
}}

// PNG returns the card as an image.
func (c Card) PNG() ([]byte, error) {
	pooled := composers.Get()
	composer, ok := pooled.(*typeset.Composer)
	if !ok {
		err, _ := pooled.(error) // New returns nothing else
		return nil, err
	}
	defer composers.Put(composer)
	d := typeset.New(typeset.Info{Title: c.Title.Text, Language: c.Title.Language})
	d.AddPage(typeset.Size{Width: Width, Height: Height})
	p := painter{card: c, composer: composer, doc: d, frame: typeset.Frame{X: margin, Width: column, RightToLeft: c.RightToLeft}}
	d.Artifact(typeset.Decoration, p.paint)
	return d.PNG(1, Width)
}

// A painter draws one card.
type painter struct {
	card     Card
	composer *typeset.Composer
	doc      *typeset.Document
	frame    typeset.Frame
}

func (p *painter) paint() {
	p.doc.Rect(typeset.Rect{Width: Width, Height: band}, p.card.Accent)
	p.title(p.headline())
	p.facts()
	p.signet()
}

// headline draws the series and the mark, and returns where they end.
func (p *painter) headline() float64 {
	on := letters(p.card.Accent)
	end, room := head, column
	if p.card.Mark.Text != "" {
		l := look{size: 26, bold: true, colour: ink, lines: 1}
		m := p.set(l, signet, p.card.Mark)
		width := m.LongestLine() + 2*gap
		x := p.frame.At(column-width, width)
		p.doc.Fill(new(typeset.Path).Rounded(typeset.Rect{X: x, Y: head - 8, Width: width, Height: m.Height() + 16}, rounded), typeset.White)
		m = p.set(l, m.LongestLine()+1, p.card.Mark) // in a box as wide as itself
		p.doc.Draw(m, x+gap, head)
		end, room = head+m.Height()+8, column-width-gap
	}
	if p.card.Series.Text != "" {
		b := p.set(look{size: 28, colour: on, lines: 2}, room, p.card.Series)
		p.doc.Draw(b, p.frame.At(0, room), head)
		end = max(end, head+b.Height())
	}
	return end
}

// title draws the title in the middle of what is left of the coloured part, as
// large as it can be.
func (p *painter) title(top float64) {
	if top > head {
		top += gap
	}
	room := band - head - top + gap/2
	look := look{bold: true, colour: letters(p.card.Accent)}
	var b *typeset.Block
	for _, look.size = range []float64{76, 68, 60, 54, 48, 42, 36} {
		look.lines = int(room / (look.size * tight))
		if b = p.lay(look, column, p.card.Title); b.Fit(room) == len(b.Lines) {
			break
		}
	}
	b = p.cut(b, look, column, p.card.Title)
	p.doc.Draw(b, p.frame.X, top+(room-b.Height())/2)
}

// facts draws when and where the meeting is.
func (p *painter) facts() {
	when := p.fitted(look{bold: true, colour: ink, lines: 1}, []float64{38, 34, 30, 28}, p.card.Dates)
	where := p.where(p.card.Place)
	const between = 6
	y := band + (strip-when.Height()-between-where.Height())/2
	x := p.frame.At(0, facts)
	p.doc.Draw(when, x, y)
	p.doc.Draw(where, x, y+when.Height()+between)
}

// where sets the place. What is too long is told without what comes first, its
// most particular part.
func (p *painter) where(place []Text) *typeset.Block {
	l, sizes := look{colour: soft, lines: 2}, []float64{30, 28, 26}
	for ; len(place) > 1; place = place[1:] {
		l.size = sizes[len(sizes)-1]
		if len(p.lay(l, facts, place...).Lines) <= l.lines {
			break
		}
	}
	return p.fitted(l, sizes, place...)
}

// fitted sets texts in the largest of sizes that they fit in.
func (p *painter) fitted(l look, sizes []float64, texts ...Text) *typeset.Block {
	var b *typeset.Block
	for _, l.size = range sizes {
		if b = p.lay(l, facts, texts...); len(b.Lines) <= l.lines {
			return b
		}
	}
	l.lines = 2
	return p.cut(b, l, facts, texts...)
}

// signet draws whose site it is, at the end.
func (p *painter) signet() {
	l := look{size: 26, bold: true, colour: p.card.accentOnWhite(), lines: 3, end: true}
	if p.card.Logo != nil {
		l.lines = 2
	}
	name := p.set(l, signet, p.card.Site)
	x := p.frame.At(column-signet, signet)
	height := name.Height()
	if p.card.Logo != nil {
		height += logo + gap/2
	}
	y := band + (strip-height)/2
	if art := p.card.Logo; art != nil {
		w := min(logo*art.Width/art.Height, signet)
		h := w * art.Height / art.Width
		p.doc.Artwork(art, typeset.Rect{X: p.frame.At(column-w, w), Y: y + (logo-h)/2, Width: w, Height: h}, "")
		y += logo + gap/2
	}
	p.doc.Draw(name, x, y)
}
