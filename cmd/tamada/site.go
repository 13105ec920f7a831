package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/config"
	"tamada/pkg/locale"
	"tamada/pkg/mail"
	"tamada/pkg/site"
)

// siteOf returns the site of the configuration, checked.
func siteOf(c config.Config) (site.Site, error) {
	s := site.Site{
		Name: agenda.Text{c.Languages[0]: c.Site.Name}, Languages: c.Languages,
		Imprint: c.Site.Imprint, Contact: c.Site.Contact, Privacy: c.Site.Privacy, Accessibility: c.Site.Accessibility,
	}
	maps.Copy(s.Name, c.Site.Names)
	if c.Site.Short != "" {
		s.Short = agenda.Text{c.Languages[0]: c.Site.Short}
	}
	var errs []error
	s.Light, errs = accent("colour", c.Site.Colour, errs)
	s.Dark, errs = accent("colour_dark", c.Site.ColourDark, errs)
	if c.Site.Logo != "" {
		b, err := os.ReadFile(c.Site.Logo)
		if err != nil {
			errs = append(errs, fmt.Errorf("configuration: site.logo: %w", err))
		} else {
			s.Logo = site.LogoOf(b)
		}
	}
	for _, p := range s.Check(interfaces(c)) {
		errs = append(errs, fmt.Errorf("configuration: %s: %s", configKey(p.Field), locale.For("en").T("site.problem."+p.Code, p.Args...)))
	}
	return s, errors.Join(errs...)
}

// accent reads a colour of the configuration, "" for none.
func accent(key, value string, errs []error) (site.Colour, []error) {
	if value == "" {
		return "", errs
	}
	colour, err := site.ParseColour(value)
	if err != nil {
		errs = append(errs, fmt.Errorf("configuration: site.%s: %w", key, err))
	}
	return colour, errs
}

// configKey returns the key that a field of a site has in the configuration.
func configKey(field string) string {
	switch field {
	case "languages":
		return field
	case "light":
		return "site.colour"
	case "dark":
		return "site.colour_dark"
	}
	return "site." + field
}

// interfaces lists the languages that the interface can speak: a pseudo-locale
// only where the configuration asks for it by name.
func interfaces(c config.Config) []string {
	tags := locale.Interface()
	for _, tag := range c.Languages {
		if locale.Pseudo(tag) {
			tags = append(tags, tag)
		}
	}
	return tags
}

// openSite returns the site of the configuration with what was set in the
// database over it.
func openSite(ctx context.Context, c config.Config, settings site.Settings) (*site.Keeper, error) {
	base, err := siteOf(c)
	if err != nil {
		return nil, err
	}
	k := site.NewKeeper(base, settings)
	return k, k.Load(ctx)
}

// followSite returns what keeps the site as it is set by any instance.
func (a *app) followSite(k *site.Keeper) func(context.Context) {
	return func(ctx context.Context) {
		tick := time.NewTicker(site.FollowInterval)
		defer tick.Stop()
		k.Follow(ctx, tick.C, a.logger())
	}
}

// siteName returns the name of the site in a language.
func siteName(k *site.Keeper, language string) string {
	e := k.Now()
	name, _ := e.Name.In(language, e.Languages...)
	return name
}

// mailSite returns what a message shows of the site at base, in a language.
func mailSite(k *site.Keeper, base string) func(language string) mail.Site {
	return func(language string) mail.Site {
		e := k.Now()
		light, _ := e.Accents()
		s := mail.Site{Name: siteName(k, language), URL: base, Colour: string(light)}
		if e.Logo.Type == site.PNG { // mail programs show no SVG
			s.Logo = mail.Logo{Type: e.Logo.Type, Data: e.Logo.Data}
		}
		return s
	}
}
