import type { Condition, Feature, PageSnapshot, Step, StepAction, Target } from '@showrunner/contracts';
import { slug } from './words';

/** A step whose condition the rehearsal may replace by what it saw happen. */
export interface CandidateStep extends Step {
  /**
   * The condition is a guess: what exactly appears is known only after the first try. Rehearsal keeps the guess if it holds, otherwise it
   * takes a new fact of the page; when nothing new appears the step has failed.
   */
  learn?: boolean;
  /** Texts of which some should go: the one that went is a better proof than the state of a control. */
  shown?: string[];
}

/** A feature that may be filmed, with what the choice needs to know. */
export interface Candidate {
  feature: Omit<Feature, 'steps'> & { steps: CandidateStep[] };
  /** Further ways to do the same, tried in order when the first fails in rehearsal. */
  variants: CandidateStep[][];
  /** Larger is better, 0 to 100. */
  score: number;
  /** What the intent's words are compared with. */
  words: string[];
  needsSignIn: boolean;
  /** Title of the feature it builds on; it is dropped with it. */
  after?: string;
  /** Further steps that can be told only from the page that the steps lead to. */
  extend?: (page: PageSnapshot) => CandidateStep[];
  /** The text that the feature brings into the app. */
  creates?: string;
}

export interface CandidateInput {
  kind: Feature['kind'];
  title: string;
  description: string;
  startPath: string | null;
  steps: CandidateStep[];
  score: number;
  words?: string[];
  variants?: CandidateStep[][];
  needsSignIn?: boolean;
  extend?: Candidate['extend'];
  creates?: string;
}

export function candidate(input: CandidateInput): Candidate {
  const { kind, startPath, steps } = input;
  const title = input.title.slice(0, 120);
  return {
    feature: { id: slug(title), kind, title, description: input.description.slice(0, 300), startPath, steps },
    variants: input.variants ?? [],
    score: input.score,
    words: [title, ...(input.words ?? [])],
    needsSignIn: input.needsSignIn ?? false,
    extend: input.extend,
    creates: input.creates,
  };
}

const DEFAULT_TIMEOUT_MS = 8000;

export function step(action: StepAction, caption: string, success: Condition, learn = false): CandidateStep {
  const base = { action, caption: caption.slice(0, 200), success, timeoutMs: DEFAULT_TIMEOUT_MS };
  return learn ? { ...base, learn } : base;
}

export const click = (target: Target, caption: string, success: Condition, learn = false): CandidateStep =>
  step({ type: 'click', target }, caption, success, learn);

/** Types into a field; done when the field holds the text. */
export const fill = (target: Target, text: string, caption: string): CandidateStep =>
  step({ type: 'type', target, text, submit: false }, caption, { kind: 'value', target, equals: text });

/** Types and presses Enter. */
export const submit = (
  target: Target,
  text: string,
  caption: string,
  success: Condition,
  learn = false,
): CandidateStep => step({ type: 'type', target, text, submit: true }, caption, success, learn);
