package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"tamada/pkg/access"
	"tamada/pkg/agenda"
	"tamada/pkg/store"
)

func (a *app) userCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "user",
		Short: "Say who may use the site, and who is what at which event",
	}
	cmd.AddCommand(a.userAddCommand(), a.userListCommand(), a.userRoleCommand(), a.userDisableCommand())
	return cmd
}

func (a *app) userAddCommand() *cobra.Command {
	var name, language string
	var administrator bool
	cmd := &cobra.Command{
		Use:   "add ADDRESS",
		Short: "Add a user, who signs in with a link by mail",
		Args:  cobra.ExactArgs(1),
		RunE: a.withUsers(func(ctx context.Context, db *store.DB, args []string) error {
			address, err := parseAddress(args[0])
			if err != nil {
				return err
			}
			u := access.User{Address: address, Name: name, Language: language, Administrator: administrator}
			if _, err = db.AddUser(ctx, "", u); err != nil {
				return err
			}
			_, err = fmt.Fprintf(a.Out, "%s: added\n", address)
			return err
		}),
	}
	cmd.Flags().StringVar(&name, "name", "", "the name of the user")
	cmd.Flags().StringVar(&language, "language", "", "of pages and messages (default: as the browser asks)")
	cmd.Flags().BoolVar(&administrator, "administrator", false, "the user looks after the site")
	return cmd
}

func (a *app) userListCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the users, their roles, and when they signed in last",
		Args:  cobra.NoArgs,
		RunE:  a.withUsers(func(ctx context.Context, db *store.DB, _ []string) error { return a.listUsers(ctx, db) }),
	}
}

// listUsers prints one user a line.
func (a *app) listUsers(ctx context.Context, db *store.DB) error {
	users, err := db.Users(ctx)
	if err != nil {
		return err
	}
	events, err := db.Drafts(ctx)
	if err != nil {
		return err
	}
	slugs := map[string]string{}
	for _, e := range events {
		slugs[e.ID] = e.Slug
	}
	w := tabwriter.NewWriter(a.Out, 0, 8, 2, ' ', 0)
	for _, u := range users {
		grants, err := db.Grants(ctx, u.ID)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\n", u.Address, oneLine(u.Name), lastSeen(u.Seen), strings.Join(roles(u, grants, slugs), ", "))
	}
	return w.Flush()
}

// oneLine returns a name as a terminal can show it.
func oneLine(name string) string { return strings.Trim(fmt.Sprintf("%q", name), `"`) }

// lastSeen says when somebody was here last.
func lastSeen(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Format(time.DateOnly)
}

// roles lists what a user is.
func roles(u access.User, grants []access.Grant, slugs map[string]string) []string {
	var list []string
	if u.Disabled {
		list = append(list, "disabled")
	}
	if u.Administrator {
		list = append(list, "administrator")
	}
	for _, g := range grants {
		list = append(list, string(g.Role)+" of "+slugs[g.Event])
	}
	return list
}

func (a *app) userRoleCommand() *cobra.Command {
	var remove bool
	cmd := &cobra.Command{
		Use:   "role ADDRESS ROLE [EVENT]",
		Short: "Give a user a role at an event, or make one an administrator",
		Long: `Give a user a role at an event, by its slug: owner, editor, viewer, moderator or
desk. A moderator given here moderates all sessions of the event. The role
administrator has no event: who has it looks after the site.`,
		Example: "  tamada user role nino@ministry.example editor tbilisi-poc-2014\n  tamada user role nino@ministry.example administrator --remove",
		Args:    cobra.RangeArgs(2, 3),
		RunE: a.withUsers(func(ctx context.Context, db *store.DB, args []string) error {
			u, err := findUser(ctx, db, args[0])
			if err != nil {
				return err
			}
			if args[1] == "administrator" {
				err = administrator(ctx, db, u, args[2:], !remove)
			} else {
				err = giveRole(ctx, db, u, access.Role(args[1]), args[2:], remove)
			}
			if err != nil {
				return err
			}
			done := "given"
			if remove {
				done = "taken"
			}
			_, err = fmt.Fprintf(a.Out, "%s: %s %s\n", u.Address, strings.Join(args[1:], " of "), done)
			return err
		}),
	}
	cmd.Flags().BoolVar(&remove, "remove", false, "take the role away instead")
	return cmd
}

// administrator makes a user look after the site, or no longer.
func administrator(ctx context.Context, db *store.DB, u access.User, event []string, is bool) error {
	if len(event) > 0 {
		return errors.New("an administrator looks after the whole site: leave the event out")
	}
	_, err := db.ChangeUser(ctx, "", u.ID, func(u access.User) (access.User, error) {
		u.Administrator = is
		return u, nil
	})
	return err
}

// giveRole gives a user a role at an event, or takes it away.
func giveRole(ctx context.Context, db *store.DB, u access.User, role access.Role, event []string, remove bool) error {
	if !slices.Contains(access.Roles(), role) {
		return fmt.Errorf("role %q: there are owner, editor, viewer, moderator, desk and administrator", role)
	}
	if len(event) == 0 {
		return fmt.Errorf("role %s: say of which event, by its slug", role)
	}
	d, _, err := db.Draft(ctx, event[0])
	if err != nil {
		return err
	}
	if remove {
		return db.Ungrant(ctx, "", u.ID, d.Event.ID, role)
	}
	g := access.Grant{Event: d.Event.ID, Role: role}
	if role == access.Moderator {
		for _, s := range d.Event.Sessions() {
			g.Sessions = append(g.Sessions, s.ID)
		}
	}
	return db.Grant(ctx, "", u.ID, g)
}

func (a *app) userDisableCommand() *cobra.Command {
	var enable bool
	cmd := &cobra.Command{
		Use:   "disable ADDRESS",
		Short: "Let a user sign in no more, and end where they are signed in",
		Args:  cobra.ExactArgs(1),
		RunE: a.withUsers(func(ctx context.Context, db *store.DB, args []string) error {
			u, err := findUser(ctx, db, args[0])
			if err != nil {
				return err
			}
			if _, err = db.ChangeUser(ctx, "", u.ID, func(u access.User) (access.User, error) {
				u.Disabled = !enable
				return u, nil
			}); err != nil {
				return err
			}
			done := "disabled"
			if enable {
				done = "enabled"
			}
			_, err = fmt.Fprintf(a.Out, "%s: %s\n", u.Address, done)
			return err
		}),
	}
	cmd.Flags().BoolVar(&enable, "undo", false, "let the user sign in again")
	return cmd
}

// withUsers returns what a subcommand runs: f, with the database open.
func (a *app) withUsers(f func(ctx context.Context, db *store.DB, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		return a.withStore(cmd.Context(), func(db *store.DB) error { return f(cmd.Context(), db, args) })
	}
}

func parseAddress(text string) (access.Address, error) {
	address, err := access.ParseAddress(text)
	if err != nil {
		return address, fmt.Errorf("address %q: %w", text, err)
	}
	return address, nil
}

// findUser returns the user with an address.
func findUser(ctx context.Context, db *store.DB, text string) (access.User, error) {
	address, err := parseAddress(text)
	if err != nil {
		return access.User{}, err
	}
	u, err := db.UserByAddress(ctx, address)
	if errors.Is(err, agenda.ErrNotFound) {
		return u, fmt.Errorf("%w: tamada user add %s makes one", err, address)
	}
	return u, err
}
