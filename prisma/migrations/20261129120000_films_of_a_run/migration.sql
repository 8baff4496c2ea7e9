-- Which film of a run an action and a stage belong to is a field: it stood in ranges of seq (100,000 a film) and in names ("film 2").
ALTER TABLE "actions" ADD COLUMN "film" INTEGER NOT NULL DEFAULT 1;
UPDATE "actions" SET
  "film" = "seq" / 100000 + 1,
  "seq" = "seq" % 100000,
  "body" = jsonb_set("body", '{seq}', to_jsonb("seq" % 100000))
WHERE "seq" >= 100000;
DROP INDEX "actions_run_id_seq_idx";
CREATE INDEX "actions_run_id_film_seq_idx" ON "actions"("run_id", "film", "seq");

ALTER TABLE "run_stages" ADD COLUMN "film" INTEGER NOT NULL DEFAULT 1;
UPDATE "run_stages" SET
  "film" = substring("stage" FROM ' ([0-9]+)$')::integer,
  "stage" = regexp_replace("stage", ' [0-9]+$', '')
WHERE "stage" ~ ' [0-9]+$';
