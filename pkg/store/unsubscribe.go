package store

import (
	"context"
	"strings"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tamada/pkg/access"
	"tamada/pkg/post"
)

type unsubscribedRow struct {
	Event   string `gorm:"primaryKey"`
	Address string `gorm:"primaryKey"`
	At      instant
}

func (unsubscribedRow) TableName() string { return "unsubscribed" }

// Unsubscribe has an address get no more messages to many about an event. Those
// that wait for it are cancelled. To do it twice is no error.
func (m *Mail) Unsubscribe(ctx context.Context, event, address string) error {
	row := unsubscribedRow{Event: event, Address: strings.ToLower(address)}
	if err := checkText("event", event, "address", address); err != nil {
		return err
	}
	return m.db.write(ctx, func(w *writer) error {
		row.At = newInstant(w.now)
		already, err := gorm.G[unsubscribedRow](w.tx).Where("event = ? AND address = ?", event, row.Address).Count(ctx, "*")
		if err != nil || already > 0 {
			return err
		}
		if err := gorm.G[unsubscribedRow](w.tx, clause.OnConflict{DoNothing: true}).Create(ctx, &row); err != nil {
			return lacksEvent(err, event)
		}
		n, err := w.shift(ctx, post.Withdraw, post.States(), "bulk AND event = ? AND address = ?", event, row.Address)
		if err != nil {
			return err
		}
		change := access.Change{What: access.Unsubscribed, Subject: row.Address, Event: event}
		return w.audit(ctx, change, map[string]any{"messages": n})
	})
}

// Resubscribe takes back what [Mail.Unsubscribe] did.
func (m *Mail) Resubscribe(ctx context.Context, event, address string) error {
	if !plain(event) || !plain(address) {
		return nil
	}
	return m.db.write(ctx, func(w *writer) error {
		address := strings.ToLower(address)
		n, err := gorm.G[unsubscribedRow](w.tx).Where("event = ? AND address = ?", event, address).Delete(ctx)
		if err != nil || n == 0 {
			return err
		}
		return w.audit(ctx, access.Change{What: access.Resubscribed, Subject: address, Event: event}, nil)
	})
}

// Unsubscribed returns the addresses, in small letters, that get no messages to
// many about an event.
func (m *Mail) Unsubscribed(ctx context.Context, event string) ([]string, error) {
	if !plain(event) {
		return nil, nil
	}
	var addresses []string
	err := m.db.read(ctx, func(r *reader) error {
		rows, err := gorm.G[unsubscribedRow](r.tx).Where("event = ?", event).Order("address").Find(ctx)
		for _, row := range rows {
			addresses = append(addresses, row.Address)
		}
		return err
	})
	return addresses, err
}
