package web

import (
	"context"
	"html/template"
	"net/url"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
	"rsc.io/qr"

	"tamada/pkg/agenda"
)

// subscribePage is the data of templates/subscribe.html.
type subscribePage struct {
	frame
	Address string // of the feed
	Webcal  template.URL
	Google  string
	Outlook string
	Office  string
	File    string
	Code    *code
	Tracks  []link
	People  []personLink
}

// A code is a QR code as one path of an SVG image.
type code struct {
	Size string // of the view box
	Path string
}

// subscribe serves how to have the agenda in a calendar.
func (s *Server) subscribe(c echo.Context, r *agenda.Release) error {
	ask, err := s.readAgenda(c.Request(), r.Event)
	if err != nil {
		return err
	}
	draw := func(context.Context) ([]byte, error) {
		page, err := s.subscribePage(r, ask.choice)
		if err != nil {
			return nil, err
		}
		return filled("subscribe.html", page)
	}
	return s.cached(c, r, "subscribe", "", draw, reply{mime: mimeHTML, choice: ask.choice, hidden: hidden(r.Event)})
}

func (s *Server) subscribePage(r *agenda.Release, choice choice) (subscribePage, error) {
	v, err := s.view(r.Event, choice, "")
	if err != nil {
		return subscribePage{}, err
	}
	file := v.base + "/calendar.ics?lang=" + choice.Link
	address := s.BaseURL + file
	p := subscribePage{
		frame: s.eventFrame(v, r, "/subscribe", url.Values{}), Address: address, File: file,
		Webcal:  template.URL(webcal(address)), // our own address with another scheme
		Google:  "https://calendar.google.com/calendar/r?" + url.Values{"cid": {webcal(address)}}.Encode(),
		Outlook: outlook("outlook.live.com", address, v.plain(r.Event.Title)),
		Office:  outlook("outlook.office.com", address, v.plain(r.Event.Title)),
		People:  v.people(),
	}
	for _, t := range r.Event.Tracks {
		p.Tracks = append(p.Tracks, link{Href: file + "&track=" + url.QueryEscape(t.ID), Words: v.words(t.Name)})
	}
	p.title(p.T("web.subscribe"), v.plain(r.Event.Title))
	p.Code, err = newCode(s.BaseURL + choice.address(v.base+"/subscribe"))
	return p, err
}

// outlook returns the address at which Outlook on the web adds a calendar. It
// takes https addresses only.
func outlook(host, address, name string) string {
	return "https://" + host + "/calendar/0/addfromweb?" + url.Values{"url": {address}, "name": {name}}.Encode()
}

// people returns those who have a role in the event, in its order.
func (v *view) people() []personLink {
	busy := map[string]bool{}
	for _, s := range v.event.Sessions() {
		for r := range s.AllRoles() {
			busy[r.Person] = true
		}
	}
	var out []personLink
	for _, p := range v.event.People {
		if busy[p.Key] {
			name, _ := v.person(p.Key)
			out = append(out, personLink{name, v.base + "/p/" + url.PathEscape(p.Key) + ".ics?lang=" + v.choice.Link})
		}
	}
	return out
}

// quiet is the light margin of a QR code, in modules (ISO/IEC 18004).
const quiet = 4

// newCode returns text as a QR code.
func newCode(text string) (*code, error) {
	made, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	for y := range made.Size {
		for x := 0; x < made.Size; x++ {
			run := 0
			for x+run < made.Size && made.Black(x+run, y) {
				run++
			}
			if run > 0 {
				b.WriteString("M" + strconv.Itoa(x+quiet) + " " + strconv.Itoa(y+quiet) + "h" + strconv.Itoa(run) + "v1h-" + strconv.Itoa(run) + "z")
				x += run
			}
		}
	}
	size := strconv.Itoa(made.Size + 2*quiet)
	return &code{"0 0 " + size + " " + size, b.String()}, nil
}
