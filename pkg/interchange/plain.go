package interchange

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange/block"
	"tamada/pkg/interchange/phrase"
)

// ReadPlain reads an agenda that was written for people: plain text, Markdown,
// HTML or a Word document. It never fails for what the text says, only for
// sources that are too large, not text, or broken (see package block); what it
// guessed and what it did not understand is in the remarks.
func ReadPlain(source []byte, options ReadOptions) (*Result, error) {
	blocks, err := block.Read(source)
	if err != nil {
		return nil, err
	}
	return recognise(blocks, options), nil
}

// recognise turns the lines of a document into an agenda in three steps: walk
// finds the days and where each session begins, then dates and times are
// settled with the whole document in view, then each session is read.
func recognise(blocks []block.Block, options ReadOptions) *Result {
	p := &plain{options: options, builder: newBuilder(languageOf(blocks, options)), source: wholeText(blocks), timed: map[*block.Block]bool{}}
	p.caller = options.Language
	p.walk(blocks)
	p.wholeMeeting()
	p.dropEmptyDays()
	p.meeting()
	p.settleDates()
	p.settleTimes()
	p.build()
	r := p.finish()
	r.ForHumans = true
	return r
}

// languageOf returns the language of the document: as its head says, as its
// words show, or as the caller thinks.
func languageOf(blocks []block.Block, options ReadOptions) string {
	var text strings.Builder
	for i := range blocks {
		b := &blocks[i]
		if l, value, ok := phrase.CutLabel(b.Text); b.Kind == block.Field && ok && l.Field == phrase.LanguageField && len(value) == 2 {
			return strings.ToLower(value)
		}
		if !b.Aside && b.Kind != block.Field && text.Len() < 20_000 {
			text.WriteString(b.Text + "\n")
		}
	}
	return cmp.Or(phrase.Language(text.String()), options.Language, "en")
}

// wholeText returns the folded text of a document.
func wholeText(blocks []block.Block) string {
	var b strings.Builder
	for i := range blocks {
		b.WriteString(phrase.Fold(blocks[i].Text) + "\n")
	}
	return b.String()
}

// A plain is the state of reading one document.
type plain struct {
	*builder
	options  ReadOptions
	preamble []block.Block // before the first day or session
	days     []*plainDay
	day      *plainDay
	session  *plainSession
	closed   bool          // the part of the document with sessions ended: what comes has no place yet
	back     int           // inside back matter that a heading of this level opened; 0 outside
	generic  bool          // a heading said that the agenda follows
	pending  *plainSession // a time on a line of its own, which waits for its title
	hints    []phrase.Dated
	zone     phrase.Zone
	zoneLine int
	slotted  bool                  // sessions have times
	trailing bool                  // their times stand at the ends of lines
	signed   bool                  // the letter around the agenda has ended
	reopened bool                  // the session was named again below the agenda
	count    int                   // sessions so far
	source   string                // the folded text of the document
	list     int                   // inside an agenda without times: the level of its items
	timed    map[*block.Block]bool // see [plain.hasTime]
}

// A plainDay is a day as the document has it.
type plainDay struct {
	date     phrase.Dated
	line     int
	title    string
	frame    phrase.When // the time of the whole day
	framed   bool
	level    int // of its heading, 0 if it was none
	sessions []*plainSession
	content  []block.Block // between the day and its first session
	settled  agenda.Date
	room     string
	placed   bool // its title stands after the date and a comma
}

// A plainSession is a session as the document has it.
type plainSession struct {
	head    block.Block
	when    phrase.When
	timed   bool
	minutes int
	span    agenda.Form // where spanned is set
	spanned bool
	title   string
	folded  string // the title, once it was compared
	body    []block.Block
	people  []plainPeople // from columns
	room    string
	notes   []string
	struck  bool
	strong  [2]int // of the title
	time    agenda.Time
}

// A plainPeople is the content of a cell that names people.
type plainPeople struct {
	text  string
	roles []agenda.RoleName
	line  int
}

// walk goes over the document once.
func (p *plain) walk(blocks []block.Block) {
	for i := 0; i < len(blocks); i++ {
		b := &blocks[i]
		switch {
		case b.Aside:
			p.unplace(b.Text)
		case b.Kind == block.Row:
			end := i
			for end < len(blocks) && blocks[end].Kind == block.Row && blocks[end].Table == b.Table {
				end++
			}
			p.table(blocks[i:end])
			i = end - 1
		case b.Kind == block.Field:
			p.preamble = append(p.preamble, *b)
			if d, ok := phrase.FindDate(b.Text); ok && d.Day > 0 && d.Month > 0 {
				p.hints = append(p.hints, d)
			}
		default:
			p.block(b, blocks[i+1:])
		}
	}
	p.dropPending()
}

