package markdown

import (
	"strconv"
	"strings"
)

// Plain writes src as plain text, for calendars and mails: an empty line between
// paragraphs, "• " or "1. " before items, addresses of links in brackets after them.
func Plain(src string) string {
	var s strings.Builder
	blocks := Blocks(src)
	for i, b := range blocks {
		if i > 0 {
			s.WriteString(between(blocks[i-1], b))
		}
		s.WriteString(strings.Repeat("  ", indent(b)))
		s.WriteString(mark(b))
		for part := range byLink(b.Runs) {
			label := Block{Runs: part}.Text()
			s.WriteString(label)
			if link := part[0].Link; link != "" && !shows(label, link) {
				s.WriteString(" (" + shown(link) + ")")
			}
		}
	}
	return s.String()
}

// between is what separates two blocks: items of lists are close.
func between(a, b Block) string {
	if b.Kind == Item && a.Level > 0 && a.Kind != Heading {
		return "\n"
	}
	return "\n\n"
}

// indent is by how much b is indented: an item's further paragraphs are below its text.
func indent(b Block) int {
	switch b.Kind {
	case Heading:
		return 0
	case Item:
		return b.Level - 1
	}
	return b.Level
}

// mark is what stands before an item.
func mark(b Block) string {
	switch {
	case b.Kind != Item:
		return ""
	case b.Number == Bullet:
		return "• "
	}
	return strconv.Itoa(b.Number) + ". "
}

// shown is an address as people write it.
func shown(link string) string {
	link = strings.TrimPrefix(link, "mailto:")
	return strings.TrimPrefix(link, "tel:")
}

// shows reports whether text, that of a link, contains its address.
func shows(text, link string) bool {
	bare := strings.TrimPrefix(strings.TrimPrefix(shown(link), "https://"), "http://")
	return strings.Contains(text, strings.TrimSuffix(bare, "/"))
}
