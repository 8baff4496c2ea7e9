-- What a user asked of a running run, kept until Temporal was told: a request made while Temporal is away must not be lost.
ALTER TABLE "runs" ADD COLUMN "stop_requested" TEXT;
ALTER TABLE "runs" ADD CONSTRAINT "runs_stop_requested_check" CHECK ("stop_requested" IN ('cancel', 'kill'));
