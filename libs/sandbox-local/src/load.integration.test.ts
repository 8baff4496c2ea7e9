import { expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { readdirSync, readlinkSync, readFileSync } from 'node:fs';
import { get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadOf } from '@showrunner/contracts/testing';
import { createPreviewServer } from '@showrunner/preview';
import type { Sandbox } from '@showrunner/sandbox';
import { describeSandbox, tracesOf } from './testing/sandbox-fixture';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';

const AT_ONCE = loadOf({ bounded: 40, full: 100 });
const IN_A_ROW = loadOf({ bounded: 150, full: 500 });
/** How many are being made or ended at the same moment. */
const WIDTH = 4;
const PORT = 3000;
/** Answers its sandbox's own name: an answer from another sandbox would show. */
const APP = `exec node -e "require('http').createServer((q,s)=>s.end(process.env.NAME)).listen(${PORT},'127.0.0.1')"`;

async function inParallel<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: WIDTH }, worker));
}

const namespacesOnHost = (): number => {
  const seen = new Set<string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    for (const kind of ['net', 'mnt', 'pid', 'user', 'ipc', 'uts', 'cgroup'])
      try {
        seen.add(readlinkSync(`/proc/${pid}/ns/${kind}`));
      } catch {
        continue; // ended meanwhile
      }
  return seen.size;
};
const openFiles = (): number => readdirSync('/proc/self/fd').length;
const residentMib = (): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) / 1024;

function ask(proxyPort: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    get({ port: proxyPort, host: '127.0.0.1', headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => (body += text));
      response.on('end', () => resolve(body));
    }).on('error', reject);
  });
}

describeSandbox('many sandboxes', (bench) => {
  jest.setTimeout(300_000);
  const names = Array.from({ length: AT_ONCE }, (_, index) => `app-${index}`);

  it(`${AT_ONCE} at once each serve their app, and answer through their preview`, async () => {
    const sandboxes = new Map<string, Sandbox>();
    await inParallel(names, async (name) => {
      const sandbox = await bench.create(name, { maxProcesses: 32 });
      sandboxes.set(`${name}.preview.localhost`, sandbox);
      await sandbox.startProcess('web', APP, { env: { NAME: name } });
    });
    await inParallel([...sandboxes.values()], async (sandbox) => {
      await waitFor(`${sandbox.id} to listen`, async () =>
        (await sandbox.listeningPorts()).some(({ port }) => port === PORT),
      );
    });
    const proxy = createPreviewServer({
      resolve: (host) => {
        const sandbox = sandboxes.get(host);
        return sandbox && { route: () => sandbox.route(PORT), upstreamHost: `localhost:${PORT}` };
      },
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const { port } = proxy.address() as AddressInfo;
    try {
      for (let round = 0; round < 3; round += 1) {
        const answers = await Promise.all(names.map((name) => ask(port, `${name}.preview.localhost`)));
        expect(answers).toEqual(names);
      }
    } finally {
      proxy.close();
      proxy.closeAllConnections();
    }
    expect(await bench.provider.list()).toHaveLength(AT_ONCE);
    await inParallel([...sandboxes.values()], (sandbox) => sandbox.destroy());
    await waitFor('every process to end', () => tracesOf(bench.home).processes.length === 0);
    expect(tracesOf(bench.home)).toMatchObject({ loops: [], mounts: [] });
  });

  it(`${IN_A_ROW} in a row leave no process, mount, group, namespace, descriptor, file or memory`, async () => {
    const live = async (name: string): Promise<void> => {
      const sandbox = await bench.create(name);
      expect((await sandbox.exec('echo $$ > /app/mark && cat /app/mark')).exitCode).toBe(0);
      await sandbox.destroy();
    };
    const ids = (from: number, count: number) =>
      Array.from({ length: count }, (_, index) => `life-${from + index}`);
    await inParallel(ids(0, 50), live); // what is kept for reuse is there now
    globalThis.gc?.();
    const before = {
      namespaces: namespacesOnHost(),
      openFiles: openFiles(),
      files: readdirSync(bench.home).length,
      residentMib: residentMib(),
    };
    await inParallel(ids(50, IN_A_ROW), live);
    await waitFor('every process to end', () => tracesOf(bench.home).processes.length === 0);
    const traces = tracesOf(bench.home);
    expect(traces).toMatchObject({ loops: [], mounts: [] });
    expect(traces.groups.filter((group) => group.includes('life-'))).toEqual([]);
    expect(await bench.provider.list()).toEqual([]);
    expect(readdirSync(bench.home).length).toBeLessThanOrEqual(before.files);
    expect(openFiles()).toBeLessThanOrEqual(before.openFiles + 3);
    // Other programs of this machine come and go.
    expect(namespacesOnHost()).toBeLessThan(before.namespaces + 50);
    expect(residentMib() - before.residentMib).toBeLessThan(100);
  });
});
