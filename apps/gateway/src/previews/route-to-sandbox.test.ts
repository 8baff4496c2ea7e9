import { describe, expect, it } from '@jest/globals';
import type { SandboxProviderName } from '@showrunner/contracts';
import type { SandboxRecord } from '@showrunner/database';
import type { SandboxProvider } from '@showrunner/sandbox';
import type { OpenProvider } from '@showrunner/sandbox-providers';
import { routeToSandbox } from './route-to-sandbox';

const RECORDS: Record<string, Pick<SandboxRecord, 'provider' | 'providerId'>> = {
  'sbx-here': { provider: 'local', providerId: null },
  'sbx-away': { provider: 'e2b', providerId: 'i4x' },
  'sbx-gone': { provider: 'e2b', providerId: 'i0' },
};
const KNOWN: Partial<Record<SandboxProviderName, string[]>> = {
  local: ['sbx-here'],
  e2b: ['i4x'],
  docker: ['sbx-unrecorded'],
};

/** A platform set up for docker; routes name the provider and the sandbox that they lead to. */
function routes() {
  const opened: (SandboxProviderName | undefined)[] = [];
  const open: OpenProvider = async (name) => {
    opened.push(name);
    const at = name ?? 'docker';
    const get = async (id: string) =>
      KNOWN[at]?.includes(id)
        ? { route: async (port: number) => ({ kind: 'origin', url: new URL(`http://${at}/${id}:${port}`) }) }
        : undefined;
    return { get } as unknown as SandboxProvider;
  };
  const find = async (id: string) => (RECORDS[id] ?? null) as SandboxRecord | null;
  return { opened, route: routeToSandbox(open, { sandboxes: { find } }) };
}

describe('the route to a sandbox', () => {
  it.each([
    ['sbx-here', 'http://local/sbx-here:80'],
    ['sbx-away', 'http://e2b/i4x:80'],
    ['sbx-unrecorded', 'http://docker/sbx-unrecorded:80'],
  ])('of %s leads to its own provider, whatever is configured', async (id, url) => {
    expect(await routes().route(id, 80)).toMatchObject({ url: new URL(url) });
  });

  it('is none when its provider no longer knows it, and no other provider is asked', async () => {
    const { route, opened } = routes();
    expect(await route('sbx-gone', 80)).toBeUndefined();
    expect(opened).toEqual(['e2b']);
  });
});
