package programme

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/typeset"
)

// layoutChanges lays out what changed since a release: the meeting as a
// whole, then its sessions by day.
func layoutChanges(ctx context.Context, j *job) (*pages, error) {
	f := &flow{}
	j.changesHead(f)
	changes := agenda.Diff(j.o.Previous, j.event)
	if len(changes) == 0 {
		s := j.scope(f, j.root, false)
		s.paragraph(j.design.pt(16), typeset.P, func(v *voice) []phrase {
			return []phrase{v.word(leadLook, "print.changes.none", "number", strconv.Itoa(j.o.Since))}
		})
	}
	for _, g := range groupChanges(changes) {
		j.changeGroup(f, g)
	}
	list, err := j.flowed(ctx, f)
	return &pages{job: j, title: j.documentTitle(), list: list}, err
}

// changesHead sets the heading.
func (j *job) changesHead(f *flow) {
	s := j.banner(f, j.root.in(typeset.Sect), j.first())
	name := kindLook
	name.size, name.leading = 10, 15
	s.paragraph(0, typeset.P, func(v *voice) []phrase {
		return list(" · ", v.say(j.event.Title, name), v.date(j.dates(v), quietLook))
	})
	s.paragraph(0, typeset.H1, func(v *voice) []phrase {
		return []phrase{v.word(sectionLook, "print.changes.since", "number", strconv.Itoa(j.o.Since))}
	})
	s.paragraph(j.design.pt(2), typeset.P, func(v *voice) []phrase { return only(v.plain(j.release(v), quietLook)) })
	f.keepNext(0)
}

// A changed is a session with all that changed of it.
type changed struct {
	date    agenda.Date
	changes []agenda.Change
}

// groupChanges puts together the changes of each session; those of the event
// as a whole come first, with no date.
func groupChanges(changes []agenda.Change) []changed {
	var all []changed
	for _, c := range changes {
		n := len(all)
		if n > 0 && all[n-1].changes[0].Session == c.Session {
			all[n-1].changes = append(all[n-1].changes, c)
			continue
		}
		g := changed{changes: []agenda.Change{c}}
		if spot := spotOf(c); spot != nil {
			g.date = spot.Date
		}
		all = append(all, g)
	}
	return all
}

// spotOf is where to look for a changed session: where it is, or was.
func spotOf(c agenda.Change) *agenda.Spot {
	if c.Now != nil {
		return c.Now
	}
	return c.Was
}

// changeGroup sets what changed of one session: when it is, its title, and a
// line for each change.
func (j *job) changeGroup(f *flow, g changed) {
	sect := j.root.in(typeset.Sect)
	inner := j.scope(f, sect, true)
	from := f.end()
	first := g.changes[0]
	inner.paragraph(0, typeset.H2, func(v *voice) []phrase {
		if first.Session == "" {
			return []phrase{v.word(titleLook, "print.changes.event")}
		}
		return only(v.say(first.Title, titleLook))
	})
	for _, c := range g.changes {
		inner.paragraph(j.design.pt(1), typeset.P, func(v *voice) []phrase { return j.change(v, c) })
	}
	head := f.at(from)
	head.before = j.design.pt(22)
	j.ruleAbove(head, j.design.pt(11))
	if spot := spotOf(first); spot != nil {
		v := j.first()
		m := measure{column: v.column, width: j.design.aside}
		times := sect.in(typeset.Div)
		at := j.set(m, times.in(typeset.P), v.plain(spotTime(v.Locale, spot.Time), timeLook))
		day := j.set(m, times.in(typeset.P), v.plain(v.Title(v.Date(spot.Date, locale.Short)), farTimeLook))
		f.beside(from, at, day)
	}
	f.keep(from)
}

// spotTime writes the time of a spot.
func spotTime(l *locale.Locale, t agenda.Time) string {
	s := agenda.Slot{Start: t.Start, End: t.End, Approximate: t.Approximate}
	switch t.Form {
	case agenda.FromTo:
		s.HasStart, s.HasEnd = true, true
	case agenda.FromFor:
		s.HasStart, s.HasEnd, s.End = true, true, t.Start+agenda.Clock(t.Minutes)
	case agenda.From:
		s.HasStart = true
	default:
		s.Span = t.Form
	}
	if text := when(l, s); text != "" {
		return text
	}
	return l.T("time.open")
}

