import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { GATE_SOURCE } from './gate/gate.text';
import { KEEPER_SOURCE } from './keeper/keeper.text';

it('are what their folders bundle to today (run libs/sandbox-local/scripts/embed-programs.mjs)', () => {
  const script = fileURLToPath(new URL('../scripts/embed-programs.mjs', import.meta.url));
  const bundled: unknown = JSON.parse(
    execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' }),
  );
  expect({ keeper: KEEPER_SOURCE, gate: GATE_SOURCE }).toEqual(bundled);
});
