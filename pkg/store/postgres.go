package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

// postgresDB is a PostgreSQL database, which any number of processes share.
type postgresDB struct {
	config *pgx.ConnConfig
	db     *gorm.DB
	log    *slog.Logger
}

const (
	poolPostgres  = 16
	retries       = 10               // of a transaction that met another
	pollPostgres  = 10 * time.Second // in case a notification was lost
	channel       = "tamada"         // of notifications
	pauseListener = time.Second      // before it connects again
)

func openPostgres(ctx context.Context, url string, log *slog.Logger) (engine, error) {
	config, err := pgx.ParseConfig(url)
	if err != nil {
		return nil, fmt.Errorf("database: %w", err) // pgx leaves the password out
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(poolPostgres)
	pool.SetMaxIdleConns(poolPostgres)
	p := &postgresDB{config: config, log: log}
	if p.db, err = openGORM(postgres.New(postgres.Config{Conn: pool}), log); err != nil {
		return nil, errors.Join(err, pool.Close())
	}
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 60))
	if err == nil {
		err = migrate(ctx, p.db, goose.DialectPostgres, "migrations/postgres", goose.WithSessionLocker(locker))
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("database: %w", err), pool.Close())
	}
	return p, nil
}

// write runs f in a transaction, and again while the database says that it met
// another one. Those who wait for the lock of a row wait in their order.
func (p *postgresDB) write(ctx context.Context, f func(tx *gorm.DB) error) error {
	for try := 1; ; try++ {
		err := p.db.WithContext(ctx).Transaction(f)
		if try == retries || !metAnother(err) {
			return err
		}
	}
}

// metAnother reports whether err is of a transaction that should be tried
// again: serialization_failure or deadlock_detected.
func metAnother(err error) bool {
	var e *pgconn.PgError
	return errors.As(err, &e) && (e.Code == "40001" || e.Code == "40P01")
}

func (p *postgresDB) read(ctx context.Context, f func(tx *gorm.DB) error) error {
	return p.db.WithContext(ctx).Transaction(f, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
}

func (p *postgresDB) announce(tx *gorm.DB, event string) error {
	return tx.Exec("SELECT pg_notify(?, ?)", channel, event).Error
}

func (p *postgresDB) backup(context.Context, string) error {
	return errors.New("backup: PostgreSQL is backed up with pg_dump, and restored with pg_restore")
}

// listen waits for notifications, and connects again where it must; whatever
// it may have missed meanwhile, it hears then.
func (p *postgresDB) listen(ctx context.Context, heard func(event string)) {
	var polling sync.WaitGroup
	polling.Go(func() { every(ctx, pollPostgres, func() { heard("") }) })
	defer polling.Wait()
	for ctx.Err() == nil {
		if err := p.hear(ctx, heard); err != nil && ctx.Err() == nil {
			p.log.WarnContext(ctx, "notifications of the database", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-time.After(pauseListener):
		}
	}
}

// hear listens on one connection until it breaks.
func (p *postgresDB) hear(ctx context.Context, heard func(event string)) (err error) {
	conn, err := pgx.ConnectConfig(ctx, p.config)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, conn.Close(context.WithoutCancel(ctx))) }()
	if _, err := conn.Exec(ctx, "LISTEN "+channel); err != nil {
		return err
	}
	heard("")
	heard(newsOfMail) // some may have been missed
	for {
		n, err := conn.WaitForNotification(ctx)
		if err != nil {
			return err
		}
		heard(n.Payload)
	}
}

func (p *postgresDB) close() error {
	pool, err := p.db.DB()
	if err != nil {
		return err
	}
	return pool.Close()
}
