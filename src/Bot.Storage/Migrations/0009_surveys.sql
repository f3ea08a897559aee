-- What staff should see to. One customer has at most one open case of a kind. score: ten-thousandths, the latest one given.
-- done: 1 called, 2 written back, 3 solved; missing while nothing was done. In timers its kind is 9 (name: the case's kind, subject: the case).
CREATE TABLE cases (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    chat_id INTEGER NOT NULL REFERENCES chats (id),
    kind TEXT NOT NULL,
    score INTEGER,
    opened_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    done INTEGER,
    done_at INTEGER,
    solved_at INTEGER
);
CREATE INDEX cases_by_profile ON cases (profile_id);
CREATE UNIQUE INDEX cases_open ON cases (profile_id, kind) WHERE solved_at IS NULL;

-- What customers said to a case; free text, so it can be cleared.
CREATE TABLE case_words (
    id INTEGER PRIMARY KEY,
    case_id INTEGER NOT NULL REFERENCES cases (id),
    text TEXT NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX case_words_by_case ON case_words (case_id);

-- Scores of all customers in a stretch of time, without a walk through all that ever happened.
CREATE INDEX events_of_nps ON events (at) WHERE event = 'nps.scored';
