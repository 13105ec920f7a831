package mail_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"tamada/pkg/agenda"
	"tamada/pkg/mail"
	"tamada/pkg/post"
)

// envelope holds the message with everything.
func envelope(t *testing.T) mail.Envelope {
	t.Helper()
	m := invitation()
	return mail.Envelope{ID: m.ID, Date: m.Created, From: "meetings@example.org", To: m.To.Address, Data: compose(t, m)}
}

// send sends an envelope and returns the outcome, and how often it was handed over.
func send(t *testing.T, s mail.Sender, e mail.Envelope) (mail.Outcome, int) {
	t.Helper()
	handed := 0
	o := s.Send(t.Context(), e, func() error { handed++; return nil })
	return o, handed
}

// What the server has is what was composed, part for part.
func TestSMTP(t *testing.T) {
	server, client := certificates(t)
	secret := func(s *sink) { s.server.TLSConfig = server }
	tests := []struct {
		name   string
		sink   func(*sink)
		change func(*mail.SMTP)
		auth   []string
	}{
		{"without TLS", nil, func(*mail.SMTP) {}, nil},
		{"STARTTLS", secret, func(s *mail.SMTP) { s.Security = mail.STARTTLS }, nil},
		{"STARTTLS and password", secret, func(s *mail.SMTP) {
			s.Security, s.User, s.Password = mail.STARTTLS, "tamada", "secret"
		}, []string{"tamada"}},
		{"TLS and password", func(s *sink) { s.listener = tls.NewListener(s.listener, server) }, func(s *mail.SMTP) {
			s.Security, s.User, s.Password = mail.TLS, "tamada", "secret"
		}, []string{"tamada"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sink := startSink(t, test.sink)
			s := sink.smtp()
			s.TLS = client
			test.change(s)
			e := envelope(t)
			if o, handed := send(t, s, e); o.Verdict != mail.Accepted || handed != 1 {
				t.Fatalf("got %+v, handed over %d times, want it accepted", o, handed)
			}
			s.Rest()
			got := sink.all()
			if len(got) != 1 || got[0].from != e.From || got[0].to != e.To {
				t.Fatalf("got %d messages, the first from %s to %s, want one from %s to %s", len(got), got[0].from, got[0].to, e.From, e.To)
			}
			sameMessage(t, got[0].data, e.Data)
			if !slices.Equal(sink.auth, test.auth) {
				t.Errorf("signed in as %v, want %v", sink.auth, test.auth)
			}
			if sink.names[0] != "tamada.example.org" {
				t.Errorf("said hello as %q", sink.names[0])
			}
		})
	}
}

// sameMessage compares two messages part for part.
func sameMessage(t *testing.T, got, want []byte) {
	t.Helper()
	if !bytes.Equal(bytes.TrimSpace(got), bytes.TrimSpace(want)) {
		t.Error("the server has other bytes than were composed")
	}
	_, gotParts := parsed(t, got)
	_, wantParts := parsed(t, want)
	if outline(gotParts) != outline(wantParts) {
		t.Fatalf("got parts\n%s\nwant\n%s", outline(gotParts), outline(wantParts))
	}
	for i := range wantParts {
		if gotParts[i].body != wantParts[i].body {
			t.Errorf("%s differs", wantParts[i].kind)
		}
	}
}

