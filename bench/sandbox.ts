import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { NODE_LIMITS } from '@showrunner/contracts';
import { LocalSandboxProvider, type Sandbox } from '@showrunner/sandbox';
import { durationOf, figure, timed } from './measure/figures';
import { inScratch } from './measure/scratch';

const CREATED = 20;
const EXECUTED = 50;
const run = promisify(execFile);

/** A namespace of every kind, the system read-only, and nothing else: no limits, no user of its own, no disk, no way in. */
const BARE = [
  ...['--unshare-all', '--die-with-parent', '--ro-bind', '/usr', '/usr', '--symlink', 'usr/bin', '/bin'],
  ...['--symlink', 'usr/lib', '/lib', '--symlink', 'usr/lib64', '/lib64', '--proc', '/proc', '--dev', '/dev'],
  ...['--tmpfs', '/tmp', 'true'],
];

/**
 * From nothing to the end of the first command in a sandbox with its limits, disk and user, against bubblewrap alone running the same
 * command; then one command in a sandbox that runs, against a child process on the host.
 */
export const benchSandbox = (): Promise<void> =>
  inScratch(async (home) => {
    const provider = new LocalSandboxProvider({ home });
    let last: Sandbox | undefined;
    const create = async (round: number): Promise<void> => {
      last = await provider.create({ id: `sbx-bench${round}`, limits: NODE_LIMITS, labels: {} });
      await last.exec(['true']);
    };
    const created: number[] = [];
    const bare: number[] = [];
    try {
      await create(0);
      for (let round = 1; round <= CREATED; round++) {
        await last?.destroy();
        created.push(await durationOf(() => create(round)));
        bare.push(await durationOf(() => run('bwrap', BARE)));
      }
      figure('sandbox.create', 'ms', created, { what: 'bwrap', values: bare });
      const executed = await timed(EXECUTED, async () => last?.exec(['true']));
      const child = await timed(EXECUTED, () => run('true'));
      figure('sandbox.exec', 'ms', executed, { what: 'child process', values: child });
      const destroyed = [await durationOf(async () => last?.destroy())];
      figure('sandbox.destroy', 'ms', destroyed);
    } finally {
      for (const { id } of await provider.list()) await provider.destroy(id);
    }
  });
