import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunReport } from '@showrunner/contracts';
import { freePorts } from '@showrunner/contracts/testing';
import { filmProcessesOf } from './processes';
import { until } from './until';

const ROOT = path.resolve(import.meta.dirname, '../..');
const CATALOGUE = path.join(ROOT, 'examples/catalogue');
const CATALOGUE_PLAN = path.join(import.meta.dirname, 'catalogue.plan.json');
const PORTS = [
  'GATEWAY_PORT',
  'PREVIEW_PORT',
  'PROJECT_PORT',
  'SANDBOX_PORT',
  'INTENT_PORT',
  'EDITOR_PORT',
  'WORKER_PORT',
  'TEMPORAL_PORT',
  'TEMPORAL_UI_PORT',
  'POSTGRES_PORT',
  'REDIS_PORT',
] as const;

export interface CommandResult {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Film {
  code: number | null;
  said: string;
  out: string;
  report: RunReport | undefined;
}

/** A platform of its own: own data folder, own ports. Everything goes through the commands a user types. */
export class TestPlatform {
  private constructor(
    readonly home: string,
    private readonly env: Record<string, string>,
  ) {}

  static async start(settings: Record<string, string> = {}): Promise<TestPlatform> {
    const home = await mkdtemp(path.join(tmpdir(), 'showrunner-e2e-'));
    const ports = await freePorts(PORTS.length);
    // Settings of whoever runs the tests are not theirs.
    const none = { SHOWRUNNER_ENV_FILE: '/dev/null' };
    const env: Record<string, string> = { SHOWRUNNER_HOME: home, ...none, ...settings };
    PORTS.forEach((name, index) => (env[name] = String(ports[index])));
    const platform = new TestPlatform(home, env);
    await platform.up();
    return platform;
  }

  /** Takes it down and up again, with further settings; what it stored is still there. */
  async restart(settings: Record<string, string>): Promise<void> {
    await this.showrunner(['down']);
    Object.assign(this.env, settings);
    await this.up();
  }

  private async up(): Promise<void> {
    const { code, stdout, stderr } = await this.showrunner(['up']);
    if (code !== 0) process.stderr.write(`${stdout}\n${stderr}\n`);
  }

  /** Starts `showrunner <args>` and leaves it running. */
  spawn(args: readonly string[]): ChildProcess {
    return spawn('node', ['infra/bin/showrunner.mjs', ...args], {
      cwd: ROOT,
      env: { ...process.env, ...this.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  /** Runs `showrunner <args>` to its end. */
  async showrunner(args: readonly string[]): Promise<CommandResult> {
    const child = this.spawn(args);
    const result: CommandResult = { code: null, stdout: '', stderr: '' };
    child.stdout?.on('data', (chunk) => (result.stdout += String(chunk)));
    child.stderr?.on('data', (chunk) => (result.stderr += String(chunk)));
    result.code = await new Promise((resolve) => child.once('close', resolve));
    return result;
  }

  /** `GET` on the REST API with the platform's key. */
  async get<T>(route: string): Promise<T> {
    return (await (await this.fetch('GET', route)).json()) as T;
  }

  /** `POST` on the REST API with the platform's key; answers the status. */
  async post(route: string): Promise<number> {
    return (await this.fetch('POST', route)).status;
  }

  /** Any request on the REST API with the platform's key. */
  async call<T>(method: string, route: string, body?: unknown): Promise<{ status: number; json: T }> {
    const response = await this.fetch(method, route, body);
    return { status: response.status, json: (await response.json()) as T };
  }

  private fetch(method: string, route: string, body?: unknown): Promise<Response> {
    const { apiKey } = JSON.parse(readFileSync(path.join(this.home, 'secrets.json'), 'utf8')) as {
      apiKey: string;
    };
    return fetch(`http://127.0.0.1:${this.port('GATEWAY_PORT')}/api${route}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  port(name: (typeof PORTS)[number]): number {
    return Number(this.env[name]);
  }

  /** Process id of one of the supervisor's children. */
  pidOf(name: string): number {
    const file = readFileSync(path.join(this.home, 'platform.json'), 'utf8');
    const { components } = JSON.parse(file) as { components: { name: string; pid: number }[] };
    const found = components.find((component) => component.name === name);
    // Process 0 would be everybody in our own group.
    if (!found?.pid) throw new Error(`${name} does not run on the platform in ${this.home}.`);
    return found.pid;
  }

  /** Waits until no browser, encoder or sandbox is left. */
  async nothingLeft(timeoutMs = 15_000): Promise<void> {
    await until(
      'the end of every browser, encoder and sandbox',
      async () => {
        const sandboxes = path.join(this.home, 'sandboxes');
        const folders = existsSync(sandboxes)
          ? (await readdir(sandboxes)).filter((name) => name.startsWith('sbx-'))
          : [];
        return folders.length === 0 && filmProcessesOf(this.home).length === 0;
      },
      timeoutMs,
    );
  }

  /** Films a source into a new folder and answers the exit code, what was printed and the run's report. */
  film(source: string, args: readonly string[] = []): Promise<Film> {
    return this.filmInto([source, ...args]);
  }

  /** Films three features of the catalogue by a plan that is written down: what only ends films, or breaks them, need not look for what to show. */
  filmByPlan(args: readonly string[] = []): Promise<Film> {
    return this.filmInto([CATALOGUE, '--plan', CATALOGUE_PLAN, ...args]);
  }

  private async filmInto(args: readonly string[]): Promise<Film> {
    const out = await mkdtemp(path.join(this.home, 'film-'));
    const { code, stderr, stdout } = await this.showrunner(['film', ...args, '--out', out]);
    const file = path.join(out, 'run.json');
    const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as RunReport) : undefined;
    return { code, said: `${stderr}${stdout}`, out, report };
  }

  /** A `GET` through a preview, as a browser would send it; the app's own answer, past its page. */
  preview(sandboxId: string, route: string, more: Record<string, string> = {}): Promise<string> {
    const headers = { ...more, host: `${sandboxId}.preview.localhost:${this.port('PREVIEW_PORT')}` };
    return new Promise((resolve, reject) => {
      get({ host: '127.0.0.1', port: this.port('PREVIEW_PORT'), path: route, headers }, (response) => {
        let body = '';
        response.on('data', (chunk) => (body += String(chunk))).on('end', () => resolve(body));
      }).once('error', reject);
    });
  }

  async stop(): Promise<void> {
    await this.showrunner(['down']);
    await rm(this.home, { recursive: true, force: true });
  }
}
