package interchange

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange/block"
	"tamada/pkg/interchange/phrase"
)

// build makes the sessions of the draft.
func (p *plain) build() {
	for _, d := range p.days {
		i := p.builder.day(d.settled)
		day := &p.event.Days[i]
		if p.placeOfMeeting(d) {
			if p.event.Venue == nil {
				p.event.Venue = &agenda.Venue{}
			}
			p.event.Venue.City = p.line(d.title)
			d.title = ""
		}
		if day.Title.Empty() {
			day.Title = p.line(d.title)
		} else if d.title != "" {
			p.unplace(d.title)
		}
		room := p.dayContent(d)
		for _, s := range d.sessions {
			if s.room == "" {
				s.room = room
			}
			session := p.build1(s)
			p.event.Days[i].Sessions = append(p.event.Days[i].Sessions, session)
		}
	}
	p.chain()
}

// placeOfMeeting reports whether what stands beside the date of the only day is
// where the meeting is: "4 March 2026, Tbilisi".
func (p *plain) placeOfMeeting(d *plainDay) bool {
	if len(p.days) > 1 || !d.placed || p.event.Venue != nil && !p.event.Venue.City.Empty() || p.event.Format == agenda.OnlineFormat {
		return false
	}
	fields := strings.Fields(d.title)
	if len(fields) == 0 || len(fields) > 3 || strings.ContainsAny(d.title, "0123456789:?!&/") {
		return false
	}
	for _, f := range fields {
		if first, _ := utf8.DecodeRuneInString(f); unicode.IsLower(first) && !unicode.Is(unicode.Georgian, first) {
			return false
		}
	}
	_, session := phrase.Kind(d.title)
	_, label, _ := phrase.CutLabel(d.title)
	return !session && label == "" && !phrase.Generic(d.title)
}

// chain opens times that are lengths after nothing they can follow.
func (p *plain) chain() {
	for i := range p.event.Days {
		d := &p.event.Days[i]
		for _, slot := range d.Slots() {
			if s := slot.Session; s.Time.Form == agenda.For && !slot.HasStart {
				p.note(s.ID, fmt.Sprintf("%d min", s.Time.Minutes))
				s.Time = agenda.Time{}
			}
		}
	}
}

// dayContent keeps the lines between a day and its first session, and returns
// the room that they name for all sessions.
func (p *plain) dayContent(d *plainDay) string {
	room := d.room
	for i := range d.content {
		b := &d.content[i]
		label, value, ok := phrase.CutLabel(b.Text)
		switch {
		case ok && (label.Field == phrase.VenueField || label.Field == phrase.RoomField) && value != "":
			if _, online := phrase.Format(value); !online {
				room = value
				continue
			}
		case ok && label.Field == phrase.ThemeField && value != "" && p.event.Days[p.builder.day(d.settled)].Title.Empty():
			p.event.Days[p.builder.day(d.settled)].Title = p.line(value)
			continue
		}
		p.unplace(b.Text)
	}
	return room
}

// build1 makes one session.
func (p *plain) build1(s *plainSession) agenda.Session {
	link, rest := cutLinks(s.title)
	if len(link) > 0 {
		s.strong = [2]int{}
	}
	t := p.title(rest, s.strong)
	session := agenda.Session{Time: s.time, Kind: agenda.Other, Status: agenda.Confirmed}
	if s.struck || t.cancelled {
		session.Status = agenda.Cancelled
	}
	if t.tentative {
		session.Status = agenda.Tentative
	}
	if t.text == "" {
		t.text = p.titleOfUntitled(s)
	}
	if kind, ok := phrase.Kind(t.text); ok {
		session.Kind = kind
	}
	session.Title = p.line(t.text)
	session.ID = p.newID("", "session", t.text)
	p.lines[session.ID] = s.head.Line
	session.Links = p.links(link, session.Title)
	w := &bodyReader{plain: p, session: &session, source: s}
	if len([]rune(t.text)) > agenda.MaxTitle {
		w.paragraphs = append(w.paragraphs, t.text)
		p.remark(Remark{Line: s.head.Line, Weight: Guessed, Code: TitleCut, Session: session.ID, Source: t.text})
	}
	if t.rest != "" {
		w.prose(t.rest)
	}
	w.holders(t.people, &s.head)
	for _, c := range s.people {
		w.column(c)
	}
	if s.room != "" {
		w.room(s.room)
	}
	w.read(s.body)
	w.finish()
	return session
}

