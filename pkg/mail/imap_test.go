package mail_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"log"
	"log/slog"
	"net"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"tamada/pkg/mail"
	"tamada/pkg/post"
)

// A postbox is a mailbox on a server of its own.
type postbox struct {
	user *imapmemserver.User
	imap *mail.IMAP
}

// openPostbox serves a mailbox on a port of this machine until the test ends, with TLS that
// begins in the line if there are settings of it.
func openPostbox(t *testing.T, settings *tls.Config) postbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return servePostbox(t, l, settings)
}

func servePostbox(t *testing.T, l net.Listener, settings *tls.Config) postbox {
	t.Helper()
	user := imapmemserver.NewUser("meetings@example.org", "p/w \"x\"")
	if err := user.Create("INBOX", nil); err != nil {
		t.Fatal(err)
	}
	all := imapmemserver.New()
	all.AddUser(user)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return all.NewSession(), nil, nil
		},
		Caps:         imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIMAP4rev2: {}},
		TLSConfig:    settings,
		InsecureAuth: settings == nil,
		Logger:       log.New(io.Discard, "", 0),
	})
	go func() {
		if err := server.Serve(l); err != nil && !errors.Is(err, net.ErrClosed) {
			t.Errorf("postbox: %v", err)
		}
	}()
	t.Cleanup(func() { server.Close() })
	port := l.Addr().(*net.TCPAddr).Port
	return postbox{user, &mail.IMAP{Host: "127.0.0.1", Port: port, Security: mail.Plain, User: "meetings@example.org", Password: "p/w \"x\""}}
}

// put puts a message into the mailbox.
func (p postbox) put(t *testing.T, message []byte, flags ...imap.Flag) {
	t.Helper()
	at := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	if _, err := p.user.Append("INBOX", literal{bytes.NewReader(message), int64(len(message))}, &imap.AppendOptions{Flags: flags, Time: at}); err != nil {
		t.Fatal(err)
	}
}

// A literal is a message on its way to the server.
type literal struct {
	io.Reader
	size int64
}

func (l literal) Size() int64 { return l.size }

// unseen returns how many messages nobody has seen, and how many there are.
func (p postbox) unseen(t *testing.T) (unseen, all uint32) {
	t.Helper()
	s, err := p.user.Status("INBOX", &imap.StatusOptions{NumMessages: true, NumUnseen: true})
	if err != nil {
		t.Fatal(err)
	}
	return *s.NumUnseen, *s.NumMessages
}

// visited is what a visit brought: the first words of each message.
func visited(t *testing.T, m *mail.IMAP, from post.Place) (words string, to post.Place) {
	t.Helper()
	to, all, err := m.Visit(t.Context(), from, func(in mail.Incoming) (bool, error) {
		word, _, _ := strings.Cut(string(in.Data), "\r\n")
		if in.Data == nil {
			word = "(large)"
		}
		if in.Received.IsZero() {
			t.Errorf("%s: no time", word)
		}
		words += word + " "
		return strings.HasPrefix(word, "Ours"), nil
	})
	if err != nil || !all {
		t.Fatalf("got %v, all of it: %t", err, all)
	}
	return strings.TrimSpace(words), to
}

// Every message is read once, in its order; only ours are marked as seen, and nothing goes.
func TestIMAP(t *testing.T) {
	server, client := certificates(t)
	inner := func(t *testing.T, p postbox) {
		p.put(t, []byte("Seen: 1\r\n\r\n"), imap.FlagSeen)
		p.put(t, []byte("Ours: 2\r\n\r\n"))
		p.put(t, []byte("Letter: 3\r\n\r\n"))
		words, place := visited(t, p.imap, post.Place{})
		if words != "Ours: 2 Letter: 3" {
			t.Errorf("first visit: got %q", words)
		}
		if words, again := visited(t, p.imap, place); words != "" || again != place {
			t.Errorf("nothing new: got %q, %v, want %v", words, again, place)
		}
		p.put(t, append([]byte("Ours: 4\r\n\r\n"), make([]byte, 1<<20)...))
		p.put(t, []byte("Ours: 5\r\n\r\n"), imap.FlagSeen) // by somebody else, before us
		p.put(t, nil)
		words, last := visited(t, p.imap, place)
		if words != "(large) Ours: 5" || last.Last != place.Last+3 {
			t.Errorf("second visit: got %q to %v, want the large one and the next after %v", words, last, place)
		}
		if unseen, all := p.unseen(t); unseen != 3 || all != 6 {
			t.Errorf("got %d of %d unseen, want 3 of 6", unseen, all)
		}
		if words, _ := visited(t, p.imap, post.Place{Validity: place.Validity + 1, Last: 99}); words != "Letter: 3 (large)" {
			t.Errorf("the mailbox was made anew: got %q, want what nobody has seen", words)
		}
	}
	t.Run("plain", func(t *testing.T) { inner(t, openPostbox(t, nil)) })
	t.Run("starttls", func(t *testing.T) {
		p := openPostbox(t, server)
		p.imap.Security, p.imap.TLS = mail.STARTTLS, client
		inner(t, p)
	})
	t.Run("tls", func(t *testing.T) {
		l, err := tls.Listen("tcp", "127.0.0.1:0", server)
		if err != nil {
			t.Fatal(err)
		}
		p := servePostbox(t, l, nil)
		p.imap.Security, p.imap.TLS = mail.TLS, client
		inner(t, p)
	})
}

