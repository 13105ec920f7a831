package typeset

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"math"
	"strconv"
	"strings"

	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
)

// detail is how much of a page its picture shows.
type detail struct {
	letters float64 // text at least this large is drawn in letters
	words   bool    // smaller text is a bar for each word, not for each line
	pixels  int     // of the longer side of images, at most
}

// details are tried in turn until the picture is small enough.
var details = []detail{
	{0, true, 120}, {8, true, 120}, {9.6, true, 96}, {12, true, 96}, {16, true, 64}, {24, true, 64}, {math.Inf(1), false, 24},
}

// Picture returns a page (from 1) as an SVG file of at most so many bytes, to
// be shown small. It holds outlines and no text, so that it looks the same
// everywhere; where it would be too large, small text becomes bars, and at
// last what is drawn last is left out. The same drawing gives the same bytes.
func (d *Document) Picture(page, most int) ([]byte, error) {
	if d.err != nil {
		return nil, d.err
	}
	if page < 1 || page > len(d.pages) {
		return nil, fmt.Errorf("page %d: there are %d", page, len(d.pages))
	}
	content, err := d.pages[page-1].content()
	if err != nil {
		return nil, err
	}
	var made []byte
	for _, how := range details {
		s := newSketch(d, how, most)
		if err := s.read(content); err != nil {
			return nil, fmt.Errorf("page %d: %w", page, err)
		}
		if made = s.file(d.pages[page-1].size); !s.full && len(made) <= most {
			break
		}
	}
	return made, nil
}

// A sketch is the picture of a page in the making. It follows the operators
// that this package writes ([Document.write]), in their own coordinates, which
// run up from the bottom.
type sketch struct {
	d       *Document
	detail  detail
	most    int
	full    bool // there is no room for more
	body    bytes.Buffer
	defs    bytes.Buffer
	glyphs  map[outlineKey]string // names of those in defs
	faces   map[*face]*font.Face
	fill    string
	stroke  string
	width   string
	dashes  string
	path    []byte // being built
	filled  []byte // finished figures in the colour of fill
	bars    []byte // text shown as bars in the colour of fill
	groups  int    // open
	fonts   map[string]*pageFont
	numbers []float64
}

type outlineKey struct {
	face  *face
	glyph int
}

func newSketch(d *Document, how detail, most int) *sketch {
	const rest = 3000 // bytes: the head of the file, and the last that is drawn
	s := &sketch{
		d: d, detail: how, most: most - rest, fill: "#000", stroke: "#000", width: "1",
		glyphs: map[outlineKey]string{}, faces: map[*face]*font.Face{}, fonts: map[string]*pageFont{},
	}
	for _, f := range d.fonts {
		s.fonts["/"+f.name] = f
	}
	return s
}

// read draws the operators, which come line by line.
func (s *sketch) read(content []byte) error {
	for line := range strings.Lines(string(content)) {
		if s.full {
			return nil
		}
		line = strings.TrimSuffix(line, "\n")
		if strings.HasPrefix(line, "BT ") {
			if err := s.text(strings.Fields(line)); err != nil {
				return err
			}
			continue
		}
		if !strings.HasSuffix(line, "BDC") {
			s.line(line)
		}
		s.full = s.body.Len()+s.defs.Len()+len(s.filled)+len(s.bars) > s.most
	}
	s.flush()
	return nil
}

// line draws a line of operators that is not text.
func (s *sketch) line(line string) {
	s.numbers = s.numbers[:0]
	pattern := false
	for _, field := range strings.Fields(line) {
		if strings.HasPrefix(field, "[") {
			s.dashes, pattern = "", true
		}
		closed := strings.HasSuffix(field, "]")
		if field = strings.Trim(field, "[]"); pattern {
			s.dashes = strings.TrimSpace(s.dashes + " " + field)
		} else if v, err := strconv.ParseFloat(field, 64); err == nil {
			s.numbers = append(s.numbers, v)
		} else if field != "" {
			s.operator(field)
			s.numbers = s.numbers[:0]
		}
		pattern = pattern && !closed
	}
}

// operator draws with the numbers before it.
func (s *sketch) operator(name string) {
	switch name {
	case "g", "rg":
		if c := s.colour(); c != s.fill {
			s.flush()
			s.fill = c
		}
	case "G", "RG":
		s.stroke = s.colour()
	case "w":
		s.width = s.last(1)
	case "m", "l", "c":
		s.path = append(s.path, strings.ToUpper(name)+s.last(len(s.numbers))...)
	case "h":
		s.path = append(s.path, 'Z')
	case "re":
		s.rectangle()
	case "f":
		s.filled = append(s.filled, s.path...)
		s.path = s.path[:0]
	case "S":
		s.strokePath()
	case "cm":
		s.group()
	case "Q":
		s.flush()
		if s.groups > 0 {
			s.body.WriteString("</g>")
			s.groups--
		}
		s.fill = "" // what it was is not known
	default:
		if strings.HasPrefix(name, "/i") {
			s.image(name[1:])
		}
	}
}

