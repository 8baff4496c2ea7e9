import { ActionRecordSchema, FeatureSchema, GitSourceSchema, InvalidInputError } from '@showrunner/contracts';
import {
  ArchiveSourceSchema,
  BuildOverridesSchema,
  FilmAspectSchema,
  FilmThemeSchema,
  VoiceNameSchema,
  FrameSizeSchema,
  PaceSchema,
  SandboxLimitsSchema,
  SandboxProviderNameSchema,
} from '@showrunner/contracts';
import type { ActionRecord, Feature, RecordedAction } from '@showrunner/contracts';
import { z } from 'zod';

/** What a replay needs of an exported history, checked: it may come from anywhere. */
export interface RecordedRun {
  runId: string;
  projectId: string;
  source: z.infer<typeof InputSchema>['source'];
  intent: string;
  overrides: z.infer<typeof BuildOverridesSchema>;
  provider: z.infer<typeof SandboxProviderNameSchema>;
  limits?: Partial<z.infer<typeof SandboxLimitsSchema>>;
  size: z.infer<typeof FrameSizeSchema>;
  pace: z.infer<typeof PaceSchema>;
  aspect?: z.infer<typeof FilmAspectSchema>;
  theme?: z.infer<typeof FilmThemeSchema>;
  voice?: z.infer<typeof VoiceNameSchema>;
  plan: { planId: string; hash: string; title: string; features: Feature[] };
  /** In the order of execution. */
  actions: RecordedAction[];
  /** Git commit that was filmed. */
  commit?: string;
}

const PayloadsSchema = z.object({ payloads: z.array(z.object({ data: z.string().optional() })).optional() });
const EventSchema = z.object({
  eventId: z.union([z.string(), z.number()]).transform(String),
  workflowExecutionStartedEventAttributes: z
    .object({ workflowType: z.object({ name: z.string() }), input: PayloadsSchema.nullish() })
    .nullish(),
  activityTaskScheduledEventAttributes: z
    .object({ activityType: z.object({ name: z.string() }), input: PayloadsSchema.nullish() })
    .nullish(),
  activityTaskCompletedEventAttributes: z
    .object({
      scheduledEventId: z.union([z.string(), z.number()]).transform(String),
      result: PayloadsSchema.nullish(),
    })
    .nullish(),
});
type HistoryEvent = z.infer<typeof EventSchema>;
const HistorySchema = z.object({ events: z.array(EventSchema).min(1).max(100_000) });
const ExportSchema = z.object({ workflows: z.record(z.string(), z.unknown()) });

const InputSchema = z.object({
  runId: z.string().max(100),
  projectId: z.string().max(100),
  source: z.discriminatedUnion('kind', [GitSourceSchema, ArchiveSourceSchema]),
  intent: z.string().max(4000),
  overrides: BuildOverridesSchema,
  provider: SandboxProviderNameSchema,
  limits: SandboxLimitsSchema.partial().optional(),
  size: FrameSizeSchema,
  /** Histories of before there was a choice have none. */
  pace: PaceSchema.default('normal'),
  aspect: FilmAspectSchema.optional(),
  theme: FilmThemeSchema.optional(),
  voice: VoiceNameSchema.optional(),
});
const PlanRefSchema = z.object({
  planId: z.string().max(100),
  hash: z.string().max(100),
  title: z.string().max(1000),
  features: z.array(FeatureSchema).min(1).max(20),
});
const StepInputSchema = z.object({ sessionId: z.string(), fast: z.boolean().optional() });

/**
 * Reads an exported history: the input of `produceVideo`, the plan and the results of the actions of `filmRun`.
 * @throws {InvalidInputError} `history_invalid`, saying what is missing
 */
export function parseHistory(value: unknown): RecordedRun {
  const workflows = ExportSchema.safeParse(value);
  if (!workflows.success) throw invalid('it is not an export of this platform: it has no member "workflows"');
  const byType = new Map<string, HistoryEvent[]>();
  for (const [id, history] of Object.entries(workflows.data.workflows)) {
    const parsed = HistorySchema.safeParse(history);
    if (!parsed.success) throw invalid(`"${id.slice(0, 60)}" is not a workflow history`);
    byType.set(workflowTypeOf(parsed.data.events), parsed.data.events);
  }
  const produce = byType.get('produceVideo');
  if (produce === undefined) throw invalid('it holds no history of the workflow produceVideo');
  const film = byType.get('filmRun');
  if (film === undefined) throw invalid('the run ended before anything was filmed');
  const input = checked(InputSchema, inputOf(produce), 'the input of produceVideo');
  const plan = checked(
    z.object({ plan: PlanRefSchema }),
    inputOf(film),
    'the plan in the input of filmRun',
  ).plan;
  const actions = actionsOf(film);
  if (actions.length === 0) throw invalid('it holds no action');
  const commit = commitOf(byType.get('buildProject') ?? []);
  return { ...input, plan, actions, ...(commit === undefined ? {} : { commit }) };
}