func TestSMTPReplies(t *testing.T) {
	tests := []struct {
		name   string
		sink   func(*sink)
		want   mail.Verdict
		cause  post.Cause
		detail string
		handed int
	}{
		{"sender refused", func(s *sink) { s.mail = func(string) error { return reply(550, "who are you") } }, mail.Down, post.Unwelcome, "who are you", 0},
		{"too busy", func(s *sink) { s.mail = func(string) error { return reply(452, "full") } }, mail.Down, post.Replied, "full", 0},
		{"no mailbox", func(s *sink) { s.rcpt = func(*smtp.Conn, string) error { return reply(550, "no such user") } }, mail.NotEver, post.Replied, "550 no such user", 0},
		{"greylisted", func(s *sink) { s.rcpt = func(*smtp.Conn, string) error { return reply(450, "later") } }, mail.TryLater, post.Replied, "450 later", 0},
		{"password wanted", func(s *sink) { s.rcpt = func(*smtp.Conn, string) error { return reply(530, "who") } }, mail.Down, post.Unwelcome, "who", 0},
		{"shutting down", func(s *sink) { s.rcpt = func(*smtp.Conn, string) error { return reply(421, "bye") } }, mail.Down, post.Replied, "bye", 0},
		{"taken for spam", func(s *sink) { s.data = func(*smtp.Conn, received) error { return reply(554, "spam") } }, mail.NotEver, post.Replied, "spam", 1},
		{"full after all", func(s *sink) { s.data = func(*smtp.Conn, received) error { return reply(452, "full") } }, mail.TryLater, post.Replied, "full", 1},
		{"line cut before the text", func(s *sink) { s.rcpt = func(c *smtp.Conn, _ string) error { return c.Conn().Close() } }, mail.TryLater, post.Dropped, "", 0},
		{"taken, line dropped", func(s *sink) { s.data = func(c *smtp.Conn, _ received) error { return c.Conn().Close() } }, mail.NotKnown, post.Unanswered, "", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := startSink(t, test.sink).smtp()
			o, handed := send(t, s, envelope(t))
			if o.Verdict != test.want || o.Cause != test.cause || !strings.Contains(o.Detail, test.detail) || handed != test.handed {
				t.Errorf("got %+v, handed over %d times, want verdict %d for %s with %q, handed over %d times",
					o, handed, test.want, test.cause, test.detail, test.handed)
			}
			s.Rest()
		})
	}
}

// After an answer about one message the line is good for the next.
func TestSMTPGoesOn(t *testing.T) {
	sink := startSink(t, func(s *sink) {
		s.rcpt = func(_ *smtp.Conn, to string) error {
			if strings.HasPrefix(to, "nobody") {
				return reply(550, "no such user")
			}
			return nil
		}
	})
	s := sink.smtp()
	e := envelope(t)
	for _, to := range []string{"a@example.org", "nobody@example.org", "b@example.org"} {
		e.To = to
		send(t, s, e)
	}
	if got := sink.all(); len(got) != 2 || sink.lines != 1 {
		t.Errorf("got %d messages on %d lines, want 2 on 1", len(got), sink.lines)
	}
}

// A server may close a line between two messages; that is no trouble.
func TestSMTPConnectsAgain(t *testing.T) {
	var lines []*smtp.Conn
	sink := startSink(t, func(s *sink) {
		s.rcpt = func(c *smtp.Conn, _ string) error { lines = append(lines, c); return nil }
	})
	s := sink.smtp()
	for n := range 3 {
		if o, handed := send(t, s, envelope(t)); o.Verdict != mail.Accepted || handed != 1 {
			t.Errorf("message %d: got %+v, handed over %d times, want it accepted", n, o, handed)
		}
		if err := lines[n].Conn().Close(); err != nil {
			t.Fatal(err)
		}
	}
	if got := sink.all(); len(got) != 3 || sink.lines != 3 {
		t.Errorf("got %d messages on %d lines, want 3 on 3", len(got), sink.lines)
	}
}

// What was handed over is not handed over again by itself, whatever the server
// says: the queue decides.
func TestSMTPHandsOverOnce(t *testing.T) {
	sink := startSink(t, func(s *sink) {
		s.data = func(*smtp.Conn, received) error {
			if len(s.all()) == 2 {
				return reply(421, "shutting down")
			}
			return nil
		}
	})
	s := sink.smtp()
	send(t, s, envelope(t))
	if o, handed := send(t, s, envelope(t)); o.Verdict != mail.Down || handed != 1 || len(sink.all()) != 2 {
		t.Errorf("got %+v, handed over %d times, %d at the server, want once", o, handed, len(sink.all()))
	}
}

