import { expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { EGRESS_PROXY_SOURCE } from './egress-proxy/proxy.text';
import { SHIM_SOURCE } from './shim/shim.text';

it('are what their folders bundle to today (run libs/sandbox-local/scripts/embed-programs.mjs)', () => {
  const script = fileURLToPath(new URL('../scripts/embed-programs.mjs', import.meta.url));
  const bundled: unknown = JSON.parse(
    execFileSync(process.execPath, [script, '--check'], { encoding: 'utf8' }),
  );
  expect({ shim: SHIM_SOURCE, proxy: EGRESS_PROXY_SOURCE }).toEqual(bundled);
});
