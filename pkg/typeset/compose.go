package typeset

import (
	"math"
	"slices"
	"unicode"

	"github.com/go-text/typesetting/language"
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
}

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
	return b
}

// sane replaces what cannot be a measure.
func sane(v, least float64) float64 {
	if math.IsNaN(v) || v < least || v > 1e6 {
		return least
	}
	return v
}

// text is a paragraph, rune by rune.
type text struct {
	runs    []Run
	runes   []rune
	run     []int  // the run of each rune
	glued   []bool // no line break before this rune; nil when there are none
	faces   []*face
	scripts []language.Script
	levels  []uint8
	base    int
	missing []rune
}

// prepare cleans the text and finds out all that is decided for a whole
// paragraph: direction, scripts and fonts.
func (c *Composer) prepare(p Paragraph) *text {
	t := &text{}
	for i, r := range p.Runs {
		r.Style = r.Style.orDefaults()
		words := frenchSpacing(clean(r.Text), r.Style.Language)
		t.runs = append(t.runs, r)
		t.runes = append(t.runes, []rune(words)...)
		for len(t.run) < len(t.runes) {
			t.run = append(t.run, i)
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
	t.scripts = make([]language.Script, len(t.runes))
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
	t.faces = make([]*face, len(t.runes))
	c.segmenter.Init(t.runes)
	clusters := c.segmenter.GraphemeIterator()
	var last *face
	lastRun := -1
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

// layoutLine lays out the runes from to end, which hold no newline.
func (c *Composer) layoutLine(b *Block, p Paragraph, t *text, from, end int) {
	if from == end {
		b.Lines = append(b.Lines, t.emptyLine(from))
		return
	}
	t.levels, _ = levels(t.runes[from:end], t.base)
	narrowest := max(1, p.Width-max(p.First, p.Hanging))
	words := c.words(t, from, end, narrowest)
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
	var words []word
	c.segmenter.Init(t.runes[from:end])
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
		case w.trimmed > width:
			words = append(words, c.split(t, from, start, stop, width)...)
		case w.width == 0 && n > 0: // as many as they are, they cost no time
			words[n-1].fragments = append(words[n-1].fragments, w.fragments...)
		default:
			words = append(words, w)
		}
		start = stop
	}
	return words
}

// split cuts an overlong word into pieces that fit.
func (c *Composer) split(t *text, base, from, end int, width float64) []word {
	var s segmenter.Segmenter
	s.Init(t.runes[from:end])
	var words []word
	start, used := from, 0.0
	for it := s.GraphemeIterator(); it.Next(); {
		g := it.Grapheme()
		at := from + g.Offset
		w := c.word(t, base, at, at+len(g.Text)).trimmed
		if used+w > width && at > start {
			words = append(words, c.word(t, base, start, at))
			start, used = at, 0
		}
		used += w
	}
	return append(words, c.word(t, base, start, end))
}

// word shapes the runes from to end; base is where t.levels begins.
func (c *Composer) word(t *text, base, from, end int) word {
	visible := end
	for visible > from && isTrimmed(t.runes[visible-1]) {
		visible--
	}
	w := word{}
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
		w.fragments = append(w.fragments, f)
		i = stop
	}
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
	return fragment{shaped: c.shaper.shape(k), text: string(visible), run: t.run[from], level: level}
}

// hyphen returns the hyphen drawn where a line is broken at a soft one; it
// is copied as the soft one.
func (c *Composer) hyphen(t *text, before []fragment) fragment {
	last := before[len(before)-1]
	s := t.runs[last.run].Style
	k := shapeKey{face: last.face, text: "-", original: string(softHyphen), script: language.Latin, language: s.Language}
	return fragment{shaped: c.shaper.shape(k), text: k.original, run: last.run, level: last.level}
}

// line puts words together: space at the end dropped, a hyphen added,
// everything in visual order.
func (c *Composer) line(t *text, words []word) Line {
	l := Line{}
	var styles []Style
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
		f.order = i
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
	l.fragments = slices.Clip(l.fragments)
	return measured(l, styles)
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
	slices.SortFunc(sorted, func(a, b fragment) int { return a.order - b.order })
	return sorted
}
