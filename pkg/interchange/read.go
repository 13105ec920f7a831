package interchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange/block"
)

// ErrFormat is wrapped by the errors of readers for a source that is not of
// their format, or of none that is known.
var ErrFormat = errors.New("not an agenda in a known format")

// ReadOptions are what a reader cannot know from its source.
type ReadOptions struct {
	Slug     string      // of the event; made from its title if empty
	Near     agenda.Date // dates without a year are taken as the nearest to it; today, say
	Zone     string      // of times for which the source names none
	Here     string      // the zone of whoever brings the source; taken where it names none and nothing in it shows one
	Language string      // of a source that does not show its own
}

// A Result is what a reader understood.
type Result struct {
	Draft     *agenda.Draft
	Remarks   []Remark       // in the order of the source
	Unplaced  []string       // lines that have no place in an agenda; the notes of the event hold them, too, up to their limit
	Lines     map[string]int // the line of the source, from 1, on which each session stands, by its ID; without those that stand on none
	ForHumans bool           // the source was written for people, so that kinds and people were guessed by words
}

// Read reads an agenda in any format that this package knows, told by its
// content: our own agenda.json, schedule.xml, schedule.json, exports of Indico
// and pretalx, other JSON with a list of sessions, a calendar (iCalendar), a CSV
// table, or a document for people. Errors wrap [ErrFormat] or one of package block.
func Read(source []byte, options ReadOptions) (*Result, error) {
	if len(source) > maxForeign {
		return nil, fmt.Errorf("file of %d MB, at most %d are read: %w", len(source)>>20, maxForeign>>20, block.ErrTooLarge)
	}
	if block.IsZip(source) {
		return ReadPlain(source, options)
	}
	head := bytes.TrimLeft(bytes.TrimPrefix(source[:min(len(source), 4096)], []byte("\xef\xbb\xbf")), " \t\r\n")
	switch {
	case len(head) == 0:
		return nil, fmt.Errorf("empty file: %w", ErrFormat)
	case head[0] == '<' && bytes.Contains(head, []byte("<schedule")):
		return ReadScheduleXML(source, options)
	case bytes.HasPrefix(head, []byte("<?xml")) && !bytes.Contains(bytes.ToLower(head), []byte("<html")):
		return nil, fmt.Errorf("XML that is not a schedule: %w", ErrFormat)
	case bytes.HasPrefix(bytes.ToUpper(head), []byte("BEGIN:VCALENDAR")):
		return ReadCalendar(source, options)
	case head[0] == '{', head[0] == '[' && json.Valid(source):
		return readJSON(source, options)
	}
	text, err := block.Decode(source)
	if err != nil {
		return nil, err
	}
	if looksLikeCSV(text) {
		return ReadCSV(source, options)
	}
	return ReadPlain(source, options)
}

// readJSON tells the formats in JSON by the names at their root.
func readJSON(source []byte, options ReadOptions) (*Result, error) {
	var root struct {
		Format   string          `json:"format"`
		Schedule json.RawMessage `json:"schedule"`
		Results  json.RawMessage `json:"results"`
	}
	text, err := decodeForeign(source)
	if err != nil {
		return nil, err
	}
	if text[0] == '{' || strings.HasPrefix(strings.TrimSpace(string(text[:min(len(text), 200)])), "{") {
		if err := json.Unmarshal(text, &root); err != nil {
			return nil, fmt.Errorf("JSON: %v: %w", err, ErrFormat)
		}
	}
	switch {
	case root.Format == JSONFormat:
		return ReadJSON(text, options)
	case bytes.Contains(root.Schedule, []byte(`"conference"`)):
		return ReadScheduleJSON(text, options)
	case bytes.Contains(root.Results, []byte(`"_type"`)):
		return ReadIndico(text, options)
	}
	return ReadJSONList(text, options)
}
