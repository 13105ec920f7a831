package typeset

import "fmt"

// A Sheet is a side of paper with pages on it. Without sheets every page is
// its own.
type Sheet struct {
	Size   Size
	Places []Placement
	trim   Rect // zero when it is the whole sheet
	bleed  Rect
}

// A Placement puts a page (from 1) on a sheet.
type Placement struct {
	Page   int
	Matrix Matrix // from the page to the sheet
}

// Impose puts the pages on sheets. Every page has to be on one of them,
// once.
func (d *Document) Impose(sheets []Sheet) { d.sheets = sheets }

// Booklet returns the sheets of a booklet of folded and nested paper, two
// pages of the given size side by side, front and back in turn: print on
// both sides, turn on the short edge, fold, staple. rightBound is for
// languages written from right to left.
func Booklet(pages int, s Size, rightBound bool) []Sheet {
	total := (pages + 3) / 4 * 4
	var sheets []Sheet
	for side := range total / 2 {
		left, right := total-side, side+1
		if side%2 == 1 {
			left, right = right, left
		}
		if rightBound {
			left, right = right, left
		}
		sheet := Sheet{Size: Size{2 * s.Width, s.Height}}
		for i, page := range []int{left, right} {
			if page <= pages {
				sheet.Places = append(sheet.Places, Placement{page, Translate(float64(i)*s.Width, 0)})
			}
		}
		sheets = append(sheets, sheet)
	}
	return sheets
}

// markRoom is the room for crop marks around the bleed.
const markRoom = 18

// singles returns a sheet for each page, with bleed and room for marks.
func (d *Document) singles() []Sheet {
	bleed, room := max(d.info.Bleed, 0), 0.0
	if d.info.Marks {
		room = markRoom
	}
	var sheets []Sheet
	for i, p := range d.pages {
		m := bleed + room
		s := Sheet{
			Size:   Size{p.size.Width + 2*m, p.size.Height + 2*m},
			Places: []Placement{{i + 1, Translate(m, m)}},
		}
		if m > 0 {
			s.trim = Rect{m, m, p.size.Width, p.size.Height}
			s.bleed = Rect{room, room, p.size.Width + 2*bleed, p.size.Height + 2*bleed}
		}
		sheets = append(sheets, s)
	}
	return sheets
}

// printed is a page in its place on a sheet.
type printed struct {
	sheet  int
	matrix Matrix
	height float64 // of the sheet
	mark   int     // number of its first marked content on the sheet
}

func (p printed) rect(r Rect) Rect { return p.matrix.rect(r) }

// impose decides where every page goes.
func (d *Document) impose() ([]Sheet, []printed, error) {
	sheets := d.sheets
	if sheets == nil {
		sheets = d.singles()
	}
	prints := make([]printed, len(d.pages))
	placed := make([]bool, len(d.pages))
	for i, s := range sheets {
		mark := 0
		for _, place := range s.Places {
			n := place.Page - 1
			if n < 0 || n >= len(d.pages) {
				return nil, nil, fmt.Errorf("sheet %d: page %d of %d", i+1, place.Page, len(d.pages))
			}
			if placed[n] {
				return nil, nil, fmt.Errorf("sheet %d: page %d is on a sheet already", i+1, place.Page)
			}
			placed[n] = true
			prints[n] = printed{i, place.Matrix, s.Size.Height, mark}
			mark += len(d.pages[n].marked)
		}
	}
	for n, ok := range placed {
		if !ok {
			return nil, nil, fmt.Errorf("page %d: on no sheet", n+1)
		}
	}
	return sheets, prints, nil
}

// cropMarks returns operators for marks at the corners of the trim box.
func (s Sheet) cropMarks() string {
	const length, thickness = 12, 0.25
	t, h := s.trim, s.Size.Height
	marks := fmt.Sprintf("/Artifact%sBDC\n0 G %s w [] 0 d\n", PageMatter, number(thickness))
	for _, x := range []float64{t.X, t.X + t.Width} {
		marks += fmt.Sprintf("%s %s m %s %s l S\n", number(x), number(h), number(x), number(h-length))
		marks += fmt.Sprintf("%s %s m %s %s l S\n", number(x), number(0), number(x), number(length))
	}
	for _, y := range []float64{h - t.Y, h - t.Y - t.Height} {
		marks += fmt.Sprintf("%s %s m %s %s l S\n", number(0), number(y), number(length), number(y))
		marks += fmt.Sprintf("%s %s m %s %s l S\n", number(s.Size.Width), number(y), number(s.Size.Width-length), number(y))
	}
	return marks + "EMC\n"
}
