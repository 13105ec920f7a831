package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/ical"
	"tamada/pkg/interchange"
	"tamada/pkg/programme"
	"tamada/pkg/store"
	"tamada/pkg/web"
)

// renderOptions are the options of the addresses of the same names.
type renderOptions struct {
	lang, document, paper, base string
	zones                       []string
	calendar                    ical.Options
	breaks                      bool
	lightning, clock            string
	print                       printOptions
	warnings                    io.Writer
}

// formats are what an agenda can be rendered to.
var formats = map[string]func(context.Context, io.Writer, *agenda.Draft, renderOptions) error{
	"html": func(ctx context.Context, w io.Writer, d *agenda.Draft, o renderOptions) error {
		return web.WriteAgenda(ctx, w, d.Event, o.lang)
	},
	"pdf": func(ctx context.Context, w io.Writer, d *agenda.Draft, o renderOptions) error {
		return writeDocument(ctx, w, d, o)
	},
	"ics": func(_ context.Context, w io.Writer, d *agenda.Draft, o renderOptions) error {
		return writeCalendar(w, d.Event, o)
	},
	"json": func(_ context.Context, w io.Writer, d *agenda.Draft, o renderOptions) error {
		return interchange.WriteJSON(w, d.Event, o.interchange())
	},
	"xml": func(_ context.Context, w io.Writer, d *agenda.Draft, o renderOptions) error {
		return interchange.WriteScheduleXML(w, d.Event, o.interchange())
	},
	"schedule-json": func(_ context.Context, w io.Writer, d *agenda.Draft, o renderOptions) error {
		return interchange.WriteScheduleJSON(w, d.Event, o.interchange())
	},
	"schedule2-json": func(_ context.Context, w io.Writer, d *agenda.Draft, o renderOptions) error {
		return interchange.WriteSchedule2JSON(w, d.Event, o.interchange())
	},
	"text": func(_ context.Context, w io.Writer, d *agenda.Draft, o renderOptions) error {
		return interchange.WriteText(w, d.Event, o.interchange())
	},
	"markdown": func(_ context.Context, w io.Writer, d *agenda.Draft, o renderOptions) error {
		return interchange.WriteMarkdown(w, d.Event, o.interchange())
	},
	"yaml": func(_ context.Context, w io.Writer, d *agenda.Draft, _ renderOptions) error {
		b, err := agendafile.Format(d)
		if err != nil {
			return err
		}
		_, err = w.Write(b)
		return err
	},
}

func (a *app) renderCommand() *cobra.Command {
	var to, out string
	var o renderOptions
	var from source
	cmd := &cobra.Command{
		Use:   "render FILE",
		Short: "Make a page, a printed document, a calendar or data from an agenda",
		Long: `Make a page, a printed document, a calendar or data from an agenda file, a document
for people, an export of another system or a table, without a database. What is
under "backstage" comes out as yaml only.

Badges, tents, sign-in sheets and certificates are for the people of a file
(--people): a table saved as CSV in UTF-8, whose first line names its columns.
Only "name" has to be there; others are "second name" (in another script),
"honorific", "post", "organisation", "country", "category", "role", "table",
"language", "code" and "verify" (the address at which a certificate is checked).`,
		Example: `  tamada render agenda.yaml --doc programme --lang en,ar -o programme.pdf
  tamada render agenda.yaml --doc grid --paper a1 -o wall.pdf
  tamada render agenda.yaml --doc badges --people people.csv -o badges.pdf
  tamada render agenda.yaml --doc changes --previous printed.yaml --since 2 -o changes.pdf`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			to := o.format(to, out)
			from.zoneOf(&o)
			if to == "pdf" {
				if err := a.publish(&o.print); err != nil {
					return err
				}
			}
			drafts, err := a.readSources(files, from)
			if err != nil {
				return err
			}
			return a.render(cmd.Context(), drafts[0], to, out, o)
		},
	}
	renderFlags(cmd, &to, &out, &o)
	sourceFlags(cmd, &from, "")
	return cmd
}

