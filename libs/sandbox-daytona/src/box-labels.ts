import { InvalidInputError, SandboxLimitsSchema, type SandboxLimits } from '@showrunner/contracts';

/** Labels of ours on a box, beside those of the caller. */
export const LABEL = {
  installation: 'showrunner.installation',
  sandbox: 'showrunner.sandbox',
  /** Limits as asked for, JSON. */
  limits: 'showrunner.limits',
  /** Policy outside phases, as `networkLabel` writes it. */
  network: 'showrunner.network',
  /** Somebody began to destroy it and was refused. */
  doomed: 'showrunner.doomed',
} as const;

/** The SDK's own label on what it creates. */
const SDK_LABEL = 'code-toolbox-language';
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$/;

export function requireSandboxId(id: string): string {
  if (ID.test(id)) return id;
  throw new InvalidInputError('sandbox_id_invalid', `"${id.slice(0, 80)}" cannot be the id of a sandbox.`, {
    remedy: 'Use letters, digits, "_" and "-", at most 63, beginning with a letter or digit.',
  });
}

/** Names are unique in an organization of Daytona: two creations of one sandbox cannot both succeed. */
export function boxName(installation: string, id: string): string {
  return `${installation}-${id}`;
}

export function ownLabels(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => isOurs(name)));
}

export function callersLabels(labels: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !isOurs(name)));
}

function isOurs(name: string): boolean {
  return name === SDK_LABEL || (Object.values(LABEL) as string[]).includes(name);
}

/** @throws InvalidInputError `sandbox_label_invalid` for names that are ours */
export function requireCallersLabels(labels: Record<string, string>): Record<string, string> {
  const taken = Object.keys(labels).find(isOurs);
  if (taken === undefined) return labels;
  throw new InvalidInputError('sandbox_label_invalid', `The label "${taken}" is the platform's own.`, {
    remedy: 'Choose another name.',
  });
}

/** undefined when somebody took the label away. */
export function requestedLimits(labels: Record<string, string>): SandboxLimits | undefined {
  try {
    const parsed = SandboxLimitsSchema.safeParse(JSON.parse(labels[LABEL.limits] ?? 'null'));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
