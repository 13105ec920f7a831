package interchange

import (
	"cmp"
	"regexp"
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange/block"
	"tamada/pkg/interchange/phrase"
)

// meeting reads what the head of the document says of the meeting as a whole.
func (p *plain) meeting() {
	p.takeDayContent()
	head := p.head()
	title, rest := p.titleOf(head)
	p.named(title, p.options)
	if f, ok := phrase.Format(title); ok && p.event.Format == agenda.InPerson {
		p.event.Format = f
	}
	p.information(rest)
}

// takeDayContent moves what stands between the date and the first session to
// the head, if the date is that of the meeting and not one of several headings.
func (p *plain) takeDayContent() {
	for i, d := range p.days {
		if d.level > 0 && i+1 < len(p.days) {
			return
		}
		if len(d.sessions) > 0 {
			p.preamble = append(p.preamble, d.content...)
			d.content = nil
			return
		}
	}
}

// head reads the labelled lines of the preamble and returns the others.
func (p *plain) head() []block.Block {
	var rest []block.Block
	p.join()
	for i := range p.preamble {
		b := p.preamble[i]
		label, value, ok := phrase.CutLabel(b.Text)
		if ok && value != "" && label.Field != phrase.TitleField && p.fact(&b, label, value) {
			continue
		}
		if b.Kind == block.Field && !(ok && label.Field == phrase.TitleField) {
			p.unplace(b.Text)
			continue
		}
		rest = append(rest, b)
	}
	return rest
}

// join puts together lines of a paragraph that plain text wrapped.
func (p *plain) join() {
	var list []block.Block
	for _, b := range p.preamble {
		if n := len(list); n > 0 && b.Kind == block.Text && list[n-1].Kind == block.Text && goesOn(list[n-1].Text, b.Text) {
			list[n-1].Text += " " + b.Text
			continue
		}
		list = append(list, b)
	}
	p.preamble = list
}

// fact reads one labelled line about the meeting.
func (p *plain) fact(b *block.Block, label phrase.Label, value string) bool {
	e := p.event
	switch label.Field {
	case phrase.VenueField, phrase.RoomField:
		p.venue(value)
	case phrase.FormatField:
		p.format(b, value)
	case phrase.PlatformField:
		e.Online = &agenda.Online{Platform: p.line(value)}
		e.Format = cmp.Or(e.Format, agenda.OnlineFormat)
	case phrase.ApproachField:
		e.Approach = p.line(value)
	case phrase.ThemeField:
		e.Theme = p.line(value)
	case phrase.OrganiserField:
		for _, h := range phrase.Holders(value) {
			if name := cmp.Or(h.Organisation, h.Name, h.Words); name != "" {
				e.Organisers = append(e.Organisers, agenda.Organiser{Name: p.line(name)})
			}
		}
	case phrase.ZoneField:
		z, ok := phrase.FindZone(value)
		if ok {
			p.zone, p.zoneLine = z, b.Line
		}
		return ok
	case phrase.LanguageField:
		return b.Kind == block.Field
	case phrase.AbstractField:
		p.preambleText(value)
	case phrase.DateField, phrase.StartField, phrase.TimeField, phrase.EndField:
		return p.when(b, value)
	default:
		return false
	}
	return true
}

// when reads a labelled line of the date or time of the meeting. Such lines in
// the body of a document open a day; these are of its head.
func (p *plain) when(b *block.Block, value string) bool {
	d, dated := phrase.FindDate(value)
	if dated && d.Complete() {
		p.hints = append(p.hints, d)
	}
	if z, ok := phrase.FindZone(value); ok {
		p.heardZone(z, b)
	}
	p.unplace(b.Text)
	return true
}

// format reads how people take part, and the platform: "Virtual Meeting via
// Microsoft Teams".
func (p *plain) format(b *block.Block, value string) {
	f, ok := phrase.Format(value)
	if ok {
		p.event.Format = f
	}
	if platform := phrase.Platform(value); platform != "" {
		p.event.Online = &agenda.Online{Platform: p.line(platform)}
	}
	p.unplace(b.Text)
}

// venue reads the place of the meeting.
func (p *plain) venue(value string) {
	if f, ok := phrase.Format(value); ok && len(value) < 40 {
		p.event.Format = f
		return
	}
	if p.event.Venue == nil {
		p.event.Venue = &agenda.Venue{}
	}
	name, address, found := strings.Cut(value, ", ")
	p.event.Venue.Name = p.line(name)
	if found {
		p.event.Venue.Address = p.line(address)
	}
}

