-- A run of a pull request: the state that it is compared with.
ALTER TABLE "runs" ADD COLUMN "compare" JSONB;