// A mailbox whose messages were all seen before is not read from its beginning later.
func TestIMAPOldMailbox(t *testing.T) {
	p := openPostbox(t, nil)
	for range 3 {
		p.put(t, []byte("Seen: before\r\n\r\n"), imap.FlagSeen)
	}
	_, place := visited(t, p.imap, post.Place{})
	p.put(t, []byte("Ours: new\r\n\r\n"))
	if words, _ := visited(t, p.imap, place); words != "Ours: new" {
		t.Errorf("got %q, want the new one alone", words)
	}
}

// A visit ends after some messages, and where taking one fails; the next goes on from there.
func TestIMAPGoesOn(t *testing.T) {
	p := openPostbox(t, nil)
	for n := range 205 {
		p.put(t, []byte("Letter: "+strconv.Itoa(n)+"\r\n\r\n"))
	}
	count, broken := 0, errors.New("the database is away")
	take := func(mail.Incoming) (bool, error) {
		if count++; count == 4 {
			return true, broken
		}
		return false, nil
	}
	place, all, err := p.imap.Visit(t.Context(), post.Place{}, take)
	if !errors.Is(err, broken) || all || place.Last != 3 {
		t.Errorf("got %v, %t, to %v; want the error after the third", err, all, place)
	}
	if place, all, err = p.imap.Visit(t.Context(), place, take); err != nil || all || place.Last != 203 {
		t.Errorf("got %v, %t, to %v; want 200 more", err, all, place)
	}
	if place, all, err = p.imap.Visit(t.Context(), place, take); err != nil || !all || place.Last != 205 || count != 206 {
		t.Errorf("got %v, %t, to %v after %d; want all of it", err, all, place, count)
	}
}

