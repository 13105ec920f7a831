package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"

	"tamada/pkg/post"
)

// A Security says how a line to an SMTP server is kept secret.
type Security string

// The securities.
const (
	STARTTLS Security = "starttls" // RFC 3207; it is not sent without
	TLS      Security = "tls"      // from the first byte on, RFC 8314
	Plain    Security = "none"     // for a server on this machine only
)

// An SMTP sends through a server. It keeps the connection while there is more to
// send. Fields are set before the first use.
type SMTP struct {
	Host     string
	Port     int // 0 is 587 for STARTTLS, 465 for TLS and 25 without
	Security Security
	User     string // "" for no AUTH
	Password string
	Hello    string        // our name (EHLO); "" is that of the machine
	Timeout  time.Duration // of each step; 0 is a minute
	// Answer is how long to wait for the answer to a message; 0 is five minutes.
	// Who gives up early does not know whether it was taken.
	Answer time.Duration
	TLS    *tls.Config                                                       // nil for the usual one
	Dial   func(ctx context.Context, network, addr string) (net.Conn, error) // nil for the network

	client *smtp.Client // nil while there is no connection
	line   *line
}

// ParseSMTP reads the address of a server: smtp://USER:PASSWORD@HOST:PORT for
// [STARTTLS], smtps://… for [TLS]. Only a server on this machine, without a user,
// is spoken to in [Plain]. No error repeats the password.
func ParseSMTP(address string) (*SMTP, error) {
	const form = "write smtp://USER:PASSWORD@HOST:PORT or smtps://USER:PASSWORD@HOST:PORT, with characters like @ in a password as %40"
	u, ok := parseServer(address)
	if !ok {
		return nil, errors.New("smtp: " + form)
	}
	s := &SMTP{Host: u.host, Port: u.port, User: u.user, Password: u.password}
	switch {
	case u.scheme == "smtps":
		s.Security = TLS
	case u.scheme == "smtp" && loopback(s.Host) && s.User == "":
		s.Security = Plain
	case u.scheme == "smtp":
		s.Security = STARTTLS
	default:
		return nil, errors.New("smtp: " + form)
	}
	return s, s.Check()
}

// A server is what the address of one says.
type server struct {
	scheme, host   string
	port           int    // 0 if there is none
	user, password string // both or neither
}

// parseServer reads SCHEME://USER:PASSWORD@HOST:PORT.
func parseServer(address string) (s server, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || strings.Trim(u.Path, "/")+u.RawQuery+u.Fragment != "" {
		return s, false
	}
	s = server{scheme: u.Scheme, host: u.Hostname()}
	if u.User != nil {
		s.user = u.User.Username()
		s.password, _ = u.User.Password()
		if s.user == "" || s.password == "" {
			return s, false
		}
	}
	if u.Port() != "" {
		if s.port, err = strconv.Atoi(u.Port()); err != nil {
			return s, false
		}
	}
	return s, true
}

// Check returns an error that says what is wrong with the settings.
func (s *SMTP) Check() error {
	switch {
	case s.Host == "":
		return errors.New("smtp: name the host")
	case s.Port < 0 || s.Port > 65535:
		return fmt.Errorf("smtp: port %d: write one of 1 to 65535", s.Port)
	case s.Security != STARTTLS && s.Security != TLS && s.Security != Plain:
		return fmt.Errorf("smtp: security %q: write %s, %s or %s", s.Security, STARTTLS, TLS, Plain)
	case s.Security == Plain && !loopback(s.Host):
		return fmt.Errorf("smtp: %s is not this machine: write %s or %s for security", s.Host, STARTTLS, TLS)
	case s.Security == Plain && s.User != "":
		return errors.New("smtp: a password needs a line that is secret")
	}
	return nil
}

// loopback reports whether host is this machine.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Send hands a message over (RFC 5321 section 3.3).
func (s *SMTP) Send(ctx context.Context, e Envelope, handOver func() error) Outcome {
	reused, handed := s.client != nil, false
	note := func() error {
		handed = true
		return handOver()
	}
	o := s.transaction(ctx, e, note)
	if reused && s.client == nil && !handed && o.Cause != post.Unwelcome && o.Verdict == Down {
		// Servers close lines that were idle, or carried many messages.
		o = s.transaction(ctx, e, note)
	}
	return o
}

