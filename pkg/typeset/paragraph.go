package typeset

// A Style is how a run of text looks.
type Style struct {
	Font     Font
	Size     float64 // in points; 10 when not positive
	Leading  float64 // from line to line, in points; 1.4 × Size when not positive
	Colour   Colour
	Language string // BCP 47; steers shaping, French spacing and the tag of the text
	Tabular  bool   // figures of one width, for columns of times
}

// A Run is text in one style, with a link if it has one.
type Run struct {
	Text  string
	Style Style
	Link  Link
}

// Plain returns text in one style as the runs of a paragraph.
func Plain(text string, s Style) []Run { return []Run{{Text: text, Style: s}} }

// An Align is the side on which lines stand. Start and End follow the
// direction of the paragraph.
type Align int

// Alignments.
const (
	Start Align = iota
	Centre
	End
)

// A Direction is the way a paragraph runs.
type Direction int

// Directions. Auto takes that of the first letter that has one (UAX #9,
// rules P2 and P3).
const (
	Auto Direction = iota
	LeftToRight
	RightToLeft
)

// A Paragraph is text to be broken into lines. A newline in it ends a line.
type Paragraph struct {
	Runs      []Run
	Width     float64 // in points
	Align     Align
	Direction Direction
	First     float64 // indent of the first line, at its start
	Hanging   float64 // indent of all other lines
}

// A Block is a paragraph in lines. It belongs to no document and is not
// changed by drawing: it can be measured, cut at page breaks and drawn any
// number of times.
type Block struct {
	Lines       []Line
	Width       float64 // in which it was laid out
	RightToLeft bool

	align   Align
	runs    []Run
	missing []rune
}

// Height returns the height of all lines, in points.
func (b *Block) Height() float64 {
	h := 0.0
	for _, l := range b.Lines {
		h += l.Height
	}
	return h
}

// LongestLine returns the width of the longest line, in points.
func (b *Block) LongestLine() float64 {
	w := 0.0
	for _, l := range b.Lines {
		w = max(w, l.indent+l.Width)
	}
	return w
}

// Cut returns the lines from (inclusive) to end as a block of its own.
// Bounds beyond the lines there are mean the first or the last.
func (b *Block) Cut(from, end int) *Block {
	c := *b
	end = min(max(end, 0), len(b.Lines))
	c.Lines = b.Lines[min(max(from, 0), end):end]
	return &c
}

// Fit returns how many lines, from the first, are no higher than height.
func (b *Block) Fit(height float64) int {
	const tolerance = 0.01
	for i, l := range b.Lines {
		if height -= l.Height; height < -tolerance {
			return i
		}
	}
	return len(b.Lines)
}

// Missing returns the characters that no font has, in order of appearance.
// They are drawn as U+FFFD.
func (b *Block) Missing() []rune { return b.missing }

// A Line is one line of a block; measures in points.
type Line struct {
	Height   float64
	Baseline float64 // from the top of the line
	Width    float64

	indent    float64
	fragments []fragment // in visual order
}

// Text returns the text of the line as it would be copied, in logical order.
func (l Line) Text() string {
	text := ""
	for _, f := range inLogicalOrder(l.fragments) {
		text += f.text
	}
	return text
}

// fragment is a piece of a line in one run, face and direction.
type fragment struct {
	*shaped
	run   int32
	order int32 // logical place in the line
	level uint8
	space bool // trailing space, dropped at the end of a line
}
