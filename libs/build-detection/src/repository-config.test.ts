import { describe, expect, test } from '@jest/globals';
import { listingOf } from './listing';
import { readRepositoryConfig } from './repository-config';

const read = (text: string) => readRepositoryConfig(listingOf({ 'showrunner.yaml': text }));

describe('showrunner.yaml', () => {
  test('says folder, commands and port', () => {
    expect(read('dir: web\ninstall: npm ci\nsetup:\n  - npm run db\nstart: npm start\nport: 3000\n')).toEqual(
      {
        dir: 'web',
        install: 'npm ci',
        setup: ['npm run db'],
        start: 'npm start',
        port: 3000,
      },
    );
    expect(read('')).toEqual({});
    expect(read('# nothing\n')).toEqual({});
    expect(readRepositoryConfig(listingOf({}))).toEqual({});
    expect(readRepositoryConfig(listingOf({ 'showrunner.yml': 'port: 1' }))).toEqual({ port: 1 });
  });

  test.each([
    ['network: all', /key "network" is not allowed, because the network is set by the operator/],
    ['allowHosts: [x]', /key "allowHosts" is not allowed/],
    ['memory: 8g', /key "memory" is not allowed, because limits/],
    ['limits: {cpus: 4}', /key "limits" is not allowed/],
    ['env: {A: b}', /key "env" is not allowed, because the environment/],
    ['secrets: [a]', /key "secrets" is not allowed/],
    ['start: a\nprivileged: true', /key "privileged" is not known/],
    ['__proto__: {start: x}', /key "__proto__" is not known/],
    ['<<: {start: x}', /key "<<" is not known/],
    ['port: 99999', /port: /],
    ['port: "3000"', /port: /],
    ['start: [a]', /start: /],
    ['start: ""', /start: /],
    ['- a', /no mapping/],
    ['words', /no mapping/],
    ['a: [', /cannot be used/],
    ['start: a\nstart: b', /duplicated/],
    ['start: a\n---\nstart: b', /single document/],
    ['start: !!js/function "x"', /tag/i],
    ['start: !secret x', /tag/i],
    ['a: &a [x]\nsetup: *a', /aliases are not taken/],
    [
      `a: &a [x,x]\n${[...'bcdefgh'].map((name, at) => `${name}: &${name} [*${'abcdefg'[at]},*${'abcdefg'[at]}]`).join('\n')}`,
      /aliases/,
    ],
    ['['.repeat(16_000), /cannot be used/],
    [`start: ${'x'.repeat(20_000)}`, /larger than 16 KiB/],
  ])('refuses %.40s', (text, why) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        code: 'repository_config_invalid',
        status: 400,
        message: expect.stringMatching(why),
        remedy:
          'Mend showrunner.yaml; it knows dir, install, setup, start, dockerfile, port and runtime, and nothing else.',
      }) as never,
    );
  });

  test.each(['{', '[', '"', '- ', '{a: ', '? ', '&a ', '!', '|\n', 'a: &a [*a]\n', '%', ': ', '\n'])(
    'full of %j it costs no more than a moment',
    (unit) => {
      const started = performance.now();
      for (const characters of [500, 4000, 16_000]) {
        try {
          read(unit.repeat(characters / unit.length));
        } catch (error) {
          expect(error).toMatchObject({ code: 'repository_config_invalid' });
        }
      }
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );
});
