package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tamada/pkg/config"
)

// safe is a site as the guide has it.
func safe() config.Config {
	c := config.Default()
	c.Listen, c.MetricsListen, c.BaseURL = "127.0.0.1:8080", "127.0.0.1:9180", "https://meetings.example.org"
	c.Secret, c.TrustedProxies = "0123456789abcdef", []string{"127.0.0.1"}
	c.Mail = config.Mail{From: "meetings@example.org", SMTP: "smtp://mail.example.org"}
	return c
}

func TestWarnings(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*config.Config, *machine)
		want   []string // how the warnings begin
	}{
		"as in the guide": {func(*config.Config, *machine) {}, nil},
		"on a desk": {func(c *config.Config, _ *machine) {
			*c = config.Default()
			c.Listen, c.Agendas = "localhost:8080", []string{config.Builtin}
		}, nil},
		"as it comes": {func(c *config.Config, _ *machine) { *c = config.Default() }, []string{"base_url is not set"}},
		"on a desk, with base_url": {func(c *config.Config, _ *machine) {
			*c = config.Default()
			c.BaseURL = "http://localhost:8080"
		}, nil},
		"no TLS":         {func(c *config.Config, _ *machine) { c.BaseURL = "http://meetings.example.org" }, []string{"base_url is not https"}},
		"outbox":         {func(c *config.Config, _ *machine) { c.Mail.SMTP = "" }, []string{"mail.smtp is not set"}},
		"made secret":    {func(c *config.Config, _ *machine) { c.Secret = "" }, []string{"secret is not set"}},
		"open door":      {func(c *config.Config, _ *machine) { c.Listen = ":8080" }, []string{"listen"}},
		"open door, v6":  {func(c *config.Config, _ *machine) { c.Listen = "[::]:8080" }, []string{"listen"}},
		"no proxies":     {func(c *config.Config, _ *machine) { c.TrustedProxies = nil }, []string{"trusted_proxies"}},
		"open figures":   {func(c *config.Config, _ *machine) { c.MetricsListen = ":9180" }, []string{"metrics_listen"}},
		"public figures": {func(c *config.Config, _ *machine) { c.MetricsListen = "198.51.100.7:9180" }, []string{"metrics_listen"}},
		"near figures":   {func(c *config.Config, _ *machine) { c.MetricsListen = "10.0.0.7:9180" }, nil},
		"open database":  {func(c *config.Config, _ *machine) { c.Database = "postgres://u:p@db.example.org/t?sslmode=disable" }, []string{"database: sslmode"}},
		"by default":     {func(c *config.Config, _ *machine) { c.Database = "postgres://u:p@db.example.org/t" }, []string{"database: sslmode"}},
		"safe database":  {func(c *config.Config, _ *machine) { c.Database = "postgres://u:p@db.example.org/t?sslmode=verify-full" }, nil},
		"near database":  {func(c *config.Config, _ *machine) { c.Database = "postgres:///t?host=/run/postgresql&sslmode=disable" }, nil},
		"for trying out": {func(c *config.Config, _ *machine) { c.Agendas = []string{config.Builtin} }, []string{"agendas: builtin"}},
		"open files":     {func(_ *config.Config, m *machine) { m.everyone = []string{"/a", "/b"} }, []string{"everybody on this machine can read /a, /b"}},
		"root":           {func(_ *config.Config, m *machine) { m.root = true }, []string{"the program runs as root"}},
		"everything": {func(c *config.Config, m *machine) {
			*c = config.Default()
			c.BaseURL, c.Agendas, m.root = "http://meetings.example.org", []string{config.Builtin}, true
		}, []string{"base_url is not https", "mail.smtp", "secret", "the program runs as root"}},
	} {
		c, m := safe(), machine{}
		tt.change(&c, &m)
		got := warnings(c, m)
		if !slices.EqualFunc(got, tt.want, strings.HasPrefix) {
			t.Errorf("%s:\n got %q\nwant %q", name, got, tt.want)
		}
	}
}

func TestFilesForEverybody(t *testing.T) {
	folder := t.TempDir()
	c := config.Default()
	c.Database = "sqlite://" + filepath.Join(folder, "tamada.db")
	for name, mode := range map[string]os.FileMode{"tamada.db": 0o600, "tamada.db.secret": 0o644, "config.yaml": 0o644} {
		if err := os.WriteFile(filepath.Join(folder, name), nil, mode); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Chmod(filepath.Dir(folder), 0o755); err != nil { // what t.TempDir made around it
		t.Fatal(err)
	}
	file := filepath.Join(folder, "config.yaml")
	if got, want := here(c, file).everyone, []string{filepath.Join(folder, "tamada.db.secret")}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	c.Secret = "0123456789abcdef" // in the file
	if got := here(c, file).everyone; !slices.Contains(got, file) {
		t.Errorf("got %q, want it to have the configuration with a secret", got)
	}
	if err := os.Chmod(folder, 0o750); err != nil {
		t.Fatal(err)
	}
	if got := here(c, file).everyone; got != nil {
		t.Errorf("in a folder that is closed: got %q", got)
	}
}