// inlineLink matches the address of a link as package block writes it.
var inlineLink = regexp.MustCompile(`\s*<(https?://[^\s<>]+)>`)

// cutLinks parts the addresses of links from a line.
func cutLinks(s string) (links []string, rest string) {
	for _, m := range inlineLink.FindAllStringSubmatch(s, 20) {
		links = append(links, m[1])
	}
	if strings.HasPrefix(s, "http") && !strings.Contains(s, " ") {
		return []string{s}, s
	}
	return links, strings.TrimSpace(inlineLink.ReplaceAllString(s, ""))
}

// titleOfUntitled names a session that has only a time.
func (p *plain) titleOfUntitled(s *plainSession) string {
	title := p.event.Main(p.event.Title)
	p.remark(Remark{Line: s.head.Line, Weight: Guessed, Code: TitleMissing, Source: s.head.Text, Value: title})
	return title
}

// A bodyReader reads what stands below the title of a session.
type bodyReader struct {
	*plain
	session    *agenda.Session
	source     *plainSession
	paragraphs []string
	label      phrase.Label // of the lines that follow, while waiting is set
	waiting    bool
	talk       *agenda.Talk
	level      int  // of the items that are talks
	among      bool // the item before was somebody
}

// read reads the lines of the body.
func (w *bodyReader) read(body []block.Block) {
	body = joinBody(body)
	for i := range body {
		b := &body[i]
		switch {
		case w.talkRole(b):
		case w.labelled(b):
		case w.waiting && w.held(b):
		case b.Kind == block.Item:
			w.item(b)
		case b.Kind == block.Heading:
			w.waiting = false
			w.paragraphs = append(w.paragraphs, "### "+b.Text)
		default:
			w.waiting = false
			w.text(b)
		}
	}
}

// joinBody puts together the parts of sentences that a page break or a wrapped
// line cut.
func joinBody(body []block.Block) []block.Block {
	var list []block.Block
	for _, b := range body {
		if n := len(list); n > 0 && b.Kind == block.Text && list[n-1].Kind != block.Heading && list[n-1].Kind != block.Row && goesOn(list[n-1].Text, b.Text) {
			list[n-1].Text += " " + b.Text
			continue
		}
		list = append(list, b)
	}
	return list
}

// goesOn reports whether next is the rest of the sentence in s.
func goesOn(s, next string) bool {
	if s == "" || next == "" || strings.ContainsAny(s[len(s)-1:], ".?!:;)") || len(s) < 40 || len(s)+len(next) > block.MaxLine {
		return false
	}
	first, _ := utf8.DecodeRuneInString(next)
	if _, _, label := phrase.CutLabel(next); label || unicode.Is(unicode.Georgian, first) { // whose small letters begin sentences
		return false
	}
	return unicode.IsLower(first)
}

// labelled reads a line that is a label, with or without its value.
func (w *bodyReader) labelled(b *block.Block) bool {
	label, value, ok := phrase.CutLabel(b.Text)
	if !ok || b.Kind == block.Text && len(b.Text) > 300 {
		return false
	}
	if value == "" {
		if label.Field != phrase.RoleField && label.Field != phrase.QuestionsField && label.Field != phrase.PeopleField && label.Field != phrase.AbstractField {
			return false
		}
		w.label, w.waiting, w.talk = label, true, nil
		return true
	}
	w.waiting = false
	return w.field(b, label, value)
}

// talkRole reads a line below a talk that says who gives it: "Speaker: Anna
// Lind". It reports whether it did.
func (w *bodyReader) talkRole(b *block.Block) bool {
	if w.talk == nil || b.Kind != block.Item || b.Level <= w.level {
		return false
	}
	label, value, ok := phrase.CutLabel(b.Text)
	if !ok || label.Field != phrase.RoleField || value == "" {
		return false
	}
	said := label.Text
	if plainLabel(label) {
		said = ""
	}
	for _, h := range phrase.Holders(value) {
		if r, ok := w.role(h, label.Roles, said); ok {
			w.talk.Roles = append(w.talk.Roles, r)
		}
	}
	return len(w.talk.Roles) > 0
}

