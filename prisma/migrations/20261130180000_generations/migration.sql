-- Apps that models write for a prompt: how far each is, and what it was tried with. One a project.
CREATE TABLE "generations" (
  "project_id" TEXT NOT NULL,
  "tenant_id" TEXT NOT NULL DEFAULT '',
  "prompt" TEXT NOT NULL,
  "kind" TEXT NOT NULL CHECK ("kind" IN ('webapp', 'api', 'script')),
  "prompt_key" TEXT NOT NULL,
  "state" TEXT NOT NULL DEFAULT 'queued' CHECK ("state" IN ('queued', 'writing', 'starting', 'running', 'failed')),
  "message" TEXT NOT NULL DEFAULT '',
  "attempt" INTEGER NOT NULL DEFAULT 0,
  "failure" JSONB,
  "notes" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
  "model" TEXT,
  "reused_from" TEXT,
  "build_id" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" TIMESTAMPTZ(3),
  CONSTRAINT "generations_pkey" PRIMARY KEY ("project_id"),
  CONSTRAINT "generations_tenant_id_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "generations_tenant_id_project_id_key" ON "generations"("tenant_id", "project_id");
CREATE INDEX "generations_tenant_id_kind_prompt_key_idx" ON "generations"("tenant_id", "kind", "prompt_key");
CREATE TRIGGER "tenant_of_project" BEFORE INSERT ON "generations" FOR EACH ROW EXECUTE FUNCTION "tenant_of_project"();

-- A call of a model is of a run or, where the model writes an app, of its project; one of both, and never of none.
ALTER TABLE "model_calls" ALTER COLUMN "run_id" DROP NOT NULL;
ALTER TABLE "model_calls" ADD COLUMN "project_id" TEXT;
ALTER TABLE "model_calls" DROP CONSTRAINT "model_calls_purpose_check";
ALTER TABLE "model_calls" ADD CONSTRAINT "model_calls_purpose_check" CHECK ("purpose" IN ('plan', 'step', 'app'));
ALTER TABLE "model_calls" ADD CONSTRAINT "model_calls_owner_check" CHECK (("run_id" IS NULL) <> ("project_id" IS NULL));
ALTER TABLE "model_calls" ADD CONSTRAINT "model_calls_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
CREATE INDEX "model_calls_project_id_idx" ON "model_calls"("project_id");
DROP TRIGGER "tenant_of_run" ON "model_calls";
CREATE TRIGGER "tenant_of_run" BEFORE INSERT ON "model_calls" FOR EACH ROW WHEN (NEW."run_id" IS NOT NULL) EXECUTE FUNCTION "tenant_of_run"();
CREATE TRIGGER "tenant_of_project" BEFORE INSERT ON "model_calls" FOR EACH ROW WHEN (NEW."run_id" IS NULL) EXECUTE FUNCTION "tenant_of_project"();
