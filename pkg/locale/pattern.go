package locale

import (
	"strconv"
	"strings"

	"tamada/pkg/agenda"
)

// A pattern is a date pattern of the CLDR (UTS 35), taken apart.
type pattern []piece

// A piece is a literal or a field of a date.
type piece struct {
	field  byte // 'y', 'M', 'd' or 'E'; 0 for a literal
	text   string
	names  []string // of months or days; nil for numbers
	width  int      // digits of a number at least
	second bool     // of the second date of a range
}

// compile takes apart the patterns of t, and derives those of ranges from the long date.
func (t *table) compile() {
	for style, p := range [styles]string{Full: t.Full, Long: t.Long, Day: t.Day, Short: t.Short} {
		t.styles[style] = t.pattern(p)
	}
	before, after, _ := strings.Cut(t.Long, t.MonthDay)
	day, month, _ := strings.Cut(t.MonthDay, "d")
	dash := strings.TrimSuffix(t.DayRange, "d")
	t.inMonth = join(t.pattern(before+day+dash), second(t.pattern("d")), t.pattern(month+after))
	t.inYear = join(t.pattern(before+t.MonthDay), t.pattern(t.Between), second(t.pattern(t.MonthDay)), t.pattern(after))
	t.inYears = join(t.pattern(t.Long), t.pattern(t.Between), second(t.pattern(t.Long)))
}

// pattern takes p apart.
func (t *table) pattern(p string) pattern {
	var ps pattern
	for p != "" {
		n := run(p)
		switch p[0] {
		case 'y', 'd':
			ps = append(ps, piece{field: p[0], width: n})
		case 'M':
			ps = append(ps, piece{field: 'M', width: n, names: t.months(n)})
		case 'E', 'c':
			ps = append(ps, piece{field: 'E', names: t.days(p[0], n)})
		case '\'':
			text, rest, _ := strings.Cut(p[1:], "'")
			ps, p, n = append(ps, piece{text: text}), rest, 0
		default:
			n = 1
			ps = append(ps, piece{text: p[:1]})
		}
		p = p[n:]
	}
	return ps.merged()
}

// run is the number of times that the first byte of p is repeated.
func run(p string) int {
	n := 1
	for n < len(p) && p[n] == p[0] {
		n++
	}
	return n
}

// months are the names for a run of "M"; "L", months by themselves, is in no pattern here.
func (t *table) months(width int) []string {
	switch {
	case width < 3:
		return nil
	case width == 3:
		return t.MonthsShort[:]
	}
	return t.Months[:]
}

// days are the names for a run of "E", or of "c" for days by themselves.
func (t *table) days(letter byte, width int) []string {
	switch {
	case width < 4 && letter == 'E':
		return t.DaysShort[:]
	case width < 4:
		return t.DaysShortAlone[:]
	case letter == 'E':
		return t.Days[:]
	}
	return t.DaysAlone[:]
}

// merged joins literals that follow one another.
func (p pattern) merged() pattern {
	var out pattern
	for _, q := range p {
		if n := len(out); n > 0 && q.field == 0 && out[n-1].field == 0 {
			out[n-1].text += q.text
			continue
		}
		out = append(out, q)
	}
	return out
}

func join(ps ...pattern) pattern {
	var out pattern
	for _, p := range ps {
		out = append(out, p...)
	}
	return out.merged()
}

// second makes p one of the second date.
func second(p pattern) pattern {
	for i := range p {
		p[i].second = true
	}
	return p
}

// write writes d, and e where p has a second date.
func (t *table) write(p pattern, d, e agenda.Date) string {
	var space [96]byte
	b := space[:0]
	for i := range p {
		q := &p[i]
		date := d
		if q.second {
			date = e
		}
		switch q.field {
		case 0:
			b = append(b, q.text...)
		case 'y':
			b = strconv.AppendInt(b, int64(date.Year), 10)
		case 'd':
			b = t.day(b, date.Day, q.width)
		case 'M':
			b = month(b, date, q)
		case 'E':
			b = append(b, q.names[date.Weekday()]...)
		}
	}
	return string(b)
}

// day writes the day of a month. French says "1er", but "2"; the CLDR has no pattern for it.
func (t *table) day(b []byte, day, width int) []byte {
	b = number(b, day, width)
	if day == 1 && t.tag == "fr" {
		b = append(b, "er"...)
	}
	return b
}

func month(b []byte, d agenda.Date, q *piece) []byte {
	if q.names == nil || d.Month < 1 || d.Month > 12 {
		return number(b, int(d.Month), q.width)
	}
	return append(b, q.names[d.Month-1]...)
}

// number writes n with two digits at least if width is 2.
func number(b []byte, n, width int) []byte {
	if width == 2 && n >= 0 && n < 10 {
		b = append(b, '0')
	}
	return strconv.AppendInt(b, int64(n), 10)
}
