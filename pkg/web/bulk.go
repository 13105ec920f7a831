package web

import (
	"context"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/post"
)

// A Bulk keeps messages to many, and sends them. Errors are those of packages
// agenda and post.
type Bulk interface {
	// Batches returns those of an event, the latest first.
	Batches(ctx context.Context, event string) ([]post.Batch, error)
	// Batch returns one.
	Batch(ctx context.Context, id string) (post.Batch, error)
	// SaveBatch saves a draft, a new one if its version is 0.
	SaveBatch(ctx context.Context, actor string, b post.Batch) (post.Batch, error)
	// DiscardBatch removes a draft.
	DiscardBatch(ctx context.Context, actor, id string, version int) error
	// QueueBatch sends a draft of that version, once, with the tokens its messages carry.
	QueueBatch(ctx context.Context, actor, id string, version int, messages []post.Message, tokens []access.Token) error
	// MoveBatch does to those messages that are in one of the states what a person has decided.
	MoveBatch(ctx context.Context, actor, id string, step post.Step, from ...post.State) (int, error)
	// Progress returns how many messages of each are in which state.
	Progress(ctx context.Context, batches ...string) (map[string]map[post.State]int, error)

	// Unsubscribed returns the addresses, in small letters, that want no messages to many about an event.
	Unsubscribed(ctx context.Context, event string) ([]string, error)
	// Unsubscribe adds an address to them.
	Unsubscribe(ctx context.Context, event, address string) error
	// Resubscribe takes that back.
	Resubscribe(ctx context.Context, event, address string) error

	// Compose returns a message as it goes out.
	Compose(m post.Message) ([]byte, error)
}

// bulkTable is the map of the pages from which organisers write to many.
func (s *Server) bulkTable() []route {
	if s.Bulk == nil || s.Mail == nil {
		return nil
	}
	write, leave := access.Having(access.Mail), access.Holding(access.ForUnsubscribing)
	return []route{
		{gets, "/organise/e/:slug/messages", write, s.bulks, "messages to many, and what became of them", 0},
		{gets, "/organise/e/:slug/messages/new", write, s.newBulk, "the form of a new one", 0},
		{posts, "/organise/e/:slug/messages/new", write, s.saveBulk, "keep it as a draft", mostBulk},
		{gets, "/organise/e/:slug/messages/:batch", write, s.bulk, "what a draft looks like to its readers, or how far it has gone", 0},
		{posts, "/organise/e/:slug/messages/:batch", write, s.decideBulk, "send it, stop it, send again what failed, or discard it", 0},
		{gets, "/organise/e/:slug/messages/:batch/edit", write, s.editBulk, "the form of a draft", 0},
		{posts, "/organise/e/:slug/messages/:batch/edit", write, s.saveBulk, "change it", mostBulk},
		{gets, "/organise/e/:slug/messages/:batch/page", write, s.bulkLetter, "what a draft looks like in one language", 0},
		{gets, "/unsubscribe", leave, s.leaving, "what the link in a message to many opens", 0},
		{posts, "/unsubscribe", leave, s.unsubscribe, "get no more of them, or get them again", 0},
	}
}

// bulksPage is the data of templates/organise-messages.html.
type bulksPage struct {
	frame
	Done   string
	New    string // the address of the form
	Mail   string // the address of all messages of the event
	Drafts []bulkLine
	Sent   []bulkLine
}

// A bulkLine is a message to many in the list.
type bulkLine struct {
	Href     string
	Subject  words
	Audience string
	Note     string // who wrote it, and when
	Counts   []bulkCount
}

// A bulkCount is how many messages are in a state.
type bulkCount struct {
	Kind  string // as of post.State
	Word  string
	Count string
	N     int
}

// bulkOutcomes lists what the pages may say that has just been done, by ?done=.
var bulkOutcomes = map[string]string{
	"saved": "bulk.saved", "sent": "bulk.queued", "stopped": "bulk.stopped", "again": "bulk.again.done", "settled": "bulk.settled", "discarded": "bulk.discarded",
}

