-- Sandboxes of their own: made by a request rather than by a build, owned by a tenant, with a lease, a place in a queue and a meter.

CREATE TABLE "tenants" (
  "id" TEXT NOT NULL,
  "budget_usd" DOUBLE PRECISION,
  "max_sandboxes" INTEGER,
  "creations_per_minute" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "tenants_pkey" PRIMARY KEY ("id")
);
INSERT INTO "tenants" ("id") VALUES ('default');

ALTER TABLE "api_keys" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT 'default';
ALTER TABLE "api_keys" ADD CONSTRAINT "api_keys_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "runs" ADD COLUMN "budget_usd" DOUBLE PRECISION;
ALTER TABLE "runs" DROP CONSTRAINT "runs_stop_requested_check";
ALTER TABLE "runs" ADD CONSTRAINT "runs_stop_requested_check" CHECK ("stop_requested" IN ('cancel', 'kill', 'budget'));

ALTER TABLE "sandboxes"
  ALTER COLUMN "build_id" DROP NOT NULL,
  ALTER COLUMN "project_id" DROP NOT NULL,
  ADD COLUMN "run_id" TEXT,
  ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT 'default',
  ADD COLUMN "purpose" TEXT NOT NULL DEFAULT 'build',
  ADD COLUMN "provider_id" TEXT,
  ADD COLUMN "labels" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "requested" JSONB,
  ADD COLUMN "network" JSONB,
  ADD COLUMN "environment" JSONB NOT NULL DEFAULT '{}',
  ADD COLUMN "desired" TEXT NOT NULL DEFAULT 'running',
  ADD COLUMN "message" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "failure" JSONB,
  ADD COLUMN "ephemeral" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "idle_timeout_ms" DOUBLE PRECISION,
  ADD COLUMN "auto_archive_ms" DOUBLE PRECISION,
  ADD COLUMN "auto_delete_ms" DOUBLE PRECISION,
  ADD COLUMN "deadline_at" TIMESTAMPTZ(3),
  ADD COLUMN "last_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  ADD COLUMN "admitted_at" TIMESTAMPTZ(3),
  ADD COLUMN "stopped_at" TIMESTAMPTZ(3);

ALTER TABLE "sandboxes" ADD CONSTRAINT "sandboxes_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenants"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "sandboxes" ADD CONSTRAINT "sandboxes_status_check" CHECK ("status" IN
  ('queued', 'creating', 'running', 'stopped', 'archived', 'destroyed', 'failed'));
ALTER TABLE "sandboxes" ADD CONSTRAINT "sandboxes_desired_check" CHECK ("desired" IN ('running', 'stopped', 'archived', 'destroyed'));
CREATE INDEX "sandboxes_tenant_id_created_at_idx" ON "sandboxes"("tenant_id", "created_at");
CREATE INDEX "sandboxes_labels_idx" ON "sandboxes" USING GIN ("labels" jsonb_path_ops);
CREATE INDEX "sandboxes_queue_idx" ON "sandboxes"("provider", "tenant_id", "created_at") WHERE "status" = 'queued';

ALTER TABLE "previews" ALTER COLUMN "project_id" DROP NOT NULL;

CREATE TABLE "preview_links" (
  "id" TEXT NOT NULL,
  "sandbox_id" TEXT NOT NULL,
  "port" INTEGER NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "expires_at" TIMESTAMPTZ(3) NOT NULL,
  "revoked_at" TIMESTAMPTZ(3),

  CONSTRAINT "preview_links_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "preview_links_sandbox_id_created_at_idx" ON "preview_links"("sandbox_id", "created_at");
ALTER TABLE "preview_links" ADD CONSTRAINT "preview_links_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandboxes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The meter: one row for each stretch of time in which a sandbox costs the same. Kept by a trigger, so that no writer can forget it.
CREATE TABLE "sandbox_usage" (
  "id" BIGSERIAL NOT NULL,
  "sandbox_id" TEXT NOT NULL,
  "tenant_id" TEXT NOT NULL,
  "run_id" TEXT,
  "status" TEXT NOT NULL,
  "vcpus" DOUBLE PRECISION NOT NULL,
  "memory_gib" DOUBLE PRECISION NOT NULL,
  "storage_gib" DOUBLE PRECISION NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "ended_at" TIMESTAMPTZ(3),

  CONSTRAINT "sandbox_usage_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "sandbox_usage_sandbox_id_idx" ON "sandbox_usage"("sandbox_id");
CREATE INDEX "sandbox_usage_run_id_idx" ON "sandbox_usage"("run_id");
CREATE INDEX "sandbox_usage_tenant_id_started_at_idx" ON "sandbox_usage"("tenant_id", "started_at");
-- A sandbox is metered once at a time.
CREATE UNIQUE INDEX "sandbox_usage_open_idx" ON "sandbox_usage"("sandbox_id") WHERE "ended_at" IS NULL;

-- Limits stand in the row as asked for (`{"cpus": 1}`) or as in force (`{"cpus": {"requested": 1, …}}`); what was asked for is charged.
CREATE FUNCTION "sandbox_limit"(limits JSONB, requested JSONB, name TEXT) RETURNS DOUBLE PRECISION LANGUAGE sql IMMUTABLE AS $$
  SELECT coalesce(
    CASE jsonb_typeof(limits -> name) WHEN 'object' THEN (limits -> name ->> 'requested')::float8 WHEN 'number' THEN (limits ->> name)::float8 END,
    (requested ->> name)::float8, 0)
$$;

CREATE FUNCTION "sandbox_metering"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  moment TIMESTAMPTZ := clock_timestamp();
  gib CONSTANT DOUBLE PRECISION := 1073741824;
BEGIN
  UPDATE "sandbox_usage" SET "ended_at" = moment WHERE "sandbox_id" = NEW."id" AND "ended_at" IS NULL;
  -- Running costs processor, memory and disk; stopped costs its disk; archived, failed and destroyed cost nothing.
  IF NEW."status" IN ('running', 'stopped') THEN
    INSERT INTO "sandbox_usage" ("sandbox_id", "tenant_id", "run_id", "status", "vcpus", "memory_gib", "storage_gib", "started_at")
    VALUES (NEW."id", NEW."tenant_id", NEW."run_id", NEW."status",
      CASE NEW."status" WHEN 'running' THEN sandbox_limit(NEW."limits", NEW."requested", 'cpus') ELSE 0 END,
      CASE NEW."status" WHEN 'running' THEN sandbox_limit(NEW."limits", NEW."requested", 'memoryBytes') / gib ELSE 0 END,
      sandbox_limit(NEW."limits", NEW."requested", 'diskBytes') / gib, moment);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER "sandbox_metering_insert" AFTER INSERT ON "sandboxes" FOR EACH ROW
  WHEN (NEW."status" IN ('running', 'stopped')) EXECUTE FUNCTION "sandbox_metering"();
CREATE TRIGGER "sandbox_metering_update" AFTER UPDATE OF "status" ON "sandboxes" FOR EACH ROW
  WHEN (NEW."status" <> OLD."status") EXECUTE FUNCTION "sandbox_metering"();

-- A destroyed sandbox stays destroyed, whoever writes late.
CREATE FUNCTION "sandbox_end_is_final"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Sandbox % is destroyed and stays so.', OLD."id" USING ERRCODE = 'check_violation';
END $$;
CREATE TRIGGER "sandbox_end_is_final" BEFORE UPDATE OF "status" ON "sandboxes" FOR EACH ROW
  WHEN (OLD."status" = 'destroyed' AND NEW."status" <> 'destroyed') EXECUTE FUNCTION "sandbox_end_is_final"();
