import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pack } from 'tar-stream';
import { TEST_HEADERS } from '@showrunner/service/testing';
import type { CallResult } from '@showrunner/service/testing';
import { sandboxIdOf } from '@showrunner/contracts';
import { startSandboxPlatform } from '../testing/sandbox-platform';
import type { SandboxPlatform } from '../testing/sandbox-platform';

let platform: SandboxPlatform;
beforeAll(async () => {
  platform = await startSandboxPlatform();
}, 120_000);
afterAll(() => platform?.stop());

const call: SandboxPlatform['call'] = (path, options) => platform.call(path, options);
const problem = (status: number, code: string) => ({
  status,
  json: expect.objectContaining({ status, code, remedy: expect.any(String) }),
});
const until = async (probe: () => Promise<boolean>): Promise<void> => {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    if (await probe()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('waited in vain');
};

describe('the life of a sandbox', () => {
  it('is made as asked for, stopped, started, archived, started and deleted; its cost is told', async () => {
    const asked = { labels: { team: 'a', stage: 'test' }, environment: { GREETING: 'hello' } };
    const made = await call('/api/sandboxes?wait=60', {
      json: { limits: { memoryBytes: 2 ** 28 }, ...asked },
    });
    expect(made).toMatchObject({ status: 202, json: { status: 'running', purpose: 'api', queue: null } });
    const { id } = made.json as { id: string };
    expect(made.headers.get('location')).toBe(`/api/sandboxes/${id}`);
    expect(made.json).toMatchObject({
      labels: asked.labels,
      limits: { memoryBytes: { requested: 2 ** 28 } },
      lease: { idleTimeoutMs: 900_000, deadlineAt: null },
    });
    expect(JSON.stringify(made.json)).not.toContain('hello');
    const run = (command: string) => call(`/api/sandboxes/${id}/exec`, { json: { command } });
    expect((await run('echo $GREETING | tee /app/kept')).json).toMatchObject({
      exitCode: 0,
      stdout: 'hello\n',
    });

    expect((await call(`/api/sandboxes/${id}/stop?wait=30`, { method: 'POST' })).json).toMatchObject({
      status: 'stopped',
      desired: 'stopped',
    });
    expect(await run('true')).toMatchObject(problem(409, 'sandbox_not_running'));
    expect((await call(`/api/sandboxes/${id}/start?wait=30`, { method: 'POST' })).json).toMatchObject({
      status: 'running',
    });
    expect((await run('cat /app/kept')).json).toMatchObject({ stdout: 'hello\n' });
    expect((await call(`/api/sandboxes/${id}/archive?wait=30`, { method: 'POST' })).json).toMatchObject({
      status: 'archived',
    });
    expect((await call(`/api/sandboxes/${id}/start?wait=30`, { method: 'POST' })).json).toMatchObject({
      status: 'running',
    });
    expect((await run('cat /app/kept')).json).toMatchObject({ stdout: 'hello\n' });

    const usage = (await call(`/api/sandboxes/${id}/usage`)).json as { costUsd: number; vcpuSeconds: number };
    expect(usage.vcpuSeconds).toBeGreaterThanOrEqual(3);
    expect(usage.costUsd).toBeGreaterThan(3 * 0.000014);
    expect((await call('/api/usage')).json).toMatchObject({
      tenantId: 'default',
      budgetUsd: null,
      maxSandboxes: 20,
    });
    expect((await call(`/api/sandboxes/${id}/metrics`)).json).toMatchObject({
      processes: expect.any(Number),
    });
    const found = await call('/api/sandboxes?labels=team:a,stage:test&status=running');
    expect((found.json['data'] as { id: string }[]).map((one) => one.id)).toEqual([id]);
    expect((await call('/api/sandboxes?labels=team:b')).json['data']).toEqual([]);
    expect((await call(`/api/sandboxes/${id}?`, { tenant: 'other' })).status).toBe(404);

    expect((await call(`/api/sandboxes/${id}?wait=30`, { method: 'DELETE' })).json).toMatchObject({
      status: 'destroyed',
    });
    expect(await platform.provider.get(id)).toBeUndefined();
    expect((await call(`/api/sandboxes/${id}`, { method: 'DELETE' })).json).toMatchObject({
      status: 'destroyed',
    });
    expect(await call(`/api/sandboxes/${id}/start`, { method: 'POST' })).toMatchObject(
      problem(409, 'sandbox_not_running'),
    );
  }, 120_000);

  it('can be extended; without use it is stopped, and an ephemeral one deleted', async () => {
    const idle = await platform.create({ idleTimeoutMinutes: 0.05, ephemeral: true });
    expect(idle.status).toBe('running');
    const kept = await platform.create({ deadlineMinutes: 0.05 });
    const extended = await call(`/api/sandboxes/${kept.id}/extend`, { json: { minutes: 60 } });
    expect(extended.status).toBe(200);
    const { lease } = extended.json as unknown as typeof kept;
    expect(Date.parse(lease.deadlineAt ?? '')).toBeGreaterThan(Date.now() + 59 * 60_000);
    expect(Date.parse(lease.lastUsedAt) + (lease.idleTimeoutMs ?? 0)).toBeGreaterThan(
      Date.now() + 59 * 60_000,
    );
    await until(async () => (await call(`/api/sandboxes/${idle.id}`)).json['status'] === 'destroyed');
    expect((await call(`/api/sandboxes/${kept.id}`)).json['status']).toBe('running');
    await call(`/api/sandboxes/${kept.id}?wait=30`, { method: 'DELETE' });
  }, 60_000);

  it('refuses what cannot be, with a remedy', async () => {
    const cases: [object, number, string][] = [
      [{ limits: { cpus: 99 } }, 400, 'invalid_input'],
      [{ unknown: 1 }, 400, 'invalid_input'],
      [{ labels: { 'no spaces': '' } }, 400, 'invalid_input'],
      [{ network: { mode: 'allow', hosts: ['*'], privateHosts: ['127.0.0.1:22'] } }, 400, 'invalid_input'],
      [{ internet: true, network: { mode: 'none' } }, 400, 'network_ambiguous'],
      // Fault 8: what cannot work is refused when it is asked for.
      [{ provider: 'e2b' }, 422, 'provider_not_set_up'],
      // Fault 10: limits have floors, with reasons.
      [{ limits: { diskBytes: 1 } }, 422, 'limits_too_small'],
      [{ limits: { memoryBytes: 1 } }, 422, 'limits_too_small'],
      [{ limits: { cpus: 5e-324 } }, 422, 'limits_too_small'],
      [{ limits: { maxProcesses: 1 } }, 422, 'limits_too_small'],
    ];
    for (const [json, status, code] of cases) {
      expect(await call('/api/sandboxes', { json })).toMatchObject(problem(status, code));
    }
    expect(await call('/api/sandboxes?labels=nonsense')).toMatchObject(problem(400, 'invalid_input'));
    expect(await call('/api/sandboxes/nothing/start', { method: 'POST' })).toMatchObject(
      problem(404, 'not_found'),
    );
  });

  it('is made once for requests with the same Idempotency-Key, however often and whenever they come', async () => {
    const headers = { 'idempotency-key': 'sandbox-1' };
    const json = { limits: { memoryBytes: 2 ** 28, diskBytes: 2 ** 27 }, labels: { once: 'yes' } };
    const ask = (change = {}, wait = '') =>
      call(`/api/sandboxes${wait}`, { json: { ...json, ...change }, headers });
    const several = await Promise.all([ask(), ask(), ask(), ask()]);
    const id = several[0]?.json['id'];
    expect(several.map(({ status, json: { id: one } }) => [status, one])).toEqual(
      Array.from({ length: 4 }, () => [202, id]),
    );
    const again = await ask({}, '?wait=60');
    expect(again.json).toMatchObject({ id, status: 'running' });
    expect(again.headers.get('location')).toBe(`/api/sandboxes/${String(id)}`);
    expect((await call('/api/sandboxes?labels=once:yes')).json['data']).toHaveLength(1);
    expect(await ask({ labels: {} })).toMatchObject(problem(422, 'idempotency_key_reused'));
    await call(`/api/sandboxes/${String(id)}?wait=30`, { method: 'DELETE' });
    expect((await ask()).json).toMatchObject({ id, status: 'destroyed' });
    const refused = { ...headers, 'idempotency-key': 'sandbox-2' };
    expect((await call('/api/sandboxes', { json: { provider: 'e2b' }, headers: refused })).status).toBe(422);
    const other = await call('/api/sandboxes', { json, headers: refused });
    expect(other.status).toBe(202);
    await call(`/api/sandboxes/${String(other.json['id'])}?wait=30`, { method: 'DELETE' });
  }, 60_000);

  it('of generated code is built once for requests with the same Idempotency-Key', async () => {
    const ask = async (projectName: string): Promise<number> => {
      const { status } = await fetch(`${platform.service.url}/api/sandbox/create`, {
        method: 'POST',
        headers: {
          ...TEST_HEADERS,
          'content-type': 'application/json',
          'idempotency-key': 'generated-1',
        },
        body: JSON.stringify({ projectName, description: 'x', generatedCode: { 'page.tsx': 'export {}' } }),
      });
      return status;
    };
    // Nobody builds here: both wait for the build, whose end is told below.
    const both = [ask('one'), ask('one')];
    const builds = async () => (await platform.database.builds.list({ limit: 10 })).data;
    await until(async () => (await builds()).length > 0);
    expect(await ask('other')).toBe(422);
    const [build, ...more] = await builds();
    expect(more).toEqual([]);
    const failure = { code: 'install_failed', message: 'No.', stage: 'install' };
    await platform.database.builds.setState({
      id: build?.id ?? '',
      state: 'failed',
      message: 'No.',
      failure,
    });
    expect(await Promise.all([...both, ask('one')])).toEqual([422, 422, 422]);
    expect(await builds()).toHaveLength(1);
    await platform.database.sandboxes.markDestroyed(build?.sandboxId ?? sandboxIdOf(build?.id ?? ''));
  }, 60_000);

  it('is kept while no worker is there, and goes on with the next', async () => {
    await platform.stopWorker();
    const made = await call('/api/sandboxes', {
      json: { limits: { memoryBytes: 2 ** 28, diskBytes: 2 ** 27 } },
    });
    expect(made).toMatchObject({ status: 202, json: { status: 'creating' } });
    const { id } = made.json as { id: string };
    await platform.startWorker();
    await until(async () => (await call(`/api/sandboxes/${id}`)).json['status'] === 'running');
    await call(`/api/sandboxes/${id}?wait=30`, { method: 'DELETE' });
  }, 60_000);
});

describe('quotas', () => {
  it('bound what a tenant holds, asks for in a minute, and spends', async () => {
    await platform.database.tenants.ensure('small');
    await platform.database.tenants.setLimits('small', { maxSandboxes: 1, creationsPerMinute: 3 });
    const first = await platform.create({}, 'small');
    const second = await call('/api/sandboxes', { json: {}, tenant: 'small' });
    expect(second.json).toMatchObject({ status: 'queued', queue: { position: 1 } });
    const third = await call('/api/sandboxes', { json: {}, tenant: 'small' });
    expect(
      (await call(`/api/sandboxes/${String(third.json['id'])}`, { tenant: 'small' })).json,
    ).toMatchObject({
      queue: { position: 2 },
    });
    const refused = await call('/api/sandboxes', { json: {}, tenant: 'small' });
    expect(refused).toMatchObject(problem(429, 'sandbox_rate_limited'));
    expect(refused.headers.get('retry-after')).toBe('20');
    const withdrawn = await call(`/api/sandboxes/${String(third.json['id'])}`, {
      method: 'DELETE',
      tenant: 'small',
    });
    expect(withdrawn.json).toMatchObject({ status: 'destroyed' });
    await call(`/api/sandboxes/${first.id}?wait=30`, { method: 'DELETE', tenant: 'small' });
    const id = String(second.json['id']);
    await until(
      async () => (await call(`/api/sandboxes/${id}`, { tenant: 'small' })).json['status'] === 'running',
    );
    await platform.database.tenants.setLimits('small', { budgetUsd: 1e-9, creationsPerMinute: 100 });
    expect(await call('/api/sandboxes', { json: {}, tenant: 'small' })).toMatchObject(
      problem(402, 'budget_exceeded'),
    );
    // Its workflow looks again when it is woken.
    await call(`/api/sandboxes/${id}/extend`, { json: { minutes: 1 }, tenant: 'small' });
    await until(
      async () => (await call(`/api/sandboxes/${id}`, { tenant: 'small' })).json['status'] === 'stopped',
    );
    expect((await call(`/api/sandboxes/${id}`, { tenant: 'small' })).json['message']).toContain(
      'budget_exceeded',
    );
    await call(`/api/sandboxes/${id}?wait=30`, { method: 'DELETE', tenant: 'small' });
  }, 90_000);
});

describe('a stopped sandbox', () => {
  it('waits for a place to run again, and gets it when one is given back', async () => {
    const tenant = 'waiting';
    await platform.database.tenants.ensure(tenant);
    await platform.database.tenants.setLimits(tenant, { maxSandboxes: 1 });
    const ask = async (path: string, method = 'POST') => (await call(path, { method, tenant })).json;
    const first = await platform.create({}, tenant);
    await ask(`/api/sandboxes/${first.id}/stop?wait=30`);
    const second = await platform.create({}, tenant);
    expect(second.status).toBe('running');

    const started = await call(`/api/sandboxes/${first.id}/start`, { method: 'POST', tenant });
    const waits = { status: 'stopped', desired: 'running', queue: { position: 1 } };
    expect(started).toMatchObject({ status: 202, json: waits });
    expect(await ask(`/api/sandboxes/${first.id}/start`)).toMatchObject(waits);
    const exec = await call(`/api/sandboxes/${first.id}/exec`, { json: { command: 'true' }, tenant });
    expect(exec).toMatchObject(problem(409, 'sandbox_not_running'));
    expect(exec.json['remedy']).toContain('position');
    expect(await ask(`/api/sandboxes/${first.id}/stop`)).toMatchObject({ desired: 'stopped', queue: null });
    expect(await ask(`/api/sandboxes/${first.id}/start`)).toMatchObject(waits);
    await ask(`/api/sandboxes/${second.id}?wait=30`, 'DELETE');
    await until(async () => (await ask(`/api/sandboxes/${first.id}`, 'GET'))['status'] === 'running');
    expect(await ask(`/api/sandboxes/${first.id}`, 'GET')).toMatchObject({ queue: null });

    // Nobody is held up by one that cannot be paid for.
    await ask(`/api/sandboxes/${first.id}/stop?wait=30`);
    await platform.database.tenants.setLimits(tenant, { budgetUsd: 1e-9 });
    await ask(`/api/sandboxes/${first.id}/start`);
    await until(async () => (await ask(`/api/sandboxes/${first.id}`, 'GET'))['desired'] === 'stopped');
    expect((await ask(`/api/sandboxes/${first.id}`, 'GET'))['message']).toContain('budget_exceeded');
    await ask(`/api/sandboxes/${first.id}?wait=30`, 'DELETE');
  }, 90_000);
});

describe('inside a sandbox', () => {
  let id: string;
  beforeAll(async () => {
    ({ id } = await platform.create());
  }, 60_000);
  const inside = (path: string, options?: Parameters<typeof call>[1]): Promise<CallResult> =>
    call(`/api/sandboxes/${id}${path}`, options);

  it('commands run with folder, environment, input, time limit and bounded output', async () => {
    const exec = (json: object) => inside('/exec', { json });
    expect(
      (
        await exec({
          command: ['sh', '-c', 'cat; echo $X; pwd; exit 3'],
          stdin: 'in ',
          env: { X: 'y' },
          cwd: '/tmp',
        })
      ).json,
    ).toMatchObject({ exitCode: 3, stdout: 'in y\n/tmp\n', timedOut: false });
    expect((await exec({ command: 'sleep 60', timeoutMs: 300 })).json).toMatchObject({ timedOut: true });
    const much = await exec({ command: 'yes | head -c 5000000', maxOutputBytes: 4096 });
    expect(much.json).toMatchObject({ truncated: true });
    expect(much.text.length).toBeLessThan(20_000);
    expect(await exec({ command: '' })).toMatchObject(problem(400, 'invalid_input'));
    expect(await exec({ command: 'x', cwd: 'relative' })).toMatchObject(problem(400, 'invalid_input'));
  });

  it('a command ends with the request that asked for it', async () => {
    const gone = new AbortController();
    const asked = fetch(`${platform.service.url}/api/sandboxes/${id}/exec`, {
      method: 'POST',
      headers: { ...TEST_HEADERS, 'content-type': 'application/json' },
      body: JSON.stringify({ command: 'touch /tmp/begun; sleep 77' }),
      signal: gone.signal,
    }).catch(() => undefined);
    await until(async () => (await inside('/files/stat?path=/tmp/begun')).status === 200);
    gone.abort();
    await asked;
    await until(async () => {
      const { json } = await inside('/exec', { json: { command: 'cat /proc/*/cmdline | tr "\\0" " "' } });
      return !String(json['stdout']).includes('sleep 77');
    });
  });

  it('processes live on, are listed, heard, spoken to and killed', async () => {
    const started = await inside('/processes', {
      json: { name: 'echo', command: 'while read l; do echo "got $l"; done' },
    });
    expect(started).toMatchObject({ status: 201, json: { name: 'echo', running: true } });
    expect((await inside('/processes/echo/stdin', { json: { data: 'one\n' } })).status).toBe(204);
    await until(async () => (await inside('/processes/echo/log')).text.includes('got one'));
    expect((await inside('/processes')).json['data']).toEqual([expect.objectContaining({ name: 'echo' })]);
    expect((await inside('/processes/echo', { method: 'DELETE' })).status).toBe(204);
    expect((await inside('/processes/echo')).json).toMatchObject({ running: false });
    expect(await inside('/processes/none')).toMatchObject(problem(404, 'not_found'));
    expect(await inside('/processes/echo/stdin', { json: { data: 'x' } })).toMatchObject({ status: 409 });
  });

  it('files are written, read, listed, removed, packed and unpacked', async () => {
    const body = Buffer.from([0, 255, 10, 13, 200]);
    const raw = { 'content-type': 'application/octet-stream' };
    expect(
      await inside('/files?path=/app/deep/er/x.bin&mode=755', { method: 'PUT', body, headers: raw }),
    ).toMatchObject({ status: 204 });
    expect((await inside('/files/stat?path=/app/deep/er/x.bin')).json).toMatchObject({
      kind: 'file',
      bytes: 5,
      mode: 0o755,
    });
    const read = await fetch(`${platform.service.url}/api/sandboxes/${id}/files?path=/app/deep/er/x.bin`, {
      headers: TEST_HEADERS,
    });
    expect(Buffer.from(await read.arrayBuffer())).toEqual(body);
    expect((await inside('/files/directory', { json: { path: '/app/empty' } })).status).toBe(204);
    const names = (await inside('/files/list?path=/app&depth=3')).json['entries'] as { path: string }[];
    expect(names.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['/app/deep/er/x.bin', '/app/empty']),
    );

    const tar = pack();
    tar.entry({ name: 'a/b.txt' }, 'packed');
    tar.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of tar) chunks.push(chunk as Buffer);
    const gzip = gzipSync(Buffer.concat(chunks));
    const sent = await inside('/files/upload?path=/app/up', {
      method: 'POST',
      body: gzip,
      headers: { 'content-type': 'application/gzip' },
    });
    expect(sent).toMatchObject({ status: 204 });
    expect((await inside('/exec', { json: { command: 'cat /app/up/a/b.txt' } })).json).toMatchObject({
      stdout: 'packed',
    });
    const down = await fetch(`${platform.service.url}/api/sandboxes/${id}/files/download?path=/app/up`, {
      headers: TEST_HEADERS,
    });
    expect(gunzipSync(Buffer.from(await down.arrayBuffer())).includes('packed')).toBe(true);

    expect((await inside('/files?path=/app/deep', { method: 'DELETE' })).status).toBe(204);
    expect(await inside('/files?path=/app/deep/er/x.bin')).toMatchObject({ status: 404 });
    expect(await inside('/files?path=relative')).toMatchObject(problem(400, 'invalid_input'));
    expect(await inside('/files?path=/etc/passwd', { method: 'PUT', body, headers: raw })).toMatchObject({
      status: expect.any(Number),
      json: expect.objectContaining({ code: 'file_not_writable' }),
    });
  });

  it('a file of 100 MB comes through as a stream, and one of more is refused', async () => {
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const put = async (megabytes: number): Promise<number> => {
      const request = httpRequest(`${platform.service.url}/api/sandboxes/${id}/files?path=/app/large`, {
        method: 'PUT',
        headers: { ...TEST_HEADERS, 'content-length': megabytes * 2 ** 20 },
      });
      const answered = once(request, 'response') as Promise<[IncomingMessage]>;
      const body = Readable.from(
        (function* () {
          for (let n = 0; n < megabytes; n++) yield Buffer.alloc(2 ** 20, n);
        })(),
      );
      body.pipe(request);
      const [response] = await answered;
      response.resume();
      return response.statusCode ?? 0;
    };
    expect(await put(100)).toBe(204);
    clearInterval(watch);
    expect((await inside('/files/stat?path=/app/large')).json).toMatchObject({ bytes: 100 * 2 ** 20 });
    expect(most - before).toBeLessThan(64 * 2 ** 20);
    expect(await put(101)).toBe(413);
    await inside('/files?path=/app/large', { method: 'DELETE' });
  });

  it('policy of network changes while it runs, and every decision is told', async () => {
    const set = await inside('/network', { method: 'PUT', json: { mode: 'allow', hosts: ['example.test'] } });
    expect(set).toMatchObject({ status: 200, json: { network: { hosts: ['example.test'] } } });
    const fetched = 'curl -s -m 5 -o /dev/null -w "%{http_code}" http://other.test/ || true';
    await inside('/exec', { json: { command: fetched } });
    const log = (await inside('/egress')).json['data'] as { host: string; allowed: boolean }[];
    expect(log).toContainEqual(expect.objectContaining({ host: 'other.test', allowed: false }));
    expect((await inside('/network', { method: 'PUT', json: { mode: 'none' } })).status).toBe(200);
    expect((await call(`/api/sandboxes/${id}`)).json['network']).toEqual({ mode: 'none' });
  });

  it('links to ports are signed, listed and revoked', async () => {
    const made = await inside('/previews', { json: { port: 8080, expiresInSeconds: 60 } });
    expect(made).toMatchObject({
      status: 201,
      json: { port: 8080, url: expect.stringContaining(`8080--${id}.preview.localhost`) },
    });
    const linkId = String(made.json['id']);
    const listed = await inside('/previews');
    expect(listed.json['data']).toEqual([expect.objectContaining({ id: linkId, port: 8080 })]);
    expect(listed.text).not.toContain('url');
    expect(await inside(`/previews/${linkId}`, { method: 'DELETE', tenant: 'other' })).toMatchObject({
      status: 404,
    });
    expect((await inside(`/previews/${linkId}`, { method: 'DELETE' })).status).toBe(204);
    expect((await inside('/previews')).json['data']).toEqual([]);
    expect(await inside('/previews/none', { method: 'DELETE' })).toMatchObject(problem(404, 'not_found'));
    expect(await inside('/previews', { json: { port: 0 } })).toMatchObject(problem(400, 'invalid_input'));
  });

  it('git tells what changed', async () => {
    const setUp =
      'mkdir -p /app/r && cd /app/r && git init -q && git -c user.name=a -c user.email=a@b commit -q --allow-empty -m x && echo y > n';
    expect((await inside('/exec', { json: { command: setUp } })).json).toMatchObject({ exitCode: 0 });
    expect((await inside('/git/status?path=/app/r')).json).toMatchObject({
      changes: [{ path: 'n', change: 'untracked' }],
    });
    expect((await inside('/git/diff?path=/app/r')).json).toMatchObject({ truncated: false });
    expect(await inside('/git/clone', { json: { url: 'file:///etc' } })).toMatchObject({ status: 400 });
  });

  it('of another tenant is not there', async () => {
    for (const [path, options] of [
      ['/exec', { json: { command: 'id' } }],
      ['/files?path=/app', {}],
      ['/metrics', {}],
      ['/stop', { method: 'POST' }],
    ] as const) {
      expect(await inside(path, { ...options, tenant: 'other' })).toMatchObject(problem(404, 'not_found'));
    }
  });
});
