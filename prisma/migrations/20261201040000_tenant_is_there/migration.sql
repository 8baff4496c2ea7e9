-- The row of a deleted tenant stays until its sandboxes are gone, so a foreign key alone lets requests that were on their way add to it. What
-- they would add belongs to nobody who could see or end it, and keeps the deletion from ending. A deletion that goes on is waited for.
CREATE FUNCTION "tenant_is_there"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "tenants" WHERE "id" = NEW."tenant_id" AND "deleted_at" IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The tenant % is deleted', NEW."tenant_id" USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "tenant_is_there" AFTER INSERT ON "projects" FOR EACH ROW EXECUTE FUNCTION "tenant_is_there"();
CREATE TRIGGER "tenant_is_there" AFTER INSERT ON "sandboxes" FOR EACH ROW EXECUTE FUNCTION "tenant_is_there"();
CREATE TRIGGER "tenant_is_there" AFTER INSERT ON "agents" FOR EACH ROW EXECUTE FUNCTION "tenant_is_there"();
CREATE TRIGGER "tenant_is_there" AFTER INSERT ON "api_keys" FOR EACH ROW EXECUTE FUNCTION "tenant_is_there"();
CREATE TRIGGER "tenant_is_there" AFTER INSERT ON "invitations" FOR EACH ROW EXECUTE FUNCTION "tenant_is_there"();
CREATE TRIGGER "tenant_is_there" AFTER INSERT ON "memberships" FOR EACH ROW EXECUTE FUNCTION "tenant_is_there"();
