import type { PageSnapshot, Step } from '@showrunner/contracts';
import type { PerformedStep } from './performer';

export interface Failed extends Pick<PerformedStep, 'verdict' | 'refusedByServer' | 'sent'> {
  error: string;
  /** The condition may well hold; it was seen that this proves nothing. */
  isDisproven?: boolean;
  /** The page before it. */
  before?: PageSnapshot;
}

/** A step that worked, with what was learned of it. */
export interface ProvenStep extends Pick<PerformedStep, 'sent'> {
  step: Step;
  claimsToLast: boolean;
  /** The page before it. */
  before: PageSnapshot;
}
