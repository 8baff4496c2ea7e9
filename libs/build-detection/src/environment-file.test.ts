import { describe, expect, test } from '@jest/globals';
import { copyEnvironment, exampleOf, inUse } from './environment-file';
import { listingOf } from './listing';

const setup = (...files: string[]): string[] =>
  copyEnvironment(listingOf(Object.fromEntries(files.map((file) => [file, ''])))).setup;

describe('examples of settings', () => {
  test.each([
    ['.env.example', '.env'],
    ['env.example', '.env'],
    ['example.env', '.env'],
    ['.env.dev-sample', '.env.dev'],
    ['config.example.json', 'config.json'],
    ['settings.ini.dist', 'settings.ini'],
    ['config-sample.php', 'config.php'],
    ['database.yml.template', 'database.yml'],
    ['config.json', undefined],
    ['example', undefined],
    ['samples.md', undefined],
  ])('%s stands for %s', (name, use) => {
    expect(inUse(name)).toBe(use);
  });

  test.each<[string, string[], string[]]>([
    ['of the environment', ['.env.sample', 'app.py'], ['cp -n .env.sample .env']],
    ['the surest of several', ['env.dist', '.env.example'], ['cp -n .env.example .env']],
    [
      'of settings, also in a folder',
      ['config.example.js', 'config/settings.ini.sample'],
      ['cp -n config.example.js config.js', 'cp -n config/settings.ini.sample config/settings.ini'],
    ],
    ['none for what is there', ['.env.example', '.env', 'config.example.js', 'config.js'], []],
    ['none of tests and documents', ['tests/config.example.json', 'docs/settings.example.yml'], []],
    ['none that an installer asks for', ['site-config-sample.php', 'admin/install.php'], []],
    ['a name with a blank stays one word', ['a b-config.example.json'], []],
  ])('are copied: %s', (_name, files, commands) => {
    expect(setup(...files)).toEqual(commands);
  });

  test('an example is found beside the file that is missing, and nowhere else', () => {
    const listing = listingOf({ 'app/.env.dev-sample': '', '.env.prod-sample': '' });
    expect(exampleOf(listing, 'app/.env.dev')).toBe('app/.env.dev-sample');
    expect(exampleOf(listing, 'app/.env.prod')).toBeUndefined();
  });
});
