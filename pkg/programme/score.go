package programme

import (
	"slices"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/typeset"
)

// A bar is a session on the score.
type bar struct {
	start, end  agenda.Clock
	lane, lanes int // of those that overlap
	pause       bool
}

// barsOf returns the sessions of a day whose times are known, with those that
// overlap in lanes.
func barsOf(d *agenda.Day) []bar {
	var bars []bar
	for _, s := range d.Slots() {
		if s.HasStart && s.HasEnd && s.End > s.Start && s.Session.Status != agenda.Cancelled {
			bars = append(bars, bar{start: s.Start, end: s.End, pause: isPause(s)})
		}
	}
	for from := 0; from < len(bars); {
		end, last := from+1, bars[from].end
		for end < len(bars) && bars[end].start < last {
			last = max(last, bars[end].end)
			end++
		}
		shareLanes(bars[from:end])
		from = end
	}
	return bars
}

// shareLanes puts bars that overlap in as few lanes as there need to be.
func shareLanes(bars []bar) {
	var free []agenda.Clock // when each lane is free again
	for i := range bars {
		lane := 0
		for lane < len(free) && free[lane] > bars[i].start {
			lane++
		}
		if lane == len(free) {
			free = append(free, 0)
		}
		free[lane] = bars[i].end
		bars[i].lane = lane
	}
	for i := range bars {
		bars[i].lanes = len(free)
	}
}

// maxScore is how many days the score shows.
const maxScore = 7

// score draws the shape of the days, as on a score: a line for each day, a
// block for each session, to scale. It repeats what the agenda says, so it is
// decoration to those who listen.
func (j *job) score(f *flow) {
	days := j.event.Days
	var all [][]bar
	first, last := agenda.Clock(24*60), agenda.Clock(0)
	for i := range days {
		bars := barsOf(&days[i])
		for _, b := range bars {
			first, last = min(first, b.start), max(last, b.end)
		}
		all = append(all, bars)
	}
	const few = 3 // sessions: fewer have no shape
	if last <= first || len(days) > maxScore || len(slices.Concat(all...)) < few {
		return
	}
	first, last = first/60*60, (last+59)/60*60
	for i, bars := range all {
		if len(bars) == 0 {
			continue
		}
		j.scoreLine(f, &days[i], bars, first, last)
	}
	j.scoreHours(f, first, last)
	f.keep(0)
}

// scoreFrame is where the blocks stand: beside the names of the days.
func (j *job) scoreFrame() (names, blocks typeset.Frame) {
	names = j.design.full()
	names.RightToLeft = j.first().column.RightToLeft
	beside := j.design.pt(64)
	blocks = names
	blocks.Width -= beside
	blocks.X = names.At(beside, blocks.Width)
	return names, blocks
}

// scoreLine draws one day.
func (j *job) scoreLine(f *flow, d *agenda.Day, bars []bar, first, last agenda.Clock) {
	names, blocks := j.scoreFrame()
	height := j.design.pt(15)
	v := j.first()
	c := j.oneLine(measure{column: names, width: j.design.pt(60)}, nil, v.plain(v.Title(v.Date(d.Date, locale.Short)), farTimeLook))
	s := strip{before: j.design.pt(5), height: height}
	if len(c.block.Lines) > 0 {
		s.marks = append(s.marks, mark{x: c.x, y: (height - c.block.Height()) / 2, block: c.block})
	}
	perMinute := blocks.Width / float64(last-first)
	s.marks = append(s.marks, mark{draw: func(p *painter, _, y float64) {
		for _, b := range bars {
			width := float64(b.end-b.start)*perMinute - j.design.pt(1)
			lane := height / float64(b.lanes)
			r := typeset.Rect{X: blocks.At(float64(b.start-first)*perMinute, width), Y: y + float64(b.lane)*lane, Width: width, Height: lane}
			if b.lane < b.lanes-1 {
				r.Height -= j.design.pt(1)
			}
			colour := accent
			if b.pause {
				colour = muted
			}
			p.d.Rect(r, colour)
		}
	}})
	f.strips = append(f.strips, s)
}

// scoreHours sets the hours below the blocks.
func (j *job) scoreHours(f *flow, first, last agenda.Clock) {
	_, blocks := j.scoreFrame()
	perMinute := blocks.Width / float64(last-first)
	step := agenda.Clock(60)
	for float64(step)*perMinute < j.design.pt(30) {
		step *= 2
	}
	v := j.first()
	var cells []cell
	for at := first; at < last; at += step {
		m := measure{column: blocks, offset: float64(at-first) * perMinute, width: j.design.pt(30)}
		cells = append(cells, j.set(m, nil, v.plain(v.Clock(at), farTimeLook)))
	}
	f.row(j.design.pt(3), cells...)
}
