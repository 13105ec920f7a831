package interchange

import (
	"bufio"
	"io"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/locale"
	"tamada/pkg/markdown"
)

// WriteText writes e as plain text for mails and note pads, in one language.
// [Read] reads it back: the same days, sessions, times, titles, rooms, people,
// talks and questions. Kinds of sessions are guessed again, and what goes on in
// parallel in a session comes back as its talks.
func WriteText(w io.Writer, e *agenda.Event, options Options) error {
	return writePlain(w, e, options, textStyle{})
}

// WriteMarkdown writes e as Markdown, with the content of [WriteText].
func WriteMarkdown(w io.Writer, e *agenda.Event, options Options) error {
	return writePlain(w, e, options, markdownStyle{})
}

// A plainStyle says how parts of an agenda look in one format.
type plainStyle interface {
	title(s string) string
	theme(s string) string
	day(s string) string
	session(s string) string
	line(s string) string
	prose(s string) string
	item(s string) string
	below(s string) string // an item below an item
	label(s string) string
}

type markdownStyle struct{}

func (markdownStyle) title(s string) string   { return "# " + s + "\n" }
func (markdownStyle) theme(s string) string   { return "\n# " + s + "\n" }
func (markdownStyle) day(s string) string     { return "\n## " + s + "\n" }
func (markdownStyle) session(s string) string { return "\n### " + s + "\n\n" }
func (markdownStyle) line(s string) string    { return "- " + s + "\n" }
func (markdownStyle) prose(s string) string   { return "\n" + s + "\n\n" }
func (markdownStyle) item(s string) string    { return "- " + s + "\n" }
func (markdownStyle) below(s string) string   { return "  - " + s + "\n" }
func (markdownStyle) label(s string) string   { return "\n" + s + ":\n\n" }

type textStyle struct{}

func (textStyle) title(s string) string   { return s + "\n" + strings.Repeat("=", 3) + "\n" }
func (textStyle) theme(s string) string   { return "\n" + s + "\n" + strings.Repeat("=", 3) + "\n" }
func (textStyle) day(s string) string     { return "\n\n" + s + "\n" }
func (textStyle) session(s string) string { return "\n" + s + "\n" }
func (textStyle) line(s string) string    { return "    " + s + "\n" }
func (textStyle) item(s string) string    { return "    * " + s + "\n" }
func (textStyle) below(s string) string   { return "        - " + s + "\n" }
func (textStyle) label(s string) string   { return "    " + s + ":\n" }

func (textStyle) prose(s string) string {
	var b strings.Builder
	for _, p := range strings.Split(markdown.Plain(s), "\n") {
		if p = strings.TrimSpace(p); p != "" {
			b.WriteString("    " + p + "\n")
		}
	}
	return b.String()
}

// A plainWriter writes one event.
type plainWriter struct {
	*bufio.Writer
	detailWriter
	style plainStyle
}

func writePlain(out io.Writer, e *agenda.Event, options Options, style plainStyle) error {
	tag := options.Language
	if tag == "" {
		tag = e.Languages[0]
	}
	w := &plainWriter{Writer: bufio.NewWriter(out), style: style}
	w.detailWriter = detailWriter{event: e, tag: tag, locale: locale.For(append([]string{tag}, e.Languages...)...)}
	w.head(options)
	for i := range e.Days {
		w.day(&e.Days[i])
	}
	return w.Flush()
}

func (w *plainWriter) put(s string) { w.Writer.WriteString(s) } // its error comes back from Flush

// labelled writes a line with a label, if there is something to say.
func (w *plainWriter) labelledLine(label, value string) {
	if value != "" {
		w.put(w.style.line(w.locale.T("label", "label", label, "value", value)))
	}
}

