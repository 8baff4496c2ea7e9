import type { Condition, Step, StepAction } from '@showrunner/contracts';

/** Something of a test that its plan does not hold. */
export interface Lost {
  /** 1-based. */
  line: number;
  /** As the test says it, shortened. */
  what: string;
  why: string;
}

/** A step in the making: what is done, and what the test then expects. */
export interface Draft {
  action: StepAction;
  conditions: Condition[];
  /** The condition that counts where the test expects nothing. */
  otherwise: Condition;
  caption: string;
  dialog?: NonNullable<Step['dialog']>;
  line: number;
}

/** What one test does, in order. */
export class Recording {
  startPath: string | null = null;
  readonly drafts: Draft[] = [];
  readonly lost: Lost[] = [];
  /** Title of the `test.step` that has begun and has no step of the plan yet. */
  nextCaption: string | undefined;
  /** What the next dialog is answered. */
  answer: Step['dialog'];

  lose(line: number, what: string, why: string): void {
    if (this.lost.length < MOST_LOST)
      this.lost.push({ line, what: what.replace(/\s+/g, ' ').slice(0, 80), why });
  }

  act(line: number, action: StepAction, caption: string, otherwise: Condition = { kind: 'done' }): void {
    const { nextCaption, answer } = this;
    this.drafts.push({
      ...{ action, otherwise, line, conditions: [] },
      caption: (nextCaption ?? caption).slice(0, 200),
      ...(answer !== undefined && action.type === 'click' && { dialog: answer }),
    });
    this.nextCaption = undefined;
    if (action.type === 'click') this.answer = undefined;
  }

  /** @returns false when nothing has been done yet that could have brought it about */
  expect(condition: Condition): boolean {
    const last = this.drafts[this.drafts.length - 1];
    last?.conditions.push(condition);
    return last !== undefined;
  }
}

const MOST_LOST = 200;
