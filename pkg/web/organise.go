package web

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/locale"
)

// A Desk is what the organisers' pages need of a database. Errors are those of
// package agenda.
type Desk interface {
	Drafts
	Links
	// Drafts returns every event, whether published or not.
	Drafts(ctx context.Context) ([]agenda.Summary, error)
	// Import makes an event of a draft, or changes the one that is there into it.
	Import(ctx context.Context, actor string, d *agenda.Draft) (agenda.Imported, error)
	// Preview returns what Import would do.
	Preview(ctx context.Context, d *agenda.Draft) (agenda.Imported, error)
	// Publish freezes the draft as the next release.
	Publish(ctx context.Context, actor, slug, note string) (*agenda.Release, error)
	// Edit makes edits of the draft, all or none.
	Edit(ctx context.Context, actor, slug string, edits []agenda.Edit) (int, error)
	// Undo takes back the edits that made a version.
	Undo(ctx context.Context, actor, slug string, version int) (int, error)
	// TakeBack makes a release the draft.
	TakeBack(ctx context.Context, actor, slug string, number int) (int, error)
	// Log returns the versions after one, oldest first.
	Log(ctx context.Context, slug string, after, limit int) ([]agenda.Entry, error)
	// Grant gives a role at an event.
	Grant(ctx context.Context, actor, user string, g access.Grant) error
	// Regrant takes a role from a user and gives them another at the same event.
	Regrant(ctx context.Context, actor, user string, was access.Role, g access.Grant) error
	// Ungrant takes a role from a user; the last owner of an event keeps theirs.
	Ungrant(ctx context.Context, actor, user, event string, role access.Role) error
	// Members returns who has which role at an event.
	Members(ctx context.Context, event string) ([]access.Member, error)
	// Tokens returns the tokens for a purpose at an event that are not over.
	Tokens(ctx context.Context, p access.Purpose, event string) ([]access.Issue, error)
	// RevokeToken ends a token.
	RevokeToken(ctx context.Context, actor, event string, h access.Hash) error
	// User returns a user by ID.
	User(ctx context.Context, id string) (access.User, error)
}

// organiseTable is the map of the organisers' side.
func (s *Server) organiseTable() []route {
	see, edit, publish := access.Having(access.SeeDraft), access.Having(access.Edit), access.Having(access.Publish)
	create, manage := access.Having(access.CreateEvents), access.Having(access.ManageRoles)
	return []route{
		{gets, "/organise", access.SignedIn(), s.organiser, "the events that one works on", 0},
		{gets, "/organise/new", create, s.newEvent, "the form of a new meeting", 0},
		{posts, "/organise/new", create, s.bring, "what was understood of it, or the draft", maxBringing},
		{gets, "/organise/e/:slug", see, s.draftOf, "the draft of an event", 0},
		{gets, "/organise/e/:slug/s/:session", edit, s.editSession, "the form of one session of the draft", 0},
		{posts, "/organise/e/:slug/s/:session", edit, s.saveSession, "change it", mostSession},
		{gets, "/organise/e/:slug/agenda.yaml", edit, s.draftFile, "the draft as an agenda file, with what is backstage", 0},
		{gets, "/organise/e/:slug/publish", publish, s.publishing, "what a release would change", 0},
		{posts, "/organise/e/:slug/publish", publish, s.publish, "make a release", 0},
		{gets, "/organise/e/:slug/upload", edit, s.uploading, "the form for a newer agenda file", 0},
		{posts, "/organise/e/:slug/upload", edit, s.upload, "what it would change, or the change", maxBringing},
		{gets, "/organise/e/:slug/members", manage, s.members, "who may do what, invitations, and links to the draft", 0},
		{posts, "/organise/e/:slug/members", manage, s.changeMembers, "change that", 0},
		{gets, "/preview/:slug", access.Holding(access.ForPreview), s.previewOf, "the draft, for those who have a link to it", 0},
		{gets, "/organise/e/:slug/history", see, s.draftHistory, "versions and releases", 0},
		{posts, "/organise/e/:slug/history", edit, s.takeBack, "take one back", 0},
	}
}

// who returns who asks. The guard of the route has found that out already.
func (s *Server) who(c echo.Context) access.Actor {
	actor, err := s.actor(c)
	if err != nil {
		return access.Actor{}
	}
	return actor
}

// An eventDesk is an event as an organiser's page has it: its draft, seen in
// the reader's language.
type eventDesk struct {
	*view
	draft   *agenda.Draft
	version int
	release *agenda.Release // the latest; nil if there is none
	base    string          // the address of the event's pages for organisers
}

