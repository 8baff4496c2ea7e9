import type { Candidate, CandidateStep, Condition, Feature, StepAction, Target } from '@showrunner/contracts';
import { slug } from './words';

export interface CandidateInput {
  kind: Feature['kind'];
  title: string;
  description: string;
  startPath: string | null;
  steps: CandidateStep[];
  score: number;
  words?: readonly string[];
  variants?: CandidateStep[][];
  needsSignIn?: boolean;
  continues?: string;
  creates?: string;
  about?: string;
  variety?: string;
  insteadOf?: string;
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
    continues: input.continues,
    creates: input.creates,
    ...(input.about === undefined ? {} : { about: input.about }),
    variety: input.variety,
    ...(input.insteadOf === undefined ? {} : { insteadOf: input.insteadOf }),
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

/** The feature as a plan stores it, without what only the rehearsal needs. */
export function withoutNotes({ feature }: Candidate): Feature {
  return {
    ...feature,
    steps: feature.steps.map(({ action, caption, success, timeoutMs, dialog }) => ({
      action,
      caption,
      success,
      timeoutMs,
      ...(dialog && { dialog }),
    })),
  };
}
