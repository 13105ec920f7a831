package interchange

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange/block"
	"tamada/pkg/interchange/phrase"
	"tamada/pkg/zone"
)

// maxForeign is how many bytes of another system's export are read.
const maxForeign = 32 << 20

// A foreignEvent is what the exports of other systems say of an event.
type foreignEvent struct {
	title, subtitle, slug, venue, city, address, description, url string
	zone                                                          string
	online                                                        bool
	from, to                                                      agenda.Date
	dayChange                                                     agenda.Clock    // times before it are of the day before
	rooms                                                         []string        // also those that nothing is in
	people                                                        []foreignPerson // of the event as a whole
}

// A foreignSession is one session as another system has it.
type foreignSession struct {
	id       string // a UUID, or anything
	title    looseText
	abstract looseText
	subtitle string
	more     looseText // a longer description
	kind     string
	track    looseText
	colour   string
	room     looseText
	language string
	url      string
	status   agenda.Status
	recorded bool
	capacity int
	day      agenda.Date // to which it belongs; zero if that follows from at
	start    string      // of the clock, where at is zero
	at       time.Time
	minutes  int
	people   []foreignPerson
	links    []foreignLink
	notes    []string // for the organisers: what has no other place
	line     int
}

type foreignPerson struct {
	id, name, bio, organisation string
	roles                       []agenda.RoleName
}

type foreignLink struct{ url, title string }

// A foreignReader makes a draft of sessions of another system.
type foreignReader struct {
	*builder
	options  ReadOptions
	event    foreignEvent
	loc      *time.Location
	zones    map[int]bool // the offsets of instants seen
	noID     int          // sessions without a UUID
	sessions []foreignSession
}

// newForeignReader returns a reader of the sessions of e, which are all of them.
func newForeignReader(e foreignEvent, sessions []foreignSession, options ReadOptions) *foreignReader {
	languages := languagesOf(sessions)
	r := &foreignReader{
		builder: newBuilder(cmp.Or(append(languages, options.Language, "en")...)), options: options, event: e,
		zones: map[int]bool{}, sessions: sessions,
	}
	r.exact = true
	for _, l := range languages {
		if !slices.Contains(r.builder.event.Languages, l) {
			r.builder.event.Languages = append(r.builder.event.Languages, l)
		}
	}
	return r
}

// languagesOf returns the languages of texts that name theirs, or else the one
// that most sessions are held in.
func languagesOf(sessions []foreignSession) []string {
	var named []string
	held := map[string]int{}
	best := ""
	for i := range sessions {
		for tag := range sessions[i].title {
			if tag != "" && !slices.Contains(named, tag) {
				named = append(named, tag)
			}
		}
		tag := languageTag(sessions[i].language)
		if held[tag]++; tag != "" && held[tag] > held[best] {
			best = tag
		}
	}
	slices.Sort(named)
	if i := slices.Index(named, "en"); i > 0 {
		named[0], named[i] = named[i], named[0]
	}
	if len(named) > 0 || best == "" {
		return named
	}
	return []string{best}
}

var languagePattern = regexp.MustCompile(`^[a-zA-Z]{2,3}$`)

// languageTag returns the tag of a language as other systems write it: "de",
// "en-us", "EN"; or "".
func languageTag(s string) string {
	base, _, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(s), "_", "-"), "-")
	if !languagePattern.MatchString(base) {
		return ""
	}
	return strings.ToLower(base)
}

// read makes the draft.
func (r *foreignReader) read() *Result {
	r.head()
	for i := range r.sessions {
		if i >= agenda.MaxSessions {
			r.unplace(r.sessions[i].title.String())
			continue
		}
		r.session(&r.sessions[i])
	}
	if n := len(r.sessions); n > agenda.MaxSessions {
		r.remark(Remark{Weight: NotUnderstood, Code: NotPlaced, Source: strconv.Itoa(n - agenda.MaxSessions)})
	}
	r.times()
	if r.noID > 0 {
		r.remark(Remark{Weight: Guessed, Code: BadIdentifier, Value: strconv.Itoa(r.noID)})
	}
	if len(r.zones) > 1 {
		r.remark(Remark{Weight: Guessed, Code: ZonesDiffer, Value: r.builder.event.Zone})
	}
	if len(r.sessions) == 0 {
		r.remark(Remark{Weight: NotUnderstood, Code: NoSessions})
		r.builder.event.Span = agenda.Span{From: r.event.from, To: maxDate(r.event.from, r.event.to)}
	}
	return r.finish()
}

func maxDate(a, b agenda.Date) agenda.Date {
	if b.Compare(a) > 0 {
		return b
	}
	return a
}

