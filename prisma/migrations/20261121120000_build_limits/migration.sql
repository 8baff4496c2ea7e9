-- The limits that a build asked for, so that a build whose workflow was never started can be started as it was meant.
ALTER TABLE "builds" ADD COLUMN "limits" JSONB;
