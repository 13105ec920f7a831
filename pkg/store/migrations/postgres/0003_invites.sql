-- Who was asked to take a role in which session, and what the last mail about it
-- said. The mails themselves are among the messages.

-- +goose Up
CREATE TABLE invites (
	id        TEXT PRIMARY KEY,
	event     TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	session   TEXT NOT NULL,
	address   TEXT NOT NULL,
	name      TEXT NOT NULL,
	role      TEXT NOT NULL,
	language  TEXT NOT NULL,
	sequence  INTEGER NOT NULL CHECK (sequence >= 0),
	told      TEXT NOT NULL,
	withdrawn BOOLEAN NOT NULL,
	message   TEXT NOT NULL,
	sent      TIMESTAMPTZ NOT NULL
);
CREATE INDEX invites_event ON invites (event, session);
CREATE UNIQUE INDEX invites_once ON invites (session, address);

-- +goose Down
DROP TABLE invites;
