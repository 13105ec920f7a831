-- Who wants no more messages to many about an event.

-- +goose Up
CREATE TABLE unsubscribed (
	event   TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
	address TEXT NOT NULL, -- in small letters
	at      TIMESTAMPTZ NOT NULL,
	PRIMARY KEY (event, address)
);

-- +goose Down
DROP TABLE unsubscribed;
