package typeset

import (
	"fmt"
	"strings"
	"testing"
)

func TestBooklet(t *testing.T) {
	tests := []struct {
		pages      int
		rightBound bool
		want       string // left, right of each side
	}{
		{1, false, "-,1 -,-"},
		{4, false, "4,1 2,3"},
		{8, false, "8,1 2,7 6,3 4,5"},
		{8, true, "1,8 7,2 3,6 5,4"},
		{6, false, "-,1 2,- 6,3 4,5"},
	}
	for _, test := range tests {
		var sides []string
		for _, s := range Booklet(test.pages, A5, test.rightBound) {
			side := []string{"-", "-"}
			for _, p := range s.Places {
				side[int(p.Matrix[4]/A5.Width)] = fmt.Sprint(p.Page)
			}
			sides = append(sides, strings.Join(side, ","))
		}
		if got := strings.Join(sides, " "); got != test.want {
			t.Errorf("%d pages: got %s, want %s", test.pages, got, test.want)
		}
	}
}

// TestImposedFile checks that tags, links, places and bookmarks follow their
// pages onto the sheets.
func TestImposedFile(t *testing.T) {
	c := newComposer(t)
	d := New(testInfo)
	for i := range 5 {
		d.AddPage(A5)
		d.Place(fmt.Sprint("page ", i), 30)
		d.Bookmark(fmt.Sprint("Page ", i), 0, 30)
		d.Tagged(P, Attrs{}, func() {
			d.Draw(c.Layout(Paragraph{Runs: []Run{
				{Text: fmt.Sprint("Page ", i, " "), Style: Style{Language: "en"}},
				{Text: "next", Style: Style{Language: "en"}, Link: Link{Place: fmt.Sprint("page ", (i+1)%5)}},
			}, Width: 300}), 20, 20)
		})
		d.Image(readPicture(t, picture(i)), Rect{100, 100, 50, 25}, "logo")
	}
	d.Impose(Booklet(d.Pages(), A5, false))
	f := checkFile(t, bytesOf(t, d))
	pages := f.pages()
	if len(pages) != 4 {
		t.Fatalf("sheets: got %d, want 4", len(pages))
	}
	if box := f.get(f.ref(f.get(f.catalog), "Pages")); !strings.Contains(box, "/MediaBox [0 0 839.06 595.28]") {
		t.Errorf("sheet: got %s, want A4 landscape", box)
	}
	link := f.get(f.refs(f.get(pages[0]), "Annots")[0]) // on page 0, right half, leading to page 1
	if want := fmt.Sprintf("/Dest[%d 0 R/XYZ null %s null]", pages[1], number(A5.Height-30)); !strings.Contains(link, want) {
		t.Errorf("link: got %s, want %s in it", link, want)
	}
	if !strings.Contains(link, "/Rect[4") {
		t.Errorf("link: got %s, want it right of %g", link, A5.Width)
	}
	if got, want := bare(f.extract()), bare("Page 0 next Page 1 next Page 2 next Page 3 next Page 4 next"); got != want {
		t.Errorf("text by sheets: got %s, want %s", got, want)
	}
}

func TestBleedAndMarks(t *testing.T) {
	info := testInfo
	info.Bleed, info.Marks = 10, true
	f := checkFile(t, bytesOf(t, onePage(info, func(d *Document) {
		d.Artifact(Decoration, func() { d.Rect(Rect{-10, -10, A5.Width + 20, A5.Height + 20}, navy) })
	})))
	page := f.get(f.pages()[0])
	for _, want := range []string{"/TrimBox[28 28 447.53 623.28]", "/BleedBox[18 18 457.53 633.28]"} {
		if !strings.Contains(page, want) {
			t.Errorf("page: got %s, want %s in it", page, want)
		}
	}
	if content := f.content(f.pages()[0]); !strings.Contains(content, "-10 -10 439.53 615.28 re f") || strings.Count(content, " l S") != 8 {
		t.Errorf("content: got %s, want the rectangle and 8 marks", content)
	}
}

func TestPagesOfManySizes(t *testing.T) {
	d := New(testInfo)
	for _, s := range []Size{A4, A4.Landscape(), A1, Letter} {
		d.AddPage(s)
		d.Bookmark("page", 0, 40)
	}
	f := checkFile(t, bytesOf(t, d))
	n := f.ref(f.get(f.ref(f.get(f.catalog), "Outlines")), "First")
	for i, s := range []Size{A4, A4.Landscape(), A1, Letter} {
		if got, want := f.get(n), fmt.Sprintf("/Dest[%d 0 R/XYZ null %s null]", f.pages()[i], number(s.Height-40)); !strings.Contains(got, want) {
			t.Errorf("bookmark %d: got %s, want %s in it", i, got, want)
		}
		n = f.ref(f.get(n), "Next")
	}
}
