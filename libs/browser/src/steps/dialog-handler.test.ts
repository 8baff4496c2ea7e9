import { describe, expect, it } from '@jest/globals';
import { closeDialog } from './dialog-handler';
import type { PageActor } from './page-actor';

const alert = { type: 'alert', message: 'Wait' } as const;
const actor = (reply: () => Promise<{ isError: boolean; text: string }>): PageActor =>
  ({ callTool: reply }) as unknown as PageActor;

describe('a dialog that cannot be closed', () => {
  it('is given up after its time, whether the server refuses or says nothing', async () => {
    const silent = actor(() => new Promise(() => undefined));
    const refusing = actor(() => Promise.resolve({ isError: true, text: 'no dialog' }));
    for (const one of [silent, refusing])
      expect(await closeDialog(one, alert, () => true, undefined, 80)).toBe(false);
  });

  it('is closed otherwise, also by the page that leaves', async () => {
    expect(
      await closeDialog(
        actor(() => Promise.resolve({ isError: false, text: '' })),
        alert,
        () => true,
      ),
    ).toBe(true);
    expect(
      await closeDialog(
        actor(() => Promise.resolve({ isError: true, text: '' })),
        alert,
        () => false,
      ),
    ).toBe(true);
  });
});
