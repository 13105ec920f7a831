package site_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/site"
	"tamada/pkg/store/storetest"
)

// Two instances of one database: what is set at one is soon at the other; who
// comes too late is told.
func TestKeeper(t *testing.T) {
	storetest.Each(t, func(t *testing.T, url string) {
		db := storetest.Open(t, url)
		one, other := site.NewKeeper(site.Default(), db), site.NewKeeper(site.Default(), db)
		ticks, done := make(chan time.Time), make(chan struct{})
		ctx, cancel := context.WithCancel(t.Context())
		go func() {
			defer close(done)
			other.Follow(ctx, ticks, slog.New(slog.DiscardHandler))
		}()
		changed := site.Default()
		changed.Name = agenda.Text{"en": "Hub"}
		changed.Logo = site.Logo{Type: site.SVG, Data: []byte("<svg/>")}
		if err := one.Set(t.Context(), "u1", 0, changed); err != nil {
			t.Fatal(err)
		}
		ticks <- time.Time{}
		ticks <- time.Time{} // the tick before has been dealt with
		for _, k := range []*site.Keeper{one, other} {
			if e := k.Now(); e.Version != 1 || e.Name["en"] != "Hub" || !bytes.Equal(e.Logo.Data, changed.Logo.Data) || len(e.Languages) != 3 {
				t.Errorf("got %+v", e)
			}
		}
		if err := other.Set(t.Context(), "u2", 0, site.Default()); !errors.Is(err, agenda.ErrConflict) {
			t.Errorf("over version 0: got %v, want a conflict", err)
		}
		if err := other.Set(t.Context(), "u2", 1, site.Default()); err != nil || other.Now().Name["en"] != "Tamada" {
			t.Errorf("back to the configuration: got %v, %v", other.Now().Name, err)
		}
		cancel()
		<-done
	})
}

// Without a database the site is that of the configuration.
func TestKeeperWithoutSettings(t *testing.T) {
	k := site.NewKeeper(site.Default(), nil)
	if err := k.Load(t.Context()); err != nil || k.Now().Name["en"] != "Tamada" {
		t.Errorf("got %v, %v", k.Now(), err)
	}
}
