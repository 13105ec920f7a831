package main

import (
	"github.com/spf13/cobra"

	"tamada/pkg/config"
	"tamada/pkg/site"
)

func (a *app) routesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "routes",
		Short: "Print who may use which address of the site",
		Long: `Print who may use which address of the site, one a line: + for those who may,
? for those who are asked to sign in, - for those who are told that they may
not, . for those for whom nothing is there.`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			c := config.Default()
			c.OIDC.Issuer = "https://login.example.org" // for its routes
			server, err := a.site(c, nil, &postOffice{}, site.NewKeeper(site.Default(), nil), "", a.logger())
			if err != nil {
				return err
			}
			return server.WriteRoutes(a.Out)
		},
	}
}
