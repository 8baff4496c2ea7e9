import { InvalidInputError } from '@showrunner/contracts';

export const LABEL = {
  /** Which installation owns it; an engine may serve several. */
  installation: 'dev.showrunner.installation',
  sandbox: 'dev.showrunner.sandbox',
  created: 'dev.showrunner.created',
  limits: 'dev.showrunner.limits',
  environment: 'dev.showrunner.environment',
  image: 'dev.showrunner.image',
  /** What a volume or image is: `app`, `home`, `record`, `layer`. */
  role: 'dev.showrunner.role',
  record: 'dev.showrunner.record',
} as const;

const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/;

/** @throws InvalidInputError `sandbox_id_invalid` */
export function requireSandboxId(id: string): void {
  if (!ID.test(id))
    throw new InvalidInputError('sandbox_id_invalid', `"${id.slice(0, 80)}" cannot name a sandbox.`, {
      remedy: 'Use letters, digits, "_" and "-", at most 64.',
    });
}

/** Names of one sandbox's things in the engine. The sandbox's id is part of each, so that creating twice collides. */
export function namesOf(installation: string, id: string) {
  const base = `showrunner-${installation}-${id}`;
  return {
    container: base,
    app: `${base}-app`,
    home: `${base}-home`,
    record: (sequence: number) => `${base}-record-${sequence}`,
    /** Images have no capital letters. */
    image: `showrunner-build/${Buffer.from(`${installation} ${id}`).toString('hex')}`,
  };
}
