import { expect, it } from '@jest/globals';
import { describeE2b, E2B_LIMITS } from './testing/e2b-fixture';

describeE2b('E2B sandboxes', (bench) => {
  it('runs a command: split output, exit code, folder, variables, input', async () => {
    const sandbox = await bench.provider.create({
      id: 'first',
      limits: E2B_LIMITS,
      labels: { of: 'me' },
      environment: { FROM_BOX: 'box', BOTH: 'box' },
    });
    const done = await sandbox.exec('echo "$PWD $FROM_BOX $BOTH $HOME"; echo wrong >&2; exit 7', {
      env: { BOTH: 'exec' },
    });
    expect(done).toMatchObject({
      exitCode: 7,
      signal: null,
      stdout: '/app box exec /home/app\n',
      stderr: 'wrong\n',
    });
    const fed = await sandbox.exec(['sha256sum'], { stdin: Buffer.alloc(700_000, 1), cwd: '/tmp' });
    expect(fed.stdout).toMatch(/^[0-9a-f]{64} {2}-\n$/);
    expect(await sandbox.exec('kill -9 $$')).toMatchObject({ exitCode: null, signal: 'SIGKILL' });
    expect(await sandbox.info()).toMatchObject({ id: 'first', status: 'running', labels: { of: 'me' } });
  });
});
