package main

import (
	"cmp"
	"context"
	"fmt"

	"tamada/pkg/config"
	"tamada/pkg/ical"
	"tamada/pkg/mail"
	"tamada/pkg/post"
	"tamada/pkg/store"
)

// openInbox sets up the reading of the mailbox that answers to invitations come
// to, if the configuration has one.
func (p *postOffice) openInbox(c config.Config) error {
	if c.IMAP.Server == "" {
		return nil
	}
	m, err := mail.ParseIMAP(c.IMAP.Server)
	if err != nil {
		return fmt.Errorf("configuration: imap.server: %w", err)
	}
	m.Folder = c.IMAP.Folder
	p.replies = cmp.Or(c.IMAP.Address, sender(c).Address)
	p.inbox = &mail.Inbox{Mailbox: m, Places: p.Mail, Name: p.worker.Name, Log: p.worker.Log, Now: p.now}
	return nil
}

// readReplies reads the mailbox until ctx is done, if there is one; count is told
// what became of each message.
func (p *postOffice) readReplies(count func(post.Outcome)) func(context.Context) {
	return func(ctx context.Context) {
		if p.inbox == nil {
			return
		}
		p.inbox.Take = func(ctx context.Context, in mail.Incoming) (bool, error) {
			outcome, err := takeReply(ctx, p.Mail, in)
			if err == nil {
				count(outcome)
			}
			return outcome == post.Taken || outcome == post.Known, err
		}
		p.inbox.Run(ctx)
	}
}

// takeReply keeps what a message answers to an invitation. Whatever it claims
// beyond that is passed over, as are messages of all other kinds.
func takeReply(ctx context.Context, queue *store.Mail, in mail.Incoming) (post.Outcome, error) {
	calendar, err := mail.Answer(in.Data)
	if err != nil {
		return post.Unread, nil
	}
	r, err := ical.ReadReply(calendar)
	if err != nil {
		return post.Unread, nil
	}
	return queue.TakeReply(ctx, post.Reply{
		Session: r.UID, Address: r.Attendee, Answer: answers[r.Answer], Sequence: r.Sequence, Sent: r.Sent, Received: in.Received,
	})
}

// answers are those of a calendar in the words of package post.
var answers = map[ical.Answer]post.Answer{
	ical.Accepted: post.Accepted, ical.Declined: post.Declined, ical.Tentative: post.Tentative,
}

// ReplyAddress returns the address whose mailbox is read; "" if none is.
func (p *postOffice) ReplyAddress() string { return p.replies }

// ReplyTrouble returns what keeps the mailbox from being read.
func (p *postOffice) ReplyTrouble() post.Trouble {
	if p.inbox == nil {
		return post.Trouble{}
	}
	return p.inbox.Trouble()
}
