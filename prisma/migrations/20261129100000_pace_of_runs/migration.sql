-- How a run's film moves. Runs before had the pace of a person.
ALTER TABLE "runs" ADD COLUMN "pace" TEXT NOT NULL DEFAULT 'normal'
  CONSTRAINT "runs_pace_check" CHECK ("pace" IN ('slow', 'normal', 'fast', 'none'));
