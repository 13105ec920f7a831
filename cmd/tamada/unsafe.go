package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"tamada/pkg/config"
)

// A machine is what the configuration does not say of where the program runs.
type machine struct {
	root     bool     // it runs as root
	everyone []string // what is secret and everybody may read
}

// here looks at this machine. Path is that of the configuration file.
func here(c config.Config, path string) machine {
	m := machine{root: os.Geteuid() == 0}
	for _, name := range secretFiles(c, path) {
		if readableByAll(name) {
			m.everyone = append(m.everyone, name)
		}
	}
	return m
}

// secretFiles lists the files that have something secret in them.
func secretFiles(c config.Config, path string) []string {
	names := []string{c.SecretFile, c.Mail.SMTPFile, c.OIDC.ClientSecretFile}
	if file := databaseFile(c); file != "" {
		names = append(names, file, secretFile(c))
	}
	if c.Mail.SMTP == "" {
		names = append(names, outboxFolder(c))
	}
	written := c.Secret != "" && c.SecretFile == "" || hasPassword(c.Mail.SMTP) && c.Mail.SMTPFile == "" ||
		c.OIDC.ClientSecret != "" && c.OIDC.ClientSecretFile == "" || hasPassword(c.Database)
	if written { // here, or in the environment
		names = append(names, path)
	}
	return slices.DeleteFunc(names, func(name string) bool { return name == "" })
}

// hasPassword reports whether there is one in an address.
func hasPassword(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return false
	}
	_, ok := u.User.Password()
	return ok
}

// readableByAll reports whether every user of the machine may read a file: it
// says so, and so does every folder on the way to it.
func readableByAll(name string) bool {
	name, err := filepath.Abs(name)
	if err != nil {
		return false
	}
	info, err := os.Stat(name)
	if err != nil || info.Mode().Perm()&0o004 == 0 {
		return false
	}
	for folder := filepath.Dir(name); ; folder = filepath.Dir(folder) {
		info, err := os.Stat(folder)
		if err != nil || info.Mode().Perm()&0o001 == 0 {
			return false
		}
		if folder == filepath.Dir(folder) {
			return true
		}
	}
}

// warnings says what is unsafe about how the site is run, each with what to do.
func warnings(c config.Config, m machine) []string {
	base, err := url.Parse(c.BaseURL)
	if err != nil { // it is checked
		base = &url.URL{}
	}
	public := base.Host != "" && !config.Local(base.Hostname())
	tls := base.Scheme == "https"
	var list []string
	warn := func(unsafe bool, text string, args ...any) {
		if unsafe {
			list = append(list, fmt.Sprintf(text, args...))
		}
	}
	warn(base.Host == "" && !loopback(c.Listen), "base_url is not set: links in mail, calendars and programmes lead to this machine; set it to the address of the site")
	warn(public && !tls, "base_url is not https: sign-ins can be read on the way; put a proxy with TLS before the site")
	warn(public && c.Mail.SMTP == "", "mail.smtp is not set: messages stay in a folder, and only administrators can hand on what is in them")
	warn(public && c.Secret == "", "secret is not set: one was made and is kept beside the database; keep it apart from copies of the database")
	warn(tls && everywhere(c.Listen), "listen %q is open to all: visitors can pass by the proxy that has TLS; listen on 127.0.0.1", c.Listen)
	warn(tls && loopback(c.Listen) && len(c.TrustedProxies) == 0, "trusted_proxies is not set: all visitors look like the proxy and share one limit on signing in; set it to [127.0.0.1, \"::1\"]")
	warn(c.MetricsListen != "" && !private(c.MetricsListen), "metrics_listen %q can be reached from outside: everybody reads the figures; listen on 127.0.0.1", c.MetricsListen)
	warn(unencrypted(c.Database), "database: sslmode lets the line to another machine go without TLS: set sslmode=verify-full")
	warn(public && tls && slices.Contains(c.Agendas, config.Builtin), "agendas: builtin publishes meetings for trying out on a site for others; set agendas: []")
	warn(len(m.everyone) > 0, "everybody on this machine can read %s: chmod o-rwx", strings.Join(m.everyone, ", "))
	warn(m.root, "the program runs as root: give it a user of its own")
	return list
}

// everywhere reports whether a program that listens there is reached at all
// addresses of the machine.
func everywhere(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	ip := net.ParseIP(host)
	return err == nil && (host == "" || ip != nil && ip.IsUnspecified())
}

// loopback reports whether it is reached from this machine alone.
func loopback(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	return err == nil && config.Local(host)
}

// private reports whether it is reached from this machine or a network of its
// own (RFC 1918, RFC 4193).
func private(listen string) bool {
	host, _, err := net.SplitHostPort(listen)
	ip := net.ParseIP(host)
	return err == nil && (config.Local(host) || ip != nil && ip.IsPrivate())
}

// unencrypted reports whether a database on another machine may be spoken to
// without TLS. That is so by default: sslmode is "prefer".
func unencrypted(database string) bool {
	u, err := url.Parse(database)
	if err != nil || !strings.HasPrefix(u.Scheme, "postgres") {
		return false
	}
	host := u.Hostname()
	if in := u.Query().Get("host"); in != "" {
		host = in
	}
	mode := u.Query().Get("sslmode")
	return host != "" && !strings.HasPrefix(host, "/") && !config.Local(host) && (mode == "" || mode == "disable" || mode == "allow" || mode == "prefer")
}
