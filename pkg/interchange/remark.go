package interchange

import (
	"tamada/pkg/locale"
)

// A Weight says how a reader came to what a [Remark] is about.
type Weight string

// The weights.
const (
	Guessed       Weight = "guessed"        // it decided something that the source leaves open
	NotUnderstood Weight = "not-understood" // it kept something aside
	Contradictory Weight = "contradictory"  // the source says two things that cannot both be
)

// A Code says what a [Remark] is about. The text for users is the message
// "remark." + the code of package locale.
type Code string

// The codes.
const (
	DateGuessed    Code = "date"          // a day has no date, or none that is whole
	YearGuessed    Code = "year"          // the year is missing
	WeekdayDiffers Code = "weekday"       // the date is another day of the week than named
	ZoneGuessed    Code = "zone"          // no zone is named
	ZoneSeason     Code = "zone-season"   // summer time is named in winter or the other way round
	ZonesDiffer    Code = "zones-differ"  // times are of several zones
	HalfGuessed    Code = "half-of-day"   // morning or afternoon
	BackInTime     Code = "back-in-time"  // a session begins before the one above it
	EndBeforeStart Code = "end-first"     // the end is before the start, and was left out
	SeveralTimes   Code = "several-times" // more than one time for one session
	LengthDiffers  Code = "length"        // the minutes are not those between the times
	TimeNotRead    Code = "time-not-read"
	TitleGuessed   Code = "title"
	TitleMissing   Code = "title-missing"
	TitleCut       Code = "title-cut" // a title was too long; the rest is in the abstract
	PersonGuessed  Code = "person"
	RoleOpen       Code = "role-open" // a role that nobody holds yet
	Repeated       Code = "repeated"  // the same session is there twice; it was taken once
	NotPlaced      Code = "not-placed"
	NoSessions     Code = "no-sessions"
	BadIdentifier  Code = "identifier" // an identifier is missing, double or no UUID
	Shortened      Code = "shortened"  // a text is longer than is kept
	NotRepeated    Code = "recurrence" // of what repeats by a rule, only the first was taken
)

// Codes lists every [Code].
func Codes() []Code {
	return []Code{
		DateGuessed, YearGuessed, WeekdayDiffers, ZoneGuessed, ZoneSeason, ZonesDiffer, HalfGuessed, BackInTime, EndBeforeStart, SeveralTimes,
		LengthDiffers, TimeNotRead, TitleGuessed, TitleMissing, TitleCut, PersonGuessed, RoleOpen, Repeated, NotPlaced, NoSessions, BadIdentifier, Shortened, NotRepeated,
	}
}

// A Remark tells whoever imports an agenda what a reader was not sure of.
type Remark struct {
	Line    int    // of the source, from 1; 0 where it has none
	Weight  Weight //
	Code    Code   //
	Session string // the ID of the session it is about, if any
	Source  string // what the source says, shortened
	Value   string // what became of it
}

// Message returns the remark as a sentence in the language of l.
func (r Remark) Message(l *locale.Locale) string {
	return l.T("remark."+string(r.Code), "source", r.Source, "value", r.Value)
}
