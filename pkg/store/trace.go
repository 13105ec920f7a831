package store

import (
	"context"
	"log/slog"
	"time"

	"gorm.io/gorm/logger"
)

// A trace logs the statements of GORM, at level debug and without their
// values, which may be join links or names. Errors are for who called.
type trace struct {
	log *slog.Logger
}

// LogMode implements [logger.Interface]; levels are for the slog handler.
func (t trace) LogMode(logger.LogLevel) logger.Interface { return t }

// Info implements [logger.Interface].
func (t trace) Info(ctx context.Context, format string, _ ...any) { t.log.DebugContext(ctx, format) }

// Warn implements [logger.Interface].
func (t trace) Warn(ctx context.Context, format string, _ ...any) { t.log.DebugContext(ctx, format) }

// Error implements [logger.Interface].
func (t trace) Error(ctx context.Context, format string, _ ...any) { t.log.DebugContext(ctx, format) }

// Trace implements [logger.Interface].
func (t trace) Trace(ctx context.Context, begin time.Time, statement func() (string, int64), _ error) {
	if !t.log.Enabled(ctx, slog.LevelDebug) {
		return
	}
	text, rows := statement()
	t.log.DebugContext(ctx, "statement", "sql", text, "rows", rows, "took", time.Since(begin))
}

// ParamsFilter implements [gorm.ParamsFilter]: it withholds the values.
func (t trace) ParamsFilter(_ context.Context, text string, _ ...any) (string, []any) {
	return text, nil
}
