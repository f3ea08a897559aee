-- Visits. What was booked stays in words as it was shown, for the day when services.yaml no longer has it. Price in hundredths of the
-- currency. free_at: the end, and what lies between two visits. revision: grows with each change.
-- state: 0 pending, 1 confirmed, 2 arrived, 3 done, 4 no-show, 5 cancelled.
CREATE TABLE bookings (
    id INTEGER PRIMARY KEY,
    profile_id INTEGER NOT NULL REFERENCES profiles (id),
    chat_id INTEGER NOT NULL REFERENCES chats (id),
    service TEXT NOT NULL,
    specialist TEXT NOT NULL,
    title TEXT NOT NULL,
    name TEXT NOT NULL,
    start_at INTEGER NOT NULL,
    end_at INTEGER NOT NULL,
    free_at INTEGER NOT NULL,
    price INTEGER,
    state INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    made_at INTEGER NOT NULL
);
CREATE INDEX bookings_by_profile ON bookings (profile_id, id);
CREATE INDEX bookings_by_start ON bookings (start_at);
CREATE INDEX bookings_by_specialist ON bookings (specialist, start_at);

-- Times that are kept for who is about to book them; one for each customer. moved: their own visit, over which the time may lie.
CREATE TABLE holds (
    profile_id INTEGER PRIMARY KEY REFERENCES profiles (id),
    specialist TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    to_at INTEGER NOT NULL,
    until INTEGER NOT NULL,
    moved INTEGER
);
CREATE INDEX holds_by_specialist ON holds (specialist, from_at);

-- Five minutes of a specialist, numbered since 1970, that a visit or a hold has: nobody else can have them. One of the two columns is set.
CREATE TABLE slot_cells (
    specialist TEXT NOT NULL,
    cell INTEGER NOT NULL,
    booking_id INTEGER,
    holder_id INTEGER,
    PRIMARY KEY (specialist, cell)
) WITHOUT ROWID;

-- The visit that a timer or a waiting message is about, so that it goes with it.
ALTER TABLE timers ADD COLUMN booking_id INTEGER;
CREATE INDEX timers_by_booking ON timers (booking_id) WHERE booking_id IS NOT NULL;
ALTER TABLE outbox ADD COLUMN booking_id INTEGER;
CREATE INDEX outbox_by_booking ON outbox (booking_id) WHERE booking_id IS NOT NULL;
