-- Links by which anybody may watch the film of one run, for a time, until they are revoked. They go with their run.
CREATE TABLE "shares" (
  "id" TEXT NOT NULL,
  "run_id" TEXT NOT NULL,
  "tenant_id" TEXT NOT NULL DEFAULT '',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "revoked_at" TIMESTAMPTZ(3),
  CONSTRAINT "shares_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "shares_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "runs"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "shares_run_id_created_at_idx" ON "shares"("run_id", "created_at");
CREATE TRIGGER "tenant_of_run" BEFORE INSERT ON "shares" FOR EACH ROW EXECUTE FUNCTION "tenant_of_run"();
