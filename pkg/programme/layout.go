package programme

import (
	"context"
)

// layoutProgramme lays out the programme: a cover, contents, the days, who is
// who, practical information.
func layoutProgramme(ctx context.Context, j *job) (*pages, error) {
	cover, front, body := &flow{}, &flow{}, &flow{}
	j.cover(cover)
	early := j.informationFits()
	j.contents(front, !early)
	if early {
		j.information(front)
	}
	if err := j.days(ctx, body, true); err != nil {
		return nil, err
	}
	j.peopleIndex(body)
	if !early {
		j.information(body)
	}
	list, err := j.bound(ctx, cover, front, body)
	return &pages{job: j, title: j.documentTitle(), list: list}, err
}

// informationFits reports whether the practical information has room on the
// page of the contents.
func (j *job) informationFits() bool {
	try := *j
	try.root = &element{}
	f := &flow{}
	try.contents(f, false)
	if len(f.strips) == 0 {
		return false
	}
	try.information(f)
	return f.height(0) <= j.design.height()
}

// bound deals flows out to pages, each beginning a page of its own; the first
// is the cover.
func (j *job) bound(ctx context.Context, cover *flow, flows ...*flow) ([]page, error) {
	list, err := j.dealt(ctx, cover, j.design.page.Height-2*j.design.side)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].bare = true
		list[i].top = j.design.side
	}
	for _, f := range flows {
		more, err := j.flowed(ctx, f)
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	return list, nil
}

// layoutAnnotated lays out the agenda with abstracts and questions, under a
// heading instead of a cover.
func layoutAnnotated(ctx context.Context, j *job) (*pages, error) {
	f := &flow{}
	j.masthead(f)
	if err := j.days(ctx, f, false); err != nil {
		return nil, err
	}
	list, err := j.flowed(ctx, f)
	return &pages{job: j, title: j.documentTitle(), list: list}, err
}

// documentTitle is what the file is called: "First Bureau Meeting 2021:
// Programme".
func (j *job) documentTitle() string {
	v := j.first()
	title, _ := v.text(j.event.Title)
	name := v.T("print.document." + string(j.o.Document))
	if title == "" {
		return name
	}
	return v.T("label", "label", title, "value", name)
}

// organisers names those who convene the meeting.
func (j *job) organisers() string {
	v := j.first()
	names := make([]string, 0, len(j.event.Organisers))
	for _, o := range j.event.Organisers {
		if name, _ := v.text(o.Name); name != "" {
			names = append(names, name)
		}
	}
	return v.List(names...)
}
