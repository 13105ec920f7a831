package typeset

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// pdfFile is a finished file, read back: dictionaries and streams by object
// number.
type pdfFile struct {
	t       testing.TB
	objects map[int]string
	streams map[int][]byte
	catalog int
}

var (
	objectHead = regexp.MustCompile(`(?m)^(\d+) 0 obj\n`)
	reference  = regexp.MustCompile(`(\d+) 0 R`)
)

// readPDF reads a file by its cross-reference stream.
func readPDF(t testing.TB, pdf []byte) *pdfFile {
	t.Helper()
	f := &pdfFile{t: t, objects: map[int]string{}, streams: map[int][]byte{}}
	tail := regexp.MustCompile(`startxref\n(\d+)\n%%EOF\n$`).FindSubmatch(pdf)
	if tail == nil {
		t.Fatal("no startxref")
	}
	number, dictionary, table := f.streamAt(pdf, atoi(string(tail[1])))
	f.catalog = f.ref(dictionary, "Root")
	entries := len(table) / 7
	if got := f.integer(dictionary, "Size"); got != entries || number != entries-1 {
		t.Fatalf("cross-reference table: size %d with %d entries, object %d", got, entries, number)
	}
	for n := range entries {
		e := table[7*n:]
		if e[0] == 1 {
			f.readAt(pdf, n, int(be.Uint32(e[1:])))
		}
	}
	for n := range entries {
		e := table[7*n:]
		if e[0] == 2 {
			f.objects[n] = f.packed(int(be.Uint32(e[1:])), int(be.Uint16(e[5:])), n)
		}
	}
	return f
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}

func (f *pdfFile) readAt(pdf []byte, n, at int) {
	number, dictionary, data := f.streamAt(pdf, at)
	if number != n {
		f.t.Fatalf("object %d at %d: got %d", n, at, number)
	}
	f.objects[n], f.streams[n] = dictionary, data
}

// streamAt reads the stream that begins at a place in the file.
func (f *pdfFile) streamAt(pdf []byte, at int) (int, string, []byte) {
	m := objectHead.FindSubmatchIndex(pdf[at:])
	if m == nil || m[0] != 0 {
		f.t.Fatalf("no object at %d", at)
	}
	rest := pdf[at+m[1]:]
	begin := bytes.Index(rest, []byte("stream\n"))
	dictionary := string(rest[:begin])
	data := rest[begin+7:][:f.integer(dictionary, "Length")]
	if !bytes.HasPrefix(rest[begin+7+len(data):], []byte("\nendstream\nendobj\n")) {
		f.t.Fatalf("object at %d: wrong length", at)
	}
	if strings.Contains(dictionary, "FlateDecode") && !strings.Contains(dictionary, "Predictor") {
		plain, err := inflate(data)
		if err != nil {
			f.t.Fatal(err)
		}
		data = plain
	}
	return atoi(string(pdf[at+m[2] : at+m[3]])), dictionary, data
}

// packed returns object n, the k-th of an object stream.
func (f *pdfFile) packed(stream, k, n int) string {
	data := string(f.streams[stream])
	first := f.integer(f.objects[stream], "First")
	fields := strings.Fields(data[:first])
	if atoi(fields[2*k]) != n {
		f.t.Fatalf("object %d: got %s in its place", n, fields[2*k])
	}
	end := len(data)
	if 2*k+3 < len(fields) {
		end = first + atoi(fields[2*k+3])
	}
	return strings.TrimSpace(data[first+atoi(fields[2*k+1]) : end])
}

func (f *pdfFile) integer(dictionary, key string) int {
	m := regexp.MustCompile(`/` + key + `\s(\d+)`).FindStringSubmatch(dictionary)
	if m == nil {
		f.t.Fatalf("no /%s in %.200s", key, dictionary)
	}
	return atoi(m[1])
}

// ref returns the object that an entry refers to, 0 for none.
func (f *pdfFile) ref(dictionary, key string) int {
	m := regexp.MustCompile(`/` + key + `\s?\[?(\d+) 0 R`).FindStringSubmatch(dictionary)
	if m == nil {
		return 0
	}
	return atoi(m[1])
}

