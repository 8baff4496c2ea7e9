import { describe, expect, test } from '@jest/globals';
import type { BuildSpec } from '@showrunner/contracts';
import { detect } from '../detect';
import { listingOf } from '../listing';
import type { Files } from '../testing/shape';

const SYSTEMS = { node: '20.19.0', python: '3.11.2', go: null, systems: true };
const detected = (files: Files, systems = true): Promise<BuildSpec> =>
  detect(listingOf(files), { runtimes: { ...SYSTEMS, systems } });
const RAILS: Files = {
  Gemfile: 'source "https://rubygems.org"\nruby ">= 3.2", "< 4.0"\ngem "rails", "~> 7.2"\ngem "sqlite3"\n',
  'Gemfile.lock': '',
  'config/application.rb': '',
  'config.ru': '',
};

describe('a Ruby source', () => {
  test('of Rails is installed by bundler, gets its database, and is served by Rails', async () => {
    const found = await detected(RAILS);
    expect(found).toMatchObject({
      framework: 'rails',
      runtime: 'ruby',
      packageManager: 'bundler',
      toolchain: { name: 'ruby', version: '3.3', from: 'debian' },
      system: { suite: 'trixie', packages: expect.arrayContaining(['ruby', 'bundler', 'ruby-dev', 'gcc']) },
      install: 'bundle install',
      setup: [expect.stringContaining('bin/rails db:prepare')],
      start: 'bundle exec rails server -b 127.0.0.1 -p "$PORT"',
      port: 3000,
    });
  });

  test('of one file needs no Gemfile: its gems come from Debian', async () => {
    const found = await detected({
      'app.rb': 'require "sinatra"\nrequire "json"\nset :port, 9494\nget("/") { erb :home }\n',
      'views/home.erb': '',
    });
    expect(found).toMatchObject({
      framework: 'sinatra',
      install: null,
      start: 'ruby app.rb -o 127.0.0.1 -p "$PORT"',
      port: 9494,
      system: { packages: expect.arrayContaining(['ruby-sinatra', 'ruby-json', 'puma']) },
    });
  });

  test('without a lock file may use the gems of Debian where the registry cannot be reached; with one never', async () => {
    const loose: Files = { Gemfile: 'gem "sinatra"\n', 'config.ru': 'run App' };
    const found = await detected(loose);
    expect(found.install).toMatch(/^bundle install \|\| \{ .*--local; \}$/);
    expect(found).toMatchObject({
      framework: 'sinatra',
      port: 9292,
      start: expect.stringMatching(/^bundle exec puma .*config\.ru$/),
    });
    expect((await detected({ ...loose, 'Gemfile.lock': '' })).install).toBe('bundle install');
  });

  test.each<[string, Files, boolean, string, RegExp]>([
    [
      'a version that Debian lacks',
      { ...RAILS, '.ruby-version': '3.4.1\n' },
      true,
      'runtime_unavailable',
      /3\.3/,
    ],
    [
      'a range that Debian lacks',
      { ...RAILS, Gemfile: 'ruby "~> 3.4.0"\ngem "rails"' },
      true,
      'runtime_unavailable',
      /3\.3/,
    ],
    ['a path', { ...RAILS, '.ruby-version': '/opt/evil\n' }, true, 'runtime_pin_refused', /ruby@/],
    ['no systems', RAILS, false, 'stack_unsupported', /--start/],
    ['a gem', { Gemfile: 'gemspec\n', 'lib/x.rb': '' }, true, 'stack_unsupported', /--start/],
    ['a command', { Gemfile: 'gemspec\n', 'exe/tool': '' }, true, 'nothing_to_run', /page/],
  ])('%s is refused, with what can be done', async (_name, files, systems, code, remedy) => {
    await expect(detected(files, systems)).rejects.toMatchObject({
      code,
      remedy: expect.stringMatching(remedy),
    });
  });

  test.each([
    ['3.1.2', 'bookworm'],
    ['ruby-2.7.4', 'bullseye'],
    ['3.3', 'trixie'],
  ])('a pin of Ruby %s is met by %s', async (pin, suite) => {
    const found = await detected({ ...RAILS, Gemfile: 'gem "rails"', '.ruby-version': `${pin}\n` });
    expect(found.system?.suite).toBe(suite);
  });

  test('no content of its files takes long', async () => {
    const started = performance.now();
    for (const text of ['gem '.repeat(20_000), 'ruby "'.repeat(10_000), `require ${' '.repeat(50_000)}"`])
      await detected({ Gemfile: text, 'app.rb': text, 'config.ru': '', 'index.html': '' });
    expect(performance.now() - started).toBeLessThan(3000);
  });
});
