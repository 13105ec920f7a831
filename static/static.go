// Package static holds what browsers load beside the pages: style sheets,
// modules and icons. They are served under names that carry a hash of their
// content (see pkg/web), so that browsers keep them for ever.
package static

import "embed"

// FS holds the files, at the top level.
//
//go:embed *.css *.js *.svg
var FS embed.FS
