import type { Candidate, Proposal } from '@showrunner/contracts';
import type { RulesContext } from '../rules-context';
import { shorten } from '../words';
import { answersTo } from './answer';
import { fitting } from './fit';
import { eachOf } from './each-of';
import { readIntent, readPart } from './read-intent';
import type { IntentPart } from './read-intent';

/** What an intent makes of the candidates: per part the best one, others for it, or the reason why there is none. */
export type Choice = Pick<Proposal, 'candidates' | 'reserves' | 'rejected' | 'together'> & {
  parts: NonNullable<Proposal['intentParts']>;
};

/** Features that are what the intent names, in its order; undefined when it names nothing and so leaves the choice. */
export function chooseByIntent(candidates: readonly Candidate[], context: RulesContext): Choice | undefined {
  const { parts } = readIntent(context.intent);
  if (parts.length === 0) return undefined;
  const choice: Choice = { candidates: [], reserves: [], rejected: [], parts: [] };
  const each = partsOn(parts, context);
  if (each.length > parts.length) choice.together = each.length - parts.length + 1;
  for (const [at, part] of each.entries()) {
    const free = candidates.filter(
      (one) => !choice.candidates.some((other) => other.feature.id === one.feature.id),
    );
    const { candidates: found, reason } = answersTo(part, context, free);
    const [best, ...others] = found.map((one) => ({ ...one, part: at }));
    choice.parts.push(best === undefined ? { text: part.text, reason } : { text: part.text });
    if (best === undefined) {
      choice.rejected.push({ title: shorten(part.text, 80), reason });
      continue;
    }
    choice.candidates.push(best);
    choice.reserves.push(...others);
  }
  return withPrerequisites(choice, candidates);
}

/** The first part finds the app as it was seen: several things that it means get a part each. Those after it are told apart when it is their turn. */
function partsOn(parts: readonly IntentPart[], context: RulesContext): IntentPart[] {
  const [first, ...others] = parts;
  const each = first && eachOf(first, context);
  return each === undefined || 'missing' in each ? [...parts] : [...each.texts.map(readPart), ...others];
}

/** Without the candidates that the intent does not want to see. */
export function withoutAvoided(candidates: readonly Candidate[], context: RulesContext): Candidate[] {
  const { avoided } = readIntent(context.intent);
  const unwanted = new Set(
    avoided.flatMap((part) => fitting({ ...part, act: vague(part) }, candidates, context)),
  );
  return candidates.filter((one) => !unwanted.has(one));
}

// "Do not add": whatever adds; its other words narrow that down.
const vague = (part: IntentPart): IntentPart['act'] => part.act;

/** Pages behind a sign-in need it first, whether or not the intent says so. */
function withPrerequisites(choice: Choice, candidates: readonly Candidate[]): Choice {
  const isSignIn = ({ feature }: Candidate): boolean => feature.kind === 'signIn';
  if (![...choice.candidates, ...choice.reserves].some((one) => one.needsSignIn)) return choice;
  const own = choice.candidates.filter(isSignIn);
  const needed = candidates.filter(
    (one) => isSignIn(one) && !own.some((other) => other.feature.id === one.feature.id),
  );
  return { ...choice, candidates: [...needed, ...own, ...choice.candidates.filter((one) => !isSignIn(one))] };
}
