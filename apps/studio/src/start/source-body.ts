/** Apps that are there already, or that a model writes: everything that is asked for them. */
export type MadeSource =
  | { kind: 'template'; template: string }
  | { kind: 'prompt'; prompt: string; app: 'webapp' | 'api' | 'script' };

/** The body of `POST /api/projects`; undefined while what was given is not whole. */
export function bodyOf(source: MadeSource) {
  if (source.kind === 'template') return source.template === '' ? undefined : { template: source.template };
  const prompt = source.prompt.trim();
  // Answered once the app runs: only then is there something to look at.
  return prompt === '' ? undefined : { prompt, kind: source.app, wait: true };
}
