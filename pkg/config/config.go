// Package config reads config.yaml and the environment into one checked
// struct. Only cmd/tamada imports it: every other package is given plain
// values and knows of no file.
//
// What is secret can be in a file of its own instead, which the key of the same
// name with _file names: how systemd's LoadCredential and containers hand over
// secrets.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// A Config is how one instance runs. The comments of config.yaml in the
// repository say what each key means to an administrator.
type Config struct {
	Listen        string   `yaml:"listen"`         // the address of the site
	MetricsListen string   `yaml:"metrics_listen"` // the address of /metrics; empty for none
	BaseURL       string   `yaml:"base_url"`       // how the site is reached; empty for this machine
	Database      string   `yaml:"database"`       // sqlite://FILE or postgres://…
	Agendas       []string `yaml:"agendas"`        // files that an empty database begins with; "builtin" for those in the program
	Languages     []string `yaml:"languages"`      // of the interface; the first is the default
	Site          Site     `yaml:"site"`

	Secret         string   `yaml:"secret"`          // of the site; empty for one that is made
	SecretFile     string   `yaml:"secret_file"`     // the file that has it
	TrustedProxies []string `yaml:"trusted_proxies"` // addresses and networks; see [Config.Proxies]
	Mail           Mail     `yaml:"mail"`
	IMAP           IMAP     `yaml:"imap"`
	OIDC           OIDC     `yaml:"oidc"`
}

// Mail is how messages leave.
type Mail struct {
	From string `yaml:"from"` // "Name <address>"
	// The mailboxes of events, by slug, that mail about them is from instead.
	Events   map[string]string `yaml:"events"`
	SMTP     string            `yaml:"smtp"`      // smtp://USER:PASSWORD@HOST:PORT or smtps://…; empty for the outbox
	SMTPFile string            `yaml:"smtp_file"` // the file that has it
	Outbox   string            `yaml:"outbox"`    // the folder messages are written to where there is no server
}

// IMAP is the mailbox that answers to invitations come to; none are read if Server is
// empty.
type IMAP struct {
	Server     string `yaml:"server"`      // imaps://USER:PASSWORD@HOST:PORT or imap://…
	ServerFile string `yaml:"server_file"` // the file that has it
	Folder     string `yaml:"folder"`
	Address    string `yaml:"address"` // what answers are sent to; empty for that of Mail.From
}

// OIDC is the provider of OpenID Connect that users may sign in with; there is
// none if Issuer is empty.
type OIDC struct {
	Name             string `yaml:"name"` // on the button
	Issuer           string `yaml:"issuer"`
	ClientID         string `yaml:"client_id"`
	ClientSecret     string `yaml:"client_secret"`
	ClientSecretFile string `yaml:"client_secret_file"` // the file that has it
}

// Site is what makes an instance its owner's. It is checked by package site.
type Site struct {
	Name          string            `yaml:"name"`
	Names         map[string]string `yaml:"names"` // by language, where it differs from Name
	Short         string            `yaml:"short"` // the name where there is little room
	Logo          string            `yaml:"logo"`  // the file that has it
	Colour        string            `yaml:"colour"`
	ColourDark    string            `yaml:"colour_dark"`
	Imprint       map[string]string `yaml:"imprint"` // the texts are Markdown, by language
	Contact       map[string]string `yaml:"contact"`
	Privacy       map[string]string `yaml:"privacy"`
	Accessibility map[string]string `yaml:"accessibility"`
}

// Builtin is the entry of [Config.Agendas] that stands for the agendas that
// come with the program.
const Builtin = "builtin"

// Default returns the configuration of an instance without a file.
func Default() Config {
	return Config{
		Listen:    ":8080",
		Database:  "sqlite://tamada.db",
		Languages: []string{"en", "fr", "ar"},
		Mail:      Mail{Events: map[string]string{}},
		IMAP:      IMAP{Folder: "INBOX"},
		Site: Site{
			Name: "Tamada", Names: map[string]string{},
			Imprint: map[string]string{}, Contact: map[string]string{}, Privacy: map[string]string{}, Accessibility: map[string]string{},
		},
	}
}

// Load returns the defaults, overridden by the file and then by the
// environment: TAMADA_LISTEN for listen, TAMADA_SITE_NAME for site.name, lists
// separated by commas. A file that is missing is an error unless it is the
// default one, which path "" stands for. The result is not checked yet; flags
// may still change it.
func Load(path string, env func(string) (string, bool)) (Config, error) {
	c := Default()
	b, err := os.ReadFile(File(path))
	switch {
	case errors.Is(err, os.ErrNotExist) && path == "":
	case err != nil:
		return Config{}, fmt.Errorf("configuration: %w", err)
	default:
		if err := decode(b, &c); err != nil {
			return Config{}, fmt.Errorf("configuration %s: %w", File(path), err)
		}
	}
	if err := overlay(reflect.ValueOf(&c).Elem(), "TAMADA", env); err != nil {
		return Config{}, err
	}
	return c, c.readSecrets()
}

