import { evaluateCondition } from '@showrunner/contracts';
import type { Feature, PageSnapshot } from '@showrunner/contracts';
import type { RehearsalPerformer } from './performer';

/** A part of an intent that waits for its turn. */
export interface Due {
  text: string;
  reason: string | undefined;
  /** Index among the parts that were planned; -1 for one that was told from the page. */
  at: number;
  /** Several parts that are one in the intent have the same number. */
  together?: number;
}

/** The parts as they were planned, the first of them told to belong together. */
export const dueParts = (
  parts: readonly { text: string; reason?: string | undefined }[],
  together = 0,
): Due[] =>
  parts.map(({ text, reason }, at) => ({
    text,
    reason,
    at,
    ...(at < together && { together: 0 }),
  }));

/** A part that means several things on the page as it is, one for each. */
export const eachDue = (texts: readonly string[], at: number): Due[] =>
  texts.map((text) => ({ text, reason: undefined, at: -1, together: at + 1000 }));

/** States, and what is gone, can be seen to have come back; another text may have left the page for reasons of its own. */
const LASTING = new Set(['state', 'textHidden', 'value']);

/** Those of features that were done together which the later ones have taken back. */
export const takenBack = (features: readonly Feature[], page: PageSnapshot): Feature[] =>
  features.filter(({ steps }) => {
    const success = steps.at(-1)?.success;
    return success !== undefined && LASTING.has(success.kind) && !evaluateCondition(success, page, page);
  });

/** What a page does to a control of its own accord it mostly does within this time. */
const SLIPS_MS = 900;

/** Whether a value or a state that a feature ends with, which holds at once, is gone a moment later. */
export async function slipsBack(
  { steps }: Pick<Feature, 'steps'>,
  performer: Pick<RehearsalPerformer, 'snapshot' | 'until'>,
): Promise<boolean> {
  const success = steps.at(-1)?.success;
  if (success?.kind !== 'value' && success?.kind !== 'state') return false;
  await performer.until(Date.now() + SLIPS_MS);
  const page = await performer.snapshot();
  return !evaluateCondition(success, page, page);
}
