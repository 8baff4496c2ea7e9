import { afterEach, expect, it } from '@jest/globals';
import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { waitFor } from '@showrunner/sandbox/testing/wait-for';
import type { Sandbox } from '@showrunner/sandbox';
import { DockerSandboxProvider } from './docker.provider';
import { describeDocker, type DockerBench } from './testing/docker-fixture';
import type { Fault } from './testing/loopback-engine';

describeDocker(
  'faults of the engine',
  (bench: DockerBench) => {
    let sandbox: Sandbox | undefined;
    const engine = () => bench.engine.loopback!;
    const fault = (method: string, path: RegExp, does: Fault['does'], times = 1) =>
      void engine().faults.push({ method, path, does, times });
    const container = (id: string) =>
      [...engine().state.containers.values()].find(({ name }) => name.endsWith(id))!;
    afterEach(async () => {
      engine().faults.length = 0;
      await sandbox?.destroy();
      sandbox = undefined;
    });

    it('500 while a sandbox is made: told, retryable, and nothing is left', async () => {
      for (const [method, path] of [
        ['POST', /^\/volumes\/create$/],
        ['POST', /^\/containers\/create$/],
        ['POST', /\/start$/],
      ] as const) {
        fault(method, path, { status: 500, message: 'driver failed' });
        await expect(bench.create({ id: 'broken' })).rejects.toMatchObject({
          code: 'sandbox_start_failed',
          retryable: true,
        });
        await bench.provider.destroy('broken');
        expect([engine().state.containers.size, engine().state.volumes.size]).toEqual([0, 0]);
      }
    });

    it('no room on its disk', async () => {
      fault('POST', /^\/containers\/create$/, {
        status: 500,
        message: 'mkdir /var/lib/docker/x: no space left on device',
      });
      await expect(bench.create({ id: 'full' })).rejects.toMatchObject({ code: 'sandbox_quota' });
    });

    it('a connection that breaks before or within an answer, or that hangs', async () => {
      sandbox = await bench.create();
      fault('GET', /^\/containers\/.*\/json$/, 'break');
      await expect(sandbox.info()).rejects.toMatchObject({ code: 'sandbox_unavailable', retryable: true });
      fault('GET', /^\/containers\/.*\/json$/, 'break-body');
      await expect(sandbox.info()).rejects.toMatchObject({ code: 'sandbox_unavailable', retryable: true });
      fault('GET', /^\/containers\/.*\/json$/, { delayMs: 300 });
      expect((await sandbox.info()).status).toBe('running');
      fault('POST', /\/exec$/, { status: 500, message: 'something odd' });
      await expect(sandbox.exec('true')).rejects.toMatchObject({
        code: 'sandbox_start_failed',
        retryable: true,
      });
    });

    it('a stream that is cut in the middle of a frame: told, and the command is ended', async () => {
      sandbox = await bench.create();
      for (const bytes of [3, 8, 20, 5000]) {
        fault('POST', /^\/exec\/.*\/start$/, { cutAfterBytes: bytes });
        const cut = sandbox.exec('head -c 100000 /dev/zero; sleep 555');
        await expect(cut).rejects.toMatchObject({ code: 'sandbox_unavailable', retryable: true });
      }
      expect((await sandbox.exec('pgrep -f "sleep 55[5]"')).exitCode).toBe(1);
    });

    it('a stream that is slow', async () => {
      sandbox = await bench.create();
      fault('POST', /^\/exec\/.*\/start$/, { slowMs: 150 });
      const done = await sandbox.exec('for i in 1 2 3 4; do echo $i; sleep 0.02; done; exit 3');
      expect(done).toMatchObject({ stdout: '1\n2\n3\n4\n', exitCode: 3 });
    });

    it('a restart in the middle of a command: told; the sandbox goes on, with its files and processes', async () => {
      sandbox = await bench.create();
      await sandbox.exec('echo kept > /app/file');
      await sandbox.startProcess('app', 'exec sleep 556');
      const running = sandbox.exec('echo on; sleep 557');
      running.catch(() => undefined);
      await waitFor('it to run', async () => (await sandbox!.exec('pgrep -f "sleep 55[7]"')).exitCode === 0);
      await engine().restart(200);
      await expect(running).rejects.toMatchObject({ code: 'sandbox_unavailable', retryable: true });
      expect((await sandbox.exec('cat /app/file')).stdout).toBe('kept\n');
      expect(await sandbox.processStatus('app')).toMatchObject({ running: true });
    });

    it('a container that dies in the middle of a command, a process and a phase', async () => {
      sandbox = await bench.create();
      await sandbox.startProcess('app', 'sleep 558');
      const running = sandbox.exec('sleep 559');
      running.catch(() => undefined);
      const phase = sandbox.withNetwork({ mode: 'allow', hosts: ['example.com'] }, () =>
        sandbox!.exec('sleep 560'),
      );
      phase.catch(() => undefined);
      await waitFor(
        'all to run',
        async () => (await sandbox!.exec('pgrep -cf "sleep 5[56][098]"')).stdout.trim() >= '2',
      );
      await container(sandbox.id).kill();
      await expect(running).rejects.toMatchObject({ code: 'sandbox_lost' });
      await expect(phase).rejects.toMatchObject({ code: 'sandbox_lost' });
      await expect(sandbox.processStatus('app')).rejects.toMatchObject({ code: 'sandbox_lost' });
      await expect(sandbox.connect(3000)).rejects.toMatchObject({ code: 'sandbox_lost' });
      await expect(sandbox.metrics()).resolves.toMatchObject({ processes: 0 });
      expect((await bench.provider.list()).map(({ status }) => status)).toEqual(['failed']);
    });

    it('an end for lack of memory is told as that', async () => {
      sandbox = await bench.create();
      container(sandbox.id).outOfMemory = true;
      await container(sandbox.id).kill();
      await expect(sandbox.exec('true')).rejects.toMatchObject({
        code: 'sandbox_lost',
        message: expect.stringContaining('memory'),
      });
    });

    it('a sandbox removed by somebody else', async () => {
      sandbox = await bench.create();
      const { state } = engine();
      await container(sandbox.id).kill();
      state.containers.clear();
      await expect(sandbox.exec('true')).rejects.toMatchObject({ code: 'sandbox_lost' });
      await expect(sandbox.start()).rejects.toMatchObject({ code: 'sandbox_not_found' });
      expect((await bench.provider.list()).map(({ status }) => status)).toEqual(['creating']);
      await sandbox.destroy();
      expect(state.volumes.size).toBe(0);
    });

    it('what a dead creator or destroyer left is swept once it is old', async () => {
      sandbox = await bench.create();
      const { state } = engine();
      await container(sandbox.id).kill();
      state.containers.clear();
      await bench.provider.sweep();
      expect(state.volumes.size).toBe(3);
      for (const volume of state.volumes.values()) {
        volume.createdAt = new Date(0).toISOString();
        volume.labels = { ...volume.labels, 'dev.showrunner.created': volume.createdAt };
      }
      await bench.provider.sweep();
      expect(state.volumes.size).toBe(0);
    });

    it('leaves what other installations have in the engine alone', async () => {
      sandbox = await bench.create();
      const other = await bench.open({ installation: 'another' });
      expect(await other.list()).toEqual([]);
      expect(await other.get(sandbox.id)).toBeUndefined();
      await other.destroy(sandbox.id);
      await other.sweep();
      expect((await sandbox.exec('echo here')).stdout).toBe('here\n');
    });

    it('one that is not there, not allowed, too old or no engine', async () => {
      const open = (host: string) =>
        DockerSandboxProvider.open({ home: bench.home, installation: 'x', host });
      await expect(open('unix:///nowhere/docker.sock')).rejects.toMatchObject({
        code: 'sandbox_unavailable',
        remedy: expect.stringContaining('DOCKER_HOST'),
      });
      await expect(open('ssh://host')).rejects.toMatchObject({ code: 'docker_host_invalid' });
      const replies = [
        'HTTP/1.1 200 OK\r\nApi-Version: 1.24\r\nContent-Length: 2\r\n\r\nOK',
        'SSH-2.0-x\r\n',
      ];
      for (const [index, reply] of replies.entries()) {
        const path = join(bench.home, `odd${index}.sock`);
        const odd = createServer((socket) => void socket.once('data', () => socket.end(reply)));
        odd.listen(path);
        await once(odd, 'listening');
        await expect(open(`unix://${path}`)).rejects.toMatchObject({ code: 'sandbox_unavailable' });
        odd.close();
      }
    });

    it('is understood by the Docker command line too', async () => {
      if (spawnSync('docker', ['--version']).error !== undefined)
        return console.log('skipped: no docker command');
      sandbox = await bench.create();
      await sandbox.writeFile('/app/file', 'content');
      const env = { ...process.env, DOCKER_HOST: bench.engine.host };
      const docker = async (...args: string[]) =>
        (await promisify(execFile)('docker', args, { env, timeout: 20_000 })).stdout.trim();
      const { name } = container(sandbox.id);
      container(sandbox.id).lateMs = 0;
      engine().strict = false;
      try {
        expect(await docker('ps', '--format', '{{.Names}} {{.State}}')).toBe(`${name} running`);
        expect(await docker('inspect', '--format', '{{.State.Status}} {{.State.Running}}', name)).toBe(
          'running true',
        );
        expect(await docker('exec', name, 'sh', '-c', 'cat /app/file; seq 1 20000 | tail -1')).toBe(
          'content20000',
        );
        await expect(docker('exec', name, 'sh', '-c', 'exit 7')).rejects.toMatchObject({ code: 7 });
        await docker('stop', '-t', '5', name);
        expect((await sandbox.info()).status).toBe('stopped');
        await docker('start', name);
        expect((await sandbox.exec('cat /app/file')).stdout).toBe('content');
        expect(await docker('volume', 'ls', '--format', '{{.Name}}')).toContain(`${name}-app`);
      } finally {
        engine().strict = true;
      }
    });
  },
  'loopback',
);