// field reads a label with its value.
func (w *bodyReader) field(b *block.Block, label phrase.Label, value string) bool {
	switch label.Field {
	case phrase.RoleField:
		w.roles(value, label, b)
		w.label, w.waiting, w.among = label, strings.HasSuffix(value, ","), b.Kind == block.Item
	case phrase.RoomField, phrase.VenueField:
		w.room(value)
	case phrase.AbstractField:
		w.prose(value)
	case phrase.QuestionsField:
		w.prose(value)
	case phrase.DurationField:
		minutes, _ := phrase.Minutes(value)
		if minutes == 0 {
			return false
		}
		w.source.notes = append(w.source.notes, b.Text)
	case phrase.AudienceField, phrase.PeopleField:
		if list := phrase.Holders(value); len(list) > 0 && list[0].Name != "" {
			w.roles(value, phrase.Label{Roles: []agenda.RoleName{agenda.Speaker}, Text: label.Text}, b)
			break
		}
		w.paragraphs = append(w.paragraphs, b.Text)
	case phrase.LanguageField:
		w.paragraphs = append(w.paragraphs, b.Text)
	default:
		return false
	}
	return true
}

// held reads a line below a label as what it announces. It reports whether it
// was.
func (w *bodyReader) held(b *block.Block) bool {
	switch w.label.Field {
	case phrase.QuestionsField:
		w.session.Questions = append(w.session.Questions, w.line(b.Text))
		return true
	case phrase.RoleField:
		list := phrase.Holders(b.Text)
		if len(list) == 0 || list[0].Words == b.Text && b.Kind != block.Item || len(b.Text) > 400 || strings.HasSuffix(b.Text, ".") && list[0].Name == "" {
			w.waiting = false
			return false
		}
		w.roles(b.Text, w.label, b)
		return true
	}
	w.waiting = false
	return false
}

// roles adds the roles of those whom text names.
func (w *bodyReader) roles(text string, label phrase.Label, b *block.Block) {
	list := phrase.Holders(text)
	if list == nil {
		w.open(text, label, b)
		return
	}
	said := label.Text
	if plainLabel(label) {
		said = ""
	}
	for _, h := range list {
		if r, ok := w.role(h, label.Roles, said); ok {
			w.session.Roles = append(w.session.Roles, r)
		} else {
			w.paragraphs = append(w.paragraphs, b.Text)
		}
	}
}

// plainLabel reports whether a label is just the word for its role.
func plainLabel(l phrase.Label) bool {
	return len(l.Roles) == 1 && len(strings.Fields(l.Text)) == 1 && phrase.RolesIn(l.Text) != nil
}

// open adds a role that nobody holds yet.
func (w *bodyReader) open(text string, label phrase.Label, b *block.Block) {
	words := strings.Trim(text, "[]() ")
	r := agenda.Role{As: label.Roles, Words: w.line(words), Status: agenda.RoleTBC}
	if words == "" || len(label.Roles) == 0 {
		w.paragraphs = append(w.paragraphs, b.Text)
		return
	}
	w.session.Roles = append(w.session.Roles, r)
	w.remark(Remark{Line: b.Line, Weight: Guessed, Code: RoleOpen, Session: w.session.ID, Source: b.Text})
}

// column adds those whom a cell of the column of presenters names.
func (w *bodyReader) column(c plainPeople) {
	label := phrase.Label{Roles: c.roles}
	if len(c.roles) == 0 {
		label.Roles = []agenda.RoleName{agenda.Speaker}
	}
	for _, part := range labelledParts(c.text) {
		own, value, ok := phrase.CutLabel(part)
		if !ok || own.Field != phrase.RoleField || value == "" {
			own, value = label, part
		}
		w.roles(value, own, &block.Block{Text: part, Line: c.line})
	}
}

// labelledParts cuts a text before each role that it names after a semicolon:
// "Chair: Ann Nord; Speakers: Bo Lind, OECD; Ida Holm".
func labelledParts(s string) []string {
	var parts []string
	for i, part := range strings.Split(s, ";") {
		label, value, ok := phrase.CutLabel(strings.TrimSpace(part))
		labelled := ok && label.Field == phrase.RoleField && value != ""
		_, _, before := phrase.CutLabel(strings.TrimSpace(s))
		switch {
		case i == 0 || labelled:
			parts = append(parts, strings.TrimSpace(part))
		case before && i == 1 && namesSomebody(part): // what a label is about ends with the next person
			parts = append(parts, strings.TrimSpace(part))
		default:
			parts[len(parts)-1] += ";" + part
		}
	}
	return parts
}

