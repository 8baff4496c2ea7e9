-- An export can be asked for by itself: it may wait, be cancelled, and says itself why it failed.
ALTER TABLE "exports" ADD COLUMN "failure" JSONB;
ALTER TABLE "exports" DROP CONSTRAINT "exports_state_check";
ALTER TABLE "exports" ADD CONSTRAINT "exports_state_check"
  CHECK ("state" IN ('queued', 'rendering', 'done', 'failed', 'cancelled'));
