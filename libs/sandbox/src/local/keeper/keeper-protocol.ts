import type { ProcessStatus } from '../../sandbox.types';

/** One JSON object a line on control.sock; each is answered by one line, `{"error": "..."}` when it failed. */
export type KeeperRequest = StartRequest | { op: 'egress' } | { op: 'egress-end' };

export interface StartRequest {
  op: 'start';
  name: string;
  argv: string[];
  /** Control group of the process, kept with its status so that any handle can end it. */
  leaf: string;
  env: Record<string, string>;
}

/** What `processes/<name>.json` holds. */
export interface RecordedStatus extends ProcessStatus {
  leaf: string;
}
