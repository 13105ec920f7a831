package agendafile_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/goccy/go-yaml"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"tamada/pkg/agendafile"
)

// TestSchemaFile holds the copy beside the shipped agendas to what the program says.
func TestSchemaFile(t *testing.T) {
	got, err := os.ReadFile("../../agendas/schema.json")
	if err != nil {
		t.Fatal(err)
	}
	if want := schemaText(t); !bytes.Equal(got, want) {
		t.Error("agendas/schema.json is not what the program prints; go run ./cmd/tamada schema >agendas/schema.json")
	}
}

// TestSchemaTakes has files that Parse takes, and so does the schema.
func TestSchemaTakes(t *testing.T) {
	files, err := filepath.Glob("../../agendas/*.yaml")
	if err != nil || len(files) != 5 {
		t.Fatalf("got %q, %v; want five files", files, err)
	}
	schema := compiled(t)
	for _, name := range append(files, "testdata/design.yaml", "testdata/design.formatted.yaml", "testdata/rich.yaml") {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := agendafile.Parse(name, b); err != nil {
			t.Errorf("%v", err)
		}
		if err := schema.Validate(value(t, b)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestSchemaTakesTexts has lines of a file that are unlike the ordinary ones and right.
func TestSchemaTakesTexts(t *testing.T) {
	schema := compiled(t)
	for _, lines := range []string{
		"theme: 2015\n", "theme: ''\n", "theme: {fr: Pairs}\n", "information: |\n  One\n  two\n", "week: 2012-W26\n",
		"organisers: []\n", "people: {m.d-2: {name: M}}\n", "series: {slug: \"2015\", title: Forum}\n",
		day + "        time: 10:00 – 11:00\n", day + "        time: ca. +1 0:30\n", day + "        time: 22:00-24:00\n", day + "        time: ''\n",
		day + "        room: plenary\n", day + "        rooms: plenary\n", day + "        interpretation: fr\n", day + "        questions: Why?\n",
		day + "        recorded: true\n", day + "        roles: [{as: [chair, host], words: All}]\n", "backstage: {event: {code: 123}}\n",
	} {
		file := []byte(head + lines)
		if _, err := agendafile.Parse("file.yaml", file); err != nil {
			t.Errorf("%v", err)
		}
		if err := schema.Validate(value(t, file)); err != nil {
			t.Errorf("%s%v", lines, err)
		}
	}
}

// TestSchemaRefuses has files that Parse refuses, and so does the schema, at the same place.
func TestSchemaRefuses(t *testing.T) {
	role := day + "        roles: [{"
	tests := []struct{ lines, at string }{
		{"tilte: x\n", ""},
		{"series: {slug: spring, title: Spring, wxyz: x}\n", "/series"},
		{"series: {title: Spring}\n", "/series"},
		{"series: {slug: Spring, title: Spring}\n", "/series/slug"},
		{"status: maybe\n", "/status"},
		{"format: onsite\n", "/format"},
		{"id: 1234\n", "/id"},
		{"theme: [a]\n", "/theme"},
		{"theme: {english: a}\n", "/theme"},
		{"theme: " + strings.Repeat("x", 501) + "\n", "/theme"},
		{"tracks: {id: x}\n", "/tracks"},
		{"tracks: [{id: X, name: X}]\n", "/tracks/0/id"},
		{"tracks: [{id: x, name: X, colour: blue}]\n", "/tracks/0/colour"},
		{"people: [x]\n", "/people"},
		{"people: {Marco D: {name: M}}\n", "/people"},
		{"people: {md: {bio: M}}\n", "/people/md"},
		{"venue: {country: Norway}\n", "/venue/country"},
		{"venue: {geo: [41.69]}\n", "/venue/geo"},
		{"venue: {geo: [95, 44]}\n", "/venue/geo/0"},
		{"organisers: [{name: OECD, url: oecd.org}]\n", "/organisers/0/url"},
		{"week: 2012-26\n", "/week"},
		{"week: 2012-W26\ndates: 2012-06-25/2012-06-29\n", ""},
		{"days: [{date: 29.03.2027}]\n", "/days/0/date"},
		{"days: [{date: 2027-03-29, sessions: [Opening]}]\n", "/days/0/sessions/0"},
		{"backstage: {opening: {notes: x}}\n", "/backstage"},
		{"backstage: {event: {join: ftp://x}}\n", "/backstage/event/join"},
		{day + "        kind: worksop\n", "/days/1/sessions/0/kind"},
		{day + "        time: 10.30\n", "/days/1/sessions/0/time"},
		{day + "        time: 25:00\n", "/days/1/sessions/0/time"},
		{day + "        time: soon\n", "/days/1/sessions/0/time"},
		{day + "        capacity: \"10\"\n", "/days/1/sessions/0/capacity"},
		{day + "        capacity: -1\n", "/days/1/sessions/0/capacity"},
		{day + "        recorded: yes\n", "/days/1/sessions/0/recorded"},
		{day + "        language: English\n", "/days/1/sessions/0/language"},
		{day + "        room: [plenary]\n", "/days/1/sessions/0/room"},
		{day + "        room: plenary\n        rooms: [plenary]\n", "/days/1/sessions/0"},
		{day + "        talks: [{title: x, minutes: 1441}]\n", "/days/1/sessions/0/talks/0/minutes"},
		{day + "        talks: [{minutes: 5}]\n", "/days/1/sessions/0/talks/0"},
		{day + "        links: [{title: Slides}]\n", "/days/1/sessions/0/links/0"},
		{role + "as: speeker, words: All}]\n", "/days/1/sessions/0/roles/0/as"},
		{role + "as: speaker}]\n", "/days/1/sessions/0/roles/0"},
		{role + "as: [], words: All}]\n", "/days/1/sessions/0/roles/0/as"},
		{role + "as: chair, words: All, country: FR}]\n", "/days/1/sessions/0/roles/0"},
	}
	schema := compiled(t)
	for _, test := range tests {
		file := []byte(head + test.lines)
		if _, err := agendafile.Parse("file.yaml", file); err == nil {
			t.Errorf("%s: Parse takes it", test.lines)
		}
		err := schema.Validate(value(t, file))
		if !slices.Contains(places(err), test.at) {
			t.Errorf("%s: got %v, want an error at %q", test.lines, err, test.at)
		}
	}
}

// TestSchemaRequires leaves out each key that has to be there.
func TestSchemaRequires(t *testing.T) {
	schema := compiled(t)
	lines := strings.SplitAfter(head, "\n")
	for i, line := range lines[:5] {
		file := []byte(strings.Join(slices.Delete(slices.Clone(lines), i, i+1), ""))
		if _, err := agendafile.Parse("file.yaml", file); err == nil {
			t.Errorf("without %s: Parse takes it", line)
		}
		if err := schema.Validate(value(t, file)); err == nil {
			t.Errorf("without %s: the schema takes it", line)
		}
	}
}

// TestSchemaKeys asks the reader for its keys, by one that it does not know, and compares them
// with those of the schema.
func TestSchemaKeys(t *testing.T) {
	const strange = "zzzzzzzzzzzzzzzzzzzz: x"
	session := "days: [{date: 2027-03-29, sessions: [{title: x, %}]}]"
	in := func(key string) string { return strings.ReplaceAll(session, "%", key+": [{"+strange+"}]") }
	at := map[string]string{
		"": strange, "series": "series: {" + strange + "}", "online": "online: {" + strange + "}", "venue": "venue: {" + strange + "}",
		"organiser": "organisers: [{" + strange + "}]", "room": "rooms: [{" + strange + "}]", "track": "tracks: [{" + strange + "}]",
		"person": "people: {a: {" + strange + "}}", "day": "days: [{" + strange + "}]", "session": strings.ReplaceAll(session, "%", strange),
		"part": in("parts"), "talk": in("talks"), "role": in("roles"), "link": in("links"), "note": "backstage: {event: {" + strange + "}}",
	}
	things := schemaThings(t)
	for name, line := range at {
		_, err := agendafile.Parse("file.yaml", []byte(line+"\n"))
		if err == nil {
			t.Fatalf("%s: Parse takes it", line)
		}
		_, told, _ := strings.Cut(err.Error(), "it is one of ")
		told, _, _ = strings.Cut(told, "\n")
		got, want := things[name], strings.Split(told, ", ")
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("keys of %q: the schema has %q, the reader %q", name, got, want)
		}
		delete(things, name)
	}
	for name := range things {
		t.Errorf("%q is in the schema and not in this test", name)
	}
}

// TestRichFile holds the rich file to its promise.
func TestRichFile(t *testing.T) {
	b, err := os.ReadFile("testdata/rich.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for name, keys := range schemaThings(t) {
		for _, key := range keys {
			if key != "week" && !bytes.Contains(b, []byte(key+": ")) && !bytes.Contains(b, []byte(key+":\n")) {
				t.Errorf("testdata/rich.yaml has no %s, a key of %q", key, name)
			}
		}
	}
}

// schemaThings returns the keys of every mapping of the schema, by its name; that of the whole
// file is "".
func schemaThings(t *testing.T) map[string][]string {
	t.Helper()
	type object struct {
		Properties map[string]struct{ Description string }
	}
	var s struct {
		object
		Defs map[string]object `json:"$defs"`
	}
	if err := json.Unmarshal(schemaText(t), &s); err != nil {
		t.Fatal(err)
	}
	s.Defs[""] = s.object
	keys := map[string][]string{}
	for name, o := range s.Defs {
		for key, p := range o.Properties {
			keys[name] = append(keys[name], key)
			if !strings.HasSuffix(p.Description, ".") && !strings.HasSuffix(p.Description, "…") {
				t.Errorf("%s of %q: got the description %q, want a sentence", key, name, p.Description)
			}
		}
	}
	return keys
}

// places returns where, in the file, err has something to say.
func places(err error) []string {
	invalid, ok := err.(*jsonschema.ValidationError)
	if !ok {
		return nil
	}
	var all []string
	for location := range each(invalid) {
		all = append(all, location)
	}
	return all
}

// each yields the places of e and of its causes.
func each(e *jsonschema.ValidationError) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		at := ""
		if len(e.InstanceLocation) > 0 {
			at = "/" + strings.Join(e.InstanceLocation, "/")
		}
		if len(e.Causes) == 0 || at != "" {
			if !yield(at) {
				return
			}
		}
		for _, cause := range e.Causes {
			for location := range each(cause) {
				if !yield(location) {
					return
				}
			}
		}
	}
}

func schemaText(t *testing.T) []byte {
	t.Helper()
	b, err := agendafile.Schema()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(schemaText(t)))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.DefaultDraft(jsonschema.Draft2020)
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// value returns what a reader of YAML makes of a file, as a reader of JSON would have it.
func value(t *testing.T, file []byte) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(file, &v); err != nil {
		t.Fatalf("%s%v", file, err)
	}
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
