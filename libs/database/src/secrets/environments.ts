import type { BuildOverrides, BuildSpec, StoredOverrides } from '@showrunner/contracts';
import type { SecretBox } from './secret-box';

/** Variables with their values. Only who starts an app or a sandbox asks for them. */
export type Environment = Record<string, string>;

/** What is stored of overrides: names in the clear, values sealed. */
export function toStored(
  { env, ...rest }: BuildOverrides & StoredOverrides,
  box: SecretBox,
  place: string,
): { overrides: StoredOverrides; environmentSealed?: string } {
  if (env === undefined) return { overrides: rest };
  return { overrides: { ...rest, envNames: Object.keys(env) }, environmentSealed: sealed(env, box, place) };
}

/** Undefined when there is nothing to seal. */
export function sealed(env: Environment, box: SecretBox, place: string): string | undefined {
  return Object.keys(env).length === 0 ? undefined : box.seal(JSON.stringify(env), place);
}

/** What is shown of overrides, also of those that an earlier release stored with values. */
export function toShown({ env, ...rest }: BuildOverrides & StoredOverrides): StoredOverrides {
  return env === undefined ? rest : { ...rest, envNames: Object.keys(env) };
}

/** A build spec of an earlier release has the values of overrides among its own. */
export function specWithout(spec: BuildSpec | null, { envNames = [] }: StoredOverrides): BuildSpec | null {
  if (spec === null || envNames.length === 0) return spec;
  const env = Object.fromEntries(Object.entries(spec.env).filter(([name]) => !envNames.includes(name)));
  return { ...spec, env };
}

/** The values of a row: sealed ones, or those that an earlier release left in the clear; null when it has none. */
export function opened(
  row: { environmentSealed: string | null },
  inClear: Environment | undefined,
  box: SecretBox,
  place: string,
): Environment | null {
  if (row.environmentSealed === null) return inClear ?? null;
  return JSON.parse(box.open(row.environmentSealed, place)) as Environment;
}

/** Where the token of a project's repository belongs. */
export const placeOfToken = (projectId: string): string => `projects/${projectId}/source-token`;

/** Where the secrets of a run belong. */
export const placeOfSecrets = (runId: string): string => `runs/${runId}/secrets`;

/** Where an environment belongs: sealed for it, it opens nowhere else. */
export const placeOf = (table: 'runs' | 'builds' | 'sandboxes', id: string): string =>
  `${table}/${id}/environment`;
