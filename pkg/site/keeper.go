package site

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"
)

// Setting is the key of the site among the settings.
const Setting = "site"

// Settings are where a site is kept. An error of SetSetting wraps
// agenda.ErrConflict if somebody has set it meanwhile.
type Settings interface {
	Setting(ctx context.Context, key string, value any) (version int, err error)
	SetSetting(ctx context.Context, actor, key string, version int, value any) (int, error)
}

// An Edition is a site at a time. Version is 0 before it was first set in the
// database, and grows with every change.
type Edition struct {
	Site
	Version int
}

// A Keeper has the site of now: that of the configuration, and over it what the
// settings say. It is safe for concurrent use.
type Keeper struct {
	base     Site
	settings Settings // nil for none
	now      atomic.Pointer[Edition]
}

// NewKeeper returns a keeper of the site of the configuration. Without settings
// it stays as it is; with them, [Keeper.Load] comes next.
func NewKeeper(base Site, settings Settings) *Keeper {
	k := &Keeper{base: base, settings: settings}
	k.now.Store(&Edition{Site: base})
	return k
}

// Now returns the site. It must not be changed.
func (k *Keeper) Now() *Edition { return k.now.Load() }

// Base returns the site of the configuration.
func (k *Keeper) Base() Site { return k.base }

// Load reads the settings.
func (k *Keeper) Load(ctx context.Context) error {
	if k.settings == nil {
		return nil
	}
	var set Site
	version, err := k.settings.Setting(ctx, Setting, &set)
	if err != nil {
		return fmt.Errorf("settings of the site: %w", err)
	}
	k.keep(&Edition{set.Over(k.base), version})
	return nil
}

// keep takes an edition for the one of now, unless that is newer.
func (k *Keeper) keep(e *Edition) {
	for {
		now := k.now.Load()
		if now.Version > e.Version || now.Version == e.Version && e.Version > 0 {
			return
		}
		if k.now.CompareAndSwap(now, e) {
			return
		}
	}
}

// Set sets the site, which must be checked, over the given version. The
// configuration stays what it is: what is as there is not set.
func (k *Keeper) Set(ctx context.Context, actor string, version int, s Site) error {
	if k.settings == nil {
		return errors.New("settings of the site: there is no database for them")
	}
	set := s.Beyond(k.base)
	next, err := k.settings.SetSetting(ctx, actor, Setting, version, set)
	if err != nil {
		return err
	}
	k.keep(&Edition{set.Over(k.base), next})
	return nil
}

// FollowInterval is how soon one instance sees what was set by another.
const FollowInterval = 2 * time.Second

// Follow reads the settings again and again until ctx is done, at each tick: what
// another instance has set is here by the next. What cannot be read now is read
// at the next tick.
func (k *Keeper) Follow(ctx context.Context, ticks <-chan time.Time, log *slog.Logger) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticks:
		}
		if err := k.Load(ctx); err != nil && ctx.Err() == nil {
			log.Warn("site", "err", err.Error())
		}
	}
}
