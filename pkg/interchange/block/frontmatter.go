package block

import "strings"

// maxFront is how many lines the head of a file has at most.
const maxFront = 200

// frontMatter reads the keys between lines of "---" that site generators put at
// the head of Markdown and HTML files. It returns them as fields, the rest of s,
// and how many lines come before the rest.
func frontMatter(s string) (fields []Block, rest string, skipped int) {
	if !strings.HasPrefix(s, "---\n") {
		return nil, s, 0
	}
	lines := strings.SplitN(s, "\n", maxFront+2)
	end := 1
	for end < len(lines) && strings.TrimRight(lines[end], " ") != "---" {
		end++
	}
	if end > maxFront || end >= len(lines) {
		return nil, s, 0
	}
	key := ""
	for i, line := range lines[1:end] {
		text := Clean(line)
		if item, ok := strings.CutPrefix(text, "- "); ok && key != "" {
			text = key + ": " + unquote(item)
		} else if k, v, ok := strings.Cut(text, ":"); ok && !strings.ContainsAny(k, " \"'") {
			v = strings.TrimSpace(v)
			if line == strings.TrimLeft(line, " \t") {
				key = k
			}
			if v == "" || v == `""` {
				continue
			}
			text = k + ": " + unquote(v)
		}
		if text != "" {
			fields = append(fields, Block{Kind: Field, Line: i + 2, Text: text})
		}
	}
	return fields, strings.Join(lines[end+1:], "\n"), end + 1
}

// unquote takes quotation marks off s.
func unquote(s string) string {
	if len(s) >= 2 && (s[0] == '\'' || s[0] == '"') && s[len(s)-1] == s[0] {
		return s[1 : len(s)-1]
	}
	return s
}
