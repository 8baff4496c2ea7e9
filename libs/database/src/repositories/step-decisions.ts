import type { Decision } from '@showrunner/contracts';
import type { Db } from '../connection/client';
import { fromJson, toJson } from '../json';

/** Which step of a plan, on what page, in whose project. */
export interface DecisionPlace {
  projectId: string;
  stepHash: string;
  fingerprint: string;
}

/** Decisions of models that were seen to be right. */
export function stepDecisionsRepository(db: Db) {
  return {
    async find(place: DecisionPlace): Promise<Decision | undefined> {
      const row = await db.stepDecision.findFirst({ where: { ...place, failedAt: null } });
      return row === null ? undefined : fromJson<Decision>(row.decision);
    },
    /** Keeps a decision that a verified step followed. One that was made before the kept one does not take its place, however late it comes. */
    async keep(place: DecisionPlace, decision: Decision, decidedAt: Date): Promise<void> {
      const data = { decision: toJson(decision), decidedAt, failedAt: null };
      const replaced = await db.stepDecision.updateMany({
        where: { ...place, decidedAt: { lt: decidedAt } },
        data,
      });
      if (replaced.count === 0)
        await db.stepDecision.createMany({ data: [{ ...place, ...data }], skipDuplicates: true });
    },
    /** A step that followed exactly this decision failed: it is not given again. A newer one stays. */
    async fail(place: DecisionPlace, decidedAt: Date): Promise<void> {
      await db.stepDecision.updateMany({
        where: { ...place, decidedAt },
        data: { failedAt: new Date() },
      });
    },
  };
}
