package block

import (
	"regexp"
	"strings"
)

// Read returns the lines of a document, whatever it is: a Word document, an
// HTML page, Markdown or plain text, told by its content.
// Errors wrap [ErrTooLarge], [ErrNotText] or [ErrBroken].
func Read(b []byte) ([]Block, error) {
	if IsZip(b) {
		return FromWord(b)
	}
	s, err := Decode(b)
	if err != nil {
		return nil, err
	}
	head := s[:min(len(s), lookedAt)]
	switch {
	case looksLikeHTML(head):
		return FromHTML(s)
	case looksLikeMarkdown(head):
		return FromMarkdown(s)
	}
	return FromText(s)
}

// lookedAt is how many bytes of a text are looked at to tell its format.
const lookedAt = 100_000

var (
	htmlHead  = regexp.MustCompile(`(?i)^\s*(<!doctype html|<html|<!--|<head|<body|<table|<div|<ul|<p[ >])`)
	htmlTags  = regexp.MustCompile(`(?i)</(p|li|td|tr|th|div|ul|table|h[1-6])>`)
	markdowns = regexp.MustCompile(`(?m)^ {0,3}#{1,6} +\S|^\|.*\|\s*$|^ *\|?[ :]*-{3,}[ :]*\||\*\*[^*\n]+\*\*|\]\(https?://|^---\n|~~\S`)
)

func looksLikeHTML(s string) bool {
	_, body, _ := frontMatter(s)
	if htmlHead.MatchString(body) {
		return true
	}
	tags := len(htmlTags.FindAllStringIndex(body, 200))
	return tags >= 4 && tags > strings.Count(body, "\n")/3
}

func looksLikeMarkdown(s string) bool { return markdowns.MatchString(s) }
