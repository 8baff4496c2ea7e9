import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeConformance } from '@showrunner/sandbox/conformance';
import { LocalSandboxProvider } from './local.provider';
import { readMeta, SandboxHome } from './sandbox-folder';

const unfit =
  process.getuid?.() === 0 && spawnSync('bwrap', ['--version']).error === undefined
    ? undefined
    : 'needs root and bubblewrap';
const home = mkdtempSync(join(tmpdir(), 'sandboxes-'));

describeConformance('local', {
  unfit,
  reachesTestHost: true,
  commandsWait: true,
  manyBoxes: 12,
  open: async () => new LocalSandboxProvider({ home }),
  murder: async (id) => {
    const meta = await readMeta(new SandboxHome(home).folder(id));
    if (meta?.init !== undefined) process.kill(meta.init.pid, 'SIGKILL');
  },
  close: async () => rmSync(home, { recursive: true, force: true }),
});
