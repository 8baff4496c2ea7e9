-- How many runs a tenant may have under way, and ask for in a minute; null: what the settings say.
ALTER TABLE "tenants" ADD COLUMN "max_runs" INTEGER, ADD COLUMN "runs_per_minute" INTEGER;
