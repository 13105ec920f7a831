package programme

import (
	"slices"
	"strconv"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/typeset"
)

// session sets a session of a day: its time at the start side; kind, title,
// place, abstract, questions, people, talks and parts beside it.
func (j *job) session(f *flow, e *element, day *agenda.Day, slot agenda.Slot) {
	s := slot.Session
	sect := e.in(typeset.Sect)
	inner := j.scope(f, sect, true)
	from := f.end()
	above := j.design.pt(22)
	if j.design.aside == 0 {
		inner.timesAbove(day, slot)
	}
	if s.Kind.Pause() {
		above = j.design.pt(16)
		inner.pause(s)
	} else {
		inner.headed(slot)
	}
	head := f.at(from)
	head.before = above
	head.places = append(head.places, place{name: "s-" + s.ID, bookmark: j.bookmark(slot), level: 1})
	j.ruleAbove(head, above/2)
	j.trackBar(head, above/2, s.Track)
	j.times(f, from, sect, day, slot)
	const together = 0.24 // of a page: shorter sessions are not parted
	if f.height(from) < j.design.height()*together {
		f.keep(from)
	}
	f.keepTail(from, j.design.pt(74))
	if len(j.changes[s.ID]) > 0 {
		j.changeBar(f, from)
	}
}

// bookmark returns the line of a session in the outline, none for pauses.
func (j *job) bookmark(slot agenda.Slot) string {
	if slot.Session.Kind.Pause() {
		return ""
	}
	v := j.first()
	title, _ := v.text(slot.Session.Title)
	if t := when(v.Locale, slot); t != "" {
		return t + "  " + title
	}
	return title
}

// ruleAbove draws a hairline over a strip, unless it begins a page.
func (j *job) ruleAbove(s *strip, above float64) {
	x, width := j.design.side, j.design.width()
	s.marks = append(s.marks, mark{x: x, y: -above, draw: func(p *painter, x, y float64) {
		p.d.Rule(x, y, width, hairline, hair)
	}})
}

// trackBar draws the colour of a track on the rule over a session. The name of
// the track is among the particulars.
func (j *job) trackBar(s *strip, above float64, track string) {
	t := j.tracks[track]
	if t == nil {
		return
	}
	colour, err := typeset.ParseColour(t.Colour)
	if err != nil {
		return // a track without a colour
	}
	width, thickness := j.design.pt(40), j.design.pt(2.4)
	x := j.first().column.At(0, width)
	s.marks = append(s.marks, mark{x: x, y: -above, draw: func(p *painter, x, y float64) {
		p.d.Rule(x, y, width, thickness, colour)
	}})
}

// changeBar draws a bar in the margin along the strips from index from, as
// lawyers mark what is new.
func (j *job) changeBar(f *flow, from int) {
	thickness, away := j.design.pt(1.6), j.design.pt(12)
	frame := j.design.full()
	frame.RightToLeft = j.first().column.RightToLeft
	x := frame.At(-away, thickness)
	for i := from; i < f.end(); i++ {
		s := &f.strips[i]
		bar := func(y, height float64) {
			s.marks = append(s.marks, mark{x: x, y: y, draw: func(p *painter, x, y float64) {
				p.d.Rect(typeset.Rect{X: x, Y: y, Width: thickness, Height: height}, signal)
			}})
		}
		bar(0, s.height)
		if i > from && s.before > 0 {
			bar(-s.before, s.before)
		}
	}
}

// times sets the time of a slot beside the strips from index from, and its
// times elsewhere; above them where the design has no column for times.
func (j *job) times(f *flow, from int, e *element, day *agenda.Day, slot agenda.Slot) {
	if j.design.aside == 0 {
		return // they stand above: timesAbove
	}
	v := j.first()
	times := &element{tag: typeset.Div}
	e.kids = append([]*element{times}, e.kids...)
	m := measure{column: v.column, width: j.design.aside}
	var cells []cell
	for _, line := range j.timeLines(v, day.Date, slot) {
		cells = append(cells, j.set(m, times.in(typeset.P), line...))
	}
	f.beside(from, cells...)
}

// timesAbove sets the times of a slot above its title.
func (s scope) timesAbove(day *agenda.Day, slot agenda.Slot) {
	from := s.flow.end()
	for _, line := range s.timeLines(s.first(), day.Date, slot) {
		s.paragraph(0, typeset.P, func(*voice) []phrase { return line })
	}
	s.flow.keepNext(from)
}