// block reads one line that is not of a table. next is what follows it.
func (p *plain) block(b *block.Block, next []block.Block) {
	if p.pending != nil && p.titleOfPending(b) {
		return
	}
	if p.session != nil && b.Kind == block.Text && phrase.SignsOff(b.Text) {
		p.close()
		p.signed = true
	}
	if p.signed || p.inBackMatter(b) || pageNumber.MatchString(b.Text) {
		p.unplace(b.Text)
		return
	}
	if p.dayLine(b) || p.timeOfDay(b) || p.timeLine(b, next) {
		return
	}
	switch {
	case b.Kind == block.Heading && p.heading(b, next):
	case p.untimed(b, next):
	default:
		p.content(b, next)
	}
}

// pageNumber matches the number of a page that a conversion left in the text.
var pageNumber = regexp.MustCompile(`(?i)^[-–\s]*((page|seite|página|pagina|side|sida|strana|стр\.?|страница)\s*)\d+(\s*(of|de|von|av|z|/|sur|из)\s*\d+)?[-–\s]*$`)

// timeOfDay reads a label with the time of the whole day: "Time: 9:00 to 13:00".
func (p *plain) timeOfDay(b *block.Block) bool {
	label, value, ok := phrase.CutLabel(b.Text)
	if !ok || label.Field != phrase.TimeField || value == "" || p.session != nil {
		return false
	}
	w, _, ok := phrase.LeadingTime(value)
	if !ok || p.day != nil && len(p.day.sessions) > 0 {
		return false
	}
	if z, ok := phrase.FindZone(value); ok {
		p.heardZone(z, b)
	}
	if p.day == nil {
		p.preamble = append(p.preamble, *b)
		return true
	}
	p.day.frame, p.day.framed = w, true
	p.unplace(b.Text)
	return true
}

// inBackMatter reports whether b is in a part of the document that is not
// agenda.
func (p *plain) inBackMatter(b *block.Block) bool {
	if p.back == 0 {
		return false
	}
	if b.Kind == block.Heading && b.Level <= p.back && !phrase.BackMatter(b.Text) {
		p.back = 0
		return false
	}
	return true
}

// heading reads a heading without a time or date. It reports whether that was
// all there is to it.
func (p *plain) heading(b *block.Block, next []block.Block) bool {
	if phrase.RolesIn(b.Text) != nil && p.session != nil {
		return false
	}
	if len(p.days) > 0 && phrase.BackMatter(b.Text) && p.hasSessions() {
		p.close()
		p.back = b.Level
		p.unplace(b.Text)
		return true
	}
	if phrase.Generic(b.Text) {
		p.generic = p.generic || phrase.OpensAgenda(b.Text)
		if p.session != nil && p.closes(b) {
			p.close()
		}
		p.unplace(b.Text)
		return true
	}
	if s := p.sameTitle(b.Text); s != nil {
		p.reopen(s)
		return true
	}
	if p.session != nil && p.closes(b) && !p.continues(b) {
		p.close()
	}
	return false
}

// closes reports whether a heading ends the open session.
func (p *plain) closes(b *block.Block) bool {
	return p.session.head.Kind != block.Heading || b.Level <= p.session.head.Level
}

// continues reports whether a heading is the rest of a sentence or a label
// inside the session: it begins with a small letter or ends with a colon.
func (p *plain) continues(b *block.Block) bool {
	l, _, ok := phrase.CutLabel(b.Text)
	return ok && l.Field != phrase.TitleField
}

func (p *plain) close() { p.session, p.closed, p.reopened = nil, true, false }

// reopen goes back to a session that the document names again.
func (p *plain) reopen(s *plainSession) { p.session, p.closed, p.reopened = s, false, true }

func (p *plain) hasSessions() bool {
	return slices.ContainsFunc(p.days, func(d *plainDay) bool { return len(d.sessions) > 0 })
}

// sameTitle returns the session that a later heading names again: "Panel
// Discussion:" with its panellists below the list of times.
func (p *plain) sameTitle(heading string) *plainSession {
	name := phrase.Fold(strings.TrimRight(heading, " :"))
	if len(name) < 5 {
		return nil
	}
	for _, d := range p.days {
		for _, s := range d.sessions {
			if s.folded == "" {
				s.folded = phrase.Fold(s.title)
			}
			if rest, ok := strings.CutPrefix(s.folded, name); ok && (rest == "" || strings.HasPrefix(rest, ",")) && s != p.session {
				return s
			}
		}
	}
	return nil
}

