package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
	"tamada/pkg/programme"
	"tamada/pkg/zone"
)

// maxZones is how many further time zones a print may give times in.
const maxZones = 4

// programme serves the printed programme and the other prints of an agenda.
func (s *Server) programme(c echo.Context, r *agenda.Release) error {
	o, err := s.readPrint(c.Request().URL.Query(), r.Event)
	if err != nil {
		return err
	}
	if o.Document == programme.Changes && r.Number < 2 {
		return agenda.NotFound("release before", r.Event.Slug)
	}
	answer := reply{
		mime: mimePDF, caching: someMinutes, modified: r.Published, shared: true, hidden: hidden(r.Event),
		file: r.Event.Slug + "-" + string(o.Document) + "-" + strings.Join(o.Languages, "-") + ".pdf",
	}
	options := fmt.Sprint(o.Document, o.Paper, o.Languages, o.Zones)
	return s.cached(c, r, "programme.pdf", options, func(ctx context.Context) ([]byte, error) {
		return s.print(ctx, r, o)
	}, answer)
}

// readPrint reads the parameters of a print.
func (s *Server) readPrint(q url.Values, e *agenda.Event) (o programme.Options, err error) {
	o = programme.Options{Document: programme.Programme, Paper: programme.A4, BaseURL: s.BaseURL}
	if doc := q.Get("doc"); doc != "" {
		if o.Document, err = programme.ParseDocument(doc); err != nil || !o.Document.Public() {
			return o, &badParameter{"doc", doc}
		}
	}
	if paper := q.Get("paper"); paper != "" {
		if o.Paper, err = programme.ParsePaper(paper); err != nil {
			return o, &badParameter{"paper", paper}
		}
	}
	if o.Languages, err = s.readLanguages(q, e); err != nil {
		return o, err
	}
	o.Zones, err = readZones(q, e)
	return o, err
}

// readLanguages reads one language or two, those of the event's content that
// come nearest; the event's first where none is asked for.
func (s *Server) readLanguages(q url.Values, e *agenda.Event) ([]string, error) {
	asked := q.Get("lang")
	if asked == "" {
		return e.Languages[:1:1], nil // every event has one
	}
	var tags []string
	for tag := range strings.SplitSeq(asked, ",") {
		c, err := s.chosen(tag, e.Languages)
		if err != nil || len(tags) == 2 {
			return nil, &badParameter{"lang", asked}
		}
		if !slices.Contains(tags, c.Link) {
			tags = append(tags, c.Link)
		}
	}
	return tags, nil
}

// readZones reads the further time zones of a print.
func readZones(q url.Values, e *agenda.Event) ([]string, error) {
	asked := q.Get("zones")
	if asked == "" {
		return nil, nil
	}
	var zones []string
	for name := range strings.SplitSeq(asked, ",") {
		if _, err := zone.Load(name); err != nil || len(zones) == maxZones {
			return nil, &badParameter{"zones", asked}
		}
		if name != e.Zone && !slices.Contains(zones, name) {
			zones = append(zones, name)
		}
	}
	return zones, nil
}

// print makes a PDF, when it is its turn.
func (s *Server) print(ctx context.Context, r *agenda.Release, o programme.Options) ([]byte, error) {
	select {
	case s.state.prints <- struct{}{}:
		defer func() { <-s.state.prints }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if o.Document == programme.Changes {
		previous, err := s.Store.Release(ctx, r.Event.Slug, r.Number-1)
		if err != nil {
			return nil, err
		}
		o.Since, o.Previous = previous.Number, previous.Event
	}
	var b bytes.Buffer
	err := programme.Write(ctx, &b, r.Event, o)
	var unmet *programme.OptionError
	if errors.As(err, &unmet) {
		return nil, &badParameter{unmet.Option, unmet.Value}
	}
	return b.Bytes(), err
}
