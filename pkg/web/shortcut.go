package web

import (
	"net/http"
	"sync"

	"tamada/pkg/agenda"
)

// shortcuts remember which rendered response answers a request, so that one
// that was seen before is answered without reading its parameters again. They
// hold no bodies: what has left the cache is rendered by the long way.
type shortcuts struct {
	mu    sync.RWMutex
	known map[address]shortcut
}

// An address is all of a request and a release that a public response is made
// of.
type address struct {
	event          string
	release        int
	path, query    string
	acceptLanguage string
}

// A shortcut leads from an address to its answer.
type shortcut struct {
	key   key
	reply reply
}

// The bounds of what is remembered: all is forgotten when there are too many,
// and long addresses are not worth it.
const (
	maxShortcuts = 4_096
	maxAddress   = 512
)

func addressOf(req *http.Request, r *agenda.Release) address {
	return address{r.Event.ID, r.Number, req.URL.Path, req.URL.RawQuery, req.Header.Get("Accept-Language")}
}

func (s *shortcuts) find(a address) (shortcut, bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	found, ok := s.known[a]
	return found, ok
}

func (s *shortcuts) learn(a address, found shortcut) {
	if len(a.path)+len(a.query)+len(a.acceptLanguage) > maxAddress {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.known) >= maxShortcuts || s.known == nil {
		s.known = map[address]shortcut{}
	}
	s.known[a] = found
}
