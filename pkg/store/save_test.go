package store

import (
	"math/bits"
	"slices"
	"testing"
)

func TestBatches(t *testing.T) {
	for n := range 2 * most {
		rows := make([]int, n)
		for i := range rows {
			rows[i] = i
		}
		var got []int
		for batch := range batches(rows) {
			if len(batch) > most || bits.OnesCount(uint(len(batch))) != 1 {
				t.Errorf("%d rows: got a batch of %d", n, len(batch))
			}
			got = append(got, batch...)
		}
		if !slices.Equal(got, rows) {
			t.Errorf("%d rows: got %v", n, got)
		}
	}
}
