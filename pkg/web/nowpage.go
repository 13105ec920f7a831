package web

import (
	"context"
	"net/url"

	"github.com/labstack/echo/v4"

	"tamada/pkg/agenda"
)

// nowPage is the data of templates/now.html.
type nowPage struct {
	frame
	Room words // on the screen at a door: its room
	Zone string
	Days []dayView
}

// now serves what goes on, for screens in the lobby. The page has all
// sessions with their times, and the browser shows those that are on and
// those that come next; without its module it is the list of all of them.
func (s *Server) now(c echo.Context, r *agenda.Release) error {
	return s.screen(c, r, "")
}

// door serves what goes on in one room, for the screen at its door.
func (s *Server) door(c echo.Context, r *agenda.Release) error {
	room, err := r.Event.Room(c.Param("room"))
	if err != nil {
		return err
	}
	return s.screen(c, r, room.ID)
}

// screen answers with what goes on in a room, or everywhere if it is "".
func (s *Server) screen(c echo.Context, r *agenda.Release, room string) error {
	ask, err := s.readAgenda(c.Request(), r.Event)
	if err != nil {
		return err
	}
	draw := func(context.Context) ([]byte, error) {
		v, err := s.view(r.Event, ask.choice, "")
		if err != nil {
			return nil, err
		}
		p := nowPage{Zone: v.zoneName(v.home)}
		path := "/now"
		if room != "" {
			path += "/" + url.PathEscape(room)
			p.Room = v.room(room)
		}
		p.frame = s.eventFrame(v, r, path, url.Values{})
		p.Module = "agenda.js"
		p.title(p.T("web.now"), v.plain(r.Event.Title))
		_, p.Days, _ = v.days(filter{Room: room})
		return filled("now.html", p)
	}
	return s.cached(c, r, "now/"+room, "", draw, reply{mime: mimeHTML, choice: ask.choice, hidden: hidden(r.Event)})
}
