-- What was seen to work is "verified", in outcomes of features as in actions.
UPDATE "runs" SET "outcomes" = (
  SELECT jsonb_agg((outcome - 'proven') || jsonb_build_object('verified', outcome -> 'proven') ORDER BY position)
  FROM jsonb_array_elements("outcomes") WITH ORDINALITY AS each(outcome, position)
)
WHERE "outcomes" @> '[{}]' AND "outcomes" -> 0 ? 'proven';
