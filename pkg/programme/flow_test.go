package programme

import (
	"context"
	"slices"
	"testing"
)

// tenPoints returns strips ten points high, kept with the next where told.
func tenPoints(keep ...bool) []strip {
	strips := make([]strip, len(keep))
	for i, k := range keep {
		strips[i] = strip{height: 10, keep: k}
	}
	return strips
}

func TestPaginate(t *testing.T) {
	yes, no := true, false
	fresh := tenPoints(no, no, no)
	fresh[1].fresh = true
	spaced := tenPoints(no, no, no)
	spaced[1].before, spaced[2].before = 5, 20
	for name, tt := range map[string]struct {
		strips []strip
		want   []span
	}{
		"as many as fit":           {tenPoints(no, no, no, no), []span{{0, 3}, {3, 4}}},
		"a heading moves on":       {tenPoints(no, no, yes, no), []span{{0, 2}, {2, 4}}},
		"longer than a page":       {tenPoints(yes, yes, yes, yes, no), []span{{0, 3}, {3, 5}}},
		"a new page":               {fresh, []span{{0, 1}, {1, 3}}},
		"space is counted":         {spaced, []span{{0, 2}, {2, 3}}},
		"nothing":                  {nil, nil},
		"higher than the page":     {[]strip{{height: 50}, {height: 50}}, []span{{0, 1}, {1, 2}}},
		"kept strips before a cut": {tenPoints(no, yes, yes, yes, no), []span{{0, 1}, {1, 4}, {4, 5}}},
	} {
		got, err := paginate(context.Background(), tt.strips, 30)
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, %v, want %v", name, got, err, tt.want)
		}
	}
}

// A last page that would be nearly empty is saved by tightening.
func TestSettleTightens(t *testing.T) {
	strips := make([]strip, 11)
	for i := range strips {
		strips[i] = strip{height: 8, before: 3}
	}
	got, err := settle(context.Background(), strips, 112)
	if err != nil || !slices.Equal(got, []span{{0, 11}}) {
		t.Errorf("got %v, %v, want one page", got, err)
	}
}
