package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
	"gorm.io/gorm"
)

// migrations are the steps of both schemas. A step, once released, is never
// edited: a mistake is mended by the next one.
//
//go:embed migrations
var migrations embed.FS

// migrate applies the steps in the given folder that db has not seen, each in
// a transaction of its own.
func migrate(ctx context.Context, db *gorm.DB, dialect goose.Dialect, folder string, options ...goose.ProviderOption) error {
	pool, err := db.DB()
	if err != nil {
		return err
	}
	steps, err := fs.Sub(migrations, folder)
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(dialect, pool, steps, append(options, goose.WithDisableGlobalRegistry(true))...)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	current, target, err := p.GetVersions(ctx)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if current > target {
		return fmt.Errorf("the database is of a later version of this program (schema %d, known up to %d)", current, target)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	return nil
}
