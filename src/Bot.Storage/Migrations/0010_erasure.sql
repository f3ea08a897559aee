-- When whatever said who this customer is was deleted; what is left is nobody's.
ALTER TABLE profiles ADD COLUMN erased_at INTEGER;
CREATE INDEX profiles_erased ON profiles (erased_at) WHERE erased_at IS NOT NULL;
