package interchange

import (
	"os"
	"path/filepath"
	"testing"
)

// shared returns the path of a file in the folder of real agendas and
// validators beside the module. It passes over the test where that folder does
// not exist.
func shared(t testing.TB, elem ...string) string {
	t.Helper()
	root := filepath.Join("..", "..", "..", "shared")
	if _, err := os.Stat(root); err != nil { // a second working tree is one folder deeper
		root = filepath.Join("..", root)
	}
	if _, err := os.Stat(root); err != nil {
		t.Skipf("%s does not exist: it holds the real agendas that this test reads", root)
	}
	return filepath.Join(append([]string{root}, elem...)...)
}

func read(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
