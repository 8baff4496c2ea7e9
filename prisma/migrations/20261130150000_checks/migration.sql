-- A run that drives the plan of an earlier one again, without pictures: the run that it checks.
ALTER TABLE "runs" ADD COLUMN "check_of" TEXT;
