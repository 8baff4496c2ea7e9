import { describe, expect, it } from '@jest/globals';
import { createSandbox } from './create-sandbox';
import type { SandboxDependencies } from './dependencies';

describe('createSandbox', () => {
  it('says which provider this installation uses when another is asked for, and writes nothing', async () => {
    const deps = { provider: { name: 'local' } } as SandboxDependencies;
    const input = { buildId: 'b1', projectId: 'p1', provider: 'e2b' as const, labels: {} };
    await expect(createSandbox(deps, input)).rejects.toMatchObject({
      code: 'provider_not_configured',
      retryable: false,
      remedy: expect.stringContaining('"local"'),
    });
  });
});
