import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** The test runner that the Playwright MCP server brings along: `@playwright/test` is another name of it, and nothing else. */
const playwright = dirname(
  createRequire(createRequire(import.meta.url).resolve('@playwright/mcp/package.json')).resolve(
    'playwright/package.json',
  ),
);

export interface PlaywrightResult {
  code: number;
  output: string;
  passed: number;
}

/** Runs files, by name, with Playwright's test runner and the system's Chromium. */
export async function runPlaywright(
  files: Record<string, string>,
  env: Record<string, string>,
  { expectMs = 5000 } = {},
): Promise<PlaywrightResult> {
  const folder = await mkdtemp(join(tmpdir(), 'showrunner-playwright-'));
  try {
    const named = join(folder, 'node_modules/@playwright/test');
    await mkdir(named, { recursive: true });
    await writeFile(join(named, 'package.json'), '{"name":"@playwright/test","main":"index.js"}');
    await writeFile(
      join(named, 'index.js'),
      `module.exports = require(${JSON.stringify(join(playwright, 'test'))});`,
    );
    for (const [name, source] of Object.entries(files)) await writeFile(join(folder, name), source);
    const launchOptions = { executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] };
    await writeFile(
      join(folder, 'playwright.config.ts'),
      `export default { workers: 1, expect: { timeout: ${expectMs} }, reporter: 'line', use: { launchOptions: ${JSON.stringify(launchOptions)}, actionTimeout: 5000 } };`,
    );
    return await new Promise((resolve) => {
      execFile(
        process.execPath,
        [join(playwright, 'cli.js'), 'test'],
        {
          cwd: folder,
          timeout: 120_000,
          env: { PATH: process.env['PATH'], HOME: folder, ...env },
        },
        (error, stdout, stderr) => {
          const output = `${stdout}${stderr}`;
          const passed = Number(/(\d+) passed/.exec(output)?.[1] ?? 0);
          resolve({ code: error === null ? 0 : Number(error.code ?? 1), output, passed });
        },
      );
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
