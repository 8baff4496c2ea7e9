-- A clip has an id of its own, unique in the system: `<run>-c<number>`. It lies on its take in milliseconds.
ALTER TABLE "clips"
  ADD COLUMN "id" TEXT,
  ADD COLUMN "number" INTEGER,
  ADD COLUMN "start_ms" DOUBLE PRECISION,
  ADD COLUMN "end_ms" DOUBLE PRECISION;
UPDATE "clips" SET
  "number" = "position" + 1,
  "id" = "run_id" || '-c' || ("position" + 1),
  "start_ms" = round("start_seconds" * 1000),
  "end_ms" = round("end_seconds" * 1000);
DROP INDEX "clips_clip_id_idx";
ALTER TABLE "clips"
  DROP CONSTRAINT "clips_pkey",
  DROP COLUMN "clip_id",
  DROP COLUMN "position",
  DROP COLUMN "start_seconds",
  DROP COLUMN "end_seconds",
  ALTER COLUMN "id" SET NOT NULL,
  ALTER COLUMN "number" SET NOT NULL,
  ALTER COLUMN "start_ms" SET NOT NULL,
  ALTER COLUMN "end_ms" SET NOT NULL,
  ADD CONSTRAINT "clips_pkey" PRIMARY KEY ("id");
CREATE UNIQUE INDEX "clips_run_id_number_key" ON "clips"("run_id", "number");
