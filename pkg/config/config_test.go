package config

import (
	"fmt"
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

func TestCheckSecrets(t *testing.T) {
	const secret = "hush-hush"
	for name, tt := range map[string]struct {
		change func(*Config)
		want   string // in the error; "" for none
	}{
		"short secret":       {func(c *Config) { c.Secret = secret }, "secret: it has 9 bytes, want at least 16"},
		"secret":             {func(c *Config) { c.Secret = "0123456789abcdef" }, ""},
		"SMTP from nobody":   {func(c *Config) { c.Mail.SMTP = "smtp://u:" + secret + "@mail.example" }, "mail.from: with mail.smtp"},
		"SMTP":               {func(c *Config) { c.Mail = Mail{From: "Hub <hub@example.org>", SMTP: "smtp://mail.example"} }, ""},
		"IMAP of nobody":     {func(c *Config) { c.IMAP.Server = "imaps://u:" + secret + "@mail.example" }, "imap.address: with imap.server"},
		"IMAP of the sender": {func(c *Config) { c.Mail.From, c.IMAP.Server = "hub@example.org", "imaps://mail.example" }, ""},
		"IMAP with a name": {func(c *Config) {
			c.IMAP = IMAP{Server: "imaps://mail.example", Address: "Hub <hub@example.org>", Folder: "INBOX"}
		}, "imap.address"},
		"IMAP without a folder": {func(c *Config) { c.IMAP = IMAP{Server: "imaps://mail.example", Address: "hub@example.org"} }, "imap.folder"},
		"no address of a forum": {func(c *Config) { c.Mail.Events = map[string]string{"forum-2026": "the forum"} }, `mail.events.forum-2026 "the forum": write an address`},
		"no address":            {func(c *Config) { c.Mail.From = "the hub" }, `mail.from "the hub": write an address`},
		"two lines":             {func(c *Config) { c.Mail.From = "a@example.org\r\nBcc: b@example.org" }, "mail.from"},
		"network":               {func(c *Config) { c.TrustedProxies = []string{"127.0.0.1", "::1", "10.1.2.3/8"} }, ""},
		"no network":            {func(c *Config) { c.TrustedProxies = []string{"proxy.example"} }, `trusted_proxies "proxy.example"`},
		"half a provider":       {func(c *Config) { c.OIDC = OIDC{Issuer: "https://login.example", ClientSecret: secret} }, "oidc: set client_id"},
		"provider":              {func(c *Config) { c.OIDC = OIDC{"Ministry", "https://login.example", "x", secret, ""} }, ""},
		"provider without TLS":  {func(c *Config) { c.OIDC = OIDC{"Ministry", "http://login.example", "x", secret, ""} }, "oidc.issuer"},
		"provider on a desk":    {func(c *Config) { c.OIDC = OIDC{"Ministry", "http://127.0.0.1:5556", "x", secret, ""} }, ""},
		"provider without name": {func(c *Config) { c.OIDC = OIDC{"", "https://login.example", "x", secret, ""} }, "oidc.name"},
	} {
		c := Default()
		tt.change(&c)
		err := c.Check([]string{"en", "fr", "ar"})
		if got := fmt.Sprint(err); err == nil && tt.want != "" || err != nil && tt.want == "" || !strings.Contains(got, tt.want) || strings.Contains(got, secret) {
			t.Errorf("%s: got %v, want %q", name, err, tt.want)
		}
	}
}

func TestProxies(t *testing.T) {
	c := Config{TrustedProxies: []string{"127.0.0.1", "::1", "10.1.2.3/8"}}
	networks, err := c.Proxies()
	if got := fmt.Sprint(networks); err != nil || got != "[127.0.0.1/32 ::1/128 10.0.0.0/8]" {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestSecretsInFiles(t *testing.T) {
	secret := write(t, "0123456789abcdef\n")
	c, err := Load(write(t, "secret_file: "+secret+"\nmail:\n  smtp_file: "+write(t, "smtp://mail.example")+"\nimap:\n  server_file: "+write(t, "imaps://mail.example")+"\n"), none)
	if err != nil || c.IMAP.Server != "imaps://mail.example" || c.Secret != "0123456789abcdef" || c.Mail.SMTP != "smtp://mail.example" {
		t.Errorf("got %q and %q, %v", c.Secret, c.Mail.SMTP, err)
	}
	env := func(name string) (string, bool) { return secret, name == "TAMADA_OIDC_CLIENT_SECRET_FILE" }
	if c, err := Load(write(t, ""), env); err != nil || c.OIDC.ClientSecret != "0123456789abcdef" {
		t.Errorf("from the environment: got %q, %v", c.OIDC.ClientSecret, err)
	}
	for text, want := range map[string]string{
		"secret: 0123456789abcdef\nsecret_file: " + secret:    "both set",
		"secret_file: " + secret + ".absent":                  "secret_file",
		"mail: {smtp_file: " + write(t, " \n") + "}":          "it is empty",
		"secret: 0123456789abcdef\nsecret_fil: " + secret:     "secret_fil",
		"oidc: {client_secret_file: " + t.TempDir() + "}":     "oidc.client_secret_file",
		"oidc: {client_secret: x, client_secret_file: /nope}": "both set",
	} {
		if _, err := Load(write(t, text), none); err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "0123456789abcdef\"") {
			t.Errorf("%q: got %v, want %q", text, err, want)
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
	want.Agendas, want.TrustedProxies = []string{Builtin}, []string{}
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
