package mail

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"net/textproto"
	"regexp"
	"strings"

	"tamada/pkg/post"
)

// ErrNotBounce says that a message is no report on the delivery of another.
var ErrNotBounce = errors.New("not a delivery report")

// A Bounce is a report on one message (RFC 3464), as a mail server sends it back.
type Bounce struct {
	MessageID  string // of the message it is about, without brackets; "" if that was left out
	Deliveries []Delivery
}

// A Delivery is what a [Bounce] says about one recipient.
type Delivery struct {
	Recipient  string // the address it was for, as it was written
	Action     string // failed, delayed, delivered, relayed or expanded
	Status     string // as of RFC 3463: "5.1.1"
	Diagnostic string // in the server's words
}

// Failed reports whether the message will not arrive. One that is delayed still
// may.
func (d Delivery) Failed() bool { return d.Action == "failed" }

// Event returns what a delivery that failed means for the message.
func (d Delivery) Event() post.Event {
	return post.Event{Step: post.Return, Cause: post.Bounced, Detail: strings.TrimSpace(d.Status + " " + d.Diagnostic)}
}

// The bounds of what is read of a report.
const (
	mostReport     = 1 << 20 // bytes of a part
	mostRecipients = 100
)

// ParseBounce reads a message. If it is no report, that is [ErrNotBounce].
//
// Anybody can write a report. What protects is that the ID of a message is random
// and only its recipient has seen it; a report whose Message-ID is not in the
// queue, with that recipient, is to be ignored.
func ParseBounce(message []byte) (Bounce, error) {
	m, err := mail.ReadMessage(bytes.NewReader(message))
	if err != nil {
		return Bounce{}, fmt.Errorf("%w: %w", ErrNotBounce, err)
	}
	kind, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/report" || !strings.EqualFold(params["report-type"], "delivery-status") {
		return Bounce{}, ErrNotBounce
	}
	var b Bounce
	parts := multipart.NewReader(m.Body, params["boundary"])
	for {
		part, err := parts.NextRawPart()
		if err != nil {
			break // the end, or a report that was cut: what was read counts
		}
		b.read(part)
	}
	if len(b.Deliveries) == 0 {
		return Bounce{}, ErrNotBounce
	}
	return b, nil
}

// read takes what a part of the report says.
func (b *Bounce) read(part *multipart.Part) {
	kind, _, err := mime.ParseMediaType(part.Header.Get("Content-Type"))
	if err != nil {
		return
	}
	body := io.LimitReader(transferDecoded(part, part.Header.Get("Content-Transfer-Encoding")), mostReport)
	switch kind {
	case "message/delivery-status", "message/global-delivery-status": // RFC 6533 has the latter
		b.statuses(body)
	case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
		header, _ := textproto.NewReader(bufio.NewReader(body)).ReadMIMEHeader() // a cut one is as good
		b.MessageID = strings.Trim(strings.TrimSpace(header.Get("Message-Id")), "<>")
	}
}

// statuses reads the fields about the message, which are passed over, and those
// about each recipient (RFC 3464 section 2.1).
func (b *Bounce) statuses(body io.Reader) {
	r := textproto.NewReader(bufio.NewReader(body))
	for len(b.Deliveries) < mostRecipients {
		fields, err := r.ReadMIMEHeader()
		if recipient := typed(firstOf(fields, "Original-Recipient", "Final-Recipient")); recipient != "" {
			b.Deliveries = append(b.Deliveries, Delivery{
				Recipient:  recipient,
				Action:     strings.ToLower(comment.ReplaceAllString(post.OneLine(fields.Get("Action")), "")),
				Status:     statusPattern.FindString(fields.Get("Status")),
				Diagnostic: post.Detail(typed(fields.Get("Diagnostic-Code"))),
			})
		}
		if err != nil {
			return
		}
	}
}

var (
	statusPattern = regexp.MustCompile(`\b[245]\.\d{1,3}\.\d{1,3}\b`)
	comment       = regexp.MustCompile(`\s*\(.*`)
)

// firstOf returns the first of the fields that is there.
func firstOf(h textproto.MIMEHeader, names ...string) string {
	for _, name := range names {
		if v := h.Get(name); v != "" {
			return v
		}
	}
	return ""
}

// typed returns the value of a field that begins with its type: "rfc822; ada@…".
func typed(s string) string {
	if _, value, found := strings.Cut(s, ";"); found {
		s = value
	}
	return strings.Trim(post.OneLine(s), "<> ")
}