// timeLines returns the lines of the column of times.
func (j *job) timeLines(v *voice, date agenda.Date, slot agenda.Slot) [][]phrase {
	var lines [][]phrase
	if t := when(v.Locale, slot); t != "" {
		l := timeLook
		if slot.Session.Status == agenda.Cancelled || slot.Session.Kind.Pause() {
			l.colour = soft
		}
		lines = append(lines, []phrase{v.plain(t, l)})
	}
	if slot.HasStart && slot.Start >= agenda.MinutesPerDay {
		lines = append(lines, []phrase{v.word(farTimeLook, "time.next-day")})
	}
	if slot.Session.Kind.Pause() {
		return lines
	}
	for _, t := range j.clocks.elsewhere(v.Locale, date, slot) {
		at := t.time
		if t.day != "" {
			at = t.day + separatorIn(v.Tag(), ", ") + t.time
		}
		lines = append(lines, list(" ", v.plain(t.city, farTimeLook), v.plain(at, farTimeLook)))
	}
	return lines
}

// pause sets a break, meal or interval: its title alone.
func (s scope) pause(session *agenda.Session) {
	from := s.flow.end()
	s.paragraph(0, typeset.H3, func(v *voice) []phrase {
		return list(" · ", append([]phrase{v.title(session, pauseLook)}, s.roomNames(v, session.Rooms)...)...)
	})
	if s.design.aside > 0 {
		s.shape(from, session.Kind, soft)
	}
}

// title returns the title of a session, or its kind where it has none.
func (v *voice) title(s *agenda.Session, l look) phrase {
	if v.has(s.Title) {
		return v.say(s.Title, l)
	}
	return phrase{text: v.kindWord(s.Kind), language: v.Tag(), look: l}
}

// headed sets a session that is not a pause.
func (s scope) headed(slot agenda.Slot) {
	session := slot.Session
	from := s.flow.end()
	s.kindLine(slot)
	kinded := s.flow.end() > from
	title := titleLook
	if session.Status == agenda.Cancelled {
		title = goneLook
	}
	online := link(s.sessionPage(session))
	s.paragraph(0, typeset.H3, func(v *voice) []phrase {
		return []phrase{v.title(session, title).to(online)}
	})
	if s.design.aside > 0 || kinded {
		s.shape(from, session.Kind, accent)
	}
	s.paragraph(s.design.pt(1), typeset.P, func(v *voice) []phrase { return s.particulars(v, session) })
	s.flow.keepNext(from)
	body := s.flow.end()
	if session.Status != agenda.Cancelled {
		s.content(slot)
	}
	if body > 0 && body == s.flow.end() {
		s.flow.strips[body-1].keep = false
	}
}

// kindLine sets the kind of a session, what is uncertain about it and what
// changed, with the shape of the kind.
func (s scope) kindLine(slot agenda.Slot) {
	session := slot.Session
	line := s
	if s.design.aside == 0 {
		line = s.indented(s.design.pt(11))
	}
	repeated := slices.ContainsFunc(s.voices, func(v *voice) bool { return v.kind(session).text == "" })
	line.paragraph(0, typeset.P, func(v *voice) []phrase {
		kind := v.kind(session)
		if repeated { // in one language: columns are alike
			kind = phrase{}
		}
		status := phrase{}
		if session.Status == agenda.Tentative || session.Status == agenda.Cancelled {
			status = v.word(signalLook, "status."+string(session.Status))
		}
		return list(" · ", status, kind, s.changed(v, session))
	})
}

// kindWord is the word for the kind of a session.
func (v *voice) kindWord(k agenda.Kind) string {
	if !slices.Contains(agenda.Kinds(), k) {
		return v.T("session")
	}
	return v.T("kind." + string(k))
}

// kind is the word for the kind of a session, unless its title begins with it.
func (v *voice) kind(s *agenda.Session) phrase {
	word := v.kindWord(s.Kind)
	title, _ := v.text(s.Title)
	if s.Kind == agenda.Other || strings.HasPrefix(strings.ToLower(title), strings.ToLower(word)) {
		return phrase{}
	}
	return phrase{text: word, language: v.Tag(), look: kindLook}
}

