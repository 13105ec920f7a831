package agendafile

import "tamada/pkg/agenda"

// The forms of strings, as pkg/agenda checks them. A test holds them to it.
const (
	slugForm    = `^[a-z0-9]+(-[a-z0-9]+)*$`
	keyForm     = `^[a-z0-9]+([-_.][a-z0-9]+)*$`
	tagForm     = `^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$`
	uuidForm    = `^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$`
	noteForm    = `^(event|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$`
	countryForm = `^[A-Z]{2}$`
	colourForm  = `^#[0-9a-f]{6}$`
	webForm     = `^https?://[^/\s]\S*$`
	weekForm    = `^[0-9]{4}-W[0-9]{2}$`
	spanForm    = `^[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}$`
	clockForm   = `([01]?[0-9]|2[0-3]):[0-5][0-9]`
	timeForm    = `^\s*((ca\.\s*)?(all-day|morning|afternoon|(\+1\s+)?(` + clockForm +
		`(\s*[-–]\s*(` + clockForm + `|24:00)|\s+\+[0-9]{1,4})?|\+[0-9]{1,4})))?\s*$`
)

const maxURL = 2000

// definitions lists the sorts of values that several keys have.
func definitions() properties {
	moment := &schema{Type: "string", Format: "date-time", Examples: []any{"2021-03-22T09:00:00Z"}}
	url := matching(webForm, "https://www.example.org/agenda.pdf")
	url.MaxLength = maxURL
	time := &schema{
		Type: []string{"string", "integer"}, Pattern: timeForm,
		Examples: []any{"10:00-10:15", "10:00", "10:00 +15", "+15", "ca. 11:00-12:15", "22:30-00:30", "+1 00:30-01:30", "all-day", "morning", "afternoon"},
	}
	return properties{
		{"title", translatable(1, agenda.MaxTitle)},
		{"text", translatable(0, agenda.MaxTitle)},
		{"prose", translatable(0, agenda.MaxProse)},
		{"line", line(agenda.MaxTitle)},
		{"id", matching(uuidForm)},
		{"language", matching(tagForm, "en", "fr", "ar", "sr-Latn")},
		{"country", matching(countryForm, "GE", "NO")},
		{"url", url},
		{"moment", moment},
		{"time", time},
	}
}

// Values that several things have.
var (
	titleValue    = refer("title")
	textValue     = refer("text")
	proseValue    = refer("prose")
	lineValue     = refer("line")
	idValue       = refer("id")
	languageValue = refer("language")
	countryValue  = refer("country")
	urlValue      = refer("url")
	momentValue   = refer("moment")
	placesValue   = whole(999_999_999)
	statusValue   = oneOf(agenda.Statuses(), agenda.Confirmed)
	rolesValue    = listOf(refer("role"), agenda.MaxList)
	linksValue    = listOf(refer("link"), agenda.MaxList)
	talksValue    = listOf(refer("talk"), agenda.MaxTalks)
	nameKeyValue  = &schema{Type: []string{"string", "integer"}, Pattern: keyForm, MaxLength: 80}
)

const (
	aboutID       = "A UUID for life. Leave it out in a file of your own: it is made from the titles, and export writes it."
	aboutQuestion = "Questions to discuss, in their order."
	aboutAbstract = "What it is about, in Markdown."
	aboutLanguage = "The language in which it is held, if it is not plain from the meeting: en, fr, ar…"
	aboutCountry  = `A country by its code of two capital letters (ISO 3166). In quotes where it reads as a word: "NO".`
	aboutRoles    = "Who does what."
	aboutCapacity = "Places, if they are limited."
	aboutTalks    = "Contributions one after the other, in this order."
	aboutLinks    = "Where more can be found: slides, a background paper."
	aboutSequence = "Written by export: how often calendars were told of a change. Leave it out in a file of your own."
	aboutModified = "Written by export: when calendars were last told of a change. Leave it out in a file of your own."
)

