-- Aspect ratio and theme of a run's film, where something was said about them.
ALTER TABLE "runs" ADD COLUMN "aspect" TEXT CHECK ("aspect" IN ('source', '16:9', '9:16', '1:1', '4:5')),
  ADD COLUMN "theme" TEXT;