// content adds b to what it belongs to.
func (p *plain) content(b *block.Block, next []block.Block) {
	if b.Kind == block.Text && strings.HasSuffix(b.Text, ":") {
		if again := p.sameTitle(b.Text); again != nil {
			p.reopen(again)
			return
		}
	}
	if p.session == nil || p.leaves(b, next) {
		p.loose(b)
		return
	}
	p.session.body = append(p.session.body, *b)
}

// leaves reports whether b stands outside of the list that the open session is
// an item of, and nothing shows that the agenda goes on.
func (p *plain) leaves(b *block.Block, next []block.Block) bool {
	s := p.session
	if p.reopened {
		if b.Kind == block.Text && b.Gap > 0 && strings.HasSuffix(b.Text, ":") {
			p.close()
		}
		return p.session == nil
	}
	if phrase.RolesIn(b.Text) != nil && b.Gap < 2 && b.Indent >= s.head.Indent && s.head.Kind != block.Item {
		return false
	}
	switch {
	case b.Gap >= 3 && s.head.Kind == block.Text && len(s.body) == 0:
	case s.head.Kind == block.Item && b.Kind == block.Text && b.Level < s.head.Level:
	case s.head.Kind == block.Text && b.Kind != block.Heading && b.Indent < s.head.Indent && b.Gap > 0:
	case s.head.Kind == block.Row && b.Kind == block.Text && b.Indent == 0:
	default:
		return false
	}
	if s.head.Kind != block.Row && p.timesAhead(next) {
		return false
	}
	p.close()
	return true
}

// timesAhead reports whether a session follows before the next heading.
func (p *plain) timesAhead(next []block.Block) bool {
	for i := range next {
		if i > 60 || next[i].Kind == block.Heading {
			return false
		}
		if p.hasTime(&next[i]) {
			return true
		}
	}
	return false
}

// hasTime reports whether a line begins or ends with a time. It is asked of the
// same lines many times.
func (p *plain) hasTime(b *block.Block) bool {
	has, known := p.timed[b]
	if !known {
		_, _, leading := phrase.LeadingTime(b.Text)
		_, _, trailing := phrase.TrailingTime(b.Text)
		has = leading || trailing
		p.timed[b] = has
	}
	return has
}

// loose keeps a line that belongs to no session: what comes before the first
// is about the meeting or the day.
func (p *plain) loose(b *block.Block) {
	if z, ok := phrase.FindZone(b.Text); ok && p.zone.Said == "" && len(b.Text) < 200 {
		p.heardZone(z, b)
	}
	switch {
	case p.closed:
		p.unplace(b.Text)
	case p.day != nil:
		p.day.content = append(p.day.content, *b)
	default:
		p.preamble = append(p.preamble, *b)
	}
}

// open adds a session to the current day.
func (p *plain) open(s *plainSession) {
	if p.count++; p.count > agenda.MaxSessions/2 {
		p.unplace(s.head.Text)
		p.session, p.closed = nil, true
		return
	}
	if p.day == nil {
		p.addDay(&plainDay{line: s.head.Line})
	}
	p.day.sessions = append(p.day.sessions, s)
	p.session, p.closed, p.reopened = s, false, false
	p.slotted = p.slotted || s.timed
}

func (p *plain) addDay(d *plainDay) {
	if len(p.days) >= agenda.MaxDays {
		p.unplace(d.title)
		return
	}
	p.days = append(p.days, d)
	p.day, p.session, p.closed = d, nil, false
}

// timeLine reads a line that begins with a time: a session, the frame of a
// day, the end of one.
func (p *plain) timeLine(b *block.Block, next []block.Block) bool {
	if form, rest, ok := phrase.LeadingSpan(b.Text); ok && p.day != nil && b.Level < 4 {
		p.open(&plainSession{head: *b, title: rest, span: form, spanned: true, struck: b.Struck})
		p.slotted = true
		return true
	}
	w, rest, ok := phrase.LeadingTime(b.Text)
	if !ok {
		return p.trailingTime(b)
	}
	p.seeZone(w.Zone, b)
	if p.nested(b, w) {
		return false
	}
	s := &plainSession{head: *b, when: w, timed: true, title: rest, struck: b.Struck, strong: shifted(b.Strong, len(b.Text)-len(rest))}
	switch {
	case p.frames(s, next):
		p.frame(s)
	case phrase.EndMarker(rest):
		p.endMarker(s)
	case rest == "" || onlyBrackets(rest) && len(rest) < 12:
		p.dropPending()
		p.pending = s
	default:
		p.open(s)
	}
	return true
}

