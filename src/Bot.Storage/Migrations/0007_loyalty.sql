-- So much of a purchase was given back; never more than it was.
ALTER TABLE purchases ADD COLUMN refunded INTEGER NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND amount);
DROP INDEX purchases_by_profile;
CREATE INDEX purchases_by_profile ON purchases (profile_id, at, amount, refunded);

-- Refunds, for ever. short: earned points that could not be taken back because they were used up. Append-only.
CREATE TABLE refunds (
    id TEXT PRIMARY KEY,
    purchase_id TEXT NOT NULL REFERENCES purchases (id),
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    short INTEGER NOT NULL CHECK (short >= 0),
    at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX refunds_by_purchase ON refunds (purchase_id);
CREATE INDEX refunds_by_profile ON refunds (profile_id);
CREATE TRIGGER refunds_are_not_changed BEFORE UPDATE ON refunds BEGIN SELECT RAISE(ABORT, 'refunds are append-only'); END;
CREATE TRIGGER refunds_are_not_deleted BEFORE DELETE ON refunds BEGIN SELECT RAISE(ABORT, 'refunds are append-only'); END;

-- Who has points. balance: the sum of what is left in the lots, and of all entries. tier: as worked out at tier_at.
CREATE TABLE points_accounts (
    profile_id INTEGER PRIMARY KEY REFERENCES profiles (id),
    balance INTEGER NOT NULL CHECK (balance >= 0),
    tier TEXT,
    tier_at INTEGER,
    timer_id INTEGER
);

-- Credits of points, each of which expires as a whole. Only what remains, what is owed and the warning ever change. origin: the lot whose points
-- came back with a refund when its own time was over; what is owed stands there.
CREATE TABLE points_lots (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES points_accounts (profile_id),
    points INTEGER NOT NULL CHECK (points > 0),
    remaining INTEGER NOT NULL CHECK (remaining BETWEEN 0 AND points),
    owed INTEGER NOT NULL DEFAULT 0 CHECK (owed >= 0),
    origin INTEGER REFERENCES points_lots (id),
    available_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    warned INTEGER NOT NULL DEFAULT 0,
    UNIQUE (id, profile_id)
);
CREATE INDEX points_lots_left ON points_lots (profile_id, expires_at) WHERE remaining > 0;
CREATE INDEX points_lots_by_origin ON points_lots (origin) WHERE origin IS NOT NULL;
CREATE TRIGGER points_lots_are_not_rewritten BEFORE UPDATE OF id, profile_id, points, origin, available_at, expires_at ON points_lots
    BEGIN SELECT RAISE(ABORT, 'lots are not rewritten'); END;
CREATE TRIGGER points_lots_are_not_deleted BEFORE DELETE ON points_lots BEGIN SELECT RAISE(ABORT, 'lots are not deleted'); END;

-- The ledger: what each lot gained or lost, and why. Append-only. kind: 0 earned, 1 spent, 2 returned, 3 taken back, 4 expired.
CREATE TABLE points_ledger (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL,
    lot_id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    points INTEGER NOT NULL CHECK (CASE WHEN kind IN (0, 2) THEN points > 0 ELSE points < 0 END),
    purchase_id TEXT REFERENCES purchases (id),
    refund_id TEXT REFERENCES refunds (id),
    at INTEGER NOT NULL,
    FOREIGN KEY (lot_id, profile_id) REFERENCES points_lots (id, profile_id)
);
CREATE INDEX points_ledger_by_profile ON points_ledger (profile_id, id);
CREATE INDEX points_ledger_by_lot ON points_ledger (lot_id);
CREATE INDEX points_ledger_by_purchase ON points_ledger (purchase_id) WHERE purchase_id IS NOT NULL;
-- A purchase earns once, and uses a lot once.
CREATE UNIQUE INDEX points_ledger_once ON points_ledger (purchase_id, kind, CASE kind WHEN 1 THEN lot_id ELSE 0 END) WHERE kind IN (0, 1);
CREATE TRIGGER points_ledger_is_not_changed BEFORE UPDATE ON points_ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER points_ledger_is_not_deleted BEFORE DELETE ON points_ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

-- By which code a customer is known at the desk.
CREATE TABLE cards (
    code TEXT PRIMARY KEY,
    profile_id INTEGER NOT NULL UNIQUE REFERENCES profiles (id),
    issued_at INTEGER NOT NULL
) WITHOUT ROWID;

-- How often somebody typed a wrong code lately.
CREATE INDEX staff_audit_by_what ON staff_audit (what, at);