// last writes the last n numbers.
func (s *sketch) last(n int) string {
	var b []byte
	for i, v := range s.numbers[max(0, len(s.numbers)-n):] {
		if i > 0 {
			b = append(b, ' ')
		}
		b = appendDecimal(b, v, 1)
	}
	return string(b)
}

func (s *sketch) colour() string {
	if len(s.numbers) == 0 {
		return s.fill
	}
	var b strings.Builder
	b.WriteByte('#')
	for i := range 3 {
		fmt.Fprintf(&b, "%02x", int(255*s.numbers[min(i, len(s.numbers)-1)]+0.5))
	}
	return b.String()
}

// rectangle adds one to the path. Thin ones keep two decimals.
func (s *sketch) rectangle() {
	if len(s.numbers) < 4 {
		return
	}
	v := s.numbers[len(s.numbers)-4:]
	x, y, w, h := decimal(v[0], 1), decimal(v[1], 1), decimal(v[2], 2), decimal(v[3], 2)
	s.path = fmt.Appendf(s.path, "M%s %sh%sv%sh%sZ", x, y, w, h, decimal(-v[2], 2))
}

// strokePath strokes the path.
func (s *sketch) strokePath() {
	s.flush()
	dashes := ""
	if s.dashes != "" {
		dashes = ` stroke-dasharray="` + s.dashes + `"`
	}
	fmt.Fprintf(&s.body, `<path fill="none" stroke="%s" stroke-width="%s"%s d="%s"/>`, s.stroke, s.width, dashes, s.path)
	s.path = s.path[:0]
}

// group begins what is drawn in other coordinates.
func (s *sketch) group() {
	s.flush()
	var m []string
	for _, v := range s.numbers {
		m = append(m, decimal(v, 3))
	}
	fmt.Fprintf(&s.body, `<g transform="matrix(%s)">`, strings.Join(m, " "))
	s.groups++
}

// flush writes what is filled in the colour so far.
func (s *sketch) flush() {
	if len(s.filled) > 0 {
		fmt.Fprintf(&s.body, `<path fill="%s" d="%s"/>`, s.fill, s.filled)
	}
	if len(s.bars) > 0 {
		fmt.Fprintf(&s.body, `<path fill="%s" opacity=".38" d="%s"/>`, s.fill, s.bars)
	}
	s.filled, s.bars = s.filled[:0], s.bars[:0]
}

// image puts in a small copy of a picture.
func (s *sketch) image(name string) {
	for _, i := range s.d.pictures {
		if i.name != name {
			continue
		}
		var b bytes.Buffer
		small := image.Image(i.picture.smaller(s.detail.pixels))
		if s.d.info.Grey {
			small = greyed(i.picture.smaller(s.detail.pixels))
		}
		if png.Encode(&b, small) != nil {
			return // nothing to show, then
		}
		fmt.Fprintf(&s.body, `<image width="1" height="1" preserveAspectRatio="none" transform="matrix(1 0 0 -1 0 1)" href="data:image/png;base64,%s"/>`,
			base64.StdEncoding.EncodeToString(b.Bytes()))
	}
}

// text draws BT /font size Tf x y Td [glyphs] TJ ET.
func (s *sketch) text(fields []string) error {
	t, err := readText(fields, s.fonts)
	if err != nil {
		return err
	}
	if t.size < s.detail.letters {
		s.bar(t.glyphs, t.size, t.x, t.y)
		return nil
	}
	s.letters(t.font.face, t.glyphs, t.size, t.x, t.y)
	return nil
}

// shownText is text on a page, from (x, y), y running up.
type shownText struct {
	font       *pageFont
	size, x, y float64
	glyphs     []spot
}

// readText reads the fields of BT /font size Tf x y Td [glyphs] TJ ET.
func readText(fields []string, fonts map[string]*pageFont) (t shownText, err error) {
	const operands = 10
	if len(fields) != operands || fonts[fields[1]] == nil {
		return t, fmt.Errorf("text %q: not as drawn", fields)
	}
	t.font = fonts[fields[1]]
	for i, v := range []*float64{2: &t.size, 4: &t.x, 5: &t.y} {
		if v == nil {
			continue
		}
		if *v, err = strconv.ParseFloat(fields[i], 64); err != nil {
			return t, err
		}
	}
	t.glyphs, err = t.font.placed(strings.Trim(fields[7], "[]"))
	return t, err
}

// A spot is where a glyph of a line stands, in thousandths of an em.
type spot struct {
	glyphText
	x, advance int
}

// placed reads the operand of TJ.
func (f *pageFont) placed(operand string) ([]spot, error) {
	var all []spot
	x := 0
	for i, part := range strings.FieldsFunc(operand, func(r rune) bool { return r == '<' || r == '>' }) {
		if i%2 == 1 {
			gap, err := strconv.Atoi(part)
			if err != nil {
				return nil, err
			}
			x -= gap
			continue
		}
		for ; len(part) >= 4; part = part[4:] {
			code, err := strconv.ParseUint(part[:4], 16, 32)
			i := (int(code) - firstCode) / codeStep
			if err != nil || i < 0 || i >= len(f.list) {
				return nil, fmt.Errorf("code %s: not of font %s", part[:4], f.name)
			}
			g := spot{f.list[i], x, f.face.width(f.list[i].glyph)}
			all = append(all, g)
			x += g.advance
		}
	}
	return all, nil
}

