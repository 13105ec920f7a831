package phrase

import (
	"strconv"
	"strings"
	"time"

	"tamada/pkg/agenda"
)

// A Date is a date as a line gives it; what it does not say is zero.
type Date struct {
	Year    int
	Month   time.Month
	Day     int
	ToMonth time.Month // of the last day, where it is a stretch of days
	ToDay   int
	Weekday time.Weekday
	Named   bool // Weekday is given
	Number  int  // "Day 2"
}

// Complete reports whether d names one day of the calendar.
func (d Date) Complete() bool { return d.Year > 0 && d.Month > 0 && d.Day > 0 }

// Calendar returns d as a date; it must be complete.
func (d Date) Calendar() agenda.Date { return agenda.Date{Year: d.Year, Month: d.Month, Day: d.Day} }

// valid reports whether the calendar has such a day.
func (d Date) valid() bool {
	if d.Day < 1 || d.Day > 31 || d.Month < 1 || d.Month > 12 {
		return false
	}
	year := d.Year
	if year == 0 {
		year = 2024 // has a 29 February
	}
	return time.Date(year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Day() == d.Day
}

// A Dated is a date found in a line, and the bytes it takes with its weekday.
type Dated struct {
	Date
	From, To int
}

// FindDate finds the first date in s: in words with or without a year, as
// numbers, as a weekday alone, or as the number of a day ("Day 1").
func FindDate(s string) (Dated, bool) {
	list := words(s)
	if len(list) > 60 {
		list = list[:60]
	}
	best, found := Dated{}, false
	for i := range list {
		d, ok := dateAt(s, list, i)
		if !ok {
			continue
		}
		if d.Day > 0 {
			return until(s, withNeighbours(d, best, found)), true
		}
		if !found {
			best, found = d, true
		} else if best.Number == 0 && d.Number > 0 || d.Named && !best.Named {
			best.Number, best.Weekday, best.Named = max(best.Number, d.Number), d.Weekday, d.Named || best.Named
			best.To = max(best.To, d.To)
		}
	}
	return best, found
}

// until completes a stretch of days whose end is a date of its own: "22 May to
// Friday 24 May".
func until(s string, d Dated) Dated {
	rest := s[d.To:]
	list := words(rest)
	if d.ToDay > 0 || len(list) == 0 || list[0].start > 3 || !together[list[0].text] && !strings.ContainsAny(Fold(rest[:list[0].start]), "-") {
		return d
	}
	end, ok := FindDate(rest)
	if !ok || end.Day == 0 || end.Month == 0 || end.From > 12 {
		return d
	}
	d.ToDay, d.ToMonth, d.To = end.Day, end.Month, d.To+end.To
	if d.Year == 0 {
		d.Year = end.Year
	}
	return d
}

// withNeighbours adds to d the weekday or the number of the day that was found
// before it.
func withNeighbours(d, before Dated, found bool) Dated {
	if !found {
		return d
	}
	if before.Number > 0 {
		d.Number, d.From = before.Number, min(before.From, d.From)
	}
	if before.Named && !d.Named {
		d.Weekday, d.Named, d.From = before.Weekday, true, min(before.From, d.From)
	}
	return d
}

// dateAt reads the date of which list[i] is the key: a month, a weekday, a
// year, a number between dots, or "Day".
func dateAt(s string, list []word, i int) (Dated, bool) {
	w := list[i]
	if m, n := months.at(list, i); n > 0 {
		return aroundMonth(s, list, i, n, m)
	}
	if d, n := weekdays.at(list, i); n > 0 && !abbreviationOnly(list, i) {
		end := list[i+n-1].end
		out := Dated{Date{Weekday: time.Weekday(d), Named: true}, w.start, end}
		if day, to, ok := ordinal(s, list, i+n); ok { // "Monday 24th"
			out.Day, out.To = day, to
		}
		return out, true
	}
	if n := dayWords.match(list, i); n > 0 && i+n < len(list) {
		if number := dayNumber(list[i+n].text); number > 0 {
			return Dated{Date{Number: number}, w.start, list[i+n].end}, true
		}
	}
	return numeric(s, list, i)
}

// abbreviationOnly reports whether the weekday at i is a short word that is
// more often another one ("mon", "sun"), with no date after it.
func abbreviationOnly(list []word, i int) bool {
	w := list[i].text
	if len(w) > 3 || !ascii(w) {
		return false
	}
	if i+1 >= len(list) {
		return len(list) > 1
	}
	return !number(list[i+1].text) && months.match(list, i+1) == 0
}

// match reports how many words from i on are a word for "day".
func (l *lexicon[T]) match(list []word, i int) int {
	_, n := l.at(list, i)
	return n
}

// aroundMonth reads the day and the year beside the name of a month.
func aroundMonth(s string, list []word, i, n int, m time.Month) (Dated, bool) {
	d := Dated{Date{Month: m}, list[i].start, list[i+n-1].end}
	after := i + n
	if !d.before(s, list, i) && !d.after(s, list, after) {
		return d, false
	}
	d.year(s, list, after)
	d.yearBefore(list)
	if !d.Named {
		d.weekday(s, list, i)
	}
	return d, d.valid()
}

// before reads "29 March", "1er octobre", "3. června", "6 de noviembre", "21 -
// 25 septembre".
func (d *Dated) before(s string, list []word, i int) bool {
	j := i - 1
	for j >= 0 && (linking[list[j].text] || suffixes[list[j].text]) {
		j--
	}
	if j < 0 || !number(list[j].text) || len(list[j].text) > 2 || i-j > 3 || strings.ContainsAny(s[list[j].end:list[i].start], ",;:") {
		return false
	}
	day, _ := strconv.Atoi(list[j].text)
	d.Day, d.From = day, list[j].start
	k := j - 1
	for k >= 0 && suffixes[list[k].text] {
		k--
	}
	joined := k >= 0 && (together[list[k].text] || onlyDash(s[list[k].end:list[j].start]))
	if joined && together[list[k].text] {
		k--
	}
	if joined && k >= 0 && number(list[k].text) && len(list[k].text) <= 2 {
		if first, _ := strconv.Atoi(list[k].text); first > 0 && first < day {
			d.Day, d.ToDay, d.ToMonth, d.From = first, day, d.Month, list[k].start
		}
	}
	return d.Day >= 1 && d.Day <= 31
}

// after reads "March 29", "April 24-25th", "November 30".
func (d *Dated) after(s string, list []word, i int) bool {
	day, to, ok := 0, 0, false
	if i < len(list) && number(list[i].text) && len(list[i].text) <= 2 {
		day, _ = strconv.Atoi(list[i].text)
		to, ok = list[i].end, true
	}
	if !ok || day < 1 || day > 31 {
		return false
	}
	d.Day, d.To = day, to
	j := i + 1
	for j < len(list) && suffixes[list[j].text] {
		d.To = list[j].end
		j++
	}
	if j < len(list) && number(list[j].text) && len(list[j].text) <= 2 && onlyDash(s[list[j-1].end:list[j].start]) {
		if last, _ := strconv.Atoi(list[j].text); last > day && last <= 31 {
			d.ToDay, d.ToMonth, d.To = last, d.Month, list[j].end
			if j+1 < len(list) && suffixes[list[j+1].text] {
				d.To = list[j+1].end
			}
		}
	}
	return true
}

// year reads the year that follows, past the day.
func (d *Dated) year(s string, list []word, i int) {
	for ; i < len(list); i++ {
		w := list[i]
		switch {
		case w.start < d.To || linking[w.text] || suffixes[w.text]:
			continue
		case number(w.text) && len(w.text) == 4 && w.start-d.To <= 8:
			if y, _ := strconv.Atoi(w.text); y >= 1900 && y < 2200 {
				d.Year, d.To = y, w.end
				if i+1 < len(list) && yearWords[list[i+1].text] { // "2026 г."
					d.To = list[i+1].end
				}
			}
		}
		return
	}
}

// yearBefore reads the year that stands before the day with a word for it:
// "2025 წლის 12 ივნისი".
func (d *Dated) yearBefore(list []word) {
	for i := 1; i < len(list) && d.Year == 0; i++ {
		if y, _ := strconv.Atoi(list[i-1].text); list[i].end <= d.From && d.From-list[i].end <= 3 && yearWords[list[i].text] && y >= 1900 && y < 2200 {
			d.Year, d.From = y, list[i-1].start
		}
	}
}

// weekday reads the name of the day that stands before or after the date.
func (d *Dated) weekday(s string, list []word, i int) {
	for j := range list {
		day, n := weekdays.at(list, j)
		if n == 0 {
			continue
		}
		switch w, last := list[j], list[j+n-1]; {
		case last.end <= d.From && d.From-last.end <= 12:
			d.Weekday, d.Named, d.From = time.Weekday(day), true, w.start
		case w.start >= d.To && w.start-d.To <= 4:
			d.Weekday, d.Named, d.To = time.Weekday(day), true, last.end
		default:
			continue
		}
		return
	}
}

// ordinal reads a number with an ending that makes it a day: "24th".
func ordinal(s string, list []word, i int) (day, to int, ok bool) {
	if i+1 >= len(list) || !number(list[i].text) || !suffixes[list[i+1].text] || list[i].end != list[i+1].start {
		return 0, 0, false
	}
	day, _ = strconv.Atoi(list[i].text)
	return day, list[i+1].end, day >= 1 && day <= 31
}

// numeric reads "2021-03-29", "29.03.2021", "29/03/2021", and "10/12" where it
// is all there is. Between slashes the day comes first unless it cannot.
func numeric(s string, list []word, i int) (Dated, bool) {
	if i+2 < len(list) && number(list[i].text) && number(list[i+1].text) && number(list[i+2].text) {
		sep := s[list[i].end:list[i+1].start]
		if sep != s[list[i+1].end:list[i+2].start] || len(sep) != 1 && sep != ". " {
			return Dated{}, false
		}
		a, _ := strconv.Atoi(list[i].text)
		b, _ := strconv.Atoi(list[i+1].text)
		c, _ := strconv.Atoi(list[i+2].text)
		d := Dated{Date{}, list[i].start, list[i+2].end}
		switch {
		case len(list[i].text) == 4 && (sep == "-" || sep == "/" || sep == "."):
			d.Year, d.Month, d.Day = a, time.Month(b), c
		case len(list[i+2].text) == 4 && (sep == "." || sep == "/" || sep == "-" || sep == ". "):
			d.Day, d.Month, d.Year = a, time.Month(b), c
			if b > 12 {
				d.Day, d.Month = b, time.Month(a)
			}
		default:
			return Dated{}, false
		}
		d.weekday(s, list, i)
		return d, d.valid() && d.Year > 1900 && d.Year < 2200
	}
	if len(list) == 2 && i == 0 && number(list[0].text) && number(list[1].text) && s[list[0].end:list[1].start] == "/" {
		a, _ := strconv.Atoi(list[0].text)
		b, _ := strconv.Atoi(list[1].text)
		d := Dated{Date{Day: a, Month: time.Month(b)}, list[0].start, list[1].end}
		return d, d.valid()
	}
	return Dated{}, false
}

// Year finds a year of four digits in s, or returns 0.
func Year(s string) int {
	for _, w := range words(s) {
		if len(w.text) == 4 && number(w.text) {
			if y, _ := strconv.Atoi(w.text); y >= 1990 && y < 2100 {
				return y
			}
		}
	}
	return 0
}

func number(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}

func onlyDash(s string) bool {
	switch Fold(s) {
	case "-", " - ", "- ", " -", ".-", ". - ":
		return true
	}
	return false
}

// dayNumber reads the number of a day: "1", "first", "الأول".
func dayNumber(s string) int {
	if number(s) && len(s) < 3 {
		n, _ := strconv.Atoi(s)
		return n
	}
	n, _ := ordinals.exact(s)
	return n
}
