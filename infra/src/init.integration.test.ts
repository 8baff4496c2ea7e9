import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { checkConnections } from '../init/connections.mjs';
import { writeEnvFile } from '../init/env-file.mjs';
import { runInit } from '../init/init.mjs';

const KEY = 'sk-very-secret-0123';

describe('showrunner init', () => {
  let folder: string;
  let file: string;
  let server: Server;
  let url: string;
  const seen: { path: string; key: unknown }[] = [];
  let said: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const { headers } = request;
      const key = headers['x-api-key'] ?? headers.authorization;
      seen.push({ path: request.url ?? '', key });
      response.writeHead(String(key).includes(KEY) ? 200 : 401).end('{}');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server.close());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'showrunner-init-'));
    file = join(folder, '.env');
    seen.length = 0;
    said = '';
    const hear = (line: unknown): void => void (said += `${String(line)}\n`);
    jest.spyOn(console, 'log').mockImplementation(hear);
    jest.spyOn(console, 'error').mockImplementation(hear);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true, force: true });
  });
  const init = (args: string[], env: NodeJS.ProcessEnv = {}) =>
    runInit(['--yes', '--file', file, ...args], env);
  const written = (): Record<string, string | undefined> => parseEnv(readFileSync(file, 'utf8'));

  it('needs no answer for this machine alone, and changes nothing the second time', async () => {
    expect(await init([])).toBe(0);
    expect(written()).toEqual({ SANDBOX_PROVIDER: 'local', LLM_PROVIDER: 'rules' });
    const before = readFileSync(file, 'utf8');
    expect(await init([])).toBe(0);
    expect(said).toContain('Nothing to change');
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  it('takes secrets from the environment, tries them, writes them for the owner alone, and prints none', async () => {
    const env = {
      SANDBOX_API_KEY: KEY,
      SANDBOX_SERVER_URL: url,
      ANTHROPIC_API_KEY: KEY,
      ANTHROPIC_BASE_URL: url,
    };
    expect(await init(['--provider', 'e2b', '--models', 'anthropic'], env)).toBe(0);
    expect(written()).toMatchObject({
      SANDBOX_PROVIDER: 'e2b',
      SANDBOX_API_KEY: KEY,
      ANTHROPIC_API_KEY: KEY,
    });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(seen.map(({ path }) => path)).toEqual(['/v2/sandboxes?limit=1', '/v1/models?limit=1']);
    expect(said).not.toContain(KEY);
  });

  it('writes nothing where a server refuses its key', async () => {
    const env = { SANDBOX_API_KEY: 'wrong', SANDBOX_SERVER_URL: url };
    expect(await init(['--provider', 'daytona'], env)).toBe(1);
    expect(said).toContain('refuses the key in SANDBOX_API_KEY (401)');
    expect(existsSync(file)).toBe(false);
    expect(await init(['--provider', 'daytona', '--no-check'], env)).toBe(0);
  });

  it('tells a server that does not answer, and writes all the same', async () => {
    const env = { OPENAI_API_KEY: KEY, OPENAI_BASE_URL: 'http://127.0.0.1:9/v1' };
    expect(await init(['--models', 'openai'], env)).toBe(0);
    expect(said).toContain('http://127.0.0.1:9 does not answer');
    expect(written()).toMatchObject({ LLM_PROVIDER: 'openai', OPENAI_API_KEY: KEY });
  });

  it.each([
    [['--provider', 'e2b'], 'Missing: SANDBOX_API_KEY.'],
    [['--storage', 's3'], 'Missing: S3_ENDPOINT, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY.'],
    [['--provider', 'moon'], '--provider is one of local, docker, daytona, e2b, not "moon".'],
    [['--set', 'SANDBOX_API_KEY=x'], 'is a secret'],
    [['--set', 'nonsense'], '"nonsense" is not NAME=value.'],
    [['--what'], "Unknown option '--what'"],
  ])('refuses %j and says what to do', async (args, sentence) => {
    expect(await init(args)).toBe(2);
    expect(said).toContain(sentence);
    expect(existsSync(file)).toBe(false);
  });

  it('leaves what else stands in the file as it is', async () => {
    writeFileSync(
      file,
      '# ours\nGATEWAY_PORT=4500\nSANDBOX_PROVIDER=docker # as before\n\nLLM_PROVIDER=rules\n',
    );
    expect(await init(['--provider', 'local', '--set', 'LOG_LEVEL=warn'])).toBe(0);
    expect(readFileSync(file, 'utf8')).toBe(
      '# ours\nGATEWAY_PORT=4500\nSANDBOX_PROVIDER=local\n\nLLM_PROVIDER=rules\nLOG_LEVEL=warn\n',
    );
  });

  it('writes any value so that it is read back as it was, or says that it cannot', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary-ascii', maxLength: 20 }), (value) => {
        rmSync(file, { force: true });
        try {
          writeEnvFile(file, { NAME: value, LAST: 'x' });
        } catch (error) {
          expect(String(error)).toContain('cannot stand in a file of settings');
          return;
        }
        expect(written()).toEqual({ NAME: value, LAST: 'x' });
      }),
    );
  });

  it('doctor tells the same of a key', async () => {
    const [check] = await checkConnections({ OPENAI_BASE_URL: url, OPENAI_API_KEY: 'wrong' });
    expect(check).toMatchObject({ name: 'openai', ok: false, required: true });
    expect(await checkConnections({})).toEqual([]);
  });
});
