package web

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/interchange"
	"tamada/pkg/locale"
	"tamada/pkg/zone"
)

// newPage is the data of templates/organise-new.html.
type newPage struct {
	frame
	Action   string
	Text     string
	Document string // a file that the form carries along, in base64
	Name     string
	Here     string
	Large    bool // the file that was chosen is too large
	Zones    []string
	Preview  understanding
	Back     string
}

// An understanding is what was understood of a source, beside it.
type understanding struct {
	speaker
	Nothing  bool   // there is nothing to read yet
	Blank    bool   // and it was sent all the same
	Bare     bool   // it was read, but no sessions were found
	Failure  string // why nothing could be read
	Detail   string // the same in the words of the reader
	Problems []fileProblem
	Taken    string // the slug belongs to another event already
	Wrong    []string
	Summary  string
	Lines    []sourceLine
	MoreLine string
	Open     []remarkView // not yet accepted
	First    []remarkView // those of them that are seen at once
	Rest     []remarkView // the others
	Accepted []remarkView
	Unplaced []string
	Meeting  []input
	Facts    facts
	Days     []understoodDay
	Was      string // the fields as understood, for the next look
	Keys     string // of the accepted remarks
	Ready    bool   // it can become a draft
}

// A fileProblem is one problem of an agenda file.
type fileProblem struct {
	Line    string
	Href    string
	Message string
	Source  string
}

// A sourceLine is one line of the source.
type sourceLine struct {
	Number int
	Text   string
	Href   string // the session that stands on it, or ""
	Noted  bool   // there is a remark on it
}

// A remarkView is a remark with what can be done about it.
type remarkView struct {
	speaker
	Key     string
	Weight  string
	Word    string
	Message string
	Line    string // "line 12", or ""
	Href    string // of the line
	Field   string // of what can be corrected, or ""
}

// An understoodDay is a day with its sessions, each with its line and fields.
type understoodDay struct {
	Date     words
	Title    words
	Sessions []understoodSession
}

// An understoodSession is a session with where it comes from.
type understoodSession struct {
	Session sessionView
	Line    string
	Href    string
	Fields  []input
}

// newEvent serves the empty form of a new meeting.
func (s *Server) newEvent(c echo.Context) error {
	p, err := s.newPage(c, &pasted{})
	if err != nil {
		return err
	}
	p.Preview = understanding{speaker: p.speaker, Nothing: true}
	return s.answerPage(c, http.StatusOK, "organise-new.html", p)
}

func (s *Server) newPage(c echo.Context, in *pasted) (newPage, error) {
	f, choice, err := s.accountFrame(c)
	if err != nil {
		return newPage{}, err
	}
	f.Languages = s.languageLinks(choice, nil, "/organise/new", url.Values{})
	p := newPage{
		frame: f, Action: choice.address("/organise/new"),
		Text: in.text, Name: in.name, Here: in.here, Zones: zone.Names(), Back: choice.address("/organise"),
	}
	p.Module = "organise.js"
	if len(in.file) > 0 {
		p.Document = base64.StdEncoding.EncodeToString(in.file)
	}
	p.title(p.T("organise.new"), p.Site.Name.Text)
	return p, nil
}

// bring reads what was pasted and shows what was understood, or makes the draft
// of it. With ?part=preview it answers with the preview alone.
func (s *Server) bring(c echo.Context) error {
	in, err := readPasted(c)
	if err != nil && !errors.Is(err, errLargeFile) {
		return err
	}
	p, failure := s.newPage(c, &in)
	if failure != nil {
		return failure
	}
	p.Large = err != nil
	if in.empty() {
		p.Preview = understanding{speaker: p.speaker, Nothing: true, Blank: !p.Large && c.QueryParam("part") == ""}
		return s.answerBringing(c, http.StatusUnprocessableEntity, p)
	}
	r := s.read(&in, p.l.Tag())
	var refused []string
	was := r.fields()
	if r.draft != nil {
		refused = r.fix(in.fixes())
	}
	if in.do == "create" && r.draft != nil && len(refused) == 0 {
		slug, err := s.make(c, r)
		if err == nil {
			return seeOther(c, "/organise/e/"+slug+p.query("done", "created"))
		}
		return s.notMade(c, p, &in, r, was, err)
	}
	if p.Preview, err = s.understood(c, p.l.Tag(), &in, r, was, refused); err != nil {
		return err
	}
	code := http.StatusOK
	if r.draft == nil || len(refused) > 0 {
		code = http.StatusUnprocessableEntity
	}
	return s.answerBringing(c, code, p)
}

