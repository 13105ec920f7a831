// Package agendas holds the agenda files of five real meetings: to look at, to
// copy, and to try the program with. What of each is from its source and what
// was chosen stands at the top of the file.
//
// Reading them is for pkg/agendafile.
package agendas

import "embed"

// FS holds the files, such as "tbilisi-poc-2014.yaml".
//
//go:embed *.yaml
var FS embed.FS
