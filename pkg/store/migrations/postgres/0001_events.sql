-- Drafts as rows, their releases, their log and their addresses.
-- Texts by language and short lists are JSON, not JSONB: releases keep their bytes.
-- The references within one event are checked at the end of a transaction.

-- +goose Up
CREATE TABLE events (
	id          TEXT PRIMARY KEY,
	slug        TEXT NOT NULL UNIQUE,
	series      JSON NOT NULL,
	title       JSON NOT NULL,
	theme       JSON NOT NULL,
	visibility  TEXT NOT NULL,
	status      TEXT NOT NULL,
	languages   JSON NOT NULL,
	zone        TEXT NOT NULL,
	format      TEXT NOT NULL,
	approach    JSON NOT NULL,
	online      JSON NOT NULL,
	venue       JSON NOT NULL,
	organisers  JSON NOT NULL,
	information JSON NOT NULL,
	span        JSON NOT NULL,
	updated     TIMESTAMPTZ,
	sequence    INTEGER NOT NULL,
	modified    TIMESTAMPTZ,
	version     INTEGER NOT NULL CHECK (version > 0), -- of the draft
	latest      INTEGER NOT NULL CHECK (latest >= 0)  -- the number of the latest release
);

CREATE TABLE days (
	event TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	date  TEXT NOT NULL,
	title JSON NOT NULL,
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
	title          JSON NOT NULL,
	abstract       JSON NOT NULL,
	questions      JSON NOT NULL,
	rooms          JSON NOT NULL,
	track          TEXT NOT NULL,
	language       TEXT NOT NULL,
	interpretation JSON NOT NULL,
	recorded       BOOLEAN NOT NULL,
	audience       JSON NOT NULL,
	capacity       INTEGER NOT NULL,
	links          JSON NOT NULL,
	sequence       INTEGER NOT NULL,
	modified       TIMESTAMPTZ,
	PRIMARY KEY (event, id),
	FOREIGN KEY (event, day) REFERENCES days (event, date) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX sessions_day ON sessions (event, day);

CREATE TABLE parts (
	event     TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	id        TEXT NOT NULL UNIQUE,
	session   TEXT NOT NULL,
	position  INTEGER NOT NULL,
	title     JSON NOT NULL,
	abstract  JSON NOT NULL,
	questions JSON NOT NULL,
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
	title    JSON NOT NULL,
	abstract JSON NOT NULL,
	minutes  INTEGER NOT NULL,
	status   TEXT NOT NULL,
	language TEXT NOT NULL,
	links    JSON NOT NULL,
	PRIMARY KEY (event, id),
	FOREIGN KEY (event, session) REFERENCES sessions (event, id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX talks_session ON talks (event, session);

CREATE TABLE roles (
	event        TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	owner        TEXT NOT NULL, -- a session, part or talk
	position     INTEGER NOT NULL,
	names        JSON NOT NULL,
	label        JSON NOT NULL,
	person       TEXT NOT NULL,
	organisation JSON NOT NULL,
	country      TEXT NOT NULL,
	words        JSON NOT NULL,
	status       TEXT NOT NULL,
	PRIMARY KEY (event, owner, position)
);

CREATE TABLE people (
	event        TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	key          TEXT NOT NULL,
	id           TEXT NOT NULL,
	position     INTEGER NOT NULL,
	name         JSON NOT NULL,
	honorific    JSON NOT NULL,
	say          TEXT NOT NULL,
	bio          JSON NOT NULL,
	posts        JSON NOT NULL,
	organisation JSON NOT NULL,
	country      TEXT NOT NULL,
	PRIMARY KEY (event, key)
);

CREATE TABLE rooms (
	event    TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	id       TEXT NOT NULL,
	position INTEGER NOT NULL,
	name     JSON NOT NULL,
	capacity INTEGER NOT NULL,
	floor    TEXT NOT NULL,
	PRIMARY KEY (event, id)
);

CREATE TABLE tracks (
	event    TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	id       TEXT NOT NULL,
	position INTEGER NOT NULL,
	name     JSON NOT NULL,
	colour   TEXT NOT NULL,
	PRIMARY KEY (event, id)
);

CREATE TABLE notes ( -- backstage: never in a release
	event   TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	key     TEXT NOT NULL, -- the ID of a session, or "event"
	link    TEXT NOT NULL,
	phone   TEXT NOT NULL,
	code    TEXT NOT NULL,
	notes   JSON NOT NULL,
	brief   JSON NOT NULL,
	contact TEXT NOT NULL,
	PRIMARY KEY (event, key)
);

CREATE TABLE releases (
	event     TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	number    INTEGER NOT NULL CHECK (number > 0),
	published TIMESTAMPTZ NOT NULL,
	author    TEXT NOT NULL,
	note      TEXT NOT NULL,
	document  JSON NOT NULL, -- the event, with the number of its format
	changes   JSON NOT NULL,
	PRIMARY KEY (event, number)
);

CREATE TABLE log (
	event   TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	version INTEGER NOT NULL CHECK (version > 0),
	at      TIMESTAMPTZ NOT NULL,
	author  TEXT NOT NULL,
	edits   JSON NOT NULL,
	PRIMARY KEY (event, version)
);

CREATE TABLE slugs (
	slug     TEXT PRIMARY KEY,
	event    TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	released BOOLEAN NOT NULL -- a released one stays the event's for ever
);
CREATE INDEX slugs_event ON slugs (event);

-- +goose StatementBegin
CREATE FUNCTION tamada_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION '% never change', TG_TABLE_NAME;
END;
$$;
-- +goose StatementEnd

CREATE TRIGGER releases_immutable BEFORE UPDATE ON releases FOR EACH ROW EXECUTE FUNCTION tamada_immutable();
CREATE TRIGGER log_immutable BEFORE UPDATE ON log FOR EACH ROW EXECUTE FUNCTION tamada_immutable();

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
DROP FUNCTION tamada_immutable();
