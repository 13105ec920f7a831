package site

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"image/png"
	"io"
	"regexp"
	"slices"
	"strings"
)

// A Logo is a picture as PNG or SVG. It is checked with its [Site].
type Logo struct {
	Type string `json:"type,omitempty"` // "image/png" or "image/svg+xml"
	Data []byte `json:"data,omitempty"`
}

// IsZero reports whether there is no logo.
func (l Logo) IsZero() bool { return len(l.Data) == 0 }

// The types of logos.
const (
	PNG = "image/png"
	SVG = "image/svg+xml"
)

// The bounds of a logo.
const (
	MaxLogo   = 200 << 10 // bytes
	maxPixels = 4_000     // on each side
)

// LogoOf returns a file as a logo, which [Site.Check] then looks at.
func LogoOf(data []byte) Logo {
	if trimmed := bytes.TrimLeft(data, "\ufeff \t\r\n"); bytes.HasPrefix(trimmed, []byte("<")) {
		return Logo{SVG, trimmed}
	}
	return Logo{PNG, data}
}

// check returns what is wrong with l, or nil.
func (l Logo) check() *Problem {
	switch {
	case len(l.Data) > MaxLogo:
		return &Problem{"logo", "logo.size", []any{"size", len(l.Data) >> 10, "most", MaxLogo >> 10}}
	case l.Type == SVG:
		if err := checkSVG(l.Data); err != nil {
			return &Problem{"logo", "logo.svg", []any{"what", err.Error()}}
		}
		return nil
	case l.Type != PNG:
		return &Problem{"logo", "logo.kind", nil}
	}
	config, err := png.DecodeConfig(bytes.NewReader(l.Data))
	if err != nil {
		return &Problem{"logo", "logo.kind", nil}
	}
	if config.Width > maxPixels || config.Height > maxPixels {
		return &Problem{"logo", "logo.pixels", []any{"width", config.Width, "height", config.Height, "most", maxPixels}}
	}
	if _, err := png.Decode(bytes.NewReader(l.Data)); err != nil {
		return &Problem{"logo", "logo.kind", nil}
	}
	return nil
}

// drawn lists the elements that a logo may have. They draw, and do nothing else:
// no scripts, no links, no pages inside, nothing that moves.
var drawn = []string{
	"svg", "g", "defs", "symbol", "use", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
	"lineargradient", "radialgradient", "stop", "clippath", "mask", "pattern", "style",
}

const svgSpace = "http://www.w3.org/2000/svg"

// checkSVG returns an error that names what a file has beyond drawing, or what
// keeps it from being read.
func checkSVG(data []byte) error {
	d := xml.NewDecoder(bytes.NewReader(data))
	depth, styled := 0, false
	for first := true; ; {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			if first {
				return errors.New("<svg>")
			}
			return nil
		}
		if err != nil {
			return fmt.Errorf("XML: %w", err)
		}
		switch t := token.(type) {
		case xml.Directive:
			if bytes.ContainsAny(t, "[") {
				return errors.New("<!DOCTYPE [")
			}
		case xml.ProcInst:
			if t.Target != "xml" {
				return fmt.Errorf("<?%s", t.Target)
			}
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errors.New("<g><g><g>…")
			}
			if err := checkElement(t, first); err != nil {
				return err
			}
			first, styled = false, strings.EqualFold(t.Name.Local, "style")
		case xml.EndElement:
			depth--
			styled = false
		case xml.CharData:
			if styled && unsafeStyle(string(t)) {
				return errors.New("<style>: url()")
			}
		}
	}
}

const maxDepth = 50

// checkElement checks an element and its attributes.
func checkElement(e xml.StartElement, first bool) error {
	name := strings.ToLower(e.Name.Local)
	switch {
	case e.Name.Space != svgSpace:
		return fmt.Errorf("<%s xmlns=%q>", e.Name.Local, e.Name.Space)
	case first && name != "svg", !slices.Contains(drawn, name):
		return fmt.Errorf("<%s>", e.Name.Local)
	}
	for _, a := range e.Attr {
		attribute := strings.ToLower(a.Name.Local)
		switch {
		case strings.HasPrefix(attribute, "on"),
			attribute == "href" && !strings.HasPrefix(strings.TrimSpace(a.Value), "#"),
			unsafeStyle(a.Value):
			return fmt.Errorf("<%s %s>", e.Name.Local, a.Name.Local)
		}
	}
	return nil
}

var (
	external   = regexp.MustCompile(`(?i)url\(\s*["']?\s*[^"'#\s]`)
	suspicious = regexp.MustCompile(`(?i)@import|javascript:|expression\(|\\`)
)

// unsafeStyle reports whether a value may fetch or run something.
func unsafeStyle(s string) bool { return external.MatchString(s) || suspicious.MatchString(s) }
