-- What deleted rows leave outside of the database: written in the transaction that deletes them.
CREATE TABLE "deletions" (
  "id" TEXT NOT NULL,
  "tenant_id" TEXT NOT NULL DEFAULT '',
  "prefixes" TEXT[] DEFAULT ARRAY[]::TEXT[],
  "workflows" TEXT[] DEFAULT ARRAY[]::TEXT[],
  "sandboxes" TEXT[] DEFAULT ARRAY[]::TEXT[],
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "deletions_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "deletions_created_at_idx" ON "deletions"("created_at");
ALTER TABLE "tenants" ADD COLUMN "deleted_at" TIMESTAMPTZ(3);

-- Plans are never changed, and go only with the run or project that they belong to: the transaction that deletes it says so.
CREATE OR REPLACE FUNCTION "plans_are_immutable"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND current_setting('showrunner.deleting', true) = 'on' THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'Plans are immutable: % of a plan is refused. Store another plan instead.', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
