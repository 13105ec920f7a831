package mail

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// Read returns what a message that [Composer.Compose] made says: the first part of
// each kind.
func Read(message []byte) (Preview, error) {
	m, err := mail.ReadMessage(bytes.NewReader(message))
	if err != nil {
		return Preview{}, fmt.Errorf("message: %w", err)
	}
	p := Preview{Subject: decoded(m.Header.Get("Subject"))}
	const depth = 4 // mixed, related, alternative, text
	err = p.read(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, depth)
	return p, err
}

// read looks for words in a part, and in those within it to a depth.
func (p *Preview) read(contentType, encoding string, body io.Reader, depth int) error {
	kind, params, err := mime.ParseMediaType(contentType)
	switch {
	case err != nil:
		return fmt.Errorf("message: %w", err)
	case kind == "text/plain":
		return keep(&p.Text, body, encoding)
	case kind == "text/html":
		return keep(&p.HTML, body, encoding)
	case !strings.HasPrefix(kind, "multipart/") || depth == 0:
		return nil
	}
	for parts := multipart.NewReader(body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("message: %w", err)
		}
		if err := p.read(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part, depth-1); err != nil {
			return err
		}
	}
}

// keep reads a part, unless there was one of its kind before.
func keep(words *string, body io.Reader, encoding string) error {
	if *words != "" {
		return nil
	}
	b, err := io.ReadAll(transferDecoded(body, encoding))
	*words = strings.ReplaceAll(string(b), "\r\n", "\n")
	return err
}

// transferDecoded undoes the encoding of a part.
func transferDecoded(r io.Reader, encoding string) io.Reader {
	switch strings.ToLower(strings.TrimSpace(encoding)) {
	case "base64":
		return base64.NewDecoder(base64.StdEncoding, r)
	case "quoted-printable":
		return quotedprintable.NewReader(r)
	}
	return r
}

// decoded returns a header in plain letters (RFC 2047).
func decoded(s string) string {
	d, err := new(mime.WordDecoder).DecodeHeader(s)
	if err != nil {
		return s
	}
	return d
}
