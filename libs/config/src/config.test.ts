import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { AppError } from '@showrunner/contracts';
import { appConfigSchemas, gatewayConfigSchema, projectConfigSchema, workerConfigSchema } from './apps';
import { envExample } from './env-example';
import { descriptionOf, isSecret, loadConfig } from './load-config';
import { toolCatalogue } from './tools';
import { variables } from './variables';

const token = { INTERNAL_TOKEN: 'a-token-of-enough-length' };
const failureOf = (work: () => unknown): AppError => {
  try {
    work();
  } catch (error) {
    return error as AppError;
  }
  throw new RangeError('It did not fail.');
};

describe('loadConfig', () => {
  it('gives defaults, numbers and lists', () => {
    expect(loadConfig(gatewayConfigSchema, token)).toMatchObject({
      GATEWAY_PORT: 4400,
      PREVIEW_PORT: 4401,
      BIND_HOST: '127.0.0.1',
      TEMPORAL_NAMESPACE: 'default',
      S3_BUCKET: 'showrunner',
    });
    const config = loadConfig(projectConfigSchema, {
      ...token,
      SOURCE_ALLOWED_HOSTS: 'git.local:8080, 10.0.0.1,',
    });
    expect(config.SOURCE_ALLOWED_HOSTS).toEqual(['git.local:8080', '10.0.0.1']);
    expect(loadConfig(workerConfigSchema, { ...token, SESSION_MAX_MS: '5000', LOG_LEVEL: '' })).toMatchObject(
      {
        SESSION_MAX_MS: 5000,
        LOG_LEVEL: 'info',
      },
    );
  });

  it.each([
    'apps.example.com',
    'ftp://apps.example.com',
    'https://a:b@example.com',
    'https://example.com/x',
    'https://10.0.0.1',
    'https://example.com?x',
  ])('refuses %s as the base of previews, and says what it must look like', (PREVIEW_BASE_URL) => {
    const failure = failureOf(() => loadConfig(gatewayConfigSchema, { ...token, PREVIEW_BASE_URL }));
    expect(failure.message).toMatch(/PREVIEW_BASE_URL.*such as https:\/\/apps\.example\.com/s);
  });

  it.each(['https://apps.example.com', 'http://preview.localhost:4401/'])(
    'takes %s as the base of previews',
    (PREVIEW_BASE_URL) => {
      expect(loadConfig(gatewayConfigSchema, { ...token, PREVIEW_BASE_URL })).toMatchObject({
        PREVIEW_BASE_URL,
      });
    },
  );

  it('names each bad variable, what it is for and the remedy', () => {
    const failure = failureOf(() =>
      loadConfig(gatewayConfigSchema, { GATEWAY_PORT: '99999', LOG_LEVEL: 'loud', TEMPORAL_UI_URL: 'x' }),
    );
    expect(failure.code).toBe('invalid_configuration');
    for (const name of [
      'GATEWAY_PORT is "99999"',
      'LOG_LEVEL is "loud"',
      'TEMPORAL_UI_URL is "x"',
      'INTERNAL_TOKEN is not set',
    ]) {
      expect(failure.message).toContain(name);
    }
    expect(failure.message).toContain('Port of the REST API.');
    expect(failure.remedy).toContain('.env.example');
  });

  it('does not show secrets', () => {
    const failure = failureOf(() =>
      loadConfig(gatewayConfigSchema, { INTERNAL_TOKEN: 'short', DATABASE_URL: 'mysql://user:hunter2@host' }),
    );
    expect(failure.message).toContain('INTERNAL_TOKEN (hidden)');
    expect(failure.message).not.toMatch(/short|hunter2/);
  });
});

describe('variables', () => {
  const all = Object.assign({}, ...Object.values(variables)) as Record<
    string,
    Parameters<typeof descriptionOf>[0]
  >;

  it('each has a description', () => {
    for (const [name, field] of Object.entries(all))
      expect([name, descriptionOf(field)]).toEqual([name, expect.stringMatching(/.{10}/)]);
  });

  it('that hold secrets are marked', () => {
    const marked = Object.keys(all).filter((name) => isSecret(all[name]));
    const sounding = Object.keys(all).filter((name) =>
      /TOKEN(?!S)|KEY|_SECRET$|DATABASE_URL|REDIS_URL/.test(name),
    );
    expect(marked.sort()).toEqual(sounding.sort());
  });

  it('include the path of every program that can be set', () => {
    const settings = toolCatalogue.flatMap(({ setting }) => setting ?? []);
    expect(Object.keys(all)).toEqual(expect.arrayContaining(settings));
  });

  it('of every app are listed', () => {
    for (const schema of Object.values(appConfigSchemas)) {
      for (const name of Object.keys(schema.shape)) expect(Object.keys(all)).toContain(name);
    }
  });
});

describe('.env.example', () => {
  it('lists every variable with description and default', () => {
    expect(readFileSync(resolve(import.meta.dirname, '../../../.env.example'), 'utf8')).toBe(envExample());
  });
});
