package typeset

import (
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// producer is the name of this package in files.
const producer = "Tamada"

// pageObject is the object number of sheet i in gofpdf's layout: pages come
// first, each followed by its content.
func pageObject(i int) int { return 3 + 2*i }

// finisher adds to gofpdf's file what it cannot write: tags, link
// annotations, exact ToUnicode maps, the outline and metadata.
type finisher struct {
	*objects
	d      *Document
	sheets []Sheet
	prints []printed
	room   []byte
}

func (d *Document) finish(ctx context.Context, o *objects, sheets []Sheet, prints []printed) ([]byte, error) {
	f := &finisher{objects: o, d: d, sheets: sheets, prints: prints}
	info, catalog := len(o.list)-1, len(o.list)
	if !bytes.HasPrefix(o.get(catalog), []byte("<<\n/Type /Catalog")) || !bytes.HasPrefix(o.get(pageObject(0)), []byte("<</Type /Page\n")) {
		return nil, errLayout
	}
	o.sortImages()
	if err := f.nameImages(); err != nil {
		return nil, err
	}
	if err := f.fixFonts(info); err != nil {
		return nil, err
	}
	annotations := f.addAnnotations()
	tree := f.addTree()
	for i := range sheets {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := f.fixPage(i, annotations[i]); err != nil {
			return nil, err
		}
	}
	f.set(info, d.infoDictionary())
	metadata := d.xmp()
	xmp := f.add(fmt.Sprintf("<</Type/Metadata/Subtype/XML/Length %d>>stream\n%s\nendstream", len(metadata), metadata))
	f.set(catalog, fmt.Sprintf("<</Type/Catalog/Pages 1 0 R/Lang%s/MarkInfo<</Marked true>>/StructTreeRoot %d 0 R/ViewerPreferences<</DisplayDocTitle true>>/Metadata %d 0 R%s>>",
		textString(d.info.Language), tree, xmp, f.addOutline()))
	return f.bytes(catalog, info), nil
}

// nameImages gives images their names on pages.
func (f *finisher) nameImages() error {
	resources := string(f.get(2))
	for _, i := range f.d.pictures {
		entry := regexp.MustCompile(`/I` + i.engine + `( \d+ 0 R)`).FindStringSubmatchIndex(resources)
		if entry == nil {
			return errLayout
		}
		resources = resources[:entry[0]] + "/" + i.name + resources[entry[2]:entry[3]] + "\n" + resources[entry[0]:]
	}
	f.set(2, imageEntry.ReplaceAllString(resources, ""))
	return nil
}

// fontObject matches what gofpdf writes first of the seven objects of a
// font: font, descendant font, ToUnicode, system info, descriptor,
// CIDToGIDMap, file.
var fontObject = regexp.MustCompile(`^<</Type /Font\n/Subtype /Type0\n/BaseFont /utf8(f(\d+))\n/Encoding /Identity-H\n/DescendantFonts \[(\d+) 0 R\]\n/ToUnicode (\d+) 0 R>>`)

// fixFonts finds and mends the fonts before object end.
func (f *finisher) fixFonts(end int) error {
	fixed := 0
	for n := pageObject(len(f.sheets)); n+6 < end; n++ {
		m := fontObject.FindSubmatch(f.get(n))
		if m == nil {
			continue
		}
		i, err := strconv.Atoi(string(m[2]))
		if err != nil || i >= len(f.d.fonts) || string(m[3]) != strconv.Itoa(n+1) || string(m[4]) != strconv.Itoa(n+2) {
			return errLayout
		}
		if err := f.fixFont(n, f.d.fonts[i]); err != nil {
			return err
		}
		fixed++
	}
	if fixed != len(f.d.fonts) {
		return errLayout
	}
	return nil
}

// fixFont gives a font its name on pages, the name of a subset, its text and
// a better compressed file.
func (f *finisher) fixFont(n int, font *pageFont) error {
	_, data, err := f.stream(n + 6)
	if err != nil {
		return err
	}
	file, err := inflate(data)
	if err != nil {
		return errLayout
	}
	f.setStream(n+6, fmt.Sprintf("/Length1 %d", len(file)), file)
	name := []byte("/" + subsetTag(file) + "+" + font.face.name)
	for _, k := range []int{n, n + 1, n + 4} {
		f.set(k, string(bytes.ReplaceAll(f.get(k), []byte("/utf8"+font.name), name)))
	}
	f.setStream(n+2, "", []byte(font.toUnicode()))

	resource := regexp.MustCompile(fmt.Sprintf(`/F[0-9a-f]{40} %d 0 R`, n))
	if len(resource.FindAll(f.get(2), -1)) != 1 {
		return errLayout
	}
	f.set(2, string(resource.ReplaceAll(f.get(2), fmt.Appendf(nil, "/%s %d 0 R", font.name, n))))
	return nil
}

// subsetTag is the prefix of a subset's name (ISO 32000-1, 9.6.4).
func subsetTag(file []byte) string {
	sum := sha256.Sum256(file)
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + sum[i]%26
	}
	return string(tag)
}