// shape hangs the shape of a kind before the line at index from.
func (s scope) shape(from int, k agenda.Kind, c typeset.Colour) {
	if from >= s.flow.end() {
		return
	}
	size := s.design.pt(6.4)
	offset := 0.0
	if s.aside && s.design.aside > 0 {
		offset = s.design.aside + s.design.gutter - s.design.pt(4.6) - size
	}
	strip := &s.flow.strips[from]
	strip.marks = append(strip.marks, mark{
		x: s.first().column.At(offset, size),
		y: strip.baseline - size*1.02,
		draw: func(p *painter, x, y float64) {
			drawKind(p.d, k, x, y, size, c)
		},
	})
}

// particulars are where, for whom and in what languages a session is.
func (s scope) particulars(v *voice, session *agenda.Session) []phrase {
	all := s.roomNames(v, session.Rooms)
	if t := s.tracks[session.Track]; t != nil {
		all = append(all, v.say(t.Name, quietLook))
	}
	all = append(all, s.languages(v, session)...)
	if session.Recorded {
		all = append(all, v.word(quietLook, "recorded"))
	}
	if v.has(session.Audience) {
		all = append(all, v.say(session.Audience, quietLook))
	}
	if session.Capacity > 0 {
		all = append(all, v.word(quietLook, "seats", "count", session.Capacity))
	}
	return list(" · ", all...)
}

// roomNames names rooms, with their floors.
func (j *job) roomNames(v *voice, ids []string) []phrase {
	var all []phrase
	for _, id := range ids {
		room := j.rooms[id]
		if room == nil {
			continue
		}
		name := v.say(room.Name, quietLook)
		name.look.font, name.look.colour = typeset.SemiBold, ink
		all = append(all, name)
		if room.Floor != "" {
			all = append(all, v.word(quietLook, "floor", "floor", room.Floor))
		}
	}
	return all
}

// languages says in what languages a session is.
func (s scope) languages(v *voice, session *agenda.Session) []phrase {
	var all []phrase
	if session.Language != "" {
		all = append(all, v.plain(v.Title(v.Language(session.Language)), quietLook))
	}
	if n := len(session.Interpretation); n > 0 {
		names := make([]string, n)
		for i, tag := range session.Interpretation {
			names[i] = v.Language(tag)
		}
		all = append(all, v.word(quietLook, "interpretation.into", "languages", v.List(names...)))
	}
	return all
}

// content sets what there is to read about a session.
func (s scope) content(slot agenda.Slot) {
	session := slot.Session
	gap := s.design.pt(5)
	s.prose(gap, session.Abstract)
	s.questions(gap, session.Questions)
	s.roles(s.design.pt(7), session.Roles)
	s.talks(s.design.pt(7), slot, session.Talks)
	s.parts(slot)
	s.links(gap, session.Links)
}

// questions sets the questions of a session as a list.
func (s scope) questions(before float64, questions []agenda.Text) {
	if len(questions) == 0 {
		return
	}
	from := s.flow.end()
	s.paragraph(before, typeset.P, func(v *voice) []phrase {
		if !s.says(v, questions[0]) {
			return nil
		}
		return []phrase{v.word(labelLook, "questions")}
	})
	s.flow.keepNext(from)
	items := s.within(typeset.List, typeset.Attrs{Numbering: typeset.Disc})
	items.prosaic = true
	for _, q := range questions {
		items.labelled(s.design.pt(1.5), s.design.pt(12), func(v *voice) []phrase {
			if !s.says(v, q) {
				return nil
			}
			return bullet(v)
		}, func(v *voice) []phrase {
			if !s.says(v, q) {
				return nil
			}
			return []phrase{v.say(q, bodyLook)}
		})
	}
}

func bullet(v *voice) []phrase {
	l := bodyLook
	l.colour = accent
	return []phrase{v.plain("•", l)}
}

// talks sets talks with their clock times or, where those are not known,
// numbers.
func (s scope) talks(before float64, slot agenda.Slot, talks []agenda.Talk) {
	if len(talks) == 0 {
		return
	}
	items := s.within(typeset.List, typeset.Attrs{Numbering: typeset.Decimal})
	for i, t := range slot.TalkTimes(talks) {
		from := s.flow.end()
		body := items.labelled(before, s.design.pt(36), func(v *voice) []phrase {
			return []phrase{v.plain(talkLabel(v, i, t, talks), farTimeLook)}
		}, func(v *voice) []phrase { return v.talk(t.Talk) })
		s.flow.keep(from)
		if t.Talk.Status != agenda.Cancelled {
			body.talkContent(t.Talk)
		}
		s.flow.keepHead(from, s.design.height()*0.12)
		before = s.design.pt(5)
	}
}

