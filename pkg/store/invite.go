package store

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/post"
)

type inviteRow struct {
	ID        string `gorm:"primaryKey"`
	Event     string
	Session   string
	Address   string
	Name      string
	Role      agenda.RoleName
	Language  string
	Sequence  int
	Told      string
	Withdrawn bool
	Message   string
	Sent      instant
	Answer    post.Answer
	AnswerTo  int
	Answered  instant
}

func (inviteRow) TableName() string { return "invites" }

func newInviteRow(i post.Invite) inviteRow {
	return inviteRow{
		ID: i.ID, Event: i.Event, Session: i.Session, Address: i.To.Address, Name: i.To.Name, Role: i.Role, Language: i.Language,
		Sequence: i.Sequence, Told: i.Told, Withdrawn: i.Withdrawn, Message: i.Message, Sent: newInstant(i.Sent),
		Answer: i.Answer, AnswerTo: i.AnswerTo, Answered: newInstant(i.Answered),
	}
}

func (r *inviteRow) invite() post.Invite {
	return post.Invite{
		ID: r.ID, Event: r.Event, Session: r.Session, To: post.Mailbox{Name: r.Name, Address: r.Address}, Role: r.Role, Language: r.Language,
		Sequence: r.Sequence, Told: r.Told, Withdrawn: r.Withdrawn, Message: r.Message, Sent: r.Sent.time(),
		Answer: r.Answer, AnswerTo: r.AnswerTo, Answered: r.Answered.time(),
	}
}

// Invites returns who was asked to take a role in a session of an event, also those whom
// that was taken back from, in the order in which they were first asked.
func (m *Mail) Invites(ctx context.Context, event string) ([]post.Invite, error) {
	if !plain(event) {
		return nil, nil
	}
	var list []post.Invite
	err := m.db.read(ctx, func(r *reader) error {
		rows, err := gorm.G[inviteRow](r.tx).Where("event = ?", event).Order("session, sent, id").Find(ctx)
		for i := range rows {
			list = append(list, rows[i].invite())
		}
		return err
	})
	return list, err
}

// SendInvites keeps invites as they are after one more mail each, and puts these mails into
// the queue: all of it or nothing. The error wraps [agenda.ErrConflict] if somebody else has
// sent one meanwhile, or has asked the same person to the same session.
func (m *Mail) SendInvites(ctx context.Context, actor string, now time.Time, invites []post.Invite, mails []post.Message) error {
	return m.db.write(ctx, func(w *writer) error {
		for _, i := range invites {
			if err := w.keepInvite(ctx, actor, i); err != nil {
				return err
			}
		}
		return w.post(ctx, m.seal, now, mails)
	})
}

// keepInvite adds an invite, or changes the one before its last mail.
func (w *writer) keepInvite(ctx context.Context, actor string, i post.Invite) error {
	if err := checkText("id", i.ID, "event", i.Event, "session", i.Session, "address", i.To.Address, "name", i.To.Name, "language", i.Language, "told", i.Told); err != nil {
		return err
	}
	row := newInviteRow(i)
	taken := agenda.Conflict("invitation of %s: somebody else has sent it", i.To.Address)
	if i.Sequence == 0 {
		err := gorm.G[inviteRow](w.tx).Create(ctx, &row)
		if errors.Is(err, gorm.ErrDuplicatedKey) {
			return taken
		}
		if err != nil {
			return lacksEvent(err, i.Event)
		}
	} else {
		n, err := gorm.G[inviteRow](w.tx).
			Select("name", "role", "language", "sequence", "told", "withdrawn", "message", "sent").
			Where("id = ? AND event = ? AND session = ? AND address = ? AND sequence = ?", i.ID, i.Event, i.Session, i.To.Address, i.Sequence-1).Updates(ctx, row)
		if err != nil {
			return err
		}
		if n == 0 {
			return taken
		}
	}
	change := access.Change{By: actor, What: access.InviteSent, Subject: i.ID, Event: i.Event}
	return w.audit(ctx, change, map[string]any{"session": i.Session, "sequence": i.Sequence, "withdrawn": i.Withdrawn})
}
