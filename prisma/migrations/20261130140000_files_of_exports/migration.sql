-- What an export was asked for, which files it made, how they were checked, and what a reader should know.
ALTER TABLE "exports"
  ADD COLUMN "output" JSONB,
  ADD COLUMN "files" JSONB,
  ADD COLUMN "checks" JSONB,
  ADD COLUMN "notes" JSONB;
