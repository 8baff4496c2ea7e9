-- PlanReview of a run whose plan somebody looks at before it is fixed; null: nobody asked to.
ALTER TABLE "runs" ADD COLUMN "review" JSONB;
