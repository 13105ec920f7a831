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
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"tamada/agendas"
	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/agendafile"
	"tamada/pkg/config"
	"tamada/pkg/openid"
	"tamada/pkg/site"
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
	secret, err := siteSecret(c)
	if err != nil {
		return err
	}
	db, err := store.Open(ctx, c.Database, log, a.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	if err := a.begin(ctx, db, c.Agendas, log); err != nil {
		return err
	}
	doors, err := open(ctx, c)
	if err != nil {
		return err
	}
	defer doors.close() // those that nobody has closed by serving
	base := baseURL(c, doors.site.Addr())
	queue, err := db.Mail(secret)
	if err != nil {
		return err
	}
	look, err := openSite(ctx, c, db)
	if err != nil {
		return err
	}
	post, err := a.openPostOffice(queue, c, look, base, instance(doors.site.Addr()))
	if err != nil {
		return err
	}
	server, err := a.site(c, db, post, look, base, log)
	if err != nil {
		return err
	}
	for _, w := range warnings(c, here(c, config.File(a.configFile))) {
		log.Warn("unsafe", "what", w)
	}
	if err := a.awaitFirst(ctx, db, base); err != nil {
		return err
	}
	log.Info("serving", "address", doors.site.Addr().String(), "base_url", base, "version", version)
	return a.run(ctx, server, db, post, doors)
}

// run serves until ctx is done, then lets end what is under way: requests, what
// they have left to do, and the message that is being handed over.
func (a *app) run(ctx context.Context, server *web.Server, db *store.DB, post *postOffice, d doors) error {
	// What goes on beside requests ends after them.
	beside, stop := context.WithCancel(context.WithoutCancel(ctx))
	var jobs sync.WaitGroup
	for _, job := range []func(context.Context){server.Follow, a.followSite(server.Site), post.run, post.readReplies(server.CountReply), a.sweep(db)} {
		jobs.Go(func() { job(beside) })
	}
	log := a.logger()
	servers, listeners := []*http.Server{newServer(server.Handler(), log)}, []net.Listener{d.site}
	if d.metrics != nil {
		servers, listeners = append(servers, newServer(server.Metrics(), log)), append(listeners, d.metrics)
	}
	err := serveUntil(ctx, servers, listeners)
	server.Finish()
	stop()
	jobs.Wait()
	return err
}

// site returns the site of the configuration.
func (a *app) site(c config.Config, db *store.DB, post *postOffice, look *site.Keeper, base string, log *slog.Logger) (*web.Server, error) {
	proxies, err := c.Proxies()
	if err != nil {
		return nil, err
	}
	server := &web.Server{
		Store: db, Accounts: db, Drafts: db, Desk: db, Letters: post, Mail: post, Inviter: post, Bulk: post, Log: log, Now: a.Now,
		BaseURL: base, Site: look, Mailboxes: mailboxes(c),
		Hasher: access.NewHasher(access.StandardCost(), runtime.NumCPU()), Proxies: proxies,
	}
	if c.OIDC.Issuer != "" {
		server.ProviderName = c.OIDC.Name
		server.Provider = &openid.Provider{
			Issuer: c.OIDC.Issuer, ClientID: c.OIDC.ClientID, ClientSecret: c.OIDC.ClientSecret,
			Redirect: base + "/sign-in/openid/back", Now: a.Now,
		}
	}
	return server, nil
}

// awaitFirst prints, on a site that nobody looks after, the link that makes its
// first organiser. It is for whoever started the program; it ends links that
// were printed before.
func (a *app) awaitFirst(ctx context.Context, db *store.DB, base string) error {
	n, err := db.Administrators(ctx)
	if err != nil || n > 0 {
		return err
	}
	secret, err := db.NewFirstOrganiser(ctx)
	if errors.Is(err, access.ErrStarted) { // meanwhile, at another instance
		return nil
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(a.Out, "Nobody looks after this site yet. This link makes its first organiser; it works once, within %d hours:\n\n  %s\n\n",
		int(access.ForFirstOrganiser.Lifetime().Hours()), base+"/first-organiser?key="+secret.String())
	return err
}

// sweep returns what removes once a day what has ended and is of no use.
func (a *app) sweep(db *store.DB) func(context.Context) {
	return func(ctx context.Context) {
		daily := time.NewTicker(24 * time.Hour)
		defer daily.Stop()
		for {
			if err := db.Sweep(ctx); err != nil && ctx.Err() == nil {
				a.logger().Error("sweep", "err", err.Error())
			}
			select {
			case <-ctx.Done():
				return
			case <-daily.C:
			}
		}
	}
}

// doors are where requests come in.
type doors struct {
	site    net.Listener
	metrics net.Listener // nil for none
}

// open listens on the addresses of the configuration.
func open(ctx context.Context, c config.Config) (d doors, err error) {
	var listening net.ListenConfig
	if d.site, err = listening.Listen(ctx, "tcp", c.Listen); err != nil {
		return d, err
	}
	if c.MetricsListen != "" {
		if d.metrics, err = listening.Listen(ctx, "tcp", c.MetricsListen); err != nil {
			d.close()
		}
	}
	return d, err
}

// close stops listening; a server that has done so before is no error.
func (d doors) close() {
	d.site.Close()
	if d.metrics != nil {
		d.metrics.Close()
	}
}

// instance names this one among those that share a database.
func instance(addr net.Addr) string {
	host, err := os.Hostname()
	if err != nil {
		host = "tamada"
	}
	return host + " " + addr.String()
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

// serveUntil serves until ctx is done or a server fails, then lets requests end.
func serveUntil(ctx context.Context, servers []*http.Server, listeners []net.Listener) error {
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
		if _, err := db.Import(ctx, "", d); err != nil {
			return fmt.Errorf("first start: %s: %w", d.Event.Slug, err)
		}
		if _, err := db.Publish(ctx, "", d.Event.Slug, ""); err != nil {
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
