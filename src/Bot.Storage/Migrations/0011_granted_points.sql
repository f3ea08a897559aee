-- Points without a purchase: kind 5, granted. The table is made anew, for a check cannot be changed.
DROP TRIGGER points_ledger_is_not_changed;
DROP TRIGGER points_ledger_is_not_deleted;
CREATE TABLE points_ledger_with_grants (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL,
    lot_id INTEGER NOT NULL,
    kind INTEGER NOT NULL,
    points INTEGER NOT NULL CHECK (CASE WHEN kind IN (0, 2, 5) THEN points > 0 ELSE points < 0 END),
    purchase_id TEXT REFERENCES purchases (id),
    refund_id TEXT REFERENCES refunds (id),
    at INTEGER NOT NULL,
    FOREIGN KEY (lot_id, profile_id) REFERENCES points_lots (id, profile_id)
);
INSERT INTO points_ledger_with_grants SELECT * FROM points_ledger;
DROP TABLE points_ledger;
ALTER TABLE points_ledger_with_grants RENAME TO points_ledger;
CREATE INDEX points_ledger_by_profile ON points_ledger (profile_id, id);
CREATE INDEX points_ledger_by_lot ON points_ledger (lot_id);
CREATE INDEX points_ledger_by_purchase ON points_ledger (purchase_id) WHERE purchase_id IS NOT NULL;
-- A purchase earns once, and uses a lot once; a lot is granted once.
CREATE UNIQUE INDEX points_ledger_once ON points_ledger (purchase_id, kind, CASE kind WHEN 1 THEN lot_id ELSE 0 END) WHERE kind IN (0, 1);
CREATE UNIQUE INDEX points_ledger_granted_once ON points_ledger (lot_id) WHERE kind = 5;
CREATE TRIGGER points_ledger_is_not_changed BEFORE UPDATE ON points_ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
CREATE TRIGGER points_ledger_is_not_deleted BEFORE DELETE ON points_ledger BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;
