package typeset

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"unicode"
	"unicode/utf16"
)

// errLayout is the error when the engine's file is not laid out as that of
// gofpdf v1.16.2, which the finishing relies on.
var errLayout = errors.New("pdf: not laid out as by gofpdf v1.16.2")

// objects are the objects of a PDF file; number n is at n-1.
type objects struct{ list [][]byte }

// split reads the objects of a file written by gofpdf.
func split(pdf []byte) (*objects, error) {
	table := bytes.LastIndex(pdf, []byte("\nxref\n0 ")) + 1
	if table == 0 {
		return nil, errLayout
	}
	lines := bytes.Split(pdf[table:], []byte("\n"))
	n, err := strconv.Atoi(string(lines[1][2:]))
	if err != nil || n < 5 || len(lines) < n+2 {
		return nil, errLayout
	}
	offsets := []int{table} // of the free entry 0: the end of the last object
	for _, line := range lines[3 : n+2] {
		at, err := strconv.Atoi(string(line[:min(10, len(line))]))
		if err != nil || at <= 0 || at >= table {
			return nil, errLayout
		}
		offsets = append(offsets, at)
	}
	return cutObjects(pdf, offsets)
}

func cutObjects(pdf []byte, offsets []int) (*objects, error) {
	sorted := slices.Sorted(slices.Values(offsets)) // objects 1 and 2 come late
	f := &objects{}
	for i, at := range offsets[1:] {
		k, _ := slices.BinarySearch(sorted, at)
		body, ok := bytes.CutPrefix(pdf[at:sorted[k+1]], fmt.Appendf(nil, "%d 0 obj\n", i+1))
		if !ok {
			return nil, errLayout
		}
		body = bytes.TrimSuffix(body, []byte("\n"))
		f.list = append(f.list, bytes.TrimSuffix(body, []byte("\nendobj")))
	}
	return f, nil
}

// get returns object n, or nothing if there is none.
func (f *objects) get(n int) []byte {
	if n < 1 || n > len(f.list) {
		return nil
	}
	return f.list[n-1]
}

// add returns the number of a new object.
func (f *objects) add(content string) int {
	f.list = append(f.list, []byte(content))
	return len(f.list)
}

func (f *objects) set(n int, content string) { f.list[n-1] = []byte(content) }

// extend adds entries to the dictionary n.
func (f *objects) extend(n int, entries string) {
	f.set(n, strings.TrimSuffix(strings.TrimSpace(string(f.get(n))), ">>")+entries+">>")
}

// setStream makes object n a compressed stream.
func (f *objects) setStream(n int, entries string, data []byte) {
	f.setDeflated(n, entries, deflate(data))
}

// setDeflated makes object n a stream of compressed data.
func (f *objects) setDeflated(n int, entries string, data []byte) {
	f.list[n-1] = fmt.Appendf(make([]byte, 0, len(data)+80), "<<%s/Filter/FlateDecode/Length %d>>stream\n%s\nendstream", entries, len(data), data)
}

// stream returns the dictionary and the data of the stream n, as written.
func (f *objects) stream(n int) ([]byte, []byte, error) {
	dictionary, data, found := bytes.Cut(f.get(n), []byte("\nstream\n"))
	data, ended := bytes.CutSuffix(data, []byte("\nendstream"))
	if !found || !ended {
		return nil, nil, errLayout
	}
	return dictionary, data, nil
}

var imageEntry = regexp.MustCompile(`(/I[0-9a-f]{40}) (\d+) 0 R`)

// sortImages puts images into the order of their names: gofpdf sorts them
// by width and leaves those of one width to the order of a map.
func (f *objects) sortImages() {
	entries := imageEntry.FindAllSubmatch(f.get(2), -1)
	old := slices.Clone(f.list)
	moved, next := map[string]int{}, len(old)+1
	for _, e := range entries {
		n, _ := strconv.Atoi(string(e[2]))
		next = min(next, n)
	}
	for _, e := range entries {
		n, _ := strconv.Atoi(string(e[2]))
		if moved[string(e[2])] != 0 || n < 1 || n >= len(old) {
			continue
		}
		moved[string(e[2])] = next
		head, data, _ := bytes.Cut(old[n-1], []byte("\nstream\n"))
		mask := fmt.Appendf(nil, " %d 0 R", n+1) // it follows its image
		masked := bytes.Contains(head, mask)
		head = bytes.ReplaceAll(head, mask, fmt.Appendf(nil, " %d 0 R", next+1))
		f.set(next, string(head)+"\nstream\n"+string(data))
		next++
		if masked {
			f.set(next, string(old[n]))
			next++
		}
	}
	f.set(2, string(imageEntry.ReplaceAllFunc(f.get(2), func(entry []byte) []byte {
		m := imageEntry.FindSubmatch(entry)
		return fmt.Appendf(nil, "%s %d 0 R", m[1], moved[string(m[2])])
	})))
}

