import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { installSystemPackages, missingPackages } from '../setup/system-packages.mjs';
import { COMMANDS } from '../bin/help.mjs';
import type { Check } from '../doctor/checks.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';
import { runNode } from './testing/test-platform';

const showrunner = join(repositoryRoot, 'infra', 'bin', 'showrunner.mjs');
const client = join(repositoryRoot, 'apps', 'cli', 'dist', 'main.mjs');
let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'showrunner-home-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const run = (args: string[], env: NodeJS.ProcessEnv = {}) =>
  runNode(showrunner, args, {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    SHOWRUNNER_HOME: home,
    ...env,
  });

describe('showrunner doctor', () => {
  const checksOf = (stdout: string) => (JSON.parse(stdout) as { ok: boolean; checks: Check[] }).checks;

  test('tells where each prerequisite is, and its version', async () => {
    const { stdout } = await run(['doctor', '--json']);
    const bwrap = checksOf(stdout).find(({ name }) => name === 'bwrap');
    expect(bwrap).toMatchObject({
      ok: true,
      where: expect.stringMatching(/\/bwrap$/),
      version: expect.stringMatching(/\d/),
    });
    expect(checksOf(stdout).map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'node',
        'chromium',
        'ffmpeg',
        'redis-server',
        'temporal',
        'postgres',
        'isolation',
        'build',
      ]),
    );
  });

  test('fails and names the command when something required is missing', async () => {
    const { code, stdout } = await run(['doctor'], { CHROMIUM_PATH: '/nowhere/chromium' });
    expect(code).toBe(1);
    expect(stdout).toContain('✗  chromium             CHROMIUM_PATH is set to "/nowhere/chromium"');
    expect(stdout).toContain('→ Set CHROMIUM_PATH to the path of chromium, or unset it.');
    expect(stdout).toMatch(/missing: .*chromium/);
  });
});

describe('showrunner', () => {
  test('status of a home without a platform says so and exits with 3', async () => {
    const { code, stdout } = await run(['status']);
    expect(code).toBe(3);
    expect(stdout).toContain('not running. Start it with `showrunner up`');
  });

  test('help lists the commands', async () => {
    const { code, stdout } = await run(['--help']);
    expect(code).toBe(0);
    for (const name of [
      'film',
      'detect',
      'sandboxes',
      'replay',
      'up',
      'down',
      'status',
      'doctor',
      'cancel',
      'kill',
      'runs',
      'logs',
      'demo',
    ]) {
      expect(stdout).toContain(name);
    }
  });

  test('help has a line for every command of the client and of this program, and says how it is typed here', async () => {
    const { stdout } = await run(['--help']);
    expect(stdout).toContain('npm run showrunner -- <command>');
    const listed = [...stdout.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name);
    expect(listed).toEqual(Object.keys(COMMANDS));
    const ofClient = await runNode(client, ['--help'], { PATH: process.env.PATH, HOME: process.env.HOME });
    const [, commands = ''] = ofClient.stdout.split('Commands:');
    const names = [...commands.matchAll(/^ {2}([a-z-]+) /gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(15);
    expect(listed).toEqual(expect.arrayContaining(names.filter((name) => name !== 'help')));
  });

  test('what is typed wrong, and what only asks for help, sets nothing up and does nothing', async () => {
    for (const [args, code, said] of [
      [['flim'], 2, "error: unknown command 'flim'\n(Did you mean film?)"],
      [['down', '--wiat'], 2, "error: unknown option '--wiat'"],
      [['down', '--help'], 0, 'Usage: showrunner down'],
      [['help', 'rotate-secrets'], 0, 'Usage: showrunner rotate-secrets'],
    ] as const) {
      const answer = await run([...args]);
      expect([args, answer.code]).toEqual([args, code]);
      expect(code === 0 ? answer.stdout : answer.stderr).toContain(said);
    }
    expect(readdirSync(home)).toEqual([]);
  });

  test('its version is that of the repository', async () => {
    expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});

describe('installing system packages', () => {
  const facts = {
    env: { PATH: '', BWRAP_PATH: '' },
    isDebian: true,
    isRoot: false,
    packageIsInstalled: () => true,
  };

  test('as an ordinary user names the exact command instead', async () => {
    await expect(installSystemPackages(() => undefined, facts)).rejects.toMatchObject({
      message: expect.stringMatching(/^System packages are missing: .*bubblewrap/),
      remedy: expect.stringMatching(
        /^Run: sudo apt-get update && sudo apt-get install -y --no-install-recommends .*bubblewrap/,
      ),
    });
  });

  test('on another system names its own command or the packages', async () => {
    await expect(
      installSystemPackages(() => undefined, { ...facts, isDebian: false, isRoot: true }),
    ).rejects.toMatchObject({
      remedy: expect.stringContaining('bubblewrap'),
    });
  });

  test('asks nobody for what the product can do without', () => {
    expect(missingPackages({ ...facts, isRoot: true })).toContain('mmdebstrap');
    expect(missingPackages(facts)).not.toContain('mmdebstrap');
  });

  test('does nothing when all is there', async () => {
    const here = { ...facts, env: { PATH: process.env.PATH } };
    expect(await installSystemPackages(() => undefined, here)).toEqual({
      changed: false,
      summary: 'already installed',
    });
  });
});