// transaction sends one message, on the connection that there is or a new one.
func (s *SMTP) transaction(ctx context.Context, e Envelope, handOver func() error) Outcome {
	if err := s.connect(ctx); err != nil {
		return connectOutcome(err)
	}
	stop := context.AfterFunc(ctx, s.line.cut)
	defer stop()
	for _, step := range []struct {
		command func() error
		outcome func(error) Outcome
	}{
		{func() error { return s.client.Mail("<" + e.From + ">") }, mailOutcome},
		{func() error { return s.client.Rcpt("<" + e.To + ">") }, messageOutcome},
	} {
		if err := s.step(step.command); err != nil {
			return s.failed(err, step.outcome(err))
		}
	}
	return s.data(e.Data, handOver)
}

// step runs one command in its time.
func (s *SMTP) step(command func() error) error {
	s.line.within(orDefault(s.Timeout, time.Minute))
	return command()
}

// data sends the text and the last dot. The text is flushed before the dot is
// handed over, so that whatever breaks before it is known not to have been taken.
func (s *SMTP) data(text []byte, handOver func() error) Outcome {
	var w interface{ Close() error }
	err := s.step(func() error {
		writer, err := s.client.Data()
		if err != nil {
			return err
		}
		w = writer
		if _, err := writer.Write(text); err != nil {
			return err
		}
		return s.client.Text.W.Flush()
	})
	if err != nil {
		return s.failed(err, messageOutcome(err))
	}
	if err := handOver(); err != nil {
		s.hangUp()
		return Outcome{Verdict: Stopped, Detail: err.Error()}
	}
	s.line.within(orDefault(s.Answer, 5*time.Minute))
	if err := w.Close(); err != nil {
		return s.failed(err, answerOutcome(err))
	}
	return Outcome{Verdict: Accepted}
}

// failed puts the connection back in order after an error, or closes it.
func (s *SMTP) failed(err error, o Outcome) Outcome {
	var reply *textproto.Error
	if !errors.As(err, &reply) || reply.Code == shuttingDown || s.step(s.client.Reset) != nil {
		s.hangUp()
	}
	return o
}

// Rest says goodbye to the server, and closes the connection.
func (s *SMTP) Rest() {
	if s.client != nil {
		s.line.within(5 * time.Second)
		_ = s.client.Quit() // it is closed in any case
		s.hangUp()
	}
}

// hangUp closes the connection without a word. QUIT would not do: with a text half
// sent it is preceded by the dot, and the server would deliver that half.
func (s *SMTP) hangUp() {
	if s.line != nil {
		s.line.cut()
	}
	s.client, s.line = nil, nil
}

// connect makes sure that there is a connection, secret and signed in as is asked
// for.
func (s *SMTP) connect(ctx context.Context) error {
	if s.client != nil {
		return nil
	}
	if err := s.Check(); err != nil {
		return err
	}
	s.line = &line{}
	client, err := gomail.NewClient(s.Host, s.options()...)
	if err != nil {
		return err
	}
	if s.client, err = client.DialToSMTPClientWithContext(ctx); err != nil {
		s.hangUp() // go-mail leaves a line open that failed later than at dialling
		return err
	}
	return nil
}

// options are the settings in the words of go-mail.
func (s *SMTP) options() []gomail.Option {
	options := []gomail.Option{
		gomail.WithPort(s.port()),
		gomail.WithTimeout(orDefault(s.Timeout, time.Minute)),
		gomail.WithTLSConfig(s.tlsConfig()),
		gomail.WithDialContextFunc(s.dial),
		gomail.WithoutSMTPUTF8(), // our addresses are ASCII; who asks for it is refused by servers further on
	}
	if s.Security == STARTTLS {
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	} else {
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
	}
	if s.Security == TLS {
		options = append(options, gomail.WithSSL())
	}
	if s.Hello != "" {
		options = append(options, gomail.WithHELO(s.Hello))
	}
	if s.User != "" {
		options = append(options, gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256,
			gomail.SMTPAuthSCRAMSHA1, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin),
			gomail.WithUsername(s.User), gomail.WithPassword(s.Password))
	}
	return options
}

