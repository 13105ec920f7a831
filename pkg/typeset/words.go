package typeset

import (
	"slices"

	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
)

// word is text between two places where a line may be broken.
type word struct {
	fragments []fragment
	width     float64 // with the space after it
	trimmed   float64 // without
	hyphen    float64 // width of the hyphen, if the line is broken after it
}

// words splits the runes from to end where lines may be broken (UAX #14,
// except inside a range of times), and what is wider than width at
// grapheme clusters.
func (c *Composer) words(t *text, from, end int, width float64) []word {
	words := c.room.words[:0]
	if end-from < len(t.runes) { // else the segmenter still has it, from findFaces
		c.segmenter.Init(t.runes[from:end])
	}
	it := c.segmenter.LineIterator()
	start := from
	for it.Next() {
		l := it.Line()
		stop := from + l.Offset + len(l.Text)
		if stop < end && t.glued != nil && t.glued[stop] {
			continue
		}
		w := c.word(t, from, start, stop)
		switch n := len(words); {
		case w.trimmed+w.hyphen > width:
			words = append(words, c.split(t, from, start, stop, width-w.hyphen)...)
		case w.width == 0 && n > 0: // as many as they are, they cost no time
			words[n-1].fragments = append(words[n-1].fragments, w.fragments...) // a copy: see word
		default:
			words = append(words, w)
		}
		start = stop
	}
	c.room.words = words
	return words
}

// split cuts an overlong word into pieces that fit, of one grapheme cluster
// at least.
func (c *Composer) split(t *text, base, from, end int, width float64) []word {
	bounds := clusterBounds(t.runes[from:end], from)
	var words []word
	for i := 0; i < len(bounds)-1; {
		k, used := i, 0.0
		for ; k < len(bounds)-1; k++ {
			w := c.word(t, base, bounds[k], bounds[k+1])
			if used+w.trimmed > width && k > i {
				break
			}
			used += w.width
		}
		piece := c.word(t, base, bounds[i], bounds[k])
		for ; piece.trimmed > width && k > i+1; k-- { // joined letters may be wider than single ones
			piece = c.word(t, base, bounds[i], bounds[k-1])
		}
		words = append(words, piece)
		i = k
	}
	return words
}

// clusterBounds returns where the grapheme clusters of text begin (UAX #29),
// and its end, counted from offset.
func clusterBounds(runes []rune, offset int) []int {
	var s segmenter.Segmenter
	s.Init(runes)
	var bounds []int
	for it := s.GraphemeIterator(); it.Next(); {
		bounds = append(bounds, offset+it.Grapheme().Offset)
	}
	return append(bounds, offset+len(runes))
}

// word shapes the runes from to end; base is where t.levels begins.
func (c *Composer) word(t *text, base, from, end int) word {
	visible := end
	for visible > from && isTrimmed(t.runes[visible-1]) {
		visible--
	}
	w := word{}
	begin := len(c.room.fragments)
	for i := from; i < end; {
		stop := i + 1
		for stop < end && t.alike(i, stop, base) && (stop < visible) == (i < visible) {
			stop++
		}
		f := c.fragment(t, i, stop, t.levels[i-base])
		f.space = i >= visible
		size := t.runs[f.run].Style.Size / 1000
		w.width += float64(f.advance) * size
		if !f.space {
			w.trimmed += float64(f.advance) * size
		}
		c.room.fragments = append(c.room.fragments, f)
		i = stop
	}
	w.fragments = slices.Clip(c.room.fragments[begin:])
	if t.runes[end-1] == softHyphen {
		h := c.hyphen(t, w.fragments)
		w.hyphen = float64(h.advance) * t.runs[h.run].Style.Size / 1000
	}
	return w
}

func (t *text) alike(i, k, base int) bool {
	return t.faces[i] == t.faces[k] && t.run[i] == t.run[k] && t.scripts[i] == t.scripts[k] &&
		t.levels[i-base] == t.levels[k-base]
}

// fragment shapes runes that are alike.
func (c *Composer) fragment(t *text, from, end int, level uint8) fragment {
	s := t.runs[t.run[from]].Style
	k := shapeKey{
		face: t.faces[from], script: t.scripts[from], language: s.Language, tabular: s.Tabular, rightToLeft: level&1 == 1,
	}
	visible := t.runes[from:end]
	if slices.ContainsFunc(visible, isInvisible) {
		visible = slices.DeleteFunc(slices.Clone(visible), isInvisible)
	}
	k.text = string(visible)
	if k.face == nil {
		k.face, k.original = c.stacks[s.Font][len(c.stacks[s.Font])-1], k.text
		k.text = string(slices.Repeat([]rune{replacement}, len(visible)))
	}
	return fragment{shaped: c.shaper.shape(k), run: t.run[from], level: level}
}

// hyphen returns the hyphen drawn where a line is broken at a soft one; it
// is copied as the soft one.
func (c *Composer) hyphen(t *text, before []fragment) fragment {
	last := before[len(before)-1]
	s := t.runs[last.run].Style
	k := shapeKey{face: last.face, text: "-", original: string(softHyphen), script: language.Latin, language: s.Language}
	return fragment{shaped: c.shaper.shape(k), run: last.run, level: last.level}
}
