package web

import (
	"context"
	"io"
	"log/slog"
	"strings"
	"time"

	"tamada/pkg/agenda"
	"tamada/static"
)

// WriteAgenda writes the agenda page of e as one file that needs no server: its
// style sheet and pictures are inside. Lang is the language asked for, BCP 47;
// the event's first if empty. Links lead to pages of a site and are relative.
func WriteAgenda(_ context.Context, w io.Writer, e *agenda.Event, lang string) error {
	if lang == "" && len(e.Languages) > 0 {
		lang = e.Languages[0]
	}
	s := &Server{Log: slog.New(slog.DiscardHandler), Now: time.Now}
	s.init()
	chosen, err := s.chosen(lang, e.Languages)
	if err != nil {
		return err
	}
	r := &agenda.Release{Number: e.Release, Published: e.Updated, Event: e}
	page, err := s.agendaPage(r, agendaQuery{choice: chosen})
	if err != nil {
		return err
	}
	b, err := filled("agenda.html", page)
	if err != nil {
		return err
	}
	whole, err := inline(string(b))
	if err != nil {
		return err
	}
	_, err = io.WriteString(w, whole)
	return err
}

// inline puts the files that a page names into it.
func inline(page string) (string, error) {
	var contents [3]string
	for i, name := range []string{"site.css", "icons.svg", "agenda.js"} {
		b, err := static.FS.ReadFile(name)
		if err != nil {
			return "", err
		}
		contents[i] = string(b)
	}
	return strings.NewReplacer(
		`<link rel="stylesheet" href="`+files.url("site.css")+`">`, "<style>\n"+contents[0]+"</style>",
		`<link rel="icon" href="`+files.url("icon.svg")+`">`, "",
		`<script type="module" src="`+files.url("agenda.js")+`"></script>`, "<script type=\"module\">\n"+contents[2]+"</script>",
		files.url("icons.svg")+"#", "#",
		"<body>", "<body>\n<div hidden>"+contents[1]+"</div>",
	).Replace(page), nil
}
