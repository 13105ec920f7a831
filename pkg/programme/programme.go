// Package programme sets an agenda for paper: the printed programme that lies
// on every chair, the order of business on one page, the grid on the wall, the
// list of what changed, and prints for people (badges, table tents, sign-in
// sheets). [Write] makes one [Document] of an event as a PDF file.
//
// Everything is a pure function of the event and the [Options]: the same input
// gives the same bytes. There is no clock (documents are dated by the release),
// no database and no file system. Fonts, shaping and the PDF format are the
// business of package typeset.
//
// # Design
//
// A document is laid out before anything is drawn. Its content is a flow of
// strips, one for each line of text over all columns, which are dealt out to
// pages ([flow], [paginate]). Only then are page numbers known, and contents,
// "page 3 of 12" and the index drawn with them; nothing is laid out twice. The
// structure that screen readers follow is a tree beside the flow ([element]), so
// that two languages side by side are read one after the other.
//
// A layout is written once for both directions: positions count from the start
// side of a column, which is its right side in Arabic.
package programme

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"sync"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/typeset"
	"tamada/pkg/zone"
)

// Options say what to make of an event.
type Options struct {
	Document  Document // [Programme] if empty
	Paper     Paper    // [A4] if empty
	Languages []string // one, or two side by side; the event's first if none
	Zones     []string // IANA names of further zones that times are given in
	BaseURL   string   // where the site is: "https://example.org"; without it there are no links and codes
	Greyscale bool     // shades of grey only
	CropMarks bool     // 3 mm of bleed and crop marks, for print shops

	// Images holds the logos that organisers name, as PNG, JPEG or simple SVG
	// (see [typeset.ReadArtwork]); beside x.svg, x.print.svg and x.png are
	// looked for first. Without a logo, the name is printed.
	Images fs.FS

	// Publisher is whose site the document is from; covers name it.
	Publisher Publisher

	// Since is the number of a release, Previous the event as it was then:
	// sessions that changed since are marked. [Changes] needs both.
	Since    int
	Previous *agenda.Event

	// Missing is told, if it is set, which letters of a document of [Write] no
	// font has: organisers want to know.
	Missing func([]rune)

	// For prints about people and rooms.
	People  []Person     // badges, tents, sign-in sheets, certificates
	Session string       // the session of a [Brief], by ID or short code
	Note    *agenda.Note // what is known backstage of that session
}

// A Publisher is who runs the site that a document is from.
type Publisher struct {
	Name agenda.Text
	Logo []byte // PNG, JPEG or simple SVG (see [typeset.ReadArtwork]); one that cannot be drawn is left out
}

// composers are kept for the next document: they remember how words look.
// What is set does not depend on what they have seen before.
var composers = sync.Pool{New: func() any {
	c, err := typeset.NewComposer()
	if err != nil {
		return err
	}
	return c
}}

// Write writes the document of e that o describes to w, as PDF. If an option
// cannot be met, the error is an *[OptionError] and says which and why; e
// itself may be any event, valid or not.
func Write(ctx context.Context, w io.Writer, e *agenda.Event, o Options) error {
	return write(ctx, w, e, o, func(p *pages) ([]byte, error) { return p.draw(ctx) })
}

// maxPicture bounds the size of a picture, in bytes.
const maxPicture = 60_000

// Picture writes a small picture of the first page of the document that
// [Write] would write, as SVG of at most 60 KB. It is in outlines, so that it
// needs no fonts, and says nothing to those who cannot see it: name it where
// it is shown.
func Picture(ctx context.Context, w io.Writer, e *agenda.Event, o Options) error {
	return write(ctx, w, e, o, func(p *pages) ([]byte, error) {
		d, err := p.drawn(ctx, 1)
		if err != nil {
			return nil, err
		}
		return d.Picture(1, maxPicture)
	})
}

// write lays the document out and writes what draw makes of it.
func write(ctx context.Context, w io.Writer, e *agenda.Event, o Options, draw func(*pages) ([]byte, error)) error {
	o, err := o.complete(e)
	if err != nil {
		return err
	}
	pooled := composers.Get()
	composer, ok := pooled.(*typeset.Composer)
	if !ok {
		return pooled.(error)
	}
	defer composers.Put(composer)
	data, err := render(ctx, composer, e, o, draw)
	if err != nil {
		return fmt.Errorf("%s of %q: %w", o.Document, e.Slug, err)
	}
	_, err = w.Write(data)
	return err
}

// render lays the document out and draws it.
func render(ctx context.Context, c *typeset.Composer, e *agenda.Event, o Options, draw func(*pages) ([]byte, error)) ([]byte, error) {
	p, err := layout(ctx, c, e, o)
	if err != nil {
		return nil, err
	}
	return draw(p)
}

