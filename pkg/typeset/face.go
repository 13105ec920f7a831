package typeset

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"

	"github.com/go-text/typesetting/font"
)

// face is one font file: what shaping and measuring need of it, and the file
// that is handed to the PDF engine.
type face struct {
	name     string
	font     *font.Font
	upem     int
	advances []byte // the hmtx table
	metrics  int    // how many full entries it has
	base     []byte // a font file whose last table is an empty cmap
	cmapSize int    // where the directory of base keeps the length of cmap
}

var be = binary.BigEndian

// kept are the tables of an embedded font. What shaping needs (GSUB, GPOS,
// kern, names) is left out, as the document holds shaped glyphs. The cmap
// comes last, so that each document can append its own.
var kept = []string{
	"OS/2", "cvt ", "fpgm", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post", "prep", "cmap",
}

func parseFace(name string, data []byte) (*face, error) {
	parsed, err := font.ParseTTF(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	tables := splitTables(data)
	for _, tag := range []string{"OS/2", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "post"} {
		if len(tables[tag]) < 4 {
			return nil, errors.New("no table " + tag)
		}
	}
	if len(tables["head"]) < 54 || len(tables["hhea"]) < 36 || len(tables["post"]) < 32 {
		return nil, errors.New("table cut short")
	}
	f := &face{
		name:     name,
		font:     parsed.Font,
		upem:     int(be.Uint16(tables["head"][18:])),
		advances: tables["hmtx"],
		metrics:  int(be.Uint16(tables["hhea"][34:])),
	}
	f.base, f.cmapSize = withoutCmap(tables)
	return f, nil
}

func splitTables(data []byte) map[string][]byte {
	tables := map[string][]byte{}
	for i := range int(be.Uint16(data[4:])) {
		entry := data[12+16*i:]
		offset, size := int(be.Uint32(entry[8:])), int(be.Uint32(entry[12:]))
		if offset+size <= len(data) {
			tables[string(entry[:4])] = data[offset : offset+size]
		}
	}
	return tables
}

// withoutCmap writes a font file that ends where its cmap should be, and
// returns the place of that table's length in the directory.
func withoutCmap(tables map[string][]byte) ([]byte, int) {
	tables["name"] = []byte{0, 0, 0, 0, 0, 6}
	tables["post"] = tables["post"][:32]
	tags := slices.DeleteFunc(slices.Clone(kept), func(tag string) bool { return tables[tag] == nil })
	b := make([]byte, 12+16*len(tags))
	be.PutUint32(b, 0x00010000)
	be.PutUint16(b[4:], uint16(len(tags)))
	for i, tag := range tags {
		entry := 12 + 16*i
		copy(b[entry:], tag)
		be.PutUint32(b[entry+8:], uint32(len(b)))
		if tag == "cmap" {
			continue
		}
		be.PutUint32(b[entry+12:], uint32(len(tables[tag])))
		b = append(b, tables[tag]...)
		b = append(b, make([]byte, -len(b)&3)...)
	}
	return b, 12 + 16*(len(tags)-1) + 12
}

// A code of a document stands for one glyph with one text. Rows of adjacent
// codes make the engine's widths array slow, so every second one stays free.
const (
	firstCode = 0x100
	codeStep  = 2
	maxCodes  = 8000 // per font; then it goes on under another name
)

// withCodes returns a copy of the font whose cmap maps the code
// firstCode+codeStep·i to glyphs[i]: one format 4 segment and the closing
// one (OpenType, cmap).
func (f *face) withCodes(glyphs []int) []byte {
	n := codeStep * len(glyphs)
	b := slices.Concat(f.base, make([]byte, 0, 44+2*n))
	start := len(b)
	for _, v := range []int{
		0, 1, 3, 1, 0, 12, // one Unicode subtable, at 12
		4, 32 + 2*n, 0, 4, 4, 1, 0, // format, length, language, search parameters
		firstCode + n - 1, 0xFFFF, 0, // last codes, padding
		firstCode, 0xFFFF, // first codes
		0, 1, // deltas
		4, 0, // offset into the glyphs that follow
	} {
		b = be.AppendUint16(b, uint16(v))
	}
	for _, g := range glyphs {
		b = be.AppendUint16(b, uint16(g))
		b = append(b, make([]byte, 2*(codeStep-1))...)
	}
	be.PutUint32(b[f.cmapSize:], uint32(len(b)-start))
	return b
}

// width returns the advance of a glyph in thousandths of an em, rounded as
// the engine rounds it.
func (f *face) width(glyph int) int {
	i := 4 * min(glyph, f.metrics-1)
	return (int(be.Uint16(f.advances[i:]))*1000 + f.upem/2) / f.upem
}

// scale converts font units to thousandths of an em.
func (f *face) scale(v int) int {
	if v < 0 {
		return -f.scale(-v)
	}
	return (v*1000 + f.upem/2) / f.upem
}

// has reports whether the face can draw r. Spaces of any width are made
// from the common one.
func (f *face) has(r rune) bool {
	if isSpace(r) {
		r = ' '
	}
	_, ok := f.font.NominalGlyph(r)
	return ok
}
