import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createTestPlatform } from '../testing/test-platform';
import type { TestPlatform } from '../testing/test-platform';
import { allPids, commandOf, isAlive, processFacts } from './process-table';
import { platformProcesses } from './sweep';
import { waitUntil } from './wait-until';

const SLOW_MS = 120_000;
let platform: TestPlatform | undefined;

afterEach(async () => {
  await platform?.dispose();
  platform = undefined;
}, SLOW_MS);

const within = (condition: () => boolean, timeoutMs = 45_000) => waitUntil(condition, { timeoutMs });
/** `commandOf` cuts long ones off; the sentinel's name and the home stand near the front. */
const sentinelsOf = (of: TestPlatform) =>
  allPids().filter((pid) => {
    const command = commandOf(pid);
    return command.includes('showrunner-sentinel') && command.includes(of.home);
  });
const leftOver = (of: TestPlatform) => platformProcesses(of.settings);

describe('a platform', () => {
  test(
    'starts its stores, says where they are, and is the only one of its home',
    async () => {
      platform = await createTestPlatform(['postgres', 'redis', 'temporal']);
      const first = await platform.run(['up']);
      expect(first).toMatchObject({ code: 0, stderr: '' });
      expect(first.stdout).toContain(
        `Temporal Web UI  http://127.0.0.1:${platform.settings.ports.temporalUi}`,
      );

      const second = await platform.run(['up']);
      expect(second.code).toBe(0);
      expect(second.stdout).toContain(`already runs (supervisor ${platform.state().pid})`);

      const status = await platform.run(['status', '--json']);
      expect(status.code).toBe(0);
      expect(JSON.parse(status.stdout)).toMatchObject({
        state: 'ready',
        components: [
          { name: 'postgres', state: 'ready', restarts: 0 },
          { name: 'redis', state: 'ready', restarts: 0 },
          { name: 'temporal', state: 'ready', restarts: 0 },
        ],
      });
      for (const name of ['postgres', 'redis', 'temporal', 'supervisor']) {
        expect(existsSync(join(platform.home, 'logs', `${name}.log`))).toBe(true);
      }
      expect(statSync(join(platform.home, 'secrets.json')).mode & 0o777).toBe(0o600);
    },
    SLOW_MS,
  );

  test(
    'starts two times at once as one',
    async () => {
      platform = await createTestPlatform(['redis']);
      const results = await Promise.all([platform.run(['up']), platform.run(['up'])]);
      expect(results.map(({ code }) => code)).toEqual([0, 0]);
      const { pid } = platform.state();
      expect(
        results.filter(({ stdout }) => stdout.includes(`already runs (supervisor ${pid})`)),
      ).toHaveLength(1);
    },
    SLOW_MS,
  );

  test(
    'starts again what was killed',
    async () => {
      platform = await createTestPlatform(['postgres', 'redis', 'temporal']);
      await platform.run(['up']);
      const running = platform;
      for (const name of ['postgres', 'redis', 'temporal']) {
        const killed = running.pidOf(name);
        process.kill(killed, 'SIGKILL');
        const back = await within(() => {
          const component = running.state().components.find((candidate) => candidate.name === name);
          return component?.state === 'ready' && component.pid !== killed && component.restarts === 1;
        });
        expect({ name, back }).toEqual({ name, back: true });
      }
      expect((await running.run(['status'])).code).toBe(0);
    },
    SLOW_MS,
  );

  test(
    "says in the supervisor's log what it started, restarted and ended, and why",
    async () => {
      platform = await createTestPlatform(['redis']);
      const running = platform;
      const program = join(running.home, 'redis-that-speaks');
      writeFileSync(program, '#!/bin/sh\nexec redis-server "$@"\n');
      chmodSync(program, 0o755);
      await running.run(['up'], { REDIS_SERVER_PATH: program });
      process.kill(running.pidOf('redis'), 'SIGKILL');
      const log = () => readFileSync(join(running.home, 'logs', 'supervisor.log'), 'utf8');
      expect(await within(() => log().includes('redis serves again'))).toBe(true);
      writeFileSync(program, '#!/bin/sh\necho the disk is made of cheese\nexit 9\n');
      process.kill(running.pidOf('redis'), 'SIGKILL');
      expect(await within(() => /exited with code 9.*crash-looping/.test(log()))).toBe(true);
      await running.run(['down']);

      const at = String.raw`\d{4}-\d\d-\d\dT[\d:.]+Z `;
      for (const line of [
        'the platform is starting\n',
        String.raw`redis serves \(pid \d+\), \d+ ms after its start\n`,
        'the platform is ready\n',
        String.raw`redis was ended by SIGKILL \d+ ms after its start and is started again in 200 ms \(end 1\); its log ends with:\n    .`,
        String.raw`redis serves again \(pid \d+\), \d+ ms after its start\n`,
        String.raw`redis exited with code 9 \d+ ms after its start and is started again in 800 ms \(end 3\); its log ends with:\n[^]*? {4}the disk is made of cheese\n`,
        'SIGTERM asks for the end\n',
        'the platform is stopped\n',
      ]) {
        expect(log()).toMatch(new RegExp(`^${at}${line}`, 'm'));
      }
    },
    SLOW_MS,
  );

  test(
    'leaves nothing when its supervisor is killed, not even what left its process group, and starts again',
    async () => {
      platform = await createTestPlatform(['postgres', 'redis']);
      const program = join(platform.home, 'redis-with-a-stray');
      writeFileSync(program, '#!/bin/sh\nsetsid sleep 600 &\nexec redis-server "$@"\n');
      chmodSync(program, 0o755);
      await platform.run(['up'], { REDIS_SERVER_PATH: program });
      const running = platform;
      const before = leftOver(running);
      expect(before.length).toBeGreaterThanOrEqual(3);

      process.kill(running.state().pid, 'SIGKILL');
      expect(await within(() => leftOver(running).length === 0)).toBe(true);
      expect(before.filter((pid) => processFacts(pid) !== undefined)).toEqual([]);
      expect((await running.run(['status'])).code).toBe(3);

      expect(await running.run(['up'])).toMatchObject({ code: 0 });
    },
    SLOW_MS,
  );

  test(
    'is swept also when its lock is free only a while after its end',
    async () => {
      platform = await createTestPlatform(['redis']);
      const program = join(platform.home, 'redis-with-a-stray');
      writeFileSync(program, '#!/bin/sh\nsetsid sleep 600 &\nexec redis-server "$@"\n');
      chmodSync(program, 0o755);
      await platform.run(['up'], { REDIS_SERVER_PATH: program });
      const running = platform;
      const waiting = spawn('flock', [join(running.home, 'platform.lock'), 'sleep', '3'], {
        stdio: 'ignore',
      });
      const queued = new RegExp(`-> FLOCK .* ${waiting.pid} `);
      expect(await within(() => queued.test(readFileSync('/proc/locks', 'utf8')))).toBe(true);

      process.kill(running.state().pid, 'SIGKILL');
      expect(await within(() => leftOver(running).length === 0)).toBe(true);
    },
    SLOW_MS,
  );

  test(
    'removes at its start the sandboxes that a predecessor left when both it and its sentinel were killed',
    async () => {
      platform = await createTestPlatform(['redis']);
      await platform.run(['up']);
      const running = platform;
      const left = join(running.home, 'sandboxes', 'left');
      mkdirSync(left, { recursive: true });
      for (const pid of sentinelsOf(running)) process.kill(pid, 'SIGKILL');
      process.kill(running.state().pid, 'SIGKILL');
      expect(await within(() => !isAlive(running.state()))).toBe(true);
      expect(existsSync(left)).toBe(true);

      expect(await running.run(['up'])).toMatchObject({ code: 0 });
      expect(existsSync(left)).toBe(false);
    },
    SLOW_MS,
  );

  test(
    'is gone after `down`, and a second `down` finds nothing',
    async () => {
      platform = await createTestPlatform(['postgres', 'redis', 'temporal']);
      await platform.run(['up']);
      const before = platform.state();
      const result = await platform.run(['down']);
      expect(result).toMatchObject({ code: 0, stderr: '' });
      expect(isAlive(before)).toBe(false);
      expect(leftOver(platform)).toEqual([]);
      expect((await platform.run(['down'])).stdout).toContain('No platform of');
      expect(platform.state().state).toBe('stopped');
    },
    SLOW_MS,
  );

  test(
    'runs in the foreground until it is told to stop',
    async () => {
      platform = await createTestPlatform(['redis']);
      const running = platform;
      const foreground = running.run(['up', '--foreground']);
      expect(
        await within(() => existsSync(running.settings.stateFile) && running.state().state === 'ready'),
      ).toBe(true);
      process.kill(running.state().pid, 'SIGTERM');
      expect((await foreground).code).toBe(0);
      expect(leftOver(running)).toEqual([]);
    },
    SLOW_MS,
  );

  test(
    'says which component keeps ending, with the end of its log, and leaves nothing',
    async () => {
      platform = await createTestPlatform(['postgres', 'redis']);
      const program = join(platform.home, 'broken-redis');
      writeFileSync(program, '#!/bin/sh\necho "the disk is made of cheese" >&2\nexit 7\n');
      chmodSync(program, 0o755);
      const result = await platform.run(['up'], { REDIS_SERVER_PATH: program });
      expect(result.code).toBe(1);
      expect(result.stderr).toContain('redis ended 3 times');
      expect(result.stderr).toContain('the disk is made of cheese');
      expect(result.stderr).toContain(join(platform.home, 'logs', 'redis.log'));
      expect(leftOver(platform)).toEqual([]);
      // PostgreSQL's files were being made meanwhile.
      expect(readdirSync(platform.home).filter((name) => name.startsWith('postgres.new'))).toEqual([]);
      const status = await platform.run(['status']);
      expect(status.code).toBe(3);
      expect(status.stdout).toContain('The last start failed: redis ended 3 times');
    },
    SLOW_MS,
  );

  test(
    'shows a component that dies again and again while it runs',
    async () => {
      platform = await createTestPlatform(['redis']);
      const running = platform;
      const program = join(running.home, 'redis-until-flag');
      writeFileSync(program, `#!/bin/sh\n[ -e ${running.home}/flag ] && exit 9\nexec redis-server "$@"\n`);
      chmodSync(program, 0o755);
      await running.run(['up'], { REDIS_SERVER_PATH: program });
      writeFileSync(join(running.home, 'flag'), '');
      process.kill(running.pidOf('redis'), 'SIGKILL');
      expect(await within(() => running.state().components[0]?.crashLooping === true)).toBe(true);
      const status = await running.run(['status']);
      expect(status.code).toBe(1);
      expect(status.stdout).toMatch(/degraded[\s\S]*crash-looping[\s\S]*exited with code 9/);
    },
    SLOW_MS,
  );

  test(
    'comes up although Temporal was killed while it made its database',
    async () => {
      platform = await createTestPlatform(['temporal']);
      const database = join(platform.home, 'temporal.db');
      writeFileSync(database, '');
      expect(await platform.run(['up'])).toMatchObject({ code: 0, stderr: '' });
      expect(statSync(database).size).toBeGreaterThan(0);
      expect(statSync(database).mode & 0o777).toBe(0o600);
      await platform.run(['down']);
      const { ino } = statSync(database);
      expect(await platform.run(['up'])).toMatchObject({ code: 0 });
      expect(statSync(database).ino).toBe(ino);
    },
    SLOW_MS,
  );

  test(
    'names a missing tool and what mends it',
    async () => {
      platform = await createTestPlatform(['redis']);
      const result = await platform.run(['up'], { REDIS_SERVER_PATH: '/nowhere/redis-server' });
      expect(result.code).toBe(1);
      expect(result.stderr).toContain(
        'REDIS_SERVER_PATH is set to "/nowhere/redis-server", which is not an executable',
      );
      expect(result.stderr).toContain('→ Set REDIS_SERVER_PATH to the path of redis-server, or unset it.');
    },
    SLOW_MS,
  );

  test(
    'gives its secrets to nobody through arguments or logs',
    async () => {
      platform = await createTestPlatform(['postgres', 'redis']);
      await platform.run(['up']);
      const secrets = JSON.parse(readFileSync(join(platform.home, 'secrets.json'), 'utf8')) as Record<
        string,
        string
      >;
      const places = [
        ...leftOver(platform).map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8')),
        ...['postgres', 'redis', 'supervisor'].map((name) =>
          readFileSync(join(platform!.home, 'logs', `${name}.log`), 'utf8'),
        ),
      ].join('\n');
      for (const secret of Object.values(secrets)) expect(places).not.toContain(secret);
    },
    SLOW_MS,
  );
});
