// Package config reads config.yaml and the environment into one checked
// struct. Only cmd/tamada imports it: every other package is given plain
// values and knows of no file.
package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
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
}

// Site is what makes an instance its owner's.
type Site struct {
	Name string `yaml:"name"`
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
		Site:      Site{Name: "Tamada"},
	}
}

// Load returns the defaults, overridden by the file and then by the
// environment: TAMADA_LISTEN for listen, TAMADA_SITE_NAME for site.name, lists
// separated by commas. A file that is missing is an error unless it is the
// default one, which path "" stands for. The result is not checked yet; flags
// may still change it.
func Load(path string, env func(string) (string, bool)) (Config, error) {
	c := Default()
	b, err := os.ReadFile(file(path))
	switch {
	case errors.Is(err, os.ErrNotExist) && path == "":
	case err != nil:
		return Config{}, fmt.Errorf("configuration: %w", err)
	default:
		if err := decode(b, &c); err != nil {
			return Config{}, fmt.Errorf("configuration %s: %w", file(path), err)
		}
	}
	return c, overlay(reflect.ValueOf(&c).Elem(), "TAMADA", env)
}

// file returns the name of the file to read.
func file(path string) string {
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
// languages that the interface can speak.
func (c *Config) Check(interfaces []string) error {
	var errs []error
	report := func(key, value, advice string) {
		errs = append(errs, fmt.Errorf("configuration: %s %q: %s", key, value, advice))
	}
	if _, _, err := net.SplitHostPort(c.Listen); err != nil {
		report("listen", c.Listen, "write HOST:PORT, or :PORT for every address")
	}
	if _, _, err := net.SplitHostPort(c.MetricsListen); err != nil && c.MetricsListen != "" {
		report("metrics_listen", c.MetricsListen, "write HOST:PORT")
	}
	if c.BaseURL != "" && !absolute(c.BaseURL) {
		report("base_url", c.BaseURL, "write the address of the site without a path, as https://meetings.example.org")
	}
	if len(c.Languages) == 0 {
		report("languages", "", "name at least one")
	}
	for _, l := range c.Languages {
		if !slices.Contains(interfaces, l) {
			report("languages", l, "there are "+strings.Join(interfaces, ", "))
		}
	}
	if c.Site.Name == "" {
		report("site.name", "", "give the site a name")
	}
	return errors.Join(errs...)
}

// absolute reports whether s is a web address without path, query or fragment.
func absolute(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" &&
		u.User == nil && (u.Path == "" || u.Path == "/") && u.RawQuery == "" && u.Fragment == ""
}
