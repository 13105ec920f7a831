//go:build ignore

// Gen fetches the typefaces that package typeset embeds and writes them,
// with their licences, into pkg/typeset/fonts.
//
//	go run ./pkg/typeset/fonts/gen.go
//
// It needs npm, apt-get and dpkg-deb. Every font is checked against the
// SHA-256 sum below before anything is written, so that a changed package
// cannot change a printed page unseen.
package main

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// A source is a package and the files taken from it.
type source struct {
	pkg   string // npm:name@version or deb:name
	files []file
}

type file struct {
	path string // inside the package
	name string // in this folder
	sum  string // SHA-256 of the written file
}

var sources = []source{
	{"npm:@fontsource/firago@5.3.0", []file{
		{"package/files/firago-latin-400-normal.woff", "FiraGO-Regular.ttf", "171dbf2b9a0068afdbbdac1da12d2570377a24041ec63696b8746aae8eaba0b2"},
		{"package/files/firago-latin-400-italic.woff", "FiraGO-Italic.ttf", "e8f7da822c267557a31dd4b31a71321aa0e5fd0c05ed46f3859c601cdacef98c"},
		{"package/files/firago-latin-600-normal.woff", "FiraGO-SemiBold.ttf", "0717a7e474a1cd0b5cf6fcc5a4fbf095cb1026d7575c905202523aeb853dc91e"},
		{"package/files/firago-latin-700-normal.woff", "FiraGO-Bold.ttf", "458c25df3c455cc89b55b6599b58bbfaf3eed5dc43385784a063b3f1632ff225"},
		{"package/LICENSE", "FiraGO.LICENSE.txt", "bf2ff6372194f1de2a52ad3c6237759b2fb57bb2546adbcbd6fcc74fe7285bc2"},
	}},
	{"npm:@expo-google-fonts/noto-sans-armenian@0.4.2", []file{
		{"package/400Regular/NotoSansArmenian_400Regular.ttf", "NotoSansArmenian-Regular.ttf", "678a89f5dafb25b71ba5c323b428a579e4e664e9dc8c35b9f1d327d82fc9e5ba"},
		{"package/700Bold/NotoSansArmenian_700Bold.ttf", "NotoSansArmenian-Bold.ttf", "beaf0d8d52a118d108a9e4502d3f3fbbcd0ed78e26bcc00d9d80932c342b934a"},
		{"package/LICENSE_FONT", "NotoSansArmenian.LICENSE.txt", "0468358b316f69f405b55cadf8a8314e16e3610b8feaad96772bd5d968112d02"},
	}},
	{"npm:@expo-google-fonts/amiri@0.4.1", []file{
		{"package/400Regular/Amiri_400Regular.ttf", "Amiri-Regular.ttf", "d26cd95609ed51b6419e3c7d4a066cb9fac7b73117868622f5b7f03998c68568"},
		{"package/700Bold/Amiri_700Bold.ttf", "Amiri-Bold.ttf", "0cf3c9c5b967adb281a46f17293fe03b1fc05e0538ab4db4a4c2252f45098692"},
		{"package/LICENSE_FONT", "Amiri.LICENSE.txt", "72de68e5954f4fdd24702292ef5a32f003ca960ec9330dc86e5eefb5dffb9b22"},
	}},
	{"deb:fonts-dejavu-core", []file{
		{"usr/share/fonts/truetype/dejavu/DejaVuSans.ttf", "DejaVuSans.ttf", "abdc775b21b1bc470d50c97e790d276f2054b7504e56e5bd3e64f48d68582322"},
		{"usr/share/doc/fonts-dejavu-core/copyright", "DejaVuSans.LICENSE.txt", "63d3ba759d12804c5b31a9d5940d855c1820d1f5999e6b0872eb1c7ff045fbc9"},
	}},
}

func main() {
	log.SetFlags(0)
	dir := filepath.Join("pkg", "typeset", "fonts")
	written := map[string][]byte{}
	for _, s := range sources {
		if err := s.collect(written); err != nil {
			log.Fatalf("%s: %v", s.pkg, err)
		}
	}
	for name, data := range written {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			log.Fatal(err)
		}
	}
}

