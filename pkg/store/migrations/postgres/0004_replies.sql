-- What those said who were asked to take a role, and how far the mailbox was read
-- that their answers come to, by the instance that has it for now.

-- +goose Up
ALTER TABLE invites ADD COLUMN answer TEXT NOT NULL DEFAULT '';
ALTER TABLE invites ADD COLUMN answer_to INTEGER NOT NULL DEFAULT 0;
ALTER TABLE invites ADD COLUMN answered TIMESTAMPTZ;

CREATE TABLE mailboxes (
	name     TEXT PRIMARY KEY,
	worker   TEXT NOT NULL,
	until    TIMESTAMPTZ NOT NULL,
	validity BIGINT NOT NULL,
	last     BIGINT NOT NULL
);

-- +goose Down
DROP TABLE mailboxes;
ALTER TABLE invites DROP COLUMN answered;
ALTER TABLE invites DROP COLUMN answer_to;
ALTER TABLE invites DROP COLUMN answer;