/** The commit that a build fetched, of a history that need not hold one. */
function commitOf(events: readonly HistoryEvent[]): string | undefined {
  const fetched = completedActivities(events).find(({ name }) => name === 'fetchSource');
  const result = z.object({ commit: z.string().regex(/^[0-9a-f]{40,64}$/) }).safeParse(fetched?.result);
  return result.success ? result.data.commit : undefined;
}

const UNRECORDED = z.object({ startMs: z.null() });

/**
 * Actions in order. A feature that was filmed again, after a lost session or from a clean page, counts as it was filmed last, and the fast repetition of proven
 * features in a new session does not count at all.
 */
function actionsOf(events: readonly HistoryEvent[]): RecordedAction[] {
  const attempts = new Map<string, { feature: string; fast: boolean; records: ActionRecord[] }>();
  for (const { name, input, result } of completedActivities(events)) {
    if (name !== 'beginFeature' && name !== 'performStep') continue;
    // Done again for nobody to see: no take shows it, so it has no time.
    if (UNRECORDED.safeParse(result).success) continue;
    const { sessionId, fast = false } = checked(StepInputSchema, input, `the input of ${name}`);
    const record = checked(ActionRecordSchema, result, `the result of ${name}`);
    const key = JSON.stringify([record.feature, sessionId]);
    const begins = name === 'beginFeature';
    // Filmed once more from a clean page in the same session: only that counts.
    const attempt = (!begins && attempts.get(key)) || { feature: record.feature, fast: false, records: [] };
    attempts.set(key, { ...attempt, fast: attempt.fast || fast, records: [...attempt.records, record] });
  }
  const last = new Map<string, ActionRecord[]>();
  for (const { feature, fast, records } of attempts.values()) if (!fast) last.set(feature, records);
  return [...last.values()].flat().map(toRecorded);
}

/** An action less its times, places and texts of errors: what a replay must do again. */
export function toRecorded({
  feature,
  step,
  tool,
  arguments: args,
  action,
  result,
  verified,
  decision,
}: ActionRecord): RecordedAction {
  const decided = decision === undefined ? {} : { decision };
  return { feature, step, tool, arguments: args, action, result, verified, ...decided };
}

interface CompletedActivity {
  name: string;
  input: unknown;
  result: unknown;
}

function completedActivities(events: readonly HistoryEvent[]): CompletedActivity[] {
  const scheduled = new Map<string, { name: string; input: unknown }>();
  const completed: CompletedActivity[] = [];
  for (const event of events) {
    const begun = event.activityTaskScheduledEventAttributes;
    if (begun)
      scheduled.set(event.eventId, { name: begun.activityType.name, input: firstPayload(begun.input) });
    const done = event.activityTaskCompletedEventAttributes;
    const activity = done ? scheduled.get(done.scheduledEventId) : undefined;
    if (done && activity) completed.push({ ...activity, result: firstPayload(done.result) });
  }
  return completed;
}

function workflowTypeOf(events: readonly HistoryEvent[]): string {
  return events[0]?.workflowExecutionStartedEventAttributes?.workflowType.name ?? '';
}

function inputOf(events: readonly HistoryEvent[]): unknown {
  return firstPayload(events[0]?.workflowExecutionStartedEventAttributes?.input);
}

/** Payloads are JSON in base64 (Temporal's json/plain). */
function firstPayload(payloads: z.infer<typeof PayloadsSchema> | null | undefined): unknown {
  const data = payloads?.payloads?.[0]?.data;
  if (data === undefined) return undefined;
  try {
    return JSON.parse(Buffer.from(data, 'base64').toString()) as unknown;
  } catch {
    // Another encoding: whoever needs this payload says that it is missing.
    return undefined;
  }
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.infer<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where =
    issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')}: ${issue.message})`;
  throw invalid(`${what} is missing or not valid${where}`);
}

const invalid = (why: string): InvalidInputError =>
  new InvalidInputError('history_invalid', `The history cannot be replayed: ${why}.`, {
    status: 422,
    remedy: 'Give the history.json that a finished run left (GET /api/runs/{id}/history).',
  });
