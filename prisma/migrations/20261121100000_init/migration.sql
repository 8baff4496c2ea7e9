-- Tables of schema.prisma, and below them what only SQL can say.

CREATE TABLE "projects" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "source" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "deleted_at" TIMESTAMPTZ(3),

  CONSTRAINT "projects_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "builds" (
  "id" TEXT NOT NULL,
  "project_id" TEXT NOT NULL,
  "run_id" TEXT,
  "state" TEXT NOT NULL,
  "message" TEXT NOT NULL DEFAULT '',
  "provider" TEXT NOT NULL DEFAULT 'local',
  "overrides" JSONB NOT NULL DEFAULT '{}',
  "plan" JSONB,
  "app" JSONB,
  "failure" JSONB,
  "sandbox_id" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" TIMESTAMPTZ(3),

  CONSTRAINT "builds_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "sandboxes" (
  "id" TEXT NOT NULL,
  "build_id" TEXT NOT NULL,
  "project_id" TEXT NOT NULL,
  "provider" TEXT NOT NULL,
  "status" TEXT NOT NULL,
  "limits" JSONB,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "destroyed_at" TIMESTAMPTZ(3),

  CONSTRAINT "sandboxes_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "previews" (
  "sandbox_id" TEXT NOT NULL,
  "project_id" TEXT NOT NULL,
  "url" TEXT NOT NULL,
  "port" INTEGER NOT NULL,
  "upstream_host" TEXT NOT NULL,
  "path" TEXT NOT NULL DEFAULT '/',
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "revoked_at" TIMESTAMPTZ(3),

  CONSTRAINT "previews_pkey" PRIMARY KEY ("sandbox_id")
);

CREATE TABLE "intents" (
  "id" TEXT NOT NULL,
  "project_id" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "intents_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "plans" (
  "id" TEXT NOT NULL,
  "project_id" TEXT NOT NULL,
  "run_id" TEXT,
  "intent_id" TEXT,
  "hash" TEXT NOT NULL,
  "body" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "plans_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "runs" (
  "id" TEXT NOT NULL,
  "project_id" TEXT NOT NULL,
  "plan_id" TEXT,
  "plan_hash" TEXT,
  "build_id" TEXT,
  "sandbox_id" TEXT,
  "intent" TEXT NOT NULL DEFAULT '',
  "state" TEXT NOT NULL DEFAULT 'queued',
  "message" TEXT NOT NULL DEFAULT '',
  "replay_of" TEXT,
  "provider" TEXT NOT NULL DEFAULT 'local',
  "limits" JSONB,
  "overrides" JSONB NOT NULL DEFAULT '{}',
  "size" JSONB NOT NULL,
  "failure" JSONB,
  "outcomes" JSONB NOT NULL DEFAULT '[]',
  "divergences" JSONB NOT NULL DEFAULT '[]',
  "notes" JSONB NOT NULL DEFAULT '[]',
  "recorded" JSONB,
  "keep_sandbox" BOOLEAN NOT NULL DEFAULT false,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" TIMESTAMPTZ(3),

  CONSTRAINT "runs_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "run_stages" (
  "run_id" TEXT NOT NULL,
  "stage" TEXT NOT NULL,
  "started_at" TIMESTAMPTZ(3) NOT NULL,
  "duration_ms" DOUBLE PRECISION NOT NULL,

  CONSTRAINT "run_stages_pkey" PRIMARY KEY ("run_id", "stage", "started_at")
);

