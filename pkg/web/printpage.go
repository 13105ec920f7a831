package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/programme"
	"tamada/pkg/zone"
)

// printPage is the data of templates/print.html.
type printPage struct {
	frame
	Form      printForm
	Documents []document
	Files     []document // for programs
}

// A printForm chooses what the documents are like.
type printForm struct {
	Action string
	Hidden []field // what the form carries along
	Groups []group
	Zones  string
	Wrong  string   // what is wrong with the zones
	Shop   []toggle // for the print shop
}

// A toggle is something to be switched on.
type toggle struct {
	Name  string
	Label string
	On    bool
}

// A document is something to download.
type document struct {
	Name    string
	Text    string // what it is good for
	Picture *picture
	Links   []link
	AlsoOn  string // the words before Also
	Also    []link // the same on other papers
}

// A picture is that of the first page of a document, of so many points.
type picture struct {
	Source        string
	Alt           string
	Width, Height int
}

// A printQuestion is what the URL of the print page chooses.
type printQuestion struct {
	choice  choice
	options programme.Options // those that all documents share, and the languages
	wrong   string            // zones as they were typed, where one of them is none
}

// documents serves what can be printed or kept.
func (s *Server) documents(c echo.Context, r *agenda.Release) error {
	ask, err := s.readPrintPage(c, r)
	if err != nil {
		return err
	}
	if ask.wrong != "" {
		p, err := s.printPage(c.Request().Context(), r, ask)
		if err != nil {
			return err
		}
		return s.answerPage(c, http.StatusUnprocessableEntity, "print.html", p)
	}
	draw := func(ctx context.Context) ([]byte, error) {
		p, err := s.printPage(ctx, r, ask)
		if err != nil {
			return nil, err
		}
		return filled("print.html", p)
	}
	return s.cached(c, r, "print", ask.query().Encode(), draw, reply{mime: mimeHTML, choice: ask.choice, hidden: hidden(r.Event)})
}

// readPrintPage reads the parameters of the print page: those of documents, but
// for their languages, as ?lang= is that of the page. Zones that are none are no
// error here.
func (s *Server) readPrintPage(c echo.Context, r *agenda.Release) (ask printQuestion, err error) {
	q := c.Request().URL.Query()
	if ask.choice, err = s.choose(c.Request(), q, r.Event.Languages); err != nil {
		return ask, err
	}
	var bad *badParameter
	switch ask.options, err = s.readSheet(q, r); {
	case errors.As(err, &bad) && bad.name == "zones": // typed by hand: the page says so and keeps it
		ask.wrong = bad.value
	case err != nil:
		return ask, err
	}
	ask.options.Languages = []string{ask.choice.Content}
	if q.Get("languages") != "" {
		ask.options.Languages, err = s.readLanguages(q, "languages", r.Event)
	}
	return ask, err
}

// query returns the parameters, the language of the page apart.
func (a printQuestion) query() url.Values {
	q := sheetQuery(a.options)
	q.Set("languages", strings.Join(a.options.Languages, ","))
	return q
}

func (s *Server) printPage(ctx context.Context, r *agenda.Release, ask printQuestion) (printPage, error) {
	v, err := s.view(r.Event, ask.choice, "")
	if err != nil {
		return printPage{}, err
	}
	history, err := s.Store.History(ctx, r.Event.Slug)
	if err != nil {
		return printPage{}, err
	}
	p := printPage{
		frame: s.eventFrame(v, r, "/print", ask.query()), Form: v.printForm(ask, history, r.Number),
		Documents: v.documents(ask.options, r.Number), Files: v.files(),
	}
	p.title(p.T("web.print"), v.plain(r.Event.Title))
	return p, nil
}

// printForm returns the form. Changes can be counted from any release before
// the one of that number.
func (v *view) printForm(ask printQuestion, history []agenda.Release, number int) printForm {
	f := printForm{
		Action: v.base + "/print",
		Groups: []group{v.printLanguages(ask.options.Languages), v.printPapers(ask.options.Paper)},
		Zones:  strings.Join(ask.options.Zones, ", "),
		Shop: []toggle{
			{"crop-marks", v.l.T("print.choose.crop-marks"), ask.options.CropMarks},
			{"greyscale", v.l.T("print.choose.greyscale"), ask.options.Greyscale},
		},
	}
	if ask.wrong != "" {
		f.Zones, f.Wrong = ask.wrong, v.wrongZones(ask.wrong)
	}
	if number > 1 {
		f.Groups = append(f.Groups, v.printSince(ask.options.Since, history, number))
	}
	if ask.choice.Explicit {
		f.Hidden = []field{{"lang", ask.choice.Link}}
	}
	return f
}

// wrongZones says what is wrong with zones that cannot be read.
func (v *view) wrongZones(typed string) string {
	for name := range strings.SplitSeq(typed, ",") {
		name = strings.TrimSpace(name)
		if _, err := zone.Load(name); err != nil {
			return v.l.T("print.choose.zones.unknown", "zone", clip(name, 60))
		}
	}
	return v.l.T("print.choose.zones.many", "most", maxZones)
}

