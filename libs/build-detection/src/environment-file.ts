import type { Reason } from '@showrunner/contracts';
import { because } from './draft';
import { firstOf, hasFile, type FileListing } from './listing';

/** An app that ships an example of its environment usually fails without it. */
export function copyEnvironment(listing: FileListing): { setup: string[]; reasons: Reason[] } {
  const example = firstOf(listing, [
    '.env.example',
    '.env.sample',
    '.env.template',
    '.env.local.example',
    '.env.dist',
  ]);
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
