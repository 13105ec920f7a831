// Package web serves meetings over HTTP: the list of them, their agendas,
// sessions, changes, calendars and prints, to anybody who may read them; and
// the pages on which people sign in and look after their accounts.
//
// A handler parses the request, loads a release, decides and answers; it
// returns every error, and only answerError turns errors into responses. Pages
// are html/template with one struct per page; every word comes from pkg/locale.
//
// The package knows no database and no mail: what it needs of them is [Store],
// [Accounts] and [Letters]. Every route has an [access.Rule], which is decided
// before its handler is called. What is not
// for the door (agenda.Backstage) has no way in.
//
// # Design
//
// A public response is a function of the release, the language and the
// options of its URL. It is rendered once, kept with its compressed form and
// its entity tag, and sent as bytes. The latest release of each event is kept
// in memory as long as [Server.Follow] hears of new ones, so that a page from
// the cache costs no query. No page knows what time it is: what goes on now is
// marked by the browser.
package web

import (
	"context"
	"io/fs"
	"log/slog"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/post"
	"tamada/pkg/site"
)

// A Store is what the pages need of a database.
type Store interface {
	// Latest returns the latest release of the event with that slug.
	// The error wraps agenda.ErrNotFound.
	Latest(ctx context.Context, slug string) (*agenda.Release, error)
	// Release returns release n of the event with that slug.
	// The error wraps agenda.ErrNotFound.
	Release(ctx context.Context, slug string, n int) (*agenda.Release, error)
	// History returns all releases, without their events, oldest first.
	History(ctx context.Context, slug string) ([]agenda.Release, error)
	// Published returns the latest release of every event that has one.
	Published(ctx context.Context) ([]*agenda.Release, error)
	// Watch tells of new releases until ctx is done, when it closes the channel.
	Watch(ctx context.Context) <-chan agenda.Notice
	// Ready returns nil if the database answers.
	Ready(ctx context.Context) error
}

// A Server serves the site. Store, Log, Now and BaseURL must be set
// before the first request; a Server must not be copied after it.
type Server struct {
	Store     Store
	Log       *slog.Logger
	Now       func() time.Time  // time.Now, except in tests
	BaseURL   string            // where the site is, without a slash at the end: "https://tamada.example"
	Site      *site.Keeper      // what makes it its owner's; the program's own, in all languages, if nil
	Countries map[string]string // the host's own names of countries, by code
	Images    fs.FS             // logos of organisers, by file name; may be nil
	CacheSize int64             // of rendered pages, in bytes; 64 MiB if 0

	Accounts  Accounts                // nil for a site that nobody signs in to
	Drafts    Drafts                  // of events; set where Accounts is
	Desk      Desk                    // of the organisers; set where Accounts is
	Letters   Letters                 // set where Accounts is
	Provider  Provider                // that users may sign in through; nil for none
	Mail      Mailroom                // what became of letters; may be nil
	Inviter   Inviter                 // of people to sessions; may be nil
	Bulk      Bulk                    // messages to many; may be nil
	Mailboxes map[string]post.Mailbox // that mail about events is from, by slug; the site's for all others
	Hasher    *access.Hasher          // of passwords; set where Accounts is
	Proxies   []netip.Prefix          // whose word is taken for where a request comes from

	ProviderName string // as people know it

	once  sync.Once
	state *state
}

// state is what a Server builds from its fields before the first request.
type state struct {
	routes    []route
	handler   http.Handler
	cache     *cache
	releases  *releases
	images    *assets
	shortcuts shortcuts
	metrics   *metrics
	prints    chan struct{} // a token for each print that may be rendered at a time
	errands   sync.WaitGroup
	turns     chan struct{} // a token for each errand that may be run at a time

	edition atomic.Pointer[edition]     // the last that was asked for
	foreign *http.CrossOriginProtection // tells requests that other sites' pages make
}

// maxPrints is how many prints, and pictures of them, are rendered at a time.
const maxPrints = 2

const defaultCacheSize = 64 << 20

// init builds the state once.
func (s *Server) init() *state {
	s.once.Do(func() {
		size := s.CacheSize
		if size == 0 {
			size = defaultCacheSize
		}
		st := &state{
			metrics: newMetrics(), prints: make(chan struct{}, maxPrints), turns: make(chan struct{}, maxErrands),
			foreign: http.NewCrossOriginProtection(),
		}
		if s.Site == nil {
			own := site.Default()
			own.Languages = locale.Interface()
			s.Site = site.NewKeeper(own, nil)
		}
		st.images = newAssets(s.Images, imageTypes)
		st.cache = newCache(size, st.metrics)
		st.releases = newReleases(s.Store)
		s.state = st
		st.routes = s.table()
		st.handler = s.router()
	})
	return s.state
}

// Handler returns the handler of every route.
func (s *Server) Handler() http.Handler { return s.init().handler }

// Metrics returns the handler of the operators' figures, in the format of
// Prometheus. It is for a listener of its own, not for the public.
func (s *Server) Metrics() http.Handler { return s.init().metrics.handler() }

// Follow keeps the latest releases in memory up to date until ctx is done.
// While it does not run, every request asks the store for the latest release.
func (s *Server) Follow(ctx context.Context) { s.init().releases.follow(ctx) }

// router returns the routes behind what every request goes through.
func (s *Server) router() http.Handler {
	e := echo.New()
	e.HTTPErrorHandler = s.answerError
	e.IPExtractor = s.extractor()
	e.Use(s.observe, s.protect, tidy)
	s.register(e, s.state.routes)
	return e
}
