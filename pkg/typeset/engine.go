package typeset

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"github.com/jung-kurt/gofpdf"
)

// Bytes makes the PDF file. The same drawing gives the same bytes, in any
// process. ctx is looked at between pages.
func (d *Document) Bytes(ctx context.Context) ([]byte, error) {
	d.endContent()
	switch {
	case d.err != nil:
		return nil, d.err
	case len(d.pages) == 0:
		return nil, errors.New("document without pages")
	case d.at != d.root:
		return nil, fmt.Errorf("element %s: not ended", d.at.tag)
	}
	if err := d.checkLinks(); err != nil {
		return nil, err
	}
	sheets, prints, err := d.impose()
	if err != nil {
		return nil, err
	}
	raw, err := d.engine(ctx, sheets, prints)
	if err != nil {
		return nil, err
	}
	f, err := split(raw)
	if err != nil {
		return nil, err
	}
	return d.finish(ctx, f, sheets, prints)
}

// engine has gofpdf cut and embed the fonts, embed the images and lay the
// file out. No text reaches it: only our fonts, re-encoded images, and the
// operators of the pages.
func (d *Document) engine(ctx context.Context, sheets []Sheet, prints []printed) ([]byte, error) {
	first := sheets[0].Size
	p := gofpdf.NewCustom(&gofpdf.InitType{UnitStr: "pt", Size: gofpdf.SizeType{Wd: first.Width, Ht: first.Height}})
	p.SetCatalogSort(true)
	p.SetCompression(false) // finish compresses
	p.SetCreationDate(d.info.Date)
	p.SetModificationDate(d.info.Date)
	p.SetAutoPageBreak(false, 0)
	for _, f := range d.fonts {
		f.register(p)
	}
	images := &imageRegister{p: p, grey: d.info.Grey, names: map[*Picture]string{}}
	for _, s := range sheets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.AddPageFormat("P", gofpdf.SizeType{Wd: s.Size.Width, Ht: s.Size.Height})
		if s.trim != (Rect{}) && d.info.Marks {
			p.RawWriteStr(s.cropMarks())
		}
		for _, place := range s.Places {
			if err := d.print(p, images, prints[place.Page-1], d.pages[place.Page-1], len(s.Places) > 1); err != nil {
				return nil, err
			}
		}
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return b.Bytes(), nil
}

// print writes the content of a page to its sheet. Pages that share a sheet
// are clipped.
func (d *Document) print(p *gofpdf.Fpdf, images *imageRegister, at printed, pg *page, clip bool) error {
	whole := at.matrix == Identity && !clip
	if !whole {
		p.RawWriteStr("q " + at.matrix.upward(pg.size.Height, at.height).operator())
	}
	if clip {
		p.RawWriteStr(fmt.Sprintf("0 0 %s %s re W n", number(pg.size.Width), number(pg.size.Height)))
	}
	for _, part := range pg.content {
		switch {
		case part.element != nil:
			p.RawWriteStr(fmt.Sprintf("/%s<</MCID %d>>BDC", part.element.tag, at.mark+part.mark))
		case part.picture != nil:
			if err := images.draw(part.picture, at.height); err != nil {
				return err
			}
		default:
			p.RawWriteStr(string(part.operators))
		}
	}
	if !whole {
		p.RawWriteStr("Q")
	}
	return nil
}

// register adds the font to p and has p know the codes in use: they are
// drawn on a template that no page shows, which writes nothing but the list
// of used characters.
func (f *pageFont) register(p *gofpdf.Fpdf) {
	glyphs, codes := make([]int, len(f.list)), make([]rune, len(f.list))
	for i, k := range f.list {
		glyphs[i], codes[i] = k.glyph, rune(firstCode+codeStep*i)
	}
	p.AddUTF8FontFromBytes(f.name, "", f.face.withCodes(glyphs))
	p.CreateTemplate(func(t *gofpdf.Tpl) {
		t.SetFont(f.name, "", 1)
		t.Text(0, 0, string(codes))
	})
}

// imageRegister gives each picture to p once.
type imageRegister struct {
	p     *gofpdf.Fpdf
	grey  bool
	names map[*Picture]string
}

// draw draws the picture into the unit square, which the operators before
// have put in its place.
func (r *imageRegister) draw(picture *Picture, height float64) error {
	options := gofpdf.ImageOptions{ImageType: "png"}
	name, ok := r.names[picture]
	if !ok {
		made, data, err := picture.encode(r.grey)
		if err != nil {
			return err
		}
		name, r.names[picture] = made, made
		r.p.RegisterImageOptionsReader(name, options, bytes.NewReader(data))
	}
	r.p.ImageOptions(name, 0, height-1, 1, 1, false, options, 0, "")
	return nil
}
