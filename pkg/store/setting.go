package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// Setting fills what value points to with a setting of the site, and returns
// its version. One that was never set is version 0 and leaves value as it is,
// so that it may hold what is usual.
func (d *DB) Setting(ctx context.Context, key string, value any) (version int, err error) {
	if !plain(key) {
		return 0, nil
	}
	err = d.read(ctx, func(r *reader) error {
		row, err := gorm.G[settingRow](r.tx).Where("key = ?", key).Take(ctx)
		if errors.Is(err, gorm.ErrRecordNotFound) {
			return nil
		}
		version = row.Version
		var dec decoder
		dec.check(err)
		dec.read(row.Value, value)
		return dec.err
	})
	return version, err
}

// SetSetting sets a setting that has the given version, 0 if it is new, and
// returns its next version. Settings are noted in the log with their values:
// they hold no secrets. The error wraps [agenda.ErrConflict] if somebody has set
// it meanwhile.
func (d *DB) SetSetting(ctx context.Context, actor, key string, version int, value any) (int, error) {
	if err := checkText("key", key); err != nil {
		return 0, err
	}
	b, err := json.Marshal(value)
	if err != nil {
		return 0, fmt.Errorf("setting %q: %w", key, err)
	}
	err = d.write(ctx, func(w *writer) error {
		row := settingRow{key, document(b), version + 1, newInstant(w.now), actor}
		before, err := w.setting(ctx, row)
		if err != nil {
			return err
		}
		change := access.Change{By: actor, What: access.SettingChanged, Subject: key}
		return w.audit(ctx, change, map[string]json.RawMessage{"before": json.RawMessage(before), "after": b})
	})
	if err != nil {
		return 0, err
	}
	return version + 1, nil
}

// setting writes a setting over the version before it, of which it returns the
// value.
func (w *writer) setting(ctx context.Context, row settingRow) (document, error) {
	if row.Version == 1 {
		return nothing, meanwhile(row.Key, 1, gorm.G[settingRow](w.tx).Create(ctx, &row))
	}
	before, err := gorm.G[settingRow](w.tx, locked).Where("key = ? AND version = ?", row.Key, row.Version-1).Take(ctx)
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return nothing, meanwhile(row.Key, 0, nil)
	} else if err != nil {
		return nothing, err
	}
	n, err := gorm.G[settingRow](w.tx).Where("key = ? AND version = ?", row.Key, row.Version-1).Select("*").Updates(ctx, row)
	return before.Value, meanwhile(row.Key, n, err)
}

// meanwhile says that a setting is not as it was, if that is so.
func meanwhile(key string, n int, err error) error {
	if errors.Is(err, gorm.ErrDuplicatedKey) || err == nil && n == 0 {
		return agenda.Conflict("setting %q was changed meanwhile", key)
	}
	return err
}
