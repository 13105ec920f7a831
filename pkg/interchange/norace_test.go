//go:build !race

package interchange

// slower is how much longer than usual things take.
const slower = 1