// head reads what the export says of the event.
func (r *foreignReader) head() {
	e := r.builder.event
	title := r.event.title
	if title == "" {
		title = "Agenda"
		r.remark(Remark{Weight: Guessed, Code: TitleMissing, Value: title})
	}
	options := r.options
	if s := key(r.event.slug); options.Slug == "" && len(s) >= 3 {
		options.Slug = s
	}
	r.named(title, options)
	e.Theme = r.line(r.event.subtitle)
	e.Information = r.prose(markdownOf(r.event.description), Remark{})
	if v := r.event; v.venue != "" || v.city != "" || v.address != "" {
		e.Venue = &agenda.Venue{Name: r.line(v.venue), City: r.line(v.city), Address: r.line(v.address)}
	}
	if r.event.online {
		e.Format = agenda.OnlineFormat
	}
	for _, name := range r.event.rooms {
		r.room(name)
	}
	for _, p := range r.event.people {
		r.person(phrase.Holder{Name: p.name, Organisation: p.organisation}, p.id, p.id)
	}
	e.Zone = r.zoneName()
	loc, err := zone.Load(e.Zone)
	if err != nil {
		r.remark(Remark{Weight: NotUnderstood, Code: ZoneGuessed, Source: e.Zone, Value: "UTC"})
		e.Zone, loc = "UTC", time.UTC
	}
	r.loc = loc
}

// zoneName finds the zone: as the export names it, as the caller knows it, that
// of the city, or the offset of the first instant.
func (r *foreignReader) zoneName() string {
	if r.event.zone != "" {
		return r.event.zone
	}
	guess := r.options.Zone
	for _, name := range zone.Names() {
		if _, city, _ := strings.Cut(name, "/"); guess == "" && r.event.city != "" && strings.EqualFold(city, strings.ReplaceAll(r.event.city, " ", "_")) {
			guess = name
		}
	}
	for i := range r.sessions {
		if at := r.sessions[i].at; guess == "" && !at.IsZero() {
			guess = r.zoneAt(at)
		}
	}
	guess = cmp.Or(guess, r.options.Here, "UTC")
	r.remark(Remark{Weight: Guessed, Code: ZoneGuessed, Value: guess})
	return guess
}

// zoneAt returns the zone of an instant: the caller's own if its clocks agree
// with it.
func (r *foreignReader) zoneAt(at time.Time) string {
	_, seconds := at.Zone()
	if loc, err := zone.Load(r.options.Here); err == nil {
		if _, own := at.In(loc).Zone(); own == seconds {
			return r.options.Here
		}
	}
	return fixedZone(seconds / 60)
}

// fixedZone returns a zone of an offset in minutes.
func fixedZone(minutes int) string {
	z, ok := phrase.FindZone(fmt.Sprintf("UTC%+03d:%02d", minutes/60, max(minutes%60, -(minutes%60))))
	if !ok {
		return "UTC"
	}
	return z.Name
}

// session adds one session.
func (r *foreignReader) session(f *foreignSession) {
	title := f.title
	s := agenda.Session{Kind: agenda.Other, Status: cmp.Or(f.status, agenda.Confirmed), Recorded: f.recorded, Capacity: max(f.capacity, 0)}
	s.Title = r.loose(title, true)
	main := r.builder.event.Main(s.Title)
	if bare, cancelled := phrase.CutCancelled(main); cancelled && bare != "" {
		s.Status, main = agenda.Cancelled, bare
		s.Title = r.line(bare)
	}
	if main == "" {
		main = "–"
		s.Title = r.line(main)
		r.remark(Remark{Line: f.line, Weight: Guessed, Code: TitleMissing, Source: f.id})
	}
	if !agenda.ValidID(strings.ToLower(f.id)) || r.ids[strings.ToLower(f.id)] {
		r.noID++
	}
	s.ID = r.newID(f.id, "session", main)
	if f.line > 0 {
		r.lines[s.ID] = f.line
	}
	s.Kind = kindOf(f.kind, main)
	s.Abstract = r.abstract(f)
	if len(f.track) > 0 {
		if name := r.builder.event.Main(r.loose(f.track, true)); name != "" && name != noTrack {
			s.Track = r.track(name, f.colour)
		}
	}
	if name := r.builder.event.Main(r.loose(f.room, true)); name != "" {
		if id := r.room(name); id != "" {
			s.Rooms = []string{id}
		}
	}
	s.Language = languageTag(f.language)
	s.Roles = r.roles(f.people)
	for _, l := range f.links {
		r.link(&s, l)
	}
	for _, n := range f.notes {
		r.note(s.ID, n)
	}
	r.place(f, s)
}

