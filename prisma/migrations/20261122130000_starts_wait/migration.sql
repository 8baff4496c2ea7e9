-- A stopped or archived sandbox that shall run again waits for a place like a new one.
ALTER TABLE "sandboxes" ADD COLUMN "queued_at" TIMESTAMPTZ(3);
CREATE INDEX "sandboxes_queued_at_idx" ON "sandboxes"("provider", "queued_at") WHERE "queued_at" IS NOT NULL;
