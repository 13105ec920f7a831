package typeset

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"
)

func fromUTF16(digits string) string {
	var units []uint16
	for i := 0; i+4 <= len(digits); i += 4 {
		units = append(units, uint16(hex(digits[i:i+4])))
	}
	return string(utf16.Decode(units))
}

var painting = strings.Fields("f F f* B B* b b* S s sh Do Tj TJ ' \" BI")

// checkFile checks what a reader of tagged files relies on.
func checkFile(t testing.TB, pdf []byte) *pdfFile {
	t.Helper()
	f := readPDF(t, pdf)
	tree := f.checkTree()
	for i, page := range f.pages() {
		f.checkPage(i, page, tree)
	}
	f.checkAnnotations(tree)
	f.checkFonts()
	return f
}

// readTree is the structure tree, read back.
type readTree struct {
	content map[string]int // "page object/MCID" to element
	objects map[int]int    // annotation to element
	parents map[int][]int  // parent tree
	tags    map[int]string
}

func (f *pdfFile) checkTree() *readTree {
	root := f.get(f.ref(f.get(f.catalog), "StructTreeRoot"))
	tree := &readTree{map[string]int{}, map[int]int{}, map[int][]int{}, map[int]string{}}
	nums := f.get(f.ref(root, "ParentTree"))
	entry := regexp.MustCompile(`(\d+)\[([^\]]*)\]|(\d+) (\d+ 0 R)`)
	for _, m := range entry.FindAllStringSubmatch(strings.TrimPrefix(nums, "<</Nums["), -1) {
		key := atoi(m[1] + m[3])
		for _, r := range reference.FindAllStringSubmatch(m[2]+m[4], -1) {
			tree.parents[key] = append(tree.parents[key], atoi(r[1]))
		}
	}
	f.walk(f.ref(root, "K"), tree)
	return tree
}

var kidToken = regexp.MustCompile(`<</Type/MCR/Pg (\d+) 0 R/MCID (\d+)>>|<</Type/OBJR/Pg (\d+) 0 R/Obj (\d+) 0 R>>|(\d+) 0 R|(\d+)`)

func (f *pdfFile) walk(n int, tree *readTree) {
	element := f.get(n)
	tree.tags[n] = regexp.MustCompile(`/S/(\w+)`).FindStringSubmatch(element)[1]
	page := f.ref(element, "Pg")
	kids := element[strings.LastIndex(element, "/K[")+3:]
	for _, m := range kidToken.FindAllStringSubmatch(kids, -1) {
		switch {
		case m[1] != "":
			tree.content[m[1]+"/"+m[2]] = n
		case m[3] != "":
			tree.objects[atoi(m[4])] = n
		case m[5] != "":
			kid := atoi(m[5])
			if got := f.ref(f.get(kid), "P"); got != n {
				f.t.Errorf("element %d: parent %d, want %d", kid, got, n)
			}
			f.walk(kid, tree)
		default:
			tree.content[fmt.Sprintf("%d/%s", page, m[6])] = n
		}
	}
}

// checkPage walks over a content stream: all that paints is inside marked
// content or an artifact, and marked content leads to an element and back.
func (f *pdfFile) checkPage(i, page int, tree *readTree) {
	t := f.t
	t.Helper()
	var open []string
	depth, marks := 0, 0
	for _, o := range operators(f.content(page)) {
		switch o.name {
		case "BDC":
			open = append(open, o.operands[0])
			if m := regexp.MustCompile(`/MCID (\d+)`).FindStringSubmatch(o.operands[1]); m != nil {
				marks++
				e, ok := tree.content[fmt.Sprintf("%d/%s", page, m[1])]
				parents := tree.parents[f.integer(f.get(page), "StructParents")]
				if id := atoi(m[1]); !ok || id >= len(parents) || parents[id] != e {
					t.Errorf("page %d: MCID %s: structure and parent tree disagree", i+1, m[1])
				} else if "/"+tree.tags[e] != o.operands[0] {
					t.Errorf("page %d: MCID %s: tag %s, want %s", i+1, m[1], o.operands[0], tree.tags[e])
				}
			}
		case "EMC":
			if len(open) == 0 {
				t.Fatalf("page %d: EMC without BDC", i+1)
			}
			open = open[:len(open)-1]
		case "q":
			depth++
		case "Q":
			depth--
		}
		if slices.Contains(painting, o.name) && len(open) == 0 {
			t.Errorf("page %d: %s outside marked content", i+1, o.name)
		}
	}
	if len(open) > 0 || depth != 0 {
		t.Errorf("page %d: %d marked, %d q left open", i+1, len(open), depth)
	}
	if want := len(tree.parents[f.integer(f.get(page), "StructParents")]); marks != want {
		t.Errorf("page %d: marked content: got %d, want %d as in the parent tree", i+1, marks, want)
	}
}

func (f *pdfFile) checkAnnotations(tree *readTree) {
	for i, page := range f.pages() {
		for _, n := range f.refs(f.get(page), "Annots") {
			a := f.get(n)
			e := tree.objects[n]
			if tree.tags[e] != "Link" {
				f.t.Errorf("page %d: annotation %d inside %q, want Link", i+1, n, tree.tags[e])
			}
			if got := tree.parents[f.integer(a, "StructParent")]; len(got) != 1 || got[0] != e {
				f.t.Errorf("page %d: annotation %d: parent tree has %v, want %d", i+1, n, got, e)
			}
			if !strings.Contains(a, "/Contents") {
				f.t.Errorf("page %d: annotation %d without description", i+1, n)
			}
		}
	}
}

