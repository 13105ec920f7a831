package interchange

import (
	"strings"

	"tamada/pkg/agenda"
	"tamada/pkg/interchange/block"
	"tamada/pkg/interchange/phrase"
)

// A column says what a column of a table holds.
type column struct {
	field  phrase.Field
	header string
	date   phrase.Dated // of a grid whose columns are days
	roles  []agenda.RoleName
	of     string // of a column of people: the header of the column whose sessions are theirs
}

// columns that are not of the fields of package phrase.
const (
	gridDay  = phrase.Field(200)
	gridRoom = phrase.Field(201)
)

// table reads the rows of one table.
func (p *plain) table(rows []block.Block) {
	header, body := splitHeader(rows)
	columns := columnsOf(header, body)
	if header != nil {
		if z, ok := phrase.FindZone(header.Text); ok {
			p.heardZone(z, header)
		}
	}
	if !timetableColumns(columns) || p.back > 0 {
		p.plainRows(rows)
		return
	}
	p.gridDates(columns)
	for i := range body {
		p.row(&body[i], columns)
	}
	p.mergeRepeated()
}

// splitHeader parts the row that names the columns from the others.
func splitHeader(rows []block.Block) (*block.Block, []block.Block) {
	first := &rows[0]
	if first.Header {
		return first, rows[1:]
	}
	if _, timed := rowTime(first); timed || len(rows) < 2 {
		return nil, rows
	}
	known := 0
	for _, c := range first.Cells {
		if phrase.FieldOf(c.String()) != phrase.NoField {
			known++
		}
	}
	if known >= 2 || known == 1 && len(first.Cells) <= 3 {
		return first, rows[1:]
	}
	return nil, rows
}

// columnsOf says what each column holds, by the header and by what the cells
// look like.
func columnsOf(header *block.Block, body []block.Block) []column {
	width := 0
	for i := range body {
		width = max(width, len(body[i].Cells))
	}
	columns := make([]column, width)
	for i := range columns {
		if header != nil && i < len(header.Cells) {
			name := header.Cells[i].String()
			columns[i].header = name
			columns[i].field = phrase.FieldOf(name)
			columns[i].roles = phrase.RolesIn(name)
			if columns[i].roles != nil {
				columns[i].field = phrase.PeopleField
			}
		}
	}
	findTimes(columns, body)
	if header != nil {
		findGrid(columns)
	}
	findTitle(columns, body)
	return columns
}

// share returns what part of the cells of a column is as wanted.
func share(body []block.Block, at int, wanted func(string) bool) (hits, filled int) {
	for i := range body {
		if at < len(body[i].Cells) {
			if s := body[i].Cells[at].String(); s != "" {
				filled++
				if wanted(s) {
					hits++
				}
			}
		}
	}
	return hits, filled
}

// isTime reports whether a cell holds a time.
func isTime(s string) bool {
	_, _, ok := phrase.LeadingTime(s)
	return ok
}

// findTimes makes the columns of times sure: a header may say "Time" twice, for
// the start and the end, and there may be none.
func findTimes(columns []column, body []block.Block) {
	found := -1
	for i := range columns {
		f := columns[i].field
		if f != phrase.TimeField && f != phrase.DateField && f != phrase.EndField && f != phrase.NoField {
			continue
		}
		times, filled := share(body, i, isTime)
		switch {
		case filled == 0 || 2*times < filled:
			if f == phrase.EndField || f == phrase.TimeField && times == 0 && found >= 0 {
				columns[i].field = phrase.NoField
			}
		case found < 0:
			columns[i].field, found = phrase.TimeField, i
		case f == phrase.TimeField && i == found+1, f == phrase.EndField:
			columns[i].field = phrase.EndField
		}
	}
	for i := range columns {
		if f := columns[i].field; f == phrase.NoField || f == phrase.DateField {
			dates, filled := share(body, i, func(s string) bool {
				d, ok := phrase.FindDate(s)
				return ok && (d.Day > 0 || d.Named) && len(s) < 60
			})
			switch {
			case filled > 0 && 2*dates >= filled:
				columns[i].field = phrase.DateField
			case f == phrase.DateField:
				columns[i].field = phrase.NoField
			}
		}
	}
}

