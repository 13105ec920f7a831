package main

import (
	"context"
	"errors"
	"fmt"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/config"
	"tamada/pkg/locale"
	"tamada/pkg/mail"
	"tamada/pkg/post"
	"tamada/pkg/site"
	"tamada/pkg/store"
	"tamada/pkg/web"
)

// A postOffice is the mail of a site: the queue in the database, and whoever
// empties it.
type postOffice struct {
	*store.Mail
	worker *mail.Worker
	outbox *mail.Outbox // nil where there is a server
	site   *site.Keeper
	now    func() time.Time

	inbox   *mail.Inbox // that is read for answers; nil for none
	replies string      // its address
}

// openPostOffice returns the mail of the site at base. Name tells instances that
// share a database apart; it is the same after a restart, so that an instance
// knows at once what a crash has left behind.
func (a *app) openPostOffice(queue *store.Mail, c config.Config, k *site.Keeper, base, name string) (_ *postOffice, err error) {
	composer := &mail.Composer{From: sender(c), Now: mailSite(k, base)}
	if err := composer.Check(); err != nil {
		return nil, fmt.Errorf("configuration: mail.from: %w", err)
	}
	p := &postOffice{Mail: queue, site: k, now: a.Now}
	p.worker = &mail.Worker{Queue: queue, Composer: composer, Name: name, Log: a.logger(), Now: a.Now}
	if err := p.openInbox(c); err != nil {
		return nil, err
	}
	if c.Mail.SMTP != "" {
		if p.worker.Sender, err = smtpSender(c); err != nil {
			return nil, err
		}
		return p, nil
	}
	if p.outbox, err = mail.OpenOutbox(outboxFolder(c)); err != nil {
		return nil, err
	}
	p.worker.Sender = p.outbox
	return p, nil
}

// smtpSender returns the server of the configuration.
func smtpSender(c config.Config) (*mail.SMTP, error) {
	s, err := mail.ParseSMTP(c.Mail.SMTP)
	if err != nil {
		return nil, fmt.Errorf("configuration: mail.%w", err)
	}
	return s, nil
}

// sender returns whom messages are from: the address of the configuration.
// One without a name gets that of the site when a message is made.
func sender(c config.Config) post.Mailbox {
	if from := mailbox(c.Mail.From); from.Address != "" {
		return from
	}
	return post.Mailbox{Address: "tamada@localhost"}
}

// mailboxes returns those of events, by slug.
func mailboxes(c config.Config) map[string]post.Mailbox {
	all := map[string]post.Mailbox{}
	for slug, address := range c.Mail.Events {
		all[slug] = mailbox(address)
	}
	return all
}

// mailbox returns a mailbox of the configuration, which is checked; an empty one
// for none.
func mailbox(address string) post.Mailbox {
	from, err := netmail.ParseAddress(address)
	if err != nil {
		return post.Mailbox{}
	}
	return post.Mailbox{Name: from.Name, Address: from.Address}
}

// outboxFolder is where messages are written to where there is no server.
func outboxFolder(c config.Config) string {
	if c.Mail.Outbox != "" {
		return c.Mail.Outbox
	}
	return filepath.Join(filepath.Dir(databaseFile(c)), "outbox")
}

// databaseFile is the file of a SQLite database; "" if the database is none.
func databaseFile(c config.Config) string {
	path, ok := strings.CutPrefix(c.Database, "sqlite://")
	if !ok || strings.HasPrefix(path, ":memory:") {
		return ""
	}
	return path
}

// secretFile is where the secret is that a site has made for itself.
func secretFile(c config.Config) string { return databaseFile(c) + ".secret" }

