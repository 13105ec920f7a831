package mailtest

import "testing"

func TestMemory(t *testing.T) {
	TestQueue(t, func(*testing.T) Store { return NewMemory() })
}
