// Command tamada runs peer-learning meetings: agendas as pages, printed
// programmes and calendars.
//
// It wires the packages together and holds nothing else: each file has one
// subcommand.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"tamada/pkg/config"
)

// version is that of the program; it is part of what a rendered response
// depends on.
const version = "0.1.0"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{Out: os.Stdout, Err: os.Stderr, Env: os.LookupEnv, Now: time.Now}
	if err := a.command().ExecuteContext(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "tamada:", err)
		stop()
		os.Exit(1)
	}
}

// An app is what the subcommands share: the outside world, and the flags that
// all of them have.
type app struct {
	Out, Err io.Writer
	Env      func(string) (string, bool)
	Now      func() time.Time

	configFile string
	database   string
}

// command returns the root of the command line.
func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "tamada",
		Short:         "Agendas of peer-learning meetings, as pages, printed programmes and calendars",
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version,
	}
	root.SetOut(a.Out)
	root.SetErr(a.Err)
	root.PersistentFlags().StringVar(&a.configFile, "config", "", "configuration file (default config.yaml, if there is one)")
	root.PersistentFlags().StringVar(&a.database, "database", "", "database, overriding the configuration")
	root.AddCommand(
		a.serveCommand(), a.demoCommand(), a.checkCommand(), a.renderCommand(),
		a.importCommand(), a.exportCommand(), a.backupCommand(), a.restoreCommand(),
		a.userCommand(), a.routesCommand(), a.bounceCommand(), a.schemaCommand(), a.i18nCommand(), a.versionCommand(),
	)
	return root
}

// config returns the configuration with the flags that all subcommands have.
func (a *app) config() (config.Config, error) {
	c, err := config.Load(a.configFile, a.Env)
	if err != nil {
		return config.Config{}, err
	}
	if a.database != "" {
		c.Database = a.database
	}
	return c, c.Check(interfaces(c))
}
