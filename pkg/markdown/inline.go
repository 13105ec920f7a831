package markdown

import (
	"bytes"
	"iter"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// runs is the text under block. It walks without recursion: emphasis can be deep.
func (r *reader) runs(block ast.Node) []Run {
	w := inline{source: r.source}
	for n := block.FirstChild(); n != nil; {
		w.enter(n)
		if c := n.FirstChild(); c != nil {
			n = c
			continue
		}
		for n != nil && n != block {
			w.leave(n)
			if s := n.NextSibling(); s != nil {
				n = s
				break
			}
			n = n.Parent()
		}
		if n == block {
			break
		}
	}
	return trim(w.runs)
}

// An inline collects the runs of one block.
type inline struct {
	source       []byte
	runs         []Run
	bold, italic int // how many are open
	link         string
}

// enter begins n.
func (w *inline) enter(n ast.Node) {
	switch n := n.(type) {
	case *ast.Emphasis:
		w.emphasis(n, 1)
	case *ast.Link:
		w.link = address(unescape(n.Destination))
	case *ast.AutoLink:
		w.autoLink(n)
	case *ast.Text:
		w.write(unescape(n.Value(w.source)))
		if n.HardLineBreak() {
			w.write("\n")
		} else if n.SoftLineBreak() {
			w.write(" ")
		}
	case *ast.String:
		w.write(string(n.Value))
	}
}

// leave ends n.
func (w *inline) leave(n ast.Node) {
	switch n := n.(type) {
	case *ast.Emphasis:
		w.emphasis(n, -1)
	case *ast.Link:
		w.link = ""
	}
}

func (w *inline) emphasis(n *ast.Emphasis, by int) {
	if n.Level == 1 {
		w.italic += by
	} else {
		w.bold += by
	}
}

// autoLink writes an address that stands for itself.
func (w *inline) autoLink(n *ast.AutoLink) {
	label := string(n.Label(w.source))
	url := string(n.URL(w.source))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	outer := w.link
	if outer == "" {
		w.link = address(url)
	}
	w.write(label)
	w.link = outer
}

// write adds text in the style that is open, to the last run if that has the same.
func (w *inline) write(s string) {
	if s == "" {
		return
	}
	run := Run{Text: s, Bold: w.bold > 0, Italic: w.italic > 0, Link: w.link}
	if n := len(w.runs); n > 0 && sameStyle(w.runs[n-1], run) {
		w.runs[n-1].Text += s
		return
	}
	w.runs = append(w.runs, run)
}

func sameStyle(a, b Run) bool { return a.Bold == b.Bold && a.Italic == b.Italic && a.Link == b.Link }

// byLink yields runs in parts that have one link, or none.
func byLink(runs []Run) iter.Seq[[]Run] {
	return func(yield func([]Run) bool) {
		for len(runs) > 0 {
			n := 1
			for n < len(runs) && runs[n].Link == runs[0].Link {
				n++
			}
			if !yield(runs[:n]) {
				return
			}
			runs = runs[n:]
		}
	}
}

// trim takes space off the ends.
func trim(runs []Run) []Run {
	for len(runs) > 0 {
		first := &runs[0]
		if first.Text = strings.TrimLeft(first.Text, " \t\n"); first.Text != "" {
			break
		}
		runs = runs[1:]
	}
	for len(runs) > 0 {
		last := &runs[len(runs)-1]
		if last.Text = strings.TrimRight(last.Text, " \t\n"); last.Text != "" {
			break
		}
		runs = runs[:len(runs)-1]
	}
	return runs
}

// unescape resolves backslashes before punctuation, and character references.
func unescape(b []byte) string {
	if !bytes.ContainsAny(b, `\&`) {
		return string(b)
	}
	var s strings.Builder
	for i := 0; i < len(b); {
		switch {
		case b[i] == '\\' && i+1 < len(b) && util.IsPunct(b[i+1]):
			s.WriteByte(b[i+1])
			i += 2
		case b[i] == '&':
			text, n := reference(b[i:])
			s.WriteString(text)
			i += n
		default:
			s.WriteByte(b[i])
			i++
		}
	}
	return s.String()
}
