import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { addEnvFiles } from '../tooling/env-files.mjs';
import { repositoryRoot } from '../tooling/paths.mjs';
import { runNode } from './testing/test-platform';

let folder: string;
let home: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'showrunner-env-'));
  home = join(folder, 'home');
  mkdirSync(home);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const written = (path: string, text: string): string => {
  writeFileSync(path, text);
  return path;
};

describe('.env', () => {
  test('adds what the environment does not say: of the data folder before that of the repository', () => {
    const files = [
      written(join(home, '.env'), 'LOG_LEVEL=debug\nGATEWAY_PORT=5400\nRUN_BUDGET_USD=1\n'),
      written(
        join(folder, '.env'),
        `SHOWRUNNER_HOME=${home}\n# a remark\nLOG_LEVEL=warn\nWORKER_PORT="5420"\n`,
      ),
    ];
    const env: NodeJS.ProcessEnv = { GATEWAY_PORT: '6400', RUN_BUDGET_USD: '' };
    expect(addEnvFiles(env, folder)).toEqual(files);
    expect(env).toEqual({
      SHOWRUNNER_HOME: home,
      GATEWAY_PORT: '6400',
      RUN_BUDGET_USD: '',
      LOG_LEVEL: 'debug',
      WORKER_PORT: '5420',
    });
  });

  test('is not needed', () => {
    const env = { SHOWRUNNER_HOME: home };
    expect(addEnvFiles(env, folder)).toEqual([]);
    expect(env).toEqual({ SHOWRUNNER_HOME: home });
  });

  test('is only the one that SHOWRUNNER_ENV_FILE names, where it names one', () => {
    written(join(folder, '.env'), 'LOG_LEVEL=warn\n');
    const env: NodeJS.ProcessEnv = {
      SHOWRUNNER_ENV_FILE: written(join(folder, 'other.env'), 'WORKER_PORT=1\n'),
    };
    expect(addEnvFiles(env, folder)).toEqual([join(folder, 'other.env')]);
    expect(env['LOG_LEVEL']).toBeUndefined();
    expect(env['WORKER_PORT']).toBe('1');
    expect(() => addEnvFiles({ SHOWRUNNER_ENV_FILE: join(folder, 'none') }, folder)).toThrow(
      /The settings of .*none cannot be read/,
    );
  });

  test('that cannot be read is named, with what mends it', () => {
    mkdirSync(join(folder, '.env'));
    expect(() => addEnvFiles({}, folder)).toThrow(/cannot be read[^]*→ Make it a readable file/);
  });

  test('is read by the commands', async () => {
    const program = join(repositoryRoot, 'infra/bin/showrunner.mjs');
    const { PATH, HOME } = process.env;
    const file = written(join(folder, 'own.env'), `SHOWRUNNER_HOME=${home}\nREDIS_PORT=six\n`);
    const status = (more: NodeJS.ProcessEnv) =>
      runNode(program, ['status'], { PATH, HOME, SHOWRUNNER_ENV_FILE: file, ...more });
    expect((await status({})).stderr).toContain('REDIS_PORT is "six"');
    const set = await status({ REDIS_PORT: '46379' });
    expect(set.stderr).toBe('');
    expect(set.stdout).toContain(`The platform of ${home} is not running`);
    const missing = await status({ SHOWRUNNER_ENV_FILE: join(folder, 'none') });
    expect(missing).toMatchObject({ code: 1, stderr: expect.stringContaining('cannot be read') });
  });
});
