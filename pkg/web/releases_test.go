package web

import (
	"testing"

	"tamada/pkg/agenda"
)

// TestHearOfAPageReadEarly holds that a notice makes the list anew although
// the page of its event has been read before the notice came.
func TestHearOfAPageReadEarly(t *testing.T) {
	first := &agenda.Release{Number: 1, Event: &agenda.Event{ID: agenda.NewID(), Slug: "first"}}
	fresh := &agenda.Release{Number: 1, Event: &agenda.Event{ID: agenda.NewID(), Slug: "fresh"}}
	for _, tt := range []struct {
		name      string
		published []*agenda.Release
		n         agenda.Notice
		kept      bool
	}{
		{"not in the list", []*agenda.Release{first}, agenda.Notice{Event: fresh.Event.ID, Slug: "fresh", Release: 1}, false},
		{"in the list", []*agenda.Release{first, fresh}, agenda.Notice{Event: fresh.Event.ID, Slug: "fresh", Release: 1}, true},
		{"a newer release", []*agenda.Release{first, fresh}, agenda.Notice{Event: fresh.Event.ID, Slug: "fresh", Release: 2}, false},
		{"of a draft", []*agenda.Release{first}, agenda.Notice{Event: agenda.NewID(), Slug: "other"}, true},
	} {
		r := newReleases(nil)
		r.bySlug["fresh"], r.published = fresh, tt.published
		r.hear(tt.n)
		if kept := r.published != nil; kept != tt.kept {
			t.Errorf("%s: the list is kept: %v, want %v", tt.name, kept, tt.kept)
		}
	}
}
