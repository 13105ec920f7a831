//go:build readers

package ical

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	netmail "net/mail"
	"os/exec"
	"strings"
	"testing"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/mail"
	"tamada/pkg/post"
)

// mailed composes the mails of an invitation, of a move, and of both ways in which it ends, in
// each zone of which the clocks change; takes their calendars out of the messages as a mail
// program does; writes these to files and returns where they are.
func mailed(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	var paths []string
	for _, zone := range []string{"Europe/Paris", "Asia/Tbilisi", "Asia/Almaty", "Africa/Casablanca", "Asia/Tehran", "Australia/Lord_Howe", "America/New_York"} {
		e := meeting(t)
		e.Zone = zone
		s, i := &e.Days[0].Sessions[0], invitation()
		i.Replies = zone != "Asia/Tbilisi"
		i.Backstage = agenda.Backstage{s.ID: {Join: "https://join.example.org/?a=1&b=2,3;4"}}
		steps := []struct {
			name   string
			method string
			change func()
		}{
			{"first", "REQUEST", func() {}},
			{"moved", "REQUEST", func() { s.Time.Start, s.Rooms = s.Time.Start+10, []string{"blue"} }},
			{"withdrawn", "CANCEL", func() {}},
			{"cancelled", "CANCEL", func() { s.Status = agenda.Cancelled }},
		}
		for n, step := range steps {
			step.change()
			i.Sequence, i.Sent = n, i.Sent.Add(time.Hour)
			write := WriteRequest
			if step.method == "CANCEL" {
				write = WriteCancel
			}
			calendar := written(t, func(b *bytes.Buffer) error { return write(b, e, s, i) })
			for kind, part := range calendarsOf(t, composed(t, step.method, calendar), step.method) {
				name := fmt.Sprintf("mail-%s-%s-%s", strings.ReplaceAll(zone, "/", "-"), step.name, kind)
				paths = append(paths, save(t, dir, name, part))
			}
		}
	}
	return paths
}

// composed returns the message with a calendar in it.
func composed(t *testing.T, method string, calendar []byte) []byte {
	t.Helper()
	c := mail.Composer{From: post.Mailbox{Name: "Forum", Address: "meetings@example.org"}, Site: mail.Site{Name: "Forum"}}
	message, err := c.Compose(post.Message{
		ID: agenda.DerivedID("mail"), Kind: post.KindSession, To: post.Mailbox{Name: "Nino Beridze", Address: "nino@example.org"},
		Letter:      post.Letter{Language: "en", Subject: "Opening", Blocks: []post.Block{{Kind: post.Paragraph, Text: "Dear Nino,"}}},
		Calendar:    &post.Calendar{Method: method, Data: calendar},
		Attachments: []post.Attachment{{Name: "invite.ics", Type: "application/ics", Data: calendar}},
		Created:     time.Date(2026, 10, 2, 9, 0, 0, 0, time.UTC),
	})
	if err != nil {
		t.Fatal(err)
	}
	return message
}

// calendarsOf returns the calendars of a message: the part that is one (RFC 6047 section 2.4),
// and the file.
func calendarsOf(t *testing.T, message []byte, method string) map[string][]byte {
	t.Helper()
	m, err := netmail.ReadMessage(bytes.NewReader(message))
	if err != nil {
		t.Fatal(err)
	}
	found := map[string][]byte{}
	var look func(contentType, encoding string, body io.Reader)
	look = func(contentType, encoding string, body io.Reader) {
		kind, params, err := mime.ParseMediaType(contentType)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case strings.HasPrefix(kind, "multipart/"):
			for parts := multipart.NewReader(body, params["boundary"]); ; {
				p, err := parts.NextRawPart()
				if err == io.EOF {
					return
				}
				if err != nil {
					t.Fatal(err)
				}
				look(p.Header.Get("Content-Type"), p.Header.Get("Content-Transfer-Encoding"), p)
			}
		case kind == "text/calendar" && (params["method"] != method || !strings.EqualFold(params["charset"], "UTF-8")):
			t.Errorf("got a part %s, want the method %s", contentType, method)
		case kind == "text/calendar", kind == "application/ics":
			if encoding != "base64" {
				t.Errorf("got a part in %s, want base64", encoding)
			}
			b, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, body))
			if err != nil {
				t.Fatal(err)
			}
			found[strings.ReplaceAll(kind, "/", "-")] = b
		}
	}
	look(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
	if len(found) != 2 {
		t.Fatalf("got %d calendars in a message, want the part and the file", len(found))
	}
	return found
}

// libical refuses invitations that RFC 5546 does, so that its silence about ours says something.
func TestLibicalRefuses(t *testing.T) {
	program := libical(t)
	e := meeting(t)
	request := string(written(t, func(b *bytes.Buffer) error { return WriteRequest(b, e, &e.Days[0].Sessions[0], invitation()) }))
	for name, spoil := range map[string][2]string{
		"no organiser":                 {"ORGANIZER;", "X-ORGANIZER;"},
		"a request of nobody":          {"ATTENDEE;", "X-ATTENDEE;"},
		"no UID":                       {"UID:", "X-UID:"},
		"a publication with attendees": {"METHOD:REQUEST", "METHOD:PUBLISH"},
	} {
		spoilt := strings.Replace(request, spoil[0], spoil[1], 1)
		if spoilt == request {
			t.Fatalf("%s: there is no %s to spoil", name, spoil[0])
		}
		path := save(t, t.TempDir(), "spoilt", []byte(spoilt))
		out, err := exec.Command(program, path).CombinedOutput()
		if err != nil || !strings.Contains(string(out), "ERR ") {
			t.Errorf("%s: got %v, want an error:\n%s", name, err, out)
		}
	}
	path := save(t, t.TempDir(), "good", []byte(request))
	if out, err := exec.Command(program, path).CombinedOutput(); err != nil || strings.Contains(string(out), "ERR ") {
		t.Errorf("ours: got %v, want no error:\n%s", err, out)
	}
}
