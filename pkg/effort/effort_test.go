package effort_test

import (
	"crypto/sha256"
	"testing"
	"time"

	"tamada/pkg/effort"
)

// Waiting is no work; hashing is.
func TestOf(t *testing.T) {
	const pause = 200 * time.Millisecond
	if took := effort.Of(t, func() { <-time.After(pause) }); took > pause/2 {
		t.Errorf("waiting: got %v, want next to nothing", took)
	}
	block := make([]byte, 32<<20)
	if took := effort.Of(t, func() { sha256.Sum256(block) }); took <= 0 {
		t.Errorf("hashing: got %v, want more than nothing", took)
	}
}
