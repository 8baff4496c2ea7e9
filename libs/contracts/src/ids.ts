import { z } from 'zod';
import type { LookName } from './comparison';

declare const kind: unique symbol;
/**
 * Ids: one type a thing, so that none stands where another belongs, and one constructor each, so that nobody else puts ids together. The
 * brand is optional: text of which nobody knows what it is (a row, a path, JSON) may be used as an id, but no id as one of another kind.
 */
type Id<Kind extends string> = string & { readonly [kind]?: Kind };

/** Valid in a file name, a URL and a workflow id; those of sandboxes, lower-case, also as a DNS label. */
const idSchema = <Kind extends string>(): z.ZodType<Id<Kind>, string> =>
  z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/, 'letters, digits, "-" and "_", at most 100');

/** For edges: what came from outside and is said to be such an id. */
export const ProjectIdSchema = idSchema<'ProjectId'>();
export const BuildIdSchema = idSchema<'BuildId'>();
export const SandboxIdSchema = idSchema<'SandboxId'>();
export const IntentIdSchema = idSchema<'IntentId'>();
export const PlanIdSchema = idSchema<'PlanId'>();
export const RunIdSchema = idSchema<'RunId'>();
export const SessionIdSchema = idSchema<'SessionId'>();
export const TakeIdSchema = idSchema<'TakeId'>();
export const ClipIdSchema = idSchema<'ClipId'>();
export const ExportIdSchema = idSchema<'ExportId'>();

export type ProjectId = z.infer<typeof ProjectIdSchema>;
export type BuildId = z.infer<typeof BuildIdSchema>;
export type SandboxId = z.infer<typeof SandboxIdSchema>;
export type IntentId = z.infer<typeof IntentIdSchema>;
export type PlanId = z.infer<typeof PlanIdSchema>;
export type RunId = z.infer<typeof RunIdSchema>;
export type SessionId = z.infer<typeof SessionIdSchema>;
export type TakeId = z.infer<typeof TakeIdSchema>;
export type ClipId = z.infer<typeof ClipIdSchema>;
export type ExportId = z.infer<typeof ExportIdSchema>;

const ALPHABET = '0123456789abcdefghijklmnopqrstuvwxyz';
const LENGTH = 12;
/** The largest multiple of the alphabet's length that fits a byte: bytes from there on would favour its first characters. */
const FAIR = 256 - (256 % ALPHABET.length);

/** 12 random lower-case base-36 characters (62 bits). Not for workflows, which derive their ids. */
export function newId(): string {
  let id = '';
  while (id.length < LENGTH) {
    for (const byte of globalThis.crypto.getRandomValues(new Uint8Array(LENGTH)))
      if (byte < FAIR && id.length < LENGTH) id += ALPHABET[byte % ALPHABET.length];
  }
  return id;
}

/** An id of that shape that is the same for the same hash, given in hexadecimal digits. */
export const idOfHash = (hash: string): string =>
  BigInt(`0x${hash}`).toString(36).padStart(LENGTH, '0').slice(-LENGTH);

export const newProjectId = (): ProjectId => newId() as ProjectId;
export const newBuildId = (): BuildId => newId() as BuildId;
export const newIntentId = (): IntentId => newId() as IntentId;
export const newPlanId = (): PlanId => newId() as PlanId;
export const newRunId = (): RunId => newId() as RunId;
export const newExportId = (): ExportId => newId() as ExportId;
/** Of a sandbox without a build. */
export const newSandboxId = (): SandboxId => sandboxIdOf(newId());

/** One sandbox a build, or a request of the API; known before it is made. */
export const sandboxIdOf = (buildId: string): SandboxId => `sbx-${buildId}` as SandboxId;

/**
 * A build that a run made.
 * @param film which film of the run it is for: 1, and one more for each sandbox that died under the films before
 */
export const buildIdOf = (runId: string, film: number): BuildId =>
  (film === 1 ? runId : `${runId}-${film}`) as BuildId;

/**
 * A build of an app that was written for a prompt.
 * @param attempt counted from 1
 */
export const writtenBuildIdOf = (projectId: string, attempt: number): BuildId =>
  `${projectId}-${attempt}` as BuildId;

/** The plan that a run made for itself. */
export const planIdOf = (runId: string): PlanId => `plan-${runId}` as PlanId;

/** The run that a plan came with. */
export const runIdOfPlan = (planId: string): string => planId.replace(/^plan-/, '');

/** Which of a run's browser sessions: all counted from 1. */
export interface SessionOfRun {
  /** One more for each sandbox that died under the films before. */
  film: number;
  /** One more for each session of the film that was lost. */
  number: number;
  /** One more for each time that the session was opened anew because its app had moved meanwhile. */
  opening: number;
}

export const sessionIdOf = (runId: string, { film, number, opening }: SessionOfRun): SessionId =>
  `${runId}-f${film}-s${number}${opening === 1 ? '' : `-o${opening}`}` as SessionId;

/** The run that such a session belongs to. */
export const runIdOfSession = (sessionId: string): string => sessionId.replace(/-f\d+-s\d+(-o\d+)?$/, '');

/** The session in which a run's plan is rehearsed; one at a time. */
export const rehearsalIdOf = (runId: string): SessionId => `${runId}-rehearse` as SessionId;

/** A session that looks around in a run's app. @param startedAtMs tells one attempt from the next */
export const explorationIdOf = (runId: string, startedAtMs: number): SessionId =>
  `${runId}-explore-${startedAtMs.toString(36)}` as SessionId;

/** One take a session. */
export const takeIdOf = (sessionId: string): TakeId => `${sessionId}-take` as TakeId;

const LOOKS: Record<LookName, string> = {
  ...{ base: 'base', headAtBase: 'at-base', baseAtHead: 'at-head', again: 'again' },
};
/** The run that looks once more, for the comparison of another. */
export const lookIdOf = (runId: string, look: LookName): RunId => `${runId}-${LOOKS[look]}` as RunId;

/** Of the take that shows before and after; no browser had it. */
export const sidesSessionIdOf = (runId: string): SessionId => `${runId}-sides` as SessionId;

/** The take that shows before and after of a run side by side. */
export const sidesTakeIdOf = (runId: string): TakeId => takeIdOf(sidesSessionIdOf(runId));

/** @param number place in the film, from 1 */
export const clipIdOf = (runId: string, number: number): ClipId => `${runId}-c${number}` as ClipId;

/** The video that a run renders by itself; those that are asked for later have ids of their own. */
export const exportIdOf = (runId: string): ExportId => `${runId}-e1` as ExportId;
