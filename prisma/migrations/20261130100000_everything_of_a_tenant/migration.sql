-- Everything that belongs to somebody says to whom: projects by themselves, what is made of them by their owner. The database fills the
-- tenant in from the owner, and keys of both columns hold every row to its owner's tenant.
ALTER TABLE "projects" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT 'default';
ALTER TABLE "intents" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "plans" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "run_stages" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "sessions" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "actions" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "milestones" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "takes" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "clips" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "exports" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "previews" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "preview_links" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT '';
ALTER TABLE "outbox" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT '';

-- Old projects belong to who built or filmed them first; those of nobody, to the first tenant.
UPDATE "projects" p SET "tenant_id" = made."tenant_id" FROM (
  SELECT DISTINCT ON ("project_id") "project_id", "tenant_id" FROM (
    SELECT "project_id", "tenant_id", "created_at" FROM "builds" UNION ALL SELECT "project_id", "tenant_id", "created_at" FROM "runs"
  ) AS work WHERE "tenant_id" IN (SELECT "id" FROM "tenants") ORDER BY "project_id", "created_at"
) AS made WHERE made."project_id" = p."id";
UPDATE "builds" t SET "tenant_id" = p."tenant_id" FROM "projects" p WHERE p."id" = t."project_id" AND t."tenant_id" <> p."tenant_id";
UPDATE "runs" t SET "tenant_id" = p."tenant_id" FROM "projects" p WHERE p."id" = t."project_id" AND t."tenant_id" <> p."tenant_id";
UPDATE "intents" t SET "tenant_id" = p."tenant_id" FROM "projects" p WHERE p."id" = t."project_id" AND t."tenant_id" <> p."tenant_id";
UPDATE "sandboxes" t SET "tenant_id" = p."tenant_id" FROM "projects" p WHERE p."id" = t."project_id" AND t."tenant_id" <> p."tenant_id";
ALTER TABLE "plans" DISABLE TRIGGER "plans_are_immutable";
UPDATE "plans" t SET "tenant_id" = p."tenant_id" FROM "projects" p WHERE p."id" = t."project_id";
ALTER TABLE "plans" ENABLE TRIGGER "plans_are_immutable";
UPDATE "run_stages" t SET "tenant_id" = r."tenant_id" FROM "runs" r WHERE r."id" = t."run_id";
UPDATE "sessions" t SET "tenant_id" = r."tenant_id" FROM "runs" r WHERE r."id" = t."run_id";
UPDATE "actions" t SET "tenant_id" = r."tenant_id" FROM "runs" r WHERE r."id" = t."run_id";
UPDATE "milestones" t SET "tenant_id" = r."tenant_id" FROM "runs" r WHERE r."id" = t."run_id";
UPDATE "takes" t SET "tenant_id" = r."tenant_id" FROM "runs" r WHERE r."id" = t."run_id";
UPDATE "clips" t SET "tenant_id" = r."tenant_id" FROM "runs" r WHERE r."id" = t."run_id";
UPDATE "exports" t SET "tenant_id" = r."tenant_id" FROM "runs" r WHERE r."id" = t."run_id";
UPDATE "previews" t SET "tenant_id" = s."tenant_id" FROM "sandboxes" s WHERE s."id" = t."sandbox_id";
UPDATE "preview_links" t SET "tenant_id" = s."tenant_id" FROM "sandboxes" s WHERE s."id" = t."sandbox_id";
UPDATE "outbox" e SET "tenant_id" = coalesce(
  (SELECT "tenant_id" FROM "runs" WHERE "id" = e."run_id"),
  (SELECT "tenant_id" FROM "projects" WHERE "id" = e."project_id"),
  (SELECT "tenant_id" FROM "sandboxes" WHERE "id" = e."data"->>'sandboxId'),
  'default');

ALTER TABLE "builds" ALTER COLUMN "tenant_id" SET DEFAULT '';
ALTER TABLE "runs" ALTER COLUMN "tenant_id" SET DEFAULT '';
ALTER TABLE "sandboxes" ALTER COLUMN "tenant_id" SET DEFAULT '';

CREATE UNIQUE INDEX "projects_tenant_id_id_key" ON "projects"("tenant_id", "id");
CREATE UNIQUE INDEX "builds_tenant_id_id_key" ON "builds"("tenant_id", "id");
CREATE UNIQUE INDEX "sandboxes_tenant_id_id_key" ON "sandboxes"("tenant_id", "id");
CREATE UNIQUE INDEX "intents_tenant_id_id_key" ON "intents"("tenant_id", "id");
CREATE UNIQUE INDEX "runs_tenant_id_id_key" ON "runs"("tenant_id", "id");
CREATE UNIQUE INDEX "previews_tenant_id_sandbox_id_key" ON "previews"("tenant_id", "sandbox_id");
CREATE INDEX "projects_tenant_id_created_at_id_idx" ON "projects"("tenant_id", "created_at", "id");
CREATE INDEX "runs_tenant_id_created_at_id_idx" ON "runs"("tenant_id", "created_at", "id");
CREATE INDEX "outbox_tenant_id_id_idx" ON "outbox"("tenant_id", "id");

