-- The profile that this one has become a part of: it is the same person, and both ids lead there.
ALTER TABLE profiles ADD COLUMN merged_into INTEGER REFERENCES profiles (id);
CREATE INDEX profiles_merged ON profiles (merged_into) WHERE merged_into IS NOT NULL;

-- By what customers are recognised and looked for. A phone without its country: that is written in more than one way.
CREATE INDEX profile_fields_by_phone ON profile_fields (substr(text, -10)) WHERE name = 'phone';
CREATE INDEX profile_fields_by_name ON profile_fields (folded) WHERE name = 'name';
CREATE INDEX profile_fields_by_email ON profile_fields (folded) WHERE name = 'email';
CREATE INDEX profile_fields_by_telegram ON profile_fields (folded) WHERE name = 'telegram';

-- When each customer first agreed to something: all that leads are counted by, in the order in which it is grouped.
CREATE INDEX consents_given ON consents (purpose, given, profile_id, at);

-- Lists that staff sent, and how far they are. state: 0 shown, 1 being taken in, 2 done, 3 given up. file: its name in the folder of lists, where it
-- is for a day. next_row: the first row that is perhaps not taken in yet. The counts are of rows.
CREATE TABLE imports (
    id INTEGER PRIMARY KEY,
    staff_id INTEGER NOT NULL,
    file TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    next_row INTEGER NOT NULL,
    state INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    same INTEGER NOT NULL,
    refused INTEGER NOT NULL,
    at INTEGER NOT NULL
);
CREATE INDEX imports_begun ON imports (id) WHERE state = 1;

-- Lists that staff asked for and have not confirmed yet. condition: as it was typed, so it is deleted in time.
CREATE TABLE exports (
    id INTEGER PRIMARY KEY,
    condition TEXT NOT NULL,
    at INTEGER NOT NULL
);