// query returns the language of the page, if its address names one, with
// another parameter.
func (p *newPage) query(name, value string) string {
	q := pairs([]string{name, value})
	if _, lang, ok := strings.Cut(p.Action, "lang="); ok {
		q.Set("lang", lang)
	}
	return "?" + q.Encode()
}

// notMade answers where a draft could not be made, with everything that the
// form held.
func (s *Server) notMade(c echo.Context, p newPage, in *pasted, r *reading, was map[string]string, why error) error {
	code := status(why)
	if code != http.StatusConflict && code != http.StatusUnprocessableEntity {
		return why
	}
	var err error
	if p.Preview, err = s.understood(c, p.l.Tag(), in, r, was, nil); err != nil {
		return err
	}
	var invalid *agenda.Invalid
	if errors.As(why, &invalid) {
		p.Preview.Wrong = problemsOf(p.l, invalid)
	}
	if code == http.StatusConflict {
		p.Preview.Taken = r.draft.Event.Slug
	}
	return s.answerBringing(c, code, p)
}

func (s *Server) answerBringing(c echo.Context, code int, p newPage) error {
	if c.QueryParam("part") != "preview" {
		return s.answerPage(c, code, "organise-new.html", p)
	}
	var b bytes.Buffer
	if err := pages["organise-new.html"].ExecuteTemplate(&b, "understanding", p.Preview); err != nil {
		return err
	}
	c.Response().Header()["Cache-Control"] = noStore
	return gone(c.HTMLBlob(http.StatusOK, b.Bytes())) // a look is never a failure to the module that asks
}

// make puts the draft into the store; who made it owns it.
func (s *Server) make(c echo.Context, r *reading) (slug string, err error) {
	ctx, who := c.Request().Context(), s.who(c).User
	if !r.file {
		settle(r.draft)
	}
	e := r.draft.Event
	would, err := s.Desk.Preview(ctx, r.draft)
	if err != nil {
		return "", err
	}
	if !would.Created {
		return "", agenda.Conflict("event %q is there already", e.Slug)
	}
	if _, err := s.Desk.Import(ctx, who, r.draft); err != nil {
		return "", err
	}
	return e.Slug, s.Desk.Grant(ctx, who, who, access.Grant{Event: e.ID, Role: access.Owner})
}

// The most that a preview shows.
const (
	mostLines    = 3000
	mostEditable = 120 // sessions that can be corrected before the draft is made
	mostRemarks  = 8   // remarks before the others are folded
)

// fields returns the fields that can be corrected, as they were understood.
func (r *reading) fields() map[string]string {
	fields := map[string]string{}
	if r.draft == nil {
		return fields
	}
	e := r.draft.Event
	fields["title"], fields["slug"], fields["zone"] = e.Main(e.Title), e.Slug, e.Zone
	fields["format"], fields["visibility"] = string(e.Format), string(e.Visibility)
	n := 0
	for i := range e.Days {
		fields["day."+strconv.Itoa(i)] = e.Days[i].Date.String()
		for j := range e.Days[i].Sessions {
			if n++; n <= mostEditable {
				sessionFields(e, &e.Days[i].Sessions[j], fields)
			}
		}
	}
	return fields
}

