package agenda

import (
	"cmp"
	"slices"
)

// A Slot is when a session of a day begins and ends, worked out from its own
// time and those of its neighbours.
type Slot struct {
	Session     *Session
	Start, End  Clock // meaningful if HasStart, HasEnd
	HasStart    bool
	HasEnd      bool
	Inferred    bool // the end follows from what comes next, it was not given
	Approximate bool // "ca."
	Span        Form // AllDay, Morning or Afternoon if the time is such a word, else Open
}

// Minutes returns the length of the slot, or 0 if it is not known.
func (s Slot) Minutes() int {
	if !s.HasStart || !s.HasEnd {
		return 0
	}
	return int(s.End - s.Start)
}

// Slots returns when the sessions of d are, in the order in which they begin.
// Sessions that begin together, and those of which no beginning is known,
// keep the order of the agenda; an open time comes where its neighbours put it.
//
// A session with a beginning only ends at the next later beginning of a
// session in one of its rooms or without a room (one without a room: at the
// next later beginning of any); the last of a day is open-ended. A session
// with a length only begins where the session before it in the agenda ends.
func (d *Day) Slots() []Slot {
	slots := make([]Slot, len(d.Sessions))
	for i := range d.Sessions {
		slots[i] = given(&d.Sessions[i])
	}
	infer(slots)
	order(slots)
	return slots
}

// given returns what the time of s says by itself.
func given(s *Session) Slot {
	t := s.Time
	slot := Slot{Session: s, Start: t.Start, Approximate: t.Approximate}
	switch t.Form {
	case FromTo:
		slot.End, slot.HasStart, slot.HasEnd = t.End, true, true
	case FromFor:
		slot.End, slot.HasStart, slot.HasEnd = t.Start+Clock(t.Minutes), true, true
	case From:
		slot.HasStart = true
	case AllDay, Morning, Afternoon:
		slot.Span = t.Form
	}
	return slot
}

// infer fills in what follows from neighbours. A chain of lengths needs the
// end of the session before it, and an end may need a beginning further down,
// so ends are inferred from the beginnings that are given, then lengths are
// chained in the order of the agenda.
func infer(slots []Slot) {
	for i := range slots {
		if slots[i].Session.Time.Form != For {
			continue
		}
		if i > 0 && slots[i-1].HasStart && !slots[i-1].HasEnd {
			inferEnd(slots, i-1)
		}
		if i > 0 && slots[i-1].HasEnd {
			slots[i].Start, slots[i].HasStart = slots[i-1].End, true
			slots[i].End, slots[i].HasEnd = slots[i].Start+Clock(slots[i].Session.Time.Minutes), true
		}
	}
	for i := range slots {
		if slots[i].HasStart && !slots[i].HasEnd {
			inferEnd(slots, i)
		}
	}
}

// inferEnd ends slot i at the next later beginning that concerns it.
func inferEnd(slots []Slot, i int) {
	for j, other := range slots {
		if j == i || !other.HasStart || other.Start <= slots[i].Start || !meet(slots[i].Session, other.Session) {
			continue
		}
		if !slots[i].HasEnd || other.Start < slots[i].End {
			slots[i].End, slots[i].HasEnd, slots[i].Inferred = other.Start, true, true
		}
	}
}

// meet reports whether the beginning of t can be the end of s: whether they
// share a room or one of them has none.
func meet(s, t *Session) bool {
	if len(s.Rooms) == 0 || len(t.Rooms) == 0 {
		return true
	}
	return slices.ContainsFunc(s.Rooms, func(r string) bool { return slices.Contains(t.Rooms, r) })
}

// order sorts slots by beginning. One without a beginning sorts with the slot
// before it; whole days and mornings come first, afternoons at noon.
func order(slots []Slot) {
	keys := make(map[*Session]Clock, len(slots))
	last := Clock(0)
	for _, s := range slots {
		switch {
		case s.HasStart:
			last = s.Start
		case s.Span == Afternoon:
			last = max(last, 12*60)
		case s.Span != Open:
			last = 0
		}
		keys[s.Session] = last
	}
	slices.SortStableFunc(slots, func(a, b Slot) int { return cmp.Compare(keys[a.Session], keys[b.Session]) })
}

// A Gap is a stretch of a day in which nothing is planned, between two
// sessions. A [Buffer] is planned, and so is never part of a gap.
type Gap struct {
	Before, After *Session // the session that ends, the session that begins
	Start, End    Clock
}

// Gaps returns the stretches of d that no session covers, in order.
func (d *Day) Gaps() []Gap {
	var gaps []Gap
	var last Slot
	for _, s := range d.Slots() {
		if !s.HasStart || !s.HasEnd || s.Session.Status == Cancelled {
			continue
		}
		if last.Session != nil && s.Start > last.End {
			gaps = append(gaps, Gap{last.Session, s.Session, last.End, s.Start})
		}
		if last.Session == nil || s.End > last.End {
			last = s
		}
	}
	return gaps
}

// A TalkTime is when a talk is, as far as it is known.
type TalkTime struct {
	Talk       *Talk
	Start, End Clock // meaningful if HasStart, HasEnd
	HasStart   bool
	HasEnd     bool
}

// TalkTimes returns the clock times of talks that are given one after the
// other from the beginning of slot. They are known up to the first talk whose
// length is not. Cancelled talks take no time.
func (s Slot) TalkTimes(talks []Talk) []TalkTime {
	times := make([]TalkTime, len(talks))
	at, certain := s.Start, s.HasStart
	for i := range talks {
		times[i] = TalkTime{Talk: &talks[i]}
		if talks[i].Status == Cancelled {
			continue
		}
		times[i].Start, times[i].HasStart = at, certain
		certain = certain && talks[i].Minutes > 0
		at += Clock(talks[i].Minutes)
		times[i].End, times[i].HasEnd = at, certain
	}
	return times
}
