-- What the steps of a run type and its pages must not show, sealed.
ALTER TABLE "runs" ADD COLUMN "secrets_sealed" TEXT;