func sessionFields(e *agenda.Event, s *agenda.Session, fields map[string]string) {
	code := agenda.Code(s.ID)
	fields["s."+code+".title"], fields["s."+code+".kind"] = e.Main(s.Title), string(s.Kind)
	fields["s."+code+".time"] = s.Time.String()
	for i, role := range s.Roles {
		if len(role.As) == 1 {
			fields["r."+code+"."+strconv.Itoa(i)] = string(role.As[0])
		}
	}
}

// understood says what was understood, after corrections.
func (s *Server) understood(c echo.Context, lang string, in *pasted, r *reading, was map[string]string, refused []string) (understanding, error) {
	choice, err := s.chosen(lang, nil)
	if err != nil {
		return understanding{}, err
	}
	u := understanding{speaker: speaker{s.locale(choice)}, Keys: strings.Join(in.accepted, " ")}
	if r.draft == nil {
		u.fail(r)
		return u, nil
	}
	e := r.draft.Event
	choice = s.choice(lang, e.Languages)
	v, err := s.view(e, choice, "")
	if err != nil {
		return u, err
	}
	values := maps.Clone(was)
	for name, value := range in.fixes() {
		if _, ok := was[name]; ok {
			values[name] = value
		}
	}
	b, err := json.Marshal(was)
	if err != nil {
		return u, err
	}
	f := fieldsOf{view: v, values: values, refused: refused}
	u.Was, u.Ready, u.Facts = string(b), true, v.facts()
	u.Meeting = f.meeting()
	u.remark(v, r, in)
	u.days(v, r, &f)
	u.source(v, r)
	u.Unplaced = r.unplaced
	_, _, u.Summary = v.days(filter{})
	u.Bare = len(u.Days) == 0 && !r.file
	return u, nil
}

// fail says why there is no agenda.
func (u *understanding) fail(r *reading) {
	for _, p := range r.problems {
		one := fileProblem{Message: p.Message, Source: p.Source}
		if p.Line > 0 {
			one.Line, one.Href = u.T("organise.line", "number", strconv.Itoa(p.Line)), "#l-"+strconv.Itoa(p.Line)
		}
		u.Problems = append(u.Problems, one)
	}
	u.source(nil, r)
	if r.failure == nil {
		return
	}
	u.Detail = clip(r.failure.Error(), 300)
	id := "format"
	switch {
	case errors.Is(r.failure, interchange.ErrTooLarge):
		id = "too-large"
	case errors.Is(r.failure, interchange.ErrOtherKind):
		id = "other-kind"
	case errors.Is(r.failure, interchange.ErrNotText):
		id = "not-text"
	case errors.Is(r.failure, interchange.ErrBroken):
		id = "broken"
	}
	u.Failure = u.T("organise.failure." + id)
}

// source shows the lines of the source, with links to the sessions on them.
func (u *understanding) source(v *view, r *reading) {
	sessions, noted := map[int]string{}, map[int]bool{}
	if v != nil {
		for _, s := range v.event.Sessions() {
			if n := r.at[s.ID]; n > 0 && sessions[n] == "" {
				sessions[n] = "#s-" + agenda.Code(s.ID)
			}
		}
	}
	for _, m := range r.remarks {
		noted[m.Line] = true
	}
	for _, p := range r.problems {
		noted[p.Line] = true
	}
	for i, text := range r.lines {
		if i == mostLines {
			u.MoreLine = u.T("organise.more", "count", len(r.lines)-mostLines)
			break
		}
		u.Lines = append(u.Lines, sourceLine{i + 1, clip(text, 2000), sessions[i+1], noted[i+1]})
	}
}

