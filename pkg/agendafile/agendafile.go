// Package agendafile reads and writes agenda files: meetings as people write
// them, in YAML, with the event and what is backstage in one file.
//
// [Parse] is strict, and says everything that is wrong with a file at once,
// each problem with its line and column. [Format] writes the canonical form:
// parsing it gives the same draft, and formatting that gives the same bytes.
//
// The package leaves out where files come from and go to, and how an import is
// matched with an event that exists. Comments are not data: Format has none.
//
// # Design
//
// Only a plain part of YAML is used, so that a file means the same to every
// reader of YAML: one document of mappings, lists and text, without anchors,
// aliases, tags, merge keys or tabs. What YAML 1.1 and 1.2 read differently
// must be quoted: "NO" is Norway, but NO is false to a reader of YAML 1.1.
// Times and dates are read as they are written, so 10:00 needs no quotes.
//
// What has no id gets one derived from the slug of the event, its title in the
// first language and, where several have that title, its number among them:
// never from the time, so that moving a session keeps its id.
//
// A file is untrusted: its size, its depth and the number of its parts are
// limited before the YAML library sees it.
package agendafile

import (
	"bytes"

	"tamada/pkg/agenda"
)

// Parse reads an agenda file. The name is for error messages. The error is a
// [Problems] with everything that is wrong with the file, by line.
//
// Left out, a status is confirmed, a format in-person and a kind other. A
// visibility must be given. A key with no value counts as left out.
func Parse(name string, b []byte) (*agenda.Draft, error) {
	src, problems := newSource(name, b)
	if problems != nil {
		return nil, problems
	}
	root := src.tree()
	if len(src.problems) > 0 {
		return nil, src.sorted()
	}
	r := &reader{source: src}
	draft := r.draft(root)
	derive(draft.Event)
	r.validate(root, draft)
	if len(src.problems) > 0 {
		return nil, src.sorted()
	}
	return draft, nil
}

// Format returns d as an agenda file. It fails only if d has no event or holds
// bytes that are not text (UTF-8, without NUL); whether d is valid is not its business.
//
// A text in the first language of the event alone is written as a string, and
// what Parse fills in by itself is left out, but for ids, which are always
// written. Empty texts are not data. Instants are written in UTC. The keys
// release, sequence and modified are for programs: people leave them out.
func Format(d *agenda.Draft) ([]byte, error) {
	if d == nil || d.Event == nil {
		return nil, agenda.NotFound("event of draft", "")
	}
	f := formatter{languages: d.Event.Languages}
	doc := f.draft(d)
	if err := check(doc); err != nil {
		return nil, err
	}
	var b bytes.Buffer
	w := writer{&b}
	w.object(doc, 0)
	return b.Bytes(), nil
}
