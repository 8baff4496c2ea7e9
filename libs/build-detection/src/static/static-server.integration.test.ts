import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { freePort } from '@showrunner/contracts/testing/free-ports';

const PROGRAM = join(import.meta.dirname, 'static-server.program.mjs');

/** Answers of a server of these files, as status and body. */
async function answers(files: Record<string, string>, paths: readonly string[]): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'showrunner-static-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const port = await freePort();
  const server = spawn(process.execPath, [PROGRAM, folder], { env: { PORT: String(port) } });
  try {
    await new Promise((resolve) => server.stdout.once('data', resolve));
    const found: string[] = [];
    for (const path of paths) {
      const accept = path.endsWith('?data') ? 'application/json' : 'text/html,*/*';
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { accept } });
      found.push(`${response.status} ${(await response.text()).trim()}`);
    }
    return found;
  } finally {
    server.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  }
}

describe('the server of static files', () => {
  it('answers with the one page of an app at each of its routes, and nowhere else', async () => {
    expect(
      await answers({ 'index.html': 'app', 'a.js': 'script' }, [
        '/',
        '/orders/3',
        '/a.js',
        '/b.js',
        '/api?data',
      ]),
    ).toEqual(['200 app', '200 app', '200 script', '404 Not found', '404 Not found']);
  });
  it('has no page for what is missing among several', async () => {
    expect(await answers({ 'index.html': 'home', 'about.html': 'about' }, ['/about', '/contact'])).toEqual([
      '200 about',
      '404 Not found',
    ]);
  });
});
