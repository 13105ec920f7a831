package typeset

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// A Path is an outline of lines and curves. The zero value is empty.
type Path struct {
	steps []step
	x, y  float64 // current point
	sx,
	sy float64 // start of the current figure
}

// step is an operator of a content stream with its points.
type step struct {
	operator string
	points   []float64
}

func (p *Path) empty() bool { return len(p.steps) == 0 }

func (p *Path) add(operator string, points ...float64) *Path {
	p.steps = append(p.steps, step{operator, points})
	if n := len(points); n > 0 {
		p.x, p.y = points[n-2], points[n-1]
	}
	return p
}

// Move begins a figure at (x, y).
func (p *Path) Move(x, y float64) *Path {
	p.sx, p.sy = x, y
	return p.add("m", x, y)
}

// Line draws a line to (x, y).
func (p *Path) Line(x, y float64) *Path { return p.add("l", x, y) }

// Curve draws a cubic Bézier curve to (x, y) with two control points.
func (p *Path) Curve(x1, y1, x2, y2, x, y float64) *Path { return p.add("c", x1, y1, x2, y2, x, y) }

// Quad draws a quadratic Bézier curve to (x, y).
func (p *Path) Quad(x1, y1, x, y float64) *Path {
	return p.Curve(p.x+2*(x1-p.x)/3, p.y+2*(y1-p.y)/3, x+2*(x1-x)/3, y+2*(y1-y)/3, x, y)
}

// Close closes the figure.
func (p *Path) Close() *Path {
	p.add("h")
	p.x, p.y = p.sx, p.sy
	return p
}

// Rect adds a rectangle.
func (p *Path) Rect(r Rect) *Path {
	return p.Move(r.X, r.Y).Line(r.X+r.Width, r.Y).Line(r.X+r.Width, r.Y+r.Height).Line(r.X, r.Y+r.Height).Close()
}

// Rounded adds a rectangle with round corners.
func (p *Path) Rounded(r Rect, radius float64) *Path {
	const control = 0.5523 // of a quarter circle
	c := min(radius, r.Width/2, r.Height/2)
	k := c * (1 - control)
	x, y, right, bottom := r.X, r.Y, r.X+r.Width, r.Y+r.Height
	return p.Move(x+c, y).
		Line(right-c, y).Curve(right-k, y, right, y+k, right, y+c).
		Line(right, bottom-c).Curve(right, bottom-k, right-k, bottom, right-c, bottom).
		Line(x+c, bottom).Curve(x+k, bottom, x, bottom-k, x, bottom-c).
		Line(x, y+c).Curve(x, y+k, x+k, y, x+c, y).Close()
}

// Circle adds a circle.
func (p *Path) Circle(x, y, radius float64) *Path {
	return p.Rounded(Rect{x - radius, y - radius, 2 * radius, 2 * radius}, radius)
}

// operators returns the path for a page of the given height.
func (p *Path) operators(height float64) string {
	var b strings.Builder
	for _, s := range p.steps {
		for i := 0; i+1 < len(s.points); i += 2 {
			b.WriteString(number(s.points[i]) + " " + number(height-s.points[i+1]) + " ")
		}
		b.WriteString(s.operator + "\n")
	}
	return b.String()
}

// maxPath bounds the length of a path that is parsed.
const maxPath = 1 << 20

// ParsePath reads the data of an SVG path (SVG 1.1, section 8.3): the
// commands M, L, H, V, C, Q and Z, absolute and relative.
func ParsePath(data string) (*Path, error) {
	if len(data) > maxPath {
		return nil, fmt.Errorf("path: %d bytes, at most %d", len(data), maxPath)
	}
	s := &pathScanner{rest: data}
	p := new(Path)
	for {
		command, ok := s.command()
		if !ok {
			break
		}
		if err := s.apply(p, command); err != nil {
			return nil, fmt.Errorf("path: command %q at byte %d: %w", command, len(data)-len(s.rest), err)
		}
	}
	if rest := strings.TrimSpace(s.rest); rest != "" {
		return nil, fmt.Errorf("path: byte %d is not a command", len(data)-len(s.rest))
	}
	return p, nil
}

type pathScanner struct{ rest string }

const pathSeparators = " \t\r\n,"

func (s *pathScanner) command() (byte, bool) {
	trimmed := strings.TrimLeft(s.rest, pathSeparators)
	if trimmed == "" || !strings.Contains("MLHVCQZmlhvcqz", trimmed[:1]) {
		return 0, false
	}
	s.rest = trimmed[1:]
	return trimmed[0], true
}

// numbers reads n numbers, or none if no number follows.
func (s *pathScanner) numbers(n int) ([]float64, bool, error) {
	var all []float64
	for len(all) < n {
		trimmed := strings.TrimLeft(s.rest, pathSeparators)
		end := numberEnd(trimmed)
		if end == 0 && len(all) == 0 {
			return nil, false, nil
		}
		v, err := strconv.ParseFloat(trimmed[:end], 64)
		if err != nil {
			return nil, false, errors.New("too few numbers")
		}
		all, s.rest = append(all, v), trimmed[end:]
	}
	return all, true, nil
}

// numberEnd returns the length of the number that s begins with.
func numberEnd(s string) int {
	point, exponent := false, false
	for i := range len(s) {
		switch c := s[i]; {
		case '0' <= c && c <= '9':
		case (c == '-' || c == '+') && (i == 0 || s[i-1] == 'e' || s[i-1] == 'E'):
		case c == '.' && !point && !exponent:
			point = true
		case (c == 'e' || c == 'E') && i > 0 && !exponent:
			exponent = true
		default:
			return i
		}
	}
	return len(s)
}

// operands is how many numbers each command takes.
var operands = map[byte]int{'M': 2, 'L': 2, 'H': 1, 'V': 1, 'C': 6, 'Q': 4}

// apply reads the numbers of a command, once or more often, and draws them.
func (s *pathScanner) apply(p *Path, command byte) error {
	upper := command &^ 0x20
	if upper == 'Z' {
		p.Close()
		return nil
	}
	if p.empty() && upper != 'M' {
		return errors.New("before the first M")
	}
	for first := true; ; first = false {
		v, ok, err := s.numbers(operands[upper])
		switch {
		case err != nil:
			return err
		case !ok && first:
			return errors.New("no numbers")
		case !ok:
			return nil
		}
		p.command(upper, v, command != upper)
		if upper == 'M' {
			upper, command = 'L', command-1 // further points are lines
		}
	}
}

func (p *Path) command(upper byte, v []float64, relative bool) {
	dx, dy := 0.0, 0.0
	if relative {
		dx, dy = p.x, p.y
	}
	switch upper {
	case 'H':
		p.Line(v[0]+dx, p.y)
		return
	case 'V':
		p.Line(p.x, v[0]+dy)
		return
	}
	for i := 0; i < len(v); i += 2 {
		v[i] += dx
		v[i+1] += dy
	}
	switch upper {
	case 'M':
		p.Move(v[0], v[1])
	case 'L':
		p.Line(v[0], v[1])
	case 'C':
		p.Curve(v[0], v[1], v[2], v[3], v[4], v[5])
	case 'Q':
		p.Quad(v[0], v[1], v[2], v[3])
	}
}