// toUnicode returns the CMap that gives every code its text (ISO 32000-1,
// 9.10.3). Glyphs without text of their own stand for a zero-width space.
func (f *pageFont) toUnicode() string {
	const atOnce = 100
	var b strings.Builder
	b.WriteString("/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def/CMapName/Adobe-Identity-UCS def/CMapType 2 def 1 begincodespacerange<0000><FFFF>endcodespacerange\n")
	for i := 0; i < len(f.list); i += atOnce {
		end := min(i+atOnce, len(f.list))
		fmt.Fprintf(&b, "%d beginbfchar\n", end-i)
		for k := i; k < end; k++ {
			fmt.Fprintf(&b, "<%04X><%s>\n", firstCode+codeStep*k, utf16Hex(cmp.Or(f.list[k].text, "\u200b")))
		}
		b.WriteString("endbfchar\n")
	}
	b.WriteString("endcmap CMapName currentdict/CMap defineresource pop end end")
	return b.String()
}

// addAnnotations writes the links and returns the annotations of each sheet.
func (f *finisher) addAnnotations() []string {
	all := make([]string, len(f.sheets))
	key := len(f.sheets)
	for _, p := range f.d.pages {
		at := f.prints[p.index]
		for _, a := range p.links {
			a.object = f.add(fmt.Sprintf("<</Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect%s/Contents%s/StructParent %d%s>>",
				pdfRect(at.rect(a.box), at.height), textString(a.contents), key, f.action(a.link)))
			all[at.sheet] += fmt.Sprintf("%d 0 R ", a.object)
			key++
		}
	}
	return all
}

// pdfRect writes a rectangle as PDF does: two corners, up from the bottom.
func pdfRect(r Rect, height float64) string {
	return fmt.Sprintf("[%s %s %s %s]", number(r.X), number(height-r.Y-r.Height), number(r.X+r.Width), number(height-r.Y))
}

func (f *finisher) action(l Link) string {
	if l.Place == "" {
		return "/A<</S/URI/URI" + textString(percentEncoded(l.URI)) + ">>"
	}
	return "/Dest" + f.destination(f.d.places[l.Place])
}

func (f *finisher) destination(t destination) string {
	at := f.prints[t.page.index]
	_, y := at.matrix.point(0, t.y)
	return fmt.Sprintf("[%d 0 R/XYZ null %s null]", pageObject(at.sheet), number(at.height-y))
}

// percentEncoded makes an address ASCII, as PDF wants it.
func percentEncoded(uri string) string {
	var b strings.Builder
	for i := range len(uri) {
		if c := uri[i]; c <= ' ' || c > '~' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// fixPage ties a page to the structure and to its links, and compresses it.
func (f *finisher) fixPage(i int, annotations string) error {
	n, s := pageObject(i), f.sheets[i]
	entries := fmt.Sprintf("/StructParents %d/Tabs/S", i)
	if annotations != "" {
		entries += "/Annots[" + annotations + "]"
	}
	if s.trim != (Rect{}) {
		entries += "/TrimBox" + pdfRect(s.trim, s.Size.Height) + "/BleedBox" + pdfRect(s.bleed, s.Size.Height)
	}
	f.extend(n, entries)
	if _, _, err := f.stream(n + 1); err != nil {
		return err
	}
	content, err := f.d.content(s, f.prints)
	if err != nil {
		return err
	}
	f.setDeflated(n+1, "", content)
	return nil
}

func (d *Document) infoDictionary() string {
	var b strings.Builder
	b.WriteString("<</Producer" + textString(producer))
	for _, entry := range [][2]string{{"Title", d.info.Title}, {"Author", d.info.Author}, {"Subject", d.info.Subject}} {
		if entry[1] != "" {
			b.WriteString("/" + entry[0] + textString(entry[1]))
		}
	}
	date := d.info.Date.UTC().Format("20060102150405")
	fmt.Fprintf(&b, "/CreationDate(D:%sZ)/ModDate(D:%sZ)>>", date, date)
	return b.String()
}

// xmp returns the metadata of PDF/UA-1 (ISO 14289-1, clause 5).
func (d *Document) xmp() string {
	escape := strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace
	date := d.info.Date.UTC().Format(time.RFC3339)
	var b strings.Builder
	b.WriteString("<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>" +
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">` +
		`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">` +
		`<dc:format>application/pdf</dc:format>`)
	fmt.Fprintf(&b, `<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>`, escape(d.info.Title))
	if d.info.Author != "" {
		fmt.Fprintf(&b, `<dc:creator><rdf:Seq><rdf:li>%s</rdf:li></rdf:Seq></dc:creator>`, escape(d.info.Author))
	}
	if d.info.Subject != "" {
		fmt.Fprintf(&b, `<dc:description><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:description>`, escape(d.info.Subject))
	}
	fmt.Fprintf(&b, `<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>`, escape(d.info.Language))
	fmt.Fprintf(&b, `<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%s</xmp:ModifyDate><pdf:Producer>%s</pdf:Producer>`, date, date, producer)
	b.WriteString(`<pdfuaid:part>1</pdfuaid:part></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="r"?>`)
	return b.String()
}
