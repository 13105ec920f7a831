package mail

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"slices"
	"strconv"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"github.com/emersion/go-sasl"

	"tamada/pkg/post"
)

// An IMAP reads a mailbox on a server (RFC 9051, RFC 3501). Fields are set before the first
// use.
type IMAP struct {
	Host     string
	Port     int // 0 is 993 for TLS and 143 for the others
	Security Security
	User     string
	Password string
	Folder   string        // "" is INBOX
	Timeout  time.Duration // of a whole visit; 0 is five minutes
	TLS      *tls.Config   // nil for the usual one
}

// ParseIMAP reads the address of a server: imaps://USER:PASSWORD@HOST:PORT for [TLS],
// imap://… for [STARTTLS]. Only a server on this machine is spoken to in [Plain]. No error
// repeats the password.
func ParseIMAP(address string) (*IMAP, error) {
	const form = "imap: write imaps://USER:PASSWORD@HOST:PORT or imap://USER:PASSWORD@HOST:PORT, with characters like @ in a password as %40"
	u, ok := parseServer(address)
	if !ok || u.user == "" || u.port > 65535 {
		return nil, errors.New(form)
	}
	m := &IMAP{Host: u.host, Port: u.port, User: u.user, Password: u.password}
	switch {
	case u.scheme == "imaps":
		m.Security = TLS
	case u.scheme == "imap" && loopback(u.host):
		m.Security = Plain
	case u.scheme == "imap":
		m.Security = STARTTLS
	default:
		return nil, errors.New(form)
	}
	return m, nil
}

// Name returns what names the mailbox for those who read it in turns.
func (m *IMAP) Name() string { return m.User + "@" + m.address() + "/" + m.folder() }

func (m *IMAP) folder() string {
	if m.Folder == "" {
		return "INBOX"
	}
	return m.Folder
}

func (m *IMAP) address() string {
	port := m.Port
	switch {
	case port != 0:
	case m.Security == TLS:
		port = 993
	default:
		port = 143
	}
	return net.JoinHostPort(m.Host, strconv.Itoa(port))
}

// An Incoming is a message in a mailbox.
type Incoming struct {
	Received time.Time // by the clock of the server
	Data     []byte    // nil if it is larger than what is read, or the server cannot read it
}

// The bounds of a visit to a mailbox.
const (
	largestIncoming = 1 << 20 // bytes of a message that is read
	mostIncoming    = 200     // messages of one visit
)

// Visit reads the messages that have come to a mailbox since it was read to a place, the
// oldest first; of a mailbox that was never read, those that nobody has seen. Take says
// whether a message is one of ours, which is then marked as seen. Nothing else in the mailbox
// is changed. Visit returns how far it was read, also beside an error, and whether that is
// all of it.
func (m *IMAP) Visit(ctx context.Context, from post.Place, take func(Incoming) (ours bool, err error)) (to post.Place, all bool, err error) {
	ctx, cancel := context.WithTimeout(ctx, orDefault(m.Timeout, 5*time.Minute))
	defer cancel()
	client, err := m.dial(ctx)
	if err != nil {
		return from, false, err
	}
	defer client.Close()
	defer context.AfterFunc(ctx, func() { client.Close() })()
	v := visit{client: client, place: from}
	all, err = v.read(m, take)
	if ctx.Err() != nil {
		err = fmt.Errorf("imap: %w", ctx.Err())
	}
	return v.place, all, err
}

// dial returns a line to the server that is as secret as is asked for.
func (m *IMAP) dial(ctx context.Context) (*imapclient.Client, error) {
	if m.Security == Plain && !loopback(m.Host) {
		return nil, fmt.Errorf("imap: %s is not this machine: write imaps://", m.Host)
	}
	conn, err := new(net.Dialer).DialContext(ctx, "tcp", m.address())
	if err != nil {
		return nil, fmt.Errorf("imap: %w", err)
	}
	deadline, _ := ctx.Deadline()
	_ = conn.SetDeadline(deadline) // until the client sets its own; it is closed with ctx too
	switch m.Security {
	case TLS:
		line := tls.Client(conn, m.tlsConfig())
		if err := line.HandshakeContext(ctx); err != nil {
			conn.Close()
			return nil, fmt.Errorf("imap: %w", err)
		}
		return imapclient.New(line, nil), nil
	case STARTTLS:
		stop := context.AfterFunc(ctx, func() { conn.Close() })
		defer stop()
		client, err := imapclient.NewStartTLS(conn, &imapclient.Options{TLSConfig: m.tlsConfig()})
		if err != nil {
			return nil, fmt.Errorf("imap: %w", err)
		}
		return client, nil
	}
	return imapclient.New(conn, nil), nil
}

