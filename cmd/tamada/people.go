package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"github.com/spf13/cobra"

	"tamada/pkg/agenda"
	"tamada/pkg/programme"
	"tamada/pkg/store"
)

// printOptions are the options of print that are about people, releases and
// the print shop.
type printOptions struct {
	people, session, images, previous string
	since                             int
	cropMarks, greyscale              bool
	release                           *agenda.Event // number since, where a database has it
	publisher                         programme.Publisher
}

// printFlags adds their flags.
func printFlags(cmd *cobra.Command, o *printOptions) {
	f := cmd.Flags()
	f.StringVar(&o.people, "people", "", "file of people (CSV) to print badges, tents, sign-in sheets or certificates for")
	f.StringVar(&o.session, "session", "", "session of a brief, by id or short code")
	f.StringVar(&o.images, "images", "", "folder of the organisers' logos, for print")
	f.StringVar(&o.previous, "previous", "", "agenda file as it was printed before: what changed since is marked in print")
	f.IntVar(&o.since, "since", 0, "number of the release that changes are counted from: export finds it, render needs --previous (default: the number in that)")
	f.BoolVar(&o.cropMarks, "crop-marks", false, "3 mm of bleed and crop marks, in print")
	f.BoolVar(&o.greyscale, "greyscale", false, "shades of grey only, in print")
}

// format returns what is rendered: what is asked for, what the ending of the
// output names, print where a document is named, or else an agenda file.
func (o renderOptions) format(asked, out string) string {
	ending := strings.TrimPrefix(filepath.Ext(out), ".")
	switch _, known := formats[ending]; {
	case asked != "":
		return asked
	case known:
		return ending
	case ending == "md":
		return "markdown"
	case ending == "txt":
		return "text"
	case o.document != "":
		return "pdf"
	}
	return "yaml"
}

// check says what a document needs that the command line does not give.
func (o printOptions) check(d programme.Document) error {
	switch d {
	case programme.Badges, programme.Tents, programme.SignIn, programme.Certificates:
		if o.people == "" {
			return fmt.Errorf("--doc %s: name the file of people with --people", d)
		}
	case programme.Changes:
		if o.previous == "" && o.release == nil {
			return fmt.Errorf("--doc %s: name the agenda file as it was before with --previous, or for export the number of a release with --since", d)
		}
	case programme.Brief:
		if o.session == "" {
			return fmt.Errorf("--doc %s: name the session with --session, by its id or short code", d)
		}
	}
	if o.images != "" {
		if found, err := os.Stat(o.images); err != nil || !found.IsDir() {
			return fmt.Errorf("--images %s: not a folder", o.images)
		}
	}
	return nil
}

// apply puts the options into those of a document of d.
func (o printOptions) apply(d *agenda.Draft, to *programme.Options, warnings io.Writer) error {
	if err := o.check(to.Document); err != nil {
		return err
	}
	to.Session, to.CropMarks, to.Greyscale, to.Publisher = o.session, o.cropMarks, o.greyscale, o.publisher
	if _, session, err := d.Event.Session(o.session); err == nil {
		if note, ok := d.Backstage[session.ID]; ok && to.Document == programme.Brief {
			to.Note = &note
		}
	}
	if o.images != "" {
		to.Images = os.DirFS(o.images)
	}
	if err := o.applyPrevious(d.Event, to); err != nil || o.people == "" {
		return err
	}
	people, err := readPeople(o.people, warnings)
	to.People = people
	return err
}

// recall finds the release that changes are counted from in the database.
func (o *printOptions) recall(ctx context.Context, db *store.DB, e *agenda.Event) error {
	if o.since == 0 || o.previous != "" {
		return nil
	}
	r, err := db.Release(ctx, e.Slug, o.since)
	if err != nil {
		return err
	}
	o.release = r.Event
	return nil
}

// applyPrevious reads the agenda of e that changes are counted from.
func (o printOptions) applyPrevious(e *agenda.Event, to *programme.Options) error {
	if o.release != nil {
		to.Previous, to.Since = o.release, o.since
		return nil
	}
	if o.previous == "" {
		if o.since != 0 {
			return errors.New("--since: name the agenda file of that release with --previous")
		}
		return nil
	}
	d, err := readFile(o.previous)
	if err != nil {
		return fmt.Errorf("%s: %w", o.previous, err)
	}
	if d.Event.ID != e.ID && d.Event.Slug != e.Slug {
		return fmt.Errorf("--previous %s: it is of %q, not of %q", o.previous, d.Event.Slug, e.Slug)
	}
	to.Previous, to.Since = d.Event, d.Event.Release
	if o.since != 0 {
		to.Since = o.since
	}
	if to.Since < 1 {
		return fmt.Errorf("--previous %s: it does not say which release it is; name its number with --since", o.previous)
	}
	return nil
}

// mostNamed is how many letters a warning names: a text in another script has
// hundreds.
const mostNamed = 12

// warnMissing tells which letters no font has. Another spelling is up to those
// who know the language.
func warnMissing(w io.Writer) func([]rune) {
	return func(letters []rune) {
		var b strings.Builder
		for i, r := range letters[:min(mostNamed, len(letters))] {
			if i > 0 {
				b.WriteString(", ")
			}
			if unicode.IsPrint(r) {
				fmt.Fprintf(&b, "“%c” (%U)", r, r)
			} else {
				fmt.Fprintf(&b, "%U", r)
			}
		}
		if more := len(letters) - mostNamed; more > 0 {
			fmt.Fprintf(&b, " and %d more", more)
		}
		fmt.Fprintf(w, "warning: no font for print has %s; a question mark stands in its place, so write it otherwise\n", &b)
	}
}

// readPeople reads a file of people. Each of its problems is told on a line of
// its own, after the name of the file; columns that are not known, as warnings.
func readPeople(name string, warnings io.Writer) ([]programme.Person, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	people, unknown, err := programme.ReadPeople(f)
	for _, p := range unknown {
		fmt.Fprintf(warnings, "warning: %s:%d:%d: %s\n", name, p.Line, p.Column, p.Message)
	}
	var problems *programme.PeopleError
	if errors.As(err, &problems) {
		all := make([]error, len(problems.Problems))
		for i, p := range problems.Problems {
			all[i] = fmt.Errorf("%s:%d:%d: %s", name, p.Line, p.Column, p.Message)
		}
		return nil, errors.Join(all...)
	}
	return people, err
}