// shifted moves a place in a line by what was cut from its beginning.
func shifted(strong [2]int, by int) [2]int {
	return [2]int{max(0, strong[0]-by), max(0, strong[1]-by)}
}

// trailingTime reads a line that ends with a time, in agendas that write it
// there: "Welcome and introductions (10:00-10:15)". What the first session does
// holds for the document.
func (p *plain) trailingTime(b *block.Block) bool {
	if p.slotted && !p.trailing || len(b.Text) > 200 || strings.HasPrefix(b.Text, "(") {
		return false
	}
	w, title, ok := phrase.TrailingTime(b.Text)
	if !ok || len(strings.Fields(title)) > 24 {
		return false
	}
	if l, value, ok := phrase.CutLabel(b.Text); ok && value != "" && l.Field != phrase.TitleField {
		return false
	}
	p.seeZone(w.Zone, b)
	p.open(&plainSession{head: *b, when: w, timed: true, title: title, struck: b.Struck, strong: b.Strong})
	p.trailing = true
	return true
}

// nested reports whether a time stands in the body of a session that is a
// heading, so that it is the time of a talk in it.
func (p *plain) nested(b *block.Block, w phrase.When) bool {
	s := p.session
	if s == nil || b.Kind == block.Heading || !s.when.HasEnd || !w.HasEnd {
		return false
	}
	deeper := b.Kind == block.Item && s.head.Kind == block.Item && b.Level > s.head.Level || b.Kind == block.Item && s.head.Kind == block.Heading
	return deeper && w.Start >= s.when.Start && w.End <= s.when.End
}

// onlyBrackets reports whether s is nothing but remarks in brackets.
func onlyBrackets(s string) bool {
	return strings.Trim(brackets.ReplaceAllString(s, ""), " ,;:.-–") == ""
}

