package markdown

import (
	"html/template"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark/text"

	"tamada/pkg/effort"
)

// Each text as HTML below h3, and plain.
var texts = []struct{ name, src, html, plain string }{
	{"empty", " \n\n", "", ""},
	{
		"paragraphs", "One\ntwo.\n\nThree\\\nfour.",
		"<p dir=\"auto\">One two.</p>\n<p dir=\"auto\">Three<br>\nfour.</p>\n",
		"One two.\n\nThree\nfour.",
	},
	{
		"emphasis", "a *b* **c** ***d*** snake_case_name 2*3*4",
		"<p dir=\"auto\">a <em>b</em> <strong>c</strong> <strong><em>d</em></strong> snake_case_name 2<em>3</em>4</p>\n",
		"a b c d snake_case_name 234",
	},
	{
		"links", "[OECD](https://www.oecd.org \"title\"), [**us**](mailto:a@b.org), <tel:+33123> and https://oecd.org/a_b. Or secretariat@oecd.org",
		"<p dir=\"auto\"><a href=\"https://www.oecd.org\">OECD</a>, <a href=\"mailto:a@b.org\"><strong>us</strong></a>, <a href=\"tel:+33123\">tel:+33123</a> and <a href=\"https://oecd.org/a_b\">https://oecd.org/a_b</a>. Or <a href=\"mailto:secretariat@oecd.org\">secretariat@oecd.org</a></p>\n",
		"OECD (https://www.oecd.org), us (a@b.org), tel:+33123 and https://oecd.org/a_b. Or secretariat@oecd.org",
	},
	{
		"styles in links", "[a **b**](https://x.org)",
		"<p dir=\"auto\"><a href=\"https://x.org\">a <strong>b</strong></a></p>\n", "a b (https://x.org)",
	},
	{
		"bad links", "[a](javascript:alert(1)) [b](JAVASCRIPT:x) [c](data:text/html,x) [d](//evil.org) [e](/e/x) [f](java&#x09;script:x) <vbscript:x> [g](https://)",
		"<p dir=\"auto\">a b c d e f vbscript:x g</p>\n",
		"a b c d e f vbscript:x g",
	},
	{
		"HTML", "<script>alert(1)</script> & <b>x</b> &lt; &copy; &amp;amp; \\*",
		"<p dir=\"auto\">&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;x&lt;/b&gt; &lt; © &amp;amp; *</p>\n",
		"<script>alert(1)</script> & <b>x</b> < © &amp; *",
	},
	{
		"quotes in addresses", `[a](https://x.org/"onmouseover="alert)`,
		"<p dir=\"auto\"><a href=\"https://x.org/%22onmouseover=%22alert\">a</a></p>\n",
		"a (https://x.org/%22onmouseover=%22alert)",
	},
	{
		"images", "![a *map*](https://x.org/map.png) here",
		"<p dir=\"auto\">a <em>map</em> here</p>\n", "a map here",
	},
	{
		"headings", "# Getting there\ntext\n#### Bus\n## Hotels",
		"<h3 dir=\"auto\">Getting there</h3>\n<p dir=\"auto\">text</p>\n<h4 dir=\"auto\">Bus</h4>\n<h4 dir=\"auto\">Hotels</h4>\n",
		"Getting there\n\ntext\n\nBus\n\nHotels",
	},
	{"rules are not headings", "text\n---\nmore", "<p dir=\"auto\">text</p>\n<p dir=\"auto\">more</p>\n", "text\n\nmore"},
	{
		"lists", "Bring:\n- a\n- b\n  1. c\n  2. d\n\n     more d\n- e\n\n3) f\n4) g",
		"<p dir=\"auto\">Bring:</p>\n<ul>\n<li dir=\"auto\">a</li>\n<li dir=\"auto\">b<ol>\n<li dir=\"auto\">c</li>\n<li dir=\"auto\">d<p dir=\"auto\">more d</p>\n</li>\n</ol>\n</li>\n<li dir=\"auto\">e</li>\n</ul>\n<ol start=\"3\">\n<li dir=\"auto\">f</li>\n<li dir=\"auto\">g</li>\n</ol>\n",
		"Bring:\n\n• a\n• b\n  1. c\n  2. d\n\n    more d\n• e\n3. f\n4. g",
	},
	{"quotations", "> a\n> b\n>\n> - c\n\nd", "<blockquote>\n<p dir=\"auto\">a b</p>\n<ul>\n<li dir=\"auto\">c</li>\n</ul>\n</blockquote>\n<p dir=\"auto\">d</p>\n", "a b\n\n• c\n\nd"},
	{"no code", "    indented\n\n`x`", "<p dir=\"auto\">indented</p>\n<p dir=\"auto\">`x`</p>\n", "indented\n\n`x`"},
	{"control characters", "a\x00b\x1b[31m &#0; &#27; \xff", "<p dir=\"auto\">ab[31m \uFFFD  \uFFFD</p>\n", "ab[31m \uFFFD  \uFFFD"},
	{"Arabic", "مرحبا **بكم**", "<p dir=\"auto\">مرحبا <strong>بكم</strong></p>\n", "مرحبا بكم"},
}

