-- A profile's chats are asked for when it is exported, and for caps that hold over all of them.
CREATE INDEX chats_by_profile ON chats (profile_id);
-- The zones that there are, and who lives in each.
CREATE INDEX chats_by_zone ON chats (zone) WHERE zone IS NOT NULL;
-- A person is talking with the customer since then; automatic messages wait.
ALTER TABLE chats ADD COLUMN talking_since INTEGER;

-- Until then the customer wants no Marketing.
ALTER TABLE profiles ADD COLUMN paused_until INTEGER;

-- Later than this, by the business's clock, the message is not sent any more.
ALTER TABLE outbox ADD COLUMN not_after INTEGER;

-- How many Marketing messages a profile had, and when; replies cost it nothing.
CREATE INDEX deliveries_of_marketing ON deliveries (profile_id, at) WHERE kind = 2;

-- Topics that a profile switched off.
CREATE TABLE topics_off (
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    topic TEXT NOT NULL,
    PRIMARY KEY (profile_id, topic)
) WITHOUT ROWID;

-- Something due at one moment in one chat; a row goes when its turn is committed.
-- kind: 0 step of a sequence (name, step, subject: the run), 1 automation (name, subject: the moment of its event), 2 silence (name: the
-- dialog, subject: the conversation). waits: why it was moved: 0 quiet hours, 1 cap, 2 a person talks, 3 another conversation.
-- expired: it was due when a backup was restored, and may have happened already. marketing: it gives way to all others.
CREATE TABLE timers (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL REFERENCES chats (id),
    due_at INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    name TEXT NOT NULL,
    step TEXT,
    subject INTEGER NOT NULL,
    waits INTEGER,
    expired INTEGER NOT NULL DEFAULT 0,
    marketing INTEGER NOT NULL
);
CREATE INDEX timers_by_due ON timers (marketing, due_at, id);

-- Customers' ways through sequences. ended: 0 finished, 1 goal, 2 stopped, 3 unsubscribed, 4 gone, 5 failed; missing while it runs.
CREATE TABLE sequence_runs (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    chat_id INTEGER NOT NULL REFERENCES chats (id),
    sequence TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    step TEXT NOT NULL,
    timer_id INTEGER,
    ended INTEGER,
    ended_at INTEGER
);
CREATE INDEX sequence_runs_by_profile ON sequence_runs (profile_id);

-- When an automation last did something for a profile.
CREATE TABLE automation_runs (
    automation TEXT NOT NULL,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    at INTEGER NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (automation, profile_id)
) WITHOUT ROWID;

-- How far the automations with a time of day are, for each zone: the last day that was begun, and the profile that it has come to;
-- the cursor is missing once the day is through.
CREATE TABLE schedules (
    name TEXT PRIMARY KEY,
    last_period TEXT NOT NULL,
    cursor INTEGER
) WITHOUT ROWID;

-- Purchases, for ever; amounts in hundredths of the currency. The id is the till's or the site's own.
CREATE TABLE purchases (
    id TEXT PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    amount INTEGER NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX purchases_by_profile ON purchases (profile_id, at, amount);

-- Personal codes. percent in ten-thousandths, amount in hundredths of the currency; one of them is missing.
CREATE TABLE codes (
    code TEXT PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    percent INTEGER,
    amount INTEGER,
    cause TEXT NOT NULL,
    issued_at INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    redeemed_at INTEGER
) WITHOUT ROWID;
CREATE INDEX codes_by_profile ON codes (profile_id);

-- What the admin chat shows, in the order of its ids: its log, and what waits to be sent there. Personal data, deleted in time. The same key
-- is told once. body: as JSON. reason: why it was not sent and is not to be sent any more.
CREATE TABLE admin_messages (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER REFERENCES profiles (id),
    key TEXT UNIQUE,
    body BLOB NOT NULL,
    at INTEGER NOT NULL,
    sent_at INTEGER,
    message_id INTEGER,
    reason TEXT
);
CREATE INDEX admin_messages_unsent ON admin_messages (id) WHERE sent_at IS NULL AND reason IS NULL;

-- Who runs the business, by numeric id in Telegram. role: 0 owner, 1 operator.
CREATE TABLE staff (
    user_id INTEGER PRIMARY KEY,
    role INTEGER NOT NULL,
    added_at INTEGER NOT NULL
);

-- What staff did: the command's own name and ids, never what was typed. Append-only.
CREATE TABLE staff_audit (
    id INTEGER PRIMARY KEY,
    user_id INTEGER NOT NULL,
    what TEXT NOT NULL,
    subject INTEGER,
    at INTEGER NOT NULL
);
CREATE TRIGGER staff_audit_is_not_changed BEFORE UPDATE ON staff_audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;
CREATE TRIGGER staff_audit_is_not_deleted BEFORE DELETE ON staff_audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;

-- What staff wrote down about profiles; free text, so it can be cleared.
CREATE TABLE profile_notes (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    staff_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX profile_notes_by_profile ON profile_notes (profile_id);
