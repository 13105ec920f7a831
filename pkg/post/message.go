package post

import (
	"errors"
	"fmt"
	"net/mail"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// ErrMessage says that a message cannot be sent as it is, ever. The error around
// it says why.
var ErrMessage = errors.New("unfit message")

// A Kind says what a message is about, for those who look at the queue.
type Kind string

// The kinds of messages.
const (
	KindSignIn     Kind = "sign-in"
	KindInvitation Kind = "invitation"
	KindPublished  Kind = "published"
	KindBulk       Kind = "bulk"
	KindSession    Kind = "session" // an [Invite]
)

// A Mailbox is a name and an e-mail address that package access has parsed.
type Mailbox struct {
	Name    string `json:"name,omitempty"`
	Address string `json:"address"`
}

// Check returns an error that wraps [ErrMessage] unless there is one address and
// nothing else.
func (m Mailbox) Check() error {
	parsed, err := mail.ParseAddress(m.Address)
	if err != nil || parsed.Address != m.Address || strings.ContainsAny(m.Address, "\"<>,;: \r\n\t\x00") {
		return fmt.Errorf("address %q: %w", m.Address, ErrMessage)
	}
	return nil
}

// A Message is a letter to one person, as the queue stores it. What a site looks
// like is added when it is sent.
type Message struct {
	ID          string       `json:"id"` // a UUID for life; its Message-ID is made from it
	Kind        Kind         `json:"kind"`
	To          Mailbox      `json:"to"`
	From        Mailbox      `json:"from,omitzero"`     // if not the site
	ReplyTo     Mailbox      `json:"reply_to,omitzero"` // whom an answer reaches, if not From
	Event       string       `json:"event,omitempty"`   // the ID of the event it is about
	Batch       string       `json:"batch,omitempty"`   // what is the same in all messages that went out together
	Letter      Letter       `json:"letter"`
	Unsubscribe string       `json:"unsubscribe,omitempty"` // a web address that a POST ends such messages at
	Calendar    *Calendar    `json:"calendar,omitempty"`
	Attachments []Attachment `json:"attachments,omitempty"`
	Created     time.Time    `json:"created"`        // its Date
	Until       time.Time    `json:"until,omitzero"` // after which it is of no use; zero for never
}

// A Calendar is an invitation that mail programs offer to put into the calendar.
type Calendar struct {
	Method string `json:"method"` // as in the calendar itself: REQUEST, CANCEL, PUBLISH
	Data   []byte `json:"data"`   // RFC 5545
}

// An Attachment is a file.
type Attachment struct {
	Name string `json:"name"`
	Type string `json:"type"` // "application/pdf"
	Data []byte `json:"data"`
}

// Bulk reports whether the message goes out with many others, and gives way to
// those that somebody waits for.
func (m Message) Bulk() bool { return m.Batch != "" }

// Secret reports whether the letter holds a link that is as good as a password.
func (m Message) Secret() bool { return m.Kind == KindSignIn || m.Kind == KindInvitation }

// Forget returns the message as it is kept when it is finished: without the
// letter's blocks if they are secret.
func (m Message) Forget() Message {
	if m.Secret() {
		m.Letter.Blocks, m.Letter.Notes = nil, nil
	}
	return m
}

// The bounds of one message.
const (
	longestSubject = 300      // bytes
	mostAttached   = 15 << 20 // bytes; servers take 20 to 25 MB, and base64 adds a third
	uuidLength     = len("00000000-0000-0000-0000-000000000000")
)

var (
	idPattern     = regexp.MustCompile(`^[0-9a-f-]{36}$`)
	typePattern   = regexp.MustCompile(`^[a-z]+/[a-z0-9.+-]+$`)
	methodPattern = regexp.MustCompile(`^[A-Z]+$`)
)

// Check returns an error that wraps [ErrMessage] if the message can never be sent.
func (m Message) Check() error {
	if !idPattern.MatchString(m.ID) {
		return fmt.Errorf("id %q: %w", m.ID, ErrMessage)
	}
	if err := m.To.Check(); err != nil {
		return err
	}
	for _, other := range []Mailbox{m.From, m.ReplyTo} {
		if other != (Mailbox{}) {
			if err := other.Check(); err != nil {
				return err
			}
		}
	}
	if subject := OneLine(m.Letter.Subject); subject == "" || len(subject) > longestSubject {
		return fmt.Errorf("subject of %d bytes, want 1 to %d: %w", len(subject), longestSubject, ErrMessage)
	}
	if m.Unsubscribe != "" && !WebAddress(m.Unsubscribe) {
		return fmt.Errorf("address %q to unsubscribe: %w", m.Unsubscribe, ErrMessage)
	}
	return m.checkFiles()
}

// checkFiles returns an error if what is attached cannot be.
func (m Message) checkFiles() error {
	size := 0
	for _, a := range m.Attachments {
		size += len(a.Data)
		if !typePattern.MatchString(a.Type) || OneLine(a.Name) == "" {
			return fmt.Errorf("attachment %q of type %q: %w", a.Name, a.Type, ErrMessage)
		}
	}
	if size > mostAttached {
		return fmt.Errorf("attachments of %d bytes, want at most %d: %w", size, mostAttached, ErrMessage)
	}
	if c := m.Calendar; c != nil && !methodPattern.MatchString(c.Method) {
		return fmt.Errorf("method %q of a calendar: %w", c.Method, ErrMessage)
	}
	return nil
}

// WebAddress reports whether s is an absolute web address that may be followed.
func WebAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" &&
		!strings.ContainsAny(s, "<>\" \r\n\t")
}

// MessageID returns the Message-ID of the message with that ID, without brackets.
// It is the same at every attempt.
func MessageID(id, domain string) string { return id + "@" + domain }

// IDOf returns the ID of the message with a Message-ID, with or without brackets,
// or "" if it is none of ours.
func IDOf(messageID string) string {
	s := strings.Trim(strings.TrimSpace(messageID), "<>")
	if len(s) <= uuidLength || s[uuidLength] != '@' || !idPattern.MatchString(s[:uuidLength]) {
		return ""
	}
	return s[:uuidLength]
}
