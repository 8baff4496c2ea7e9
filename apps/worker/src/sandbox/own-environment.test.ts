import { describe, expect, it } from '@jest/globals';
import { AppError } from '@showrunner/contracts';
import type { BuildSpec } from '@showrunner/contracts';
import { maskOf, withOwnEnvironment } from './own-environment';

const SECRET = 'sk_live_51H/+ zebra';
const database = { builds: { openEnvironment: () => Promise.resolve({ STRIPE_SECRET: SECRET }) } } as never;
const buildSpec = { env: { STRIPE_SECRET: 'example', HOST: 'x' } } as unknown as BuildSpec;

describe('the own environment of an app', () => {
  it('is there where the app is started, above what was detected', async () => {
    const env = await withOwnEnvironment({ database }, { buildId: 'b', buildSpec }, (input) =>
      Promise.resolve(input.buildSpec.env),
    );
    expect(env).toEqual({ STRIPE_SECRET: SECRET, HOST: 'x' });
    expect(buildSpec.env['STRIPE_SECRET']).toBe('example');
  });

  it('fault 3: is in no failure, however the app said it', async () => {
    const told = (text: string) =>
      withOwnEnvironment({ database }, { buildId: 'b', buildSpec }, () =>
        Promise.reject(
          new AppError('app_exited', `The app ended: ${text}`, { status: 422, details: { log: [text] } }),
        ),
      ).catch((error: unknown) => error as AppError);
    for (const text of [SECRET, encodeURIComponent(SECRET), Buffer.from(SECRET).toString('base64')]) {
      const error = (await told(`bad key ${text}!`)) as AppError;
      expect(error).toMatchObject({
        ...{ code: 'app_exited', message: 'The app ended: bad key [secret]!', status: 422 },
        details: { log: ['bad key [secret]!'] },
      });
    }
  });

  it('leaves short values alone, which stand in every log by chance', () => {
    expect(maskOf(['1', 'true', '3000'])('1 true 3000')).toBe('1 true 3000');
  });
});
