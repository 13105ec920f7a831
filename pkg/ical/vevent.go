package ical

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"tamada/pkg/agenda"
)

// A vevent is what one VEVENT says, before it is written.
type vevent struct {
	uid         string
	modified    time.Time
	sequence    int
	span        span
	summary     string
	description string
	location    string
	url         string
	status      agenda.Status
	busy        bool // whoever subscribes is taken
	categories  []string
	parent      string // the UID of what it is part of
	join        entrance
	invitation  *Invitation // of iTIP; nil in feeds
	alarm       string      // how long before, as a trigger such as "-PT10M"
}

// An entrance is how to take part from afar.
type entrance struct{ url, phone, code string }

// add adds v to what is in f.
func (f *feed) add(v vevent) {
	v.summary = cmp.Or(oneLine(v.summary), f.words.T("session")) // mails and alarms must have one
	p := make(properties, 0, 20+len(v.categories))
	p.add("UID", v.uid, nil)
	modified := stamp(v.modified)
	p.add("DTSTAMP", modified, nil)
	p.add("LAST-MODIFIED", modified, nil)
	p.add("SEQUENCE", strconv.Itoa(v.sequence), nil)
	f.clock.span(&p, v.span)
	p.add("SUMMARY", v.summary, nil)
	p.text("DESCRIPTION", v.description)
	p.line("LOCATION", v.location)
	if f.geo != "" {
		p.add("GEO", f.geo, nil)
	}
	p.uri("URL", v.url, nil)
	p.add("STATUS", strings.ToUpper(string(v.status)), nil)
	p.add("TRANSP", transparency(v.busy), nil)
	p.add("CLASS", "PUBLIC", nil)
	for _, c := range v.categories { // one each: some programs take a list for one
		p.line("CATEGORIES", c)
	}
	if v.parent != "" {
		p.add("RELATED-TO", v.parent, f.parent)
	}
	f.entrance(&p, v.join)
	v.invitation.add(&p)
	f.items = append(f.items, item{
		uid:      v.uid,
		span:     v.span,
		modified: v.modified,
		event:    p.component("VEVENT", v.alarms()...),
	})
}

// transparency writes whether an entry blocks the time (RFC 5545 section 3.8.2.7).
func transparency(busy bool) string {
	if busy {
		return "OPAQUE"
	}
	return "TRANSPARENT"
}

// entrance adds how to take part from afar (RFC 7986 section 5.11).
func (f *feed) entrance(p *properties, join entrance) {
	if join.url != "" {
		p.uri("CONFERENCE", join.url, f.conference("VIDEO", "calendar.join"))
	}
	if tel := telephone(join.phone); tel != "" {
		p.uri("CONFERENCE", tel, f.conference("PHONE", "calendar.phone"))
	}
}

// conference returns the parameters of CONFERENCE.
func (f *feed) conference(feature, label string) params {
	return params{"FEATURE": {feature}, "LABEL": {f.words.T(label)}, "VALUE": {"URI"}}
}

// telephone returns a number as a URI (RFC 3966), or "" if it has too few digits for one.
func telephone(number string) string {
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, number)
	switch {
	case len(digits) < 3:
		return ""
	case strings.HasPrefix(strings.TrimSpace(number), "+"):
		return "tel:+" + digits
	}
	return "tel:" + digits
}

// alarms returns the VALARM of v, if it has one (RFC 5545 section 3.6.6).
func (v *vevent) alarms() []ics.Component {
	if v.alarm == "" || v.status == agenda.Cancelled {
		return nil
	}
	var p properties
	p.add("ACTION", "DISPLAY", nil)
	p.add("TRIGGER", v.alarm, nil)
	p.line("DESCRIPTION", v.summary)
	return []ics.Component{p.component("VALARM")}
}