// readSecrets reads the files that have what is secret.
func (c *Config) readSecrets() error {
	for _, s := range []struct {
		key, file string
		value     *string
	}{
		{"secret", c.SecretFile, &c.Secret},
		{"mail.smtp", c.Mail.SMTPFile, &c.Mail.SMTP},
		{"imap.server", c.IMAP.ServerFile, &c.IMAP.Server},
		{"oidc.client_secret", c.OIDC.ClientSecretFile, &c.OIDC.ClientSecret},
	} {
		switch {
		case s.file == "":
			continue
		case *s.value != "":
			return fmt.Errorf("configuration: %s and %s_file are both set: leave one out", s.key, s.key)
		}
		b, err := os.ReadFile(s.file)
		if err != nil {
			return fmt.Errorf("configuration: %s_file: %w", s.key, err)
		}
		if *s.value = strings.TrimSpace(string(b)); *s.value == "" {
			return fmt.Errorf("configuration: %s_file %s: it is empty", s.key, s.file)
		}
	}
	return nil
}

// File returns the name of the file that [Load] reads for path.
func File(path string) string {
	if path == "" {
		return "config.yaml"
	}
	return path
}

// decode reads YAML; a key that there is no field for is an error.
func decode(b []byte, c *Config) error {
	read := *c
	err := yaml.NewDecoder(bytes.NewReader(b), yaml.Strict()).Decode(&read)
	if errors.Is(err, io.EOF) || err == nil && reflect.ValueOf(read).IsZero() {
		return nil // a file of comments changes nothing
	}
	if err != nil {
		return errors.New(yaml.FormatError(err, false, true))
	}
	*c = read
	return nil
}

// overlay sets the fields of v for which there is a variable.
func overlay(v reflect.Value, prefix string, env func(string) (string, bool)) error {
	for i := range v.NumField() {
		name := prefix + "_" + strings.ToUpper(v.Type().Field(i).Tag.Get("yaml"))
		f := v.Field(i)
		if f.Kind() == reflect.Struct {
			if err := overlay(f, name, env); err != nil {
				return err
			}
			continue
		}
		s, ok := env(name)
		if !ok {
			continue
		}
		switch f.Kind() {
		case reflect.String:
			f.SetString(s)
		case reflect.Slice:
			f.Set(reflect.ValueOf(split(s)))
		default:
			return fmt.Errorf("configuration: %s cannot be set from the environment", name)
		}
	}
	return nil
}

// split returns the entries of a list separated by commas.
func split(s string) []string {
	var list []string
	for entry := range strings.SplitSeq(s, ",") {
		if entry = strings.TrimSpace(entry); entry != "" {
			list = append(list, entry)
		}
	}
	return list
}

// Check returns what is wrong with c, all of it, or nil. Interface lists the
// languages that the interface can speak. No secret is in the error.
func (c *Config) Check(interfaces []string) error {
	return errors.Join(c.checkAddresses(), c.checkSite(interfaces), c.checkSecret(), c.checkMail(), c.checkIMAP(), c.OIDC.check())
}

// wrong returns the error of a key whose value is not as it should be.
func wrong(key, value, advice string) error {
	return fmt.Errorf("configuration: %s %q: %s", key, value, advice)
}

// checkAddresses checks where the site is.
func (c *Config) checkAddresses() error {
	var errs []error
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		errs = append(errs, wrong("listen", c.Listen, "write HOST:PORT, or :PORT for every address"))
	}
	if _, _, err := net.SplitHostPort(c.MetricsListen); err != nil && c.MetricsListen != "" {
		errs = append(errs, wrong("metrics_listen", c.MetricsListen, "write HOST:PORT"))
	}
	if c.BaseURL != "" && !absolute(c.BaseURL) {
		errs = append(errs, wrong("base_url", c.BaseURL, "write the address of the site without a path, as https://meetings.example.org"))
	}
	_, err := c.Proxies()
	return errors.Join(append(errs, err)...)
}

