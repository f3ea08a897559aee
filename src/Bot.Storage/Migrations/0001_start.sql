-- Ids are made by the program: 64 bits, ordered by time. Moments are milliseconds since 1970 UTC, booleans 0 or 1.
-- Rows of profiles and chats are never deleted, so what refers to them needs no index for that.

-- What was applied to this file, in order; the hash is that of the script as it was then.
CREATE TABLE migrations (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    hash TEXT NOT NULL,
    applied_at INTEGER NOT NULL
);

-- Single facts about this file, such as how the program last ended.
CREATE TABLE meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- Customers; what is known of them stands in the tables after chats.
CREATE TABLE profiles (
    id INTEGER PRIMARY KEY,
    created_at INTEGER NOT NULL,
    last_active_at INTEGER NOT NULL,
    first_source TEXT,
    last_source TEXT
);

-- Places where a profile talks with the bot.
CREATE TABLE chats (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    channel TEXT NOT NULL,
    bot INTEGER NOT NULL,
    address INTEGER NOT NULL,
    language TEXT NOT NULL,
    zone TEXT,
    blocked_at INTEGER,
    has_keyboard INTEGER NOT NULL,
    last_press_message INTEGER,
    last_press_data TEXT,
    last_press_at INTEGER,
    UNIQUE (address, bot, channel)
);

-- Fields of profiles. Text has a copy folded by the program, for comparing; numbers are ten-thousandths, dates yyyymmdd,
-- durations milliseconds.
CREATE TABLE profile_fields (
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    name TEXT NOT NULL,
    kind INTEGER NOT NULL,
    text TEXT,
    folded TEXT,
    number INTEGER,
    PRIMARY KEY (profile_id, name)
) WITHOUT ROWID;

-- Tags of profiles.
CREATE TABLE profile_tags (
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    tag TEXT NOT NULL,
    PRIMARY KEY (profile_id, tag)
) WITHOUT ROWID;

-- How often each event happened to a profile.
CREATE TABLE event_statistics (
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    event TEXT NOT NULL,
    count INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (profile_id, event)
) WITHOUT ROWID;

-- What happened to profiles. Append-only, so it holds ids, codes and numbers only.
CREATE TABLE events (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    event TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX events_by_profile ON events (profile_id, event, at);
CREATE TRIGGER events_are_not_changed BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_are_not_deleted BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- Numbers, moments and booleans of events, as in profile_fields. Append-only.
CREATE TABLE event_numbers (
    event_id INTEGER NOT NULL REFERENCES events (id),
    name TEXT NOT NULL,
    kind INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (event_id, name)
) WITHOUT ROWID;
CREATE TRIGGER event_numbers_are_not_changed BEFORE UPDATE ON event_numbers BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER event_numbers_are_not_deleted BEFORE DELETE ON event_numbers BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- Texts of events: what a person may have typed, so it can be cleared.
CREATE TABLE event_texts (
    event_id INTEGER NOT NULL REFERENCES events (id),
    name TEXT NOT NULL,
    kind INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (event_id, name)
) WITHOUT ROWID;

-- What customers agreed to, word for word as they saw it, once for each wording.
CREATE TABLE wordings (
    hash TEXT PRIMARY KEY,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    label TEXT NOT NULL,
    first_at INTEGER NOT NULL
) WITHOUT ROWID;

-- Consents given and withdrawn. Append-only: it is the proof.
CREATE TABLE consents (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    chat_id INTEGER NOT NULL REFERENCES chats (id),
    purpose TEXT NOT NULL,
    given INTEGER NOT NULL,
    wording_hash TEXT REFERENCES wordings (hash),
    source TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE TRIGGER consents_are_not_changed BEFORE UPDATE ON consents BEGIN SELECT RAISE(ABORT, 'consents are append-only'); END;
CREATE TRIGGER consents_are_not_deleted BEFORE DELETE ON consents BEGIN SELECT RAISE(ABORT, 'consents are append-only'); END;

-- The consents given and not withdrawn since.
CREATE TABLE consents_in_force (
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    purpose TEXT NOT NULL,
    chat_id INTEGER NOT NULL REFERENCES chats (id),
    PRIMARY KEY (profile_id, purpose, chat_id)
) WITHOUT ROWID;

-- Runs of dialogs. The content (values, buttons, as JSON) goes when the conversation ends; the rest stays.
-- ended: 0 finished, 1 left, 2 lost.
CREATE TABLE conversations (
    id INTEGER PRIMARY KEY,
    chat_id INTEGER NOT NULL REFERENCES chats (id),
    dialog TEXT NOT NULL,
    state TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    ended INTEGER,
    content BLOB
);
-- One conversation is in front in a chat.
CREATE UNIQUE INDEX conversations_in_front ON conversations (chat_id) WHERE ended_at IS NULL;

-- Messages that may go now. kind: 0 reply, 1 service, 2 marketing. state: 0 waiting, 1 claimed for sending.
CREATE TABLE outbox (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    chat_id INTEGER NOT NULL REFERENCES chats (id),
    kind INTEGER NOT NULL,
    cause TEXT NOT NULL,
    template TEXT NOT NULL,
    body BLOB NOT NULL,
    state INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    not_before INTEGER,
    maybe_sent INTEGER NOT NULL
);
CREATE INDEX outbox_by_chat ON outbox (chat_id);

-- What became of messages, without their text. status: 0 sent, 1 blocked, 2 failed, 3 skipped, 4 unknown.
CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    chat_id INTEGER NOT NULL REFERENCES chats (id),
    kind INTEGER NOT NULL,
    cause TEXT NOT NULL,
    template TEXT NOT NULL,
    status INTEGER NOT NULL,
    message_id INTEGER,
    reason TEXT,
    at INTEGER NOT NULL
);

-- Keys of the inputs handled in the last days. No index on the moment: it would cost a write per input, and tidying walks by key.
CREATE TABLE inbox (
    key TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) WITHOUT ROWID;

-- How often the process ended with an input in hand, so that one that kills it is found.
CREATE TABLE attempts (
    key TEXT PRIMARY KEY,
    count INTEGER NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;

-- Inputs that could not be handled. The input (JSON) is personal data and is cleared in time.
CREATE TABLE aside (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    error TEXT NOT NULL,
    at INTEGER NOT NULL,
    input BLOB
);

-- What a channel calls a file that it already has, so that it is uploaded once.
CREATE TABLE file_ids (
    channel TEXT NOT NULL,
    bot INTEGER NOT NULL,
    kind TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    file_id TEXT NOT NULL,
    PRIMARY KEY (channel, bot, kind, sha256)
) WITHOUT ROWID;
