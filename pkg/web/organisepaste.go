package web

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/interchange"
	"tamada/pkg/zone"
)

// The bounds of what is brought, in bytes.
const (
	maxPasted   = 1 << 20  // of a text in the form
	maxBrought  = 4 << 20  // of a file
	maxEditable = 200_000  // of a file that is put into the form to be edited there
	maxBringing = 12 << 20 // of the whole form, which carries the file along
)

// A pasted is what the form of a new meeting holds. Nothing of it is kept
// anywhere else before the draft is made.
type pasted struct {
	text     string
	file     []byte            // a document that cannot be edited as text
	name     string            // of the file
	here     string            // the time zone of the browser
	accepted []string          // keys of remarks
	was      map[string]string // the fields as they were understood
	fields   map[string]string // the fields as they are wanted
	do       string            // "create", "accept-all", or a look
}

var errLargeFile = errors.New("file too large")

// readPasted reads the form.
func readPasted(c echo.Context) (p pasted, err error) {
	req := c.Request()
	if err := parseMultipart(req); err != nil {
		return p, err
	}
	p = pasted{
		text: req.PostFormValue("text"), name: clip(req.PostFormValue("name"), 200), here: req.PostFormValue("here"),
		accepted: strings.Fields(req.PostFormValue("accepted")), was: map[string]string{}, fields: map[string]string{},
		do: req.PostFormValue("do"),
	}
	if key, ok := strings.CutPrefix(p.do, "accept:"); ok {
		p.accepted = append(p.accepted, key)
	}
	if err := json.Unmarshal([]byte(cmp.Or(req.PostFormValue("was"), "{}")), &p.was); err != nil {
		return p, &badParameter{"was", "…"}
	}
	for name := range p.was {
		if values := req.PostForm[name]; len(values) > 0 {
			p.fields[name] = strings.TrimSpace(values[0])
		}
	}
	if p.file, err = base64.StdEncoding.DecodeString(req.PostFormValue("document")); err != nil {
		return p, &badParameter{"document", "…"}
	}
	return p, p.take(req.MultipartForm)
}

// parseMultipart reads a form with files into memory; the guard of the route
// has bounded it.
func parseMultipart(req *http.Request) error {
	err := req.ParseMultipartForm(maxBringing)
	var large *http.MaxBytesError
	switch {
	case errors.Is(err, http.ErrNotMultipart):
		return nil // it was read as the form it is
	case errors.As(err, &large):
		return echo.ErrStatusRequestEntityTooLarge
	case err != nil:
		return echo.ErrBadRequest
	}
	return nil
}

// take puts a file that was chosen in the place of what the form had. A text
// that is not too long goes into the form, where it can be edited.
func (p *pasted) take(form *multipart.Form) error {
	b, name, err := chosenFile(form)
	if err != nil || len(b) == 0 {
		return err
	}
	p.name, p.file, p.text = name, b, ""
	if text, ok := interchange.ReadableText(b); ok && len(text) <= maxEditable {
		p.text, p.file = text, nil
	}
	return nil
}

// chosenFile returns the file of a form, if one was chosen.
func chosenFile(form *multipart.Form) (b []byte, name string, err error) {
	if form == nil || len(form.File["file"]) == 0 {
		return nil, "", nil
	}
	header := form.File["file"][0]
	if header.Size > maxBrought {
		return nil, "", errLargeFile
	}
	f, err := header.Open()
	if err != nil {
		return nil, "", err
	}
	defer f.Close()
	b, err = io.ReadAll(f)
	return b, clip(path.Base(header.Filename), 200), err
}

// source returns what there is to read.
func (p *pasted) source() []byte {
	if len(p.file) > 0 {
		return p.file
	}
	return []byte(p.text)
}

// empty reports whether there is nothing to read.
func (p *pasted) empty() bool { return len(p.file) == 0 && strings.TrimSpace(p.text) == "" }

// fixes returns the fields that the organiser wants otherwise than they were
// understood.
func (p *pasted) fixes() map[string]string {
	fixes := map[string]string{}
	for name, value := range p.fields {
		if value != p.was[name] {
			fixes[name] = value
		}
	}
	return fixes
}

// A reading is what was understood of a source.
type reading struct {
	lines    []string
	draft    *agenda.Draft // nil if there is a failure or there are problems
	remarks  []interchange.Remark
	at       map[string]int // lines of sessions, by ID
	unplaced []string
	problems agendafile.Problems // of an agenda file
	failure  error
	file     bool // it is an agenda file, which says who is who by itself
	human    bool // it was written for people
}

// pastedSlug stands in for the address of the event while it is only read, so
// that its sessions keep their IDs whatever the title becomes.
const pastedSlug = "pasted"

// read reads an agenda file, or anything that is an agenda.
func (s *Server) read(p *pasted, lang string) *reading {
	source := p.source()
	r := &reading{}
	if len(p.text) > maxPasted {
		r.failure = fmt.Errorf("text of %.1f MB, at most %d are read here; choose it as a file: %w", float64(len(p.text))/(1<<20), maxPasted>>20, interchange.ErrTooLarge)
		return r
	}
	if r.lines, r.failure = interchange.SourceLines(source); r.failure != nil {
		return r
	}
	if isAgendaFile(p.name, source) {
		r.readFile(cmp.Or(p.name, "agenda.yaml"), source)
		return r
	}
	result, err := interchange.Read(source, interchange.ReadOptions{
		Slug: pastedSlug, Near: agenda.DateOf(s.Now()), Here: knownZone(p.here), Language: lang,
	})
	if err != nil {
		r.failure = err
		return r
	}
	r.draft, r.remarks, r.at, r.unplaced = result.Draft, result.Remarks, result.Lines, result.Unplaced
	r.human = result.ForHumans
	if e := r.draft.Event; e.Slug == pastedSlug {
		e.Slug = interchange.Slug(e.Main(e.Title))
	}
	return r
}