// change says what changed, and how it was before.
func (j *job) change(v *voice, c agenda.Change) []phrase {
	if c.Kind == agenda.EventWide {
		return j.eventChange(v, c.Field)
	}
	what := v.word(signalLook, "print.changes."+string(c.Kind))
	was := ""
	switch {
	case c.Kind == agenda.Retitled:
		was, _ = v.text(c.OldName)
	case c.Was == nil:
	case c.Kind == agenda.Moved:
		was = v.Date(c.Was.Date, locale.Day) + separatorIn(v.Tag(), ", ") + spotTime(v.Locale, c.Was.Time)
	case c.Kind == agenda.Retimed:
		was = spotTime(v.Locale, c.Was.Time)
	case c.Kind == agenda.ReRoomed:
		was = v.roomsOf(c.Was)
	}
	now := phrase{}
	if c.Kind == agenda.ReRoomed && c.Now != nil {
		now = v.plain(v.roomsOf(c.Now), bodyLook)
	}
	before := phrase{}
	if was != "" {
		before = v.word(quietLook, "print.was", "value", was)
	}
	return list(" · ", what, now, before)
}

// eventChange says what of the meeting as a whole changed: how it is and how it
// was, where that can be said in a few words.
func (j *job) eventChange(v *voice, field string) []phrase {
	const few = 90 // characters
	was, now := j.inFew(v, j.o.Previous, field), j.inFew(v, j.event, field)
	before := phrase{}
	if was != "" && was != now && utf8.RuneCountInString(was) <= few {
		before = v.word(quietLook, "print.was", "value", was)
	}
	if utf8.RuneCountInString(now) > few || was == now {
		now = ""
	}
	return list(" · ", v.word(signalLook, "print.field."+field), v.plain(now, bodyLook), before)
}

// inFew says what a field of an event is, in a line.
func (j *job) inFew(v *voice, e *agenda.Event, field string) string {
	of := *j
	of.event = e
	switch field {
	case "title":
		return v.flat(e.Title)
	case "theme":
		return v.flat(e.Theme)
	case "approach":
		return v.flat(e.Approach)
	case "dates":
		return of.dates(v)
	case "zone":
		if of.clocks, _ = newClocks(e, nil); of.clocks.home != nil {
			return of.zoneName(v)
		}
	case "organisers":
		return of.organisers()
	case "status", "format":
		return v.choice(field, map[string]string{"status": string(e.Status), "format": string(e.Format)}[field])
	case "venue":
		if e.Venue != nil {
			return v.joined(v.flat(e.Venue.Name), v.flat(e.Venue.Address), v.flat(e.Venue.City))
		}
	case "online":
		if e.Online != nil {
			return v.flat(e.Online.Platform)
		}
	}
	return ""
}

// flat returns a text on one line.
func (v *voice) flat(t agenda.Text) string {
	text, _ := v.text(t)
	return strings.Join(strings.Fields(text), " ")
}

// choice is the word for a value of a field, or "".
func (v *voice) choice(field, value string) string {
	switch value {
	case string(agenda.InPerson), string(agenda.OnlineFormat), string(agenda.Hybrid),
		string(agenda.Confirmed), string(agenda.Tentative), string(agenda.Cancelled):
		return v.T(field + "." + value)
	}
	return ""
}

// joined lists what is not empty.
func (v *voice) joined(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), separatorIn(v.Tag(), ", "))
}

// roomsOf names the rooms of a spot.
func (v *voice) roomsOf(s *agenda.Spot) string {
	if len(s.Rooms) == 0 {
		return v.T("print.no-room")
	}
	names := make([]string, len(s.Rooms))
	for i, r := range s.Rooms {
		names[i], _ = v.text(r)
	}
	return v.List(names...)
}
