package typeset

import (
	"cmp"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/harfbuzz"
	"github.com/go-text/typesetting/language"
)

// glyph is a glyph with its text; measures in thousandths of an em.
type glyph struct {
	id      int
	advance int
	dx, dy  int
	text    string // what the glyph stands for when text is copied
}

// shaped is a piece of text in one face, script and direction, as glyphs in
// visual order. It is never changed once made.
type shaped struct {
	text    string
	face    *face
	glyphs  []glyph
	advance int
}

// shapeKey is all that shaping depends on.
type shapeKey struct {
	face        *face
	text        string
	original    string // when text only stands in for it
	script      language.Script
	language    string
	rightToLeft bool
	tabular     bool
}

// maxCached bounds the memory of a shaper: text is users' input.
const maxCached = 4 << 20

// shaper turns text into glyphs with HarfBuzz and remembers the results.
type shaper struct {
	fonts  map[*face]*harfbuzz.Font
	buffer *harfbuzz.Buffer
	cache  map[shapeKey]*shaped
	cached int // bytes of text and glyphs, about
}

func newShaper() *shaper {
	return &shaper{
		fonts:  map[*face]*harfbuzz.Font{},
		buffer: harfbuzz.NewBuffer(),
		cache:  map[shapeKey]*shaped{},
	}
}

func (s *shaper) shape(k shapeKey) *shaped {
	if found, ok := s.cache[k]; ok {
		return found
	}
	made := s.run(k)
	if s.cached > maxCached {
		clear(s.cache)
		s.cached = 0
	}
	s.cache[k] = made
	s.cached += 100 + len(k.text) + 40*len(made.glyphs)
	return made
}

// tabularFigures sets figures in one width, for columns of times.
var tabularFigures = []harfbuzz.Feature{{
	Tag: opentype.MustNewTag("tnum"), Value: 1, Start: harfbuzz.FeatureGlobalStart, End: harfbuzz.FeatureGlobalEnd,
}}

func (s *shaper) run(k shapeKey) *shaped {
	f := s.fonts[k.face]
	if f == nil {
		f = harfbuzz.NewFont(font.NewFace(k.face.font))
		s.fonts[k.face] = f
	}
	b, text := s.buffer, []rune(k.text)
	b.Clear()
	b.AddRunes(text, 0, -1)
	b.ClusterLevel = harfbuzz.MonotoneCharacters
	b.Props = harfbuzz.SegmentProperties{
		Direction: harfbuzz.LeftToRight,
		Script:    k.script,
		Language:  language.NewLanguage(k.language),
	}
	if k.rightToLeft {
		b.Props.Direction = harfbuzz.RightToLeft
	}
	var features []harfbuzz.Feature
	if k.tabular {
		features = tabularFigures
	}
	b.Shape(f, features)
	if k.original != "" {
		text = []rune(k.original)
	}
	return s.collect(k, text)
}

// collect reads the glyphs from the buffer and gives each cluster's text to
// its widest glyph, so that copied text is exact.
func (s *shaper) collect(k shapeKey, text []rune) *shaped {
	b := s.buffer
	out := &shaped{text: cmp.Or(k.original, k.text), face: k.face, glyphs: make([]glyph, len(b.Info))}
	for i := 0; i < len(b.Info); {
		end, widest := i, i
		for ; end < len(b.Info) && b.Info[end].Cluster == b.Info[i].Cluster; end++ {
			p := b.Pos[end]
			g := &out.glyphs[end]
			g.id = int(b.Info[end].Glyph)
			g.advance = k.face.scale(int(p.XAdvance))
			g.dx, g.dy = k.face.scale(int(p.XOffset)), k.face.scale(int(p.YOffset))
			out.advance += g.advance
			if p.XAdvance > b.Pos[widest].XAdvance {
				widest = end
			}
		}
		from, to := b.Info[i].Cluster, len(text)
		if k.rightToLeft && i > 0 {
			to = b.Info[i-1].Cluster
		} else if !k.rightToLeft && end < len(b.Info) {
			to = b.Info[end].Cluster
		}
		if from <= to {
			out.glyphs[widest].text = clusterText(string(text[from:to]), k.rightToLeft)
		}
		i = end
	}
	return out
}

// ligatures are the Arabic ligatures that Unicode has a character for.
var ligatures = strings.NewReplacer("الله", "\ufdf2", "لا", "\ufefb", "لأ", "\ufef7", "لإ", "\ufef9", "لآ", "\ufef5")

// clusterText returns what a glyph is said to stand for. Readers of PDF
// files reverse text that runs from right to left character by character,
// so that a ligature has to be a single character there.
func clusterText(text string, rightToLeft bool) string {
	if !rightToLeft || len(text) < 4 {
		return text
	}
	return ligatures.Replace(text)
}
