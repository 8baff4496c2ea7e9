import { expect, it } from '@jest/globals';
import { Readable } from 'node:stream';
import type { Sandbox } from '@showrunner/sandbox';
import { describeDaytona } from './testing/daytona-fixture';

describeDaytona('commands of Daytona sandboxes', (bench) => {
  let sandbox: Sandbox;
  it('makes a sandbox that runs commands, streams apart', async () => {
    sandbox = await bench.create('exec');
    expect(await sandbox.exec('echo out; echo err >&2; exit 7')).toMatchObject({
      exitCode: 7,
      signal: null,
      stdout: 'out\n',
      stderr: 'err\n',
      truncated: false,
      timedOut: false,
    });
    expect((await sandbox.exec('pwd; echo $HOME; id -u')).stdout).toBe('/app\n/home/app\n1000\n');
  });

  it('carries any bytes both ways, without an end of line too', async () => {
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * 7) % 256));
    const chunks: Buffer[] = [];
    await sandbox.exec(['cat'], { stdin: bytes, onOutput: (_stream, chunk) => chunks.push(chunk) });
    expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    const markers = Buffer.from([1, 1, 1, 65, 2, 2, 2, 0, 10, 1, 1, 1]);
    const again: Buffer[] = [];
    await sandbox.exec(['cat'], { stdin: markers, onOutput: (_stream, chunk) => again.push(chunk) });
    expect(Buffer.concat(again).equals(markers)).toBe(true);
    const stream = Readable.from([Buffer.from('a'), Buffer.from('b\nc')]);
    expect((await sandbox.exec('cat; echo done', { stdin: stream })).stdout).toBe('ab\ncdone\n');
    expect((await sandbox.exec('printf none')).stdout).toBe('none');
  });
});
