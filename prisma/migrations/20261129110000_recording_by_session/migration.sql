-- Where the worker that holds a session is reached: recorders find sessions by their id.
ALTER TABLE "sessions" ADD COLUMN "worker_address" TEXT;

-- Actions were stored with Unix epoch times; from now on with the time on the clock of their take.
UPDATE "actions"
SET "body" = "actions"."body" || jsonb_build_object(
  'startMs', round(("actions"."body"->>'startMs')::numeric - ("takes"."body"->>'startedAtMs')::numeric),
  'actMs', round(("actions"."body"->>'actMs')::numeric - ("takes"."body"->>'startedAtMs')::numeric),
  'endMs', round(("actions"."body"->>'endMs')::numeric - ("takes"."body"->>'startedAtMs')::numeric)
)
FROM "takes"
WHERE "takes"."id" = "actions"."take_id";
