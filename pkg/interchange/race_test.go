//go:build race

package interchange

// slower is how much longer than usual things take with the race detector.
const slower = 8