func (s *SMTP) port() int {
	switch {
	case s.Port != 0:
		return s.Port
	case s.Security == STARTTLS:
		return 587
	case s.Security == TLS:
		return 465
	}
	return 25
}

func (s *SMTP) tlsConfig() *tls.Config {
	if s.TLS != nil {
		return s.TLS.Clone()
	}
	return &tls.Config{ServerName: s.Host, MinVersion: tls.VersionTLS12}
}

// dial opens a line and keeps hold of it.
func (s *SMTP) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	dial := s.Dial
	if dial == nil {
		dial = new(net.Dialer).DialContext
	}
	conn, err := dial(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	s.line.keep(conn)
	if s.Security == TLS {
		return tls.Client(conn, s.tlsConfig()), nil
	}
	return conn, nil
}

// A line is a network connection that another goroutine may cut.
type line struct {
	mu   sync.Mutex
	conn net.Conn
}

func (l *line) keep(c net.Conn) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.conn = c
}

// cut closes the connection.
func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		_ = l.conn.Close() // what is lost was not handed over
	}
}

// within sets how long the next steps may take.
func (l *line) within(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.conn != nil {
		_ = l.conn.SetDeadline(time.Now().Add(d)) // it fails on lines that are closed
	}
}

// Replies that are about us or the server, not about the message (RFC 5321
// section 4.2.3, RFC 4954 section 6).
const (
	shuttingDown = 421
	needsAuth    = 530
	badAuth      = 535
)

// connectOutcome explains why there is no connection.
func connectOutcome(err error) Outcome {
	var reply *textproto.Error
	var network net.Error
	if errors.As(err, &reply) && reply.Code < 500 || errors.As(err, &network) ||
		errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return Outcome{Down, post.Unreachable, err.Error()}
	}
	return Outcome{Down, post.Unwelcome, err.Error()}
}

// mailOutcome explains an error before the recipient was named: it would be the
// same for every message.
func mailOutcome(err error) Outcome {
	var reply *textproto.Error
	switch {
	case !errors.As(err, &reply):
		return Outcome{Down, post.Dropped, err.Error()}
	case reply.Code >= 500:
		return Outcome{Down, post.Unwelcome, said(reply)}
	}
	return Outcome{Down, post.Replied, said(reply)}
}

// messageOutcome explains an error before the message was handed over.
func messageOutcome(err error) Outcome {
	var reply *textproto.Error
	switch {
	case !errors.As(err, &reply):
		return Outcome{TryLater, post.Dropped, err.Error()}
	case reply.Code == shuttingDown:
		return Outcome{Down, post.Replied, said(reply)}
	case reply.Code == needsAuth || reply.Code == badAuth:
		return Outcome{Down, post.Unwelcome, said(reply)}
	case reply.Code >= 500:
		return Outcome{NotEver, post.Replied, said(reply)}
	}
	return Outcome{TryLater, post.Replied, said(reply)}
}

// answerOutcome explains what is not the usual answer to a message that was handed
// over. A reply that is no acceptance means that the server does not have it.
func answerOutcome(err error) Outcome {
	var reply *textproto.Error
	switch {
	case !errors.As(err, &reply):
		return Outcome{NotKnown, post.Unanswered, err.Error()}
	case reply.Code/100 == 2:
		return Outcome{Verdict: Accepted}
	}
	return messageOutcome(err)
}

// said is what the server said, with its code.
func said(reply *textproto.Error) string { return fmt.Sprintf("%d %s", reply.Code, reply.Msg) }

// orDefault is d, or the other if d is not set.
func orDefault(d, other time.Duration) time.Duration {
	if d == 0 {
		return other
	}
	return d
}
