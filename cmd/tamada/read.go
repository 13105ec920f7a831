package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/interchange"
	"tamada/pkg/locale"
	"tamada/pkg/zone"
)

// How import and render read a file.
const (
	asFile = "yaml" // an agenda file, strictly
	asText = "text" // anything else: a document for people, an export, a table
	asICS  = "ics"  // a calendar
	asAuto = "auto" // as its content says
)

// A source says how files are read that are no agenda files.
type source struct {
	as   string
	zone string // of times for which the file names none
	date string // dates without a year are the nearest to it
	lang string // of a file that does not show its own
}

// sourceFlags adds the flags that say how files are read. Where --zone is a
// flag already, zoneFlag is "".
func sourceFlags(cmd *cobra.Command, s *source, zoneFlag string) {
	f := cmd.Flags()
	f.StringVar(&s.as, "as", asAuto, "how files are read: yaml (agenda file), text (Word, HTML, Markdown, text, exports of other systems), ics (calendar), auto (by content)")
	if zoneFlag != "" {
		f.StringVar(&s.zone, zoneFlag, "", "time zone of files that name none, as Europe/Oslo")
	}
	f.StringVar(&s.date, "date", "", "date near the meeting, for files without a year, as 2026-03-03 (default today)")
}

// zoneOf takes the zone of files from --zone of render, which says "utc" for
// calendars and the name of a zone for what is read.
func (s *source) zoneOf(o *renderOptions) {
	if o.clock != "" && o.clock != "utc" {
		s.zone, o.clock = o.clock, ""
	}
}

// readSources reads files as s says. It prints the problems of all agenda
// files among them, and the remarks on all others; if there are problems it
// returns errReported.
func (a *app) readSources(files []string, s source) ([]*agenda.Draft, error) {
	options, err := s.options(a)
	if err != nil {
		return nil, err
	}
	drafts := make([]*agenda.Draft, len(files))
	var failed error
	for i, name := range files {
		d, err := a.readSource(name, s.as, options)
		switch {
		case errors.Is(err, errReported):
			failed = err
		case err != nil:
			return nil, err
		}
		drafts[i] = d
	}
	return drafts, failed
}

// options returns what readers are told.
func (s source) options(a *app) (interchange.ReadOptions, error) {
	o := interchange.ReadOptions{Near: agenda.DateOf(a.Now()), Zone: s.zone, Language: s.lang}
	switch s.as {
	case asFile, asText, asICS, asAuto:
	default:
		return o, fmt.Errorf("--as %q: there are %s, %s, %s and %s", s.as, asAuto, asText, asICS, asFile)
	}
	if s.zone != "" {
		if _, err := zone.Load(s.zone); err != nil {
			return o, err
		}
	}
	if s.date == "" {
		return o, nil
	}
	date, err := agenda.ParseDate(s.date)
	if err != nil {
		return o, fmt.Errorf("--date %q: %w", s.date, err)
	}
	o.Near = date
	return o, nil
}

// readSource reads one file, of which it reads no more than maxSource.
func (a *app) readSource(name, as string, o interchange.ReadOptions) (*agenda.Draft, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxSource+1))
	if err != nil {
		return nil, err
	}
	if as == asFile || as == asAuto && isAgendaFile(name, b) {
		return a.parse(name, b)
	}
	read := interchange.Read
	if as == asICS {
		read = interchange.ReadCalendar
	}
	result, err := read(b, o)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	english := locale.For("en")
	for _, r := range result.Remarks {
		fmt.Fprintf(a.Err, "%s:%d: %s: %s\n", name, r.Line, strings.ReplaceAll(string(r.Weight), "-", " "), r.Message(english))
	}
	return result.Draft, nil
}

// maxSource is more than the largest file that any reader takes, in bytes.
const maxSource = 64 << 20

// parse reads an agenda file and prints its problems.
func (a *app) parse(name string, b []byte) (*agenda.Draft, error) {
	d, err := agendafile.Parse(name, b)
	var problems agendafile.Problems
	if !errors.As(err, &problems) {
		return d, err
	}
	for _, p := range problems {
		fmt.Fprintln(a.Out, p)
	}
	return nil, errReported
}

// rootKey matches a key at the root of an agenda file.
var rootKey = regexp.MustCompile(`(?m)^(slug|title|zone|languages|visibility|days):`)

// isAgendaFile tells an agenda file by its name, or by two keys of its root.
func isAgendaFile(name string, b []byte) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".yaml", ".yml":
		return true
	}
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte("---")) { // the head of a Markdown document
		return false
	}
	return len(rootKey.FindAllIndex(b[:min(len(b), 100_000)], 2)) == 2
}
