package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// sessionForm is the data of templates/organise-session.html.
type sessionForm struct {
	frame
	Name     words // of the session
	Day      string
	Form     formView
	Rooms    []tick
	Texts    []textInput // descriptions, one for each language of the event
	Was      string      // the values that the form was made with
	Theirs   string      // what somebody else has changed meanwhile
	TheirNow []string    // what it is now
	Back     string
	Invites  string // the address of the invitations to the session; "" if there can be none
}

// A tick is a box to tick.
type tick struct {
	Name, Value string
	Words       words
	On          bool
}

// A textInput is a text of several lines, in one language.
type textInput struct {
	Name, Label, Value string
	Lang, Dir          string
}

// mostSession bounds the body of the form of a session, in bytes.
const mostSession = 256 << 10

// editableFields are the fields of a session that the form changes.
var editableFields = []string{"title", "time", "kind", "status", "rooms", "abstract"}

// editSession serves the form of one session.
func (s *Server) editSession(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	p, err := s.sessionForm(c, d)
	if err != nil {
		return err
	}
	return s.answerPage(c, http.StatusOK, "organise-session.html", p)
}

// sessionForm returns the form with the values of the draft.
func (s *Server) sessionForm(c echo.Context, d *eventDesk) (sessionForm, error) {
	day, session, err := d.event.Session(c.Param("session"))
	if err != nil {
		return sessionForm{}, err
	}
	code := agenda.Code(session.ID)
	p := sessionForm{
		frame: s.deskFrame(c, d, "/s/"+code, d.l.T("organise.session")), Name: d.words(session.Title),
		Day: d.l.Title(d.l.Date(day.Date, locale.Full)), Back: d.at("") + "#s-" + code,
	}
	p.title(d.l.T("organise.session"), d.plain(session.Title))
	if s.invitable(c, d, session) {
		p.Invites = d.at("/invitations/" + code)
	}
	p.Form = formView{Action: d.at("/s/" + code), Inputs: d.sessionInputs(session)}
	for i := range d.event.Rooms {
		r := &d.event.Rooms[i]
		p.Rooms = append(p.Rooms, tick{"rooms", r.ID, d.words(r.Name), slices.Contains(session.Rooms, r.ID)})
	}
	for _, lang := range d.event.Languages {
		label := d.l.T("organise.field.abstract") + d.inLanguage(lang)
		p.Texts = append(p.Texts, textInput{"abstract." + lang, label, session.Abstract[lang], lang, locale.Dir(lang)})
	}
	was, err := json.Marshal(sessionValues(session))
	p.Was = string(was)
	return p, err
}

// inLanguage names a language after a label, where the event has several.
func (d *eventDesk) inLanguage(lang string) string {
	if len(d.event.Languages) == 1 {
		return ""
	}
	return " (" + d.l.Language(lang) + ")"
}

// sessionInputs returns the inputs of one line.
func (d *eventDesk) sessionInputs(s *agenda.Session) []input {
	var inputs []input
	for i, lang := range d.event.Languages {
		in := input{Name: "title." + lang, Label: d.l.T("organise.field.title") + d.inLanguage(lang), Type: "text", Value: s.Title[lang], Dir: locale.Dir(lang), Complete: "off"}
		if i > 0 {
			in.Optional = d.l.T("account.optional")
		}
		inputs = append(inputs, in)
	}
	inputs = append(inputs, input{
		Name: "time", Label: d.l.T("organise.field.time"), Hint: d.l.T("organise.time.hint"), Type: "text", Value: s.Time.String(),
		Dir: "ltr", Complete: "off", Optional: d.l.T("account.optional"),
	})
	f := fieldsOf{view: d.view, values: map[string]string{"kind": string(s.Kind), "status": string(s.Status)}}
	return append(inputs, choices(&f, "kind", d.l.T("kind"), "kind.", agenda.Kinds()), choices(&f, "status", d.l.T("organise.field.status"), "status.", agenda.Statuses()))
}

// sessionValues returns what a form knows of a session, as edits have it.
func sessionValues(s *agenda.Session) map[string]any {
	return map[string]any{"title": s.Title, "time": s.Time, "kind": s.Kind, "status": s.Status, "rooms": s.Rooms, "abstract": s.Abstract}
}

// saveSession makes edits of what the organiser has changed in the form, and of
// nothing else: what others have changed of the same session stays.
func (s *Server) saveSession(c echo.Context) error {
	if err := readForm(c); err != nil {
		return err
	}
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	p, err := s.sessionForm(c, d)
	if err != nil {
		return err
	}
	_, session, err := d.event.Session(c.Param("session"))
	if err != nil {
		return err
	}
	current := p
	p.fill(c, editableFields)
	p.Was = c.FormValue("was")
	wanted, problem := typedSession(c, d.event, session)
	if main := "title." + d.event.Languages[0]; typed(c, main) == "" {
		p.Form.wrong(p.l, main, p.T("label", "label", p.Form.input(main).Label, "value", p.T("organise.rule.required")))
	}
	if problem {
		p.Form.wrong(p.l, "time", p.T("organise.time.wrong"))
	}
	if code := p.Form.code(); code != http.StatusOK {
		return s.answerPage(c, code, "organise-session.html", p)
	}
	edits, err := sessionEdits(session.ID, c.FormValue("was"), wanted)
	if err != nil {
		return err
	}
	code := agenda.Code(session.ID)
	if len(edits) == 0 {
		return seeOther(c, p.Back)
	}
	version, err := s.Desk.Edit(c.Request().Context(), s.who(c).User, d.event.Slug, edits)
	switch code := status(err); {
	case err == nil:
	case code == http.StatusConflict:
		current.contest(c, edits)
		current.Theirs, current.TheirNow = s.conflict(c, d, err), d.differing(c.FormValue("was"), session)
		return s.answerPage(c, code, "organise-session.html", current)
	default:
		var invalid *agenda.Invalid
		if !errors.As(err, &invalid) {
			return err
		}
		for _, problem := range problemsOf(d.l, invalid) {
			p.Form.wrong(p.l, "", problem)
		}
		return s.answerPage(c, code, "organise-session.html", p)
	}
	return seeOther(c, d.at("", "done", "edited", "undo", strconv.Itoa(version))+"#s-"+code)
}

