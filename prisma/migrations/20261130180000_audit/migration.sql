-- Who did what: every request that was let in and may change something, with how it ended.
CREATE TABLE "audit_entries" (
  "id" TEXT NOT NULL,
  "tenant_id" TEXT NOT NULL,
  "api_key_id" TEXT NOT NULL,
  "by_browser" BOOLEAN NOT NULL DEFAULT false,
  "address" TEXT NOT NULL,
  "method" TEXT NOT NULL,
  "path" TEXT NOT NULL,
  "status" INTEGER NOT NULL,
  "request_id" TEXT,
  "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "audit_entries_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "audit_entries_tenant_id_created_at_id_idx" ON "audit_entries"("tenant_id", "created_at", "id");
CREATE INDEX "audit_entries_created_at_id_idx" ON "audit_entries"("created_at", "id");

-- Who operates the installation may see what its tenants may.
UPDATE "api_keys" SET "permissions" = array_append("permissions", 'manage') WHERE 'operate' = ANY("permissions") AND NOT 'manage' = ANY("permissions");