// collect adds the files of s, checked, to written.
func (s source) collect(written map[string][]byte) error {
	inside, err := s.open()
	if err != nil {
		return err
	}
	for _, f := range s.files {
		data, ok := inside[f.path]
		if !ok {
			return fmt.Errorf("%s: not in the package", f.path)
		}
		if strings.HasSuffix(f.path, ".woff") {
			if data, err = trueType(data); err != nil {
				return fmt.Errorf("%s: %w", f.path, err)
			}
		}
		if sum := fmt.Sprintf("%x", sha256.Sum256(data)); sum != f.sum {
			return fmt.Errorf("%s: sha256 is %s, want %s", f.name, sum, f.sum)
		}
		written[f.name] = data
	}
	return nil
}

// open downloads the package into a temporary folder and returns its files.
func (s source) open() (map[string][]byte, error) {
	dir, err := os.MkdirTemp("", "fonts")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	kind, name, _ := strings.Cut(s.pkg, ":")
	if kind == "npm" {
		return openNPM(dir, name)
	}
	return openDebian(dir, name)
}

func openNPM(dir, name string) (map[string][]byte, error) {
	if err := run(dir, "npm", "pack", "--silent", name); err != nil {
		return nil, err
	}
	archive, err := only(dir, "*.tgz")
	if err != nil {
		return nil, err
	}
	z, err := gzip.NewReader(bytes.NewReader(archive))
	if err != nil {
		return nil, err
	}
	return untar(z)
}

func openDebian(dir, name string) (map[string][]byte, error) {
	if err := run(dir, "apt-get", "download", "-o", "DPkg::Lock::Timeout=300", name); err != nil {
		return nil, err
	}
	found, err := filepath.Glob(filepath.Join(dir, "*.deb"))
	if err != nil || len(found) != 1 {
		return nil, fmt.Errorf("%d packages downloaded, want 1", len(found))
	}
	archive, err := exec.Command("dpkg-deb", "--fsys-tarfile", found[0]).Output()
	if err != nil {
		return nil, err
	}
	return untar(bytes.NewReader(archive))
}

func run(dir, name string, args ...string) error {
	c := exec.Command(name, args...)
	c.Dir = dir
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("%s: %w\n%s", c, err, out)
	}
	return nil
}

func only(dir, pattern string) ([]byte, error) {
	found, err := filepath.Glob(filepath.Join(dir, pattern))
	if err != nil || len(found) != 1 {
		return nil, fmt.Errorf("%d files %s, want 1", len(found), pattern)
	}
	return os.ReadFile(found[0])
}

func untar(r io.Reader) (map[string][]byte, error) {
	files := map[string][]byte{}
	t := tar.NewReader(r)
	for {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			return files, nil
		}
		if err != nil {
			return nil, err
		}
		if h.Typeflag != tar.TypeReg {
			continue
		}
		data, err := io.ReadAll(t)
		if err != nil {
			return nil, err
		}
		files[strings.TrimPrefix(h.Name, "./")] = data
	}
}

// trueType unpacks a WOFF 1.0 file (W3C Recommendation of 13 December 2012,
// sections 3 to 5): the same tables in the same order, not compressed.
func trueType(woff []byte) ([]byte, error) {
	be := binary.BigEndian
	if len(woff) < 44 || string(woff[:4]) != "wOFF" {
		return nil, errors.New("not a WOFF file")
	}
	n := int(be.Uint16(woff[12:]))
	log2 := 0
	for 1<<(log2+1) <= n {
		log2++
	}
	head := bytes.Clone(woff[4:8])
	for _, v := range []int{n, 16 << log2, log2, 16*n - 16<<log2} {
		head = be.AppendUint16(head, uint16(v))
	}
	var body []byte
	for i := range n {
		entry := woff[44+20*i:]
		table, err := unpack(woff, entry)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", entry[:4], err)
		}
		head = append(append(head, entry[:4]...), entry[16:20]...)
		head = be.AppendUint32(head, uint32(12+16*n+len(body)))
		head = be.AppendUint32(head, uint32(len(table)))
		body = append(body, table...)
		body = append(body, make([]byte, -len(body)&3)...)
	}
	return append(head, body...), nil
}

func unpack(woff, entry []byte) ([]byte, error) {
	be := binary.BigEndian
	offset, packed, size := be.Uint32(entry[4:]), be.Uint32(entry[8:]), be.Uint32(entry[12:])
	table := woff[offset : offset+packed]
	if packed == size {
		return table, nil
	}
	z, err := zlib.NewReader(bytes.NewReader(table))
	if err != nil {
		return nil, err
	}
	table, err = io.ReadAll(z)
	if err == nil && len(table) != int(size) {
		err = fmt.Errorf("%d bytes, want %d", len(table), size)
	}
	return table, err
}
