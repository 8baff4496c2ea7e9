import type { Candidate, Feature, Plan, Planner, Proposal } from '@showrunner/contracts';
import { withoutNotes } from '../candidate';
import { shorten } from '../words';
import type { RehearsalPerformer } from './performer';
import { rehearseIntent } from './rehearse-intent';
import { OpenClaims } from './open-claims';
import { withFollowers } from './settle-claims';
import { tryCandidate } from './try-candidate';

export interface RehearsalOptions {
  /** Features kept at most. */
  most: number;
  /** Candidates tried at most, once three are kept: a bound that says the same on a busy machine as on an idle one. */
  maxTries: number;
  /** The last resort against an app that answers nothing: after this many ms no more are tried once three are kept. */
  softLimitMs: number;
  /** Clock in ms. */
  now: () => number;
  signal?: AbortSignal;
  onProgress?: (message: string) => void;
}
export const DEFAULT_REHEARSAL: Omit<RehearsalOptions, 'now'> = {
  most: 6,
  maxTries: 14,
  softLimitMs: 200_000,
};

export interface Rehearsal {
  features: Feature[];
  rejected: Plan['rejected'];
  /** How many of the features were seen to work. */
  proven: number;
  /** What became of the parts of the intent, when it named any. */
  parts?: Plan['intentParts'];
}

const FOLLOW_UPS = 3;
const ENOUGH_WITHOUT_TRYING = 3;
const NO_SIGN_IN = 'It needs a sign-in, and signing in did not work.';

/**
 * Tries the candidates in the order of the film, each on the state that the ones before have left. Those that work are kept; what they
 * made may offer more to show. When nothing works the two best are kept as they are, so that filming fails with reasons.
 */
export async function rehearse(
  proposal: Proposal,
  planner: Pick<Planner, 'proposeSteps' | 'proposeFollowUps'>,
  performer: RehearsalPerformer,
  options: RehearsalOptions,
): Promise<Rehearsal> {
  if (proposal.intentParts !== undefined) return rehearseIntent(proposal, planner, performer, options);
  const queue = [...proposal.candidates];
  const reserves = [...proposal.reserves];
  const following = (): Candidate | undefined =>
    queue.shift() ?? (kept.length < options.most ? reserves.shift() : undefined);
  const kept: Feature[] = [];
  const rejected = [...proposal.rejected];
  const startedAt = options.now();
  let tries = 0;
  let signInFailed = false;
  let afterSignIn = false;
  const controlled = new Set<string>();
  /** What must not be filmed although nothing else is left: the app said no, or nothing proved it. */
  const disproven = new Set<string>();

  /** What another one has shown on its way, by its id: when that is dropped it has its turn. */
  const covered = new Map<string, Candidate[]>();

  const claims = new OpenClaims(performer, ({ features, dropped }) => {
    for (const feature of features) {
      const at = kept.findIndex(({ id }) => id === feature.id);
      if (at !== -1) kept[at] = feature;
    }
    for (const { feature, reason } of withFollowers(dropped, kept)) {
      const at = kept.findIndex(({ id }) => id === feature.id);
      if (at !== -1) kept.splice(at, 1);
      disproven.add(feature.title);
      for (const one of covered.get(feature.id) ?? []) {
        const rejectedAt = rejected.findIndex(({ title }) => title === one.feature.title);
        if (rejectedAt !== -1) rejected.splice(rejectedAt, 1);
        reserves.unshift(one);
      }
      covered.delete(feature.id);
      rejected.push({ title: feature.title, reason });
      if (feature.kind === 'signIn') signInFailed = true;
    }
  });
  /** Once there is none left, what was claimed is looked at for the last time: what is dropped then makes room for others. */
  const upcoming = async (): Promise<Candidate | undefined> => {
    const next = following();
    if (next !== undefined) return next;
    await claims.leave();
    return following();
  };

  for (let next = await upcoming(); next !== undefined; next = await upcoming()) {
    options.signal?.throwIfAborted();
    const { title, kind } = next.feature;
    if (kept.some(({ id }) => id === next?.feature.id || id === next?.insteadOf)) continue;
    const whole = kept.find((one) => isBeginningOf(next, one));
    if (whole !== undefined) {
      covered.set(whole.id, [...(covered.get(whole.id) ?? []), next]);
      rejected.push({ title, reason: `“${whole.title}” shows it already.` });
      continue;
    }
    const reason = reasonToSkip(next, {
      kept: kept.length,
      isLate: options.now() - startedAt > options.softLimitMs,
      tries,
      signInFailed,
      limits: options,
    });
    if (reason !== undefined) {
      rejected.push({ title, reason });
      continue;
    }
    tries += 1;
    options.onProgress?.(`Trying “${title}”`);
    const isElsewhere = next.feature.startPath !== null;
    const stays = afterSignIn && (await performer.snapshot()).path === next.feature.startPath;
    if (isElsewhere && !stays) await claims.leave(next);
    // Signing in may have been taken back meanwhile.
    if (signInFailed && next.needsSignIn) {
      rejected.push({ title, reason: NO_SIGN_IN });
      continue;
    }
    // A page that keeps the sign-in in its memory would forget it when loaded again.
    const outcome = await tryCandidate(
      stays ? { ...next, feature: { ...next.feature, startPath: null } } : next,
      planner,
      performer,
      controlled,
      next.creates !== undefined || queue[0]?.feature.startPath === null,
    );
    if ('error' in outcome) {
      if (outcome.isDisproven) disproven.add(title);
      rejected.push({ title, reason: outcome.error });
      if (kind === 'signIn') signInFailed = true;
      continue;
    }
    kept.push(outcome.feature);
    claims.add(outcome);
    afterSignIn = kind === 'signIn';
    if (next.creates !== undefined) {
      const page = await performer.snapshot();
      const found = await planner.proposeFollowUps(page, next.creates, proposal.intent);
      queue.splice(0, queue.length, ...followUps(found, next.creates, queue));
    }
  }
  if (kept.length > 0) return { features: kept, rejected, proven: kept.length };
  const fallback = proposal.candidates
    .slice(0, 2)
    // What a control does that no rule knows is only guessed: a guess that was seen to be wrong is not filmed.
    .filter(({ feature }) => feature.kind !== 'use' && !disproven.has(feature.title))
    .map((one) => withoutNotes(one));
  return {
    features: fallback,
    rejected: rejected.filter((one) => !fallback.some((feature) => feature.title === one.title)),
    proven: 0,
  };
}