// siteSecret returns the secret of the site: the one of the configuration, or
// one that is made at the first start and kept beside the database. Instances
// that share a PostgreSQL have to share it, so that none can be made there.
func siteSecret(c config.Config) (string, error) {
	switch {
	case c.Secret != "":
		return c.Secret, nil
	case strings.HasPrefix(c.Database, "postgres"):
		return "", errors.New("configuration: secret: with PostgreSQL, set one, the same for every instance; openssl rand -base64 32 makes one")
	case databaseFile(c) == "": // in memory, as what it seals is
		return access.NewSecret().String(), nil
	}
	f, err := os.OpenFile(secretFile(c), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, os.ErrExist) {
		return readSecret(secretFile(c))
	}
	if err != nil {
		return "", fmt.Errorf("secret of the site: %w", err)
	}
	secret := access.NewSecret().String()
	_, err = f.WriteString(secret + "\n")
	return secret, errors.Join(err, f.Sync(), f.Close())
}

// readSecret reads the secret that was made before.
func readSecret(name string) (string, error) {
	b, err := os.ReadFile(name)
	if err != nil {
		return "", fmt.Errorf("secret of the site: %w", err)
	}
	secret := strings.TrimSpace(string(b))
	if secret == "" {
		return "", fmt.Errorf("secret of the site: %s is empty: remove it, and another is made", name)
	}
	return secret, nil
}

// run sends what is in the queue until ctx is done.
func (p *postOffice) run(ctx context.Context) {
	go func() {
		for range p.News(ctx) {
			p.worker.Wake()
		}
	}()
	p.worker.Run(ctx)
}

// SignIn puts a letter with a link that signs its reader in into the queue. It is
// of no use once the link has ended.
func (p *postOffice) SignIn(ctx context.Context, to access.User, link string) error {
	lifetime := access.ForSignIn.Lifetime()
	l := locale.For(to.Language)
	letter := mail.SignIn{Site: siteName(p.site, l.Tag()), Name: to.Name, Link: link, Minutes: int(lifetime.Minutes())}
	return p.send(ctx, post.KindSignIn, to, letter.Letter(l), "", lifetime)
}

// Invite puts a letter that offers somebody a role at an event into the queue.
func (p *postOffice) Invite(ctx context.Context, to access.User, i web.Invitation) error {
	lifetime := access.ForInvitation.Lifetime()
	l := locale.For(to.Language)
	letter := mail.Invitation{
		Site: siteName(p.site, l.Tag()), Name: to.Name, By: i.By, Event: i.Title, Dates: i.Dates, Role: string(i.Role), Link: i.Link,
		Days: int(lifetime.Hours() / 24),
	}
	return p.send(ctx, post.KindInvitation, to, letter.Letter(l), i.Event, lifetime)
}

// send puts a letter into the queue.
func (p *postOffice) send(ctx context.Context, kind post.Kind, to access.User, letter post.Letter, event string, lifetime time.Duration) error {
	now := p.now()
	return p.Add(ctx, now, post.Message{
		ID: agenda.NewID(), Kind: kind, To: post.Mailbox{Name: to.Name, Address: to.Address.String()},
		Event: event, Letter: letter, Created: now, Until: now.Add(lifetime),
	})
}

// From returns the mailbox that messages are from.
func (p *postOffice) From() post.Mailbox { return p.worker.Composer.From }

// Compose returns a message as it goes out.
func (p *postOffice) Compose(m post.Message) ([]byte, error) { return p.worker.Composer.Compose(m) }

// Outbox reports whether messages go to a folder instead of to people.
func (p *postOffice) Outbox() bool { return p.outbox != nil }

// Trouble returns what keeps messages from going out.
func (p *postOffice) Trouble() post.Trouble { return p.worker.Trouble() }

// Written returns a message that went to the outbox, as it was written.
func (p *postOffice) Written(m post.Message) ([]byte, error) {
	if p.outbox == nil {
		return nil, agenda.NotFound("message in the outbox", m.ID)
	}
	return p.outbox.Open(m)
}

// Read returns what a message that was written says.
func (p *postOffice) Read(message []byte) (web.Reading, error) {
	read, err := mail.Read(message)
	return web.Reading(read), err
}