ALTER TABLE "projects" ADD CONSTRAINT "projects_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "builds" DROP CONSTRAINT "builds_project_id_fkey",
  ADD CONSTRAINT "builds_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "sandboxes" DROP CONSTRAINT "sandboxes_project_id_fkey",
  ADD CONSTRAINT "sandboxes_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "intents" DROP CONSTRAINT "intents_project_id_fkey",
  ADD CONSTRAINT "intents_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plans" DROP CONSTRAINT "plans_project_id_fkey",
  ADD CONSTRAINT "plans_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "runs" DROP CONSTRAINT "runs_project_id_fkey",
  ADD CONSTRAINT "runs_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "runs" DROP CONSTRAINT "runs_intent_id_fkey",
  ADD CONSTRAINT "runs_intent_id_fkey" FOREIGN KEY ("tenant_id", "intent_id") REFERENCES "intents"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "previews" DROP CONSTRAINT "previews_sandbox_id_fkey",
  ADD CONSTRAINT "previews_sandbox_id_fkey" FOREIGN KEY ("tenant_id", "sandbox_id") REFERENCES "sandboxes"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "preview_links" DROP CONSTRAINT "preview_links_sandbox_id_fkey",
  ADD CONSTRAINT "preview_links_sandbox_id_fkey" FOREIGN KEY ("tenant_id", "sandbox_id") REFERENCES "sandboxes"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- Not valid for old rows: some of a first release have no run any more, and belong to nobody.
ALTER TABLE "run_stages" ADD CONSTRAINT "run_stages_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "runs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "runs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
ALTER TABLE "actions" ADD CONSTRAINT "actions_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "runs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
ALTER TABLE "milestones" ADD CONSTRAINT "milestones_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "runs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
ALTER TABLE "takes" ADD CONSTRAINT "takes_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "runs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
ALTER TABLE "clips" ADD CONSTRAINT "clips_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "runs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;
ALTER TABLE "exports" ADD CONSTRAINT "exports_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "runs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE NOT VALID;

CREATE FUNCTION "tenant_of_project"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."tenant_id" = '' THEN
    NEW."tenant_id" := coalesce((SELECT p."tenant_id" FROM "projects" p WHERE p."id" = NEW."project_id"), 'default');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "tenant_of_project" BEFORE INSERT ON "builds" FOR EACH ROW EXECUTE FUNCTION "tenant_of_project"();
CREATE TRIGGER "tenant_of_project" BEFORE INSERT ON "sandboxes" FOR EACH ROW EXECUTE FUNCTION "tenant_of_project"();
CREATE TRIGGER "tenant_of_project" BEFORE INSERT ON "intents" FOR EACH ROW EXECUTE FUNCTION "tenant_of_project"();
CREATE TRIGGER "tenant_of_project" BEFORE INSERT ON "plans" FOR EACH ROW EXECUTE FUNCTION "tenant_of_project"();
CREATE TRIGGER "tenant_of_project" BEFORE INSERT ON "runs" FOR EACH ROW EXECUTE FUNCTION "tenant_of_project"();

CREATE FUNCTION "tenant_of_run"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."tenant_id" = '' THEN
    NEW."tenant_id" := coalesce((SELECT r."tenant_id" FROM "runs" r WHERE r."id" = NEW."run_id"), 'default');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "tenant_of_run" BEFORE INSERT ON "run_stages" FOR EACH ROW EXECUTE FUNCTION "tenant_of_run"();
CREATE TRIGGER "tenant_of_run" BEFORE INSERT ON "sessions" FOR EACH ROW EXECUTE FUNCTION "tenant_of_run"();
CREATE TRIGGER "tenant_of_run" BEFORE INSERT ON "actions" FOR EACH ROW EXECUTE FUNCTION "tenant_of_run"();
CREATE TRIGGER "tenant_of_run" BEFORE INSERT ON "milestones" FOR EACH ROW EXECUTE FUNCTION "tenant_of_run"();
CREATE TRIGGER "tenant_of_run" BEFORE INSERT ON "takes" FOR EACH ROW EXECUTE FUNCTION "tenant_of_run"();
CREATE TRIGGER "tenant_of_run" BEFORE INSERT ON "clips" FOR EACH ROW EXECUTE FUNCTION "tenant_of_run"();
CREATE TRIGGER "tenant_of_run" BEFORE INSERT ON "exports" FOR EACH ROW EXECUTE FUNCTION "tenant_of_run"();

CREATE FUNCTION "tenant_of_sandbox"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."tenant_id" = '' THEN
    NEW."tenant_id" := coalesce((SELECT s."tenant_id" FROM "sandboxes" s WHERE s."id" = NEW."sandbox_id"), 'default');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "tenant_of_sandbox" BEFORE INSERT ON "previews" FOR EACH ROW EXECUTE FUNCTION "tenant_of_sandbox"();
CREATE TRIGGER "tenant_of_sandbox" BEFORE INSERT ON "preview_links" FOR EACH ROW EXECUTE FUNCTION "tenant_of_sandbox"();

CREATE FUNCTION "tenant_of_event"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."tenant_id" = '' THEN
    NEW."tenant_id" := coalesce(
      (SELECT r."tenant_id" FROM "runs" r WHERE r."id" = NEW."run_id"),
      (SELECT p."tenant_id" FROM "projects" p WHERE p."id" = NEW."project_id"),
      (SELECT s."tenant_id" FROM "sandboxes" s WHERE s."id" = NEW."data"->>'sandboxId'), 'default');
  END IF;
  RETURN NEW;
END $$;
-- Before the one that draws the id: triggers fire by name, and that one holds a lock from then on.
CREATE TRIGGER "event_of_tenant" BEFORE INSERT ON "outbox" FOR EACH ROW EXECUTE FUNCTION "tenant_of_event"();
