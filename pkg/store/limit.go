package store

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"tamada/pkg/access"
)

// Take counts one more time of what key names, as [access.Limit.Take] does, and
// returns how long to wait, 0 for not at all. Keys say what is counted:
// "link:" and an address. They are stored as hashes, since people type what
// they like.
func (d *DB) Take(ctx context.Context, key string, l access.Limit) (wait time.Duration, err error) {
	err = d.write(ctx, func(w *writer) error {
		row, err := w.exclusive(ctx, key)
		if err != nil {
			return err
		}
		var next time.Time
		if next, wait = l.Take(row.Whole.time(), w.now); wait > 0 {
			return nil
		}
		_, err = gorm.G[limitRow](w.tx).Where("key = ?", row.Key).Update(ctx, "whole", newInstant(next))
		return err
	})
	return wait, err
}

// exclusive returns the row of a limit, new if need be, and makes others that
// want the same one wait until the transaction is over.
func (w *writer) exclusive(ctx context.Context, key string) (limitRow, error) {
	sum := sha256.Sum256([]byte(key))
	row := limitRow{hex.EncodeToString(sum[:]), newInstant(w.now)}
	if err := gorm.G[limitRow](w.tx, clause.OnConflict{DoNothing: true}).Create(ctx, &row); err != nil {
		return row, err
	}
	return gorm.G[limitRow](w.tx, locked).Where("key = ?", row.Key).Take(ctx)
}

// keepTokens is how long tokens stay after they have expired, so that a page
// can say why a link does not work.
const keepTokens = 30 * 24 * time.Hour

// Sweep removes what has no effect any more: limits that are whole, sign-ins
// and tokens that expired. Once a day is enough.
func (d *DB) Sweep(ctx context.Context) error {
	return d.write(ctx, func(w *writer) error {
		before := func(age time.Duration) instant { return newInstant(w.now.Add(-age)) }
		if _, err := gorm.G[limitRow](w.tx).Where("whole < ?", before(access.Tolerance)).Delete(ctx); err != nil {
			return err
		}
		if _, err := gorm.G[tokenRow](w.tx).Where("expires < ?", before(keepTokens)).Delete(ctx); err != nil {
			return err
		}
		_, err := gorm.G[signInRow](w.tx).
			Where("created <= ? OR seen <= ?", before(access.AbsoluteLifetime), before(access.IdleLifetime)).Delete(ctx)
		return err
	})
}
