import type { Feature, PageSnapshot } from '@showrunner/contracts';

/** Carries out features fast in a session that nobody films. */
export interface RehearsalPerformer {
  snapshot(): Promise<PageSnapshot>;
  /** Brings the page to the feature's start; the error is one sentence. */
  begin(feature: Feature): Promise<{ error?: string }>;
  /** One step with its condition, without human pace. */
  perform(feature: Feature, stepIndex: number): Promise<{ verified: boolean; error?: string }>;
}
