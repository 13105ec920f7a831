package web

import (
	"bytes"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
)

// A mime is a Content-Type header, ready to be used.
type mime []string

var (
	mimeHTML = mime{"text/html; charset=utf-8"}
	mimeJSON = mime{"application/json; charset=utf-8"}
	mimeXML  = mime{"application/xml; charset=utf-8"}
	mimeAtom = mime{"application/atom+xml; charset=utf-8"}
	mimeICS  = mime{"text/calendar; charset=utf-8"}
	mimePDF  = mime{"application/pdf"}
	mimeSVG  = mime{"image/svg+xml"}
)

// Header values that are used again and again.
var (
	gzipCoding   = []string{"gzip"}
	varyEncoding = []string{"Accept-Encoding"}
	varyLanguage = []string{"Accept-Encoding, Accept-Language"}
	shortly      = []string{"public, max-age=30, stale-while-revalidate=60"}
	someMinutes  = []string{"public, max-age=300"}
	forever      = []string{"public, max-age=31536000, immutable"}
	noStore      = []string{"private, no-store"}
	privately    = []string{"private, max-age=300"} // by the visitor's browser alone
	varyCookie   = []string{"Accept-Encoding, Cookie"}
	noIndex      = []string{"noindex"}
	everyOrigin  = []string{"*"}
)

// A reply says how to send a body.
type reply struct {
	mime     mime
	caching  []string  // Cache-Control; shortly if nil
	personal bool      // kept by the visitor's browser alone, for as long as it has the same cookie
	modified time.Time // of feeds and files; Last-Modified
	file     string    // the name under which a browser saves it, or ""
	shared   bool      // other sites' pages may read it
	choice   choice
	hidden   bool // from search engines
}

// send answers with b in the form that the client accepts, or with 304 (Not
// Modified) if the client has it.
func send(c echo.Context, b *body, r reply) error {
	req, header := c.Request(), c.Response().Header()
	f := &b.plain
	if b.zipped.bytes != nil && acceptsGzip(req.Header.Get("Accept-Encoding")) {
		f = &b.zipped
		header["Content-Encoding"] = gzipCoding
	}
	r.set(header)
	header["Etag"] = f.etag
	if r.unchanged(req, f.etag[0]) {
		delete(header, "Content-Encoding")
		c.Response().WriteHeader(http.StatusNotModified)
		return nil
	}
	header["Content-Type"] = r.mime
	header["Content-Length"] = f.length
	c.Response().WriteHeader(http.StatusOK)
	if req.Method == http.MethodHead {
		return nil
	}
	_, err := c.Response().Write(f.bytes)
	return gone(err)
}

// set writes the headers that a 304 carries too.
func (r reply) set(header http.Header) {
	header["Vary"] = varyLanguage
	if r.choice.Explicit || r.choice == (choice{}) {
		header["Vary"] = varyEncoding
	}
	header["Cache-Control"] = shortly
	if r.caching != nil {
		header["Cache-Control"] = r.caching
	}
	if r.personal {
		header["Cache-Control"], header["Vary"] = privately, varyCookie
	}
	if !r.modified.IsZero() {
		header.Set("Last-Modified", r.modified.UTC().Format(http.TimeFormat))
	}
	if r.file != "" {
		header.Set("Content-Disposition", `inline; filename="`+r.file+`"`)
	}
	if r.shared {
		header["Access-Control-Allow-Origin"] = everyOrigin
		header["Cross-Origin-Resource-Policy"] = []string{"cross-origin"}
	}
	if r.hidden {
		header["X-Robots-Tag"] = noIndex
	}
}

// unchanged reports whether the client has what is named tag. A date counts
// only where the client names no tags (RFC 9110 section 13.1.3).
func (r reply) unchanged(req *http.Request, tag string) bool {
	if header := req.Header.Get("If-None-Match"); header != "" {
		return matches(header, tag)
	}
	since := req.Header.Get("If-Modified-Since")
	if since == "" || r.modified.IsZero() {
		return false
	}
	t, err := http.ParseTime(since)
	return err == nil && !r.modified.Truncate(time.Second).After(t)
}

// hidden reports whether search engines are asked to leave e out.
func hidden(e *agenda.Event) bool { return e.Visibility != agenda.Public }

// invited reports whether e is for those only who have a role or a token.
func invited(e *agenda.Event) bool { return e.Visibility == agenda.Invited }

// filled returns template name filled with data. Nothing is sent before the
// whole page has been made, so that a template that fails halfway becomes an
// error, not half a page.
func filled(name string, data any) ([]byte, error) {
	var b bytes.Buffer
	if err := pages[name].ExecuteTemplate(&b, "layout.html", data); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}
