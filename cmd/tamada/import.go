package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/store"
)

func (a *app) importCommand() *cobra.Command {
	var publish, dry bool
	var note string
	var from source
	cmd := &cobra.Command{
		Use:   "import FILE…",
		Short: "Bring agendas into the database as drafts",
		Long: `Bring agendas into the database as drafts: agenda files, documents for people
(Word, HTML, Markdown, text), exports of other systems and tables. What was
guessed or not understood is told as file:line. An event that is there already
(the same id or the same slug) is changed into what the file says, by edits
that its history keeps and that can be undone. If one file has a problem,
nothing is imported.`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, files []string) error {
			drafts, err := a.readSources(files, from)
			if err != nil {
				return err
			}
			return a.withStore(cmd.Context(), func(db *store.DB) error {
				for _, d := range drafts {
					if err := a.importDraft(cmd.Context(), db, d, importOptions{dry, publish, note}); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	sourceFlags(cmd, &from, "zone")
	cmd.Flags().BoolVar(&publish, "publish", false, "publish the drafts as well")
	cmd.Flags().StringVar(&note, "note", "", "what to say of the release")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "say what would be done, and do nothing")
	return cmd
}

// importOptions are the flags of import.
type importOptions struct {
	dry, publish bool
	note         string
}

// importDraft imports one draft and says what it did.
func (a *app) importDraft(ctx context.Context, db *store.DB, d *agenda.Draft, o importOptions) error {
	if o.dry {
		would, err := db.Preview(ctx, d)
		if err != nil {
			return err
		}
		if would.Created {
			fmt.Fprintf(a.Out, "%s: would be created\n", d.Event.Slug)
		}
		for _, e := range would.Edits {
			fmt.Fprintf(a.Out, "%s: %s %s\n", d.Event.Slug, e.Target, editText(e))
		}
		return nil
	}
	done, err := db.Import(ctx, access.CommandLine, d)
	if err != nil {
		return err
	}
	switch {
	case done.Created:
		fmt.Fprintf(a.Out, "%s: created\n", d.Event.Slug)
	case len(done.Edits) == 0:
		fmt.Fprintf(a.Out, "%s: unchanged\n", d.Event.Slug)
	default:
		fmt.Fprintf(a.Out, "%s: %d edits\n", d.Event.Slug, len(done.Edits))
	}
	if !o.publish {
		return nil
	}
	r, err := db.Publish(ctx, access.CommandLine, d.Event.Slug, o.note)
	if errors.Is(err, agenda.ErrUnchanged) {
		fmt.Fprintf(a.Out, "%s: nothing new to publish\n", d.Event.Slug)
		return nil
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(a.Out, "%s: published as release %d\n", d.Event.Slug, r.Number)
	return nil
}

// editText says in a few words what an edit does.
func editText(e agenda.Edit) string {
	switch {
	case e.Field != "":
		return e.Field + " changes"
	case string(e.From) == "null":
		return "is added"
	case string(e.To) == "null":
		return "is removed"
	default:
		return "changes"
	}
}

// withStore opens the database of the configuration, hands it to do, and
// closes it.
func (a *app) withStore(ctx context.Context, do func(*store.DB) error) (err error) {
	c, err := a.config()
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, c.Database, a.logger(), a.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return do(db)
}