func TestHTML(t *testing.T) {
	for _, test := range texts {
		if got := string(HTML(test.src, 3)); got != test.html {
			t.Errorf("%s:\ngot  %q\nwant %q", test.name, got, test.html)
		}
	}
}

func TestPlain(t *testing.T) {
	for _, test := range texts {
		if got := Plain(test.src); got != test.plain {
			t.Errorf("%s:\ngot  %q\nwant %q", test.name, got, test.plain)
		}
	}
}

func TestBlocks(t *testing.T) {
	got := Blocks("## *Day* 1\n\n7. one\n\n   more\n8. two\n   - [deep](https://x.org)\n\n> said")
	want := []Block{
		{Kind: Heading, Level: 1, Runs: []Run{{Text: "Day", Italic: true}, {Text: " 1"}}},
		{Kind: Item, Level: 1, Number: 7, Runs: []Run{{Text: "one"}}},
		{Kind: Paragraph, Level: 1, Runs: []Run{{Text: "more"}}},
		{Kind: Item, Level: 1, Number: 8, Runs: []Run{{Text: "two"}}},
		{Kind: Item, Level: 2, Number: Bullet, Runs: []Run{{Text: "deep", Link: "https://x.org"}}},
		{Kind: Paragraph, Quote: true, Runs: []Run{{Text: "said"}}},
	}
	if !slices.EqualFunc(got, want, equal) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

func equal(a, b Block) bool {
	return a.Kind == b.Kind && a.Level == b.Level && a.Number == b.Number && a.Quote == b.Quote && slices.Equal(a.Runs, b.Runs)
}

func TestHeadingsStayOnThePage(t *testing.T) {
	for level, want := range map[int]string{-1: "<h1 ", 0: "<h1 ", 1: "<h1 ", 2: "<h2 ", 6: "<h6 ", 9: "<h6 "} {
		if got := string(HTML("### a", level)); !strings.HasPrefix(got, want) {
			t.Errorf("level %d: got %s, want %s", level, got, want)
		}
	}
}

// hostile are texts that make some parsers take time by the square of their length, or
// memory by their depth.
var hostile = map[string]string{
	"quotations":        strings.Repeat(">", MaxLength),
	"quotations, lines": strings.Repeat(strings.Repeat(">", 99)+"\n", MaxLength/100),
	"lists":             strings.Repeat("- ", MaxLength/2),
	"numbered lists":    strings.Repeat("1. ", MaxLength/3),
	"long list":         strings.Repeat("1. a\n", MaxLength/5),
	"stairs":            stairs(),
	"emphasis":          strings.Repeat("*a **b ", MaxLength/7),
	"stars":             strings.Repeat("*", MaxLength),
	"closed emphasis":   strings.Repeat("*a_ ", MaxLength/4),
	"deep emphasis":     strings.Repeat("*a ", MaxLength/6) + strings.Repeat("b* ", MaxLength/6),
	"brackets":          strings.Repeat("[", MaxLength),
	"links":             strings.Repeat("[a](", MaxLength/4),
	"deep links":        strings.Repeat("[", MaxLength/2) + strings.Repeat("](b)", MaxLength/8),
	"closed brackets":   strings.Repeat("[]", MaxLength/2),
	"images":            strings.Repeat("![", MaxLength/2),
	"addresses":         strings.Repeat("<http:", MaxLength/6),
	"mail addresses":    strings.Repeat("a.", MaxLength/2) + "@",
	"bare addresses":    strings.Repeat("https://a.b ", MaxLength/12),
	"one address":       "https://" + strings.Repeat("a.", MaxLength/2),
	"parentheses":       "https://a.b/" + strings.Repeat("(", MaxLength/2) + strings.Repeat(")", MaxLength/2),
	"references":        strings.Repeat("&", MaxLength),
	"backslashes":       strings.Repeat(`\`, MaxLength),
	"headings":          strings.Repeat("# a #\n", MaxLength/6),
	"blank":             strings.Repeat(" ", MaxLength),
	"lines":             strings.Repeat("\n", MaxLength),
	"spaced lines":      strings.Repeat("a\n", MaxLength/2),
	"tabs":              strings.Repeat("\t>", MaxLength/2),
	"invalid":           strings.Repeat("\xff", MaxLength),
	"long paragraph":    strings.Repeat("long word ", MaxLength/10),
	"too long":          strings.Repeat("word ", MaxLength),
}

// stairs is a list that goes as deep as its length allows.
func stairs() string {
	var b strings.Builder
	for depth := 0; b.Len() < MaxLength; depth++ {
		b.WriteString(strings.Repeat("  ", depth) + "- a\n")
	}
	return b.String()
}

func TestHostile(t *testing.T) {
	for name, src := range hostile {
		var blocks []Block
		var html template.HTML
		var plain string
		took := effort.Of(t, func() {
			blocks = Blocks(src)
			html = BlocksHTML(blocks, 2)
			plain = Plain(src)
		})
		t.Logf("%-18s %6d blocks %8d bytes %8d plain %s", name, len(blocks), len(html), len(plain), took)
		if took > 5*time.Second { // a tenth of a second each, but for slow machines
			t.Errorf("%s: took %s, want it bounded", name, took)
		}
		for _, b := range blocks {
			if b.Kind == Item && b.Level > maxDepth {
				t.Fatalf("%s: got an item at depth %d, want %d at most", name, b.Level, maxDepth)
			}
		}
	}
}

func TestLongParagraphStaysWhole(t *testing.T) {
	if got := len(Blocks(strings.Repeat("სიტყვა ", 2000))); got != 1 {
		t.Errorf("got %d blocks, want 1", got)
	}
}

// Whatever is written, the page gets well-formed elements of a known few, with addresses
// of the known few, and no text is made up.
func FuzzHTML(f *testing.F) {
	for _, test := range texts {
		f.Add(test.src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		got := string(HTML(src, 2))
		if bad := malformed(got); bad != "" {
			t.Errorf("%q: got %q, with %s", src, got, bad)
		}
		for _, b := range Blocks(src) {
			if strings.TrimSpace(b.Text()) == "" || b.Level < 0 || b.Level > maxDepth {
				t.Errorf("%q: got block %+v", src, b)
			}
			for _, r := range b.Runs {
				if r.Link != "" && address(r.Link) != r.Link {
					t.Errorf("%q: got link %q, want one that stays as it is", src, r.Link)
				}
			}
		}
		Plain(src)
	})
}

// malformed says what is wrong with the elements of a page, or "".
func malformed(page string) string {
	var open []string
	for {
		_, rest, found := strings.Cut(page, "<")
		if !found {
			break
		}
		inside, after, closed := strings.Cut(rest, ">")
		name, attributes, _ := strings.Cut(inside, " ")
		if !closed || strings.Contains(inside, "<") || !strings.Contains(" p h2 h3 h4 h5 h6 ul ol li blockquote a em strong br ", " "+strings.TrimPrefix(name, "/")+" ") {
			return "element <" + inside
		}
		if strings.Count(attributes, `"`)%2 != 0 || strings.Count(attributes, `"`) > 4 {
			return "attributes " + attributes
		}
		switch {
		case name == "br":
		case name[0] != '/':
			open = append(open, name)
		case len(open) == 0 || open[len(open)-1] != name[1:]:
			return "unopened " + name
		default:
			open = open[:len(open)-1]
		}
		page = after
	}
	if len(open) > 0 {
		return "unclosed " + strings.Join(open, " ")
	}
	return ""
}

func BenchmarkHTML(b *testing.B) {
	src := strings.Repeat("The OECD Secretariat will *welcome* the participants and [introduce](https://oecd.org) the topics.\n\n- one\n- two\n\n", 5)
	b.ReportAllocs()
	for b.Loop() {
		HTML(src, 3)
	}
}

// FuzzWords holds that a text without marks is read as the parser reads it.
func FuzzWords(f *testing.F) {
	for _, s := range []string{"Plain words, and a number: 12.", "მუშაობა — work", "Setext\n===", "a  b", "Over\ntwo lines", "A\n\nB", "A & B", "See www.example.org", "x!", "One. \n", "One\ntwo.\n\nThree.\n\n", "A\n\n\nB"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, src string) {
		if _, ok := paragraphs(src); !ok {
			return
		}
		source := []byte(prepare(src))
		r := reader{source: source}
		r.read(theParser().Parse(text.NewReader(source)), Block{})
		if got := Blocks(src); !reflect.DeepEqual(got, r.blocks) {
			t.Errorf("%q: got %+v, the parser reads %+v", src, got, r.blocks)
		}
	})
}
