import type { z } from 'zod';
import { EnvironmentError } from '@showrunner/contracts';

/**
 * Reads an app's variables. An empty variable counts as not set. Values of secrets are never shown.
 * @throws {EnvironmentError} `invalid_configuration`, with one line a bad variable: what is wrong and what it is for.
 */
export function loadConfig<Schema extends z.ZodObject>(
  schema: Schema,
  env: Readonly<Record<string, string | undefined>> = process.env,
): z.infer<Schema> {
  const given = Object.fromEntries(
    Object.keys(schema.shape).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  );
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const field = schema.shape[name] as z.ZodType | undefined;
    const value = given[name];
    const shown = value === undefined ? 'is not set' : isSecret(field) ? '(hidden)' : `is "${value}"`;
    return `${name} ${shown}: ${issue.message}. ${descriptionOf(field)}`.trim();
  });
  throw new EnvironmentError(
    'invalid_configuration',
    `The configuration is not valid.\n  ${lines.join('\n  ')}`,
    {
      remedy: 'Set the variables named above; .env.example lists every variable with its default.',
      details: { variables: result.error.issues.map((issue) => String(issue.path[0])) },
    },
  );
}

/** What a variable is for. */
export function descriptionOf(field: z.ZodType | undefined): string {
  return findMeta(field, 'description') ?? '';
}

/** Whether a variable's value must not be shown. */
export function isSecret(field: z.ZodType | undefined): boolean {
  return findMeta(field, 'secret') ?? false;
}

interface VariableMeta {
  description: string;
  secret: boolean;
}

/** Looks through `.default()`, `.optional()` and `.transform()`, which wrap the described type. */
function findMeta<Name extends keyof VariableMeta>(
  field: z.ZodType | undefined,
  name: Name,
): VariableMeta[Name] | undefined {
  for (let at = field; at !== undefined; at = wrappedBy(at)) {
    const value = at.meta()?.[name];
    if (value !== undefined) return value as VariableMeta[Name];
  }
  return undefined;
}

export function wrappedBy(field: z.ZodType): z.ZodType | undefined {
  const { innerType, in: input } = field.def as { innerType?: z.ZodType; in?: z.ZodType };
  return innerType ?? input;
}
