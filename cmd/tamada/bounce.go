package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"tamada/pkg/agenda"
	"tamada/pkg/mail"
	"tamada/pkg/post"
	"tamada/pkg/store"
)

// longestReport bounds what is read of a message that came back, in bytes.
const longestReport = 1 << 20

func (a *app) bounceCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "bounce [FILE]",
		Short: "Note that a message came back",
		Long: `Note that a message came back, from the report in a file or at standard input
(RFC 3464). A mail server hands reports over by itself with an alias, as
"meetings: |tamada bounce" in /etc/aliases. What is no report is passed over.`,
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			report, err := readReport(cmd.InOrStdin(), args)
			if err != nil {
				return err
			}
			return a.withStore(cmd.Context(), func(db *store.DB) error { return a.bounce(cmd.Context(), db, report) })
		},
	}
}

// readReport reads the file of the command line, or in.
func readReport(in io.Reader, args []string) ([]byte, error) {
	if len(args) > 0 {
		f, err := os.Open(args[0])
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	return io.ReadAll(io.LimitReader(in, longestReport))
}

// bounce moves the messages that a report says will not arrive.
func (a *app) bounce(ctx context.Context, db *store.DB, report []byte) error {
	b, err := mail.ParseBounce(report)
	if errors.Is(err, mail.ErrNotBounce) {
		_, err = fmt.Fprintln(a.Out, "passed over:", err)
		return err
	}
	if err != nil {
		return err
	}
	c, err := a.config()
	if err != nil {
		return err
	}
	secret, err := siteSecret(c)
	if err != nil {
		return err
	}
	queue, err := db.Mail(secret)
	if err != nil {
		return err
	}
	for _, d := range b.Deliveries {
		if !d.Failed() {
			continue
		}
		if err := a.comeBack(ctx, queue, post.IDOf(b.MessageID), d); err != nil {
			return err
		}
	}
	return nil
}

// comeBack notes that one message came back. Anybody can write a report: one
// that does not name a message of ours with the one it went to is passed over,
// as is one that came twice.
func (a *app) comeBack(ctx context.Context, queue *store.Mail, id string, d mail.Delivery) error {
	item, err := queue.Find(ctx, id)
	if err == nil && !strings.EqualFold(item.Message.To.Address, d.Recipient) {
		err = agenda.ErrNotFound
	}
	if err == nil {
		item, err = queue.Move(ctx, "", id, d.Event())
	}
	switch {
	case errors.Is(err, agenda.ErrNotFound), errors.Is(err, post.ErrState):
		_, err = fmt.Fprintf(a.Out, "%q: nothing to note\n", d.Recipient)
	case err == nil:
		_, err = fmt.Fprintf(a.Out, "%s: %s\n", item.Message.To.Address, item.Status.Detail)
	}
	return err
}
