package site

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
)

const open = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10">`

func TestLogo(t *testing.T) {
	var small bytes.Buffer
	if err := png.Encode(&small, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		file, want string // the type
	}{
		{small.String(), PNG},
		{open + `<path d="M0 0h9v9z" fill="#0f4c5c"/></svg>`, SVG},
		{`<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">` + open + `<style>.a{fill:url(#b)}</style><use href="#b"/></svg>`, SVG},
	} {
		l := LogoOf([]byte(tt.file))
		p := l.check()
		if p != nil || l.Type != tt.want {
			t.Errorf("%.60q: got %s, %v, want %s", tt.file, l.Type, p, tt.want)
		}
	}
}

// What is not a picture, or more than one, is refused, and it is said what that is.
func TestLogoIsRefused(t *testing.T) {
	var wide bytes.Buffer
	if err := png.Encode(&wide, image.NewGray(image.Rect(0, 0, maxPixels+1, 1))); err != nil {
		t.Fatal(err)
	}
	for file, want := range map[string]string{
		"":                                       "logo.kind",
		"GIF89a":                                 "logo.kind",
		wide.String():                            "logo.pixels",
		wide.String()[:40]:                       "logo.pixels",
		strings.Repeat("x", MaxLogo+1):           "logo.size",
		"<html></html>":                          "<html",
		open + "<script>alert(1)</script></svg>": "<script>",
		open + `<path onload="x()"/></svg>`:      "<path onload>",
		open + `<use href="https://x.example/a.svg#b"/></svg>`:                   "<use href>",
		open + `<use xlink:href="data:text/html,x"/></svg>`:                      "<use href>",
		open + `<image href="#a"/></svg>`:                                        "<image>",
		open + `<foreignObject/></svg>`:                                          "<foreignObject>",
		open + `<p xmlns="http://www.w3.org/1999/xhtml"/></svg>`:                 "xhtml",
		open + `<style>@import "https://x.example"</style></svg>`:                "<style>",
		open + `<rect style="fill:url(https://x.example)"/></svg>`:               "<rect style>",
		open + `<rect fill="url( 'https://x.example')"/></svg>`:                  "<rect fill>",
		open + `<animate attributeName="href"/></svg>`:                           "<animate>",
		open + `<a href="#b"/></svg>`:                                            "<a>",
		open + `<g>`:                                                             "XML",
		`<!DOCTYPE svg [<!ENTITY a "b">]>` + open + `&a;</svg>`:                  "<!DOCTYPE [",
		`<?xml-stylesheet href="https://x.example"?>` + open + `</svg>`:          "<?xml-stylesheet",
		open + strings.Repeat("<g>", 60) + strings.Repeat("</g>", 60) + "</svg>": "<g><g>",
	} {
		p := LogoOf([]byte(file)).check()
		switch {
		case p == nil:
			t.Errorf("%.80q: got no problem, want %q", file, want)
		case p.Code != want && (len(p.Args) < 2 || !strings.Contains(p.Args[1].(string), want)):
			t.Errorf("%.80q: got %v, want %q", file, *p, want)
		}
	}
}

// Whatever passes has no element beyond those that draw.
func FuzzLogo(f *testing.F) {
	f.Add(open + `<path d="M0 0"/></svg>`)
	f.Add(open + `<script/></svg>`)
	f.Fuzz(func(t *testing.T, file string) {
		l := LogoOf([]byte(file))
		p := l.check()
		if lower := strings.ToLower(file); p == nil && l.Type == SVG && (strings.Contains(lower, "<script") || strings.Contains(lower, "<foreignobject")) && !strings.Contains(lower, "<!") {
			t.Errorf("%q passes", file)
		}
	})
}
