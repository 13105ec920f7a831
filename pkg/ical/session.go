package ical

import "tamada/pkg/agenda"

// addSessions adds the sessions that wanted reports. Buffers are never an entry.
func (f *feed) addSessions(wanted func(*agenda.Session) bool) {
	for i := range f.event.Days {
		d := &f.event.Days[i]
		for _, slot := range d.Slots() {
			if slot.Session.Kind != agenda.Buffer && wanted(slot.Session) {
				f.addSession(d.Date, slot)
			}
		}
	}
}

// addSession adds a session, and what belongs to it: the call of who moderates it, and
// the talks that are entries of their own.
func (f *feed) addSession(date agenda.Date, slot agenda.Slot) {
	v := f.session(date, slot)
	if f.own != nil {
		f.claim(&v, slot)
	}
	v.description = f.describe(slot, &v)
	f.add(v)
	f.addTalks(v, date, slot)
	f.addCall(v, slot)
}

// session returns the entry of a session, without a description.
func (f *feed) session(date agenda.Date, slot agenda.Slot) vevent {
	s := slot.Session
	status := f.status(s.Status)
	return vevent{
		uid:        UID(f.event, s.ID),
		modified:   modifiedOr(s.Modified, f.event),
		sequence:   s.Sequence,
		span:       spanOf(f.clock.loc, date, slot),
		summary:    f.called(f.title(slot), status),
		location:   f.place(s.Rooms, s),
		url:        sessionURL(f.event, s, f.options),
		status:     status,
		categories: f.categories(s),
		parent:     f.uid,
	}
}

// title returns the title of a session; a time that is a word is said before it, since
// the entry is one of the whole day.
func (f *feed) title(slot agenda.Slot) string {
	title := f.say(slot.Session.Title)
	if slot.Span == agenda.Morning || slot.Span == agenda.Afternoon {
		return f.label(f.words.When(slot), title)
	}
	return title
}

// status returns the status of something inside the event, which it shares the fate of.
func (f *feed) status(s agenda.Status) agenda.Status {
	switch whole := f.event.Status; {
	case whole == agenda.Cancelled:
		return agenda.Cancelled
	case whole == agenda.Tentative && s == agenda.Confirmed:
		return agenda.Tentative
	}
	return s
}

// place returns where something is: the rooms, or those of the session around it, and the
// venue.
func (f *feed) place(rooms []string, s *agenda.Session) string {
	if len(rooms) == 0 {
		rooms = s.AllRooms()
	}
	names := make([]string, 0, len(rooms)+2)
	for _, id := range rooms {
		names = append(names, f.rooms[id])
	}
	v := f.venue()
	house := f.say(v.Name)
	if house == "" {
		house = f.say(v.Address)
	}
	place := join(", ", append(names, house, f.say(v.City))...)
	if place == "" {
		return f.placeless()
	}
	return place
}

// categories returns the kind of s, if it has a name, and its track.
func (f *feed) categories(s *agenda.Session) []string {
	var all []string
	if s.Kind != agenda.Other {
		all = append(all, f.words.T("kind."+string(s.Kind)))
	}
	if track := f.tracks[s.Track]; track != "" {
		all = append(all, track)
	}
	return all
}

// addTalks adds the talks of a session that are entries of their own.
func (f *feed) addTalks(session vevent, date agenda.Date, slot agenda.Slot) {
	s := slot.Session
	all := f.options.EachTalk && s.Kind == agenda.LightningTalks
	if !all && f.own == nil {
		return
	}
	add := func(talks []agenda.Talk, rooms []string) {
		for _, t := range slot.TalkTimes(talks) {
			if all || f.own.speaks(t.Talk) {
				f.addTalk(session, date, slot, t, rooms)
			}
		}
	}
	add(s.Talks, s.Rooms)
	for i := range s.Parts {
		var rooms []string
		if room := s.Parts[i].Room; room != "" {
			rooms = []string{room}
		}
		add(s.Parts[i].Talks, rooms)
	}
}

// addTalk adds a talk of which it is known when it is. One that is cancelled takes no time,
// so it stands at that of its session.
func (f *feed) addTalk(session vevent, date agenda.Date, slot agenda.Slot, t agenda.TalkTime, rooms []string) {
	status := f.status(t.Talk.Status)
	if session.status == agenda.Cancelled {
		status = agenda.Cancelled
	}
	at := slot
	if t.Talk.Status != agenda.Cancelled {
		if !t.HasStart || !t.HasEnd {
			return
		}
		at.Start, at.End, at.HasStart, at.HasEnd = t.Start, t.End, true, true
	}
	v := session
	v.uid = UID(f.event, t.Talk.ID)
	v.span = spanOf(f.clock.loc, date, at)
	v.summary = f.called(f.say(t.Talk.Title), status)
	v.description = f.describeTalk(t.Talk, session.url)
	v.location = f.place(rooms, slot.Session)
	v.categories = f.categories(slot.Session)
	v.status, v.busy, v.alarm = status, false, ""
	v.parent = session.uid
	f.add(v)
}

// describeTalk returns what a talk is about.
func (f *feed) describeTalk(t *agenda.Talk, url string) string {
	var b blocks
	b.add(f.prose(t.Abstract))
	b.add(f.roles(t.Roles)...)
	if t.Language != "" {
		b.add(f.language(t.Language))
	}
	b.headed(f.words.T("links"), f.links(t.Links))
	b.add(url)
	return b.String()
}
