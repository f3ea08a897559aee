-- Events that the business's own systems have not been told of yet: of each its id alone, so that nothing personal is kept twice. since_at: when it
-- began to wait. attempts: tries so far. dead_at: it is not tried any more. status, error: what the last try met: an HTTP status, or a code. How far
-- events were looked at stands in meta as webhooks.cursor. Moments are by the real clock.
CREATE TABLE webhooks (
    event_id INTEGER PRIMARY KEY,
    since_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    next_at INTEGER NOT NULL,
    dead_at INTEGER,
    status INTEGER,
    error TEXT
);
CREATE INDEX webhooks_due ON webhooks (next_at, event_id) WHERE dead_at IS NULL;
CREATE INDEX webhooks_waiting ON webhooks (since_at) WHERE dead_at IS NULL;
CREATE INDEX webhooks_dead ON webhooks (dead_at) WHERE dead_at IS NOT NULL;