// remark lists what the reader says of its work, what is open first.
func (u *understanding) remark(v *view, r *reading, in *pasted) {
	for _, m := range append(slices.Clone(r.remarks), r.decisions()...) {
		if m.Code == interchange.NoSessions {
			continue // it is told above all others
		}
		one := remarkView{
			speaker: u.speaker, Key: remarkKey(m), Weight: string(m.Weight), Word: u.T("organise.weight." + string(m.Weight)),
			Message: m.Message(v.l), Field: fieldOf(v.event, m),
		}
		switch m.Code {
		case kindDecided:
			one.Message = u.T("organise.decided.kind", "title", m.Source, "kind", u.T("kind."+m.Value))
		case zoneDecided:
			one.Message = u.T("organise.decided.zone", "said", m.Source, "zone", m.Value)
		}
		if m.Line > 0 {
			one.Line, one.Href = u.T("organise.line", "number", strconv.Itoa(m.Line)), "#l-"+strconv.Itoa(m.Line)
		}
		if in.do == "accept-all" && !slices.Contains(in.accepted, one.Key) {
			in.accepted = append(in.accepted, one.Key)
		}
		if slices.Contains(in.accepted, one.Key) {
			u.Accepted = append(u.Accepted, one)
			continue
		}
		u.Open = append(u.Open, one)
	}
	u.Keys = strings.Join(in.accepted, " ")
	slices.SortStableFunc(u.Open, func(a, b remarkView) int { return cmp.Compare(urgency[a.Weight], urgency[b.Weight]) })
	u.First = u.Open[:min(mostRemarks, len(u.Open))]
	if u.Rest = u.Open[len(u.First):]; len(u.Rest) <= 2 {
		u.First, u.Rest = u.Open, nil
	}
}

// urgency is the order in which remarks are shown.
var urgency = map[string]int{string(interchange.Contradictory): 0, string(interchange.NotUnderstood): 1, string(interchange.Guessed): 2}

// The codes of what is decided by words and told as a guess here, where it can
// be corrected before anything is made of it.
const (
	kindDecided interchange.Code = "kind"
	zoneDecided interchange.Code = "zone-by-word"
)

// decisions returns the guesses that are good enough to need no remark of the
// reader, and that an organiser should see all the same: the zone, where the
// source names it by an abbreviation, and kinds of sessions other than pauses.
func (r *reading) decisions() []interchange.Remark {
	if r.file || !r.human {
		return nil
	}
	const most = 40
	var out []interchange.Remark
	e := r.draft.Event
	told := slices.ContainsFunc(r.remarks, func(m interchange.Remark) bool {
		return m.Code == interchange.ZoneGuessed || m.Code == interchange.ZoneSeason
	})
	if !told && !slices.ContainsFunc(r.lines, func(line string) bool { return strings.Contains(line, e.Zone) }) {
		out = append(out, interchange.Remark{Weight: interchange.Guessed, Code: zoneDecided, Value: e.Zone})
	}
	for _, s := range e.Sessions() {
		if s.Kind != agenda.Other && !s.Kind.Pause() && r.at[s.ID] > 0 && len(out) < most {
			out = append(out, interchange.Remark{
				Line: r.at[s.ID], Weight: interchange.Guessed, Code: kindDecided, Session: s.ID, Source: e.Main(s.Title), Value: string(s.Kind),
			})
		}
	}
	return out
}

// fieldOf returns the fragment of the field that corrects what a remark is
// about, or "".
func fieldOf(e *agenda.Event, m interchange.Remark) string {
	switch m.Code {
	case interchange.ZoneGuessed, interchange.ZoneSeason, interchange.ZonesDiffer, zoneDecided:
		return "#zone"
	case interchange.TitleGuessed:
		return "#title"
	case interchange.DateGuessed, interchange.YearGuessed, interchange.WeekdayDiffers:
		for i := range e.Days {
			if e.Days[i].Date.String() == m.Value {
				return "#day." + strconv.Itoa(i)
			}
		}
		return "#day.0"
	}
	if m.Session != "" {
		return "#fix-" + agenda.Code(m.Session)
	}
	return ""
}

