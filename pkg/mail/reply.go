package mail

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"strings"
)

// ErrNoAnswer says that a message does not answer an invitation.
var ErrNoAnswer = errors.New("no answer to an invitation")

// The bounds of what is looked at in a message that came in.
const (
	deepestPart = 5 // parts within parts
	mostParts   = 50
)

// Answer returns the calendar of a message that answers an invitation, as programs send it
// when their user presses a button (RFC 6047): the first part of type text/calendar whose
// method is REPLY or, if that names none, what may be one; else an attached file of that kind.
// The error wraps [ErrNoAnswer]: there is none. What the calendar says is for the caller to
// check.
func Answer(message []byte) ([]byte, error) {
	m, err := mail.ReadMessage(bytes.NewReader(message))
	if err != nil {
		return nil, ErrNoAnswer
	}
	var s search
	s.part(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body, deepestPart)
	switch {
	case s.inline != nil:
		return s.inline, nil
	case s.file != nil && !s.other:
		return s.file, nil
	}
	return nil, ErrNoAnswer
}

// A search looks for the calendar of a message.
type search struct {
	inline, file []byte
	other        bool // there is a calendar of another method
	parts        int
}

// part looks at a part, and at those within it to a depth.
func (s *search) part(contentType, encoding string, body io.Reader, depth int) {
	if s.parts++; s.parts > mostParts || s.inline != nil {
		return
	}
	kind, params, err := mime.ParseMediaType(contentType)
	switch {
	case err != nil:
	case kind == "text/calendar" && params["method"] != "" && !strings.EqualFold(params["method"], "REPLY"):
		s.other = true
	case kind == "text/calendar":
		s.inline = allOf(body, encoding)
	case kind == "application/ics" && s.file == nil:
		s.file = allOf(body, encoding)
	case strings.HasPrefix(kind, "multipart/") && depth > 0:
		s.within(multipart.NewReader(body, params["boundary"]), depth-1)
	}
}

// within looks at the parts of a part.
func (s *search) within(parts *multipart.Reader, depth int) {
	for {
		p, err := parts.NextRawPart()
		if err != nil {
			return // the end, or a message that was cut: what was found counts
		}
		s.part(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p, depth)
	}
}

// allOf returns a part decoded, as far as it can be; nil for nothing.
func allOf(body io.Reader, encoding string) []byte {
	b, _ := io.ReadAll(transferDecoded(body, encoding)) // what is cut may be whole enough
	if len(b) == 0 {
		return nil
	}
	return b
}
