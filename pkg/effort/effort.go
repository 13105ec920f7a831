// Package effort measures how much work code is, for tests that hold hostile
// input to a bound.
package effort

import (
	"syscall"
	"testing"
	"time"
)

// Of returns the processor time that f takes, which other programs on the
// machine do not lengthen. What the same test program does beside f counts too.
// With the race detector the time is divided by about what that takes, so that
// one bound holds with it and without.
func Of(t testing.TB, f func()) time.Duration {
	t.Helper()
	before := spent(t)
	f()
	return (spent(t) - before) / slower
}

func spent(t testing.TB) time.Duration {
	t.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		t.Fatal(err)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
