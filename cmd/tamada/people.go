package main

import (
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"tamada/pkg/agenda"
	"tamada/pkg/programme"
)

// printOptions are the options of print that are about people, releases and
// the print shop.
type printOptions struct {
	people, session, images, previous string
	since                             int
	cropMarks, greyscale              bool
}

// printFlags adds their flags.
func printFlags(cmd *cobra.Command, o *printOptions) {
	f := cmd.Flags()
	f.StringVar(&o.people, "people", "", "file of people (CSV) to print badges, tents, sign-in sheets or certificates for")
	f.StringVar(&o.session, "session", "", "session of a brief, by id or short code")
	f.StringVar(&o.images, "images", "", "folder of the organisers' logos, for print")
	f.StringVar(&o.previous, "previous", "", "agenda file as it was printed before: what changed since is marked in print")
	f.IntVar(&o.since, "since", 0, "number of the release that --previous was (default: the number in it)")
	f.BoolVar(&o.cropMarks, "crop-marks", false, "3 mm of bleed and crop marks, in print")
	f.BoolVar(&o.greyscale, "greyscale", false, "shades of grey only, in print")
}

// apply puts the options into those of a document of d.
func (o printOptions) apply(d *agenda.Draft, to *programme.Options) error {
	to.Session, to.CropMarks, to.Greyscale = o.session, o.cropMarks, o.greyscale
	if _, session, err := d.Event.Session(o.session); err == nil {
		if note, ok := d.Backstage[session.ID]; ok && to.Document == programme.Brief {
			to.Note = &note
		}
	}
	if o.images != "" {
		to.Images = os.DirFS(o.images)
	}
	if err := o.applyPrevious(to); err != nil || o.people == "" {
		return err
	}
	people, err := readPeople(o.people)
	to.People = people
	return err
}

// applyPrevious reads the agenda that changes are counted from.
func (o printOptions) applyPrevious(to *programme.Options) error {
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
	to.Previous, to.Since = d.Event, d.Event.Release
	if o.since != 0 {
		to.Since = o.since
	}
	return nil
}

// readPeople reads a file of people. Each of its problems is told on a line of
// its own, after the name of the file.
func readPeople(name string) ([]programme.Person, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	people, err := programme.ReadPeople(f)
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
