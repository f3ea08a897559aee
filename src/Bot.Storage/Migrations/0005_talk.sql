-- While a person talks with the customer (talking_since): when either last said something, and the timer that looks whether both fell silent.
ALTER TABLE chats ADD COLUMN talked_at INTEGER;
ALTER TABLE chats ADD COLUMN talk_timer INTEGER;

-- Lines of a talk. chat_id: whoever answers the line answers this chat; missing in all other lines. source_id: the channel's id of the
-- customer's message that it passes on. edits: it takes the place of the line with the same source. reply_to: the message of the admin chat
-- that it is about. sent_to: the address of the admin chat that message_id belongs to.
ALTER TABLE admin_messages ADD COLUMN chat_id INTEGER REFERENCES chats (id);
ALTER TABLE admin_messages ADD COLUMN source_id INTEGER;
ALTER TABLE admin_messages ADD COLUMN edits INTEGER NOT NULL DEFAULT 0;
ALTER TABLE admin_messages ADD COLUMN reply_to INTEGER;
ALTER TABLE admin_messages ADD COLUMN sent_to INTEGER;
CREATE INDEX admin_messages_by_source ON admin_messages (chat_id, source_id) WHERE chat_id IS NOT NULL;
CREATE INDEX admin_messages_by_message ON admin_messages (sent_to, message_id) WHERE chat_id IS NOT NULL AND message_id IS NOT NULL;

-- The topic of each customer in an admin chat that is a forum.
CREATE TABLE talk_topics (
    address INTEGER NOT NULL,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    thread_id INTEGER NOT NULL,
    PRIMARY KEY (address, profile_id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX talk_topics_by_thread ON talk_topics (address, thread_id);

-- Which message to the customer (outbox_id, later the delivery's id) came of which message of staff in the admin chat; no text.
CREATE TABLE talk_messages (
    outbox_id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    chat_id INTEGER NOT NULL REFERENCES chats (id),
    address INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX talk_messages_by_message ON talk_messages (address, message_id);