func (p *plain) preambleText(s string) {
	all := strings.TrimSpace(p.event.Information[p.language] + "\n\n" + s)
	p.event.Information = p.prose(all, Remark{Source: s})
}

// titleOf finds the title of the meeting in the head of the document, and
// returns what else is there.
func (p *plain) titleOf(head []block.Block) (string, []block.Block) {
	best, score := -1, 0
	for i := range head {
		if n := titleScore(head, i); n > score {
			best, score = i, n
		}
	}
	if best < 0 {
		return p.titleOfDays(), head
	}
	b := head[best]
	title := strings.TrimSpace(strings.TrimPrefix(b.Text, "title:"))
	if label, value, ok := phrase.CutLabel(b.Text); ok && label.Field == phrase.TitleField && value != "" {
		title = value
	}
	title, _ = phrase.CutAgendaWord(forwarded.ReplaceAllString(title, ""))
	if !strings.HasSuffix(b.Text, title) {
		p.unplace(b.Text)
	}
	if score < 30 {
		p.remark(Remark{Line: b.Line, Weight: Guessed, Code: TitleGuessed, Source: b.Text})
	}
	rest := append([]block.Block{}, head[:best]...)
	return title, p.seriesAndTheme(rest, head[best+1:], b)
}

// forwarded matches what mail programs put before the subject of answers and of
// what is passed on.
var forwarded = regexp.MustCompile(`(?i)^(?:(?:re|fwd?|tr|aw|wg|sv|vs|rv|enc|res|отв)\s?:\s*)+`)

// titleScore says how much a line of the head looks like the title.
func titleScore(head []block.Block, i int) int {
	b := &head[i]
	text := b.Text
	if label, value, ok := phrase.CutLabel(text); ok && b.Kind == block.Field {
		if label.Field != phrase.TitleField || phrase.Generic(value) {
			return 0
		}
		return 35
	}
	if len([]rune(text)) > 220 || len([]rune(text)) < 4 || phrase.Generic(text) || strings.Contains(text, "://") || strings.HasSuffix(text, ":") {
		return 0
	}
	score := 0
	if _, named := phrase.CutAgendaWord(text); named && i < 4 {
		score = 40
	}
	switch b.Kind {
	case block.Heading:
		score = max(score, 38-2*b.Level)
		if b.Level > 1 && lastHeading(head, i) {
			score += 4
		}
		if text[0] >= '0' && text[0] <= '9' {
			score -= 25
		}
	case block.Text:
		if i == 0 {
			score = max(score, 32)
		}
		score = max(score, 10-min(i, 8))
		if strings.HasSuffix(text, ".") {
			score -= 9
		}
	case block.Item:
		score = min(score, 3)
	}
	return score
}

// lastHeading reports whether no heading follows the one at i.
func lastHeading(head []block.Block, i int) bool {
	for _, b := range head[i+1:] {
		if b.Kind == block.Heading && !phrase.Generic(b.Text) {
			return false
		}
	}
	return true
}

// seriesAndTheme reads headings beside the title: one before it names the row
// of meetings, one after it on the same level is the theme.
func (p *plain) seriesAndTheme(before, after []block.Block, title block.Block) []block.Block {
	var rest []block.Block
	for _, b := range before {
		if b.Kind == block.Heading && b.Level == 1 && title.Kind != block.Heading && p.event.Series == nil {
			p.event.Series = &agenda.Series{Slug: Slug(b.Text), Title: p.line(b.Text)}
			continue
		}
		rest = append(rest, b)
	}
	for i, b := range after {
		if i == 0 && b.Kind == block.Heading && b.Level <= max(title.Level, 1) && p.event.Theme.Empty() && !phrase.Generic(b.Text) {
			p.event.Theme = p.line(b.Text)
			continue
		}
		rest = append(rest, b)
	}
	return rest
}

// titleOfDays returns a title where the head has none: that of the first day,
// or a word for it.
func (p *plain) titleOfDays() string {
	for _, d := range p.days {
		if d.title != "" && (d.level > 0 || len(p.days) == 1) {
			title := d.title
			d.title = ""
			return title
		}
	}
	p.remark(Remark{Weight: Guessed, Code: TitleMissing, Value: "Agenda"})
	return "Agenda"
}

