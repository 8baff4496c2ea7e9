import { describe, expect, it } from '@jest/globals';
import { CreateRunSchema } from '@showrunner/contracts';
import { readEnv, readSize, runRequest } from './film-options';

const options = { env: [], size: '1280x720', pace: 'normal', out: 'out' };

describe('film options', () => {
  it('make a request that the API takes', () => {
    const request = runRequest('p1', {
      ...options,
      env: ['A=b=c'],
      port: '3000',
      start: 'npm run x',
      keep: true,
    });
    expect(CreateRunSchema.parse(request)).toMatchObject({
      projectId: 'p1',
      overrides: { env: { A: 'b=c' }, port: 3000, start: 'npm run x' },
      keepSandbox: true,
      size: { width: 1280, height: 720 },
      pace: 'normal',
    });
  });

  it('hand the looks of the film on, and name those that are none', () => {
    const request = runRequest('p1', { ...options, aspect: '9:16', theme: 'aurora' });
    expect(CreateRunSchema.parse(request)).toMatchObject({ aspect: '9:16', theme: 'aurora' });
    expect(CreateRunSchema.parse(runRequest('p1', options))).not.toHaveProperty('theme');
    for (const [look, named] of [
      [{ aspect: '3:2' }, '--aspect 3:2'],
      [{ theme: 'neon' }, '--theme neon'],
    ] as const) {
      const refused = { code: 'bad_output', message: expect.stringContaining(named) };
      expect(() => runRequest('p1', { ...options, ...look })).toThrow(expect.objectContaining(refused));
    }
  });

  it('leave the provider to SANDBOX_PROVIDER of the platform unless one is named', () => {
    expect(runRequest('p1', options)).not.toHaveProperty('provider');
    expect(runRequest('p1', { ...options, provider: 'docker' })).toMatchObject({ provider: 'docker' });
  });

  it.each(['big', '1281x720', '100x100', '1280×720', '9999x9999'])('refuse the size %s', (size) => {
    expect(() => readSize(size)).toThrow(expect.objectContaining({ code: 'bad_size' }));
  });

  it('refuse a bad variable, port or provider, and say what to do', () => {
    expect(() => readEnv(['NOVALUE'])).toThrow(expect.objectContaining({ code: 'bad_env' }));
    expect(() => runRequest('p', { ...options, port: '99999' })).toThrow(
      expect.objectContaining({ code: 'bad_port' }),
    );
    expect(() => runRequest('p', { ...options, provider: 'cloud9' })).toThrow(
      expect.objectContaining({
        code: 'unknown_provider',
        remedy: 'Choose one of: local, docker, daytona, e2b.',
      }),
    );
  });
});