func (a *app) exportCommand() *cobra.Command {
	var to, out string
	var o renderOptions
	cmd := &cobra.Command{
		Use:   "export SLUG",
		Short: "Write an event of the database as an agenda file, or in another format",
		Long: `Write the draft of an event of the database as an agenda file (yaml), with its ids
and what is backstage. In every other format it is the latest release that is
written, as the public sees it.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, slugs []string) error {
			to := o.format(to, out)
			return a.withStore(cmd.Context(), func(db *store.DB) error {
				d, err := exported(cmd.Context(), db, slugs[0], to)
				if err != nil {
					return err
				}
				if err := o.print.recall(cmd.Context(), db, d.Event); err != nil {
					return err
				}
				if o.print.publisher, err = a.publisher(cmd.Context(), db); err != nil {
					return err
				}
				return a.render(cmd.Context(), d, to, out, o)
			})
		},
	}
	renderFlags(cmd, &to, &out, &o)
	return cmd
}

// exported returns what export writes: the draft, or the latest release.
func exported(ctx context.Context, db *store.DB, slug, to string) (*agenda.Draft, error) {
	if to == "yaml" {
		d, _, err := db.Draft(ctx, slug)
		return d, err
	}
	r, err := db.Latest(ctx, slug)
	if err != nil {
		return nil, err
	}
	return &agenda.Draft{Event: r.Event}, nil
}

// renderFlags adds the flags that render and export share.
func renderFlags(cmd *cobra.Command, to, out *string, o *renderOptions) {
	f := cmd.Flags()
	f.StringVar(to, "to", "", "format: "+strings.Join(slices.Sorted(maps.Keys(formats)), ", ")+" (default: by the ending of the output, pdf with --doc, or else yaml)")
	f.StringVarP(out, "output", "o", "", "file to write (default: the terminal's output)")
	f.StringVar(&o.lang, "lang", "", "language of the content; two for print side by side, as en,ar")
	f.StringVar(&o.document, "doc", "", "printed document: "+names(programme.Documents()))
	f.StringVar(&o.paper, "paper", "", "paper: "+names(programme.Papers()))
	f.StringSliceVar(&o.zones, "zones", nil, "further zones that print gives times in, as Africa/Tunis,Asia/Riyadh")
	f.StringVar(&o.base, "base-url", "", "address of the site, for links and codes")
	printFlags(cmd, &o.print)
	f.StringVar(&o.calendar.Track, "track", "", "only sessions of this track, in calendars")
	f.StringVar((*string)(&o.calendar.Kind), "kind", "", "only sessions of this kind, in calendars")
	f.StringVar(&o.calendar.Room, "room", "", "only sessions in this room, in calendars")
	f.BoolVar(&o.breaks, "breaks", true, "breaks and meals, in calendars")
	f.StringVar(&o.lightning, "lightning", "", "each: an entry for each lightning talk, in calendars")
	f.StringVar(&o.clock, "zone", "", "utc: times in UTC, in calendars; the name of a zone: that of a source that names none")
}

// names lists what a flag can be.
func names[T ~string](list []T) string {
	var b strings.Builder
	for i, name := range list {
		if i > 0 {
			b.WriteString(", ")
		}
		b.WriteString(string(name))
	}
	return b.String()
}

// render writes d in a format to a file, or to the output if out is empty. A
// file is written whole or not at all.
func (a *app) render(ctx context.Context, d *agenda.Draft, to, out string, o renderOptions) error {
	o.warnings = a.Err
	write, ok := formats[to]
	if !ok {
		return fmt.Errorf("format %q: there are %s", to, strings.Join(slices.Sorted(maps.Keys(formats)), ", "))
	}
	var b bytes.Buffer
	if err := write(ctx, &b, d, o); err != nil {
		return err
	}
	if out == "" || out == "-" {
		_, err := a.Out.Write(b.Bytes())
		return err
	}
	return writeWhole(out, b.Bytes())
}

// writeWhole puts a file in place only when all of it is on disk.
func writeWhole(name string, b []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(f.Name())
		}
	}()
	_, werr := f.Write(b)
	if err := errors.Join(werr, f.Chmod(0o644), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}

// writeDocument writes a printed document.
func writeDocument(ctx context.Context, w io.Writer, d *agenda.Draft, o renderOptions) error {
	options := programme.Options{
		Document: programme.Document(o.document), Paper: programme.Paper(o.paper), Zones: o.zones, BaseURL: o.base,
		Missing: warnMissing(o.warnings),
	}
	if o.lang != "" {
		options.Languages = strings.Split(o.lang, ",")
	}
	if err := o.print.apply(d, &options, o.warnings); err != nil {
		return err
	}
	return programme.Write(ctx, w, d.Event, options)
}

// writeCalendar writes a feed.
func writeCalendar(w io.Writer, e *agenda.Event, o renderOptions) error {
	for _, choice := range []struct{ flag, value, only string }{{"lightning", o.lightning, "each"}, {"zone", o.clock, "utc"}} {
		if choice.value != "" && choice.value != choice.only {
			return fmt.Errorf("--%s %q: there is only %s", choice.flag, choice.value, choice.only)
		}
	}
	options := o.calendar
	options.Lang, options.BaseURL = o.lang, o.base
	options.NoBreaks, options.EachTalk, options.UTC = !o.breaks, o.lightning == "each", o.clock == "utc"
	return ical.Write(w, e, options)
}

// interchange returns the options of the formats of other programs.
func (o renderOptions) interchange() interchange.Options {
	return interchange.Options{BaseURL: o.base, Language: o.lang, LeaveBreaks: !o.breaks, EachTalk: o.lightning == "each"}
}
