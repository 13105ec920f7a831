package web

import (
	"bytes"
	"cmp"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/ical"
	"tamada/pkg/locale"
	"tamada/pkg/post"
	"tamada/pkg/zone"
)

// inviteMail returns the mail about an invite: a letter, and the calendar that mail programs
// take in (RFC 6047), as a part of the letter and as a file.
func (s *Server) inviteMail(d *eventDesk, i post.Invite, session *agenda.Session, notice ical.Notice) (post.Message, error) {
	e, reply := d.released(), s.Inviter.ReplyAddress()
	title, _ := e.Title.In(i.Language, e.Languages...)
	own := s.Mailboxes[e.Slug]
	answers := cmp.Or(own.Address, reply)
	invitation := ical.Invitation{
		Organiser: ical.Mailbox{Name: title, Address: cmp.Or(answers, s.Inviter.From().Address)}, Attendee: ical.Mailbox(i.To), Role: i.Role,
		Sequence: i.Sequence, Sent: i.Sent, Lang: i.Language, BaseURL: s.BaseURL, Backstage: entrance(d.draft.Backstage, session.ID),
	}
	invitation.Replies = reply != "" && notice != ical.CancelNotice
	write, method := ical.WriteRequest, "REQUEST"
	if notice == ical.CancelNotice {
		write, method = ical.WriteCancel, "CANCEL"
		invitation.Backstage = nil
	}
	var b bytes.Buffer
	if err := write(&b, e, session, invitation); err != nil {
		return post.Message{}, err
	}
	m := post.Message{
		ID: i.Message, Kind: post.KindSession, From: own, To: i.To, Event: e.ID, Created: i.Sent,
		Letter:      s.inviteLetter(d, i, session, notice),
		Calendar:    &post.Calendar{Method: method, Data: b.Bytes()},
		Attachments: []post.Attachment{{Name: "invite.ics", Type: "application/ics", Data: b.Bytes()}},
	}
	if answers != "" {
		m.ReplyTo = post.Mailbox{Name: title, Address: answers}
	}
	return m, nil
}

// entrance returns the ways to join a session, and nothing else of what is backstage.
func entrance(all agenda.Backstage, session string) agenda.Backstage {
	ways := agenda.Backstage{}
	for _, id := range []string{session, agenda.BackstageEvent} {
		if n := all[id]; n.Join != "" || n.Phone != "" {
			ways[id] = agenda.Note{Join: n.Join, Phone: n.Phone, Code: n.Code}
		}
	}
	return ways
}

// inviteLetter returns what the mail says to those whose program takes no calendars.
func (s *Server) inviteLetter(d *eventDesk, i post.Invite, session *agenda.Session, notice ical.Notice) post.Letter {
	e := d.released()
	l := locale.For(append([]string{i.Language}, e.Languages...)...)
	say := func(t agenda.Text) string { text, _ := t.In(i.Language, e.Languages...); return text }
	id := "calendar.invite."
	switch {
	case notice == ical.CancelNotice && i.Withdrawn:
		id += "withdrawn."
	case notice == ical.CancelNotice:
		id += "cancelled."
	case i.Sequence > 0:
		id += "changed."
	default:
		id += "first."
	}
	date, when := whenSaid(l, d, session.ID)
	facts := []post.Fact{{Label: l.T("session"), Value: say(session.Title)}, {Label: l.T("calendar.invite.when"), Value: when}}
	if place := placeSaid(e, session, say); place != "" {
		facts = append(facts, post.Fact{Label: l.T("calendar.invite.where"), Value: place})
	}
	facts = append(facts, post.Fact{Label: l.T("mail.your-role"), Value: l.T("role." + string(i.Role))})
	letter := post.Letter{
		Language: l.Tag(),
		Subject:  shortened(l.T(id+"subject", "title", say(session.Title), "date", date)),
		Blocks: []post.Block{
			{Kind: post.Paragraph, Text: l.T("mail.dear", "name", post.OneLine(i.To.Name))},
			{Kind: post.Paragraph, Text: l.T(id+"text", "event", say(e.Title))},
			{Kind: post.Facts, Facts: facts},
		},
	}
	if notice != ical.CancelNotice {
		note := l.T("calendar.invite.unread")
		if s.Inviter.ReplyAddress() != "" {
			note = l.T("calendar.invite.read")
		}
		letter.Notes = []post.Block{{Kind: post.Paragraph, Text: note}}
	}
	if e.Visibility != agenda.Invited {
		address := s.BaseURL + "/e/" + e.Slug + "/s/" + agenda.Code(session.ID)
		letter.Blocks = append(letter.Blocks, post.Block{Kind: post.Button, Text: l.T("calendar.invite.page"), URL: address})
	}
	return letter
}

// shortened cuts a subject to what a header may hold.
func shortened(s string) string {
	const most = 200 // bytes
	if s = post.OneLine(s); len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// whenSaid returns the day of a session, and the day with its time and zone.
func whenSaid(l *locale.Locale, d *eventDesk, session string) (date, when string) {
	e := d.released()
	for i := range e.Days {
		for _, slot := range e.Days[i].Slots() {
			if slot.Session.ID == session {
				day := e.Days[i].Date
				date = l.Date(day, locale.Long)
				at, _ := zone.At(d.home, day, slot.Start)
				return date, l.T("web.moment", "date", l.Date(day, locale.Full), "time", l.When(slot), "zone", l.Zone(e.Zone, at))
			}
		}
	}
	return "", ""
}

// placeSaid returns where a session is.
func placeSaid(e *agenda.Event, session *agenda.Session, say func(agenda.Text) string) string {
	var parts []string
	for _, id := range session.AllRooms() {
		if r, err := e.Room(id); err == nil {
			parts = append(parts, say(r.Name))
		}
	}
	if v := e.Venue; v != nil && e.Format != agenda.OnlineFormat {
		parts = append(parts, say(v.Name), say(v.City))
	}
	var said []string
	for _, p := range parts {
		if p != "" {
			said = append(said, p)
		}
	}
	return strings.Join(said, ", ")
}

// A letterView is a letter as whoever sends it looks at it.
type letterView struct {
	Subject, Lang, Dir string
	Lines              []letterLine
	Facts              []fact
	After              []letterLine
}

// letterOf returns the view of a letter.
func letterOf(letter post.Letter) letterView {
	v := letterView{Subject: letter.Subject, Lang: letter.Language, Dir: locale.Dir(letter.Language)}
	for _, b := range append(letter.Blocks, letter.Notes...) {
		lines := &v.Lines
		if len(v.Facts) > 0 {
			lines = &v.After
		}
		switch b.Kind {
		case post.Facts:
			for _, f := range b.Facts {
				v.Facts = append(v.Facts, fact(f))
			}
		default:
			*lines = append(*lines, letterLine{Text: b.Text, Href: b.URL})
		}
	}
	return v
}
