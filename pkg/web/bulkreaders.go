package web

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"slices"
	"strings"

	"tamada/pkg/access"
	"tamada/pkg/locale"
	"tamada/pkg/post"
)

// invitedGroup is the group of those who were asked to take a role in a session;
// the other groups are those of the roles at the event.
const invitedGroup = "invited"

// bulkGroups lists the groups that an audience is made of.
func bulkGroups() []string {
	var groups []string
	for _, r := range access.Roles() {
		groups = append(groups, string(r))
	}
	return append(groups, invitedGroup)
}

// groups returns who is in which group of an event, each once.
func (s *Server) groups(ctx context.Context, d *eventDesk) (map[string][]post.Recipient, error) {
	members, err := s.Desk.Members(ctx, d.event.ID)
	if err != nil {
		return nil, err
	}
	groups := map[string][]post.Recipient{}
	for _, m := range members {
		if !m.User.Disabled {
			to := post.Recipient{To: post.Mailbox{Name: m.User.Name, Address: m.User.Address.String()}, Language: m.User.Language}
			groups[string(m.Grant.Role)] = append(groups[string(m.Grant.Role)], to)
		}
	}
	if s.Inviter == nil {
		return groups, nil
	}
	invites, err := s.Inviter.Invites(ctx, d.event.ID)
	for _, i := range invites {
		if address, err := access.ParseAddress(i.To.Address); err == nil && !i.Withdrawn {
			to := post.Recipient{To: post.Mailbox{Name: i.To.Name, Address: address.String()}, Language: i.Language}
			groups[invitedGroup] = append(groups[invitedGroup], to)
		}
	}
	for g, list := range groups {
		groups[g] = once(list)
	}
	return groups, err
}

// once returns those of a list with different addresses. Of one who is there twice,
// it keeps what is known: a name, a language.
func once(list []post.Recipient) []post.Recipient {
	at := map[string]int{}
	var out []post.Recipient
	for _, r := range list {
		key := strings.ToLower(r.To.Address)
		i, there := at[key]
		if !there {
			at[key] = len(out)
			out = append(out, r)
			continue
		}
		if out[i].To.Name == "" {
			out[i].To.Name = r.To.Name
		}
		if out[i].Language == "" {
			out[i].Language = r.Language
		}
	}
	return out
}

// An audience is those to whom a message goes.
type audience struct {
	readers []post.Recipient
	left    int // how many are left out, because they have unsubscribed
}

// readers returns the audience of a message as it is now.
func (s *Server) readers(ctx context.Context, d *eventDesk, b post.Batch) (audience, error) {
	groups, err := s.groups(ctx, d)
	if err != nil {
		return audience{}, err
	}
	var all []post.Recipient
	for _, g := range strings.Fields(b.Audience) {
		all = append(all, groups[g]...)
	}
	gone, err := s.Bulk.Unsubscribed(ctx, d.event.ID)
	if err != nil {
		return audience{}, err
	}
	var a audience
	for _, r := range once(all) {
		if _, left := slices.BinarySearch(gone, strings.ToLower(r.To.Address)); left {
			a.left++
			continue
		}
		a.readers = append(a.readers, r)
	}
	return a, nil
}

// digest stands for who is in the audience: whoever confirms that a message is sent
// has seen how many that are, and nobody else gets it.
func (a audience) digest() string {
	addresses := make([]string, 0, len(a.readers))
	for _, r := range a.readers {
		addresses = append(addresses, strings.ToLower(r.To.Address))
	}
	slices.Sort(addresses)
	sum := sha256.Sum256([]byte(strings.Join(addresses, "\n")))
	return hex.EncodeToString(sum[:8])
}

// bulkMessage returns the message that takes b to one of its readers. The secret is
// that of the token with which they unsubscribe.
func (s *Server) bulkMessage(d *eventDesk, b post.Batch, author post.Mailbox, to post.Recipient, secret access.Secret) (post.Message, error) {
	letter, err := b.Letter(to, d.event.Title, d.event.Languages)
	if err != nil {
		return post.Message{}, err
	}
	l := locale.For(append([]string{letter.Language}, d.event.Languages...)...)
	title, _ := d.event.Title.In(letter.Language, d.event.Languages...)
	letter.Notes = []post.Block{{Kind: post.Paragraph, Text: l.T("bulk.why", "event", quoted(post.OneLine(title)))}}
	m := b.Message(letter, to.To, s.Now())
	m.From, m.ReplyTo = s.Mailboxes[d.event.Slug], author
	m.Unsubscribe = s.BaseURL + "/unsubscribe?" + url.Values{keyField: {secret.String()}, "lang": {l.Tag()}}.Encode()
	return m, m.Check()
}

// author returns the mailbox of whoever wrote a message: answers go there.
func (s *Server) author(ctx context.Context, b post.Batch) post.Mailbox {
	u, err := s.Desk.User(ctx, b.By)
	if err != nil || u.Address.String() == "" {
		return post.Mailbox{}
	}
	return post.Mailbox{Name: u.Name, Address: u.Address.String()}
}