// What is stopped before the last dot never arrives, neither then nor by the end of
// the connection.
func TestSMTPStops(t *testing.T) {
	arrived := make(chan struct{})
	sink := startSink(t, func(s *sink) {
		s.data = func(*smtp.Conn, received) error { close(arrived); return nil }
	})
	s := sink.smtp()
	e := envelope(t)
	e.Data = append(e.Data, bytes.Repeat([]byte("more text\r\n"), 10_000)...)
	o := s.Send(t.Context(), e, func() error { return post.ErrLost })
	s.Rest()
	if o.Verdict != mail.Stopped {
		t.Errorf("got %+v, want it stopped", o)
	}
	if err := sink.server.Shutdown(t.Context()); err != nil { // waits for the connection to end
		t.Fatal(err)
	}
	select {
	case <-arrived:
		t.Error("half a message was delivered")
	default:
	}
}

func TestSMTPNoServer(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := l.Addr().(*net.TCPAddr).Port
	l.Close()
	s := &mail.SMTP{Host: "127.0.0.1", Port: port, Security: mail.Plain}
	if o, handed := send(t, s, envelope(t)); o.Verdict != mail.Down || o.Cause != post.Unreachable || handed != 0 {
		t.Errorf("got %+v, handed over %d times, want %s", o, handed, post.Unreachable)
	}
}

// A server that never says anything is given up, and the line is closed.
func TestSMTPSilence(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	closed := make(chan error, 1)
	go func() {
		c, err := l.Accept()
		if err == nil {
			_, err = c.Read(make([]byte, 1)) // until the client hangs up
		}
		closed <- err
	}()
	s := &mail.SMTP{Host: "127.0.0.1", Port: l.Addr().(*net.TCPAddr).Port, Security: mail.Plain, Timeout: 50 * time.Millisecond}
	if o, _ := send(t, s, envelope(t)); o.Verdict != mail.Down || o.Cause != post.Unreachable {
		t.Errorf("got %+v, want %s", o, post.Unreachable)
	}
	if err := <-closed; err == nil {
		t.Error("the line said something, want it closed")
	}
}

func TestSMTPSecrecy(t *testing.T) {
	server, client := certificates(t)
	secret := startSink(t, func(s *sink) { s.server.TLSConfig = server })
	open := startSink(t, nil)
	tests := []struct {
		name   string
		sink   *sink
		change func(*mail.SMTP)
	}{
		{"no STARTTLS there", open, func(s *mail.SMTP) { s.Security = mail.STARTTLS }},
		{"another's certificate", secret, func(s *mail.SMTP) { s.Security, s.TLS = mail.STARTTLS, nil }},
		{"wrong password", secret, func(s *mail.SMTP) {
			s.Security, s.TLS, s.User, s.Password = mail.STARTTLS, client, "tamada", "guess"
		}},
		{"password in the open", open, func(s *mail.SMTP) { s.User, s.Password = "tamada", "secret" }},
		{"another machine without TLS", open, func(s *mail.SMTP) { s.Host = "mail.example.org" }},
	}
	for _, test := range tests {
		s := test.sink.smtp()
		test.change(s)
		if o, handed := send(t, s, envelope(t)); o.Verdict != mail.Down || o.Cause != post.Unwelcome || handed != 0 {
			t.Errorf("%s: got %+v, handed over %d times, want %s", test.name, o, handed, post.Unwelcome)
		}
	}
	if n := len(secret.all()) + len(open.all()); n != 0 {
		t.Errorf("got %d messages all the same", n)
	}
}

// A message under way when we end is cut, and is uncertain.
func TestSMTPEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := startSink(t, func(s *sink) {
		s.data = func(c *smtp.Conn, _ received) error {
			cancel()
			_, err := c.Conn().Read(make([]byte, 1)) // until the client hangs up
			return err
		}
	}).smtp()
	o := s.Send(ctx, envelope(t), func() error { return nil })
	if o.Verdict != mail.NotKnown || o.Cause != post.Unanswered {
		t.Errorf("got %+v, want %s", o, post.Unanswered)
	}
}