// head writes what concerns the whole event.
func (w *plainWriter) head(options Options) {
	e := w.event
	w.put(w.style.title(w.text(e.Title)))
	if theme := w.text(e.Theme); theme != "" {
		w.put(w.style.theme(theme))
	}
	w.put("\n")
	format := w.locale.T("format." + string(e.Format))
	if e.Online != nil {
		format += " (" + w.text(e.Online.Platform) + ")"
	}
	w.labelledLine(w.locale.T("plain.format"), format)
	w.labelledLine(w.locale.T("plain.approach"), w.text(e.Approach))
	if v := e.Venue; v != nil {
		var parts []string
		for _, s := range []string{w.text(v.Name), w.text(v.Address), w.text(v.City)} {
			if s != "" {
				parts = append(parts, s)
			}
		}
		w.labelledLine(w.locale.T("venue"), strings.Join(parts, ", "))
	}
	w.labelledLine(w.locale.T("time.zone"), e.Zone)
	if page := options.eventURL(e); page != "" {
		w.put(w.style.line(page))
	}
	if s := w.text(e.Information); s != "" {
		w.put(w.style.prose(s))
	}
}

// day writes a day with its sessions, in the order of the agenda.
func (w *plainWriter) day(d *agenda.Day) {
	line := w.locale.Title(w.locale.Date(d.Date, locale.Full))
	if title := w.text(d.Title); title != "" {
		line += " – " + title
	}
	w.put(w.style.day(line))
	for _, slot := range d.Slots() {
		w.session(slot)
	}
}

func (w *plainWriter) session(slot agenda.Slot) {
	s := slot.Session
	title := w.text(s.Title)
	switch s.Status {
	case agenda.Cancelled:
		title += " (" + w.locale.T("cancelled") + ")"
	case agenda.Tentative:
		title += " (" + w.locale.T("tentative") + ")"
	}
	w.put(w.style.session(w.when(slot, title)))
	for _, id := range s.Rooms {
		if r, err := w.event.Room(id); err == nil {
			w.labelledLine(w.locale.T("room"), w.text(r.Name))
		}
	}
	for i := range s.Roles {
		w.labelledLine(w.roleLine(&s.Roles[i]))
	}
	if abstract := w.text(s.Abstract); abstract != "" {
		w.put(w.style.prose(abstract))
	}
	for i := range s.Parts {
		w.part(&s.Parts[i])
	}
	w.points(s.Talks)
	if len(s.Questions) > 0 {
		w.put(w.style.label(w.locale.T("questions")))
	}
	for _, q := range s.Questions {
		w.put(w.style.item(strings.Join(strings.Fields(w.text(q)), " ")))
	}
}

// when writes the time of a session before its title.
func (w *plainWriter) when(slot agenda.Slot, title string) string {
	label := func(id string) string {
		return w.locale.T("label", "label", w.locale.Title(w.locale.T(id)), "value", title)
	}
	switch slot.Span {
	case agenda.AllDay:
		return label("time.all-day")
	case agenda.Morning:
		return label("time.morning")
	case agenda.Afternoon:
		return label("time.afternoon")
	}
	if !slot.HasStart {
		return label("time.open")
	}
	text := slot.Start.String()
	if slot.HasEnd && !slot.Inferred {
		text += "–" + slot.End.String()
	}
	if slot.Approximate {
		text = w.locale.T("time.approximate", "time", text)
	}
	return text + " " + title
}

// roleLine returns the label of a role and who holds it.
func (w *plainWriter) roleLine(r *agenda.Role) (label, holder string) {
	label, holder = w.roleLabel(r), w.holder(r)
	switch r.Status {
	case agenda.RoleTBC:
		holder += " (" + w.locale.T("tbc") + ")"
	case agenda.RoleInvited:
		holder += " (" + w.locale.T("invited") + ")"
	}
	return label, holder
}

func (w *plainWriter) part(p *agenda.Part) {
	line := w.text(p.Title)
	if r, err := w.event.Room(p.Room); err == nil {
		line += " (" + w.text(r.Name) + ")"
	}
	w.put(w.style.item(line))
}

func (w *plainWriter) points(talks []agenda.Talk) {
	for i := range talks {
		w.put(w.style.item(w.talkTitle(&talks[i])))
		for j := range talks[i].Roles {
			label, holder := w.roleLine(&talks[i].Roles[j])
			w.put(w.style.below(w.locale.T("label", "label", label, "value", holder)))
		}
	}
}