// bar draws text as bars, one for each word or one for the line.
func (s *sketch) bar(glyphs []spot, size, x, y float64) {
	const height = 0.5 // of an em: that of small letters
	for from := 0; from < len(glyphs); {
		if glyphs[from].text == " " {
			from++
			continue
		}
		end := from + 1
		for end < len(glyphs) && !(s.detail.words && glyphs[end].text == " ") {
			end++
		}
		last := glyphs[end-1]
		width := float64(last.x+last.advance-glyphs[from].x) * size / 1000
		at := x + float64(glyphs[from].x)*size/1000
		s.bars = fmt.Appendf(s.bars, "M%s %sh%sv%sh%sZ", decimal(at, 1), decimal(y, 1), decimal(width, 1), decimal(height*size, 1), decimal(-width, 1))
		from = end
	}
}

// letters draws text in outlines.
func (s *sketch) letters(f *face, glyphs []spot, size, x, y float64) {
	s.flush()
	fmt.Fprintf(&s.body, `<g fill="%s" transform="translate(%s %s) scale(%s)">`, s.fill, decimal(x, 1), decimal(y, 1), decimal(size/1000, 5))
	for _, g := range glyphs {
		if name := s.outline(f, g.glyph); name != "" {
			fmt.Fprintf(&s.body, `<use href="#%s" x="%d"/>`, name, g.x)
		}
	}
	s.body.WriteString("</g>")
}

// outline returns the name of a glyph's outline, or "" if it has none.
func (s *sketch) outline(f *face, glyph int) string {
	key := outlineKey{f, glyph}
	name, known := s.glyphs[key]
	if known {
		return name
	}
	if s.faces[f] == nil {
		s.faces[f] = font.NewFace(f.font)
	}
	if o, ok := s.faces[f].GlyphData(font.GID(glyph)).(font.GlyphOutline); ok && len(o.Segments) > 0 {
		name = "g" + strconv.FormatInt(int64(len(s.glyphs)), 36)
		fmt.Fprintf(&s.defs, `<path id="%s" d="%s"/>`, name, outlineData(o.Segments, f))
	}
	s.glyphs[key] = name
	return name
}

// outlineData writes an outline in thousandths of an em.
func outlineData(segments []opentype.Segment, f *face) []byte {
	const letters = "MLQC"
	var b []byte
	for i, seg := range segments {
		if seg.Op == opentype.SegmentOpMoveTo && i > 0 {
			b = append(b, 'Z')
		}
		b = append(b, letters[seg.Op])
		for k, p := range seg.ArgsSlice() {
			if k > 0 {
				b = append(b, ' ')
			}
			b = strconv.AppendInt(b, int64(f.scale(int(p.X))), 10)
			b = strconv.AppendInt(append(b, ' '), int64(f.scale(int(p.Y))), 10)
		}
	}
	return append(b, 'Z')
}

// file returns the whole file.
func (s *sketch) file(size Size) []byte {
	for ; s.groups > 0; s.groups-- {
		s.body.WriteString("</g>")
	}
	w, h := decimal(size.Width, 1), decimal(size.Height, 1)
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" width="%s" height="%s" viewBox="0 0 %s %s">`, w, h, w, h)
	if s.defs.Len() > 0 {
		fmt.Fprintf(&b, "<defs>%s</defs>", s.defs.Bytes())
	}
	fmt.Fprintf(&b, `<path fill="#fff" d="M0 0h%sv%sH0Z"/><g transform="matrix(1 0 0 -1 0 %s)">%s</g></svg>`, w, h, h, s.body.Bytes())
	return b.Bytes()
}

// smaller returns a copy whose longer side is at most so many pixels, each the
// mean of those it stands for.
func (p *Picture) smaller(most int) *image.NRGBA {
	step := max(1, (max(p.Width, p.Height)+most-1)/most)
	out := image.NewNRGBA(image.Rect(0, 0, max(1, p.Width/step), max(1, p.Height/step)))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			p.mean(out.Pix[out.PixOffset(x, y):], x*step, y*step, step)
		}
	}
	return out
}

// mean puts the mean colour of a square into pix.
func (p *Picture) mean(pix []byte, x, y, side int) {
	var sum [3]int
	alpha, n := 0, 0
	for v := y; v < min(y+side, p.Height); v++ {
		for u := x; u < min(x+side, p.Width); u++ {
			from := p.image.Pix[p.image.PixOffset(u, v):]
			a := int(from[3])
			for i := range sum {
				sum[i] += int(from[i]) * a
			}
			alpha += a
			n++
		}
	}
	for i := range sum {
		pix[i] = byte(sum[i] / max(1, alpha))
	}
	pix[3] = byte(alpha / max(1, n))
}
