package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"

	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
)

func (a *app) checkCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "check FILE…",
		Short: "Say what is wrong with agenda files",
		Long: `Say what is wrong with agenda files, a line for each problem: file:line:column
and what to do. Clashes (a room or a person needed twice at a time, talks that
take longer than their session) are told as warnings; they are for the
organisers to decide.

Exits with 1 if a file has problems.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, files []string) error {
			drafts, err := a.readAll(files)
			for i, d := range drafts {
				if d != nil {
					printClashes(a.Err, files[i], d.Event)
				}
			}
			return err
		},
	}
}

// errReported is returned when what is wrong has been printed already.
var errReported = errors.New("nothing done; see above")

// readAll reads agenda files. It prints the problems of all of them and then
// returns errReported; the draft of a file with problems is nil.
func (a *app) readAll(files []string) ([]*agenda.Draft, error) {
	drafts := make([]*agenda.Draft, len(files))
	var failed error
	for i, name := range files {
		d, err := readFile(name)
		var problems agendafile.Problems
		switch {
		case errors.As(err, &problems):
			for _, p := range problems {
				fmt.Fprintln(a.Out, p)
			}
			failed = errReported
		case err != nil:
			return nil, err
		default:
			drafts[i] = d
		}
	}
	return drafts, failed
}

// readFile reads one agenda file. Of a file that is too large it reads no more
// than it takes to say so.
func readFile(name string) (*agenda.Draft, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, agendafile.MaxSize+1))
	if err != nil {
		return nil, err
	}
	return agendafile.Parse(name, b)
}

// printClashes prints a line for each clash of e.
func printClashes(w io.Writer, file string, e *agenda.Event) {
	for _, c := range e.Clashes() {
		fmt.Fprintf(w, "%s: warning: %s\n", file, clashText(e, c))
	}
}

// clashText says in English what clashes, naming both sides.
func clashText(e *agenda.Event, c agenda.Clash) string {
	a, b := sideText(e, c.A), sideText(e, c.B)
	switch c.Kind {
	case agenda.RoomClash:
		return fmt.Sprintf("room %s is used twice: %s and %s", c.Room, a, b)
	case agenda.PersonClash:
		return fmt.Sprintf("%s is needed twice: %s and %s", c.Person, a, b)
	case agenda.TalksTooLong:
		return fmt.Sprintf("the talks of %s take %d minutes too long, to the end of %s", a, c.Over, b)
	default:
		return fmt.Sprintf("%s is not on %s", a, c.B.Day.Date)
	}
}

// sideText names one side of a clash: its title, day and time.
func sideText(e *agenda.Event, s agenda.Side) string {
	if s.Session == nil {
		return s.Day.Date.String()
	}
	title := e.Main(s.Session.Title)
	if s.Part != nil {
		title += " / " + e.Main(s.Part.Title)
	}
	if s.Talk != nil {
		title += " / " + e.Main(s.Talk.Title)
	}
	return fmt.Sprintf("%q (%s, %s-%s)", title, s.Day.Date, s.Start, s.End)
}