// Trouble with the server is an error that says what it is, without the password.
func TestIMAPTrouble(t *testing.T) {
	server, client := certificates(t)
	p, secret := openPostbox(t, nil), openPostbox(t, server)
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	for name, test := range map[string]struct {
		from   postbox
		change func(*mail.IMAP)
	}{
		"wrong password":         {p, func(m *mail.IMAP) { m.Password = "hush" }},
		"no such folder":         {p, func(m *mail.IMAP) { m.Folder = "Replies" }},
		"no TLS there":           {p, func(m *mail.IMAP) { m.Security, m.TLS = mail.STARTTLS, client }},
		"TLS in the wrong place": {p, func(m *mail.IMAP) { m.Security, m.TLS, m.Timeout = mail.TLS, client, time.Second }},
		"another's certificate":  {secret, func(m *mail.IMAP) { m.Security = mail.STARTTLS }},
		"another machine":        {p, func(m *mail.IMAP) { m.Host = "mail.example.org" }},
		"a silent server": {p, func(m *mail.IMAP) {
			m.Port, m.Timeout = silent.Addr().(*net.TCPAddr).Port, 100*time.Millisecond
		}},
	} {
		m := *test.from.imap
		test.change(&m)
		_, _, err := m.Visit(t.Context(), post.Place{}, func(mail.Incoming) (bool, error) { return false, errors.New("taken") })
		if err == nil || !strings.HasPrefix(err.Error(), "imap: ") || strings.Contains(err.Error(), m.Password) {
			t.Errorf("%s: got %v, want an error of IMAP without the password", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := p.imap.Visit(ctx, post.Place{}, nil); err == nil {
		t.Error("got a visit after the end")
	}
}

func TestParseIMAP(t *testing.T) {
	for address, want := range map[string]mail.IMAP{
		"imaps://u%40x:p%2Fw@mail.example.org": {Host: "mail.example.org", Security: mail.TLS, User: "u@x", Password: "p/w"},
		"imap://u:p@mail.example.org:1143/":    {Host: "mail.example.org", Port: 1143, Security: mail.STARTTLS, User: "u", Password: "p"},
		"imap://u:p@localhost":                 {Host: "localhost", Security: mail.Plain, User: "u", Password: "p"},
	} {
		got, err := mail.ParseIMAP(address)
		if err != nil || !reflect.DeepEqual(*got, want) {
			t.Errorf("%s: got %+v, %v, want %+v", address, got, err, want)
		}
	}
	for _, address := range []string{"", "mail.example.org", "imaps://mail.example.org", "imaps://u@mail.example.org", "smtp://u:hush@mail.example.org", "imaps://u:hush@mail.example.org/INBOX", "imaps://u:hush@mail:99999"} {
		if got, err := mail.ParseIMAP(address); err == nil || strings.Contains(err.Error(), "hush") {
			t.Errorf("%q: got %+v, %v, want an error without the password", address, got, err)
		}
	}
	m := mail.IMAP{Host: "mail.example.org", Security: mail.TLS, User: "u", Password: "hush"}
	if got, want := m.Name(), "u@mail.example.org:993/INBOX"; got != want {
		t.Errorf("got the name %q, want %q", got, want)
	}
}

// A register is where one place is kept.
type register struct {
	mu    sync.Mutex
	owner string
	place post.Place
}

func (r *register) HoldMailbox(_ context.Context, _, worker string, _, _ time.Time) (post.Place, bool, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.owner == "" {
		r.owner = worker
	}
	return r.place, r.owner == worker, nil
}

func (r *register) ReadMailbox(_ context.Context, _, worker string, p post.Place) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.owner != worker {
		return post.ErrLost
	}
	r.place = p
	return nil
}

// Trouble with the mailbox is there for those who wait for answers, until it is read again.
func TestInboxTrouble(t *testing.T) {
	p := openPostbox(t, nil)
	read, refused := make(chan struct{}), *p.imap
	refused.Password = "wrong"
	b := &mail.Inbox{
		Mailbox: &refused, Places: &register{}, Name: "one", Log: slog.New(slog.DiscardHandler), Now: time.Now,
		Take: func(context.Context, mail.Incoming) (bool, error) { close(read); return true, nil },
	}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { b.Run(ctx); close(ended) }()
	for end := time.Now().Add(20 * time.Second); b.Trouble().Since.IsZero(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("got no trouble with a wrong password")
		}
	}
	if d := b.Trouble().Detail; !strings.HasPrefix(d, "imap: ") {
		t.Errorf("got %q, want what is wrong", d)
	}
	cancel()
	<-ended
	p.put(t, []byte("Ours: 1\r\n\r\n"))
	b.Mailbox = p.imap
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	go b.Run(ctx)
	<-read
	for end := time.Now().Add(20 * time.Second); !b.Trouble().Since.IsZero(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("got trouble after it has ended")
		}
	}
}

// Of two instances one reads the mailbox; once it is gone, the other goes on.
func TestInbox(t *testing.T) {
	p, places := openPostbox(t, nil), &register{}
	var taken []string
	inbox := func(name string) *mail.Inbox {
		return &mail.Inbox{
			Mailbox: p.imap, Places: places, Name: name, Log: slog.New(slog.DiscardHandler), Now: time.Now,
			Take: func(_ context.Context, in mail.Incoming) (bool, error) {
				taken = append(taken, name+" "+strings.TrimSpace(string(in.Data)))
				return true, nil
			},
		}
	}
	one, two := inbox("one"), inbox("two")
	collect := func(b *mail.Inbox) {
		t.Helper()
		if all, err := b.Collect(t.Context()); err != nil || !all {
			t.Errorf("got %t, %v, want all of it", all, err)
		}
	}
	p.put(t, []byte("A: 1\r\n\r\n"))
	collect(one)
	collect(two)
	p.put(t, []byte("A: 2\r\n\r\n"))
	collect(two)
	places.owner = ""
	collect(two)
	collect(one)
	if got, want := strings.Join(taken, ", "), "one A: 1, two A: 2"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	p.put(t, []byte("A: 3\r\n\r\n"))
	two.Take = func(context.Context, mail.Incoming) (bool, error) {
		places.owner = "one" // it was too slow
		return true, nil
	}
	if _, err := two.Collect(t.Context()); !errors.Is(err, post.ErrLost) {
		t.Errorf("got %v, want %v", err, post.ErrLost)
	}
}
