import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeConformance } from '../../conformance/describe-conformance';
import { LocalSandboxProvider } from './local.provider';

const unfit =
  process.getuid?.() === 0 && spawnSync('bwrap', ['--version']).error === undefined
    ? undefined
    : 'needs root and bubblewrap';
const home = mkdtempSync(join(tmpdir(), 'sandboxes-'));

describeConformance('local', {
  unfit,
  reachesTestHost: true,
  manyBoxes: 0,
  open: async () => new LocalSandboxProvider({ home }),
  close: async () => rmSync(home, { recursive: true, force: true }),
});