func (r *reading) readFile(name string, source []byte) {
	r.file = true
	draft, err := agendafile.Parse(name, source)
	if errors.As(err, &r.problems) {
		return
	}
	r.draft, r.failure = draft, err
}

// keysOfFiles are what an agenda file has at its root and no document has.
var keysOfFiles = regexp.MustCompile(`(?m)^(slug|visibility|languages): ?\S|^(days|people):\s*$`)

// isAgendaFile tells an agenda file from documents.
func isAgendaFile(name string, source []byte) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".yaml", ".yml":
		return true
	}
	return len(keysOfFiles.FindAllIndex(source[:min(len(source), 100_000)], 3)) >= 2
}

// knownZone returns the name of a time zone, or "" if there is none of that name.
func knownZone(name string) string {
	if _, err := zone.Load(name); name == "" || err != nil {
		return ""
	}
	return name
}

// fix makes the corrections in the draft, and returns the names of fields with
// values that they do not take.
func (r *reading) fix(fixes map[string]string) (refused []string) {
	e := r.draft.Event
	for _, name := range slices.Sorted(maps.Keys(fixes)) {
		if !fixField(e, name, fixes[name]) {
			refused = append(refused, name)
		}
	}
	slices.SortStableFunc(e.Days, func(a, b agenda.Day) int { return a.Date.Compare(b.Date) })
	return refused
}

// fixField sets one field, and reports whether it takes the value. Names of
// fields are those of an event; "day." and a number; and "s." or "r.", the
// short code of a session, and what of it.
func fixField(e *agenda.Event, name, value string) bool {
	part := strings.Split(name, ".")
	switch {
	case name == "title":
		e.Title = agenda.Text{e.Languages[0]: value}
		return value != ""
	case name == "slug":
		e.Slug = value
		return value != ""
	case name == "zone":
		if knownZone(value) == "" {
			return false
		}
		e.Zone = value
		return true
	case name == "format":
		e.Format = agenda.Format(value)
		return slices.Contains(agenda.Formats(), e.Format)
	case name == "visibility":
		e.Visibility = agenda.Visibility(value)
		return slices.Contains(agenda.Visibilities(), e.Visibility)
	case part[0] == "day" && len(part) == 2:
		return fixDay(e, part[1], value)
	case (part[0] == "s" || part[0] == "r") && len(part) == 3:
		_, session, err := e.Session(part[1])
		return err == nil && fixSession(e, session, part, value)
	}
	return false
}

func fixDay(e *agenda.Event, index, value string) bool {
	i, err := strconv.Atoi(index)
	date, bad := agenda.ParseDate(value)
	if err != nil || bad != nil || i < 0 || i >= len(e.Days) {
		return false
	}
	e.Days[i].Date = date
	return true
}

func fixSession(e *agenda.Event, s *agenda.Session, part []string, value string) bool {
	if part[0] == "r" {
		i, err := strconv.Atoi(part[2])
		if err != nil || i < 0 || i >= len(s.Roles) || !slices.Contains(agenda.RoleNames(), agenda.RoleName(value)) {
			return false
		}
		s.Roles[i].As, s.Roles[i].Label = []agenda.RoleName{agenda.RoleName(value)}, nil
		return true
	}
	switch part[2] {
	case "title":
		s.Title = agenda.Text{e.Languages[0]: value}
		return value != ""
	case "kind":
		s.Kind = agenda.Kind(value)
		return slices.Contains(agenda.Kinds(), s.Kind)
	case "time":
		t, err := agenda.ParseTime(value)
		s.Time = t
		return err == nil
	}
	return false
}

// settle gives the event and everything in it IDs of their own, where they were
// only made of words: the same text can become two events.
func settle(d *agenda.Draft) {
	renewed := func(id *string) {
		if len(*id) > 14 && (*id)[14] == '5' {
			*id = agenda.NewID()
		}
	}
	e := d.Event
	renewed(&e.ID)
	for i := range e.People {
		renewed(&e.People[i].ID)
	}
	for _, s := range e.Sessions() {
		old := s.ID
		renewed(&s.ID)
		if note, ok := d.Backstage[old]; ok && old != s.ID {
			delete(d.Backstage, old)
			d.Backstage[s.ID] = note
		}
		for talk := range s.AllTalks() {
			renewed(&talk.ID)
		}
		for i := range s.Parts {
			renewed(&s.Parts[i].ID)
		}
	}
}

// remarkKey names a remark in a form: the same remark has the same name when
// the text above it has grown.
func remarkKey(r interchange.Remark) string {
	h := fnv.New64a()
	fmt.Fprintf(h, "%s\x00%s\x00%s\x00%s", r.Code, r.Session, r.Source, r.Value)
	return strconv.FormatUint(h.Sum64(), 36)
}