// agendaThing is the whole file.
var agendaThing = thing{
	name:  "agenda",
	about: "The agenda of one meeting. A text is written as it is, in the first of the languages, or as a mapping of languages: {en: Welcome, fr: Bienvenue}.",
	keys: []keyword{
		{"id", false, idValue, aboutID},
		{"slug", true, &schema{Type: []string{"string", "integer"}, Pattern: slugForm, MinLength: 3, MaxLength: 80}, "The name of the meeting in addresses: small letters, digits and hyphens. It should stay as it is once people have the address."},
		{"release", false, whole(999_999_999), "Written by export: the number of the release. Leave it out in a file of your own."},
		{"updated", false, momentValue, "When the file was last changed, with the offset from UTC. Calendars use it."},
		{"series", false, refer("series"), "The row of meetings that this one belongs to."},
		{"title", true, titleValue, "The name of the meeting."},
		{"theme", false, textValue, "What the meeting is about, in one line."},
		{"visibility", true, oneOf(agenda.Visibilities(), ""), "Who finds the meeting. public: everybody; unlisted: who has the address; invited: who was invited."},
		{"status", false, statusValue, "Whether the meeting will take place."},
		{"languages", true, &schema{AnyOf: []*schema{languageValue, {Type: "array", Items: languageValue, MinItems: 1}}}, "The languages of the texts in this file. Texts that are not translated are in the first."},
		{"zone", true, &schema{Type: "string", MinLength: 1, MaxLength: agenda.MaxTitle, Examples: []any{"Europe/Paris", "Asia/Tbilisi", "America/New_York"}}, "The time zone of every time below, by its IANA name."},
		{"format", false, oneOf(agenda.Formats(), agenda.InPerson), "How people take part."},
		{"approach", false, textValue, "How the meeting works: round table, free-flow discussion…"},
		{"online", false, refer("online"), "Where it takes place online, as far as that may be printed. Links to join are for backstage."},
		{"venue", false, refer("venue"), "Where it takes place."},
		{"organisers", false, listOf(refer("organiser"), 0), "Who convenes the meeting, in the order of pages and print."},
		{"information", false, proseValue, "Practical matters, in Markdown: getting there, hotels, visas, Wi-Fi."},
		{"rooms", false, listOf(refer("room"), agenda.MaxList), "The rooms that sessions refer to."},
		{"tracks", false, listOf(refer("track"), agenda.MaxList), "Themes that run through several sessions."},
		{"people", false, keyed(keyForm, refer("person")), "The people that roles refer to, each under a key of your choice: small letters, digits, hyphens."},
		{"week", false, matching(weekForm, "2012-W26"), "The week of the meeting (ISO 8601), while its days are not fixed."},
		{"dates", false, matching(spanForm, "2012-06-25/2012-06-29"), "The first and the last day of the meeting, while its days are not fixed."},
		{"days", false, listOf(refer("day"), agenda.MaxDays), "The days, in their order."},
		{"sequence", false, whole(999_999_999), aboutSequence},
		{"modified", false, momentValue, aboutModified},
		{"backstage", false, keyed(noteForm, refer("note")), `What is not for the public: links to join, notes, briefs. Under the id of a session, or under "event" for the whole meeting.`},
	},
	rules: schema{Not: never("week", "dates")},
}