// refs returns the objects in the array of an entry.
func (f *pdfFile) refs(dictionary, key string) []int {
	m := regexp.MustCompile(`/` + key + `\s?\[([^\]]*)\]`).FindStringSubmatch(dictionary)
	if m == nil {
		return nil
	}
	var all []int
	for _, r := range reference.FindAllStringSubmatch(m[1], -1) {
		all = append(all, atoi(r[1]))
	}
	return all
}

func (f *pdfFile) get(n int) string { return f.objects[n] }

// pages returns the page objects in order.
func (f *pdfFile) pages() []int {
	return f.refs(f.get(f.ref(f.get(f.catalog), "Pages")), "Kids")
}

// content returns the operators of a page.
func (f *pdfFile) content(page int) string { return string(f.streams[f.ref(f.get(page), "Contents")]) }

// readFont is a font, read back.
type readFont struct {
	name   string
	text   map[int]string // ToUnicode
	widths map[int]int    // W
	glyphs []byte         // CIDToGIDMap
	file   []byte
}

// fonts returns the fonts by the names that pages use.
func (f *pdfFile) fonts() map[string]readFont {
	fonts := map[string]readFont{}
	for _, m := range regexp.MustCompile(`/(f\d+) (\d+) 0 R`).FindAllStringSubmatch(f.get(2), -1) {
		top := f.get(atoi(m[2]))
		below := f.get(f.ref(top, "DescendantFonts"))
		descriptor := f.get(f.ref(below, "FontDescriptor"))
		fonts[m[1]] = readFont{
			name:   regexp.MustCompile(`/BaseFont /(\S+)`).FindStringSubmatch(top)[1],
			text:   readToUnicode(string(f.streams[f.ref(top, "ToUnicode")])),
			widths: readWidths(below),
			glyphs: f.streams[f.ref(below, "CIDToGIDMap")],
			file:   f.streams[f.ref(descriptor, "FontFile2")],
		}
	}
	return fonts
}

func readToUnicode(cmap string) map[int]string {
	all := map[int]string{}
	for _, m := range regexp.MustCompile(`<([0-9A-F]{4})><([0-9A-F]+)>\n`).FindAllStringSubmatch(cmap, -1) {
		all[hex(m[1])] = fromUTF16(m[2])
	}
	return all
}

func readWidths(font string) map[int]int {
	all := map[int]int{}
	w := font[strings.Index(font, "/W [")+4:]
	tokens := regexp.MustCompile(`[\[\]]|\d+`).FindAllString(w[:strings.Index(w, "/CIDToGIDMap")], -1)
	for i := 0; i+2 < len(tokens); {
		first := atoi(tokens[i])
		if tokens[i+1] != "[" {
			for c := first; c <= atoi(tokens[i+1]); c++ {
				all[c] = atoi(tokens[i+2])
			}
			i += 3
			continue
		}
		for i += 2; tokens[i] != "]"; i++ {
			all[first] = atoi(tokens[i])
			first++
		}
		i++
	}
	return all
}

func hex(s string) int {
	n, _ := strconv.ParseInt(s, 16, 32)
	return int(n)
}

// operator is an operator of a content stream with its operands.
type operator struct {
	name     string
	operands []string
}

// contentToken matches what a content stream of ours is made of.
func contentToken(s string) string {
	end := 1
	switch c := s[0]; {
	case strings.HasPrefix(s, "<<"):
		end = strings.Index(s, ">>") + 2
	case c == '<':
		end = strings.IndexByte(s, '>') + 1
	case c == '[' || c == ']':
	default:
		for end < len(s) && !strings.ContainsRune(" \n<[]/", rune(s[end])) {
			end++
		}
	}
	return s[:end]
}

// operators splits a content stream.
func operators(content string) []operator {
	var all []operator
	var operands []string
	for {
		content = strings.TrimLeft(content, " \n")
		if content == "" {
			return all
		}
		token := contentToken(content)
		content = content[len(token):]
		if c := token[0]; c >= 'A' && c != '[' && c != ']' {
			all = append(all, operator{token, operands})
			operands = nil
			continue
		}
		operands = append(operands, token)
	}
}
