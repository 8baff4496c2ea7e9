-- A run that somebody drives by hand: how long its browser may stand idle and last, and the app that it is opened on.
ALTER TABLE "runs" ADD COLUMN "session" JSONB;
CREATE INDEX "runs_of_sessions" ON "runs"("tenant_id", "created_at", "id") WHERE "session" IS NOT NULL;