// contest puts what the organiser has changed into a form with what is there
// now. Sent again, it replaces that, and nothing else that others have changed.
func (p *sessionForm) contest(c echo.Context, edits []agenda.Edit) {
	var fields []string
	for _, e := range edits {
		fields = append(fields, e.Field)
	}
	p.fill(c, fields)
}

// differing says what a session has now where it is not what a form was made
// with.
func (d *eventDesk) differing(was string, s *agenda.Session) []string {
	var old map[string]json.RawMessage
	if json.Unmarshal([]byte(was), &old) != nil {
		return nil
	}
	var rooms []string
	for _, id := range s.Rooms {
		rooms = append(rooms, d.named("room", id))
	}
	now := map[string]string{
		"title": d.plain(s.Title), "time": s.Time.String(), "kind": d.l.T("kind." + string(s.Kind)), "status": d.l.T("status." + string(s.Status)),
		"rooms": d.l.List(rooms...), "abstract": clip(d.plain(s.Abstract), 300),
	}
	var out []string
	for _, field := range editableFields {
		if current, err := json.Marshal(sessionValues(s)[field]); err != nil || !bytes.Equal(current, old[field]) {
			out = append(out, d.l.T("label", "label", d.l.T("organise.field."+field), "value", quoted(now[field])))
		}
	}
	return out
}

// fill puts what was sent of some fields into the form.
func (p *sessionForm) fill(c echo.Context, fields []string) {
	sent := formView{Inputs: slices.Clone(p.Form.Inputs)}
	for i := range sent.Inputs {
		sent.Inputs[i].Options = slices.Clone(sent.Inputs[i].Options)
	}
	sent.fill(c)
	p.Form.Inputs = slices.Clone(p.Form.Inputs)
	for i, in := range sent.Inputs {
		if field, _, _ := strings.Cut(in.Name, "."); slices.Contains(fields, field) {
			p.Form.Inputs[i] = in
		}
	}
	p.Rooms, p.Texts = slices.Clone(p.Rooms), slices.Clone(p.Texts)
	for i := range p.Rooms {
		if slices.Contains(fields, "rooms") {
			p.Rooms[i].On = slices.Contains(c.Request().PostForm["rooms"], p.Rooms[i].Value)
		}
	}
	for i := range p.Texts {
		if slices.Contains(fields, "abstract") {
			p.Texts[i].Value = typedText(c, p.Texts[i].Name)
		}
	}
}

// typedText returns what was sent under a name, as a text of several lines.
func typedText(c echo.Context, name string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ToValidUTF8(c.FormValue(name), "\uFFFD"), "\r\n", "\n"))
}

// typedSession returns the values that the form asks for, and whether its time
// cannot be read.
func typedSession(c echo.Context, e *agenda.Event, s *agenda.Session) (wanted map[string]any, problem bool) {
	title, abstract := agenda.Text{}, agenda.Text{}
	for _, texts := range []struct{ from, to agenda.Text }{{s.Title, title}, {s.Abstract, abstract}} {
		for lang, value := range texts.from { // languages that the event no longer has
			if !slices.Contains(e.Languages, lang) {
				texts.to[lang] = value
			}
		}
	}
	for _, lang := range e.Languages {
		if text := typed(c, "title."+lang); text != "" {
			title[lang] = text
		}
		if text := typedText(c, "abstract."+lang); text != "" {
			abstract[lang] = text
		}
	}
	time, err := agenda.ParseTime(typed(c, "time"))
	rooms := []string{}
	for i := range e.Rooms {
		if slices.Contains(c.Request().PostForm["rooms"], e.Rooms[i].ID) {
			rooms = append(rooms, e.Rooms[i].ID)
		}
	}
	return map[string]any{
		"title": title, "time": time, "kind": agenda.Kind(typed(c, "kind")), "status": agenda.Status(typed(c, "status")),
		"rooms": rooms, "abstract": abstract,
	}, err != nil
}

// sessionEdits returns the edits from the values that a form was made with to
// those that are wanted.
func sessionEdits(id, was string, wanted map[string]any) ([]agenda.Edit, error) {
	var old map[string]json.RawMessage
	if json.Unmarshal([]byte(was), &old) != nil {
		return nil, &badParameter{"was", "…"}
	}
	var edits []agenda.Edit
	for _, field := range editableFields {
		to, err := json.Marshal(wanted[field])
		if err != nil {
			return nil, err
		}
		e := agenda.Edit{Target: "session/" + id, Field: field, From: old[field], To: to}
		if !e.Empty() {
			edits = append(edits, e)
		}
	}
	return edits, nil
}
