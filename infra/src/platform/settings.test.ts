import { describe, expect, test } from '@jest/globals';
import { readSettings } from './settings';

describe('readSettings', () => {
  test('starts everything on the usual ports when nothing is set', () => {
    const settings = readSettings({});
    expect(settings.components).toEqual(['postgres', 'redis', 'temporal', 'server', 'worker']);
    expect(settings.ports).toEqual({
      ...{ gateway: 4400, preview: 4401, project: 4410, sandbox: 4413, intent: 4411, editor: 4412 },
      ...{ worker: 4420 },
      ...{ temporal: 7233, temporalUi: 8233, postgres: 54329, redis: 63790 },
    });
  });

  test('does not start what the user runs already', () => {
    const { components } = readSettings({
      DATABASE_URL: 'postgresql://db/x',
      TEMPORAL_ADDRESS: 'temporal:7233',
    });
    expect(components).not.toContain('postgres');
    expect(components).not.toContain('temporal');
    expect(components).toContain('redis');
  });

  test('starts services each by itself where they are named', () => {
    const { components } = readSettings({
      SHOWRUNNER_COMPONENTS: 'gateway, project,sandbox,intent,editor,worker',
    });
    expect(components).toEqual(['worker', 'gateway', 'project', 'sandbox', 'intent', 'editor']);
  });

  test('different homes have different marks', () => {
    const [one, other] = ['/tmp/one', '/tmp/other'].map(
      (home) => readSettings({ SHOWRUNNER_HOME: home }).instance,
    );
    expect(one).not.toBe(other);
  });

  test.each([
    [{ REDIS_PORT: 'six' }, 'REDIS_PORT'],
    [{ REDIS_PORT: '70000' }, 'REDIS_PORT'],
    [{ REDIS_PORT: '4400' }, 'GATEWAY_PORT and REDIS_PORT are both 4400'],
    [{ SHOWRUNNER_COMPONENTS: 'redis,mysql' }, 'SHOWRUNNER_COMPONENTS names "mysql"'],
    [{ SHOWRUNNER_COMPONENTS: 'server,intent' }, 'names both "server" and "intent"'],
  ])('refuses %j', (env, message) => {
    expect(() => readSettings(env)).toThrow(
      expect.objectContaining({ code: 'invalid_configuration', message: expect.stringContaining(message) }),
    );
  });
});
