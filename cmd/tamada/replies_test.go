package main

import (
	"bytes"
	"errors"
	"io"
	"log"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"tamada/pkg/agenda"
	"tamada/pkg/config"
	"tamada/pkg/post"
)

// postbox serves an empty mailbox on this machine, and returns it with its address.
func postbox(t *testing.T) (*imapmemserver.User, string) {
	t.Helper()
	user, all := imapmemserver.NewUser("meetings", "secret"), imapmemserver.New()
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	all.AddUser(user)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return all.NewSession(), nil, nil
		},
		InsecureAuth: true,
		Logger:       log.New(io.Discard, "", 0),
	})
	go func() {
		if err := server.Serve(l); err != nil && !errors.Is(err, net.ErrClosed) {
			t.Errorf("postbox: %v", err)
		}
	}()
	t.Cleanup(func() { server.Close() })
	return user, "imap://meetings:secret@" + l.Addr().String()
}

// A letter is a message on its way to a mailbox.
type letter struct{ *bytes.Reader }

func (l letter) Size() int64 { return l.Reader.Size() }

// answerFrom returns the answer to an invitation that a program writes.
func answerFrom(t *testing.T, program string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("../../pkg/mail/testdata/replies", program+".eml"))
	if err != nil {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(b), "\n", "\r\n")
}

// Answers in the mailbox become answers of those who were asked; nothing else in it changes
// anything, or is changed.
func TestReplies(t *testing.T) {
	x := newTerminal(t)
	user, address := postbox(t)
	_, _, end := x.start() // the agendas of the first start
	end()
	queue := x.queue()
	drafts, err := builtinAgendas()
	if err != nil {
		t.Fatal(err)
	}
	event, now := drafts[0].Event, time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	var asked []post.Invite
	for n, who := range []string{"nino@example.org", "ola.nordmann@example.org", "marie@example.org", "lina@example.org", "quiet@example.org"} {
		i := post.Invite{
			ID: agenda.DerivedID(who), Event: event.ID, Session: "6f9619ff-8b86-4d01-b42d-00cf4fc964f" + string(rune('1'+n)),
			To: post.Mailbox{Name: who, Address: who}, Role: agenda.Speaker, Language: "en",
		}
		asked = append(asked, i.Next("then and there", false, now))
	}
	if err := queue.SendInvites(t.Context(), "", now, asked, nil); err != nil {
		t.Fatal(err)
	}
	second := asked[1].Next("later", false, now) // to which Outlook's answer is
	if err := queue.SendInvites(t.Context(), "", now, []post.Invite{second}, nil); err != nil {
		t.Fatal(err)
	}

	google := answerFrom(t, "google")
	for _, message := range []string{
		"Subject: Hello\r\n\r\nWhen does it begin?\r\n",
		google,
		strings.ReplaceAll(google, "nino@example.org", "mallory@example.org"),                  // a stranger, to an invitation that there is
		strings.ReplaceAll(google, "00cf4fc964f1", "00cf4fc96400"),                             // to one that there is not
		strings.ReplaceAll(google, "00cf4fc964f1", "00cf4fc964f5"),                             // to that of another
		strings.NewReplacer("REPLY", "CANCEL", "00cf4fc964f1", "00cf4fc964f4").Replace(google), // no reply
		google + strings.Repeat("x", 1<<20),
		answerFrom(t, "outlook"), answerFrom(t, "apple"), answerFrom(t, "thunderbird"),
	} {
		if _, err := user.Append("INBOX", letter{bytes.NewReader([]byte(message))}, &imap.AppendOptions{Time: now.AddDate(0, 0, 1)}); err != nil {
			t.Fatal(err)
		}
	}
	_, _, end = x.startWith(func(c *config.Config) { c.Mail.From, c.IMAP.Server = "meetings@example.org", address })
	answers := func() string {
		list, err := queue.Invites(t.Context(), event.ID)
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, i := range list {
			b.WriteString(i.To.Address + " " + string(i.Current()) + i.Answered.Format(" 15:04:05\n"))
		}
		return b.String()
	}
	for stop := time.Now().Add(20 * time.Second); !strings.Contains(answers(), "lina@example.org accepted") && time.Now().Before(stop); {
		time.Sleep(20 * time.Millisecond)
	}
	end()
	const want = `nino@example.org accepted 14:03:12
ola.nordmann@example.org declined 15:04:27
marie@example.org tentative 16:10:12
lina@example.org accepted 17:00:00
quiet@example.org  00:00:00
`
	if got := answers(); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	s, err := user.Status("INBOX", &imap.StatusOptions{NumMessages: true, NumUnseen: true})
	if err != nil || *s.NumMessages != 10 || *s.NumUnseen != 6 {
		t.Errorf("got %d of %d unseen, %v; want 6 of 10", *s.NumUnseen, *s.NumMessages, err)
	}
}
