import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SandboxResource } from '@showrunner/contracts';
import { loadOf } from '@showrunner/contracts/testing';
import { Client, Connection } from '@temporalio/client';
import { TestPlatform } from './testing/platform';
import { processes } from './testing/processes';
import { until } from './testing/until';

const LIVES = loadOf({ bounded: 64, full: 200 });
const AT_ONCE = 16;
const LIMITS = { cpus: 0.5, memoryBytes: 128 * 1024 ** 2, diskBytes: 64 * 1024 ** 2, maxProcesses: 32 };
const PATIENCE_MS = 240_000;

interface Answer {
  exitCode: number | null;
  stdout: string;
}

describe('sandboxes while their worker is killed again and again', () => {
  let platform: TestPlatform;
  /** How often any sandbox has reached what it was asked for. */
  let transitions = 0;
  beforeAll(async () => {
    platform = await TestPlatform.start({ TENANT_CREATIONS_PER_MINUTE: '10000', TENANT_MAX_SANDBOXES: '50' });
  }, 120_000);
  afterAll(() => platform?.stop(), 60_000);

  const reaches = (id: string, status: string): Promise<SandboxResource> =>
    until(
      `${id} to be ${status}`,
      async () => {
        const { json } = await platform.call<SandboxResource>('GET', `/sandboxes/${id}`);
        if (json.status === 'failed') throw new TypeError(`${id} failed: ${JSON.stringify(json.failure)}`);
        if (json.status === status) transitions += 1;
        return json.status === status && json;
      },
      PATIENCE_MS,
    );

  /** Made, used, in one life of four stopped and started between, deleted. Nothing that was accepted may be lost. */
  async function live(life: number): Promise<string> {
    const created = await platform.call<SandboxResource>('POST', '/sandboxes', {
      limits: LIMITS,
      labels: { life: String(life) },
    });
    expect(created.status).toBe(202);
    const { id } = created.json;
    await reaches(id, 'running');
    const run = async (command: string): Promise<Answer> =>
      (await platform.call<Answer>('POST', `/sandboxes/${id}/exec`, { command })).json;
    expect(await run(`echo ${life} | tee /app/life`)).toMatchObject({ exitCode: 0, stdout: `${life}\n` });
    if (life % 4 === 0) {
      for (const [step, status] of [
        ['stop', 'stopped'],
        ['start', 'running'],
      ] as const) {
        expect((await platform.call('POST', `/sandboxes/${id}/${step}`)).status).toBe(202);
        await reaches(id, status);
      }
      expect((await run('cat /app/life')).stdout).toBe(`${life}\n`);
    }
    expect((await platform.call('DELETE', `/sandboxes/${id}`)).status).toBe(202);
    await reaches(id, 'destroyed');
    return id;
  }

  it(`${LIVES} lives end as asked for: no orphan, no lost record`, async () => {
    const over = new AbortController();
    let kills = 0;
    const killer = (async () => {
      while (!over.signal.aborted) {
        // At any moment of any life, but not faster than lives go on: a machine under load would do nothing but start workers.
        const next = transitions + randomInt(10, 30);
        while (transitions < next && !over.signal.aborted) await delay(50);
        await delay(randomInt(0, 1000));
        if (over.signal.aborted) return;
        process.kill(platform.pidOf('worker'), 'SIGKILL');
        kills += 1;
      }
    })();

    const waiting = Array.from({ length: LIVES }, (_, index) => index);
    const ids: string[] = [];
    const some = async (): Promise<void> => {
      for (let life = waiting.shift(); life !== undefined; life = waiting.shift()) ids.push(await live(life));
    };
    try {
      await Promise.all(Array.from({ length: AT_ONCE }, some));
    } finally {
      over.abort();
      await killer;
    }
    expect(kills).toBeGreaterThanOrEqual(loadOf({ bounded: 3, full: 5 }));
    expect(new Set(ids).size).toBe(LIVES);

    const known = new Map<string, string>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const page: { data: SandboxResource[]; nextCursor: string | null } = await platform.get(
        `/sandboxes?limit=100${cursor === '' ? '' : `&cursor=${cursor}`}`,
      );
      for (const { id, status } of page.data) known.set(id, status);
      cursor = page.nextCursor;
    }
    expect(ids.filter((id) => known.get(id) !== 'destroyed')).toEqual([]);
    expect(known.size).toBe(LIVES);

    await platform.nothingLeft(60_000);
    await until(
      'the end of every process of a sandbox',
      () => !processes().some(({ command }) => command.includes(`${platform.home}/sandboxes`)),
    );
    // The worker that lives keeps holders ready for the next sandboxes; its reaper ends what those that were killed had begun to remove.
    await until(
      'the end of every disk of a sandbox',
      () =>
        !execFileSync('losetup', ['-a'], { encoding: 'utf8' })
          .split('\n')
          .some((line) => line.includes(platform.home) && !line.includes('/.holders/')),
      150_000,
    );
    expect(readFileSync('/proc/mounts', 'utf8')).not.toContain(platform.home);

    const connection = await Connection.connect({ address: `127.0.0.1:${platform.port('TEMPORAL_PORT')}` });
    try {
      await until('the end of every workflow', async () => {
        const { count } = await new Client({ connection }).workflow.count('ExecutionStatus = "Running"');
        return count === 0;
      });
    } finally {
      await connection.close();
    }
  }, 900_000);
});
