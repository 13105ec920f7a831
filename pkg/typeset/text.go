package typeset

import (
	"slices"
	"unicode"

	"github.com/go-text/typesetting/language"
)

// text is a paragraph, rune by rune.
type text struct {
	runs    []Run
	runes   []rune
	run     []int32 // the run of each rune
	glued   []bool  // no line break before this rune; nil when there are none
	faces   []*face
	scripts []language.Script
	levels  []uint8
	base    int
	missing []rune
}

// prepare cleans the text and finds out all that is decided for a whole
// paragraph: direction, scripts and fonts.
func (c *Composer) prepare(p Paragraph) *text {
	t := &c.text
	*t = text{runes: t.runes[:0], run: t.run[:0], faces: t.faces[:0], scripts: t.scripts[:0]}
	for i, r := range p.Runs {
		r.Style = r.Style.orDefaults()
		words := frenchSpacing(clean(r.Text), r.Style.Language)
		t.runs = append(t.runs, r)
		for _, r := range words {
			t.runes, t.run = append(t.runes, r), append(t.run, int32(i))
		}
	}
	switch p.Direction {
	case Auto:
		t.base = baseLevel(t.runes)
	case RightToLeft:
		t.base = 1
	}
	t.glued = unbroken(string(t.runes))
	t.findScripts()
	t.findFaces(c)
	return t
}

func (s Style) orDefaults() Style {
	if s.Size = sane(s.Size, 0); s.Size == 0 {
		s.Size = 10
	}
	if s.Leading = sane(s.Leading, 0); s.Leading == 0 {
		s.Leading = 1.4 * s.Size
	}
	if s.Font < 0 || int(s.Font) >= len(fallbacks) {
		s.Font = Regular
	}
	return s
}

// isCommon reports whether r is written in many scripts: spaces, figures,
// punctuation, marks.
func isCommon(s language.Script) bool {
	return s == language.Common || s == language.Inherited || s == language.Unknown
}

// findScripts gives every rune its script, common ones that of the text
// before them.
func (t *text) findScripts() {
	t.scripts = slices.Grow(t.scripts, len(t.runes))[:len(t.runes)]
	last := language.Script(0)
	for i, r := range t.runes {
		s := language.LookupScript(r)
		if isCommon(s) {
			t.scripts[i] = last
			continue
		}
		if last == 0 {
			for k := range i {
				t.scripts[k] = s
			}
		}
		t.scripts[i], last = s, s
	}
	if last == 0 {
		for i := range t.scripts {
			t.scripts[i] = language.Latin
		}
	}
}

// findFaces chooses a font for each grapheme cluster.
func (t *text) findFaces(c *Composer) {
	t.faces = slices.Grow(t.faces, len(t.runes))[:len(t.runes)]
	c.segmenter.Init(t.runes)
	clusters := c.segmenter.GraphemeIterator()
	var last *face
	lastRun := int32(-1)
	for clusters.Next() {
		g := clusters.Grapheme()
		from, end := g.Offset, g.Offset+len(g.Text)
		run := t.run[from]
		if run != lastRun {
			last, lastRun = nil, run
		}
		f := t.chooseFace(c.stacks[t.runs[run].Style.Font], g.Text, last)
		if f == nil {
			t.note(g.Text)
		} else {
			last = f
		}
		for i := from; i < end; i++ {
			t.faces[i] = f
		}
	}
	t.unifyWords(c)
}

// unifyWords sets words of one script in one font where there is one that
// has all of it, as a single letter in another design looks like a mistake.
func (t *text) unifyWords(c *Composer) {
	for from := 0; from < len(t.runes); {
		end, mixed := from, false
		for end < len(t.runes) && t.run[end] == t.run[from] && t.scripts[end] == t.scripts[from] && isWordRune(t.runes[end]) {
			mixed = mixed || t.faces[end] != t.faces[from]
			end++
		}
		if mixed {
			t.unify(from, end, c.stacks[t.runs[t.run[from]].Style.Font])
		}
		from = max(end, from+1)
	}
}

func (t *text) unify(from, end int, stack []*face) {
	for _, f := range stack {
		if hasAll(f, t.runes[from:end]) {
			for i := from; i < end; i++ {
				t.faces[i] = f
			}
			return
		}
	}
}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || isInvisible(r) }

// chooseFace returns the first face that has all of a cluster, or nil.
// Common characters stay in the face of the text before them.
func (t *text) chooseFace(stack []*face, cluster []rune, last *face) *face {
	if last != nil && isCommon(language.LookupScript(cluster[0])) && hasAll(last, cluster) {
		return last
	}
	for _, f := range stack {
		if hasAll(f, cluster) {
			return f
		}
	}
	for _, f := range stack { // a mark that no font has with this letter
		if f.has(cluster[0]) && !isInvisible(cluster[0]) {
			return f
		}
	}
	return nil
}

func hasAll(f *face, cluster []rune) bool {
	for _, r := range cluster {
		if r != '\n' && !isInvisible(r) && r != zeroWidthJoiner && r != zeroWidthNonJoin && !f.has(r) {
			return false
		}
	}
	return true
}

// note records what is drawn as U+FFFD.
func (t *text) note(cluster []rune) {
	for _, r := range cluster {
		if !isInvisible(r) && r != zeroWidthJoiner && !slices.Contains(t.missing, r) {
			t.missing = append(t.missing, r)
		}
	}
}
