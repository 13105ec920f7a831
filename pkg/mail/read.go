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

// TextOf returns the first part of plain text of a message that [Composer.Compose]
// made, for showing what is in an [Outbox]; or "" if there is none.
func TextOf(message []byte) (string, error) {
	m, err := mail.ReadMessage(bytes.NewReader(message))
	if err != nil {
		return "", fmt.Errorf("message: %w", err)
	}
	const depth = 4 // mixed, related, alternative, text
	text, err := firstText(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, depth)
	return strings.ReplaceAll(text, "\r\n", "\n"), err
}

// firstText looks for plain text in a part, and in those within it to a depth.
func firstText(contentType, encoding string, body io.Reader, depth int) (string, error) {
	kind, params, err := mime.ParseMediaType(contentType)
	switch {
	case err != nil:
		return "", fmt.Errorf("message: %w", err)
	case kind == "text/plain":
		text, err := io.ReadAll(transferDecoded(body, encoding))
		return string(text), err
	case !strings.HasPrefix(kind, "multipart/") || depth == 0:
		return "", nil
	}
	for parts := multipart.NewReader(body, params["boundary"]); ; {
		part, err := parts.NextRawPart()
		if errors.Is(err, io.EOF) {
			return "", nil
		}
		if err != nil {
			return "", fmt.Errorf("message: %w", err)
		}
		text, err := firstText(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part, depth-1)
		if text != "" || err != nil {
			return text, err
		}
	}
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
