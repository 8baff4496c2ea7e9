-- What language models were asked for a run, and what that cost. A row is written before its call, with the most that it can cost; what it
-- cost takes the place of that afterwards. One that stays as it was belongs to a worker that died, and counts.
CREATE TABLE "model_calls" (
  "id" TEXT NOT NULL,
  "run_id" TEXT NOT NULL,
  "tenant_id" TEXT NOT NULL DEFAULT '',
  "purpose" TEXT NOT NULL CHECK ("purpose" IN ('plan', 'step')),
  "feature" TEXT,
  "step" INTEGER,
  "model" TEXT NOT NULL,
  "tokens_in" INTEGER NOT NULL,
  "tokens_out" INTEGER NOT NULL,
  "cost_usd" DOUBLE PRECISION,
  "settled" BOOLEAN NOT NULL DEFAULT false,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "model_calls_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "model_calls_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "runs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "model_calls_run_id_idx" ON "model_calls"("run_id");
CREATE INDEX "model_calls_tenant_id_created_at_idx" ON "model_calls"("tenant_id", "created_at");
CREATE TRIGGER "tenant_of_run" BEFORE INSERT ON "model_calls" FOR EACH ROW EXECUTE FUNCTION "tenant_of_run"();

-- Decisions of models that were seen to be right, by step of a plan and page; of one project, so that nobody decides for another tenant.
CREATE TABLE "step_decisions" (
  "project_id" TEXT NOT NULL,
  "tenant_id" TEXT NOT NULL DEFAULT '',
  "step_hash" TEXT NOT NULL,
  "fingerprint" TEXT NOT NULL,
  "decision" JSONB NOT NULL,
  "decided_at" TIMESTAMPTZ(3) NOT NULL,
  "failed_at" TIMESTAMPTZ(3),
  CONSTRAINT "step_decisions_pkey" PRIMARY KEY ("project_id", "step_hash", "fingerprint"),
  CONSTRAINT "step_decisions_project_id_fkey" FOREIGN KEY ("tenant_id", "project_id") REFERENCES "projects"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE TRIGGER "tenant_of_project" BEFORE INSERT ON "step_decisions" FOR EACH ROW EXECUTE FUNCTION "tenant_of_project"();
