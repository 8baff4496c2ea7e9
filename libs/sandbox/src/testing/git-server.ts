import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const ENVIRONMENT = {
  PATH: process.env['PATH'],
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.org',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.org',
};

/**
 * A Git server on loopback for tests: `/<name>.git` is served by `git http-backend`, `/plain/<name>.git` asks for a sign-in,
 * `/private/<name>.git` opens with the token `let-me-in-1234`,
 * `/elsewhere/...` redirects to another host, `/broken/...` answers 500.
 */
export class TestGitServer {
  /** Folder of the bare repositories. */
  readonly root = mkdtempSync(join(tmpdir(), 'showrunner-git-'));
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  /** What came as `Authorization` to private ones, in order. */
  readonly signIns: (string | undefined)[] = [];

  static async start(): Promise<TestGitServer> {
    const server = new TestGitServer();
    server.server.listen(0, '127.0.0.1');
    await once(server.server, 'listening');
    return server;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
    rmSync(this.root, { recursive: true, force: true });
  }

  get host(): string {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  url(path: string): string {
    return `http://${this.host}/${path}`;
  }

  /** Makes a bare repository of commits, each a set of files; further branches begin at the last commit. Answers the commits' ids. */
  repository(
    name: string,
    commits: Record<string, string>[],
    branches: Record<string, Record<string, string>> = {},
  ): string[] {
    const work = join(this.root, `${name}.work`);
    const git = (...args: string[]): string =>
      execFileSync('git', args, { cwd: work, env: ENVIRONMENT, encoding: 'utf8' }).trim();
    mkdirSync(work);
    git('init', '--quiet', '--initial-branch=main');
    const commit = (files: Record<string, string>): string => {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(work, path)), { recursive: true });
        writeFileSync(join(work, path), text);
      }
      git('add', '-A');
      git('commit', '--quiet', '--allow-empty', '-m', 'x');
      return git('rev-parse', 'HEAD');
    };
    const ids = commits.map(commit);
    const bare = join(this.root, `${name}.git`);
    const elsewhere: [ref: string, id: string][] = [];
    for (const [branch, files] of Object.entries(branches)) {
      git('checkout', '--quiet', ...(branch.startsWith('refs/') ? ['--detach'] : ['-b', branch]));
      const id = commit(files);
      ids.push(id);
      if (branch.startsWith('refs/')) elsewhere.push([branch, id]);
      git('checkout', '--quiet', 'main');
    }
    git('clone', '--quiet', '--bare', work, bare);
    for (const [ref, id] of elsewhere) git('push', '--quiet', bare, `${id}:${ref}`);
    return ids;
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const url = new URL(request.url ?? '/', 'http://git');
    if (url.pathname.startsWith('/private/')) {
      this.signIns.push(request.headers.authorization);
      if (request.headers.authorization !== `Basic ${btoa('x-access-token:let-me-in-1234')}`)
        return void response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      url.pathname = url.pathname.slice('/private'.length);
    }
    if (url.pathname.startsWith('/plain/'))
      return void response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
    if (url.pathname.startsWith('/elsewhere/'))
      return void response.writeHead(302, { location: `http://10.0.0.7${url.pathname}` }).end();
    if (url.pathname.startsWith('/broken/')) return void response.writeHead(500).end();
    if (url.pathname.startsWith('/hanging/')) return;
    const backend = spawn('git', ['http-backend'], {
      env: {
        ...ENVIRONMENT,
        GIT_PROJECT_ROOT: this.root,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: url.pathname,
        QUERY_STRING: url.search.slice(1),
        REQUEST_METHOD: request.method ?? 'GET',
        CONTENT_TYPE: request.headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
      },
    });
    request.pipe(backend.stdin);
    backend.stdin.on('error', () => undefined); // the backend may answer without reading everything
    const parts: Buffer[] = [];
    backend.stdout.on('data', (part: Buffer) => parts.push(part));
    backend.on('close', () => {
      const all = Buffer.concat(parts);
      const end = all.indexOf('\r\n\r\n');
      const headers = all
        .subarray(0, end)
        .toString('latin1')
        .split('\r\n')
        .map((line) => line.split(': ', 2));
      const status = Number(headers.find(([name]) => name === 'Status')?.[1]?.slice(0, 3) ?? 200);
      response.writeHead(
        status,
        Object.fromEntries(
          headers.filter(([name]) => name !== 'Status').map(([name, value]) => [name, value]),
        ),
      );
      response.end(all.subarray(end + 4));
    });
  }
}
