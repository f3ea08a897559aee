-- What other programs asked for and what was decided, so that the same request is answered the same; kept as long as its key in inbox, 72 hours.
-- fingerprint: SHA-256 of all that was asked. result: 0 done, 1 known, 2 differs, 3 not enough, 4 too much, 5 taken, 6 forbidden, 7 gone.
-- subject: what the result says that it is: a profile, a visit, how many points, hundredths of the currency.
CREATE TABLE requests (
    key TEXT PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    result INTEGER NOT NULL,
    subject INTEGER,
    at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX requests_by_time ON requests (at);