// checkSite checks what the site says of itself.
func (c *Config) checkSite(interfaces []string) error {
	var errs []error
	if len(c.Languages) == 0 {
		errs = append(errs, wrong("languages", "", "name at least one"))
	}
	for _, l := range c.Languages {
		if !slices.Contains(interfaces, l) {
			errs = append(errs, wrong("languages", l, "there are "+strings.Join(interfaces, ", ")))
		}
	}
	if c.Site.Name == "" {
		errs = append(errs, wrong("site.name", "", "give the site a name"))
	}
	return errors.Join(errs...)
}

// shortestSecret is how long [Config.Secret] is at least, in bytes.
const shortestSecret = 16

// checkSecret checks the secret of the site, if there is one.
func (c *Config) checkSecret() error {
	if c.Secret != "" && len(c.Secret) < shortestSecret {
		return fmt.Errorf("configuration: secret: it has %d bytes, want at least %d; openssl rand -base64 32 makes one", len(c.Secret), shortestSecret)
	}
	return nil
}

// checkMail checks whom mail is from. What is after smtp: is the business of
// package mail.
func (c *Config) checkMail() error {
	switch _, err := mail.ParseAddress(c.Mail.From); {
	case c.Mail.From == "" && c.Mail.SMTP != "":
		return errors.New("configuration: mail.from: with mail.smtp, say whom mail is from, as Name <meetings@example.org>")
	case c.Mail.From != "" && err != nil:
		return wrong("mail.from", c.Mail.From, "write an address, as meetings@example.org or Name <meetings@example.org>")
	}
	var errs []error
	for _, slug := range slices.Sorted(maps.Keys(c.Mail.Events)) {
		if _, err := mail.ParseAddress(c.Mail.Events[slug]); err != nil {
			errs = append(errs, wrong("mail.events."+slug, c.Mail.Events[slug], "write an address, as forum@example.org or Name <forum@example.org>"))
		}
	}
	return errors.Join(errs...)
}

// checkIMAP checks the mailbox that is read. What is after server: is the business of package
// mail.
func (c *Config) checkIMAP() error {
	if c.IMAP.Server == "" {
		return nil
	}
	var errs []error
	switch a, err := mail.ParseAddress(c.IMAP.Address); {
	case c.IMAP.Address == "" && c.Mail.From == "":
		errs = append(errs, errors.New("configuration: imap.address: with imap.server, say which address the mailbox has, as meetings@example.org"))
	case c.IMAP.Address != "" && (err != nil || a.Address != c.IMAP.Address):
		errs = append(errs, wrong("imap.address", c.IMAP.Address, "write an address and nothing else, as meetings@example.org"))
	}
	if c.IMAP.Folder == "" {
		errs = append(errs, wrong("imap.folder", "", "name the folder that is read, as INBOX"))
	}
	return errors.Join(errs...)
}

// check checks the provider, if there is one.
func (o *OIDC) check() error {
	if o.Issuer == "" {
		return nil
	}
	var errs []error
	if u, err := url.Parse(o.Issuer); err != nil || u.Host == "" || u.Scheme != "https" && (u.Scheme != "http" || !Local(u.Hostname())) {
		errs = append(errs, wrong("oidc.issuer", o.Issuer, "write the provider's address as it gives it, as https://login.example.org"))
	}
	if o.ClientID == "" || o.ClientSecret == "" {
		errs = append(errs, errors.New("configuration: oidc: set client_id and client_secret as the provider gave them"))
	}
	if o.Name == "" {
		errs = append(errs, errors.New("configuration: oidc.name: say what the button reads, as the name of the ministry"))
	}
	return errors.Join(errs...)
}

// Proxies returns the networks whose word is taken for where a request comes
// from. An address stands for itself.
func (c *Config) Proxies() ([]netip.Prefix, error) {
	var networks []netip.Prefix
	for _, text := range c.TrustedProxies {
		p, err := netip.ParsePrefix(text)
		if a, notAddress := netip.ParseAddr(text); notAddress == nil && a.Zone() == "" {
			p, err = netip.PrefixFrom(a, a.BitLen()), nil
		}
		if err != nil {
			return nil, wrong("trusted_proxies", text, "write an address or a network, as 127.0.0.1 or 10.0.0.0/8")
		}
		networks = append(networks, p.Masked())
	}
	return networks, nil
}

// Local reports whether a host is this machine.
func Local(host string) bool {
	a, err := netip.ParseAddr(host)
	return host == "localhost" || strings.HasSuffix(host, ".localhost") || err == nil && a.IsLoopback()
}

// absolute reports whether s is a web address without path, query or fragment.
func absolute(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" &&
		u.User == nil && (u.Path == "" || u.Path == "/") && u.RawQuery == "" && u.Fragment == ""
}
