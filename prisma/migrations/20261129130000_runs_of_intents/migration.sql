-- A run may name the stored intent that it was asked for by; its plan then does, too.
ALTER TABLE "runs" ADD COLUMN "intent_id" TEXT;
ALTER TABLE "runs" ADD CONSTRAINT "runs_intent_id_fkey" FOREIGN KEY ("intent_id") REFERENCES "intents"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
