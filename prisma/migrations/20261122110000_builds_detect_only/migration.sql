-- Builds that end with the plan: nothing is installed or started, and their sandbox is gone then.
ALTER TABLE "builds" ADD COLUMN "detect_only" BOOLEAN NOT NULL DEFAULT false;
