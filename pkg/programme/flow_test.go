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

// What is to begin a page goes on where the page before would be half empty,
// if there is room for its beginning.
func TestSettleFillsHalfEmptyPages(t *testing.T) {
	for name, tt := range map[string]struct {
		first, second int
		kept          bool
		want          []span
	}{
		"half empty":                 {4, 20, false, []span{{0, 10}, {10, 20}, {20, 24}}},
		"full enough":                {6, 5, false, []span{{0, 6}, {6, 11}}},
		"no room for what follows":   {4, 7, true, []span{{0, 4}, {4, 11}}},
		"a page that goes on itself": {14, 3, false, []span{{0, 10}, {10, 17}}},
	} {
		strips := tenPoints(make([]bool, tt.first+tt.second)...)
		strips[tt.first].fresh = true
		if tt.kept {
			(&flow{strips}).keep(tt.first)
		}
		got, err := settle(context.Background(), strips, 100)
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, %v, want %v", name, got, err, tt.want)
		}
	}
}
