import { mkdirSync } from 'node:fs';
import type { ProcessSpec } from './managed-process';
import { answersWith } from './probes';

export interface RedisOptions {
  /** redis-server. */
  program: string;
  /** Folder of its append-only file; made when missing. */
  folder: string;
  port: number;
  password: string;
  env: NodeJS.ProcessEnv;
}

/** redis-server on loopback with an append-only file. Its configuration goes in by standard input, so the password stands in no argument or file. */
export function redisSpec(options: RedisOptions): ProcessSpec {
  return {
    name: 'redis',
    command: options.program,
    args: ['-'],
    env: options.env,
    cwd: options.folder,
    port: options.port,
    stopSignal: 'SIGTERM',
    stopTimeoutMs: 5_000,
    input: [
      'bind 127.0.0.1',
      `port ${options.port}`,
      `dir "${options.folder}"`,
      'daemonize no',
      'appendonly yes',
      'appendfsync everysec',
      'save ""',
      `requirepass ${options.password}`,
      '',
    ].join('\n'),
    prepare: () => {
      mkdirSync(options.folder, { recursive: true, mode: 0o700 });
    },
    isReady: () => answersWith(options.port, `AUTH ${options.password}\r\nPING\r\n`, '+OK\r\n+PONG'),
  };
}
