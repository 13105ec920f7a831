-- Who people are, what they may do, the settings of the site, and the mail
-- that waits to go out. Times are UTC, RFC 3339.
-- No secret is here in clear: of tokens and cookies there are hashes, and what
-- messages say is sealed with a key that is not in the database.

-- +goose Up
CREATE TABLE users (
	id            TEXT PRIMARY KEY,
	key           TEXT NOT NULL UNIQUE, -- the address as it is looked up
	address       TEXT NOT NULL,
	name          TEXT NOT NULL,
	language      TEXT NOT NULL,
	password      TEXT NOT NULL, -- argon2id; empty for none
	administrator BOOLEAN NOT NULL,
	disabled      BOOLEAN NOT NULL,
	created       TEXT NOT NULL,
	seen          TEXT
);

CREATE TABLE grants (
	account  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	event    TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	role     TEXT NOT NULL,
	sessions TEXT NOT NULL, -- a moderator's own
	PRIMARY KEY (account, event, role)
);
CREATE INDEX grants_event ON grants (event);

CREATE TABLE tokens (
	hash     TEXT PRIMARY KEY, -- SHA-256, in hexadecimal digits
	purpose  TEXT NOT NULL,
	subject  TEXT NOT NULL,
	event    TEXT REFERENCES events (id) ON DELETE CASCADE,
	sessions TEXT NOT NULL,
	role     TEXT NOT NULL,
	author   TEXT NOT NULL,
	created  TEXT NOT NULL,
	expires  TEXT,
	used     TEXT,
	revoked  TEXT
);
CREATE INDEX tokens_subject ON tokens (purpose, subject);
CREATE INDEX tokens_event ON tokens (event, purpose);

CREATE TABLE sign_ins (
	hash     TEXT PRIMARY KEY, -- of the secret in the cookie
	family   TEXT NOT NULL,
	account  TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,
	created  TEXT NOT NULL,
	issued   TEXT NOT NULL,
	seen     TEXT NOT NULL,
	replaced TEXT,
	revoked  TEXT
);
CREATE INDEX sign_ins_account ON sign_ins (account, family);

CREATE TABLE limits (
	key   TEXT PRIMARY KEY, -- a hash of what is counted
	whole TEXT NOT NULL   -- when all of the allowance is there again
);
CREATE INDEX limits_whole ON limits (whole);

CREATE TABLE settings (
	key     TEXT PRIMARY KEY,
	value   TEXT NOT NULL,
	version INTEGER NOT NULL CHECK (version > 0),
	changed TEXT NOT NULL,
	author  TEXT NOT NULL
);

CREATE TABLE audit (
	number  INTEGER PRIMARY KEY AUTOINCREMENT,
	at      TEXT NOT NULL,
	author  TEXT NOT NULL,
	what    TEXT NOT NULL,
	subject TEXT NOT NULL,
	event   TEXT NOT NULL,
	details TEXT NOT NULL
);
CREATE INDEX audit_event ON audit (event, number);

CREATE TABLE batches ( -- bulk messages
	id       TEXT PRIMARY KEY,
	event    TEXT REFERENCES events (id) ON DELETE CASCADE,
	author   TEXT NOT NULL,
	audience TEXT NOT NULL,
	subject  TEXT NOT NULL,
	body     TEXT NOT NULL,
	version  INTEGER NOT NULL CHECK (version > 0),
	created  TEXT NOT NULL,
	changed  TEXT NOT NULL,
	queued   TEXT
);
CREATE INDEX batches_event ON batches (event, created);

CREATE TABLE messages (
	id       TEXT PRIMARY KEY,
	kind     TEXT NOT NULL,
	address  TEXT NOT NULL,
	name     TEXT NOT NULL,
	subject  TEXT NOT NULL,
	event    TEXT NOT NULL,
	batch    TEXT NOT NULL,
	bulk     BOOLEAN NOT NULL,
	created  TEXT NOT NULL,
	sealed   BLOB NOT NULL, -- the whole message
	state    TEXT NOT NULL,
	attempts INTEGER NOT NULL,
	first    TEXT,
	next     TEXT,
	changed  TEXT NOT NULL,
	claim    TEXT NOT NULL,
	worker   TEXT NOT NULL,
	cause    TEXT NOT NULL,
	detail   TEXT NOT NULL
);
CREATE INDEX messages_due ON messages (bulk, created, id) WHERE state IN ('waiting', 'deferred');
CREATE INDEX messages_held ON messages (changed) WHERE state IN ('claimed', 'sending');
CREATE INDEX messages_batch ON messages (batch, state);
CREATE INDEX messages_event ON messages (event, created);
CREATE INDEX messages_address ON messages (address);

-- +goose StatementBegin
CREATE TRIGGER audit_immutable BEFORE UPDATE ON audit
BEGIN
	SELECT RAISE(ABORT, 'the audit log never changes');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE messages;
DROP TABLE batches;
DROP TABLE audit;
DROP TABLE settings;
DROP TABLE limits;
DROP TABLE sign_ins;
DROP TABLE tokens;
DROP TABLE grants;
DROP TABLE users;
