import type { ProcessStatus } from '@showrunner/sandbox';
import type { ProcessIdentity } from '../proc';

/** Host end of the way out while a phase is open; served by the phase's caller. */
export const PHASE_SOCKET = 'egress.sock';
/** Host end of the way out between phases; served by the egress proxy. */
export const LIVE_SOCKET = 'gate/live.sock';

/** One JSON object a line on control.sock or network.sock; each is answered by one line, `{"error": "...", "code"?: "..."}` when it failed. */
export type ShimRequest = StartRequest | InputRequest | PhaseRequest | { op: 'phase-end' } | LiveRequest;

export interface StartRequest {
  op: 'start';
  name: string;
  argv: string[];
  /** Control group of the process, kept with its status so that any handle can end it. */
  leaf: string;
  env: Record<string, string>;
}

/** Bytes for a process's standard input; answered once they are on their way to it. */
export interface InputRequest {
  op: 'input';
  name: string;
  base64: string;
}

/** From now until `phase-end` or the end of this connection the way out leads to the phase's socket, or nowhere. */
export interface PhaseRequest {
  op: 'phase';
  open: boolean;
}

/** Whether the way out leads to the egress proxy while no phase is open. */
export interface LiveRequest {
  op: 'live';
  open: boolean;
}

/** What `processes/<name>.json` holds. */
export interface RecordedStatus extends ProcessStatus {
  leaf: string;
  /** The shim that holds its pipes; its name on disk is that of sandboxes which run already. */
  keeper: ProcessIdentity;
}
