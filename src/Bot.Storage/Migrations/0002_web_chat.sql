-- Browsers that talk in the web chat; the id is the chat's address. The browser's secret itself is nowhere, only its SHA-256 in hex.
CREATE TABLE web_sessions (
    id INTEGER PRIMARY KEY,
    secret_hash TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL
);

-- What was said in the web chat, in the order of its ids: by the bot (outbox_id, body as JSON) or by the customer (client_id, text).
-- Personal data, deleted in time. used: the message's buttons are spent.
CREATE TABLE web_messages (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES web_sessions (id),
    outbox_id INTEGER UNIQUE,
    body BLOB,
    client_id TEXT,
    text TEXT,
    used INTEGER NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX web_messages_by_session ON web_messages (session_id, id);
-- A customer's message that is sent again is the same message.
CREATE UNIQUE INDEX web_messages_by_client ON web_messages (session_id, client_id) WHERE client_id IS NOT NULL;
