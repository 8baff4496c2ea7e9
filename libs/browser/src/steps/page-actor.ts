import {
  findTargetIndex,
  SecretValues,
  type Box,
  type ChosenFrom,
  type Pace,
  type StepAction,
} from '@showrunner/contracts';
import { findTarget, type FoundTarget } from '../decide/find-target';
import { describe, ruleDecider, targetOf } from '../decide/rule-decider';
import { toolCallFor } from '../mcp/tool-call';
import type { McpDriver, ToolReply } from '../mcp/mcp-driver';
import type { PageObserver } from '../observer/page-observer';
import type { LocatedNode } from '../observer/locate-in-page';
import { uploadFile, withoutFileChooser } from './file-chooser';
import { chosenFrom } from './chosen-from';
import { PACES, type InputPacer } from './pace';
import { pause, waitUntil } from './wait-until';

export interface ActOptions {
  pace: Pace;
  /** Seed of the typing rhythm. */
  seed: string;
  /** Unix ms until which the target may take to appear and be enabled. */
  deadline: number;
  /** The target, when it was looked for already. */
  found?: FoundTarget;
}

/** An action under way: `finished` settles when the tool call has answered. */
export interface StartedAction {
  tool: string;
  /** As recorded: no selector, no host. */
  arguments: Record<string, unknown>;
  box: Box | null;
  /** Where a drag ends. */
  toBox?: Box;
  /** What is chosen from, where no picture of the page shows it. */
  list?: ChosenFrom;
  calledAt: number;
  finished: Promise<ToolReply>;
}

export type ActResult = { started: StartedAction } | { error: string };

type TypeAction = Extract<StepAction, { type: 'type' }>;

/** Turns plan actions into one MCP tool call each (an upload takes two), on exactly the element that the observer sees. */
export class PageActor {
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly observer: PageObserver,
    private readonly driver: McpDriver,
    private readonly pacer: InputPacer,
    private readonly origin: string,
    /** Something lies over the target: leaves it if it can be left, and says whether it did. */
    private readonly clearTheWay: () => Promise<boolean> = () => Promise.resolve(false),
    private readonly secrets: SecretValues = new SecretValues(),
  ) {}

  /**
   * Finds the target, brings it into view, waits the still moment and calls the tool. Answers `error` when the target is missing,
   * disabled or vanishes; the tool is not called then.
   */
  async act(action: StepAction, options: ActOptions): Promise<ActResult> {
    await this.running;
    const { stillMs } = PACES[options.pace];
    // Before anything is looked for: what cannot be typed is told at once.
    this.secrets.reveal(this.secrets.mask(action));
    if (targetOf(action) === undefined) {
      if (action.type === 'press') await pause(stillMs);
      return { started: this.call(action, options, undefined, undefined) };
    }
    const found = options.found ?? (await this.find(action, options.deadline));
    if (typeof found === 'string') return { error: found };
    if (action.type === 'type') await this.coverBefore(action, found);
    const list = found.isSecret ? undefined : chosenFrom(action, found.element);
    if (stillMs > 0) {
      if (!found.node.inViewport && action.type !== 'scroll') await this.scrollTo(found.index);
      await pause(stillMs + (list === undefined ? 0 : PACES[options.pace].listMs));
    }
    const call = toolCallFor(action, this.origin, found.inputType);
    const isJustSeen = options.found !== undefined && stillMs === 0 && call.prepare === 'look';
    let node = isJustSeen ? found.node : await this.observer.locate(found.index, call.prepare);
    if (node === undefined || (node.isCovered && (await this.clearTheWay()))) {
      const again = await this.find(action, options.deadline);
      if (typeof again === 'string') return { error: again };
      if (action.type === 'type') await this.coverBefore(action, again);
      node = (await this.observer.locate(again.index, call.prepare)) ?? again.node;
    }
    if (action.type === 'drag') return this.drag(action, options);
    const started = this.call(action, options, node, found.inputType);
    return { started: { ...started, ...(list && { list }) } };
  }

  /** What is typed as a secret, or into a field of secrets, is covered from its first letter on. */
  private async coverBefore(action: TypeAction, found: FoundTarget): Promise<void> {
    if (found.isSecret) this.secrets.noteTyped(action);
    const { secret } = this.secrets.mask(action);
    if (found.isSecret || secret !== undefined) await this.observer.coverField(found.index);
  }

  /** Both ends are looked for in the same look at the page: the still moment may have moved them. */
  private async drag(action: Extract<StepAction, { type: 'drag' }>, options: ActOptions): Promise<ActResult> {
    const page = await this.observer.snapshot();
    const from = await this.observer.locate(findTargetIndex(page, action.target));
    const to = await this.observer.locate(findTargetIndex(page, action.to));
    if (from === undefined) return { error: `There is no ${describe(action.target)} on the page.` };
    if (to === undefined) return { error: `There is no ${describe(action.to)} on the page to drop it on.` };
    const started = this.call(action, options, from, undefined, to);
    return { started: { ...started, toBox: to.box } };
  }

  /** Makes one MCP tool call outside of a step (dialogs). Runs beside an action under way. */
  callTool(tool: string, args: Record<string, unknown>): Promise<ToolReply> {
    return this.driver.call(tool, args);
  }

  private call(
    told: StepAction,
    options: ActOptions,
    node: LocatedNode | undefined,
    inputType: string | undefined,
    to?: LocatedNode,
  ): StartedAction {
    const masked = this.secrets.mask(told);
    const action = this.secrets.reveal(masked);
    const { tool, arguments: args, targeted } = toolCallFor(action, this.origin, inputType);
    this.pacer.begin({
      pace: options.pace,
      seed: options.seed,
      keys: action.type === 'type' ? action.text.length : 1,
      isDrag: action.type === 'drag',
    });
    const calledAt = Date.now();
    const selectors =
      to && node
        ? { startTarget: node.selector, endTarget: to.selector }
        : targeted && node
          ? { target: node.selector }
          : {};
    const finished =
      action.type === 'upload'
        ? uploadFile(this.driver, action, selectors)
        : this.driver
            .call(tool, { ...args, ...selectors })
            .then((reply) => withoutFileChooser(this.driver, reply));
    // The next action waits for this one; its outcome is the caller's business.
    this.running = finished.then(
      () => undefined,
      () => undefined,
    );
    const shown = masked === action ? args : toolCallFor(masked, this.origin, inputType).arguments;
    const recorded = masked.type === 'navigate' ? { url: masked.path } : shown;
    return { tool, arguments: recorded, box: node?.box ?? null, calledAt, finished };
  }

  private async find(action: StepAction, deadline: number): Promise<FoundTarget | string> {
    const step = { action, caption: '' };
    const { decision, found } = await findTarget(
      this.observer,
      (page) => ruleDecider.resolve(page, step),
      deadline,
    );
    return found ?? decision.evidence;
  }

  /** Scrolls smoothly and waits until the element stands still. */
  private async scrollTo(index: number): Promise<LocatedNode | undefined> {
    let last = await this.observer.locate(index, 'scroll');
    let still = 0;
    await waitUntil(async () => {
      const now = await this.observer.locate(index);
      still = now && last && now.box.x === last.box.x && now.box.y === last.box.y ? still + 1 : 0;
      last = now;
      return now === undefined || still >= 3 ? true : undefined;
    }, Date.now() + 2000);
    return last;
  }
}
