//go:build !(darwin || freebsd || linux || netbsd || openbsd)

package store

import (
	"context"
	"os"
)

// lockFile opens the named file. There are no locks of files here that this
// package knows: let the first process that opens a new database finish
// before the second begins.
func lockFile(_ context.Context, name string) (*os.File, error) {
	return os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
}
