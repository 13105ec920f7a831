package typeset

import (
	"errors"
	"strings"
	"testing"
)

func TestReadArtwork(t *testing.T) {
	a, err := ReadArtwork([]byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="10 10 40 20">
<title>Ministry</title><g fill="#0a3"><path d="M10 10h40v20h-40z"/><circle cx="30" cy="20" r="5" fill="#ffffff"/></g>
<rect x="11" y="11" width="4" height="4" style="fill:none"/></svg>`))
	if err != nil {
		t.Fatal(err)
	}
	if a.Width != 40 || a.Height != 20 || len(a.shapes) != 2 {
		t.Errorf("got %g × %g with %d shapes, want 40 × 20 with 2", a.Width, a.Height, len(a.shapes))
	}
	f := checkFile(t, bytesOf(t, onePage(testInfo, func(d *Document) {
		d.Artwork(a, Rect{X: 100, Y: 50, Width: 80, Height: 40}, "Ministry of Justice")
	})))
	content := f.content(f.pages()[0])
	for _, want := range []string{"0 0.667 0.2 rg", "1 g", "100 545.28 m"} {
		if !strings.Contains(content, want) {
			t.Errorf("got %s, want %s in it", content, want)
		}
	}
}

// What would look wrong is refused, and said where.
func TestReadArtworkRefuses(t *testing.T) {
	for name, data := range map[string]string{
		"only flat shapes":   `<svg viewBox="0 0 9 9"><path transform="scale(2)" d="M0 0h1"/></svg>`,
		"only filled shapes": `<svg viewBox="0 0 9 9"><path stroke="#000" d="M0 0h1"/></svg>`,
		"only path":          `<svg viewBox="0 0 9 9"><text>A</text></svg>`,
		"without shapes":     `<svg viewBox="0 0 9 9"/>`,
		"no size":            `<svg viewBox="0 0 0 9"><path d="M0 0h1"/></svg>`,
		"not a number":       `<svg><path d="M0 0h1"/></svg>`,
		"not inside svg":     `<path d="M0 0h1"/>`,
		"svg inside svg":     `<svg viewBox="0 0 9 9"><svg viewBox="0 0 9 9"/></svg>`,
		"colour":             `<svg viewBox="0 0 9 9"><path fill="url(#a)" d="M0 0h1"/></svg>`,
		"path: ":             `<svg viewBox="0 0 9 9"><path d="A1 1"/></svg>`,
		"SVG: ":              `<svg viewBox="0 0 9 9"><path`,
		"neither PNG":        `GIF89a`,
	} {
		if _, err := ReadArtwork([]byte(data)); !errors.Is(err, ErrPicture) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v, want a picture error that says %q", data, err, name)
		}
	}
}

func FuzzReadArtwork(f *testing.F) {
	f.Add([]byte(`<svg viewBox="0 0 9 9"><g fill="#123"><path d="M0 0h1v1zm1 1q1 1 2 2"/></g></svg>`))
	f.Add([]byte(`<svg width="9px" height="9"><polygon points="0,0 1,1 2,0"/></svg>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := ReadArtwork(data)
		if err == nil && !(a.Width > 0 && a.Height > 0) {
			t.Errorf("got a size of %g × %g", a.Width, a.Height)
		}
	})
}
