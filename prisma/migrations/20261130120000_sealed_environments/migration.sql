-- Values of environment variables are secrets: sealed, and opened only by who starts the app. Values of earlier releases are sealed by the
-- services, which have the key.
ALTER TABLE "runs" ADD COLUMN "environment_sealed" TEXT;
ALTER TABLE "builds" ADD COLUMN "environment_sealed" TEXT;
ALTER TABLE "sandboxes" ADD COLUMN "environment_sealed" TEXT;
