// Package post says what a message is and where it is on its way, as values:
// letters, messages, the states of a message and the steps between them.
//
// It is what those who make messages, those who keep them and those who hand
// them over have in common; package mail does the last, and its Design says
// what the states are for. The package knows no clock, no database and no
// server.
package post
