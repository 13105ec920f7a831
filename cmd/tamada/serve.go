package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"tamada/agendas"
	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/config"
	"tamada/pkg/store"
	"tamada/pkg/web"
)

func (a *app) serveCommand() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the site",
		Long: `Serve the site until it is interrupted, then let requests under way end. An
empty database begins with the agenda files that the configuration names.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.config()
			if err != nil {
				return err
			}
			if listen != "" {
				c.Listen = listen
			}
			return a.serve(cmd.Context(), c)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "", "address to listen on, overriding the configuration")
	return cmd
}

func (a *app) demoCommand() *cobra.Command {
	var listen string
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Serve the meetings that come with the program, and forget them afterwards",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := os.MkdirTemp("", "tamada-demo")
			if err != nil {
				return err
			}
			defer os.RemoveAll(dir)
			c := config.Default()
			c.Listen, c.Agendas = listen, []string{config.Builtin}
			c.Database = "sqlite://" + filepath.Join(dir, "tamada.db")
			return a.serve(cmd.Context(), c)
		},
	}
	cmd.Flags().StringVar(&listen, "listen", "localhost:8080", "address to listen on")
	return cmd
}

// logger returns the structured log of the program.
func (a *app) logger() *slog.Logger { return slog.New(slog.NewJSONHandler(a.Err, nil)) }

// serve runs the site until ctx is done.
func (a *app) serve(ctx context.Context, c config.Config) (err error) {
	log := a.logger()
	db, err := store.Open(ctx, c.Database, log, a.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := a.begin(ctx, db, c.Agendas, log); err != nil {
		return err
	}
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return err
	}
	base := baseURL(c, listener.Addr())
	if c.BaseURL == "" {
		log.Warn("base_url is not set: calendars and programmes lead to this machine", "base_url", base)
	}
	site := &web.Server{
		Store: db, Accounts: db, Drafts: db, Desk: db, Log: log, Now: a.Now, BaseURL: base, Languages: c.Languages,
		Site: web.Site{Name: c.Site.Name},
	}
	servers := []*http.Server{newServer(site.Handler(), log)}
	listeners := []net.Listener{listener}
	if c.MetricsListen != "" {
		metrics, err := net.Listen("tcp", c.MetricsListen)
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		servers, listeners = append(servers, newServer(site.Metrics(), log)), append(listeners, metrics)
	}
	following, stop := context.WithCancel(ctx)
	defer stop()
	go site.Follow(following)
	log.Info("serving", "address", listener.Addr().String(), "base_url", base, "version", version)
	return run(ctx, servers, listeners)
}

// newServer returns a server that no slow or silent client can hold up. The
// longest answers are documents under way.
func newServer(h http.Handler, log *slog.Logger) *http.Server {
	return &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      60 * time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
}

// shutdownTimeout is how long requests under way may take to end.
const shutdownTimeout = 10 * time.Second

// run serves until ctx is done or a server fails, then lets requests end.
func run(ctx context.Context, servers []*http.Server, listeners []net.Listener) error {
	failed := make(chan error, len(servers))
	for i, s := range servers {
		go func() { failed <- s.Serve(listeners[i]) }()
	}
	var err error
	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), shutdownTimeout)
	defer cancel()
	for _, s := range servers {
		err = errors.Join(err, s.Shutdown(ending))
	}
	return err
}

// baseURL returns where the site is reached: as configured, or on this machine.
func baseURL(c config.Config, addr net.Addr) string {
	if c.BaseURL != "" {
		return strings.TrimSuffix(c.BaseURL, "/")
	}
	_, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "http://localhost"
	}
	return "http://localhost:" + port
}

// begin gives an empty database the agendas of the configuration, published.
func (a *app) begin(ctx context.Context, db *store.DB, names []string, log *slog.Logger) error {
	if len(names) == 0 {
		return nil
	}
	there, err := db.Drafts(ctx)
	if err != nil || len(there) > 0 {
		return err
	}
	drafts, err := firstAgendas(names)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if _, err := db.Import(ctx, cliActor, d); err != nil {
			return fmt.Errorf("first start: %s: %w", d.Event.Slug, err)
		}
		if _, err := db.Publish(ctx, cliActor, d.Event.Slug, ""); err != nil {
			return fmt.Errorf("first start: %s: %w", d.Event.Slug, err)
		}
	}
	log.Info("first start: agendas published", "meetings", len(drafts))
	return nil
}

// firstAgendas reads the agenda files that the configuration names.
func firstAgendas(names []string) ([]*agenda.Draft, error) {
	var drafts []*agenda.Draft
	for _, name := range names {
		if name == config.Builtin {
			builtin, err := builtinAgendas()
			if err != nil {
				return nil, err
			}
			drafts = append(drafts, builtin...)
			continue
		}
		d, err := readFile(name)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, d)
	}
	return drafts, nil
}

// builtinAgendas reads the agendas that come with the program.
func builtinAgendas() ([]*agenda.Draft, error) {
	entries, err := agendas.FS.ReadDir(".")
	if err != nil {
		return nil, err
	}
	var drafts []*agenda.Draft
	for _, entry := range entries {
		b, err := agendas.FS.ReadFile(entry.Name())
		if err != nil {
			return nil, err
		}
		d, err := agendafile.Parse(entry.Name(), b)
		if err != nil {
			return nil, err
		}
		drafts = append(drafts, d)
	}
	return drafts, nil
}
