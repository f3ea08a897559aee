-- One text to many, numbered as staff call them. state: 0 draft, 1 scheduled, 2 running, 3 paused, 4 finished, 5 cancelled. plan: as JSON.
-- topic: of the plan, to be looked at with each claim. line_id: the line of the admin chat that shows it. room: milliseconds that its messages
-- may take from one to the last. winner: the variant for those who are reserved. cursor: the last profile that was looked at while its
-- recipients are written down; written: all are. revision: how often what was sent was changed, -1 if it was taken back; revising: not all
-- recipients have it.
CREATE TABLE broadcasts (
    id INTEGER PRIMARY KEY,
    state INTEGER NOT NULL,
    staff_id INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    plan BLOB NOT NULL,
    topic TEXT,
    line_id INTEGER,
    starts_at INTEGER,
    finished_at INTEGER,
    paused_for TEXT,
    room INTEGER NOT NULL,
    winner INTEGER,
    cursor INTEGER,
    written INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    revising INTEGER NOT NULL DEFAULT 0,
    reported_at INTEGER
);

-- Who gets it, written down before the first is sent; its progress is how many stand in which state: 0 waiting, 1 claimed, 2 sent, 3 blocked,
-- 4 failed, 5 skipped, 6 unknown, 7 reserved. The id stays that of the delivery. variant: missing while it is open. revision: which change of
-- the text was brought here, or tried.
CREATE TABLE recipients (
    id INTEGER PRIMARY KEY,
    broadcast_id INTEGER NOT NULL REFERENCES broadcasts (id),
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    chat_id INTEGER NOT NULL REFERENCES chats (id),
    variant INTEGER,
    state INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    reason TEXT,
    message_id INTEGER,
    ended_at INTEGER,
    clicked_at INTEGER,
    revision INTEGER NOT NULL
);
-- Nobody twice; and what a customer got, and gets.
CREATE UNIQUE INDEX recipients_by_profile ON recipients (profile_id, broadcast_id);
CREATE INDEX recipients_by_state ON recipients (broadcast_id, state, due_at);

-- Which variant of an experiment a customer has, for ever; -1 for none, to be compared with.
CREATE TABLE experiment_arms (
    experiment TEXT NOT NULL,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    arm INTEGER NOT NULL,
    PRIMARY KEY (experiment, profile_id)
) WITHOUT ROWID;
CREATE INDEX experiment_arms_by_profile ON experiment_arms (profile_id);

-- Lines of the admin chat that have changed since the channel got them. changed: grows with each change, over all lines.
ALTER TABLE admin_messages ADD COLUMN changed INTEGER;
ALTER TABLE admin_messages ADD COLUMN to_edit INTEGER NOT NULL DEFAULT 0;
CREATE INDEX admin_messages_to_edit ON admin_messages (id) WHERE to_edit = 1;
CREATE INDEX admin_messages_changed ON admin_messages (changed) WHERE changed IS NOT NULL;