/** Whether a feature does no more than another one does on its way. */
function isBeginningOf(one: Candidate | undefined, { steps, startPath }: Feature): boolean {
  // One press of which nobody knows what it does, where another feature has pressed the same on its way.
  const [press, ...more] = one?.feature.steps ?? [];
  if (one?.feature.kind === 'use' && press !== undefined && more.length === 0 && steps.length > 1) {
    if (steps.some(({ action }) => JSON.stringify(action) === JSON.stringify(press.action))) return true;
  }
  if (one === undefined || one.feature.startPath !== startPath || one.continues !== undefined) return false;
  return one.feature.steps.every(
    ({ action }, at) => JSON.stringify(action) === JSON.stringify(steps[at]?.action),
  );
}

function reasonToSkip(
  one: Candidate,
  state: {
    kept: number;
    isLate: boolean;
    tries: number;
    signInFailed: boolean;
    limits: Pick<RehearsalOptions, 'most' | 'maxTries'>;
  },
): string | undefined {
  const { most, maxTries } = state.limits;
  if (state.kept >= most) return `The film has ${most} features already.`;
  if (state.signInFailed && (one.needsSignIn || one.after !== undefined)) return NO_SIGN_IN;
  if (state.kept < ENOUGH_WITHOUT_TRYING) return undefined;
  if (state.tries >= maxTries) return `It was not tried: ${maxTries} others were before it.`;
  return state.isLate ? 'There was no time to try it.' : undefined;
}

/** Whether two begin with the same action. */
const beginsAs = (one: Candidate, other: Candidate): boolean =>
  JSON.stringify(one.feature.steps[0]?.action) === JSON.stringify(other.feature.steps[0]?.action);

/** Acts on what was just made take the place of the same act on something else. */
function followUps(found: Candidate[], made: string, queue: readonly Candidate[]): Candidate[] {
  const isTheme = ({ feature }: Candidate): boolean =>
    feature.steps.some((step) => step.success.kind === 'themeChanged');
  const acts = found.filter(
    (one) => !isTheme(one) && one.feature.title.includes(shorten(made, 40).replace(/…$/, '')),
  );
  const missing = found.filter(
    (one) =>
      !isTheme(one) &&
      !acts.includes(one) &&
      // What was planned of the same control knows more of it than what is guessed now.
      !queue.some(
        (other) => !isTheme(other) && (other.feature.kind === one.feature.kind || beginsAs(other, one)),
      ),
  );
  const added = [...acts, ...missing]
    .filter((one, at, all) => all.findIndex((other) => other.feature.kind === one.feature.kind) === at)
    .slice(0, FOLLOW_UPS);
  const rest = queue.filter(
    (one) =>
      isTheme(one) || !acts.some((other) => added.includes(other) && other.feature.kind === one.feature.kind),
  );
  return [...added, ...rest];
}