// desk loads the draft of the event in the path, and its latest release.
func (s *Server) desk(c echo.Context) (*eventDesk, error) {
	slug, ctx := c.Param("slug"), c.Request().Context()
	draft, version, err := s.Desk.Draft(ctx, slug)
	if err != nil {
		return nil, err
	}
	choice, err := s.deskChoice(c, draft.Event)
	if err != nil {
		return nil, err
	}
	v, err := s.view(draft.Event, choice, "")
	if err != nil {
		return nil, err
	}
	d := &eventDesk{view: v, draft: draft, version: version, base: "/organise/e/" + draft.Event.Slug}
	d.release, err = s.Store.Latest(ctx, slug)
	if err != nil && !errors.Is(err, agenda.ErrNotFound) {
		return nil, err
	}
	return d, nil
}

// deskChoice returns the language for whoever works on an event: that of the
// address, or that of their account, or that of the browser.
func (s *Server) deskChoice(c echo.Context, e *agenda.Event) (choice, error) {
	visit, err := s.visit(c)
	if err != nil {
		return choice{}, err
	}
	chosen, err := s.choose(c.Request(), c.QueryParams(), e.Languages)
	if err == nil && !chosen.Explicit && locale.Valid(visit.User.Language) {
		chosen = s.choice(visit.User.Language, e.Languages)
	}
	return chosen, err
}

// released returns the event of the latest release, or nil.
func (d *eventDesk) released() *agenda.Event {
	if d.release == nil {
		return nil
	}
	return d.release.Event
}

// deskFrame returns the frame of the page at path below the event's address.
func (s *Server) deskFrame(c echo.Context, d *eventDesk, path, heading string) frame {
	f := s.frame(d.l)
	f.NoIndex, f.Home = true, d.choice.address("/")
	f.Languages = s.languageLinks(d.choice, d.event.Languages, d.base+path, url.Values{})
	if v, err := s.visit(c); err == nil && v.User.ID != "" {
		f.Account = s.accountBar(d.l, d.choice, d.base+path, v)
	}
	f.Event = &masthead{
		Title: d.words(d.event.Title), Home: d.at(""), IsHome: path == "",
		Stamp: d.l.T("organise.stamp", "version", d.version, "moment", d.moment(d.event.Updated)),
	}
	who := s.who(c)
	place := access.Place{Event: d.event.ID}
	for _, item := range []struct {
		path, id string
		needs    access.Permission
	}{
		{"", "draft", access.SeeDraft},
		{"/publish", "organise.publish", access.Publish},
		{"/upload", "organise.upload", access.Edit},
		{"/calendars", "calendar.links", access.Edit},
		{"/invitations", "calendar.invites", access.Mail},
		{"/messages", "bulk.title", access.Mail},
		{"/history", "organise.history", access.SeeDraft},
		{"/members", "organise.members", access.ManageRoles},
	} {
		if who.May(item.needs, place) && (s.Inviter != nil || item.path != "/invitations") && (s.Bulk != nil || item.path != "/messages") {
			f.Event.Nav = append(f.Event.Nav, link{Href: d.at(item.path), Words: words{Text: d.l.T(item.id)}, Current: path == item.path || item.path != "" && strings.HasPrefix(path, item.path+"/")})
		}
	}
	f.title(heading, d.plain(d.event.Title))
	return f
}

// at returns the address of the page at path below the event's address.
func (d *eventDesk) at(path string, query ...string) string {
	return d.choice.address(d.base+path, query...)
}

// may reports whether whoever asks has a permission at the event.
func (s *Server) may(c echo.Context, p access.Permission, event string) bool {
	return s.who(c).May(p, access.Place{Event: event})
}

// A logStep is one version of a draft, in words.
type logStep struct {
	Version int
	Moment  string
	Machine string
	By      words
	Edits   []words
	More    string // how many edits are not listed
	Undo    bool   // it can be taken back
}

// steps returns the versions of the event's draft after one, latest first.
func (s *Server) steps(ctx context.Context, d *eventDesk, after int) ([]logStep, error) {
	const most = 100
	entries, err := s.Desk.Log(ctx, d.event.Slug, max(after, d.version-most), most)
	if err != nil {
		return nil, err
	}
	names := map[string]words{}
	var out []logStep
	for i := len(entries) - 1; i >= 0; i-- {
		e := entries[i]
		one := logStep{
			Version: e.Version, Moment: d.moment(e.At), Machine: e.At.UTC().Format(time.RFC3339),
			By: s.name(ctx, d.view, e.By, names), Undo: len(e.Edits) > 0,
		}
		one.Edits, one.More = d.edits(e.Edits)
		out = append(out, one)
	}
	return out, nil
}

// name returns who did something, by what the log has of them.
func (s *Server) name(ctx context.Context, v *view, by string, known map[string]words) words {
	if w, ok := known[by]; ok {
		return w
	}
	w := words{Text: by}
	switch u, err := s.Desk.User(ctx, by); {
	case by == "":
		w.Text = v.l.T("organise.by.program")
	case by == access.CommandLine:
		w.Text = v.l.T("organise.by.command")
	case err == nil && u.Name != "":
		w.Text = u.Name
	case err == nil:
		w.Text = u.Address.String()
	case agenda.ValidID(by):
		w.Text = v.l.T("organise.by.former")
	}
	known[by] = w
	return w
}
