package config

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func none(string) (string, bool) { return "", false }

func write(t *testing.T, text string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "config.yaml")
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestLoad(t *testing.T) {
	env := func(name string) (string, bool) {
		s, ok := map[string]string{"TAMADA_LANGUAGES": "fr, ar", "TAMADA_SITE_NAME": "Hub", "TAMADA_LISTEN": ":1"}[name]
		return s, ok
	}
	c, err := Load(write(t, "listen: :9090\nbase_url: https://meet.example\nsite:\n  name: Ministry\n"), env)
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.Listen, want.BaseURL, want.Languages, want.Site.Name = ":1", "https://meet.example", []string{"fr", "ar"}, "Hub"
	if !reflect.DeepEqual(c, want) {
		t.Errorf("\n got %+v\nwant %+v", c, want)
	}
}

func TestLoadErrors(t *testing.T) {
	for text, want := range map[string]string{
		"listn: :80\n":      "listn",
		"listen: [1, 2]\n":  "[1:9]",
		"site: {nam: x}\n":  "nam",
		"listen: ':80\n":    "[1:",
		"languages: {a: b}": "[1:",
	} {
		_, err := Load(write(t, text), none)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got error %v, want one with %q", text, err, want)
		}
	}
	if _, err := Load(filepath.Join(t.TempDir(), "absent.yaml"), none); err == nil {
		t.Error("a file that was asked for and is missing: got no error")
	}
	if c, err := Load(write(t, "# nothing\n"), none); err != nil || !reflect.DeepEqual(c, Default()) {
		t.Errorf("an empty file: got %+v, %v", c, err)
	}
}

func TestCheck(t *testing.T) {
	c := Default()
	if err := c.Check([]string{"en", "fr", "ar"}); err != nil {
		t.Errorf("the defaults: %v", err)
	}
	c = Config{Listen: "80", MetricsListen: "x", BaseURL: "meet.example", Languages: []string{"xx"}}
	err := c.Check([]string{"en"})
	if err == nil {
		t.Fatal("got no error")
	}
	for _, key := range []string{"listen", "metrics_listen", "base_url", "languages", "site.name"} {
		if !strings.Contains(err.Error(), "configuration: "+key+" ") {
			t.Errorf("nothing is said of %s in %v", key, err)
		}
	}
}

// TestShippedFile holds that the repository's file knows every key, so that an
// administrator finds them all there.
func TestShippedFile(t *testing.T) {
	b, err := os.ReadFile("../../config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	c, err := Load("../../config.yaml", none)
	if err != nil {
		t.Fatal(err)
	}
	want := Default()
	want.Agendas = []string{Builtin}
	if !reflect.DeepEqual(c, want) {
		t.Errorf("the file changes more than agendas:\n got %+v\nwant %+v", c, want)
	}
	for _, key := range keys(reflect.TypeFor[Config]()) {
		if !strings.Contains(string(b), key+":") {
			t.Errorf("config.yaml does not mention %s", key)
		}
	}
}

// keys returns the names of the keys of a struct and of those inside it.
func keys(t reflect.Type) []string {
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		names = append(names, f.Tag.Get("yaml"))
		if f.Type.Kind() == reflect.Struct {
			names = append(names, keys(f.Type)...)
		}
	}
	return names
}
