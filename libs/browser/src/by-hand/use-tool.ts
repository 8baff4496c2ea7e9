import {
  isLook,
  type ActionRecord,
  type Box,
  type ManualToolCall,
  type Pace,
  type PageSnapshot,
  type StepAction,
} from '@showrunner/contracts';
import type { McpDriver, ToolReply } from '../mcp/mcp-driver';
import { toolFailure, wrongPage } from '../steps/failures';
import { uploadFile, withoutFileChooser } from '../steps/file-chooser';
import { PACES, UNWATCHED } from '../steps/pace';
import type { StepContext } from '../steps/perform-step';
import { openedBox, revealedBoxes } from '../steps/revealed';
import { pause } from '../steps/wait-until';
import { waitUntilStable } from '../steps/wait-until-stable';
import { actionOf, captionOf, elementAt } from './acted-on';
import { locateTarget } from './locate-target';
import type { MarkedActions } from './marked-actions';

export interface ToolUseInput {
  call: ManualToolCall;
  /** What the film says of it; made from what is acted on when absent. */
  caption?: string;
  feature: string;
  /** 0-based, within the feature. */
  step: number;
  seq: number;
  pace: Pace;
}

export interface ToolUse {
  reply: ToolReply;
  /** Times in Unix ms; null for a look. */
  record: ActionRecord | null;
}

export interface ByHandParts {
  context: Pick<StepContext, 'observer' | 'pacer' | 'origin' | 'secrets'>;
  driver: Pick<McpDriver, 'call' | 'workDir'>;
  actions: MarkedActions;
}

/** A snapshot of a large page. */
const MOST_TEXT = 60_000;

/** One tool of the server, asked for by somebody: what it answers, and what it did as it stands in the log. */
export async function useTool(parts: ByHandParts, input: ToolUseInput): Promise<ToolUse> {
  const { call } = input;
  if (!isLook(call)) return act(parts, input);
  return { reply: await parts.driver.call(call.tool, call.arguments, MOST_TEXT), record: null };
}

async function act({ context, driver, actions }: ByHandParts, input: ToolUseInput): Promise<ToolUse> {
  const { observer, pacer, origin, secrets } = context;
  const { call, pace } = input;
  const startMs = Date.now();
  const boxes: Box[] = [];
  for (const target of targetsOf(call)) {
    const located = await locateTarget(driver, target, call.tool === 'browser_type' && !isAppended(call));
    // Nothing was done to the page: no line of the log.
    if ('error' in located) return { reply: { isError: true, text: located.error }, record: null };
    boxes.push(located.box);
  }
  const [before, messages] = await Promise.all([observer.snapshot(), observer.messages()]);
  const given = actionOf(call, before, boxes);
  const field = boxes[0] && elementAt(before, boxes[0]);
  if (given.type === 'type' && (field?.inputType === 'password' || field?.secret === true))
    secrets.noteTyped(given);
  const action = secrets.mask(given);
  const real = secrets.reveal(action);
  if (action.type === 'type' && action.secret !== undefined && field !== undefined)
    await observer.coverField(before.elements.indexOf(field));
  await pause(PACES[pace].stillMs);
  pacer.begin({
    ...{ pace, seed: `${input.feature}/${input.step}`, isDrag: action.type === 'drag' },
    keys: real.type === 'type' ? real.text.length : 1,
  });
  await observer.attend(true);
  try {
    const calledAt = Date.now();
    const reply = await callTool(driver, withText(call, real), real, origin);
    const actMs = pacer.actedAt ?? calledAt;
    const stability = pace === 'none' ? UNWATCHED : PACES[pace].shown;
    const after = await waitUntilStable(observer, await observer.snapshot(), stability);
    const error = reply.isError ? toolFailure(reply.text) : wrongPage(observer, origin, after);
    actions.add({ action, before: { page: before, messages, atMs: startMs }, actMs, isDone: !reply.isError });
    const heldMs = pacer.heldMs;
    const done = recordOf(
      { ...input, call: withText(call, action) },
      { action, boxes, before, after, startMs, actMs, heldMs, error },
    );
    return {
      reply: error === undefined || reply.isError ? reply : { isError: true, text: error },
      record: done,
    };
  } finally {
    if (!observer.hasCrashed) await observer.attend(false);
  }
}

async function callTool(
  driver: ByHandParts['driver'],
  call: ManualToolCall,
  action: StepAction,
  origin: string,
): Promise<ToolReply> {
  if (call.tool === 'browser_file_upload' && action.type === 'upload')
    return uploadFile(driver, action, { target: call.arguments.target });
  const args =
    call.tool === 'browser_navigate'
      ? { url: origin + call.arguments.url }
      : // Key by key, so that the app and the film see keys.
        call.tool === 'browser_type' && call.arguments.text !== ''
        ? { ...call.arguments, slowly: true }
        : call.arguments;
  return withoutFileChooser(driver, await driver.call(call.tool, args, MOST_TEXT));
}

interface Done {
  action: StepAction;
  boxes: readonly Box[];
  before: PageSnapshot;
  after: PageSnapshot;
  startMs: number;
  actMs: number;
  heldMs: number;
  error: string | undefined;
}

function recordOf({ call, caption, ...input }: ToolUseInput, done: Done): ActionRecord {
  const { action, boxes, before, after, startMs, actMs, error } = done;
  const [box = null, to] = boxes;
  const opened = openedBox(before, after);
  return {
    ...{ seq: input.seq, feature: input.feature, step: input.step, attempt: 1 },
    caption: caption ?? captionOf(action),
    ...{ action, tool: call.tool, arguments: withoutTargets(call.arguments), box },
    ...(to !== undefined && { drag: { to, ms: done.heldMs } }),
    revealed: revealedBoxes(before, after),
    ...(opened && { opened }),
    ...{ startMs, actMs, endMs: Date.now() },
    result: error === undefined ? 'succeeded' : 'failed',
    // By itself it claims nothing: what it is for is said by a mark.
    ...{ verified: false, verdict: 'unproven' },
    ...(error !== undefined && { error }),
    ...{ fingerprintBefore: before.fingerprint, fingerprintAfter: after.fingerprint },
  };
}

/** A call that types what its action says. */
const withText = (call: ManualToolCall, action: StepAction): ManualToolCall =>
  call.tool === 'browser_type' && action.type === 'type'
    ? { ...call, arguments: { ...call.arguments, text: action.text } }
    : call;

/** `slowly` adds to what the field holds, as the server does it. */
const isAppended = (call: ManualToolCall): boolean =>
  call.tool === 'browser_type' && call.arguments.slowly === true;

function targetsOf(call: ManualToolCall): string[] {
  if (call.tool === 'browser_drag') return [call.arguments.startTarget, call.arguments.endTarget];
  return 'target' in call.arguments && call.arguments.target !== undefined ? [call.arguments.target] : [];
}

/** References belong to one moment of one page. */
const withoutTargets = (args: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(args).filter(([name]) => !['target', 'startTarget', 'endTarget'].includes(name)),
  );
