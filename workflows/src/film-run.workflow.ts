import {
  CancellationScope,
  getExternalWorkflowHandle,
  isCancellation,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type {
  ActionRecord,
  Feature,
  FeatureOutcome,
  FilmRunInput,
  FilmRunResult,
  Milestone,
  RunFailure,
  Take,
} from '@showrunner/contracts';
import { state } from './activity-options';
import { divergencesOf } from './divergence';
import { mayFilmAgain } from './film-again';
import { filmFeature } from './film-feature';
import type { FeatureToFilm, FilmedFeature } from './film-feature';
import { filmProgress } from './film-progress';
import type { FilmProgress } from './film-progress';
import { openFilmSession } from './film-session';
import type { FilmSession, RecordingEnd } from './film-session';
import { failureOf, failWorkflow, isSessionLost } from './failure';
import { endCancelled } from './ends';
import { cancelSignal, filmedSignal, killSignal, stateQuery } from './messages';
import { showState } from './search-attributes';
import type { Stopped } from './messages';

/** A film survives the loss of all but the last of these; after that something is wrong with the app or the machine. */
const MAX_SESSIONS = 5;

const TOO_MANY_LOSSES = {
  code: 'session_lost_repeatedly',
  message: `The browser session was lost ${MAX_SESSIONS} times.`,
  stage: 'filming',
  remedy: 'Look at the memory of this machine and at the worker logs; the app may crash the browser.',
};

/** What filming has brought so far. */
interface Footage {
  outcomes: FeatureOutcome[];
  milestones: Milestone[];
  actions: ActionRecord[];
  takes: Take[];
  featureTakes: Record<string, string>;
  /** Why nothing more is filmed although features are left. */
  limit?: RunFailure;
}

/**
 * Films a plan: opens session and take, loops over features and steps, closes both. When the session is lost (worker or browser died),
 * the app is reset, a new session is opened, the verified features are replayed fast, and the interrupted feature is filmed again. A film that is
 * stopped tells its run what it has and ends as Cancelled; Temporal's own request to cancel is a cancel at the next safe point.
 */
export async function filmRun(input: FilmRunInput): Promise<FilmRunResult> {
  const root = CancellationScope.current();
  return CancellationScope.nonCancellable(() => filmInOrder(input, root));
}

async function filmInOrder(input: FilmRunInput, root: CancellationScope): Promise<FilmRunResult> {
  let stopped: Stopped = 'no';
  let session: FilmSession | undefined;
  const steps = new CancellationScope();
  const footage: Footage = { outcomes: [], milestones: [], actions: [], takes: [], featureTakes: {} };
  // What handlers set meanwhile; a variable would be taken for what it was here.
  const stop = (): Stopped => stopped;
  const progress = filmProgress(stop);

  showState('filming', `Filming ${input.plan.features.length} features`);
  const cancel = (): void => {
    if (stopped === 'no') stopped = 'cancelled';
  };
  setHandler(cancelSignal, cancel);
  root.cancelRequested.catch(cancel);
  setHandler(killSignal, async () => {
    stopped = 'killed';
    steps.cancel();
    await session?.kill();
  });
  setHandler(stateQuery, () => ({
    session_id: session?.ref.sessionId ?? null,
    current_feature: progress.feature(),
    step_index: progress.stepIndex(),
    browser_session: session?.ref.browserSession ?? null,
    run_state: 'filming',
    message: progress.feature() ? `Filming ${progress.feature()}` : 'Opening the browser',
  }));

  const film = async (): Promise<void> => {
    for (
      let number = 1;
      footage.outcomes.length < input.plan.features.length && stopped === 'no' && !footage.limit;
      number += 1
    ) {
      if (number > MAX_SESSIONS) failWorkflow(TOO_MANY_LOSSES);
      let end: RecordingEnd = 'told';
      try {
        session = await openFilmSession(input, number);
        await filmSessionOnce(input, session, footage, progress);
      } catch (error) {
        if (!isSessionLost(error)) throw error;
        end = 'sessionLost';
      } finally {
        await CancellationScope.nonCancellable(() =>
          finishSession(session, footage, end, input.check ?? false),
        );
        session = undefined;
      }
    }
  };

  try {
    await steps.run(film);
  } catch (error) {
    // What a kill takes away fails in many ways, and each is the kill.
    if (!isCancellation(error) && stop() !== 'killed') {
      const failure = failureOf(error, 'filming');
      showState('failed', failure.message);
      failWorkflow(failure);
    }
    if (stopped === 'no') stopped = 'cancelled';
  }
  await CancellationScope.nonCancellable(() =>
    state.recordTakes({ runId: input.runId, takes: footage.takes }),
  );
  const { milestones, takes, featureTakes, limit } = footage;
  const outcomes = [...footage.outcomes, ...leftOut(input.plan.features, footage)];
  const divergences =
    input.recorded && stopped === 'no' ? divergencesOf(input.recorded, footage.actions) : [];
  const kept = { outcomes, milestones, takes, featureTakes, divergences, stopped };
  const result: FilmRunResult = { ...kept, ...(limit && { limit }) };
  if (stopped === 'no') {
    showState('filmed', `Filmed ${outcomes.length} features`);
    return result;
  }
  const how = stop() === 'killed' ? 'Killed' : 'Cancelled';
  showState(stopped, how);
  await tellRun(result);
  return endCancelled(root, how);
}

/** A workflow that ends as Cancelled has no result to return. */
async function tellRun(result: FilmRunResult): Promise<void> {
  const run = workflowInfo().parent?.workflowId;
  if (run === undefined) return;
  try {
    await getExternalWorkflowHandle(run).signal(filmedSignal, result);
  } catch {
    // The run has ended already, and needs nothing any more.
  }
}

/** Films, in one session, all features that have no outcome yet. */
async function filmSessionOnce(
  input: FilmRunInput,
  session: FilmSession,
  footage: Footage,
  progress: FilmProgress,
): Promise<void> {
  const filmed = footage.outcomes.length;
  const verified = new Set(
    footage.outcomes.filter((outcome) => outcome.verified).map((outcome) => outcome.feature),
  );
  for (const feature of input.plan.features.slice(0, filmed).filter((item) => verified.has(item.id))) {
    const known = [...footage.actions, ...(input.recorded ?? [])];
    const { limit } = await filmFeature({ input, session, feature, progress, known, fast: true });
    if (limit) {
      footage.limit = limit;
      return;
    }
  }
  if (!input.check) await session.startRecording(() => progress.stopped() !== 'no');
  for (const feature of input.plan.features.slice(filmed)) {
    if (progress.stopped() !== 'no' || footage.limit) return;
    await filmNext(input, session, feature, footage, progress);
  }
}

async function filmNext(
  input: FilmRunInput,
  session: FilmSession,
  feature: Feature,
  footage: Footage,
  progress: FilmProgress,
): Promise<void> {
  const known = input.recorded ?? [];
  const film = { input, session, feature, progress, known, fast: false };
  let result = await filmFeature(film);
  if (isWorthAnotherTry(result, film) && patched('film-again'))
    result = await filmFeature({ ...film, take: 2 });
  footage.limit = result.limit;
  // Filmed again after a loss of the take: what it left behind is replaced.
  const others = <T extends { feature: string }>(items: T[]): T[] =>
    items.filter((item) => item.feature !== feature.id);
  footage.outcomes = [...others(footage.outcomes), result.outcome];
  footage.milestones = [...others(footage.milestones), ...result.milestones];
  footage.actions = [...others(footage.actions), ...result.actions];
  footage.featureTakes[feature.id] = session.takeId;
}

/** An app may fail once; a check, and a film that is to end, try nothing again. */
const isWorthAnotherTry = (
  { outcome, limit, actions }: FilmedFeature,
  { input, feature, progress }: FeatureToFilm,
): boolean =>
  !outcome.verified &&
  limit === undefined &&
  input.check !== true &&
  progress.stopped() === 'no' &&
  mayFilmAgain(feature, actions);

/** The features that a limit has left no room for, or whose film was lost before it. */
function leftOut(features: readonly Feature[], { outcomes, limit }: Footage): FeatureOutcome[] {
  if (!limit) return [];
  return features
    .filter(({ id }) => !outcomes.some(({ feature }) => feature === id))
    .map(({ id, title }) => ({ feature: id, title, verified: false, reason: limit.message }));
}

/**
 * Stores the take and closes the browser; never fails for the one because of the other. Without a take what was filmed in this session
 * cannot be shown, so it is forgotten and filmed again.
 */
async function finishSession(
  session: FilmSession | undefined,
  footage: Footage,
  end: RecordingEnd,
  isCheck: boolean,
): Promise<void> {
  if (!session) return;
  const { takeId } = session;
  try {
    const take = await session.stopRecording(end);
    if (take) footage.takes.push(take);
    else if (!isCheck)
      footage.outcomes = footage.outcomes.filter(
        (outcome) => footage.featureTakes[outcome.feature] !== takeId,
      );
  } finally {
    await session.close();
  }
}
