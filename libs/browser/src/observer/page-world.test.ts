import { describe, expect, it } from '@jest/globals';
import { SessionLostError } from '@showrunner/contracts';
import { PageWorld } from './page-world';

const world = (send: (method: string) => Promise<unknown>): PageWorld =>
  new PageWorld(
    <T>(method: string) => send(method) as Promise<T>,
    () => 'frame',
    () => false,
    50,
  );

describe('a page that does not answer', () => {
  it('ends the session instead of being waited for without a limit', async () => {
    const silent = world(() => new Promise(() => undefined));
    await expect(silent.run('1 + 1')).rejects.toThrow(SessionLostError);
  });

  it('is told from one that does', async () => {
    const answers = world((method) =>
      Promise.resolve(
        method === 'Page.createIsolatedWorld' ? { executionContextId: 1 } : { result: { value: 2 } },
      ),
    );
    expect(await answers.run('1 + 1')).toBe(2);
  });
});
