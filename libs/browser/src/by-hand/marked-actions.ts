import { evaluateCondition, type Condition, type PageSnapshot, type StepAction } from '@showrunner/contracts';
import type { FirstSeen } from '../steps/prove-step';

/** Something that was done since the mark of a feature's start, and what there was before. */
export interface DoneByHand {
  action: StepAction;
  before: FirstSeen;
  /** Unix ms at which the page had the input. */
  actMs: number;
  /** The tool did not report that it could not. */
  isDone: boolean;
}

/** More than a feature's steps; of what lies further back only the first is kept. */
const MOST_KEPT = 40;

/** What was done in the feature that is open. */
export class MarkedActions {
  private done: DoneByHand[] = [];

  begin(): void {
    this.done = [];
  }

  add(one: DoneByHand): void {
    this.done.push(one);
    if (this.done.length > MOST_KEPT) this.done.splice(1, 1);
  }

  /** What there was before the first thing that was done; undefined before that. */
  get first(): PageSnapshot | undefined {
    return this.done.find(({ isDone }) => isDone)?.before.page;
  }

  get typed(): string[] {
    return this.done.flatMap(({ action }) =>
      action.type === 'type' && action.secret === undefined ? [action.text] : [],
    );
  }

  /**
   * The action that brought a condition about: the last one before which it did not hold. Whatever page or server said to it, and since,
   * counts; what they said to one before, that had to be done again, does not.
   */
  causeOf(condition: Condition): DoneByHand | undefined {
    const { first } = this;
    return this.done.findLast(
      ({ before, isDone }) => isDone && !evaluateCondition(condition, before.page, first),
    );
  }
}