// bulks serves the messages to many of an event.
func (s *Server) bulks(c echo.Context) error {
	d, err := s.desk(c)
	if err != nil {
		return err
	}
	ctx := c.Request().Context()
	p := bulksPage{frame: s.deskFrame(c, d, "/messages", d.l.T("bulk.title")), New: d.at("/messages/new"), Mail: d.at("/mail"), Done: s.bulkDone(c, d)}
	list, err := s.Bulk.Batches(ctx, d.event.ID)
	if err != nil {
		return err
	}
	var ids []string
	for _, b := range list {
		ids = append(ids, b.ID)
	}
	progress, err := s.Bulk.Progress(ctx, ids...)
	if err != nil {
		return err
	}
	names := map[string]words{}
	for _, b := range list {
		line := d.bulkLine(b, s.name(ctx, d.view, b.By, names).Text)
		if b.Queued.IsZero() {
			p.Drafts = append(p.Drafts, line)
			continue
		}
		line.Counts = d.bulkCounts(progress[b.ID])
		p.Sent = append(p.Sent, line)
	}
	return s.answerPage(c, http.StatusOK, "organise-messages.html", p)
}

// bulkDone says what has just been done.
func (s *Server) bulkDone(c echo.Context, d *eventDesk) string {
	if id := bulkOutcomes[c.QueryParam("done")]; id != "" {
		return d.l.T(id)
	}
	return ""
}

func (d *eventDesk) bulkLine(b post.Batch, by string) bulkLine {
	line := bulkLine{
		Href: d.at("/messages/" + b.ID), Subject: d.bulkSubject(b), Audience: d.audience(b.Audience),
		Note: d.l.T("bulk.draft.note", "who", isolated(by), "moment", d.moment(b.Changed)),
	}
	if !b.Queued.IsZero() {
		line.Note = d.l.T("bulk.sent.note", "who", isolated(by), "moment", d.moment(b.Queued))
	}
	return line
}

// bulkSubject returns the subject of a message as it is shown to those who write it,
// with the title of the meeting.
func (d *eventDesk) bulkSubject(b post.Batch) words {
	text, lang := d.in(b.Subject)
	title, _ := d.event.Title.In(lang, d.event.Languages...)
	return d.foreign(strings.ReplaceAll(text, post.PlaceMeeting, title), lang)
}

// audience says to whom a message goes.
func (d *eventDesk) audience(groups string) string {
	var said []string
	for _, g := range strings.Fields(groups) {
		said = append(said, d.group(g))
	}
	return d.l.List(said...)
}

// group says who is in a group of an audience.
func (d *eventDesk) group(g string) string {
	if g == invitedGroup {
		return d.l.T("bulk.invited")
	}
	return d.l.T("bulk.role." + g)
}

// bulkCounts lists the states that there are, in their order.
func (d *eventDesk) bulkCounts(progress map[post.State]int) []bulkCount {
	var list []bulkCount
	for _, state := range post.States() {
		if n := progress[state]; n > 0 {
			list = append(list, bulkCount{string(state), d.l.T("mail.state." + string(state)), d.l.Number(n), n})
		}
	}
	return list
}

// batch returns the message to many in the path. That of another event is not there.
func (s *Server) batch(c echo.Context, d *eventDesk) (post.Batch, error) {
	b, err := s.Bulk.Batch(c.Request().Context(), c.Param("batch"))
	if err == nil && b.Event != d.event.ID {
		return post.Batch{}, agenda.NotFound("message", c.Param("batch"))
	}
	return b, err
}

// bulkDesk returns what pages about one message to many are about.
func (s *Server) bulkDesk(c echo.Context) (*eventDesk, post.Batch, error) {
	d, err := s.desk(c)
	if err != nil {
		return nil, post.Batch{}, err
	}
	b, err := s.batch(c, d)
	return d, b, err
}
