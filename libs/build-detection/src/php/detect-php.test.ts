import { describe, expect, test } from '@jest/globals';
import { detect } from '../detect';
import { listingOf } from '../listing';
import type { Files } from '../testing/shape';

const RUNTIMES = { node: '20.20.2', python: '3.11.2', go: null, systems: true };
const composer = (require: Record<string, string>): Files => ({
  'composer.json': JSON.stringify({ require }),
  'public/index.php': '',
});
const detected = (files: Files, runtime?: string, systems = true) =>
  detect(listingOf(files), {
    runtimes: { ...RUNTIMES, systems },
    overrides: runtime === undefined ? {} : { runtime },
  });

describe('PHP', () => {
  test.each<[string, Files, string | undefined, string, string]>([
    ['a plain file', { 'index.php': '' }, undefined, '8.4', 'trixie'],
    ['a range', composer({ php: '^8.1' }), undefined, '8.4', 'trixie'],
    ['two ranges', composer({ php: '^7.4|^8.0 <8.3' }), undefined, '8.2', 'bookworm'],
    ['an old one', composer({ php: '~7.4' }), undefined, '7.4', 'bullseye'],
    ['a version file', { 'index.php': '', '.php-version': '8.2.12' }, undefined, '8.2', 'bookworm'],
    ['asked for', composer({ php: '^8.1' }), 'php@8.2', '8.2', 'bookworm'],
  ])('%s', async (_name, files, runtime, version, suite) => {
    expect(await detected(files, runtime)).toMatchObject({
      runtime: 'php',
      toolchain: { name: 'php', version, from: 'debian' },
      system: { suite, packages: expect.arrayContaining(['php-cli', 'php-sqlite3']) },
    });
  });

  test('Laravel by artisan, any other by the server of PHP itself', async () => {
    const laravel = await detected({
      ...composer({ php: '^8.2', 'laravel/framework': '^12' }),
      artisan: '',
      '.env.example': 'APP_KEY=',
    });
    expect(laravel).toMatchObject({
      framework: 'laravel',
      packageManager: 'composer',
      start: expect.stringContaining('artisan serve'),
    });
    expect(laravel.setup[0]).toBe('cp -n .env.example .env');
    expect(await detected({ 'index.php': '' })).toMatchObject({
      install: null,
      start: 'exec php -S 127.0.0.1:"$PORT" -t .',
    });
    expect(await detected({ 'public/index.php': '' })).toMatchObject({
      start: expect.stringMatching(/-t 'public'|-t public/),
    });
  });

  test('an app of one file without an index is looked at under its name', async () => {
    const files = { 'notes.php': '<?php session_start(); echo $_GET["q"]; ?><form></form>', 'README.md': '' };
    expect(await detected(files)).toMatchObject({
      start: 'exec php -S 127.0.0.1:"$PORT" -t .',
      pages: ['/notes.php'],
    });
    const library = { 'autoload.php': '<?php require "src/all.php";', 'composer.json': '{"name": "a/b"}' };
    await expect(detected(library)).rejects.toMatchObject({ code: 'stack_unsupported' });
  });

  test.each<[string, Files, boolean, string]>([
    ['a version that Debian does not have', composer({ php: '~8.3.0' }), true, 'runtime_unavailable'],
    ['a pin that is a place', { 'index.php': '', '.php-version': '../php' }, true, 'runtime_pin_refused'],
    ['no system to be had', composer({ php: '^8' }), false, 'stack_unsupported'],
  ])('ends with a reason: %s', async (_name, files, systems, code) => {
    await expect(detected(files, undefined, systems)).rejects.toMatchObject({ code });
  });
});
