package web

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/gzip"
)

// A body is a rendered response in the forms in which it may be sent, with
// their headers ready to be used.
type body struct {
	plain, zipped form
}

// A form is one representation of a body.
type form struct {
	bytes  []byte
	etag   []string // strong: it names these bytes (RFC 9110 section 8.8.3)
	length []string
}

// gzipWriters are writers of a level that is quick and good enough for pages.
var gzipWriters = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, 6) // the level is a valid one
	return w
}}

// newBody returns b with its compressed form, unless that is hardly smaller.
func newBody(b []byte) (*body, error) {
	sum := sha256.Sum256(b)
	tag := hex.EncodeToString(sum[:9])
	made := &body{plain: newForm(b, tag)}
	zipped, err := zip(b)
	if err != nil {
		return nil, err
	}
	if len(zipped) < len(b)*9/10 {
		made.zipped = newForm(zipped, tag+"-gz")
	}
	return made, nil
}

func newForm(b []byte, tag string) form {
	return form{bytes: b, etag: []string{`"` + tag + `"`}, length: []string{strconv.Itoa(len(b))}}
}

func zip(b []byte) ([]byte, error) {
	var out bytes.Buffer
	w := gzipWriters.Get().(*gzip.Writer)
	defer gzipWriters.Put(w)
	w.Reset(&out)
	if _, err := w.Write(b); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return bytes.Clone(out.Bytes()), nil
}

// size returns how many bytes b takes in memory, roughly.
func (b *body) size() int64 { return int64(len(b.plain.bytes)+len(b.zipped.bytes)) + 512 }

// acceptsGzip reports whether an Accept-Encoding header (RFC 9110 section
// 12.5.3) allows gzip, by name or as any coding.
func acceptsGzip(header string) bool {
	any := false
	for header != "" {
		var coding string
		coding, header, _ = strings.Cut(header, ",")
		name, weight, _ := strings.Cut(coding, ";")
		q, weighed := strings.CutPrefix(strings.ReplaceAll(weight, " ", ""), "q=")
		wanted := !weighed || strings.Trim(q, "0.") != ""
		switch strings.TrimSpace(name) {
		case "gzip":
			return wanted
		case "*":
			any = wanted
		}
	}
	return any
}

// matches reports whether an If-None-Match header (RFC 9110 section 13.1.2)
// names tag. Tags are compared weakly, as that section says.
func matches(header, tag string) bool {
	for header != "" {
		var one string
		one, header, _ = strings.Cut(header, ",")
		one = strings.TrimSpace(one)
		if one == "*" || strings.TrimPrefix(one, "W/") == tag {
			return true
		}
	}
	return false
}
