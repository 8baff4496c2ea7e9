import type { Reason } from '@showrunner/contracts';
import { because } from './draft';
import { firstOf, hasFile, type FileListing } from './listing';

const COPIED = ['.env.example', '.env.sample', '.env.template', '.env.local.example', '.env.dist'];
/** Files that show which variables an app reads. */
export const ENVIRONMENT_EXAMPLES: readonly string[] = [...COPIED, '.env.development'];

/** An app that ships an example of its environment usually fails without it. */
export function copyEnvironment(listing: FileListing): { setup: string[]; reasons: Reason[] } {
  const example = firstOf(listing, COPIED);
  if (example === undefined || hasFile(listing, '.env')) return { setup: [], reasons: [] };
  return {
    setup: [`cp -n ${example} .env`],
    reasons: [
      because(
        'environment',
        `${example} shows the variables it reads; a copy of it is the .env of the sandbox.`,
      ),
    ],
  };
}

/** Assignments of an example of the environment. */
export function variablesIn(text: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const line of text.split('\n').slice(0, 500)) {
    const [, name, value = ''] =
      /^\s{0,8}(?:export\s{1,4})?([A-Za-z_]\w{0,60})\s{0,4}=\s{0,4}(.{0,500})$/.exec(line) ?? [];
    if (name !== undefined) found[name] = value.trim().replace(/^(["'])(.*)\1$/, '$2');
  }
  return found;
}
