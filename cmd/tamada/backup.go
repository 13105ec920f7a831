package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"tamada/pkg/store"
)

func (a *app) backupCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a consistent copy of the database, while it is in use",
		Long: `Write a consistent copy of the SQLite database to a new file, while it is in
use. Of a PostgreSQL database, pg_dump makes a better one.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return a.withStore(cmd.Context(), func(db *store.DB) error {
				if err := db.Backup(cmd.Context(), args[0]); err != nil {
					return err
				}
				_, err := fmt.Fprintf(a.Out, "%s: written and verified\n", args[0])
				return err
			})
		},
	}
}

func (a *app) restoreCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "restore FILE",
		Short: "Put a backup in the place of the database",
		Long: `Put a backup in the place of the SQLite database, after verifying it. The server
must be stopped. A database that is there already is kept beside the new one
under another name, and only replaced with --force.`,
		Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := a.config()
			if err != nil {
				return err
			}
			kept, err := store.Restore(cmd.Context(), args[0], c.Database, force, a.Now())
			if err != nil {
				return err
			}
			if kept != "" {
				fmt.Fprintf(a.Out, "the database that was there is now %s\n", kept)
			}
			_, err = fmt.Fprintf(a.Out, "%s: restored to %s\n", args[0], c.Database)
			return err
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace the database that is there")
	return cmd
}