// loose returns a text in the languages it names, or in that of the source.
func (r *foreignReader) loose(t looseText, oneLine bool) agenda.Text {
	text := agenda.Text{}
	for tag, s := range t {
		if tag == "" {
			tag = r.language
		}
		if !slices.Contains(r.builder.event.Languages, tag) && languageTag(tag) == "" {
			continue
		}
		if s = markdownOf(s); oneLine {
			s = shorten(strings.Join(strings.Fields(s), " "), agenda.MaxTitle)
		}
		if s != "" {
			text[tag] = shorten(s, agenda.MaxProse)
		}
	}
	if len(text) == 0 {
		return nil
	}
	return text
}

// abstract joins the short and the long description.
func (r *foreignReader) abstract(f *foreignSession) agenda.Text {
	text := agenda.Text{}
	for _, t := range []looseText{{"": f.subtitle}, f.abstract, f.more} {
		for tag, s := range r.loose(t, false) {
			if !strings.Contains(text[tag], s) {
				text[tag] = shorten(strings.TrimSpace(text[tag]+"\n\n"+s), agenda.MaxProse)
			}
		}
	}
	if len(text) == 0 {
		return nil
	}
	return text
}

// roles makes the roles of people, in their order.
func (r *foreignReader) roles(people []foreignPerson) []agenda.Role {
	var list []agenda.Role
	for _, p := range people {
		name, as := p.name, p.roles
		if open := strings.LastIndex(name, " ("); open > 0 && strings.HasSuffix(name, ")") {
			if inner := phrase.RolesIn(name[open+2 : len(name)-1]); inner != nil {
				name, as = name[:open], inner
			}
		}
		if len(as) == 0 {
			as = []agenda.RoleName{agenda.Speaker}
		}
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		h := phrase.Holder{Name: name, Organisation: p.organisation}
		k := r.person(h, p.id, strings.ToLower(p.id))
		if k == "" {
			continue
		}
		if who, err := r.builder.event.Person(k); err == nil && who.Bio.Empty() && p.bio != "" {
			who.Bio = r.prose(markdownOf(p.bio), Remark{})
		}
		list = append(list, agenda.Role{As: as, Person: k, Status: agenda.RoleConfirmed})
	}
	return list
}

// link adds a link if it is one.
func (r *foreignReader) link(s *agenda.Session, l foreignLink) {
	address := strings.TrimSpace(l.url)
	if !strings.HasPrefix(address, "http://") && !strings.HasPrefix(address, "https://") || len(address) > 2000 || strings.ContainsAny(address, " <>\"") {
		if address != "" {
			r.note(s.ID, strings.TrimSpace(l.title+" "+address))
		}
		return
	}
	s.Links = append(s.Links, r.links([]string{address}, r.line(cmp.Or(l.title, address)))...)
}

// place puts a session into its day.
func (r *foreignReader) place(f *foreignSession, s agenda.Session) {
	day, start, known := r.when(f)
	switch {
	case !known:
	case f.minutes > 0 && f.minutes < agenda.MinutesPerDay:
		s.Time = agenda.Time{Form: agenda.FromTo, Start: start, End: start + agenda.Clock(f.minutes)}
	case f.minutes == agenda.MinutesPerDay && start == 0:
		s.Time = agenda.Time{Form: agenda.AllDay}
	case f.minutes >= agenda.MinutesPerDay:
		s.Time = agenda.Time{Form: agenda.FromFor, Start: start, Minutes: agenda.MinutesPerDay}
		r.remark(Remark{Line: f.line, Weight: Guessed, Code: LengthDiffers, Session: s.ID, Source: strconv.Itoa(f.minutes), Value: strconv.Itoa(agenda.MinutesPerDay)})
	default:
		s.Time = agenda.Time{Form: agenda.From, Start: start}
	}
	if day.IsZero() {
		day = r.event.from
		if day.IsZero() {
			day = r.options.Near
		}
		if day.IsZero() {
			day = agenda.Date{Year: 2000, Month: time.January, Day: 1}
		}
		r.remark(Remark{Line: f.line, Weight: Guessed, Code: DateGuessed, Session: s.ID, Source: r.builder.event.Main(s.Title), Value: day.String()})
	}
	i := r.day(day)
	r.builder.event.Days[i].Sessions = append(r.builder.event.Days[i].Sessions, s)
}

