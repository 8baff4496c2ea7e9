import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { KEEPER_SOURCE } from './keeper.text';

it('is what program/ bundles to today (run libs/sandbox/scripts/embed-keeper.mjs)', () => {
  const script = fileURLToPath(new URL('../../../scripts/embed-keeper.mjs', import.meta.url));
  expect(KEEPER_SOURCE).toBe(execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' }));
});