func TestSMTPCheck(t *testing.T) {
	good := mail.SMTP{Host: "mail.example.org", Security: mail.STARTTLS, User: "tamada"}
	if err := good.Check(); err != nil {
		t.Errorf("got %v, want nothing wrong", err)
	}
	for name, spoil := range map[string]func(*mail.SMTP){
		"no host":       func(s *mail.SMTP) { s.Host = "" },
		"bad port":      func(s *mail.SMTP) { s.Port = 70000 },
		"bad security":  func(s *mail.SMTP) { s.Security = "ssl" },
		"in the open":   func(s *mail.SMTP) { s.Security = mail.Plain },
		"open password": func(s *mail.SMTP) { s.Host, s.Security = "localhost", mail.Plain },
	} {
		s := good
		spoil(&s)
		if err := s.Check(); err == nil || !strings.HasPrefix(err.Error(), "smtp: ") {
			t.Errorf("%s: got %v, want what to write", name, err)
		}
	}
}

func TestParseSMTP(t *testing.T) {
	for address, want := range map[string]mail.SMTP{
		"smtp://mail.example.org":                {Host: "mail.example.org", Security: mail.STARTTLS},
		"smtp://u%40x:p%2Fw@mail.example.org:25": {Host: "mail.example.org", Port: 25, Security: mail.STARTTLS, User: "u@x", Password: "p/w"},
		"smtps://u:p@[2001:db8::1]:465/":         {Host: "2001:db8::1", Port: 465, Security: mail.TLS, User: "u", Password: "p"},
		"smtp://localhost:25":                    {Host: "localhost", Port: 25, Security: mail.Plain},
		"smtp://u:p@127.0.0.1":                   {Host: "127.0.0.1", Security: mail.STARTTLS, User: "u", Password: "p"},
	} {
		got, err := mail.ParseSMTP(address)
		if err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("%s: got %+v, %v, want %+v", address, got, err, want)
		}
	}
	for _, address := range []string{
		"", "mail.example.org", "smtp://", "http://u:hush@mail.example.org", "smtp://u:hush@mail.example.org:99999",
		"smtp://u:hush@mail.example.org/path", "smtp://u:hu sh@mail", "smtp://u:hush%zz@mail", "smtp://u@mail.example.org", "smtp://u:hush@mail?x=1",
	} {
		if got, err := mail.ParseSMTP(address); err == nil || strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), "hu sh") {
			t.Errorf("%q: got %+v, %v, want an error without the password", address, got, err)
		}
	}
}

func TestOutbox(t *testing.T) {
	folder := t.TempDir() + "/outbox"
	o, err := mail.OpenOutbox(folder)
	if err != nil {
		t.Fatal(err)
	}
	e := envelope(t)
	stopped := o.Send(t.Context(), e, func() error { return post.ErrLost })
	if done, err := o.Delivered(e); done || err != nil || stopped.Verdict != mail.Stopped {
		t.Errorf("stopped: got %+v, delivered %v, %v", stopped, done, err)
	}
	for range 2 {
		if got, handed := send(t, o, e); got.Verdict != mail.Accepted || handed != 1 {
			t.Errorf("got %+v, handed over %d times, want it accepted", got, handed)
		}
	}
	if done, err := o.Delivered(e); !done || err != nil {
		t.Errorf("delivered: got %v, %v, want true", done, err)
	}
	data, err := o.Open(post.Message{ID: e.ID, Created: e.Date})
	if err != nil {
		t.Fatal(err)
	}
	sameMessage(t, data, e.Data)
	if read, err := mail.Read(data); err != nil || !strings.Contains(read.Subject, "Réunion de Tunis") || read.Text == "" || read.HTML == "" {
		t.Errorf("got %+v, %v, want what it says", read, err)
	}
	if err := os.WriteFile(folder+"/../secret.eml", []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"", "..", "../secret", "/etc/passwd", messageUUID[1:] + "0"} {
		if data, err := o.Open(post.Message{ID: id, Created: e.Date}); !errors.Is(err, agenda.ErrNotFound) {
			t.Errorf("%q: got %q, %v, want %v", id, data, err, agenda.ErrNotFound)
		}
	}
}

// A folder that is gone is trouble with the server, and comes back.
func TestOutboxGone(t *testing.T) {
	folder := t.TempDir() + "/outbox"
	o, err := mail.OpenOutbox(folder)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(folder); err != nil {
		t.Fatal(err)
	}
	if got, handed := send(t, o, envelope(t)); got.Verdict != mail.Down || handed != 0 {
		t.Errorf("got %+v, handed over %d times, want trouble", got, handed)
	}
}