// maxPacked is how many objects share an object stream.
const maxPacked = 200

// writer writes a file with object streams and a cross-reference stream
// (ISO 32000-1, 7.5.7 and 7.5.8).
type writer struct {
	bytes.Buffer
	entries [][3]int // type, offset or stream, index
}

// bytes writes the file.
func (f *objects) bytes(catalog, info int) []byte {
	w := &writer{entries: make([][3]int, len(f.list)+1)}
	w.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	w.entries[0] = [3]int{0, 0, 65535}
	var packed []int
	for i, object := range f.list {
		if !bytes.HasSuffix(object, []byte("\nendstream")) {
			packed = append(packed, i+1)
			continue
		}
		w.entries[i+1] = [3]int{1, w.Len(), 0}
		fmt.Fprintf(w, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	for group := range slices.Chunk(packed, maxPacked) {
		w.pack(f, group)
	}
	w.finish(catalog, info)
	return w.Bytes()
}

// pack writes objects into one stream.
func (w *writer) pack(f *objects, numbers []int) {
	var head, body bytes.Buffer
	self := len(w.entries)
	for k, n := range numbers {
		fmt.Fprintf(&head, "%d %d ", n, body.Len())
		body.Write(f.get(n))
		body.WriteByte('\n')
		w.entries[n] = [3]int{2, self, k}
	}
	data := deflate(slices.Concat(head.Bytes(), body.Bytes()))
	w.entries = append(w.entries, [3]int{1, w.Len(), 0})
	fmt.Fprintf(w, "%d 0 obj\n<</Type/ObjStm/N %d/First %d/Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\n",
		self, len(numbers), head.Len(), len(data), data)
}

// finish writes the cross-reference stream and the trailer.
func (w *writer) finish(catalog, info int) {
	id := fmt.Sprintf("%X", sha256.Sum256(w.Bytes()))[:32]
	self, start := len(w.entries), w.Len()
	w.entries = append(w.entries, [3]int{1, start, 0})
	var table []byte
	for _, e := range w.entries {
		table = append(table, byte(e[0]))
		table = be.AppendUint32(table, uint32(e[1]))
		table = be.AppendUint16(table, uint16(e[2]))
	}
	data := deflate(table)
	fmt.Fprintf(w, "%d 0 obj\n<</Type/XRef/Size %d/W[1 4 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]/Filter/FlateDecode/Length %d>>stream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n",
		self, len(w.entries), catalog, info, id, id, len(data), data, start)
}

var compressors = sync.Pool{New: func() any { return zlib.NewWriter(io.Discard) }}

func deflate(data []byte) []byte {
	var b bytes.Buffer
	w := compressors.Get().(*zlib.Writer)
	defer compressors.Put(w)
	w.Reset(&b)
	w.Write(data) // a bytes.Buffer takes everything
	w.Close()
	return b.Bytes()
}

func inflate(data []byte) ([]byte, error) {
	r, err := zlib.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}

// literalEscapes escapes what ends a literal string.
var literalEscapes = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`)

// textString writes a text string (ISO 32000-1, 7.9.2.2).
func textString(s string) string {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return "<FEFF" + utf16Hex(s) + ">"
		}
	}
	return "(" + literalEscapes.Replace(s) + ")"
}

// utf16Hex writes text in UTF-16, big endian, as hexadecimal digits.
func utf16Hex(s string) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		b = appendHex(b, int(u))
	}
	return string(b)
}

// appendHex appends v as four hexadecimal digits.
func appendHex(b []byte, v int) []byte {
	const digits = "0123456789ABCDEF"
	return append(b, digits[v>>12&15], digits[v>>8&15], digits[v>>4&15], digits[v&15])
}

// oneLine makes text fit for titles and descriptions: valid, and without
// control characters.
func oneLine(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == 0xfffe || r == 0xffff {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(s, string(replacement)))
	return strings.TrimSpace(s)
}
