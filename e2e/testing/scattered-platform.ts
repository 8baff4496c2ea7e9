import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, readFileSync } from 'node:fs';
import path from 'node:path';
import { HostNetwork, type NamespacedHost } from './network-namespaces';
import { TestPlatform } from './platform';
import { until } from './until';

const ROOT = path.resolve(import.meta.dirname, '../..');
const SHARED = ['postgres', 'redis', 'temporal', 'project', 'intent', 'editor'];
const SHARED_PORTS = [
  'POSTGRES_PORT',
  'REDIS_PORT',
  'TEMPORAL_PORT',
  'PROJECT_PORT',
  'INTENT_PORT',
  'EDITOR_PORT',
] as const;
const WORKER_PORT = 4420;
const GATEWAY_PORT = 4400;

interface Process {
  name: string;
  child: ChildProcess;
  isReady: () => Promise<boolean>;
}

/**
 * A platform whose stores and services run on this machine, as do the pools that a local sandbox ties to its machine (sandbox, plan,
 * segmentation), while the gateway, two agents, two recorders and an exporter are each on a host of their own.
 */
export class ScatteredPlatform {
  private readonly processes: Process[] = [];

  private constructor(
    readonly platform: TestPlatform,
    readonly api: string,
    private readonly network: HostNetwork,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async start(): Promise<ScatteredPlatform> {
    const network = HostNetwork.create(process.pid);
    try {
      const gateway = network.addHost('gateway');
      const api = `http://${gateway.address}:${GATEWAY_PORT}/api`;
      const platform = await TestPlatform.start({
        SHOWRUNNER_COMPONENTS: SHARED.join(','),
        SHOWRUNNER_API_URL: api,
      });
      for (const name of SHARED_PORTS) await network.offer(platform.port(name));
      const scattered = new ScatteredPlatform(platform, api, network, environmentOf(platform, network));
      scattered.run('gateway', ['apps/server/dist/main.mjs', '--service', 'gateway'], gateway);
      for (const pool of ['sandbox', 'plan', 'segmentation'])
        scattered.run(pool, ['apps/worker/dist/main.mjs', '--pool', pool], undefined);
      for (const role of ['agent-1', 'agent-2', 'recording-1', 'recording-2', 'export'])
        scattered.run(
          role,
          ['apps/worker/dist/main.mjs', '--pool', role.replace(/-\d$/, '')],
          network.addHost(role),
        );
      await Promise.all(
        scattered.processes.map(({ name, isReady }) => until(`the start of ${name}`, isReady, 90_000)),
      );
      return scattered;
    } catch (error) {
      network.remove();
      throw error;
    }
  }

  /** What must stand nowhere: the secrets of the installation. */
  get secrets(): string[] {
    return Object.values(secretsOf(this.platform));
  }

  /** What a process has logged, one JSON object a line. */
  logOf(name: string): string {
    return readFileSync(path.join(this.platform.home, `${name}.log`), 'utf8');
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.processes.map(async ({ child }) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = new Promise((resolve) => child.once('close', resolve));
        child.kill('SIGTERM');
        await ended;
      }),
    );
    await this.platform.stop();
    this.network.remove();
  }

  /** Starts a program on a host, or on this machine. */
  private run(name: string, args: readonly string[], host: NamespacedHost | undefined): void {
    // On this machine several workers share the loopback address.
    const port = host === undefined ? WORKER_PORT + 100 + this.processes.length : WORKER_PORT;
    const [command = '', ...words] = [...(host?.enter ?? []), process.execPath, ...args];
    const child = spawn(command, words, {
      cwd: ROOT,
      env: {
        ...this.environment,
        BIND_HOST: host === undefined ? '127.0.0.1' : '0.0.0.0',
        WORKER_PORT: String(port),
        GATEWAY_PORT: String(GATEWAY_PORT),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(path.join(this.platform.home, `${name}.log`));
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    const health = `http://${host?.address ?? '127.0.0.1'}:${name === 'gateway' ? GATEWAY_PORT : port}/healthz`;
    const isReady = async (): Promise<boolean> => (await fetch(health).catch(() => undefined))?.ok === true;
    this.processes.push({ name, child, isReady });
  }
}

/** As an operator sets it who runs the parts on hosts of his own. */
function environmentOf(platform: TestPlatform, network: HostNetwork): NodeJS.ProcessEnv {
  const secrets = secretsOf(platform);
  const at = (name: (typeof SHARED_PORTS)[number]): string => `${network.gateway}:${platform.port(name)}`;
  return {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    LANG: 'C.UTF-8',
    NODE_ENV: 'production',
    SHOWRUNNER_HOME: platform.home,
    DATABASE_URL: `postgresql://showrunner:${secrets.postgresPassword}@${at('POSTGRES_PORT')}/showrunner`,
    REDIS_URL: `redis://:${secrets.redisPassword}@${at('REDIS_PORT')}`,
    TEMPORAL_ADDRESS: at('TEMPORAL_PORT'),
    PROJECT_URL: `http://${at('PROJECT_PORT')}`,
    INTENT_URL: `http://${at('INTENT_PORT')}`,
    EDITOR_URL: `http://${at('EDITOR_PORT')}`,
    PREVIEW_PORT: String(platform.port('PREVIEW_PORT')),
    INTERNAL_TOKEN: secrets.internalToken,
    SHOWRUNNER_API_KEY: secrets.apiKey,
  };
}

type SecretName = 'apiKey' | 'internalToken' | 'postgresPassword' | 'redisPassword';

const secretsOf = (platform: TestPlatform): Record<SecretName, string> =>
  JSON.parse(readFileSync(path.join(platform.home, 'secrets.json'), 'utf8')) as Record<SecretName, string>;