CREATE TABLE "sessions" (
  "id" TEXT NOT NULL,
  "run_id" TEXT NOT NULL,
  "take_id" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "actions" (
  "run_id" TEXT NOT NULL,
  "session_id" TEXT NOT NULL,
  "seq" INTEGER NOT NULL,
  "take_id" TEXT NOT NULL,
  "feature" TEXT NOT NULL,
  "body" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "actions_pkey" PRIMARY KEY ("run_id", "session_id", "seq")
);

CREATE TABLE "milestones" (
  "run_id" TEXT NOT NULL,
  "feature" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "at_ms" DOUBLE PRECISION NOT NULL,
  "reason" TEXT,

  CONSTRAINT "milestones_pkey" PRIMARY KEY ("run_id", "feature", "kind", "at_ms")
);

CREATE TABLE "takes" (
  "id" TEXT NOT NULL,
  "run_id" TEXT NOT NULL,
  "session_id" TEXT NOT NULL,
  "body" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "takes_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "clips" (
  "run_id" TEXT NOT NULL,
  "clip_id" TEXT NOT NULL,
  "take_id" TEXT NOT NULL,
  "feature" TEXT NOT NULL,
  "position" INTEGER NOT NULL,
  "start_seconds" DOUBLE PRECISION NOT NULL,
  "end_seconds" DOUBLE PRECISION NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "clips_pkey" PRIMARY KEY ("run_id", "clip_id")
);

CREATE TABLE "exports" (
  "id" TEXT NOT NULL,
  "run_id" TEXT NOT NULL,
  "state" TEXT NOT NULL,
  "progress" DOUBLE PRECISION NOT NULL DEFAULT 0,
  "storage_key" TEXT,
  "captions_key" TEXT,
  "duration_ms" DOUBLE PRECISION,
  "bytes" BIGINT,
  "width" INTEGER,
  "height" INTEGER,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finished_at" TIMESTAMPTZ(3),

  CONSTRAINT "exports_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "outbox" (
  "id" BIGSERIAL NOT NULL,
  "type" TEXT NOT NULL,
  "project_id" TEXT,
  "run_id" TEXT,
  "data" JSONB NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "published_at" TIMESTAMPTZ(3),

  CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "api_keys" (
  "id" TEXT NOT NULL,
  "prefix" TEXT NOT NULL,
  "sha256" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "revoked_at" TIMESTAMPTZ(3),
  "last_used_at" TIMESTAMPTZ(3),

  CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "idempotency_keys" (
  "scope" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "request_hash" TEXT NOT NULL,
  "status" INTEGER,
  "response" JSONB,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

  CONSTRAINT "idempotency_keys_pkey" PRIMARY KEY ("scope", "key")
);

CREATE INDEX "projects_created_at_id_idx" ON "projects"("created_at", "id");
CREATE INDEX "builds_project_id_created_at_idx" ON "builds"("project_id", "created_at");
CREATE INDEX "sandboxes_status_idx" ON "sandboxes"("status");
CREATE INDEX "sandboxes_project_id_created_at_idx" ON "sandboxes"("project_id", "created_at");
CREATE INDEX "intents_project_id_created_at_idx" ON "intents"("project_id", "created_at");
CREATE UNIQUE INDEX "plans_run_id_key" ON "plans"("run_id");
CREATE INDEX "plans_project_id_created_at_idx" ON "plans"("project_id", "created_at");
CREATE INDEX "plans_hash_idx" ON "plans"("hash");
CREATE INDEX "runs_project_id_created_at_idx" ON "runs"("project_id", "created_at");
CREATE INDEX "runs_created_at_id_idx" ON "runs"("created_at", "id");
CREATE INDEX "runs_state_idx" ON "runs"("state");
CREATE INDEX "sessions_run_id_created_at_idx" ON "sessions"("run_id", "created_at");
CREATE INDEX "actions_run_id_seq_idx" ON "actions"("run_id", "seq");
CREATE INDEX "takes_run_id_created_at_idx" ON "takes"("run_id", "created_at");
CREATE INDEX "clips_clip_id_idx" ON "clips"("clip_id");
CREATE INDEX "exports_run_id_created_at_idx" ON "exports"("run_id", "created_at");
CREATE INDEX "outbox_run_id_id_idx" ON "outbox"("run_id", "id");
CREATE INDEX "outbox_project_id_id_idx" ON "outbox"("project_id", "id");
CREATE UNIQUE INDEX "api_keys_sha256_key" ON "api_keys"("sha256");
CREATE INDEX "idempotency_keys_created_at_idx" ON "idempotency_keys"("created_at");

ALTER TABLE "builds" ADD CONSTRAINT "builds_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "sandboxes" ADD CONSTRAINT "sandboxes_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "previews" ADD CONSTRAINT "previews_sandbox_id_fkey" FOREIGN KEY ("sandbox_id") REFERENCES "sandboxes"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "intents" ADD CONSTRAINT "intents_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "plans" ADD CONSTRAINT "plans_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "runs" ADD CONSTRAINT "runs_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "projects"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Run states are those of the contracts.
ALTER TABLE "runs" ADD CONSTRAINT "runs_state_check" CHECK ("state" IN
  ('queued', 'building', 'planning', 'filming', 'segmenting', 'exporting', 'done', 'failed', 'cancelled', 'killed'));
ALTER TABLE "exports" ADD CONSTRAINT "exports_state_check" CHECK ("state" IN ('rendering', 'done', 'failed'));
ALTER TABLE "milestones" ADD CONSTRAINT "milestones_kind_check" CHECK ("kind" IN ('started', 'succeeded', 'failed'));

-- A run that reached its end keeps that end, whoever writes late.
CREATE FUNCTION "run_end_is_final"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" IN ('done', 'failed', 'cancelled', 'killed') AND NEW."state" <> OLD."state" THEN
    RAISE EXCEPTION 'Run % is % and stays so; it cannot become %.', OLD."id", OLD."state", NEW."state" USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "run_end_is_final" BEFORE UPDATE OF "state" ON "runs" FOR EACH ROW EXECUTE FUNCTION "run_end_is_final"();

-- Plans are made once and never changed.
CREATE FUNCTION "plans_are_immutable"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Plans are immutable: % of a plan is refused. Store another plan instead.', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER "plans_are_immutable" BEFORE UPDATE OR DELETE ON "plans" FOR EACH ROW EXECUTE FUNCTION "plans_are_immutable"();
CREATE TRIGGER "plans_are_not_truncated" BEFORE TRUNCATE ON "plans" FOR EACH STATEMENT EXECUTE FUNCTION "plans_are_immutable"();

-- Ids of the outbox follow the order of commit: the id is drawn under a lock that lasts until the transaction ends, so a reader who has
-- seen id n never finds a smaller one later. Without this, a slow transaction would slip an event behind the cursor of a live reader.
CREATE FUNCTION "outbox_in_commit_order"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock(7310001);
  NEW."id" := nextval('outbox_id_seq');
  NEW."created_at" := clock_timestamp();
  PERFORM pg_notify('showrunner_outbox', '');
  RETURN NEW;
END $$;
CREATE TRIGGER "outbox_in_commit_order" BEFORE INSERT ON "outbox" FOR EACH ROW EXECUTE FUNCTION "outbox_in_commit_order"();
CREATE INDEX "outbox_unpublished_idx" ON "outbox"("id") WHERE "published_at" IS NULL;