func (m *IMAP) tlsConfig() *tls.Config {
	if m.TLS != nil {
		return m.TLS.Clone()
	}
	return &tls.Config{ServerName: m.Host, MinVersion: tls.VersionTLS12}
}

// A visit is one connection to a mailbox.
type visit struct {
	client *imapclient.Client
	place  post.Place
}

// read signs in and reads what is new.
func (v *visit) read(m *IMAP, take func(Incoming) (bool, error)) (all bool, err error) {
	if err := v.signIn(m); err != nil {
		return false, fmt.Errorf("imap: sign in as %s: %w", m.User, err)
	}
	box, err := v.client.Select(m.folder(), nil).Wait()
	if err != nil {
		return false, fmt.Errorf("imap: %s: %w", m.folder(), err)
	}
	if v.place.Validity != box.UIDValidity {
		v.place = post.Place{}
	}
	first := v.place.Validity == 0
	numbers, err := v.fresh()
	if err != nil {
		return false, fmt.Errorf("imap: search: %w", err)
	}
	v.place.Validity = box.UIDValidity
	all = len(numbers) <= mostIncoming
	for _, n := range numbers[:min(len(numbers), mostIncoming)] {
		if err := v.message(n, take); err != nil {
			return false, err
		}
		v.place.Last = uint32(n)
	}
	if first && all && box.UIDNext > 0 { // what was seen before is not read later either
		v.place.Last = max(v.place.Last, uint32(box.UIDNext)-1)
	}
	_ = v.client.Logout().Wait() // it is closed in any case
	return all, nil
}

// signIn uses the way that does not need quoting, if there is one.
func (v *visit) signIn(m *IMAP) error {
	if v.client.Caps().Has(imap.AuthCap(sasl.Plain)) {
		return v.client.Authenticate(sasl.NewPlainClient("", m.User, m.Password))
	}
	return v.client.Login(m.User, m.Password).Wait()
}

// fresh returns the numbers of the messages to read, in their order.
func (v *visit) fresh() ([]imap.UID, error) {
	var what imap.SearchCriteria
	if v.place.Validity == 0 {
		what.NotFlag = []imap.Flag{imap.FlagSeen}
	} else {
		var after imap.UIDSet
		after.AddRange(imap.UID(v.place.Last)+1, 0) // 0 is the last that there is
		what.UID = []imap.UIDSet{after}
	}
	found, err := v.client.UIDSearch(&what, nil).Wait()
	if err != nil {
		return nil, err
	}
	set, _ := found.All.(imap.UIDSet) // nil for none
	numbers, ok := set.Nums()
	if !ok {
		return nil, errors.New("the server answers with an open range")
	}
	// The last message is in any range, if it is below it too.
	numbers = slices.DeleteFunc(numbers, func(n imap.UID) bool { return uint32(n) <= v.place.Last })
	slices.Sort(numbers)
	return numbers, nil
}

// message hands one message over, and marks it if it was ours.
func (v *visit) message(n imap.UID, take func(Incoming) (bool, error)) error {
	in, found, err := v.fetch(n)
	var refusal *imap.Error
	if errors.As(err, &refusal) { // of this one: it is not to keep us from those after it
		in.Data, found, err = nil, true, nil
	}
	if err != nil {
		return fmt.Errorf("imap: message %d: %w", n, err)
	}
	if !found {
		return nil // somebody has removed it meanwhile
	}
	ours, err := take(in)
	if err != nil || !ours {
		return err
	}
	seen := &imap.StoreFlags{Op: imap.StoreFlagsAdd, Flags: []imap.Flag{imap.FlagSeen}, Silent: true}
	if err := v.client.Store(imap.UIDSetNum(n), seen, nil).Close(); err != nil {
		return fmt.Errorf("imap: mark message %d: %w", n, err)
	}
	return nil
}

// fetch reads a message, after asking how large it is, and leaves it unseen.
func (v *visit) fetch(n imap.UID) (in Incoming, found bool, err error) {
	about, err := v.client.Fetch(imap.UIDSetNum(n), &imap.FetchOptions{UID: true, RFC822Size: true, InternalDate: true}).Collect()
	if err != nil || len(about) == 0 {
		return in, false, err
	}
	in.Received = about[0].InternalDate
	if about[0].RFC822Size > largestIncoming {
		return in, true, nil
	}
	part := &imap.FetchItemBodySection{Peek: true, Partial: &imap.SectionPartial{Size: largestIncoming}}
	bodies, err := v.client.Fetch(imap.UIDSetNum(n), &imap.FetchOptions{UID: true, BodySection: []*imap.FetchItemBodySection{part}}).Collect()
	if err != nil || len(bodies) == 0 || len(bodies[0].BodySection) == 0 {
		return in, false, err
	}
	in.Data = bodies[0].BodySection[0].Bytes
	if in.Data == nil {
		in.Data = []byte{}
	}
	return in, true, nil
}
