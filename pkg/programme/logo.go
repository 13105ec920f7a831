package programme

import (
	"io"
	"io/fs"
	"math"
	"path"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// maxLogo is the size of the largest file that is read as a logo, in bytes.
const maxLogo = 4 << 20

// readLogos reads the logos of the organisers; those who have none, or one
// that cannot be drawn, are named in words.
func (j *job) readLogos() {
	j.logos = make([]*typeset.Artwork, len(j.event.Organisers))
	if j.o.Images == nil {
		return
	}
	for i, o := range j.event.Organisers {
		for _, name := range logoFiles(o.Logo) {
			if data := readFile(j.o.Images, name); data != nil {
				if art, err := typeset.ReadArtwork(data); err == nil {
					j.logos[i] = art
					break
				}
			}
		}
	}
}

// logoFiles returns the files that may hold a logo for print: beside an SVG
// file, which may use more of that format than is drawn here, one of the same
// name as PNG.
func logoFiles(name string) []string {
	extension := path.Ext(name)
	stem := strings.TrimSuffix(name, extension)
	switch {
	case name == "":
		return nil
	case strings.EqualFold(extension, ".svg"):
		return []string{stem + ".print.svg", stem + ".png", name}
	}
	return []string{name}
}

// readFile reads a file that is not too large, or nothing.
func readFile(files fs.FS, name string) []byte {
	if !fs.ValidPath(name) {
		return nil
	}
	f, err := files.Open(name)
	if err != nil {
		return nil
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, maxLogo+1))
	if err != nil || len(data) > maxLogo {
		return nil
	}
	return data
}

// logoSize is how large a logo is drawn: logos of any ratio get about the same
// area, so that none outweighs another, as far as the box allows.
func logoSize(a *typeset.Artwork, width, height float64) (w, h float64) {
	const part = 0.36 // of the area of the box
	w = math.Sqrt(part * width * height * a.Width / a.Height)
	w = min(w, width, height*a.Width/a.Height)
	return w, w * a.Height / a.Width
}

// logo puts a logo on a strip, its middle at y, at the start or end side of m.
// It returns its width.
func (s *strip) logo(e *element, m measure, a *typeset.Artwork, y, height float64, alt string) float64 {
	w, h := logoSize(a, m.width, height)
	offset := m.offset
	if m.align == typeset.End {
		offset += m.width - w
	}
	s.marks = append(s.marks, mark{x: m.column.At(offset, w), y: y - h/2, element: e, draw: func(p *painter, x, y float64) {
		p.d.Artwork(a, typeset.Rect{X: x, Y: y, Width: w, Height: h}, alt)
	}})
	return w
}

// hasLogo reports whether any of the organisers from index from has one.
func (j *job) hasLogo(from, end int) bool {
	for _, a := range j.logos[from:end] {
		if a != nil {
			return true
		}
	}
	return false
}

// organiserName is the name of an organiser in the first language.
func (j *job) organiserName(o *agenda.Organiser) string {
	name, _ := j.first().text(o.Name)
	return name
}

// signets sets organisers beside each other: their capacities, and below them
// logos, or names where there are none.
func (j *job) signets(f *flow, e *element, from, end int, columns func(i int) measure) {
	height := j.design.pt(46)
	as, name := quietLook, strongLook
	name.size, name.leading = 10.6, 14
	var capacities []cell
	s := strip{before: j.design.pt(3), height: height}
	for i := range j.event.Organisers[from:end] {
		o, m := &j.event.Organisers[from+i], columns(i)
		own := e.in(typeset.Div)
		if c := j.set(m, nil, j.each(func(v *voice) []phrase { return only(v.say(o.As, as)) })...); len(c.block.Lines) > 0 {
			c.element = own.in(typeset.P)
			capacities = append(capacities, c)
		}
		if art := j.logos[from+i]; art != nil {
			m.width = min(m.width, j.design.pt(150))
			s.logo(own.in(typeset.Div), m, art, height/2, height, j.organiserName(o))
			continue
		}
		c := j.fitted(m, own.in(typeset.P), 3, 0.7, j.each(func(v *voice) []phrase {
			return only(v.say(o.Name, name).to(link(address(o.URL))))
		})...)
		s.stack(max(0, (height-c.block.Height())/2), c)
	}
	start := f.end()
	f.row(j.design.pt(8), capacities...)
	f.strips = append(f.strips, s)
	f.keep(start)
}