// findGrid sees whether the further columns are days or rooms.
func findGrid(columns []column) {
	if !timetableColumns(columns) {
		return
	}
	days, unknown, rooms, known := 0, 0, 0, 0
	for i := range columns {
		c := &columns[i]
		switch d, ok := phrase.FindDate(c.header); {
		case c.field == phrase.TimeField || c.field == phrase.EndField:
		case ok && (d.Day > 0 || d.Named || d.Number > 0) && c.field == phrase.NoField:
			c.date = d
			days++
		case c.field == phrase.RoomField && roomName(c.header):
			rooms++
		case c.field != phrase.NoField && c.field != phrase.DateField:
			known++
		case c.header != "":
			unknown++
		}
	}
	grid := phrase.NoField
	switch {
	case days >= 2:
		grid = gridDay
	case known == 0 && (unknown+rooms >= 3 || rooms >= 2):
		grid = gridRoom
	default:
		return
	}
	peopleOfGrid(columns)
	for i := range columns {
		c := &columns[i]
		if c.field == phrase.NoField && c.header != "" || c.field == phrase.RoomField && grid == gridRoom {
			if grid == gridRoom || c.date.Day > 0 || c.date.Named || c.date.Number > 0 {
				c.field = grid
			}
		}
	}
}

// peopleOfGrid finds columns that name the people of another: "Room A" and
// "Room A speakers".
func peopleOfGrid(columns []column) {
	for i := range columns {
		for j := range columns {
			rest, ok := strings.CutPrefix(columns[i].header, columns[j].header+" ")
			if roles := phrase.RolesIn(rest); ok && columns[j].header != "" && roles != nil {
				columns[i].field, columns[i].roles, columns[i].of = phrase.PeopleField, roles, columns[j].header
			}
		}
	}
}

// roomName reports whether the header of a column names one room, not that the
// column holds rooms.
func roomName(s string) bool { return len(strings.Fields(s)) > 1 }

// findTitle chooses the column of titles: the one that says so, or the first
// that is not known, longest text first.
func findTitle(columns []column, body []block.Block) {
	for i := range columns {
		if f := columns[i].field; f == phrase.TitleField || f == gridDay || f == gridRoom {
			return
		}
	}
	best, most := -1, 0
	for i := range columns {
		if f := columns[i].field; f != phrase.NoField && f != phrase.AbstractField && f != phrase.ThemeField {
			continue
		}
		length := 0
		for j := range body {
			if i < len(body[j].Cells) {
				length += min(len(body[j].Cells[i].String()), 60)
			}
		}
		if length > most*3/2 {
			best, most = i, length
		}
	}
	if best < 0 {
		return
	}
	columns[best].field = phrase.TitleField
	for i := range columns {
		if columns[i].field == phrase.NoField && columns[i].header == "" {
			if named, filled := share(body, i, namesPeople); named > 0 && 2*named >= filled {
				columns[i].field = phrase.PeopleField
			}
		}
	}
}

// namesPeople reports whether a cell names somebody or says in what role.
func namesPeople(s string) bool {
	list := phrase.Holders(s)
	return len(list) > 0 && (list[0].Name != "" || list[0].Words != "" && phrase.RolesIn(list[0].Words) != nil)
}

// timetableColumns reports whether the columns are those of an agenda.
func timetableColumns(columns []column) bool {
	for _, c := range columns {
		if c.field == phrase.TimeField || c.field == phrase.DateField {
			return true
		}
	}
	return false
}

// plainRows reads rows that are not of an agenda: each as a line.
func (p *plain) plainRows(rows []block.Block) {
	for i := range rows {
		b := rows[i]
		if w, rest, ok := phrase.LeadingTime(strings.ReplaceAll(b.Text, " | ", " ")); ok && b.Cells != nil && p.back == 0 {
			p.open(&plainSession{head: b, when: w, timed: true, title: rest})
			continue
		}
		b.Kind, b.Cells = block.Text, nil
		if p.back > 0 {
			p.unplace(b.Text)
			continue
		}
		if phrase.Generic(b.Text) {
			p.unplace(b.Text)
			continue
		}
		p.block(&b, nil)
	}
}

