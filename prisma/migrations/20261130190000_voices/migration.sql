-- Who speaks in a run's film, where somebody was asked to.
ALTER TABLE "runs" ADD COLUMN "voice" TEXT;
