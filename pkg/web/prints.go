package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/programme"
	"tamada/pkg/zone"
)

// maxZones is how many further time zones a print may give times in.
const maxZones = 4

// mostNamed is how many letters the log names: a text in another script has
// hundreds.
const mostNamed = 12

// A printer makes a document, or a picture of it.
type printer func(context.Context, io.Writer, *agenda.Event, programme.Options) error

// programme serves the printed programme and the other prints of an agenda.
func (s *Server) programme(c echo.Context, r *agenda.Release) error {
	return s.printed(c, r, "programme.pdf", mimePDF, programme.Write)
}

// picture serves a small picture of the first page of a print, which is chosen
// by the same parameters.
func (s *Server) picture(c echo.Context, r *agenda.Release) error {
	return s.printed(c, r, picturePage, mimeSVG, programme.Picture)
}

// picturePage is the name of the pictures of prints.
const picturePage = "programme.svg"

// printed answers with what print makes.
func (s *Server) printed(c echo.Context, r *agenda.Release, page string, kind mime, print printer) error {
	o, err := s.readPrint(c.Request().URL.Query(), r)
	if err != nil {
		return err
	}
	if o.Document == programme.Changes && r.Number < 2 {
		return agenda.NotFound("release before", r.Event.Slug)
	}
	_, ending, _ := strings.Cut(page, ".")
	answer := reply{
		mime: kind, caching: someMinutes, modified: r.Published, shared: true, hidden: hidden(r.Event),
		file: r.Event.Slug + "-" + string(o.Document) + "-" + strings.Join(o.Languages, "-") + "." + ending,
	}
	return s.cached(c, r, page, printQuery(o).Encode(), func(ctx context.Context) ([]byte, error) {
		return s.print(ctx, r, o, print)
	}, answer)
}

// readPrint reads the parameters of a print.
func (s *Server) readPrint(q url.Values, r *agenda.Release) (o programme.Options, err error) {
	if o, err = s.readSheet(q, r); err != nil {
		return o, err
	}
	o.Document = programme.Programme
	if doc := q.Get("doc"); doc != "" {
		if o.Document, err = programme.ParseDocument(doc); err != nil || !o.Document.Public() {
			return o, &badParameter{"doc", doc}
		}
	}
	if o.Document == programme.Changes && o.Since == 0 {
		o.Since = r.Number - 1
	}
	o.Languages, err = s.readLanguages(q, "lang", r.Event)
	return o, err
}

// readSheet reads those parameters that are the same for all documents.
func (s *Server) readSheet(q url.Values, r *agenda.Release) (o programme.Options, err error) {
	now := s.edition()
	o = programme.Options{
		Paper: programme.A4, BaseURL: s.BaseURL, Images: s.Images,
		Publisher: programme.Publisher{Name: now.Name, Logo: now.Logo.Data},
	}
	if paper := q.Get("paper"); paper != "" {
		if o.Paper, err = programme.ParsePaper(paper); err != nil {
			return o, &badParameter{"paper", paper}
		}
	}
	if since := q.Get("since"); since != "" {
		if o.Since, err = strconv.Atoi(since); err != nil || o.Since < 1 || o.Since >= r.Number {
			return o, &badParameter{"since", since}
		}
	}
	if o.CropMarks, err = readSwitch(q, "crop-marks"); err != nil {
		return o, err
	}
	if o.Greyscale, err = readSwitch(q, "greyscale"); err != nil {
		return o, err
	}
	o.Zones, err = readZones(q, r.Event)
	return o, err
}

// readSwitch reads a parameter that is 1 or 0.
func readSwitch(q url.Values, name string) (bool, error) {
	switch value := q.Get(name); value {
	case "1":
		return true, nil
	case "", "0":
		return false, nil
	default:
		return false, &badParameter{name, value}
	}
}

// readLanguages reads one language or two, those of the event's content that
// come nearest; the event's first where none is asked for.
func (s *Server) readLanguages(q url.Values, name string, e *agenda.Event) ([]string, error) {
	asked := q.Get(name)
	if asked == "" {
		return e.Languages[:1:1], nil // every event has one
	}
	var tags []string
	for tag := range strings.SplitSeq(asked, ",") {
		c, err := s.chosen(tag, e.Languages)
		if err != nil || len(tags) == 2 {
			return nil, &badParameter{name, asked}
		}
		if !slices.Contains(tags, c.Link) {
			tags = append(tags, c.Link)
		}
	}
	return tags, nil
}

// readZones reads the further time zones of a print.
func readZones(q url.Values, e *agenda.Event) ([]string, error) {
	asked := strings.TrimSpace(q.Get("zones"))
	if asked == "" {
		return nil, nil
	}
	var zones []string
	for name := range strings.SplitSeq(asked, ",") {
		name = strings.TrimSpace(name)
		if _, err := zone.Load(name); err != nil || len(zones) == maxZones {
			return nil, &badParameter{"zones", asked}
		}
		if name != e.Zone && !slices.Contains(zones, name) {
			zones = append(zones, name)
		}
	}
	return zones, nil
}

// printQuery returns the parameters of a print, in the one form they have.
func printQuery(o programme.Options) url.Values {
	q := sheetQuery(o)
	q.Set("doc", string(o.Document))
	q.Set("lang", strings.Join(o.Languages, ","))
	return q
}

// sheetQuery returns those that are the same for all documents.
func sheetQuery(o programme.Options) url.Values {
	q := pairs([]string{"paper", string(o.Paper), "zones", strings.Join(o.Zones, ",")})
	if o.Since > 0 {
		q.Set("since", strconv.Itoa(o.Since))
	}
	if o.CropMarks {
		q.Set("crop-marks", "1")
	}
	if o.Greyscale {
		q.Set("greyscale", "1")
	}
	return q
}

// print makes a document or a picture, when it is its turn.
func (s *Server) print(ctx context.Context, r *agenda.Release, o programme.Options, print printer) ([]byte, error) {
	select {
	case s.state.prints <- struct{}{}:
		defer func() { <-s.state.prints }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if o.Since > 0 {
		previous, err := s.Store.Release(ctx, r.Event.Slug, o.Since)
		if err != nil {
			return nil, err
		}
		o.Previous = previous.Event
	}
	o.Missing = func(letters []rune) {
		s.Log.WarnContext(ctx, "letters that no font for print has", "event", r.Event.Slug,
			"letters", string(letters[:min(mostNamed, len(letters))]), "count", len(letters))
	}
	var b bytes.Buffer
	err := print(ctx, &b, r.Event, o)
	var unmet *programme.OptionError
	if errors.As(err, &unmet) {
		return nil, &badParameter{unmet.Option, unmet.Value}
	}
	return b.Bytes(), err
}