// gridDates gives the columns of a grid that are days their days.
func (p *plain) gridDates(columns []column) {
	for i := range columns {
		if columns[i].field == gridDay {
			p.addDay(&plainDay{date: columns[i].date, line: 0})
		}
	}
}

// row reads one row of an agenda.
func (p *plain) row(b *block.Block, columns []column) {
	if p.rowIsDay(b) {
		return
	}
	s := &plainSession{head: *b}
	p.rowTimes(s, b, columns)
	s.head.Cells = nil
	if !s.timed && !s.spanned && !p.rowDate(b, columns) {
		p.rowContent(b)
		return
	}
	grid := false
	for i, c := range columns {
		if i >= len(b.Cells) || len(b.Cells[i]) == 0 {
			continue
		}
		switch cell := b.Cells[i]; c.field {
		case gridDay, gridRoom:
			grid = true
			p.gridCell(s, cell, c, peopleOf(b, columns, c.header))
		default:
			p.cell(s, cell, c)
		}
	}
	if grid || p.rowIsFrame(s) {
		return
	}
	if phrase.EndMarker(s.title) {
		p.endMarker(s)
		return
	}
	p.open(s)
}

// rowIsFrame reports whether a row has a time and nothing else.
func (p *plain) rowIsFrame(s *plainSession) bool {
	if s.title != "" || len(s.body) > 0 || len(s.people) > 0 {
		return false
	}
	p.unplace(s.head.Text)
	return true
}

// rowIsDay reads a row with a single cell that names a day, or a heading.
func (p *plain) rowIsDay(b *block.Block) bool {
	var only *block.Block
	for _, c := range b.Cells {
		if len(c) > 0 {
			if only != nil {
				return false
			}
			only = &c[0]
		}
	}
	if only == nil || len(b.Cells) < 2 {
		return only == nil
	}
	one := *only
	one.Kind, one.Level = block.Heading, 6
	if d, ok := phrase.FindDate(one.Text); ok && opensDay(&one, d) && !isTime(one.Text) {
		p.hearDay(&one, one.Text, d)
		return true
	}
	if len(b.Cells[0]) > 0 && !isTime(one.Text) && p.day == nil {
		p.unplace(one.Text) // a heading inside the table
		return true
	}
	return false
}

// rowDate opens the day that the date column of a row names.
func (p *plain) rowDate(b *block.Block, columns []column) bool {
	for i, c := range columns {
		if c.field != phrase.DateField || i >= len(b.Cells) {
			continue
		}
		text := b.Cells[i].String()
		d, ok := phrase.FindDate(text)
		if !ok {
			continue
		}
		if d.Day > 0 && d.Month > 0 {
			p.hints = append(p.hints, d)
		}
		if p.day == nil || p.day.date.Date != d.Date {
			p.addDay(&plainDay{date: d, line: b.Line})
		}
		return true
	}
	return false
}

// rowTimes reads the columns of times and dates.
func (p *plain) rowTimes(s *plainSession, b *block.Block, columns []column) {
	p.rowDate(b, columns)
	for i, c := range columns {
		if i >= len(b.Cells) || len(b.Cells[i]) == 0 {
			continue
		}
		text := b.Cells[i].String()
		switch c.field {
		case phrase.TimeField:
			p.timeCell(s, b, text)
		case phrase.EndField:
			if w, _, ok := phrase.LeadingTime(text); ok && s.timed && !s.when.HasEnd && w.Start > s.when.Start {
				s.when.End, s.when.HasEnd = w.Start, true
			}
		}
	}
}

// timeCell reads the cell of a time.
func (p *plain) timeCell(s *plainSession, b *block.Block, text string) {
	w, rest, ok := phrase.LeadingTime(text)
	if !ok {
		var m phrase.Match
		if m, ok = phrase.FindTime(text); ok {
			w = m.When
			s.notes = append(s.notes, text)
			at := excerpt(b)
			at.Weight, at.Code, at.Source, at.Value = Guessed, SeveralTimes, text, text[m.From:m.To]
			p.remark(at)
		}
	} else if rest != "" && !phrase.Placeholder(rest) {
		s.notes = append(s.notes, rest)
	}
	if ok {
		p.seeZone(w.Zone, b)
		s.when, s.timed = w, true
		return
	}
	if phrase.WholeDay(text) {
		s.span, s.spanned = agenda.AllDay, true
		return
	}
	s.notes = append(s.notes, text)
	if !phrase.Placeholder(text) {
		p.remark(Remark{Line: b.Line, Weight: NotUnderstood, Code: TimeNotRead, Source: text})
	}
}

