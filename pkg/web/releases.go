package web

import (
	"context"
	"maps"
	"sync"

	"golang.org/x/sync/singleflight"

	"tamada/pkg/agenda"
)

// releases keeps the latest release of each event in memory, so that a page
// from the cache costs no query. It trusts its memory only while it follows
// the store's notices.
type releases struct {
	store Store
	loads singleflight.Group // of releases, by slug

	mu        sync.RWMutex
	following bool
	seen      uint64 // grows with every notice
	bySlug    map[string]*agenda.Release
	published []*agenda.Release // nil if not known
}

func newReleases(store Store) *releases {
	return &releases{store: store, bySlug: map[string]*agenda.Release{}}
}

// latest returns the latest release of the event with that slug.
func (r *releases) latest(ctx context.Context, slug string) (*agenda.Release, error) {
	r.mu.RLock()
	release, seen := r.bySlug[slug], r.seen
	r.mu.RUnlock()
	if release != nil {
		return release, nil
	}
	loaded := r.loads.DoChan(slug, func() (any, error) { return r.load(context.WithoutCancel(ctx), slug, seen) })
	select {
	case l := <-loaded:
		release, _ = l.Val.(*agenda.Release) // load returns nothing else
		return release, l.Err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// load reads the latest release, for all who ask for it at the moment.
func (r *releases) load(ctx context.Context, slug string, seen uint64) (*agenda.Release, error) {
	release, err := safely(func() (*agenda.Release, error) { return r.store.Latest(ctx, slug) })
	if err != nil {
		return nil, err
	}
	r.keep(seen, func() { r.bySlug[slug] = release })
	return release, nil
}

// list returns the latest release of every event, and a number that grows
// whenever the list may have changed.
func (r *releases) list(ctx context.Context) ([]*agenda.Release, uint64, error) {
	r.mu.RLock()
	published, seen := r.published, r.seen
	r.mu.RUnlock()
	if published != nil {
		return published, seen, nil
	}
	published, err := r.store.Published(ctx)
	if err != nil {
		return nil, 0, err
	}
	if published == nil {
		published = []*agenda.Release{}
	}
	if !r.keep(seen, func() { r.published = published }) {
		seen = r.unknown()
	}
	return published, seen, nil
}

// keep runs remember if nothing was heard since seen and all is heard; what
// was read before a notice may be older than it.
func (r *releases) keep(seen uint64, remember func()) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if !r.following || r.seen != seen {
		return false
	}
	remember()
	return true
}

// follow listens to the store until ctx is done or the store has no more to
// say.
func (r *releases) follow(ctx context.Context) {
	notices := r.store.Watch(ctx)
	r.setFollowing(true)
	defer r.setFollowing(false)
	for n := range notices {
		r.hear(n)
	}
}

// hear drops what a notice makes old: the list, and the event under all the
// slugs that it was asked for by.
func (r *releases) hear(n agenda.Notice) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.knows(n) {
		return
	}
	r.seen++
	maps.DeleteFunc(r.bySlug, func(slug string, known *agenda.Release) bool {
		return slug == n.Slug || known.Event.ID == n.Event
	})
	r.published = nil
}

// knows reports whether n tells nothing new: most notices are about drafts.
// The caller holds the lock.
func (r *releases) knows(n agenda.Notice) bool {
	if n.Release == 0 {
		return true
	}
	found, listed := false, r.published == nil
	for _, known := range r.published {
		if known.Event.ID == n.Event {
			found, listed = true, known.Number == n.Release
		}
	}
	for _, known := range r.bySlug {
		if known.Event.ID == n.Event {
			found, listed = true, listed && known.Number == n.Release
		}
	}
	return found && listed
}

// unknown returns a number of notices that no list was kept under.
func (r *releases) unknown() uint64 {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen++
	return r.seen
}

// setFollowing begins with an empty memory, and leaves one behind.
func (r *releases) setFollowing(on bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.following = on
	r.seen++
	clear(r.bySlug)
	r.published = nil
}
