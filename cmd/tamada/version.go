package main

import (
	"fmt"
	"runtime"

	"github.com/spf13/cobra"

	"tamada/pkg/locale"
	"tamada/pkg/zone"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version of the program and of the data in it",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(a.Out, "tamada %s\nGo %s\nzone data %s\nCLDR %s\n", version, runtime.Version()[2:], zone.Version(), locale.CLDR())
			return err
		},
	}
}
