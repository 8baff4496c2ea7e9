-- A key may do what it is given, until its end. Those of the first tenant were an operator's; the one of the setting gives way to its next.
ALTER TABLE "api_keys"
  ADD COLUMN "permissions" TEXT[] NOT NULL DEFAULT ARRAY['read', 'write', 'sandbox'],
  ADD COLUMN "is_of_setting" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "expires_at" TIMESTAMPTZ(3);
UPDATE "api_keys" SET "permissions" = ARRAY['read', 'write', 'sandbox', 'operate'] WHERE "tenant_id" = 'default';
UPDATE "api_keys" SET "is_of_setting" = true WHERE "name" = 'bootstrap' AND "tenant_id" = 'default';
CREATE INDEX "api_keys_tenant_id_created_at_idx" ON "api_keys"("tenant_id", "created_at");

-- Every gateway hears of a key that ends, so that it ends there in the same moment.
CREATE FUNCTION "api_key_ends"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('showrunner_keys', OLD."id");
  RETURN NULL;
END $$;
CREATE TRIGGER "api_key_changes" AFTER UPDATE OF "revoked_at", "expires_at", "permissions" ON "api_keys" FOR EACH ROW EXECUTE FUNCTION "api_key_ends"();
CREATE TRIGGER "api_key_is_deleted" AFTER DELETE ON "api_keys" FOR EACH ROW EXECUTE FUNCTION "api_key_ends"();
