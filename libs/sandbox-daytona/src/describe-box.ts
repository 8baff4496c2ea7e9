import type { SandboxInfo } from '@showrunner/contracts';
import { callersLabels, LABEL, requestedLimits } from './box-labels';
import { limitsInForce, type BoxResources } from './box-limits';
import { statusOf } from './box-state';

/** What a box tells about itself, in a list or alone. */
export interface BoxFacts extends BoxResources {
  id: string;
  labels?: Record<string, string>;
  state?: string;
  createdAt?: string;
}

export function describeBox(box: BoxFacts): SandboxInfo {
  const labels = box.labels ?? {};
  return {
    id: labels[LABEL.sandbox] ?? box.id,
    provider: 'daytona',
    status: statusOf(box.state),
    createdAt: new Date(box.createdAt ?? 0).toISOString(),
    labels: callersLabels(labels),
    limits: limitsInForce(requestedLimits(labels), box),
  };
}