// A job is one document in the making.
type job struct {
	event      *agenda.Event
	o          Options
	composer   *typeset.Composer
	design     design
	voices     []*voice // one, or two side by side
	clocks     clocks
	people     map[string]*agenda.Person
	rooms      map[string]*agenda.Room
	tracks     map[string]*agenda.Track
	changes    map[string][]agenda.ChangeKind // by session
	root       *element
	blocks     map[known]*typeset.Block // set before
	categories map[string]int           // of people, in their order
	logos      []*typeset.Artwork       // by organiser; nil for those without
}

// layout lays the document out. The options are complete.
func layout(ctx context.Context, c *typeset.Composer, e *agenda.Event, o Options) (*pages, error) {
	j := &job{event: e, o: o, composer: c, design: newDesign(o), root: &element{}, blocks: map[known]*typeset.Block{}}
	j.index()
	j.readLogos()
	j.speak()
	var err error
	if j.clocks, err = newClocks(e, o.Zones); err != nil {
		return nil, err
	}
	return o.Document.making().layout(ctx, j)
}

// index makes what events list be found quickly.
func (j *job) index() {
	j.people, j.rooms, j.tracks = map[string]*agenda.Person{}, map[string]*agenda.Room{}, map[string]*agenda.Track{}
	for i := range j.event.People {
		j.people[j.event.People[i].Key] = &j.event.People[i]
	}
	for i := range j.event.Rooms {
		j.rooms[j.event.Rooms[i].ID] = &j.event.Rooms[i]
	}
	for i := range j.event.Tracks {
		j.tracks[j.event.Tracks[i].ID] = &j.event.Tracks[i]
	}
	j.changes = map[string][]agenda.ChangeKind{}
	for _, c := range agenda.Diff(j.o.Previous, j.event) {
		if c.Kind != agenda.EventWide {
			j.changes[c.Session] = append(j.changes[c.Session], c.Kind)
		}
	}
}

// speak makes a voice, and its column, of each language.
func (j *job) speak() {
	columns := j.design.columns(len(j.o.Languages), locale.Dir(j.o.Languages[0]) == "rtl")
	for i, lang := range j.o.Languages {
		columns[i].RightToLeft = locale.Dir(lang) == "rtl"
		j.voices = append(j.voices, &voice{
			Locale:   locale.For(append([]string{lang}, j.event.Languages...)...),
			lang:     lang,
			fallback: j.event.Languages,
			column:   columns[i],
		})
	}
}

// first is the voice that speaks where there is room for one only.
func (j *job) first() *voice { return j.voices[0] }

// An OptionError says which option of [Write] cannot be met.
type OptionError struct {
	Option string // as in URLs: "paper"
	Value  string
	Reason string // what is wrong and what to do
}

// Error says it in one sentence.
func (e *OptionError) Error() string {
	return fmt.Sprintf("%s %q: %s", e.Option, e.Value, e.Reason)
}

// complete checks o and fills in what is left out.
func (o Options) complete(e *agenda.Event) (Options, error) {
	if o.Document == "" {
		o.Document = Programme
	}
	if o.Paper == "" {
		o.Paper = A4
	}
	if len(o.Languages) == 0 {
		o.Languages = append(o.Languages, e.Languages...)[:min(1, len(e.Languages))]
	}
	if len(o.Languages) == 0 {
		o.Languages = []string{"en"}
	}
	if _, err := ParseDocument(string(o.Document)); err != nil {
		return o, err
	}
	if _, err := ParsePaper(string(o.Paper)); err != nil {
		return o, err
	}
	if err := o.checkLanguages(); err != nil {
		return o, err
	}
	for _, name := range o.Zones {
		if _, err := zone.Load(name); err != nil {
			return o, &OptionError{"zones", name, err.Error()}
		}
	}
	return o, o.checkDocument(e)
}

// maxZones is how many further zones times are given in.
const maxZones = 6

func (o Options) checkLanguages() error {
	switch n := len(o.Languages); {
	case n > 2:
		return &OptionError{"lang", o.Languages[2], "at most two languages stand side by side"}
	case n == 2 && o.Languages[0] == o.Languages[1]:
		return &OptionError{"lang", o.Languages[1], "is named twice"}
	case len(o.Zones) > maxZones:
		return &OptionError{"zones", o.Zones[maxZones], fmt.Sprintf("at most %d further zones", maxZones)}
	}
	for _, lang := range o.Languages {
		if !locale.Valid(lang) {
			return &OptionError{"lang", lang, "not a language tag like en or pt-AO (BCP 47)"}
		}
	}
	return nil
}

// checkDocument checks what some documents need besides the event.
func (o Options) checkDocument(e *agenda.Event) error {
	switch o.Document {
	case Changes:
		if o.Previous == nil {
			return &OptionError{"doc", string(o.Document), "name the release that changes are counted from"}
		}
	case Brief:
		if _, _, err := e.Session(o.Session); err != nil {
			return &OptionError{"session", o.Session, "is not a session of this event"}
		}
	}
	if len(o.Languages) == 2 && !o.Document.making().bilingual {
		return &OptionError{"lang", o.Languages[1], "two languages side by side are for the programme, the annotated agenda and the agenda"}
	}
	return nil
}
