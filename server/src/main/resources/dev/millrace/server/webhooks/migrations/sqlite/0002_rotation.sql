-- The secret before, which signs as well until then; secrets are sealed where there is a key.
ALTER TABLE webhooks ADD COLUMN old_secret TEXT;
ALTER TABLE webhooks ADD COLUMN old_until INTEGER;
