package post

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"tamada/pkg/agenda"
)

// The placeholders that may stand in the texts of a [Batch].
const (
	PlaceName    = "{name}"    // of the one who reads it
	PlaceMeeting = "{meeting}" // its title
)

// A PlaceholderError says that a text has something in braces that is no placeholder.
type PlaceholderError struct {
	Written string // as it is written, with its braces; the beginning of it if they are never closed
}

// Error implements the error interface.
func (e *PlaceholderError) Error() string {
	return fmt.Sprintf("%s is no placeholder; write %s or %s", e.Written, PlaceName, PlaceMeeting)
}

// CheckPlaceholders returns a [PlaceholderError] if a text has something in braces
// that is no placeholder.
func CheckPlaceholders(text string) error {
	_, err := fill(text, func(string) string { return "" })
	return err
}

// A Recipient is one of those a [Batch] goes to.
type Recipient struct {
	To       Mailbox
	Language string // that they read, BCP 47; "" if that is not known
}

// Letter writes b to one of the many, about a meeting with that title and in these
// languages: in the language they read if b has it, else in the first of the
// meeting's. What stands for a placeholder is text: what looks like Markdown in a
// name stays as it is. Who has no name is named by their address.
func (b Batch) Letter(to Recipient, title agenda.Text, languages []string) (Letter, error) {
	body, lang := b.Body.In(to.Language, languages...)
	subject, _ := b.Subject.In(lang, languages...)
	name := OneLine(to.To.Name)
	if name == "" {
		name = to.To.Address
	}
	meeting, _ := title.In(lang, languages...)
	values := func(placeholder string) string {
		if placeholder == PlaceName {
			return name
		}
		return OneLine(meeting)
	}
	subject, err := fill(subject, values)
	if err != nil {
		return Letter{}, fmt.Errorf("subject: %w", err)
	}
	body, err = fill(body, func(placeholder string) string { return escapeMarkdown(values(placeholder)) })
	if err != nil {
		return Letter{}, fmt.Errorf("body: %w", err)
	}
	return Letter{Language: lang, Subject: shortened(subject), Blocks: []Block{{Kind: Markdown, Text: body}}}, nil
}

// Message returns the message that takes a letter of b to one of the many. It has
// the same ID however often it is made, so that nobody gets it twice.
func (b Batch) Message(letter Letter, to Mailbox, now time.Time) Message {
	return Message{
		ID: agenda.DerivedID("bulk", b.ID, strings.ToLower(to.Address)), Kind: KindBulk, To: to, Event: b.Event, Batch: b.ID,
		Letter: letter, Created: now,
	}
}

// fill replaces the placeholders in text by what value says.
func fill(text string, value func(placeholder string) string) (string, error) {
	var b strings.Builder
	for {
		before, rest, found := strings.Cut(text, "{")
		b.WriteString(before)
		if !found {
			return b.String(), nil
		}
		name, after, closed := strings.Cut(rest, "}")
		written := "{" + name
		if closed {
			written += "}"
		}
		if written != PlaceName && written != PlaceMeeting {
			return "", &PlaceholderError{beginning(OneLine(written), 40)}
		}
		b.WriteString(value(written))
		text = after
	}
}

// shortened cuts a subject to what a message may have.
func shortened(subject string) string {
	const more = "…"
	if subject = OneLine(subject); len(subject) <= longestSubject {
		return subject
	}
	return beginning(subject, longestSubject-len(more)) + more
}

// beginning returns the first letters of s, of that many bytes at most.
func beginning(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// escapeMarkdown writes plain text so that Markdown says it as it is (CommonMark
// section 2.4).
func escapeMarkdown(s string) string {
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}