// namesSomebody reports whether s begins with the name of a person.
func namesSomebody(s string) bool {
	list := phrase.Holders(s)
	return len(list) > 0 && list[0].Name != ""
}

// holders adds those whom the title names.
func (w *bodyReader) holders(people titlePeople, b *block.Block) {
	for _, h := range people.holders {
		roles := people.roles
		if len(roles) == 0 {
			roles = []agenda.RoleName{agenda.Speaker}
		}
		if r, ok := w.role(h, roles, people.label); ok {
			w.session.Roles = append(w.session.Roles, r)
		}
	}
	if people.guessed {
		w.remark(Remark{Line: b.Line, Weight: Guessed, Code: PersonGuessed, Session: w.session.ID, Source: people.text})
	}
}

// room puts the session into a room.
func (w *bodyReader) room(name string) {
	if phrase.Placeholder(name) {
		w.source.notes = append(w.source.notes, name)
		return
	}
	if _, online := phrase.Format(name); online && len(strings.Fields(name)) <= 2 {
		w.source.notes = append(w.source.notes, name)
		return
	}
	if id := w.plain.room(name); id != "" && !slices.Contains(w.session.Rooms, id) {
		w.session.Rooms = append(w.session.Rooms, id)
	}
}

// item reads a point of a list: a question, a talk, or a point of the abstract.
func (w *bodyReader) item(b *block.Block) {
	w.waiting = false
	if w.talk != nil && b.Level > w.level {
		w.addToTalk(b)
		return
	}
	if list := phrase.Holders(b.Text); len(list) > 0 && list[0].Name != "" && strings.HasPrefix(b.Text, list[0].Name) && b.Strong[1] == 0 && (list[0].Sure || w.among && list[0].Organisation != "") {
		w.roles(b.Text, phrase.Label{Roles: []agenda.RoleName{agenda.Speaker}, Text: "Speaker"}, b)
		w.among = true
		return
	}
	w.among = false
	if strings.HasSuffix(strings.TrimSpace(b.Text), "?") && !w.hasPeople(b.Text) {
		w.session.Questions = append(w.session.Questions, w.line(b.Text))
		return
	}
	end := b.Strong[1]
	bold := end > 0 && b.Strong[0] == 0 && end < len(b.Text) && (strings.HasSuffix(b.Text[:end], ":") || strings.HasPrefix(b.Text[end:], ":"))
	if len(b.Text) > 400 || w.session.Kind.Pause() || bold && !w.hasPeople(b.Text[end:]) || strings.HasPrefix(b.Text, "http") || len(w.session.Talks) >= agenda.MaxTalks {
		w.paragraphs = append(w.paragraphs, "- "+b.Text)
		return
	}
	w.addTalk(b)
}

// hasPeople reports whether the end of s names people.
func (w *bodyReader) hasPeople(s string) bool {
	_, people := w.cutPeople(s)
	return len(people.holders) > 0
}

// addTalk makes a talk of an item.
func (w *bodyReader) addTalk(b *block.Block) {
	text := b.Text
	talk := agenda.Talk{Status: agenda.Confirmed}
	if when, rest, ok := phrase.LeadingTime(text); ok {
		text = rest
		if when.HasEnd && when.End > when.Start {
			talk.Minutes = int(when.End - when.Start)
		} else {
			talk.Abstract = w.line(b.Text)
		}
	}
	links, bare := cutLinks(text)
	strong := shifted(b.Strong, len(b.Text)-len(text))
	if len(links) > 0 {
		strong = [2]int{}
	}
	t := w.title(bare, strong)
	if talk.Minutes == 0 {
		talk.Minutes, t.text = trailingLength(t.text)
	}
	if b.Struck || t.cancelled {
		talk.Status = agenda.Cancelled
	}
	if t.text == "" {
		t.text = b.Text
	}
	talk.Title, talk.ID = w.line(t.text), w.newID("", "talk", t.text)
	talk.Links = w.links(links, talk.Title)
	if t.rest != "" {
		talk.Abstract = w.text2(talk.Abstract, t.rest)
	}
	for _, h := range t.people.holders {
		roles := t.people.roles
		if len(roles) == 0 {
			roles = []agenda.RoleName{agenda.Speaker}
		}
		if r, ok := w.role(h, roles, t.people.label); ok {
			talk.Roles = append(talk.Roles, r)
		}
	}
	w.session.Talks = append(w.session.Talks, talk)
	w.talk, w.level = &w.session.Talks[len(w.session.Talks)-1], b.Level
}