// information keeps the rest of the head: paragraphs as the information of the
// event, single lines aside.
func (p *plain) information(rest []block.Block) {
	var paragraphs []string
	for i := range rest {
		b := &rest[i]
		switch {
		case b.Kind == block.Field, phrase.Generic(b.Text), len(b.Text) < 60 && b.Kind == block.Text:
			p.unplace(b.Text)
			p.hintsOf(b)
		case b.Kind == block.Heading:
			paragraphs = append(paragraphs, "### "+b.Text)
		case b.Kind == block.Item:
			paragraphs = append(paragraphs, strings.Repeat("  ", max(0, b.Level-1))+"- "+b.Text)
			p.hintsOf(b)
		default:
			paragraphs = append(paragraphs, b.Text)
			p.hintsOf(b)
		}
	}
	if len(paragraphs) > 0 {
		p.preambleText(joinProse(paragraphs))
	}
}

// hintsOf remembers dates and zones in the head.
func (p *plain) hintsOf(b *block.Block) {
	if d, ok := phrase.FindDate(b.Text); ok && d.Complete() {
		p.hints = append(p.hints, d)
	}
	if z, ok := phrase.FindZone(b.Text); ok && p.zone.Said == "" {
		p.zone, p.zoneLine = z, b.Line
	}
	if f, ok := phrase.Format(b.Text); ok && len(b.Text) < 40 {
		p.event.Format = f
	}
}

// joinProse joins paragraphs, keeping items of a list together.
func joinProse(list []string) string {
	var b strings.Builder
	for i, s := range list {
		if i > 0 {
			b.WriteByte('\n')
			if !strings.HasPrefix(strings.TrimLeft(s, " "), "- ") || !strings.HasPrefix(strings.TrimLeft(list[i-1], " "), "- ") {
				b.WriteByte('\n')
			}
		}
		b.WriteString(s)
	}
	return b.String()
}

// wholeMeeting makes one session of a document that gives a time for the
// meeting and no others.
func (p *plain) wholeMeeting() {
	if p.hasSessions() {
		return
	}
	date, w, ok := p.timeOfMeeting()
	if !ok {
		p.remark(Remark{Weight: NotUnderstood, Code: NoSessions})
		return
	}
	p.closed = false
	day := &plainDay{date: phrase.Dated{Date: phrase.Date{Year: date.Year, Month: date.Month, Day: date.Day}}}
	s := &plainSession{when: w, timed: true, head: block.Block{Kind: block.Text}}
	for i := range p.preamble {
		if l, value, ok := phrase.CutLabel(p.preamble[i].Text); ok && l.Field == phrase.TitleField {
			s.title = value
		}
		if l, value, ok := phrase.CutLabel(p.preamble[i].Text); ok && l.Field == phrase.RoleField && value != "" && p.preamble[i].Kind == block.Field {
			s.people = append(s.people, plainPeople{nameOfHandle(value), l.Roles, p.preamble[i].Line})
		}
	}
	day.sessions = []*plainSession{s}
	p.days = append(p.days, day)
}

// nameOfHandle makes a name of a handle in front matter: "francesca-perucci".
func nameOfHandle(s string) string {
	if strings.ContainsAny(s, " ,.@") || !strings.Contains(s, "-") {
		return s
	}
	parts := strings.Split(s, "-")
	for i, part := range parts {
		if part != "" {
			parts[i] = strings.ToUpper(part[:1]) + part[1:]
		}
	}
	return strings.Join(parts, " ")
}

// timeOfMeeting finds the date and time of the meeting as a whole.
func (p *plain) timeOfMeeting() (agenda.Date, phrase.When, bool) {
	for _, d := range p.days {
		if d.framed && d.date.Complete() {
			return d.date.Calendar(), d.frame, true
		}
	}
	var date agenda.Date
	var w phrase.When
	for i := range p.preamble {
		b := &p.preamble[i]
		l, value, ok := phrase.CutLabel(b.Text)
		if !ok || b.Kind != block.Field {
			continue
		}
		t, err := time.Parse("2006-01-02T15:04", value[:min(len(value), 16)])
		if err != nil {
			continue
		}
		clock := agenda.Clock(t.Hour()*60 + t.Minute())
		if l.Field == phrase.EndField {
			w.End, w.HasEnd = clock, true
		} else {
			date, w.Start = agenda.DateOf(t), clock
		}
	}
	return date, w, !date.IsZero()
}
