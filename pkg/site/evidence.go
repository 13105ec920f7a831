package site

// Evidence is what is checked automatically of how usable pages are for
// everybody, with each change to the program. The test that does it takes what it
// checks from here, and fails where this is not true of its tool.
type Evidence struct {
	Tool      string
	Version   string
	Tags      []string // of the rules, as the tool has them
	Rules     int      // how many have these tags
	Languages []string
	Pages     []Page
}

// A Page is one that is checked. Title is the message that names it.
type Page struct {
	Path  string // ":event" stands for a meeting, ":session" for one of its sessions
	Title string
}

// Checked returns the evidence.
func Checked() Evidence {
	return Evidence{
		Tool: "axe-core", Version: "4.14.1", Rules: 0,
		Tags:      []string{"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"},
		Languages: []string{"en", "ar", "ka"},
		Pages: []Page{
			{"/", "web.meetings"},
			{"/e/:event", "agenda"},
			{"/e/:event/s/:session", "session"},
			{"/e/:event/now", "web.now"},
			{"/e/:event/subscribe", "web.subscribe"},
			{"/e/:event/print", "web.print"},
			{"/e/:event/changes", "web.changes"},
			{"/about", "web.imprint"},
			{"/privacy", "web.privacy"},
			{"/accessibility", "site.accessibility"},
			{"/sign-in", "account.sign-in"},
		},
	}
}