// when works out the day and the clock of a session in the zone of the event.
func (r *foreignReader) when(f *foreignSession) (day agenda.Date, start agenda.Clock, known bool) {
	day = f.day
	if f.at.IsZero() {
		c, err := agenda.ParseClock(strings.TrimSpace(f.start))
		if err != nil || day.IsZero() {
			return day, 0, false
		}
		if c < min(r.event.dayChange, 6*60) { // some say that days change at 09:00, and begin at 08:30
			c += agenda.MinutesPerDay
		}
		return day, c, true
	}
	_, offset := f.at.Zone()
	r.zones[offset] = true
	local := f.at.In(r.loc)
	date := agenda.DateOf(local)
	c := agenda.Clock(local.Hour()*60 + local.Minute())
	switch days := date.Sub(day); {
	case day.IsZero(), days < 0, days > 1:
		return date, c, true
	case days == 1 && c >= 6*60: // no night is longer: the day is wrong
		return date, c, true
	default:
		return day, c + agenda.Clock(days*agenda.MinutesPerDay), true
	}
}

// times puts the sessions of each day in the order of their beginnings.
func (r *foreignReader) times() {
	for i := range r.builder.event.Days {
		sessions := r.builder.event.Days[i].Sessions
		slices.SortStableFunc(sessions, func(a, b agenda.Session) int { return cmp.Compare(a.Time.Start, b.Time.Start) })
	}
}

// kinds of other systems that words do not show.
var foreignKinds = map[string]agenda.Kind{
	"lecture": agenda.Presentation, "talk": agenda.Presentation, "maintrack": agenda.Presentation, "devroom": agenda.Presentation,
	"lightningtalk": agenda.LightningTalks, "lightning_talk": agenda.LightningTalks, "podium": agenda.Panel, "meeting": agenda.Plenary,
	"keynote": agenda.Keynote, "bof": agenda.Discussion, "performance": agenda.Social, "concert": agenda.Social, "contest": agenda.Social,
	"game": agenda.Social, "hands-on": agenda.Workshop, "community": agenda.Social, "meta": agenda.Other, "plenary": agenda.Plenary,
}

// kindOf returns the kind that another system's type and the title show.
func kindOf(kind, title string) agenda.Kind {
	folded := strings.ToLower(strings.TrimSpace(kind))
	if slices.Contains(agenda.Kinds(), agenda.Kind(folded)) && folded != string(agenda.Other) {
		return agenda.Kind(folded)
	}
	if k, ok := foreignKinds[folded]; ok && k != agenda.Other {
		if guess, sure := phrase.Kind(title); sure && guess.Pause() {
			return guess
		}
		return k
	}
	if k, ok := phrase.Kind(kind); ok {
		return k
	}
	if k, ok := phrase.Kind(title); ok {
		return k
	}
	return agenda.Other
}

// markdownOf returns the text of s, which may be HTML, as Markdown.
func markdownOf(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\u00a0", " "))
	if !strings.Contains(s, "</") && !strings.Contains(s, "<br") && !strings.Contains(s, "&") {
		return s
	}
	blocks, err := block.FromHTML(s)
	if err != nil {
		return s
	}
	var paragraphs []string
	for i := range blocks {
		switch b := &blocks[i]; b.Kind {
		case block.Heading:
			paragraphs = append(paragraphs, "### "+b.Text)
		case block.Item:
			paragraphs = append(paragraphs, strings.Repeat("  ", max(0, b.Level-1))+"- "+b.Text)
		default:
			paragraphs = append(paragraphs, b.Text)
		}
	}
	return joinProse(paragraphs)
}

// minutesOf reads the length of a session: "00:45", "1:30:00", "PT1H30M", "45".
func minutesOf(s string) int {
	s = strings.TrimSpace(s)
	if d, err := time.ParseDuration(strings.ToLower(strings.TrimPrefix(s, "PT"))); err == nil && strings.HasPrefix(s, "PT") {
		return int(d / time.Minute)
	}
	parts := strings.Split(s, ":")
	var n [3]int
	if len(parts) > 3 {
		return 0
	}
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 0 || v > 100_000 {
			return 0
		}
		n[i] = v
	}
	if len(parts) == 1 {
		return n[0]
	}
	return min(n[0]*60+n[1], 10*agenda.MinutesPerDay)
}

// instantOf reads an instant with its offset, or a wall-clock time without one.
func instantOf(s string, loc *time.Location) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05.999999-0700", "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05-07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t
		}
	}
	if loc == nil {
		loc = time.UTC
	}
	for _, layout := range []string{"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04"} {
		if t, err := time.ParseInLocation(layout, s, loc); err == nil {
			return t
		}
	}
	return time.Time{}
}