var brackets = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]|<[^<>]*>`)

// frames reports whether a time is that of the whole day: the sessions that
// follow lie within it, or have only lengths.
func (p *plain) frames(s *plainSession, next []block.Block) bool {
	if !s.when.HasEnd || s.head.Kind == block.Heading && s.title != "" {
		return false
	}
	lengths := 0
	for i := range next {
		n := &next[i]
		if i > 80 {
			break
		}
		if n.Kind == block.Row {
			w, ok := rowTime(n)
			return ok && s.title == "" && within(w, s.when)
		}
		if w, _, ok := phrase.LeadingTime(n.Text); ok {
			return s.title == "" && within(w, s.when)
		}
		if s.title == "" && i == 0 && n.Kind == block.Text && !phrase.Generic(n.Text) && n.Gap == 0 {
			return false // its title
		}
		if minutes, _ := phrase.Minutes(n.Text); minutes > 0 && (n.Kind == block.Heading || n.Kind == block.Item || n.Kind == block.Text) && n.Kind != s.head.Kind || minutes > 0 && len(n.Text) < 20 {
			lengths++
		}
	}
	return lengths >= 2
}

// rowTime returns the time of the first cell of a row that has one.
func rowTime(b *block.Block) (phrase.When, bool) {
	for _, c := range b.Cells {
		if w, _, ok := phrase.LeadingTime(c.String()); ok {
			return w, true
		}
	}
	return phrase.When{}, false
}

func within(w, frame phrase.When) bool { return w.Start >= frame.Start && w.Start < frame.End }

// frame gives the day its time.
func (p *plain) frame(s *plainSession) {
	if p.day == nil {
		p.addDay(&plainDay{line: s.head.Line})
	}
	p.day.frame, p.day.framed = s.when, true
	if s.title != "" && len(s.title) < 60 {
		p.day.room = strings.Trim(s.title, " ,.")
	}
}

// endMarker ends the session before: "18:00 [END]".
func (p *plain) endMarker(s *plainSession) {
	if p.day != nil && len(p.day.sessions) > 0 {
		last := p.day.sessions[len(p.day.sessions)-1]
		if !last.when.HasEnd && last.timed && last.minutes == 0 && s.when.Start > last.when.Start {
			last.when.End, last.when.HasEnd = s.when.Start, true
		}
	}
	p.unplace(s.head.Text)
	p.close()
}

// titleOfPending takes b as the title of the time before it.
func (p *plain) titleOfPending(b *block.Block) bool {
	if _, _, ok := phrase.LeadingTime(b.Text); ok || b.Kind == block.Row {
		return false
	}
	s := p.pending
	p.pending = nil
	if d, ok := phrase.FindDate(b.Text); ok && d.Day > 0 && d.From < 4 {
		p.pending = s
		p.dropPending()
		return false
	}
	s.title = strings.TrimSpace(strings.TrimLeft(b.Text, ":-– "))
	s.struck = s.struck || b.Struck
	if s.head.Kind == block.Text {
		s.head.Kind = b.Kind
		if b.Kind == block.Item {
			s.head.Kind = block.Text
		}
	}
	s.head.Strong = [2]int{}
	p.open(s)
	return true
}

// dropPending gives up on a time that no title followed.
func (p *plain) dropPending() {
	s := p.pending
	p.pending = nil
	if s == nil {
		return
	}
	if p.day != nil && p.day.framed && len(p.day.sessions) == 0 || s.when.HasEnd && p.day != nil && len(p.day.sessions) == 0 {
		p.frame(s)
		return
	}
	p.unplace(s.head.Text)
	p.remark(Remark{Line: s.head.Line, Weight: NotUnderstood, Code: NotPlaced, Source: s.head.Text})
}

// seeZone notes the zone that a time names; the first one counts.
func (p *plain) seeZone(name string, b *block.Block) {
	if z, ok := phrase.FindZone(name); ok && name != "" {
		p.heardZone(z, b)
	}
}

func (p *plain) heardZone(z phrase.Zone, b *block.Block) {
	switch {
	case p.zone.Said == "":
		p.zone, p.zoneLine = z, b.Line
	case p.zone.Name != z.Name || p.zone.Fixed && z.Fixed && p.zone.Offset != z.Offset:
		p.remark(Remark{Line: b.Line, Weight: Contradictory, Code: ZonesDiffer, Source: z.Said, Value: p.zone.Said})
	}
}

// untimed reads items of an agenda that gives lengths or nothing instead of
// times.
func (p *plain) untimed(b *block.Block, next []block.Block) bool {
	if p.slotted || p.closed && !(b.Kind == block.Heading && p.list == -b.Level) {
		return false
	}
	minutes, title := phrase.Minutes(b.Text)
	framed := p.day != nil && p.day.framed
	switch b.Kind {
	case block.Heading:
		if minutes == 0 && !(framed && (lengthFollows(next) || p.list == -b.Level)) {
			return false
		}
		p.list = -b.Level
	case block.Item:
		if p.list < 0 || b.Level > 1 && p.list != b.Level || !(p.list == b.Level || p.startsList(b, minutes, next)) {
			return false
		}
		p.list = b.Level
	default:
		return p.lengthOf(b, minutes, title)
	}
	s := &plainSession{head: *b, minutes: minutes, title: title, struck: b.Struck}
	if strings.HasPrefix(b.Text, title) {
		s.strong = b.Strong
	}
	p.open(s)
	return true
}

// lengthOf takes a line that is only a length as that of the open session.
func (p *plain) lengthOf(b *block.Block, minutes int, rest string) bool {
	if minutes == 0 || p.session == nil || p.session.minutes > 0 || strings.Trim(rest, " ()_*~.") != "" {
		return false
	}
	p.session.minutes = minutes
	return true
}

// lengthFollows reports whether the line after a heading is only a length, or
// the items below it have lengths.
func lengthFollows(next []block.Block) bool {
	if len(next) == 0 || next[0].Kind == block.Heading {
		return false
	}
	minutes, _ := phrase.Minutes(next[0].Text)
	return minutes > 0
}

// startsList reports whether an item is the first of an agenda without times:
// it has a length as others have, or stands below a heading that says so.
func (p *plain) startsList(b *block.Block, minutes int, next []block.Block) bool {
	items, lengths := 1, 0
	if minutes > 0 {
		lengths++
	}
	for i := range next {
		n := &next[i]
		if n.Kind != block.Item || n.Level < b.Level {
			break
		}
		if _, _, ok := phrase.LeadingTime(n.Text); ok {
			return false
		}
		if n.Level == b.Level {
			items++
			if m, _ := phrase.Minutes(n.Text); m > 0 {
				lengths++
			}
		}
	}
	if l, _, ok := phrase.CutLabel(b.Text); ok && l.Field != phrase.RoleField && minutes == 0 {
		return false
	}
	direct := p.day != nil && p.day.framed && len(p.day.content) == 0 && len(p.day.sessions) == 0
	return lengths >= 2 && 2*lengths >= items || items >= 2 && (p.generic || direct)
}

// excerpt returns the place of a remark about b.
func excerpt(b *block.Block) Remark { return Remark{Line: b.Line, Source: b.Text} }
