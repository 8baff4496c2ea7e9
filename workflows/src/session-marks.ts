import { CLAIMED, UNMARKED } from '@showrunner/contracts';
import type {
  ActionRecord,
  Condition,
  Feature,
  FeatureOutcome,
  Mark,
  MarkedFeature,
  ProvenMark,
} from '@showrunner/contracts';

type Start = Extract<Mark, { kind: 'start' }>;

interface Marked extends MarkedFeature {
  kind: Feature['kind'];
  description: string;
  actions: ActionRecord[];
  condition?: Condition;
}

const LEFT = 'The next one began before its success was marked.';
const NEVER = 'The session ended before its success was marked.';
/** Of a plan's feature. */
const MOST_STEPS = 30;

/** The features of a manual session, as its marks make them. Pure. */
export class SessionMarks {
  private features: Marked[] = [];
  private unmarked = 0;

  /** The feature that has begun and not ended. */
  get open(): MarkedFeature | undefined {
    return this.features.find(({ status }) => status === 'open');
  }

  get count(): number {
    return this.features.length;
  }

  find(id: string): MarkedFeature | undefined {
    return this.features.find(({ feature }) => feature === id);
  }

  /** Of a feature that has begun: decides what speaks against its success. */
  kindOf(id: string): Feature['kind'] {
    return this.features.find(({ feature }) => feature === id)?.kind ?? 'use';
  }

  /** Where the next action belongs. */
  next(): { feature: string; step: number } {
    const open = this.opened();
    return open === undefined
      ? { feature: UNMARKED, step: this.unmarked }
      : { feature: open.feature, step: open.actions.length };
  }

  add(record: ActionRecord): void {
    const open = this.opened();
    if (open === undefined) this.unmarked += 1;
    else open.actions.push(record);
  }

  /** Begins a feature; one that was open is left, and one of the same name that did not succeed begins anew. Answers the one that was left. */
  begin({ feature, title, description, featureKind }: Start): MarkedFeature | undefined {
    const left = this.leave(LEFT);
    this.features = this.features.filter((one) => one.feature !== feature);
    this.features.push({
      ...{ feature, title: title ?? titleOf(feature), description: description ?? '' },
      ...{ kind: featureKind, status: 'open', actions: [] },
    });
    return left;
  }

  /** Ends the open feature by a mark of success. One that was looked at in vain stays open: it may succeed yet. */
  succeed(condition: Condition | undefined, proof: Pick<ProvenMark, 'isVerified' | 'reason'>): MarkedFeature {
    const open = this.opened();
    if (open === undefined) throw new TypeError('No feature is open.');
    if (condition === undefined) return this.end(open, 'claimed', CLAIMED);
    if (!proof.isVerified) return { ...told(open), status: 'unproven', ...reasonOf(proof.reason) };
    open.condition = condition;
    return this.end(open, 'verified');
  }

  /** Nothing more is marked. */
  close(): void {
    this.leave(NEVER);
  }

  list(): MarkedFeature[] {
    return this.features.map(told);
  }

  outcomes(): FeatureOutcome[] {
    return this.features.map(({ feature, title, status, reason }) => ({
      ...{ feature, title, verified: status === 'verified' },
      ...reasonOf(reason),
    }));
  }

  /** What was proven, in the words of plans. @param startPath where the session began */
  planned(startPath: string): Feature[] {
    return this.features.flatMap(({ feature, kind, title, description, condition, actions }) => {
      const done = actions.filter(({ result }) => result === 'succeeded').slice(-MOST_STEPS);
      if (condition === undefined || done.length === 0) return [];
      const steps = done.map(({ action, caption }, n) => ({
        ...{ action, caption, timeoutMs: 8000 },
        success: n === done.length - 1 ? condition : { kind: 'done' as const },
      }));
      const isFirst = feature === this.features[0]?.feature;
      return [{ id: feature, kind, title, description, startPath: isFirst ? startPath : null, steps }];
    });
  }

  private opened(): Marked | undefined {
    return this.features.find(({ status }) => status === 'open');
  }

  private leave(reason: string): MarkedFeature | undefined {
    const open = this.opened();
    return open && this.end(open, 'unproven', reason);
  }

  private end(one: Marked, status: MarkedFeature['status'], reason?: string): MarkedFeature {
    one.status = status;
    if (reason !== undefined) one.reason = reason;
    return told(one);
  }
}

const reasonOf = (reason: string | undefined): { reason?: string } =>
  reason === undefined ? {} : { reason };

const told = ({ feature, title, status, reason }: Marked): MarkedFeature => ({
  ...{ feature, title, status },
  ...reasonOf(reason),
});

/** `sign-in` is told as "Sign in". */
const titleOf = (id: string): string => {
  const words = id.replaceAll('-', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};
