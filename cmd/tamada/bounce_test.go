package main

import (
	"strings"
	"testing"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/config"
	"tamada/pkg/post"
	"tamada/pkg/store"
)

// report is what a mail server writes that could not deliver a message.
const report = `From: MAILER-DAEMON@mx.example.org
To: meetings@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b
Content-Type: text/plain

Sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; nino@ministry.example
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: text/rfc822-headers

Message-ID: <MESSAGE@example.org>

--b--
`

func TestBounce(t *testing.T) {
	x := newTerminal(t)
	queue := x.queue()
	m := post.Message{
		ID: agenda.NewID(), Kind: post.KindPublished, To: post.Mailbox{Address: "nino@ministry.example"},
		Letter: post.Letter{Language: "en", Subject: "The agenda"}, Created: time.Now(),
	}
	if err := queue.Add(t.Context(), time.Now(), m); err != nil {
		t.Fatal(err)
	}
	items, err := queue.Claim(t.Context(), "test", 1, time.Now())
	if err != nil || len(items) != 1 {
		t.Fatalf("got %d messages, %v", len(items), err)
	}
	sent := items[0].Status
	sent.State = post.Sent
	if err := queue.Mark(t.Context(), items[0], sent); err != nil {
		t.Fatal(err)
	}
	ours := strings.ReplaceAll(report, "MESSAGE", m.ID)
	for name, tt := range map[string]struct{ text, want string }{
		"a letter":             {"From: a@example.org\n\nHello", "passed over"},
		"another's message":    {strings.ReplaceAll(report, "MESSAGE", agenda.NewID()), "nothing to note"},
		"to somebody else":     {strings.ReplaceAll(ours, "nino@", "levan@"), "nothing to note"},
		"it will be tried":     {strings.ReplaceAll(ours, "Action: failed", "Action: delayed"), ""},
		"a line of a terminal": {strings.ReplaceAll(ours, "nino@", "\x1b[31mnino@"), "passed over"},
	} {
		out := x.run("bounce", x.file("report.eml", strings.ReplaceAll(tt.text, "\n", "\r\n")))
		if !strings.Contains(out, tt.want) || tt.want == "" && out != "" || strings.Contains(out, "\x1b") {
			t.Errorf("%s: got %q, want %q", name, out, tt.want)
		}
	}
	file := x.file("report.eml", strings.ReplaceAll(ours, "\n", "\r\n"))
	if out := x.run("bounce", file); out != "nino@ministry.example: 5.1.1 550 no such user\n" {
		t.Errorf("got %q", out)
	}
	if out := x.run("bounce", file); !strings.Contains(out, "nothing to note") {
		t.Errorf("the second time: got %q", out)
	}
	if item, err := queue.Find(t.Context(), m.ID); err != nil || item.Status.State != post.Refused || item.Status.Cause != post.Bounced {
		t.Errorf("got %+v, %v, want it refused", item.Status, err)
	}
}

// queue returns the mail of the terminal's database.
func (x *terminal) queue() *store.Mail {
	x.t.Helper()
	c := config.Default()
	c.Database = "sqlite://" + x.path("tamada.db")
	secret, err := siteSecret(c)
	if err != nil {
		x.t.Fatal(err)
	}
	db, err := store.Open(x.t.Context(), c.Database, (&app{Err: &paper{}}).logger(), time.Now)
	if err != nil {
		x.t.Fatal(err)
	}
	x.t.Cleanup(func() { db.Close() })
	queue, err := db.Mail(secret)
	if err != nil {
		x.t.Fatal(err)
	}
	return queue
}
