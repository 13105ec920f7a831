package mail_test

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	"github.com/emersion/go-smtp"

	"tamada/pkg/mail"
)

// A sink is a mail server that keeps what it is sent, and can be told to be
// difficult.
type sink struct {
	server   *smtp.Server
	listener net.Listener

	mail func(from string) error
	rcpt func(c *smtp.Conn, to string) error
	data func(c *smtp.Conn, r received) error // once the message is kept

	mu       sync.Mutex
	messages []received
	lines    int // connections
	auth     []string
	names    []string // of EHLO
}

// received is a message that a sink took.
type received struct {
	from, to string
	data     []byte
}

// startSink serves on a port of this machine until the test ends.
func startSink(t *testing.T, change func(*sink)) *sink {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return serve(t, l, change)
}

// serve serves on a listener until the test ends.
func serve(t *testing.T, l net.Listener, change func(*sink)) *sink {
	t.Helper()
	s := &sink{listener: l}
	s.server = smtp.NewServer(s)
	s.server.Domain = "sink.example.org"
	s.server.ErrorLog = log.New(io.Discard, "", 0)
	if change != nil {
		change(s)
	}
	go func() {
		if err := s.server.Serve(s.listener); err != nil && !errors.Is(err, smtp.ErrServerClosed) {
			t.Errorf("sink: %v", err)
		}
	}()
	t.Cleanup(func() { s.server.Close() })
	return s
}

// smtp returns a sender to the sink, without TLS.
func (s *sink) smtp() *mail.SMTP {
	return &mail.SMTP{Host: "127.0.0.1", Port: s.port(), Security: mail.Plain, Hello: "tamada.example.org"}
}

func (s *sink) port() int { return s.listener.Addr().(*net.TCPAddr).Port }

// all returns what the sink took.
func (s *sink) all() []received {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.messages
}

// NewSession implements [smtp.Backend].
func (s *sink) NewSession(c *smtp.Conn) (smtp.Session, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lines++
	s.names = append(s.names, c.Hostname())
	return &session{sink: s, conn: c}, nil
}

// A session is one connection to a sink.
type session struct {
	sink *sink
	conn *smtp.Conn
	received
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "secret" {
			return reply(535, "wrong password")
		}
		s.sink.mu.Lock()
		defer s.sink.mu.Unlock()
		s.sink.auth = append(s.sink.auth, user)
		return nil
	}), nil
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	if s.sink.mail != nil {
		return s.sink.mail(from)
	}
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.to = to
	if s.sink.rcpt != nil {
		return s.sink.rcpt(s.conn, to)
	}
	return nil
}

func (s *session) Data(r io.Reader) error {
	data, err := io.ReadAll(r)
	if err != nil {
		return err // the line broke before the dot
	}
	got := received{s.from, s.to, data}
	s.sink.mu.Lock()
	s.sink.messages = append(s.sink.messages, got)
	s.sink.mu.Unlock()
	if s.sink.data != nil {
		return s.sink.data(s.conn, got)
	}
	return nil
}

func (s *session) Reset()        {}
func (s *session) Logout() error { return nil }

// reply is an answer of a server.
func reply(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.NoEnhancedCode, Message: text}
}

// certificates returns TLS settings of a server, and of a client that trusts it.
func certificates(t *testing.T) (server, client *tls.Config) {
	t.Helper()
	s := httptest.NewTLSServer(nil)
	t.Cleanup(s.Close)
	roots := s.Client().Transport.(*http.Transport).TLSClientConfig.RootCAs
	return &tls.Config{Certificates: s.TLS.Certificates}, &tls.Config{ServerName: "example.com", RootCAs: roots}
}

// pipes is a network within the program.
type pipes struct {
	conns chan net.Conn
	done  chan struct{}
	once  sync.Once
}

func newPipes() *pipes { return &pipes{conns: make(chan net.Conn), done: make(chan struct{})} }

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.done:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	p.once.Do(func() { close(p.done) })
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.UnixAddr{Name: "pipes"} }

// dial connects to whoever accepts.
func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.conns <- theirs:
		return ours, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// messageID returns the Message-ID of what was received.
func (r received) messageID() string {
	for line := range strings.SplitSeq(string(r.data), "\r\n") {
		if id, ok := strings.CutPrefix(line, "Message-ID: "); ok {
			return strings.Trim(id, "<>")
		}
	}
	return ""
}
