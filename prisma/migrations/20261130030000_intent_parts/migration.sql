-- What the intent of a run names, and which feature shows it or why none does.
ALTER TABLE "runs" ADD COLUMN "intent_parts" JSONB NOT NULL DEFAULT '[]';
