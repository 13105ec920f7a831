package agendafile

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/lexer"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// A shape is what a node of the file is.
type shape int

const (
	nothing shape = iota // a key without a value
	scalar
	list
	mapping
)

// String names the shape in messages.
func (s shape) String() string {
	return [...]string{"nothing", "a text", "a list", "a mapping"}[s]
}

// A node is a value of the file with its place.
type node struct {
	shape        shape
	line, column int
	text         string  // of a scalar; of nothing, "null" or "~" where that is written
	quoted       bool    // a scalar in quotes, or a block
	items        []*node // of a list
	entries      []entry // of a mapping
}

// An entry is a key of a mapping with its value.
type entry struct {
	key   *node
	value *node
}

// tree parses the file. Without problems, it returns a mapping.
func (s *source) tree() *node {
	tokens := lexer.Tokenize(s.text)
	s.check(tokens)
	if len(s.problems) > 0 {
		return nil
	}
	file, err := parser.Parse(tokens, 0, parser.AllowDuplicateMapKey())
	if err != nil {
		s.syntax(err)
		return nil
	}
	if len(file.Docs) == 0 || file.Docs[0].Body == nil {
		s.whole("the file is empty; an agenda begins with slug, title, languages and zone")
		return nil
	}
	root := s.node(file.Docs[0].Body)
	if root.shape != mapping && len(s.problems) == 0 {
		s.add(root.line, root.column, "an agenda file is a mapping of keys (slug: …, title: …), not %s", root.shape)
	}
	return root
}

// syntax records an error of the YAML library.
func (s *source) syntax(err error) {
	var placed interface {
		GetToken() *token.Token
		GetMessage() string
	}
	if !errors.As(err, &placed) || placed.GetToken() == nil {
		s.whole("not YAML: %s", clip(err.Error()))
		return
	}
	s.at(placed.GetToken(), "%s", plain(placed.GetMessage()))
}

// node converts what the library parsed.
func (s *source) node(n ast.Node) *node {
	switch n := n.(type) {
	case *ast.MappingNode:
		return s.mapping(n)
	case *ast.SequenceNode:
		out := placed(n.Start, list)
		for _, v := range n.Values {
			out.items = append(out.items, s.node(v))
		}
		return out
	case *ast.LiteralNode:
		return literal(n)
	case *ast.NullNode:
		out := placed(n.Token, nothing)
		if n.Token.Type != token.ImplicitNullType {
			out.text = n.Token.Value
		}
		return out
	case *ast.StringNode:
		out := placed(n.Token, scalar)
		out.text = n.Value
		out.quoted = n.Token.Type != token.StringType
		return out
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		out := placed(n.GetToken(), scalar)
		out.text = n.GetToken().Value
		return out
	}
	out := placed(n.GetToken(), nothing)
	s.add(out.line, out.column, "a part of YAML that agenda files do without; put the text in quotes")
	return out
}

// placed returns a node at the place of t.
func placed(t *token.Token, s shape) *node {
	if t == nil || t.Position == nil {
		return &node{shape: s, line: 1, column: 1}
	}
	return &node{shape: s, line: t.Position.Line, column: max(1, t.Position.Column)}
}

// literal converts a text in block style. Its last line break is not part of
// the text, unless "|+" or ">+" says to keep it.
func literal(n *ast.LiteralNode) *node {
	out := placed(n.Start, scalar)
	out.text, out.quoted = n.Value.Value, true
	if !strings.Contains(n.Start.Value, "+") {
		out.text = strings.TrimRight(out.text, "\n")
	}
	return out
}

// mapping converts a mapping and refuses keys that are there twice.
func (s *source) mapping(n *ast.MappingNode) *node {
	out := placed(n.Start, mapping)
	seen := map[string]int{}
	for i, v := range n.Values {
		key := placed(v.Key.GetToken(), scalar)
		key.text = v.Key.GetToken().Value
		key.quoted = v.Key.GetToken().Type == token.DoubleQuoteType || v.Key.GetToken().Type == token.SingleQuoteType
		if i == 0 && !n.IsFlowStyle {
			out.line, out.column = key.line, key.column // the library gives the place of the colon
		}
		if line := seen[key.text]; line > 0 {
			s.add(key.line, key.column, "%q is there twice; the first is in line %d", clip(key.text), line)
			continue
		}
		seen[key.text] = key.line
		out.entries = append(out.entries, entry{key, s.node(v.Value)})
	}
	return out
}

// entry returns the entry of n with the given key, or nil.
func (n *node) entry(key string) *entry {
	for i := range n.entries {
		if n.entries[i].key.text == key {
			return &n.entries[i]
		}
	}
	return nil
}
