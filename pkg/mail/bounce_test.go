package mail_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"tamada/pkg/mail"
	"tamada/pkg/post"
)

// report is a delivery report with that part on the delivery, and that on the
// message.
func report(status, original string) string {
	return crlf(`From: MAILER-DAEMON@mx.example.org (Mail Delivery System)
To: meetings@example.org
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="B1.1792/mx.example.org"

This is a MIME-encapsulated message.

--B1.1792/mx.example.org
Content-Description: Notification
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B1.1792/mx.example.org
` + status + `
--B1.1792/mx.example.org
` + original + `
--B1.1792/mx.example.org--
`)
}

func crlf(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }

const statusHead = "Content-Type: message/delivery-status\n\n"

// original is the part with the headers of our message.
const original = "Content-Type: text/rfc822-headers\n\nDate: Tue, 03 Nov 2026 12:00:00 +0000\nMessage-ID:\n <" + messageUUID + "@example.org>\nSubject: =?UTF-8?q?R=C3=A9union?=\n"

func TestParseBounce(t *testing.T) {
	tests := []struct {
		name   string
		report string
		want   mail.Bounce
	}{
		{
			"Postfix",
			report(statusHead+`Reporting-MTA: dns; mx.example.org
X-Postfix-Queue-ID: B1792
X-Postfix-Sender: rfc822; meetings@example.org
Arrival-Date: Tue,  3 Nov 2026 12:00:01 +0000 (UTC)

Final-Recipient: rfc822; ada@example.org
Original-Recipient: rfc822;ada@example.org
Action: failed
Status: 5.1.1
Remote-MTA: dns; mail.example.org
Diagnostic-Code: smtp; 550 5.1.1 <ada@example.org>: Recipient address
    rejected: User unknown in virtual mailbox table
`, original),
			mail.Bounce{MessageID: messageUUID + "@example.org", Deliveries: []mail.Delivery{{
				"ada@example.org", "failed", "5.1.1",
				"550 5.1.1 <ada@example.org>: Recipient address rejected: User unknown in virtual mailbox table",
			}}},
		},
		{
			"Exchange: the whole message, no diagnostic",
			report(statusHead+`Reporting-MTA: dns;DB7PR01.prod.outlook.com

Final-recipient: RFC822; LEILA@Example.ORG
Action: failed
Status: 5.7.133 (not allowed)
X-Display-Name: Leila
`, "Content-Type: message/rfc822\n\nReceived: from x\nMessage-ID: <"+messageUUID+"@example.org>\nMIME-Version: 1.0\n\nText.\n"),
			mail.Bounce{MessageID: messageUUID + "@example.org", Deliveries: []mail.Delivery{{"LEILA@Example.ORG", "failed", "5.7.133", ""}}},
		},
		{
			"delayed, several recipients, no message",
			report(statusHead+`Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; a@example.org
Action: delayed (will be tried again)
Status: 4.4.1
Diagnostic-Code: smtp; 421 try later
Will-Retry-Until: Fri, 6 Nov 2026 12:00:00 +0000

Final-Recipient: rfc822; b@example.org
Action: delivered
Status: 2.0.0
`, "Content-Type: text/plain\n\nnothing\n"),
			mail.Bounce{Deliveries: []mail.Delivery{
				{"a@example.org", "delayed", "4.4.1", "421 try later"},
				{"b@example.org", "delivered", "2.0.0", ""},
			}},
		},
		{
			"base64",
			report("Content-Type: message/delivery-status\nContent-Transfer-Encoding: base64\n\n"+
				"UmVwb3J0aW5nLU1UQTogZG5zOyBteAoKRmluYWwtUmVjaXBpZW50OiByZmM4MjI7IGFkYUBleGFt\ncGxlLm9yZwpBY3Rpb246IEZhaWxlZApTdGF0dXM6IDUuMi4yCg==\n", original),
			mail.Bounce{MessageID: messageUUID + "@example.org", Deliveries: []mail.Delivery{{"ada@example.org", "failed", "5.2.2", ""}}},
		},
	}
	for _, test := range tests {
		got, err := mail.ParseBounce([]byte(test.report))
		if err != nil || fmt.Sprint(got) != fmt.Sprint(test.want) {
			t.Errorf("%s:\n got %+v, %v\nwant %+v", test.name, got, err, test.want)
		}
	}
}

// A bounce ends as what the organiser sees.
func TestBounceIsShown(t *testing.T) {
	b, err := mail.ParseBounce([]byte(report(statusHead+"A: b\n\nFinal-Recipient: rfc822; ada@example.org\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; mailbox full\n", original)))
	if err != nil || !b.Deliveries[0].Failed() || post.IDOf(b.MessageID) != messageUUID {
		t.Fatalf("got %+v, %v, want one that failed", b, err)
	}
	s, err := post.Next(post.Status{State: post.Sent}, b.Deliveries[0].Event(), noon)
	if err != nil || s.State != post.Refused || s.Cause != post.Bounced || s.Detail != "5.2.2 mailbox full" {
		t.Errorf("got %+v, %v, want it refused with the reason", s, err)
	}
}

func TestNotABounce(t *testing.T) {
	for name, text := range map[string]string{
		"empty":        "",
		"no message":   "\x00\x01",
		"a letter":     crlf("From: ada@example.org\nSubject: Re: agenda\n\nThank you.\n"),
		"away":         crlf("From: a@example.org\nAuto-Submitted: auto-replied\nContent-Type: text/plain\n\nI am away.\n"),
		"read receipt": strings.Replace(report(statusHead, original), "report-type=delivery-status", "report-type=disposition-notification", 1),
		"no recipient": report(statusHead+"Reporting-MTA: dns; x\n", original),
		"no boundary":  crlf("Content-Type: multipart/report; report-type=delivery-status\n\nx\n"),
		"composed":     string(compose(t, invitation())),
	} {
		if b, err := mail.ParseBounce([]byte(text)); !errors.Is(err, mail.ErrNotBounce) {
			t.Errorf("%s: got %+v, %v, want %v", name, b, err, mail.ErrNotBounce)
		}
	}
}

// A report ends, is bounded, and names recipients.
func FuzzParseBounce(f *testing.F) {
	f.Add(report(statusHead+"A: b\n\nFinal-Recipient: rfc822; ada@example.org\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: smtp; full\n", original))
	f.Add(report(statusHead, original))
	f.Add("Content-Type: multipart/report; report-type=delivery-status; boundary=x\r\n\r\n--x\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		b, err := mail.ParseBounce([]byte(text))
		if (err == nil) == (len(b.Deliveries) == 0) || len(b.Deliveries) > 100 {
			t.Errorf("got %d recipients and %v", len(b.Deliveries), err)
		}
		for _, d := range b.Deliveries {
			if d.Recipient == "" || strings.ContainsAny(d.Recipient+d.Action+d.Diagnostic, "\r\n\x00") {
				t.Errorf("got %+v", d)
			}
		}
	})
}