// days shows the agenda, each session with its line and its fields.
func (u *understanding) days(v *view, r *reading, f *fieldsOf) {
	n := 0
	for i := range v.event.Days {
		d := &v.event.Days[i]
		day := understoodDay{Date: v.dated(v.l.Title(v.l.Date(d.Date, locale.Full))), Title: v.words(d.Title)}
		for _, slot := range d.Slots() {
			one := understoodSession{Session: v.session(d, slot, 4)}
			one.Session.Href = "#s-" + one.Session.Code
			if line := r.at[slot.Session.ID]; line > 0 {
				one.Line, one.Href = u.T("organise.line", "number", strconv.Itoa(line)), "#l-"+strconv.Itoa(line)
			}
			if n++; n <= mostEditable {
				one.Fields = f.session(slot.Session)
			}
			day.Sessions = append(day.Sessions, one)
		}
		u.Days = append(u.Days, day)
	}
}

// fieldsOf makes the inputs with which an organiser corrects what was
// understood.
type fieldsOf struct {
	view    *view
	values  map[string]string
	refused []string
}

func (f *fieldsOf) input(name, label, kind string) input {
	in := input{Name: name, Label: label, Type: kind, Value: f.values[name], Complete: "off"}
	if slices.Contains(f.refused, name) {
		in.Problem = f.view.l.T("organise.refused")
	}
	return in
}

// choices makes an input with words to choose from.
func choices[T ~string](f *fieldsOf, name, label, messages string, values []T) input {
	in := f.input(name, label, "")
	for _, value := range values {
		in.Options = append(in.Options, option{
			Value: string(value), Words: words{Text: f.view.l.T(messages + string(value))}, Selected: string(value) == in.Value,
		})
	}
	return in
}

// meeting returns the inputs about the meeting as a whole.
func (f *fieldsOf) meeting() []input {
	l := f.view.l
	title := f.input("title", l.T("web.changed.title"), "text")
	title.Dir = "auto"
	inputs := []input{title}
	for i := range f.view.event.Days {
		label := l.T("web.day")
		if len(f.view.event.Days) > 1 {
			label = l.T("date.day", "number", strconv.Itoa(i+1))
		}
		inputs = append(inputs, f.input("day."+strconv.Itoa(i), label, "date"))
	}
	zone := f.input("zone", l.T("time.zone"), "text")
	zone.Dir = "ltr"
	slug := f.input("slug", l.T("organise.address"), "text")
	slug.Dir, slug.Hint = "ltr", l.T("organise.address.hint")
	return append(inputs, zone,
		choices(f, "format", l.T("web.changed.format"), "format.", agenda.Formats()),
		choices(f, "visibility", l.T("organise.field.visibility"), "visibility.", agenda.Visibilities()), slug)
}

// session returns the inputs about one session.
func (f *fieldsOf) session(s *agenda.Session) []input {
	l, code := f.view.l, agenda.Code(s.ID)
	title := f.input("s."+code+".title", l.T("organise.field.title"), "text")
	title.Dir = "auto"
	time := f.input("s."+code+".time", l.T("organise.field.time"), "text")
	time.Dir, time.Optional = "ltr", " "
	inputs := []input{title, time, choices(f, "s."+code+".kind", l.T("kind"), "kind.", agenda.Kinds())}
	for i, role := range s.Roles {
		name := "r." + code + "." + strconv.Itoa(i)
		if _, ok := f.values[name]; ok {
			label := l.T("label", "label", l.T("role"), "value", quoted(f.view.heldBy(role)))
			inputs = append(inputs, choices(f, name, label, "role.", agenda.RoleNames()))
		}
	}
	return inputs
}

// heldBy names who holds a role, in one line.
func (v *view) heldBy(r agenda.Role) string {
	switch {
	case r.Person != "":
		return v.named("person", r.Person)
	case r.Country != "":
		return v.l.Country(r.Country)
	}
	return v.plain(r.Organisation) + v.plain(r.Words)
}
