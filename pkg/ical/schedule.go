package ical

import (
	"cmp"
	"time"

	"tamada/pkg/agenda"
)

// A version names an entry or, of one that repeats, an occurrence of it.
type version struct {
	uid      string
	replaces int64
}

func versionOf(uid string, replaces time.Time) version {
	if replaces.IsZero() {
		return version{uid: uid}
	}
	return version{uid, replaces.Unix()}
}

// Schedule returns what takes place by the calendar: of every entry its latest version, each
// occurrence of one that repeats, without answers to invitations. Entries are in the order
// of the file, occurrences in that of time; [Entry.Replaces] tells these apart. Of rules that
// are not followed, those without an end or by months above all, only the first occurrence is
// there, and a problem says so.
func (r *Reading) Schedule() ([]Entry, []Problem) {
	s := scheduler{latest: map[version]int{}, left: mostEntries}
	for i := range r.Entries {
		s.entry(&r.Entries[i])
	}
	var list []Entry
	for i := range s.list {
		list = append(list, s.expand(&s.list[i])...)
	}
	return list, s.problems
}

// A scheduler finds out what takes place.
type scheduler struct {
	list     []Entry
	latest   map[version]int // the index in list
	left     int             // how many occurrences may still be worked out
	problems []Problem
}

// problem notes what is left out.
func (s *scheduler) problem(line int, fault Fault, source string) {
	if len(s.problems) < mostProblems {
		s.problems = append(s.problems, Problem{line, fault, abridge(source)})
	}
}

// entry takes an entry, unless a later version of it is there.
func (s *scheduler) entry(e *Entry) {
	switch e.Method {
	case "", "PUBLISH", "REQUEST", "ADD", "CANCEL":
	default:
		s.problem(e.Line, NotTaken, "METHOD:"+e.Method)
		return
	}
	v := versionOf(e.UID, e.Replaces)
	i, there := s.latest[v]
	if e.UID == "" || !there {
		s.latest[v] = len(s.list)
		s.list = append(s.list, cancelled(*e, Entry{}))
		return
	}
	old := s.list[i]
	if cmp.Or(cmp.Compare(e.Sequence, old.Sequence), e.Stamp.Compare(old.Stamp)) < 0 {
		s.problem(e.Line, Replaced, e.Title)
		return
	}
	s.problem(old.Line, Replaced, old.Title)
	s.list[i] = cancelled(*e, old)
}

// cancelled returns e; if it only says that old is off, old as cancelled.
func cancelled(e, old Entry) Entry {
	if e.Method != "CANCEL" {
		return e
	}
	if !e.HasStart && old.HasStart {
		line, sequence := e.Line, e.Sequence
		e = old
		e.Line, e.Sequence, e.Method = line, sequence, "CANCEL"
	}
	e.Status = agenda.Cancelled
	return e
}

// expand returns the occurrences of e, without those that stand in the file themselves.
func (s *scheduler) expand(e *Entry) []Entry {
	p := &e.repeats
	if !e.HasStart || !e.Replaces.IsZero() || p.source == "" && len(p.dates) == 0 {
		return []Entry{*e}
	}
	if s.left <= 0 {
		s.problem(max(p.line, e.Line), NotRepeated, cmp.Or(p.source, e.Title))
		return []Entry{*e}
	}
	starts, complete := e.occurrences()
	s.left -= len(starts) + len(p.except) + 1
	if !complete {
		s.problem(max(p.line, e.Line), NotRepeated, p.source)
	}
	var list []Entry
	for _, t := range starts {
		if _, there := s.latest[versionOf(e.UID, t)]; !there {
			list = append(list, e.onDay(t))
		}
	}
	return list
}