// cell reads a cell that is about the session.
func (p *plain) cell(s *plainSession, cell block.Cell, c column) {
	text := cell.String()
	switch c.field {
	case phrase.TimeField, phrase.EndField, phrase.DateField:
	case phrase.TitleField:
		s.title = cell[0].Text
		s.strong = cell[0].Strong
		s.struck = cell[0].Struck
		s.body = append(s.body, cell[1:]...)
	case phrase.DurationField:
		if s.minutes, _ = phrase.Minutes(text + " min"); s.minutes == 0 {
			s.minutes, _ = phrase.Minutes(text)
		}
		if s.minutes == 0 {
			s.notes = append(s.notes, c.header+": "+text)
		}
	case phrase.PeopleField, phrase.RoleField:
		s.people = append(s.people, plainPeople{text, c.roles, cell[0].Line})
	case phrase.RoomField, phrase.VenueField:
		s.room = text
	case phrase.NoteField:
		s.notes = append(s.notes, text)
	case phrase.AbstractField:
		s.body = append(s.body, cell...)
	default:
		s.notes = append(s.notes, strings.TrimSpace(c.header+": "+text))
	}
}

// rowContent adds a row without a time to the session above it.
func (p *plain) rowContent(b *block.Block) {
	for _, c := range b.Cells {
		for _, line := range c {
			if p.session == nil {
				p.loose(&line)
				continue
			}
			if line.Kind == block.Text && dashed(line.Text) {
				line.Kind, line.Level = block.Item, 1
				line.Text = strings.TrimLeft(line.Text, "–—- ")
				line.Strong = [2]int{}
			}
			p.session.body = append(p.session.body, line)
		}
	}
}

// dashed reports whether a line begins with a dash, as points of a list do.
func dashed(s string) bool {
	return strings.HasPrefix(s, "– ") || strings.HasPrefix(s, "- ") || strings.HasPrefix(s, "— ")
}

// gridCell adds the session in one cell of a grid.
func (p *plain) gridCell(row *plainSession, cell block.Cell, c column, people []plainPeople) {
	s := *row
	s.head.Line = cell[0].Line
	s.head.Kind = block.Row
	s.title, s.struck = strings.TrimLeft(cell[0].Text, ": "), cell[0].Struck
	s.body = cell[1:]
	s.notes, s.people = nil, people
	if c.field == gridRoom {
		s.room = c.header
	} else {
		for _, d := range p.days {
			if d.date.Date == c.date.Date {
				p.day = d
			}
		}
	}
	p.open(&s)
}

// peopleOf returns the cells of a row that name the people of a column.
func peopleOf(b *block.Block, columns []column, header string) []plainPeople {
	var list []plainPeople
	for i, c := range columns {
		if c.of == header && header != "" && i < len(b.Cells) && len(b.Cells[i]) > 0 {
			list = append(list, plainPeople{b.Cells[i].String(), c.roles, b.Line})
		}
	}
	return list
}

// mergeRepeated joins sessions of a grid that go on in the next row under the
// same title in the same room.
func (p *plain) mergeRepeated() {
	for _, d := range p.days {
		var kept []*plainSession
		last := map[string]*plainSession{}
		for _, s := range d.sessions {
			name := s.room + "\x00" + s.title
			before := last[name]
			if before != nil && before.head.Kind == block.Row && s.head.Kind == block.Row && before.when.HasEnd && before.when.End == s.when.Start && len(s.body) == 0 && len(s.people) == 0 && len(s.notes) == 0 {
				before.when.End, before.when.HasEnd = s.when.End, s.when.HasEnd
				continue
			}
			last[name] = s
			kept = append(kept, s)
		}
		d.sessions = kept
	}
}
