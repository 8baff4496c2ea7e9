import { z } from 'zod';

/** Stands wherever a secret value would: as long for every value. */
export const SECRET_MASK = '••••';

/** What a secret is called: in plans, and as `{{NAME}}` in an intent. */
export const SecretNameSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_-]{0,63}$/, 'letters, digits, - and _, beginning with a letter');

const LONGEST = 1000;

/** Values by name, as a request gives them: sealed when stored, never answered. */
export const GivenSecretsSchema = z
  .record(SecretNameSchema, z.string().min(1).max(LONGEST))
  .refine((values) => Object.keys(values).length <= 50, 'at most 50 secrets');
export type GivenSecrets = z.infer<typeof GivenSecretsSchema>;

/** What is entered where an app asks for a password and nobody has said which: ours, and known to everybody. */
export const SAMPLE_PASSWORD = { name: 'sample-password', value: 'Sunrise-4821' } as const;

/** Shorter values are not looked for in texts: they stand there by chance. */
export const SHORTEST_SOUGHT = 6;

const SECRET_NAME = /key|token|secret|pass|credential|auth|private|dsn/i;
const LONG_VALUE = 20;

/**
 * Those variables of an app whose values are secrets to be looked for on its pages: by their name, or as long and mixed as no word is.
 * `NODE_ENV=production` hides nothing.
 */
export function secretVariables(environment: Readonly<Record<string, string>>): GivenSecrets {
  const isMixed = (value: string): boolean =>
    value.length >= LONG_VALUE && /\d/.test(value) && /[a-z]/i.test(value) && !/[\s/]/.test(value);
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) =>
        value.length >= SHORTEST_SOUGHT &&
        value.length <= LONGEST &&
        (SECRET_NAME.test(name) || isMixed(value)),
    ),
  );
}
