package interchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"tamada/pkg/agenda"
	"tamada/pkg/golden"
)

// variants are the events and options that every writer of schedules must write
// validly.
func variants(t *testing.T) map[string]func() (*agenda.Event, Options) {
	return map[string]func() (*agenda.Event, Options){
		"whole":     func() (*agenda.Event, Options) { return sample(t), options },
		"each talk": func() (*agenda.Event, Options) { return sample(t), Options{EachTalk: true} },
		"no breaks": func() (*agenda.Event, Options) { return sample(t), Options{LeaveBreaks: true, Language: "ka"} },
		"only a span": func() (*agenda.Event, Options) {
			e := sample(t)
			e.Days = nil
			e.Span = agenda.Span{From: agenda.Date{Year: 2026, Month: 6, Day: 25}, To: agenda.Date{Year: 2026, Month: 6, Day: 29}}
			return e, options
		},
		"short slug, UTC": func() (*agenda.Event, Options) {
			e := sample(t)
			e.Slug, e.Zone, e.Rooms, e.Format = "poc", "Etc/GMT+4", nil, agenda.OnlineFormat
			for i := range e.Days[0].Sessions {
				e.Days[0].Sessions[i].Rooms = nil
			}
			return e, options
		},
	}
}

func TestWriteScheduleXMLIsValid(t *testing.T) {
	for name, variant := range variants(t) {
		t.Run(name, func(t *testing.T) {
			e, options := variant()
			var b bytes.Buffer
			if err := WriteScheduleXML(&b, e, options); err != nil {
				t.Fatal(err)
			}
			validXML(t, b.Bytes())
		})
	}
}

// validXML holds a schedule.xml to its schema.
func validXML(t *testing.T, b []byte) {
	t.Helper()
	schema := shared(t, "data", "validators", "xsd", "schedule.xml.xsd")
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		t.Skip("xmllint is not installed (Debian: libxml2-utils)")
	}
	file := filepath.Join(t.TempDir(), "schedule.xml")
	if err := os.WriteFile(file, b, 0o644); err != nil {
		t.Fatal(err)
	}
	if out, err := exec.Command(lint, "--noout", "--schema", schema, file).CombinedOutput(); err != nil {
		t.Errorf("got %v, want a valid schedule: %.2000s", err, out)
	}
}

func TestWriteScheduleJSONIsValid(t *testing.T) {
	schema := compile(t, shared(t, "data", "validators", "json", "schema.json"))
	schema2 := compile(t, shared(t, "data", "validators", "json", "schema2.json"))
	for name, variant := range variants(t) {
		t.Run(name, func(t *testing.T) {
			e, options := variant()
			var v1, v2 bytes.Buffer
			if err := WriteScheduleJSON(&v1, e, options); err != nil {
				t.Fatal(err)
			}
			if err := WriteSchedule2JSON(&v2, e, options); err != nil {
				t.Fatal(err)
			}
			valid(t, schema, v1.Bytes())
			valid(t, schema2, v2.Bytes())
		})
	}
}

// compile returns the schema in file. Patterns that look ahead, which Go's
// regular expressions cannot, lose the part that does.
func compile(t *testing.T, file string) *jsonschema.Schema {
	t.Helper()
	b := regexp.MustCompile(`\(\?[!=][^)]*\)`).ReplaceAll(read(t, file), nil)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func valid(t *testing.T, schema *jsonschema.Schema, b []byte) {
	t.Helper()
	var v any
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(v); err != nil {
		t.Errorf("got %v, want a valid schedule", err)
	}
}

func TestWriteSchedules(t *testing.T) {
	var x, v1, v2 bytes.Buffer
	e := sample(t)
	for _, err := range []error{WriteScheduleXML(&x, e, options), WriteScheduleJSON(&v1, e, options), WriteSchedule2JSON(&v2, e, options)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	golden.Equal(t, "testdata/schedule.xml", x.Bytes())
	golden.Equal(t, "testdata/schedule.json", v1.Bytes())
	golden.Equal(t, "testdata/schedule2.json", v2.Bytes())
}

func TestWriteSchedulesWithoutDates(t *testing.T) {
	e := sample(t)
	e.Days = nil
	if err := WriteScheduleXML(&bytes.Buffer{}, e, options); !errors.Is(err, ErrNoDate) {
		t.Errorf("got %v, want %v", err, ErrNoDate)
	}
}

func TestWriteSchedulesWithoutBreaks(t *testing.T) {
	var b strings.Builder
	if err := WriteScheduleXML(&b, sample(t), Options{LeaveBreaks: true}); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "Coffee") {
		t.Error("got a coffee break, want none")
	}
}