// things lists the mappings within the file.
func things() []thing {
	return []thing{
		{"series", "A row of meetings that belong together.", []keyword{
			{"slug", true, &schema{Type: []string{"string", "integer"}, Pattern: slugForm}, "The name of the series in addresses: small letters, digits and hyphens."},
			{"title", true, titleValue, "The name of the series."},
		}, schema{}},
		{"online", "Where a meeting takes place online.", []keyword{
			{"platform", false, textValue, "What people join with: Microsoft Teams, Zoom…"},
		}, schema{}},
		{"venue", "The place of a meeting.", []keyword{
			{"name", false, textValue, "The name of the house."},
			{"address", false, textValue, "Street and number."},
			{"city", false, textValue, "The city."},
			{"country", false, countryValue, aboutCountry},
			{"geo", false, &schema{Type: "array", Prefix: []*schema{degree(90), degree(180)}, MinItems: 2, MaxItems: 2, Examples: []any{[]float64{41.6938, 44.8015}}}, "The latitude and the longitude, in degrees."},
		}, schema{}},
		{"organiser", "One of those who convene the meeting.", []keyword{
			{"name", true, titleValue, "The name of the organisation."},
			{"as", false, textValue, "In what capacity: Secretariat, Host…"},
			{"url", false, urlValue, "Their website."},
			{"logo", false, lineValue, "The name of the file with their logo."},
		}, schema{}},
		{"room", "A room of the venue.", []keyword{
			{"id", true, nameKeyValue, "What sessions call the room: small letters, digits, hyphens."},
			{"name", true, titleValue, "The name on the door."},
			{"capacity", false, placesValue, "How many seats there are."},
			{"floor", false, lineValue, "The floor, as the house calls it."},
		}, schema{}},
		{"track", "A theme that runs through several sessions.", []keyword{
			{"id", true, nameKeyValue, "What sessions call the track: small letters, digits, hyphens."},
			{"name", true, titleValue, "The name of the track."},
			{"colour", false, matching(colourForm, "#0b7285"), `Its colour on pages and print, in quotes: "#0b7285".`},
		}, schema{}},
		{"person", "Somebody who has a role in the meeting.", []keyword{
			{"id", false, idValue, aboutID},
			{"name", true, titleValue, "The name as printed: Marco Daglio."},
			{"honorific", false, textValue, "What stands before the name: Mr, Ms, H.E."},
			{"say", false, lineValue, "How the name is spoken, for moderators."},
			{"bio", false, proseValue, "A short biography, in Markdown."},
			{"posts", false, &schema{AnyOf: []*schema{titleValue, {Type: "array", Items: titleValue}}}, "The posts held on the day, the main one first."},
			{"organisation", false, textValue, "The organisation the person is from."},
			{"country", false, countryValue, aboutCountry},
		}, schema{}},
		dayThing, sessionThing, partThing, talkThing, roleThing,
		{"link", "Something outside that belongs to a session or talk.", []keyword{
			{"title", true, titleValue, "What it is: Slides, Background paper…"},
			{"url", true, urlValue, "Its address."},
		}, schema{}},
		{"note", "What is known backstage of a session or of the meeting. It is on no public page.", []keyword{
			{"join", false, urlValue, "The link to join online."},
			{"phone", false, lineValue, "The number to dial in."},
			{"code", false, lineValue, "The code or password for both."},
			{"notes", false, proseValue, "For the organisers, in Markdown."},
			{"brief", false, proseValue, "For the moderator, in Markdown."},
			{"contact", false, lineValue, "Whom to call when something fails."},
		}, schema{}},
	}
}

// degree returns the schema of a degree, from -most to most.
func degree(most int) *schema {
	least := -most
	return &schema{Type: "number", Minimum: &least, Maximum: &most}
}

