import { findTargetIndex } from '@showrunner/contracts';
import type { Decision, PageElement, PageSnapshot } from '@showrunner/contracts';
import type { LocatedNode } from '../observer/locate-in-page';
import type { PageObserver } from '../observer/page-observer';
import { pause } from '../steps/wait-until';

/** The element of a decision, as the observer holds it. */
export interface FoundTarget {
  index: number;
  node: LocatedNode;
  inputType: string | undefined;
  /** What is entered there is a secret. */
  isSecret: boolean;
  /** As the page was looked at. */
  element: PageElement | undefined;
}

/** The last decision, with its element when it has one. */
export interface Finding {
  decision: Decision;
  found?: FoundTarget;
}

type Observed = Pick<PageObserver, 'snapshot' | 'locate'>;
type Resolve = (page: PageSnapshot) => Promise<Decision>;

const POLL_MS = 50;

/**
 * Looks and decides until what is to be acted on is there and can be used, or until the deadline (Unix ms): pages show and enable things
 * late. Looks at least once.
 * @param seen the observer's last look, when that was just now: the first one is spared
 */
export async function findTarget(
  observer: Observed,
  resolve: Resolve,
  deadline: number,
  seen?: PageSnapshot,
): Promise<Finding> {
  for (let page = seen; ; page = undefined) {
    const finding = await look(observer, resolve, page ?? (await observer.snapshot()));
    if (finding.decision.outcome === 'resolved' || Date.now() >= deadline) return finding;
    await pause(Math.min(POLL_MS, Math.max(0, deadline - Date.now())));
  }
}

async function look(observer: Observed, resolve: Resolve, page: PageSnapshot): Promise<Finding> {
  const decision = await resolve(page);
  if (decision.outcome !== 'resolved' || decision.target === null) return { decision };
  const index = findTargetIndex(page, decision.target);
  const node = await observer.locate(index);
  const element = page.elements[index];
  if (node !== undefined) {
    const isSecret = element?.inputType === 'password' || element?.secret === true;
    return { decision, found: { index, node, inputType: element?.inputType, isSecret, element } };
  }
  const evidence = 'What was to be acted on left the page.';
  return { decision: { ...decision, outcome: 'missing', target: null, confidence: 0, evidence } };
}
