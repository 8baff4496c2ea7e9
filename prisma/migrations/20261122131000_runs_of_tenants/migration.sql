-- Whose runs and builds: their sandboxes take turns with those of the same tenant's requests, and are charged to it.
ALTER TABLE "runs" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT 'default';
ALTER TABLE "builds" ADD COLUMN "tenant_id" TEXT NOT NULL DEFAULT 'default';
