import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const ROUNDS = 3;
const MEBIBYTE = 1024 * 1024;
const PORTS = [
  ...['GATEWAY_PORT', 'PREVIEW_PORT', 'PROJECT_PORT', 'INTENT_PORT', 'EDITOR_PORT', 'WORKER_PORT'],
  ...['TEMPORAL_PORT', 'TEMPORAL_UI_PORT', 'POSTGRES_PORT', 'REDIS_PORT'],
];
const program = 'infra/dist/platform.mjs';

/**
 * How long `up` takes when everything is installed, first start of a data folder and later ones, and what the platform then holds in
 * memory. Baseline in the same run: the Temporal server alone, until it answers.
 */
export const benchPlatform = async (): Promise<void> => {
  const home = await mkdtemp(join(tmpdir(), 'showrunner-bench-'));
  await chmod(home, 0o755);
  const ports = await freePorts(PORTS.length);
  const env = {
    ...process.env,
    SHOWRUNNER_HOME: home,
    ...Object.fromEntries(PORTS.map((name, index) => [name, String(ports[index])])),
  };
  const platform = (...args: string[]) => promisify(execFile)(process.execPath, [program, ...args], { env });
  const starts: number[] = [];
  let residentBytes = 0;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      const startedAt = performance.now();
      await platform('up', '--quiet');
      starts.push(performance.now() - startedAt);
      const { stdout } = await platform('status', '--json');
      residentBytes = Math.max(
        residentBytes,
        (JSON.parse(stdout) as { residentBytes: number }).residentBytes,
      );
      await platform('down');
    }
  } finally {
    await platform('down');
    await rm(home, { recursive: true, force: true });
  }
  const baseline = await temporalAlone();
  const [first = 0, ...later] = starts;
  const again = Math.max(...later);
  const memory = `resident=${Math.round(residentBytes / MEBIBYTE)}MiB`;
  process.stdout.write(
    `platform.start first=${first.toFixed(0)}ms again=${again.toFixed(0)}ms baseline(temporal)=${baseline.toFixed(0)}ms ratio=${(again / baseline).toFixed(1)} ${memory}\n`,
  );
};

async function temporalAlone(): Promise<number> {
  const [port = 0, uiPort = 0] = await freePorts(2);
  const startedAt = performance.now();
  const args = [
    'server',
    'start-dev',
    '--ip',
    '127.0.0.1',
    '--port',
    String(port),
    '--ui-port',
    String(uiPort),
  ];
  const server = spawn(process.env.TEMPORAL_CLI_PATH ?? (await temporalProgram()), args, { stdio: 'ignore' });
  try {
    while (!(await answers(`http://127.0.0.1:${uiPort}/api/v1/namespaces/default`))) {
      // It picks further ports by chance, and may pick one that was taken meanwhile.
      if (server.exitCode !== null) return await temporalAlone();
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return performance.now() - startedAt;
  } finally {
    server.kill('SIGKILL');
  }
}

async function temporalProgram(): Promise<string> {
  // The doctor's exit code tells about other things too.
  const { stdout } = await promisify(execFile)(process.execPath, [
    'infra/bin/showrunner.mjs',
    'doctor',
    '--json',
  ]).catch((error: { stdout: string }) => error);
  const { checks } = JSON.parse(stdout) as { checks: { name: string; where?: string }[] };
  return checks.find(({ name }) => name === 'temporal')?.where ?? 'temporal';
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(1_000) })).ok;
  } catch {
    // Refused: not yet.
    return false;
  }
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  const ports = await Promise.all(
    servers.map(
      (server) =>
        new Promise<number>((resolve) =>
          server.once('listening', () => resolve((server.address() as AddressInfo).port)),
        ),
    ),
  );
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
