-- What a film shows, as it is edited: the document as it is now, and what each change did. A change keeps what undoes it for as long as it
-- may be undone; its operations stay, so that they can be carried over to a film of the same plan.
CREATE TABLE "timelines" (
  "run_id" TEXT NOT NULL,
  "tenant_id" TEXT NOT NULL DEFAULT '',
  "version" INTEGER NOT NULL DEFAULT 1 CHECK ("version" > 0),
  "document" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "timelines_pkey" PRIMARY KEY ("run_id"),
  CONSTRAINT "timelines_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "runs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TRIGGER "tenant_of_run" BEFORE INSERT ON "timelines" FOR EACH ROW EXECUTE FUNCTION "tenant_of_run"();

CREATE TABLE "timeline_changes" (
  "run_id" TEXT NOT NULL,
  "tenant_id" TEXT NOT NULL DEFAULT '',
  "version" INTEGER NOT NULL,
  "id" TEXT NOT NULL,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('edit', 'undo', 'redo')),
  "operations" JSONB NOT NULL,
  "inverse" JSONB,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "timeline_changes_pkey" PRIMARY KEY ("run_id", "version"),
  CONSTRAINT "timeline_changes_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "runs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TRIGGER "tenant_of_run" BEFORE INSERT ON "timeline_changes" FOR EACH ROW EXECUTE FUNCTION "tenant_of_run"();
