import type { Serve } from './parts';

/** A small app that lies, or the honest one beside it, and what is asked of it. */
export interface LyingApp {
  kind: string;
  page: string;
  serve?: Serve;
  /** How long its server takes for a write. */
  afterMs?: number;
  intent: string;
  /** Kind of the feature (`any`: whichever), and words of its title: to be shown by the honest ones, and never by those that lie. */
  must?: string;
  mustNot?: string;
}
