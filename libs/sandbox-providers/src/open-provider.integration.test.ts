import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { installationName } from './installation';
import { openSandboxProvider, sandboxProviders } from './open-provider';

const root = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'open-provider-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Prints the address of every module that is loaded. */
const LOGGING = `export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  process._rawDebug(found.url);
  return found;
}`;
const REGISTER = `import { register } from 'node:module'; register(${JSON.stringify(`data:text/javascript,${encodeURIComponent(LOGGING)}`)});`;

/** What a process loads that opens this provider and lists its sandboxes, bundled as the apps are: packages stay outside. */
async function loadedBy(provider: string): Promise<string> {
  const { workspacePlugin } = (await import(join(root, 'infra/build/workspace-packages.mjs'))) as {
    workspacePlugin(): import('esbuild').Plugin;
  };
  const settings = { provider, home: folder, apiKey: 'e2b_00', serverUrl: 'http://127.0.0.1:9' };
  const outfile = join(root, 'libs/sandbox-providers/dist', `open-${provider}.mjs`);
  await build({
    stdin: {
      contents: `import { openSandboxProvider } from '@showrunner/sandbox-providers';
        const provider = await openSandboxProvider(${JSON.stringify(settings)});
        await provider.list().catch(() => []);
        process.exit(0);`,
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    plugins: [workspacePlugin()],
    logLevel: 'silent',
  });
  const argv = ['--import', `data:text/javascript,${encodeURIComponent(REGISTER)}`, outfile];
  const { stderr } = await promisify(execFile)(process.execPath, argv, {
    timeout: 50_000,
    maxBuffer: 1 << 26,
  });
  rmSync(outfile);
  return stderr;
}
const CLOUD_SDKS = /node_modules\/(@daytona[a-z]*|e2b)\//;

describe('opening a provider', () => {
  it('loads no cloud SDK for local sandboxes', async () => {
    const loaded = await loadedBy('local');
    expect(loaded).toContain('node:child_process');
    expect(loaded).not.toMatch(CLOUD_SDKS);
  });

  it('loads the SDK of the cloud provider that is asked for, and of no other', async () => {
    expect(await loadedBy('e2b')).toMatch(/node_modules\/e2b\//);
    expect(await loadedBy('e2b')).not.toMatch(/node_modules\/@daytona/);
  });

  it('needs a key for a cloud', async () => {
    for (const provider of ['daytona', 'e2b'] as const)
      await expect(openSandboxProvider({ provider, home: folder })).rejects.toMatchObject({
        code: 'sandbox_unavailable',
        remedy: expect.stringContaining('SANDBOX_API_KEY'),
      });
  });

  it('opens the provider of the settings and the local one, each once, and says of others that they are not set up', async () => {
    const open = sandboxProviders({ provider: 'e2b', home: folder, apiKey: 'e2b_00' });
    expect((await open()).name).toBe('e2b');
    expect(await open('e2b')).toBe(await open());
    expect((await open('local')).name).toBe('local');
    await expect(open('daytona')).rejects.toMatchObject({
      code: 'sandbox_unavailable',
      remedy: expect.stringContaining('SANDBOX_PROVIDER=daytona'),
    });
  });

  it('keeps one name of the installation for a data folder', async () => {
    const names = await Promise.all([1, 2, 3].map(() => installationName(join(folder, 'data'))));
    expect(new Set(names).size).toBe(1);
    expect(names[0]).toMatch(/^sr-[0-9a-f]{10}$/);
    writeFileSync(join(folder, 'data/installation'), 'mine\n');
    expect(await installationName(join(folder, 'data'))).toBe('mine');
    expect(readFileSync(join(folder, 'data/installation'), 'utf8')).toBe('mine\n');
  });
});
