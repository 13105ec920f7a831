package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tamada/pkg/access"
	"tamada/pkg/post"
)

// A mailboxRow is how far a mailbox was read, and which instance has it until when.
type mailboxRow struct {
	Name     string `gorm:"primaryKey"`
	Worker   string
	Until    instant
	Validity int64
	Last     int64
}

func (mailboxRow) TableName() string { return "mailboxes" }

// TakeReply keeps the answer of a reply, if it is one: see [post.Invite.Take].
func (m *Mail) TakeReply(ctx context.Context, r post.Reply) (outcome post.Outcome, err error) {
	if !plain(r.Session) || !plain(r.Address) {
		return post.Stranger, nil
	}
	err = m.db.write(ctx, func(w *writer) error {
		outcome, err = w.takeReply(ctx, r)
		return err
	})
	return outcome, err
}

func (w *writer) takeReply(ctx context.Context, r post.Reply) (post.Outcome, error) {
	row, err := gorm.G[inviteRow](w.tx, locked).
		Where("session = ? AND lower(address) = ?", strings.ToLower(r.Session), strings.ToLower(r.Address)).Take(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return post.Stranger, nil
	} else if err != nil {
		return "", err
	}
	after, outcome := row.invite().Take(r)
	if outcome != post.Taken {
		return outcome, nil
	}
	_, err = gorm.G[inviteRow](w.tx).Where("id = ?", row.ID).
		Select("answer", "answer_to", "answered").Updates(ctx, newInviteRow(after))
	if err != nil {
		return "", err
	}
	change := access.Change{What: access.InviteAnswered, Subject: row.ID, Event: row.Event}
	return outcome, w.audit(ctx, change, map[string]any{"session": row.Session, "sequence": after.AnswerTo, "answer": after.Answer})
}

// HoldMailbox takes a mailbox for a worker until a time, or prolongs that it has it; not if
// another has it now. It returns how far the mailbox was read.
func (m *Mail) HoldMailbox(ctx context.Context, name, worker string, now, until time.Time) (place post.Place, held bool, err error) {
	if err := checkText("mailbox", name, "worker", worker); err != nil {
		return place, false, err
	}
	err = m.db.write(ctx, func(w *writer) error {
		fresh := mailboxRow{Name: name, Worker: worker, Until: newInstant(now)}
		if err := gorm.G[mailboxRow](w.tx, clause.OnConflict{DoNothing: true}).Create(ctx, &fresh); err != nil {
			return err
		}
		row, err := gorm.G[mailboxRow](w.tx, locked).Where("name = ?", name).Take(ctx)
		if err != nil {
			return err
		}
		// One that holds it for longer than we would has a clock that was wrong.
		if at := row.Until.time(); row.Worker != worker && at.After(now) && !at.After(until) {
			return nil
		}
		held, place = true, post.Place{Validity: uint32(row.Validity), Last: uint32(row.Last)}
		row.Worker, row.Until = worker, newInstant(until)
		_, err = gorm.G[mailboxRow](w.tx).Where("name = ?", name).Select("worker", "until").Updates(ctx, row)
		return err
	})
	return place, held, err
}

// ReadMailbox notes how far a mailbox was read. The error is [post.ErrLost] if another worker
// has it by now.
func (m *Mail) ReadMailbox(ctx context.Context, name, worker string, place post.Place) error {
	if !plain(name) || !plain(worker) {
		return post.ErrLost
	}
	return m.db.write(ctx, func(w *writer) error {
		n, err := gorm.G[mailboxRow](w.tx).Where("name = ? AND worker = ?", name, worker).
			Select("validity", "last").Updates(ctx, mailboxRow{Validity: int64(place.Validity), Last: int64(place.Last)})
		if err == nil && n == 0 {
			return post.ErrLost
		}
		return err
	})
}
