package typeset

import (
	"os"
	"testing"
)

func TestTry(t *testing.T) {
	d := drawProgramme(t, newComposer(t), 30, testInfo)
	os.WriteFile("/tmp/typeset/a.pdf", bytesOf(t, d), 0o644)
	t.Log(d.Pages(), d.Missing())
}
func BenchmarkProgramme(b *testing.B) {
	c := newComposer(b)
	drawProgramme(b, c, 30, testInfo)
	for b.Loop() {
		bytesOf(b, drawProgramme(b, c, 30, testInfo))
	}
}