var dayThing = thing{"day", "A day of the agenda.", []keyword{
	{"date", true, &schema{Type: "string", Format: "date", Pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}$`, Examples: []any{"2021-03-29"}}, "The date. A date is there once."},
	{"title", false, textValue, "What the day is about."},
	{"sessions", false, listOf(refer("session"), agenda.MaxSessions), "The sessions, in their order."},
}, schema{}}

var sessionThing = thing{"session", "One item of a day: a plenary, a workshop, a break.", []keyword{
	{"id", false, idValue, aboutID},
	{"time", false, refer("time"), "When it is. 10:00-10:15; 10:00 (until the next begins); 10:00 +15 or +15 (minutes, after the one before); ca. before any of them; all-day, morning or afternoon. Left out: not known."},
	{"kind", false, oneOf(agenda.Kinds(), agenda.Other), "What sort of session it is. A buffer is a gap that is meant: time to change over."},
	{"status", false, statusValue, "Whether it will take place."},
	{"title", true, titleValue, "The title."},
	{"abstract", false, proseValue, aboutAbstract},
	{"questions", false, &schema{AnyOf: []*schema{proseValue, listOf(proseValue, agenda.MaxList)}}, aboutQuestion},
	{"roles", false, rolesValue, aboutRoles},
	{"room", false, nameKeyValue, "The id of its room."},
	{"rooms", false, oneOrMore(nameKeyValue, 0), "The ids of its rooms, where there are several."},
	{"track", false, nameKeyValue, "The id of its track."},
	{"language", false, languageValue, aboutLanguage},
	{"interpretation", false, oneOrMore(languageValue, 0), "The languages it is interpreted into."},
	{"recorded", false, &schema{Type: "boolean"}, "Whether it is recorded."},
	{"audience", false, textValue, "For whom it is, if not for all."},
	{"capacity", false, placesValue, aboutCapacity},
	{"links", false, linksValue, aboutLinks},
	{"parts", false, listOf(refer("part"), agenda.MaxTalks), "What goes on in parallel within it: small tables, clinics, groups."},
	{"talks", false, talksValue, aboutTalks},
	{"sequence", false, whole(999_999_999), aboutSequence},
	{"modified", false, momentValue, aboutModified},
}, schema{Not: never("room", "rooms")}}

var partThing = thing{"part", "One of several parallel parts of a session. It has the time of its session.", []keyword{
	{"id", false, idValue, aboutID},
	{"title", true, titleValue, "The title."},
	{"abstract", false, proseValue, aboutAbstract},
	{"questions", false, &schema{AnyOf: []*schema{proseValue, listOf(proseValue, agenda.MaxList)}}, aboutQuestion},
	{"roles", false, rolesValue, aboutRoles},
	{"room", false, nameKeyValue, "The id of its room."},
	{"language", false, languageValue, aboutLanguage},
	{"capacity", false, placesValue, aboutCapacity},
	{"talks", false, talksValue, aboutTalks},
}, schema{}}

var talkThing = thing{"talk", "One contribution: a lightning talk, a speech, a numbered point.", []keyword{
	{"id", false, idValue, aboutID},
	{"title", true, titleValue, "The title."},
	{"abstract", false, proseValue, aboutAbstract},
	{"minutes", false, whole(agenda.MinutesPerDay), "How long it is, if that is known."},
	{"status", false, statusValue, "Whether it will take place."},
	{"language", false, languageValue, aboutLanguage},
	{"roles", false, rolesValue, aboutRoles},
	{"links", false, linksValue, aboutLinks},
}, schema{}}

var roleThing = thing{"role", "What somebody does. It is held by exactly one of: person, organisation, country, words.", []keyword{
	{"as", true, &schema{AnyOf: []*schema{oneOf(agenda.RoleNames(), ""), {Type: "array", Items: oneOf(agenda.RoleNames(), ""), MinItems: 1}}}, "What is done; several at once are a list."},
	{"label", false, textValue, "What is printed instead, word for word: Welcome Remarks & Moderator."},
	{"person", false, &schema{Type: []string{"string", "integer"}, Pattern: keyForm, MaxLength: 80}, "The key of a person under people."},
	{"organisation", false, textValue, "An organisation, where no person is named."},
	{"country", false, countryValue, aboutCountry},
	{"words", false, textValue, "Plain words: All, the Chair, seven countries."},
	{"status", false, oneOf(agenda.RoleStatuses(), agenda.RoleConfirmed), "How sure it is. tbc: to be confirmed."},
}, schema{OneOf: []*schema{
	{Required: []string{"person"}}, {Required: []string{"organisation"}}, {Required: []string{"country"}}, {Required: []string{"words"}},
}}}
