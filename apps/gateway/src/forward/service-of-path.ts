export type InnerService = 'project' | 'sandbox' | 'intent' | 'editor';

/** First match counts. */
const RULES: readonly [RegExp, InnerService][] = [
  [/^\/api\/(projects|builds)(\/|$)/, 'project'],
  [/^\/api\/(sandboxes|sandbox|agents|usage|maintenance)(\/|$)/, 'sandbox'],
  [/^\/api\/runs\/[^/]+\/(clips|takes|artifacts)(\/|$)/, 'editor'],
  [/^\/api\/(clips|exports)(\/|$)/, 'editor'],
  [/^\/api\/(intents|plans|runs)(\/|$)/, 'intent'],
];

/** Which inner service answers a path; null when none does. */
export function serviceOfPath(path: string): InnerService | null {
  return RULES.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
