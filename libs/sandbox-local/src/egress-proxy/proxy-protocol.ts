import type { AllowPolicy } from '@showrunner/sandbox';

/** Socket of the egress proxy's folder that takes requests: one JSON object a line, each answered by one line. */
export const EGRESS_CONTROL_SOCKET = 'control.sock';

export type EgressProxyRequest =
  | { op: 'policy'; policy: AllowPolicy }
  /** Cut everything, write down what was counted, and end after the answer. */
  | { op: 'end' };
