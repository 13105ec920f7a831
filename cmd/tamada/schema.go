package main

import (
	"github.com/spf13/cobra"

	"tamada/pkg/agendafile"
)

func (a *app) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of agenda files, for editors",
		Long: `Print the JSON Schema (draft 2020-12) of agenda files. An editor that knows it
completes keys, explains them and underlines mistakes: write it to a file beside
yours, and begin yours with

  # yaml-language-server: $schema=schema.json

"tamada check" knows more than a schema can say.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			schema, err := agendafile.Schema()
			if err != nil {
				return err
			}
			_, err = a.Out.Write(schema)
			return err
		},
	}
}
