import type { AllowPolicy } from '@showrunner/sandbox';

/** Socket of the gate's folder that takes requests: one JSON object a line, each answered by one line. */
export const GATE_CONTROL_SOCKET = 'control.sock';

export type GateRequest =
  | { op: 'policy'; policy: AllowPolicy }
  /** Cut everything, write down what was counted, and end after the answer. */
  | { op: 'end' };