// addToTalk adds a point below a talk to its abstract.
func (w *bodyReader) addToTalk(b *block.Block) {
	line := strings.Repeat("  ", max(0, b.Level-w.level-1)) + "- " + b.Text
	w.talk.Abstract = w.text2(w.talk.Abstract, line)
}

// text2 adds a line to an abstract.
func (w *bodyReader) text2(t agenda.Text, s string) agenda.Text {
	old := t[w.language]
	sep := "\n\n"
	if strings.HasPrefix(strings.TrimLeft(s, " "), "- ") && old != "" && strings.HasPrefix(lastLine(old), "- ") {
		sep = "\n"
	}
	return w.plain.prose(strings.TrimPrefix(old+sep+s, sep), Remark{Source: s})
}

func lastLine(s string) string { return strings.TrimLeft(s[strings.LastIndexByte(s, '\n')+1:], " ") }

// text reads a paragraph.
func (w *bodyReader) text(b *block.Block) {
	if w.talk != nil && b.Level > 0 && b.Level >= w.level {
		w.talk.Abstract = w.text2(w.talk.Abstract, b.Text)
		return
	}
	if w.repeatsTime(b) || w.namesOnly(b) {
		return
	}
	w.prose(b.Text)
}

// namesOnly reads a line below the title that names somebody with their post:
// "Ana Pérez, Directora de AGESIC".
func (w *bodyReader) namesOnly(b *block.Block) bool {
	if len(b.Text) > 240 || strings.HasSuffix(b.Text, ".") || len(w.paragraphs) > 0 {
		return false
	}
	list := phrase.Holders(b.Text)
	for _, h := range list {
		if h.Name == "" || !h.Sure {
			return false
		}
	}
	if len(list) == 0 || !strings.HasPrefix(b.Text, strings.TrimSpace(list[0].Honorific+" "+list[0].Name)) {
		return false
	}
	w.roles(b.Text, phrase.Label{Roles: []agenda.RoleName{agenda.Speaker}, Text: "Speaker"}, b)
	return true
}

// repeatsTime reads a remark that says when the session ends: "(round tables
// from about 11:00 to 12:15)".
func (w *bodyReader) repeatsTime(b *block.Block) bool {
	if w.session.Time.Form != agenda.From {
		return false
	}
	m, ok := phrase.FindRange(b.Text)
	if !ok || m.Start != w.session.Time.Start || m.End <= m.Start {
		return false
	}
	w.session.Time = agenda.Time{Form: agenda.FromTo, Start: m.Start, End: m.End, Approximate: m.Approximate}
	w.prose(b.Text)
	return true
}

// prose adds a paragraph to the abstract, its questions to the questions.
func (w *bodyReader) prose(s string) {
	rest, questions := cutQuestions(s)
	for _, q := range questions {
		w.session.Questions = append(w.session.Questions, w.plain.text(q))
	}
	if rest != "" {
		w.paragraphs = append(w.paragraphs, rest)
	}
}

// sentence ends match where one sentence ends and another begins.
var sentenceEnd = regexp.MustCompile(`[.!?؟]["”»)]?\s+`)

// cutQuestions parts the questions in a paragraph from its other sentences.
func cutQuestions(s string) (rest string, questions []string) {
	if !strings.ContainsAny(s, "?؟") || strings.Contains(s, "://") {
		return s, nil
	}
	var others []string
	for s != "" {
		end := len(s)
		if m := sentenceEnd.FindStringIndex(s); m != nil {
			end = m[1]
		}
		sentence := strings.TrimSpace(s[:end])
		s = s[end:]
		switch {
		case strings.HasSuffix(strings.TrimRight(sentence, `"”»)`), "?"), strings.HasSuffix(sentence, "؟"):
			questions = append(questions, sentence)
		case sentence != "":
			others = append(others, sentence)
		}
	}
	return strings.Join(others, " "), questions
}

// finish completes the session.
func (w *bodyReader) finish() {
	if len(w.paragraphs) > 0 {
		w.session.Abstract = w.plain.prose(joinProse(w.paragraphs), Remark{Line: w.source.head.Line, Session: w.session.ID})
	}
	if len(w.source.notes) > 0 {
		w.note(w.session.ID, strings.Join(w.source.notes, "\n"))
	}
	if len(w.session.Questions) > agenda.MaxList {
		w.session.Questions = w.session.Questions[:agenda.MaxList]
	}
}