// checkFonts checks the codes on pages: each has its text, a glyph that is
// there, and in /W the width of that glyph in the embedded file.
func (f *pdfFile) checkFonts() {
	fonts := f.fonts()
	type use struct {
		font string
		code int
	}
	seen := map[use]bool{}
	for _, page := range f.pages() {
		name := ""
		for _, o := range operators(f.content(page)) {
			switch o.name {
			case "Tf":
				name = strings.TrimPrefix(o.operands[0], "/")
			case "TJ":
				for _, c := range codesOf(o) {
					if !seen[use{name, c}] {
						seen[use{name, c}] = true
						f.checkCode(fonts[name], c)
					}
				}
			}
		}
	}
	for _, font := range fonts {
		if !regexp.MustCompile(`^[A-Z]{6}\+[A-Z]`).MatchString(font.name) {
			f.t.Errorf("font %s: no subset tag", font.name)
		}
	}
}

func codesOf(o operator) []int {
	var codes []int
	for _, operand := range o.operands {
		digits := strings.Trim(operand, "<>")
		if operand[0] != '<' {
			continue
		}
		for i := 0; i+4 <= len(digits); i += 4 {
			codes = append(codes, hex(digits[i:i+4]))
		}
	}
	return codes
}

func (f *pdfFile) checkCode(font readFont, c int) {
	glyph := int(be.Uint16(font.glyphs[2*c:]))
	if glyph == 0 {
		f.t.Errorf("%s: code %04X is .notdef", font.name, c)
	}
	if font.text[c] == "" {
		f.t.Errorf("%s: code %04X has no text", font.name, c)
	}
	if got, want := font.widths[c], embeddedWidth(font.file, glyph); got < want-1 || got > want+1 {
		f.t.Errorf("%s: code %04X: width %d, want %d", font.name, c, got, want)
	}
}

// embeddedWidth reads the advance of a glyph, in thousandths of an em.
func embeddedWidth(file []byte, glyph int) int {
	tables := splitTables(file)
	metrics := int(be.Uint16(tables["hhea"][34:]))
	i := 4 * min(glyph, metrics-1)
	return int(be.Uint16(tables["hmtx"][i:])) * 1000 / int(be.Uint16(tables["head"][18:]))
}

// extract returns the text of the pages by the ToUnicode maps, in the order
// of drawing.
func (f *pdfFile) extract() string {
	fonts := f.fonts()
	var b strings.Builder
	for _, page := range f.pages() {
		name := ""
		for _, o := range operators(f.content(page)) {
			switch o.name {
			case "Tf":
				name = strings.TrimPrefix(o.operands[0], "/")
			case "TJ":
				for _, c := range codesOf(o) {
					b.WriteString(fonts[name].text[c])
				}
			}
		}
	}
	return b.String()
}

// bare removes what extraction does not keep apart: spaces and layout.
func bare(s string) string {
	return strings.Map(func(r rune) rune {
		if isSpace(r) || r == '\n' || r == '\u200b' || isInvisible(r) {
			return -1
		}
		return r
	}, norm.NFKC.String(s))
}

func TestProgrammeIsTagged(t *testing.T) {
	d := drawProgramme(t, newComposer(t), 30, testInfo)
	f := checkFile(t, bytesOf(t, d))
	if got, want := len(f.pages()), d.Pages(); got != want {
		t.Errorf("pages: got %d, want %d", got, want)
	}
	if got := d.Missing(); len(got) > 0 {
		t.Errorf("characters without glyph: %q", got)
	}
	catalog := f.get(f.catalog)
	for _, want := range []string{"/Lang(en)", "/MarkInfo<</Marked true>>", "/DisplayDocTitle true", "/PageMode/UseOutlines"} {
		if !strings.Contains(catalog, want) {
			t.Errorf("catalog: got %s, want %s in it", catalog, want)
		}
	}
	metadata := string(f.streams[f.ref(catalog, "Metadata")])
	for _, want := range []string{"<pdfuaid:part>1<", "Programme — Tirana 2026", ">Secretariat<", ">Peer learning<", "2026-11-22T09:00:00Z"} {
		if !strings.Contains(metadata, want) {
			t.Errorf("metadata: got %s, want %s in it", metadata, want)
		}
	}
}

// TestTextIsExact reads the text back through the fonts' ToUnicode maps.
// Text that runs from right to left is drawn in visual order.
func TestTextIsExact(t *testing.T) {
	c := newComposer(t)
	for _, s := range samples {
		if s.language == "ar" || s.language == "he" {
			continue
		}
		for _, f := range []Font{Regular, Italic, SemiBold, Bold, Formal, FormalBold} {
			b := c.Layout(Paragraph{Runs: Plain(s.text+" AVATAR fi ffi ﬁ Tä e\u0301", Style{Font: f, Language: s.language}), Width: 300})
			d := New(testInfo)
			d.AddPage(A4)
			d.Tagged(P, Attrs{}, func() { d.Draw(b, 10, 10) })
			got, want := bare(checkFile(t, bytesOf(t, d)).extract()), bare(s.text+" AVATAR fi ffi ﬁ Tä e\u0301")
			if got != want {
				t.Errorf("%s: got %s, want %s", s.language, got, want)
			}
		}
	}
}