// printLanguages offers each of the event's languages, each two of them side
// by side, and what is chosen.
func (v *view) printLanguages(chosen []string) group {
	var offered [][]string
	for _, tag := range v.event.Languages {
		offered = append(offered, []string{tag})
	}
	for i, one := range v.event.Languages {
		for _, other := range v.event.Languages[i+1:] {
			offered = append(offered, []string{one, other})
		}
	}
	if !slices.ContainsFunc(offered, func(tags []string) bool { return slices.Equal(tags, chosen) }) {
		offered = append(offered, chosen)
	}
	g := group{Name: "languages", Label: v.l.T("print.choose.languages")}
	for _, tags := range offered {
		g.Options = append(g.Options, option{
			Value: strings.Join(tags, ","), Words: v.languagesOf(tags), Selected: slices.Equal(tags, chosen),
		})
	}
	return g
}

// languagesOf names one language in itself, or two side by side.
func (v *view) languagesOf(tags []string) words {
	if len(tags) == 1 {
		return v.foreign(locale.Endonym(tags[0]), tags[0])
	}
	return words{Text: v.l.List(locale.Endonym(tags[0]), locale.Endonym(tags[1]))}
}

func (v *view) printPapers(chosen programme.Paper) group {
	g := group{Name: "paper", Label: v.l.T("print.choose.paper")}
	for _, p := range programme.Papers() {
		g.Options = append(g.Options, option{Value: string(p), Words: words{Text: v.paper(p)}, Selected: p == chosen})
	}
	return g
}

func (v *view) paper(p programme.Paper) string { return v.l.T("print.paper." + string(p)) }

// mostReleases is how many releases the form offers to count changes from; the
// address takes every one.
const mostReleases = 20

func (v *view) printSince(chosen int, history []agenda.Release, number int) group {
	g := group{Name: "since", Label: v.l.T("print.choose.since"), All: v.l.T("print.choose.since.none")}
	for _, r := range slices.Backward(history) {
		if r.Number < number && (len(g.Options) < mostReleases || r.Number == chosen) {
			g.Options = append(g.Options, option{
				Value:    strconv.Itoa(r.Number),
				Words:    words{Text: v.l.T("print.release", "number", r.Number, "date", v.l.Date(agenda.DateOf(r.Published.In(v.home)), locale.Long))},
				Selected: r.Number == chosen,
			})
		}
	}
	return g
}

// offers lists the documents of the page, and the papers that each is good on.
var offers = []struct {
	document programme.Document
	papers   []programme.Paper
}{
	{programme.Programme, []programme.Paper{programme.A4, programme.A5Booklet, programme.Letter}},
	{programme.Agenda, []programme.Paper{programme.A4, programme.A5, programme.Letter}},
	{programme.Annotated, []programme.Paper{programme.A4, programme.Letter}},
	{programme.LargePrint, []programme.Paper{programme.A4, programme.A3}},
	{programme.Grid, []programme.Paper{programme.A4, programme.A3, programme.A1}},
	{programme.Changes, []programme.Paper{programme.A4, programme.Letter}},
}

// documents returns the prints of the event, made with these options.
func (v *view) documents(o programme.Options, release int) []document {
	var out []document
	for _, offer := range offers {
		if offer.document == programme.Changes && release < 2 {
			continue
		}
		out = append(out, v.document(o, offer.document, offer.papers))
	}
	return out
}

// document returns one of them. Where two languages cannot stand side by side
// it is in the first.
func (v *view) document(o programme.Options, d programme.Document, papers []programme.Paper) document {
	o.Document = d
	if !d.Bilingual() {
		o.Languages = o.Languages[:1]
	}
	out := document{Name: v.l.T("web.doc." + string(d)), Text: v.l.T("web.doc." + string(d) + ".text"), AlsoOn: v.l.T("print.also")}
	out.Picture = v.pictureOf(o, out.Name)
	out.Links = []link{{Href: v.printed(o), Words: words{Text: v.l.T("print.pdf", "paper", v.paper(o.Paper))}}}
	chosen := o.Paper
	for _, o.Paper = range papers {
		if o.Paper != chosen {
			out.Also = append(out.Also, link{Href: v.printed(o), Words: words{Text: v.paper(o.Paper)}})
		}
	}
	return out
}

// printed returns the address of a document.
func (v *view) printed(o programme.Options) string {
	return join(v.base+"/programme.pdf", printQuery(o))
}

// pictureOf returns the picture of a document, without what is cut off.
func (v *view) pictureOf(o programme.Options, name string) *picture {
	o.CropMarks = false
	width, height := o.Document.Size(o.Paper)
	alt := v.l.T("print.picture", "document", name, "paper", v.paper(o.Paper), "languages", v.languagesOf(o.Languages).Text)
	return &picture{join(v.base+"/programme.svg", printQuery(o)), alt, int(width), int(height)}
}

// files returns what programs read.
func (v *view) files() []document {
	file := func(id, name, address string) document {
		return document{Name: v.l.T(id), Text: v.l.T(id + ".text"), Links: []link{{Href: address, Words: words{Text: name}}}}
	}
	return []document{
		file("web.file.ics", "calendar.ics", v.base+"/calendar.ics?lang="+v.choice.Link),
		file("web.file.json", "agenda.json", v.base+"/agenda.json"),
		file("web.file.atom", "changes.atom", v.choice.address(v.base+"/changes.atom")),
	}
}
