import type { Candidate, Feature, Plan, Planner, Proposal } from '@showrunner/contracts';
import { answersOn } from '../intent/answers-on';
import { NOT_FOUND } from '../intent/answer';
import { countsIn, goesOn, isOpened } from '../intent/goes-on';
import { shorten } from '../words';
import type { RehearsalPerformer } from './performer';
import { OpenClaims } from './open-claims';
import { isRepeated } from './repeated';
import { takesBack } from './takes-back';
import { withFollowers } from './settle-claims';
import { tryCandidate } from './try-candidate';
import type { Rehearsal, RehearsalOptions } from './rehearse';
import { dueParts, eachDue, slipsBack, takenBack } from './together';

/** What the intent's parts are about while they are tried. */
interface Told {
  kept: Feature[];
  parts: NonNullable<Plan['intentParts']>;
  /** The thing that was made or acted on last: what "it" means. */
  focus?: string;
}

/**
 * Tries the parts of an intent in its order, each on the state that those before have left: first what the page that is shown now offers
 * for it, where it speaks of one thing among many, then what was proposed, then the page again. Nothing else is tried: a part that
 * fails has a reason, and no other feature takes its place.
 */
export async function rehearseIntent(
  proposal: Proposal,
  planner: Pick<Planner, 'proposeSteps' | 'proposeFollowUps'>,
  performer: RehearsalPerformer,
  options: RehearsalOptions,
): Promise<Rehearsal> {
  const told: Told = { kept: [], parts: [] };
  const all = [...proposal.candidates, ...proposal.reserves];
  const controlled = new Set<string>();
  /** Why features did not last. */
  const gone = new Map<string, string>();
  const claims = new OpenClaims(performer, ({ features, dropped }) => {
    for (const { feature, reason } of withFollowers(dropped, told.kept)) gone.set(feature.id, reason);
    told.kept = told.kept
      .filter(({ id }) => !gone.has(id))
      .map((one) => features.find(({ id }) => id === one.id) ?? one);
  });
  const attempt = async (
    one: Candidate,
  ): Promise<{ feature: Feature } | { error: string; isDisproven: boolean }> => {
    options.signal?.throwIfAborted();
    options.onProgress?.(`Trying “${one.feature.title}”`);
    // A page that is left for another one shows no longer what was claimed on it.
    if (one.feature.startPath !== null || HIDES.has(one.feature.kind) || followsLink(one))
      await claims.leave(one);
    const outcome = await tryCandidate(one, planner, performer, controlled);
    if ('error' in outcome) return outcome;
    if (await slipsBack(outcome.feature, performer))
      return { error: 'What had come true was taken back a moment later.', isDisproven: true };
    const feature = { ...outcome.feature, id: freeId(outcome.feature.id, told.kept) };
    told.kept.push(feature);
    claims.add({ ...outcome, feature });
    told.focus = one.creates ?? one.about ?? told.focus;
    return { feature };
  };

  const signIn: { error?: string } = {};
  for (const one of all.filter((candidate) => candidate.part === undefined)) {
    const outcome = await attempt(one);
    if ('error' in outcome) signIn.error = outcome.error;
  }
  const todo = dueParts(proposal.intentParts ?? [], proposal.together);
  /** What was done of several things that are one in the intent. */
  let group: { together: number | undefined; features: Feature[] } = { together: undefined, features: [] };
  for (let next = todo.shift(); next !== undefined; next = todo.shift()) {
    const { at, text, reason, together } = next;
    if (group.together !== together) group = { together, features: [] };
    const page = at === 0 && told.kept.length === 0 ? undefined : await performer.snapshot();
    const here = page && answersOn(page, text, proposal.intent, told.focus);
    if (here?.each !== undefined) {
      todo.unshift(...eachDue(here.each, told.parts.length));
      continue;
    }
    const planned = all.filter((one) => one.part === at);
    const followUps =
      page && planned.length === 0 && told.focus !== undefined
        ? await planner.proposeFollowUps(page, told.focus, text)
        : [];
    const hereFirst = here !== undefined && (here.speaksOfOne || here.goesOn);
    // Loading the page again would lose what was entered and not sent: then a press would send something else.
    const isStarted = together !== undefined && group.features.length > 0;
    const mayLoad = !isStarted && !(here?.goesOn && isPending(told.kept[told.kept.length - 1]));
    const { focus } = told;
    /** Of what was proposed before anything was done, only what is about the thing that is meant. */
    const isMeant = (one: Candidate): boolean =>
      focus === undefined || here?.refersBack !== true || JSON.stringify(one.feature).includes(focus);
    // What the page that is shown offers as well needs no other load, which would forget what was done.
    const goal = (one: Candidate | undefined): string =>
      JSON.stringify(one?.feature.steps[one.feature.steps.length - 1]?.action);
    const [foremost] = planned;
    const same =
      foremost === undefined || told.kept.length === 0
        ? []
        : (here?.candidates ?? []).filter((one) => goal(one) === goal(foremost));
    const queue = [
      ...same,
      ...(hereFirst ? here.candidates : []),
      ...(mayLoad ? planned.filter(isMeant) : []),
      ...(hereFirst ? [] : (here?.candidates ?? [])),
      ...(here ? here.chosenAmong(followUps).filter(isMeant) : []),
    ].filter(
      (one) =>
        !isRepeated(one.feature, told.kept[told.kept.length - 1], text) &&
        !takesBack(one.feature, told.kept[told.kept.length - 1], text),
    );
    let why = '';
    let feature: Feature | undefined;
    const previous = told.parts[told.parts.length - 1];
    const last = told.kept[told.kept.length - 1];
    if (last !== undefined && previous?.feature === last.id && isOpened(text, last)) {
      told.parts.push({ text, feature: last.id });
      continue;
    }
    if (
      previous !== undefined &&
      previous.feature === undefined &&
      (goesOn(text) || countsIn(text, previous.text))
    ) {
      told.parts.push({ text, reason: 'It goes on from something that could not be shown.' });
      continue;
    }
    const disproven = new Set<string>();
    for (const one of queue) {
      // What has done something else once does so again, to yet another thing.
      if (one.feature.startPath === null && disproven.has(goal(one))) continue;
      if (one.needsSignIn && signIn.error !== undefined) {
        why ||= `It needs a sign-in, and signing in did not work: ${signIn.error}`;
        continue;
      }
      const outcome = await attempt(one);
      if ('feature' in outcome) {
        feature = outcome.feature;
        break;
      }
      why ||= outcome.error;
      if (outcome.isDisproven) disproven.add(goal(one));
    }
    if (feature !== undefined && together !== undefined) {
      group.features.push(feature);
      const isOver = todo[0]?.together !== together;
      const undone = isOver ? takenBack(group.features, await performer.snapshot()) : [];
      for (const { id } of undone) gone.set(id, 'What was done after it has taken it back.');
      told.kept = told.kept.filter(({ id }) => !gone.has(id));
    }
    told.parts.push(
      feature === undefined
        ? { text, reason: shorten(why || here?.reason || reason || NOT_FOUND, 300) }
        : { text, feature: feature.id },
    );
  }
  await claims.leave();
  told.parts = told.parts.map((part) => {
    const reason = part.feature === undefined ? undefined : gone.get(part.feature);
    return reason === undefined ? part : { text: part.text, reason: shorten(reason, 300) };
  });
  const rejected = told.parts.flatMap(({ text, reason }) =>
    reason === undefined ? [] : [{ title: shorten(text, 80), reason }],
  );
  return { features: told.kept, rejected, proven: told.kept.length, parts: told.parts };
}

/** What leads elsewhere, and what leaves a part of a list. */
const HIDES = new Set<Feature['kind']>(['navigate', 'search', 'filter']);

/** A link mostly leads to another page, whatever it opens is called. */
const followsLink = ({ feature }: Candidate): boolean =>
  feature.steps.some(({ action }) => action.type === 'click' && action.target.role === 'link');

/** A feature that ends with something entered, chosen or ticked, which mostly waits to be sent. */
function isPending(feature: Feature | undefined): boolean {
  const last = feature?.steps[feature.steps.length - 1];
  if (last === undefined) return false;
  const { action, success } = last;
  return (
    action.type === 'select' ||
    (action.type === 'type' && !action.submit) ||
    (success.kind === 'state' && (success.state === 'checked' || success.state === 'selected'))
  );
}

/** Two parts may be the same feature, done twice. */
function freeId(id: string, kept: readonly Feature[]): string {
  let free = id;
  for (let round = 2; kept.some((one) => one.id === free); round += 1) free = `${id.slice(0, 56)}-${round}`;
  return free;
}
