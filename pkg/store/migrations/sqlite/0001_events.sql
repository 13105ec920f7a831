-- Drafts as rows, their releases, their log and their addresses.
-- Texts by language and short lists are JSON; times are UTC, RFC 3339.
-- The references within one event are checked at the end of a transaction.

-- +goose Up
CREATE TABLE events (
	id          TEXT PRIMARY KEY,
	slug        TEXT NOT NULL UNIQUE,
	series      TEXT NOT NULL,
	title       TEXT NOT NULL,
	theme       TEXT NOT NULL,
	visibility  TEXT NOT NULL,
	status      TEXT NOT NULL,
	languages   TEXT NOT NULL,
	zone        TEXT NOT NULL,
	format      TEXT NOT NULL,
	approach    TEXT NOT NULL,
	online      TEXT NOT NULL,
	venue       TEXT NOT NULL,
	organisers  TEXT NOT NULL,
	information TEXT NOT NULL,
	span        TEXT NOT NULL,
	updated     TEXT,
	sequence    INTEGER NOT NULL,
	modified    TEXT,
	version     INTEGER NOT NULL CHECK (version > 0), -- of the draft
	latest      INTEGER NOT NULL CHECK (latest >= 0)  -- the number of the latest release
);

CREATE TABLE days (
	event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	date  TEXT NOT NULL,
	title TEXT NOT NULL,
	PRIMARY KEY (event, date)
);

CREATE TABLE sessions (
	event          TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	id             TEXT NOT NULL UNIQUE, -- calendars know it by this, whatever the event
	day            TEXT NOT NULL,
	position       INTEGER NOT NULL,
	time           TEXT NOT NULL, -- as written
	kind           TEXT NOT NULL,
	status         TEXT NOT NULL,
	title          TEXT NOT NULL,
	abstract       TEXT NOT NULL,
	questions      TEXT NOT NULL,
	rooms          TEXT NOT NULL,
	track          TEXT NOT NULL,
	language       TEXT NOT NULL,
	interpretation TEXT NOT NULL,
	recorded       BOOLEAN NOT NULL,
	audience       TEXT NOT NULL,
	capacity       INTEGER NOT NULL,
	links          TEXT NOT NULL,
	sequence       INTEGER NOT NULL,
	modified       TEXT,
	PRIMARY KEY (event, id),
	FOREIGN KEY (event, day) REFERENCES days (event, date) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX sessions_day ON sessions (event, day);

CREATE TABLE parts (
	event     TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	id        TEXT NOT NULL UNIQUE,
	session   TEXT NOT NULL,
	position  INTEGER NOT NULL,
	title     TEXT NOT NULL,
	abstract  TEXT NOT NULL,
	questions TEXT NOT NULL,
	room      TEXT NOT NULL,
	language  TEXT NOT NULL,
	capacity  INTEGER NOT NULL,
	PRIMARY KEY (event, id),
	FOREIGN KEY (event, session) REFERENCES sessions (event, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX parts_session ON parts (event, session);

CREATE TABLE talks (
	event    TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	id       TEXT NOT NULL UNIQUE,
	session  TEXT NOT NULL,
	part     TEXT NOT NULL, -- empty where it is of the session itself
	position INTEGER NOT NULL,
	title    TEXT NOT NULL,
	abstract TEXT NOT NULL,
	minutes  INTEGER NOT NULL,
	status   TEXT NOT NULL,
	language TEXT NOT NULL,
	links    TEXT NOT NULL,
	PRIMARY KEY (event, id),
	FOREIGN KEY (event, session) REFERENCES sessions (event, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX talks_session ON talks (event, session);

CREATE TABLE roles (
	event        TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	owner        TEXT NOT NULL, -- a session, part or talk
	position     INTEGER NOT NULL,
	names        TEXT NOT NULL,
	label        TEXT NOT NULL,
	person       TEXT NOT NULL,
	organisation TEXT NOT NULL,
	country      TEXT NOT NULL,
	words        TEXT NOT NULL,
	status       TEXT NOT NULL,
	PRIMARY KEY (event, owner, position)
);

CREATE TABLE people (
	event        TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	key          TEXT NOT NULL,
	id           TEXT NOT NULL,
	position     INTEGER NOT NULL,
	name         TEXT NOT NULL,
	honorific    TEXT NOT NULL,
	say          TEXT NOT NULL,
	bio          TEXT NOT NULL,
	posts        TEXT NOT NULL,
	organisation TEXT NOT NULL,
	country      TEXT NOT NULL,
	PRIMARY KEY (event, key)
);

CREATE TABLE rooms (
	event    TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	id       TEXT NOT NULL,
	position INTEGER NOT NULL,
	name     TEXT NOT NULL,
	capacity INTEGER NOT NULL,
	floor    TEXT NOT NULL,
	PRIMARY KEY (event, id)
);

CREATE TABLE tracks (
	event    TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	id       TEXT NOT NULL,
	position INTEGER NOT NULL,
	name     TEXT NOT NULL,
	colour   TEXT NOT NULL,
	PRIMARY KEY (event, id)
);

CREATE TABLE notes ( -- backstage: never in a release
	event   TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	key     TEXT NOT NULL, -- the ID of a session, or "event"
	link    TEXT NOT NULL,
	phone   TEXT NOT NULL,
	code    TEXT NOT NULL,
	notes   TEXT NOT NULL,
	brief   TEXT NOT NULL,
	contact TEXT NOT NULL,
	PRIMARY KEY (event, key)
);

CREATE TABLE releases (
	event     TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	number    INTEGER NOT NULL CHECK (number > 0),
	published TEXT NOT NULL,
	author    TEXT NOT NULL,
	note      TEXT NOT NULL,
	document  TEXT NOT NULL, -- the event, with the number of its format
	changes   TEXT NOT NULL,
	PRIMARY KEY (event, number)
);

CREATE TABLE log (
	event   TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	version INTEGER NOT NULL CHECK (version > 0),
	at      TEXT NOT NULL,
	author  TEXT NOT NULL,
	edits   TEXT NOT NULL,
	PRIMARY KEY (event, version)
);

CREATE TABLE slugs (
	slug     TEXT PRIMARY KEY,
	event    TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	released BOOLEAN NOT NULL -- a released one stays the event's for ever
);
CREATE INDEX slugs_event ON slugs (event);

-- +goose StatementBegin
CREATE TRIGGER releases_immutable BEFORE UPDATE ON releases
BEGIN
	SELECT RAISE(ABORT, 'a release never changes');
END;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE TRIGGER log_immutable BEFORE UPDATE ON log
BEGIN
	SELECT RAISE(ABORT, 'the log never changes');
END;
-- +goose StatementEnd

-- +goose Down
DROP TABLE slugs;
DROP TABLE log;
DROP TABLE releases;
DROP TABLE notes;
DROP TABLE tracks;
DROP TABLE rooms;
DROP TABLE people;
DROP TABLE roles;
DROP TABLE talks;
DROP TABLE parts;
DROP TABLE sessions;
DROP TABLE days;
DROP TABLE events;
