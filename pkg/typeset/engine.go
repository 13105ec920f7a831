package typeset

import (
	"bytes"
	"context"
	"crypto/sha1"
	"errors"
	"fmt"
	"regexp"
	"strconv"

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
	raw, err := d.engine(ctx, sheets)
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
// file out. No text reaches it: only our fonts and re-encoded images. Its
// pages are empty; finishing puts in what is on them.
func (d *Document) engine(ctx context.Context, sheets []Sheet) ([]byte, error) {
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
	for _, i := range d.pictures {
		if err := i.register(p, d.info.Grey); err != nil {
			return nil, err
		}
	}
	for _, s := range sheets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		p.AddPageFormat("P", gofpdf.SizeType{Wd: s.Size.Width, Ht: s.Size.Height})
	}
	var b bytes.Buffer
	if err := p.Output(&b); err != nil {
		return nil, fmt.Errorf("pdf: %w", err)
	}
	return b.Bytes(), nil
}

// content returns what is on a sheet, compressed.
func (d *Document) content(s Sheet, prints []printed) ([]byte, error) {
	if one := s.Places; len(one) == 1 && one[0].Matrix == Identity && s.trim == (Rect{}) {
		if pg := d.pages[one[0].Page-1]; len(pg.sealed) == 1 && len(pg.drawn) == 0 {
			return pg.sealed[0], nil
		}
	}
	var b []byte
	if s.trim != (Rect{}) && d.info.Marks {
		b = append(b, s.cropMarks()...)
	}
	for _, place := range s.Places {
		content, err := d.pages[place.Page-1].content()
		if err != nil {
			return nil, err
		}
		b = d.appendPage(b, content, prints[place.Page-1], d.pages[place.Page-1].size, len(s.Places) > 1)
	}
	return deflate(b), nil
}

// appendPage appends the content of a page to that of its sheet. Pages that
// share a sheet are clipped.
func (d *Document) appendPage(b, content []byte, at printed, size Size, clip bool) []byte {
	if at.matrix == Identity && !clip {
		return append(b, content...)
	}
	b = append(b, "q "+at.matrix.upward(size.Height, at.height).operator()...)
	if clip {
		b = fmt.Appendf(b, "0 0 %s %s re W n\n", number(size.Width), number(size.Height))
	}
	b = append(b, renumbered(content, at.mark)...)
	return append(b, "Q\n"...)
}

// markNumber matches what [appendMark] writes: text is hexadecimal and names
// are ours, so that nothing else on a page looks like it.
var markNumber = regexp.MustCompile(`<</MCID (\d+)>>BDC`)

// renumbered counts marked content from first on.
func renumbered(content []byte, first int) []byte {
	if first == 0 {
		return content
	}
	return markNumber.ReplaceAllFunc(content, func(m []byte) []byte {
		n, _ := strconv.Atoi(string(m[len("<</MCID ") : len(m)-len(">>BDC")])) // digits
		return fmt.Appendf(nil, "<</MCID %d>>BDC", first+n)
	})
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

// pagePicture is a picture as one document uses it.
type pagePicture struct {
	picture *Picture
	name    string // on pages
	engine  string // in the engine's file
}

// pictureFor returns the name of a picture in the document.
func (d *Document) pictureFor(p *Picture) string {
	for _, known := range d.pictures {
		if known.picture == p {
			return known.name
		}
	}
	made := &pagePicture{picture: p, name: fmt.Sprintf("i%03d", len(d.pictures))}
	d.pictures = append(d.pictures, made)
	return made.name
}

// register gives the picture to p, which names it by a sum of what it knows
// of it.
func (i *pagePicture) register(p *gofpdf.Fpdf, grey bool) error {
	name, data, err := i.picture.encode(grey)
	if err != nil {
		return err
	}
	info := p.RegisterImageOptionsReader(name, gofpdf.ImageOptions{ImageType: "png"}, bytes.NewReader(data))
	if err := p.Error(); err != nil {
		return fmt.Errorf("%w: %v", ErrPicture, err)
	}
	known, err := info.GobEncode()
	if err != nil {
		return err
	}
	i.engine = fmt.Sprintf("%x", sha1.Sum(known))
	return nil
}
