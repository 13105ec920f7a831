package typeset

import (
	"math"
	"slices"

	"github.com/go-text/typesetting/segmenter"
)

// A Composer shapes text and breaks it into lines. It remembers shaped words
// (a few megabytes at most), so that using one for many documents is
// quicker; what it returns does not depend on what it has seen before. Not
// safe for concurrent use.
type Composer struct {
	stacks    [][]*face
	shaper    *shaper
	segmenter segmenter.Segmenter
	text      text // of the last paragraph
	room      room
}

// room is memory that one paragraph after the other uses.
type room struct {
	words     []word
	fragments []fragment
}

// mostRoom is how much of it is kept, in words and fragments: text is users'
// input.
const mostRoom = 1 << 13

// NewComposer returns a Composer with the embedded fonts.
func NewComposer() (*Composer, error) {
	faces, err := stacks()
	if err != nil {
		return nil, err
	}
	return &Composer{stacks: faces, shaper: newShaper()}, nil
}

// Layout breaks a paragraph into lines. Lines are as few as possible, and
// as even as possible among those; a last line of a single short word is
// avoided. A paragraph without text has no lines.
func (c *Composer) Layout(p Paragraph) *Block {
	p.Width = sane(p.Width, 1)
	p.First, p.Hanging = sane(p.First, 0), sane(p.Hanging, 0)
	t := c.prepare(p)
	b := &Block{Width: p.Width, RightToLeft: t.base == 1, align: p.Align, runs: t.runs, missing: t.missing}
	for from := 0; from < len(t.runes); {
		end := from
		for end < len(t.runes) && t.runes[end] != '\n' {
			end++
		}
		c.layoutLine(b, p, t, from, end)
		from = end + 1
	}
	c.tidy()
	return b
}

// tidy lets go of what a very long paragraph needed, and of all that the last
// one refers to.
func (c *Composer) tidy() {
	if cap(c.room.fragments) > mostRoom || cap(c.room.words) > mostRoom || cap(c.text.runes) > mostRoom {
		c.room, c.text = room{}, text{}
		return
	}
	clear(c.room.words)
	clear(c.room.fragments)
	clear(c.text.faces)
	c.room.fragments = c.room.fragments[:0]
	c.text.runs, c.text.missing = nil, nil
}

// sane replaces what cannot be a measure.
func sane(v, least float64) float64 {
	if math.IsNaN(v) || v < least || v > 1e6 {
		return least
	}
	return v
}

// layoutLine lays out the runes from to end, which hold no newline.
func (c *Composer) layoutLine(b *Block, p Paragraph, t *text, from, end int) {
	if from == end {
		b.Lines = append(b.Lines, t.emptyLine(from))
		return
	}
	t.levels, _ = levels(t.runes[from:end], t.base)
	narrowest := max(1, p.Width-max(p.First, p.Hanging))
	words := c.words(t, from, end, narrowest)
	words[len(words)-1].hyphen = 0 // nothing follows it
	first := p.Width - p.Hanging
	if len(b.Lines) == 0 {
		first = p.Width - p.First
	}
	start := 0
	for _, stop := range breaks(words, first, p.Width-p.Hanging) {
		indent := p.Hanging
		if len(b.Lines) == 0 {
			indent = p.First
		}
		l := c.line(t, words[start:stop])
		l.indent = indent
		b.Lines = append(b.Lines, l)
		start = stop
	}
}

func (t *text) emptyLine(at int) Line {
	return measured(Line{}, []Style{t.runs[t.run[min(at, len(t.run)-1)]].Style})
}

// line puts words together: space at the end dropped, a hyphen added,
// everything in visual order.
func (c *Composer) line(t *text, words []word) Line {
	l := Line{fragments: make([]fragment, 0, fragmentsOf(words))}
	var few [4]Style
	styles := few[:0]
	for i, w := range words {
		last := i == len(words)-1
		for _, f := range w.fragments {
			if last && f.space {
				continue
			}
			l.fragments = append(l.fragments, f)
		}
		if last && w.hyphen > 0 {
			l.fragments = append(l.fragments, c.hyphen(t, w.fragments))
		}
	}
	for i := range l.fragments {
		f := &l.fragments[i]
		f.order = int32(i)
		s := t.runs[f.run].Style
		l.Width += float64(f.advance) * s.Size / 1000
		if len(styles) == 0 || styles[len(styles)-1] != s {
			styles = append(styles, s)
		}
	}
	if len(styles) == 0 {
		styles = append(styles, t.runs[words[0].fragments[0].run].Style)
	}
	reorder(l.fragments, func(f fragment) uint8 { return f.level })
	return measured(l, styles)
}

// fragmentsOf counts what [Composer.line] puts on a line.
func fragmentsOf(words []word) int {
	n := 0
	for _, w := range words {
		n += len(w.fragments)
	}
	last := words[len(words)-1]
	for _, f := range last.fragments {
		if f.space {
			n--
		}
	}
	if last.hyphen > 0 {
		n++
	}
	return n
}

// Ascent and descent of the main typeface in em. Fallback fonts share them,
// so that lines stay even.
const (
	ascent  = 0.935
	descent = 0.265
)

// measured sets the height and baseline of a line: its leading is shared
// above and below the letters.
func measured(l Line, styles []Style) Line {
	below := 0.0
	for _, s := range styles {
		half := (s.Leading - (ascent+descent)*s.Size) / 2
		l.Baseline = max(l.Baseline, half+ascent*s.Size)
		below = max(below, half+descent*s.Size)
	}
	l.Height = math.Round(1000*(l.Baseline+below)) / 1000
	return l
}

// inLogicalOrder returns fragments in the order in which they are read.
func inLogicalOrder(f []fragment) []fragment {
	sorted := slices.Clone(f)
	slices.SortFunc(sorted, func(a, b fragment) int { return int(a.order - b.order) })
	return sorted
}
