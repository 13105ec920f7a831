package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"sync"
	"time"

	"tamada/pkg/agenda"
	"tamada/pkg/config"
	"tamada/pkg/locale"
	"tamada/pkg/mail"
	"tamada/pkg/programme"
	"tamada/pkg/site"
	"tamada/pkg/store"
	"tamada/pkg/typeset"
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

// publish names the site of the configuration in print, if there is a
// configuration that names one.
func (a *app) publish(o *printOptions) error {
	c, err := a.config()
	if err != nil {
		return err
	}
	if c.Site.Name == config.Default().Site.Name && c.Site.Logo == "" {
		return nil
	}
	s, err := siteOf(c)
	o.publisher = programme.Publisher{Name: s.Name, Logo: s.Logo.Data}
	return err
}

// publisher returns the site of the database, as print names it.
func (a *app) publisher(ctx context.Context, db *store.DB) (programme.Publisher, error) {
	c, err := a.config()
	if err != nil {
		return programme.Publisher{}, err
	}
	k, err := openSite(ctx, c, db)
	if err != nil {
		return programme.Publisher{}, err
	}
	s := k.Now()
	return programme.Publisher{Name: s.Name, Logo: s.Logo.Data}, nil
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
	var last drawnLogo
	return func(language string) mail.Site {
		e := k.Now()
		light, _ := e.Accents()
		return mail.Site{Name: siteName(k, language), URL: base, Colour: string(light), Logo: last.of(e.Logo)}
	}
}

// A drawnLogo remembers the logo that was drawn last: that of one message is that
// of the next, and drawing takes longer than writing.
type drawnLogo struct {
	mu    sync.Mutex
	from  site.Logo
	drawn mail.Logo
}

// of returns a logo as [mailLogo] does.
func (d *drawnLogo) of(l site.Logo) mail.Logo {
	d.mu.Lock()
	defer d.mu.Unlock()
	if l.Type != d.from.Type || !bytes.Equal(l.Data, d.from.Data) {
		d.from, d.drawn = l, mailLogo(l)
	}
	return d.drawn
}

// mailLogo returns a logo as mail programs show it: they know no SVG, and one
// that cannot be drawn is left out.
func mailLogo(l site.Logo) mail.Logo {
	if l.Type == site.PNG || l.IsZero() {
		return mail.Logo{Type: l.Type, Data: l.Data}
	}
	const height, widest = 120, 900 // pixels: three times of what is shown
	art, err := typeset.ReadArtwork(l.Data)
	if err != nil {
		return mail.Logo{}
	}
	width := min(height*art.Width/art.Height, widest)
	size := typeset.Size{Width: width, Height: width * art.Height / art.Width}
	d := typeset.New(typeset.Info{})
	d.AddPage(size)
	d.Artwork(art, typeset.Rect{Width: size.Width, Height: size.Height}, "")
	b, err := d.PNG(1, max(1, int(width)))
	if err != nil {
		return mail.Logo{}
	}
	return mail.Logo{Type: site.PNG, Data: b}
}
