package typeset

import "math"

// The costs that lines are chosen by. One more line costs more than any
// shape of the others.
const (
	costLine   = 10.0
	costHyphen = 0.1
	costWidow  = 0.6 // a last line of one short word
	costShort  = 0.2 // a last line much shorter than the others
)

// Last lines narrower than these parts of the width are a widow, short.
const (
	widowPart = 0.4
	shortPart = 0.2
)

// breaks chooses where to break: it returns the index after the last word
// of each line. first is the width of the first line, rest that of the
// others. The sum of the squared parts that lines leave empty is the least
// there is (Knuth and Plass, Breaking Paragraphs into Lines, 1981, without
// stretching), the last line excepted.
func breaks(words []word, first, rest float64) []int {
	if len(words) == 0 {
		return nil
	}
	p := newBreaker(words, first, rest)
	for end := 1; end <= len(words); end++ {
		p.choose(end)
	}
	var stops []int
	for end := len(words); end > 0; end = p.from[end] {
		stops = append(stops, end)
	}
	for i, j := 0, len(stops)-1; i < j; i, j = i+1, j-1 {
		stops[i], stops[j] = stops[j], stops[i]
	}
	return stops
}

// breaker holds, for each number of words, the best way to set them.
type breaker struct {
	words       []word
	first, rest float64
	before      []float64 // width of all words before this one
	cost        []float64
	from        []int // where the last line begins
}

func newBreaker(words []word, first, rest float64) *breaker {
	n := len(words) + 1
	p := &breaker{words, first, rest, make([]float64, n), make([]float64, n), make([]int, n)}
	for i, w := range words {
		p.before[i+1] = p.before[i] + w.width
	}
	return p
}

// choose finds the best last line that ends before the word end.
func (p *breaker) choose(end int) {
	const tolerance = 0.005
	last := p.words[end-1]
	p.cost[end] = math.Inf(1)
	for from := end - 1; from >= 0; from-- {
		width := p.before[end-1] - p.before[from] + last.trimmed
		if end < len(p.words) {
			width += last.hyphen
		}
		available := p.rest
		if from == 0 {
			available = p.first
		}
		if from < end-1 && width > max(p.first, p.rest)+tolerance {
			return
		}
		if from < end-1 && width > available+tolerance {
			continue
		}
		if c := p.cost[from] + p.lineCost(from, end, width/max(available, 1)); c < p.cost[end] {
			p.cost[end], p.from[end] = c, from
		}
	}
}

// lineCost is the cost of a line that is filled to the given part.
func (p *breaker) lineCost(from, end int, filled float64) float64 {
	c := costLine
	if end < len(p.words) {
		empty := max(0, 1-filled)
		c += empty * empty
		if p.words[end-1].hyphen > 0 {
			c += costHyphen
		}
		return c
	}
	if from > 0 && from == end-1 && filled < widowPart {
		c += costWidow
	}
	if from > 0 && filled < shortPart {
		c += costShort
	}
	return c
}
