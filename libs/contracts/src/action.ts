import { z } from 'zod';
import { DecisionSchema } from './decision';
import { EvidenceSchema, MOST_EVIDENCE, VerdictSchema } from './evidence';
import { BoxSchema } from './page';
import { StepActionSchema } from './plan';

/** What was chosen from, where the browser draws the list outside of the page's picture: labels around the chosen one, in their order. */
export const ChosenFromSchema = z.object({
  options: z.array(z.string().max(200)).min(1).max(12),
  /** Which of them was chosen before; -1 when it is not among them. */
  from: z.number().int().min(-1).max(11),
  to: z.number().int().min(0).max(11),
});
export type ChosenFrom = z.infer<typeof ChosenFromSchema>;

/** What was done in the browser: one MCP tool call and its outcome. One line of `actions.jsonl`. */
export const ActionRecordSchema = z.object({
  /** 0-based, in the order of execution: within the film while filming, within the run wherever actions are told. */
  seq: z.number().int().nonnegative(),
  feature: z.string(),
  /** 0-based; -1 for the navigation that starts a feature. */
  step: z.number().int(),
  /** 1 for the first try. */
  attempt: z.number().int().positive(),
  caption: z.string(),
  action: StepActionSchema,
  /** MCP tool and the arguments as sent, without page-specific references. */
  tool: z.string(),
  arguments: z.record(z.string(), z.unknown()),
  /** Where the target was when it was acted on; null when the action has no target. */
  box: BoxSchema.nullable(),
  /** Where it was dragged to, and ms from `actMs` until it was let go; absent for other actions. */
  drag: z.object({ to: BoxSchema, ms: z.number().nonnegative() }).optional(),
  /** The list that was chosen from; absent for other actions, and for lists that the page draws itself. */
  list: ChosenFromSchema.optional(),
  /** Where something appeared or changed by it, as the page stood at the end; absent when nothing was looked for. */
  revealed: z.array(BoxSchema).max(8).optional(),
  /** Where another page that it led to says what it is; absent when it led to none, or that one has no heading in view. */
  opened: BoxSchema.optional(),
  /** Milliseconds since the first frame of the take that shows it, as all times of an action. */
  startMs: z.number(),
  /** When the tool was called (the click happens), after the still moment. */
  actMs: z.number(),
  /** When the success condition had been seen to hold and the page had come to rest, or waiting for it ended. */
  endMs: z.number(),
  result: z.enum(['succeeded', 'failed', 'skipped']),
  /** Whether `verdict` is `verified`. */
  verified: z.boolean(),
  /** What it is held for; absent in actions from before it was stored. */
  verdict: VerdictSchema.optional(),
  /** What the verdict rests on. */
  evidence: z.array(EvidenceSchema).max(MOST_EVIDENCE).optional(),
  /** Why it failed. */
  error: z.string().optional(),
  /** What was decided to act on; absent when it did not come to that, and in actions from before it was stored. */
  decision: DecisionSchema.optional(),
  /** Once more would be the third time for the same action on the same page: there is nothing left to try. */
  loop: z.literal(true).optional(),
  fingerprintBefore: z.string(),
  fingerprintAfter: z.string(),
});
export type ActionRecord = z.infer<typeof ActionRecordSchema>;

/** An action that no take shows, replayed after a loss or rehearsed: it was done, and has no time on any take's clock. */
export type UnrecordedAction = Omit<ActionRecord, 'startMs' | 'actMs' | 'endMs'> & {
  startMs: null;
  actMs: null;
  endMs: null;
};
/** What a session answers. */
export type PerformedAction = ActionRecord | UnrecordedAction;

export const isRecorded = (action: PerformedAction): action is ActionRecord => action.startMs !== null;

export const MilestoneSchema = z.object({
  feature: z.string(),
  kind: z.enum(['started', 'succeeded', 'failed']),
  /** Milliseconds since the first frame of the take that shows it. */
  atMs: z.number(),
  reason: z.string().optional(),
});
export type Milestone = z.infer<typeof MilestoneSchema>;

/** A place of the picture at which a secret would be read, were it not covered; ms since the first frame of the take. */
export const CoveredSpanSchema = z.object({ fromMs: z.number(), toMs: z.number(), box: BoxSchema });
export type CoveredSpan = z.infer<typeof CoveredSpanSchema>;

/** The raw recording of one session. */
export const TakeSchema = z.object({
  takeId: z.string(),
  sessionId: z.string(),
  storageKey: z.string(),
  /** Unix epoch in ms of the first frame: zero of the take's clock. */
  startedAtMs: z.number(),
  durationMs: z.number(),
  width: z.number().int(),
  height: z.number().int(),
  /** Frames that Chromium offered, that we stored, and the difference. */
  framesPresented: z.number().int(),
  framesCaptured: z.number().int(),
  framesLost: z.number().int(),
  /** Largest time without a recorder attached or with frames dropped, ms; stillness is not a gap. */
  largestGapMs: z.number(),
  gaps: z.array(z.object({ fromMs: z.number(), toMs: z.number(), reason: z.string() })),
  /** Absent where nothing was. */
  covered: z.array(CoveredSpanSchema).max(400).optional(),
});
export type Take = z.infer<typeof TakeSchema>;
