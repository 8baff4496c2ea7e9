import type { AllowPolicy } from '../../sandbox.types';

/** Socket of the gate's folder that takes requests: one JSON object a line, each answered by one line. */
export const GATE_CONTROL_SOCKET = 'control.sock';

export interface GateRequest {
  op: 'policy';
  policy: AllowPolicy;
}