// talkLabel is when a talk is, or its number where no time is known.
func talkLabel(v *voice, i int, t agenda.TalkTime, talks []agenda.Talk) string {
	if t.HasStart && (i > 0 || len(talks) == 1 || t.HasEnd) {
		return v.Clock(t.Start)
	}
	if t.Talk.Status == agenda.Cancelled && i > 0 {
		return ""
	}
	return strconv.Itoa(i+1) + "."
}

// talk returns the title line of a talk.
func (v *voice) talk(t *agenda.Talk) []phrase {
	title := v.say(t.Title, strongLook)
	status := phrase{}
	if t.Status == agenda.Tentative || t.Status == agenda.Cancelled {
		status = v.word(signalLook, "status."+string(t.Status))
	}
	if t.Status == agenda.Cancelled {
		title.look.font, title.look.colour = typeset.Regular, soft
	}
	length, language := phrase{}, phrase{}
	if t.Minutes > 0 && t.Status != agenda.Cancelled {
		length = v.plain(v.Minutes(t.Minutes), quietLook)
	}
	if t.Language != "" {
		language = v.plain(v.Language(t.Language), quietLook)
	}
	return list(" · ", status, title, length, language)
}

// talkContent sets who gives a talk and what it is about.
func (s scope) talkContent(t *agenda.Talk) {
	for _, c := range castOf(t.Roles) {
		for _, r := range c.roles {
			s.hanging(0, s.design.pt(8), typeset.P, func(v *voice) []phrase {
				return s.holder(v, r).inLine(v, c)
			})
		}
	}
	s.prose(s.design.pt(2), t.Abstract)
	s.links(s.design.pt(2), t.Links)
}

// inLine returns a holder with everything about them in one paragraph.
func (h holder) inLine(v *voice, c cast) []phrase {
	var all []phrase
	r := c.roles[0]
	if v.has(r.Label) || !r.Has(agenda.Presenter) && !r.Has(agenda.Speaker) {
		label := phrase{text: v.label(c), language: v.labelLanguage(c), look: quietLook}
		label.text += ": "
		all = append(all, label)
	}
	all = append(all, h.name...)
	for _, post := range h.posts {
		all = append(all, v.separator(", ", quietLook))
		all = append(all, post...)
	}
	for i := range all {
		all[i].look.size, all[i].look.leading = quietLook.size, quietLook.leading
	}
	return all
}

// parts sets the parallel parts of a session.
func (s scope) parts(slot agenda.Slot) {
	parts := slot.Session.Parts
	if len(parts) == 0 {
		return
	}
	from := s.flow.end()
	s.paragraph(s.design.pt(7), typeset.P, func(v *voice) []phrase {
		return []phrase{v.word(labelLook, "parallel")}
	})
	s.flow.keepNext(from)
	items := s.within(typeset.List, typeset.Attrs{Numbering: typeset.Disc})
	before := s.design.pt(3)
	for i := range parts {
		p := &parts[i]
		from := s.flow.end()
		body := items.labelled(before, s.design.pt(12), bullet, func(v *voice) []phrase { return s.part(v, p) })
		s.flow.keep(from)
		body.prose(s.design.pt(2), p.Abstract)
		body.questions(s.design.pt(2), p.Questions)
		body.roles(s.design.pt(3), p.Roles)
		body.talks(s.design.pt(4), slot, p.Talks)
		before = s.design.pt(6)
	}
}

// part returns the title line of a part.
func (j *job) part(v *voice, p *agenda.Part) []phrase {
	all := []phrase{v.say(p.Title, strongLook)}
	if p.Room != "" {
		all = append(all, j.roomNames(v, []string{p.Room})...)
	}
	if p.Language != "" {
		all = append(all, v.plain(v.Language(p.Language), quietLook))
	}
	if p.Capacity > 0 {
		all = append(all, v.word(quietLook, "seats", "count", p.Capacity))
	}
	return list(" · ", all...)
}

// links sets where to read on, with the address for those on paper.
func (s scope) links(before float64, links []agenda.Link) {
	for _, l := range links {
		s.paragraph(before, typeset.P, func(v *voice) []phrase {
			to := typeset.Link{URI: address(l.URL)}
			url := phrase{text: clip(l.URL, longest), look: quietLook, link: to}
			url.look.colour = accent
			return list(" · ", v.say(l.Title, quietLook), url)
		})
		before = 0
	}
}
