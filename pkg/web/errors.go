package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
)

// badParameter says that a parameter of the URL that the page knows has a
// value that it does not take.
type badParameter struct {
	name  string
	value string
}

func (e *badParameter) Error() string {
	return fmt.Sprintf("parameter %s=%q: bad value", e.name, e.value)
}

// errForeign says that a request that would change something came from the
// page of another site.
var errForeign = errors.New("request from another site")

// errGone says that the client left before it had its answer.
var errGone = errors.New("client is gone")

// gone marks an error of writing to a client: it is nobody's fault.
func gone(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%w: %w", errGone, err)
}

// statusGone is what the log says of a client that left. It is sent to nobody.
const statusGone = 499

// status returns the HTTP status that tells a visitor about err. It is the only
// place that knows.
func status(err error) int {
	var bad *badParameter
	var invalid *agenda.Invalid
	var he *echo.HTTPError
	switch {
	case errors.Is(err, errGone), errors.Is(err, context.Canceled):
		return statusGone
	case errors.Is(err, agenda.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, agenda.ErrConflict):
		return http.StatusConflict
	case errors.As(err, &bad):
		return http.StatusBadRequest
	case errors.As(err, &invalid):
		return http.StatusUnprocessableEntity
	case errors.Is(err, errForeign), errors.Is(err, errRefused):
		return http.StatusForbidden
	case errors.Is(err, errLink):
		return http.StatusGone
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, errNotReady), errors.Is(err, access.ErrBusy):
		return http.StatusServiceUnavailable
	case errors.As(err, &he): // from Echo itself: no such route, no such method, body too large
		return he.Code
	}
	return http.StatusInternalServerError
}

// errorPage is the data of templates/error.html.
type errorPage struct {
	frame
	Heading  string
	Text     string // what happened and what to do
	Detail   string // the parameter that was not understood, as it was typed
	Home     string // a way out: the page without its parameters, or the list of meetings
	HomeText string
	Request  string // the number to quote, for faults
}

// told lists the statuses that have words of their own, by their message.
var told = map[int]string{
	http.StatusBadRequest:            "bad",
	http.StatusForbidden:             "foreign",
	http.StatusNotFound:              "missing",
	http.StatusMethodNotAllowed:      "method",
	http.StatusRequestEntityTooLarge: "large",
	http.StatusServiceUnavailable:    "busy",
}

// answerError answers for every handler that returned an error. The visitor
// sees what to do; only the log sees the text of a fault.
func (s *Server) answerError(err error, c echo.Context) {
	code := status(err)
	if c.Response().Committed || code == statusGone {
		return
	}
	header := c.Response().Header()
	for _, name := range []string{"Etag", "Last-Modified", "Content-Disposition", "Content-Length", "Content-Encoding", "Access-Control-Allow-Origin"} {
		header.Del(name)
	}
	header["Cache-Control"] = noStore
	header["X-Robots-Tag"] = noIndex
	if code == http.StatusServiceUnavailable {
		header.Set("Retry-After", "10")
	}
	page, failure := filled("error.html", s.errorPage(c, err, code))
	if failure != nil {
		page = []byte(http.StatusText(code))
	}
	if c.Request().Method == http.MethodHead {
		page = nil
	}
	_ = c.HTMLBlob(code, page) // a client that is gone needs no answer
}

func (s *Server) errorPage(c echo.Context, err error, code int) errorPage {
	l := s.siteLocale(c.Request())
	id := errorMessage(err, code)
	p := errorPage{
		frame:    s.frame(l),
		Heading:  l.T(id),
		Text:     l.T(id + ".text"),
		Home:     "/",
		HomeText: l.T("web.meetings"),
	}
	p.Title = p.Heading
	p.NoIndex = true
	var bad *badParameter
	if errors.As(err, &bad) {
		p.Detail = clip(bad.name+"="+bad.value, 120)
		p.Home, p.HomeText = c.Request().URL.EscapedPath(), l.T("web.error.bad.home")
	}
	if errors.Is(err, errLink) {
		p.Home, p.HomeText = "/sign-in", l.T("account.sign-in")
	}
	if code >= http.StatusInternalServerError {
		p.Request = c.Response().Header().Get(echo.HeaderXRequestID)
	}
	return p
}

// errorMessage returns the message that tells a visitor about err.
func errorMessage(err error, code int) string {
	switch id, ok := told[code]; {
	case errors.Is(err, errRefused):
		return "account.error.refused"
	case errors.Is(err, errLink):
		return "account.error.link"
	case ok:
		return "web.error." + id
	}
	return "web.error.fault"
}

// clip returns at most n characters of s.
func clip(s string, n int) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}
