import { describe, expect, it } from '@jest/globals';
import type { PageSnapshot, Step } from '@showrunner/contracts';
import { watchOutcome } from './watch-outcome';

const page = { path: '/', text: 'Close', elements: [] } as unknown as PageSnapshot;
const reply = { isError: true, text: 'No file chooser visible' };
const context = {
  observer: { snapshot: () => Promise.resolve(page), caused: { causedSince: () => [] }, hasCrashed: false },
  // The click of both came to the page.
  pacer: { isDelivered: true, delivered: Promise.resolve() },
} as unknown as Parameters<typeof watchOutcome>[0];
const started = { finished: Promise.resolve(reply) } as Parameters<typeof watchOutcome>[3];
const stepOf = (action: object): Step =>
  ({ action, caption: '', success: { kind: 'textVisible', text: 'Close' }, timeoutMs: 200 }) as Step;
const before = { ...page, text: '' };

describe('a tool that stumbles after its click', () => {
  it('has uploaded nothing, whatever the click brought up', async () => {
    const upload = stepOf({
      type: 'upload',
      target: { role: 'button', name: 'Import' },
      file: 'figures.csv',
    });
    expect(await watchOutcome(context, upload, before, started, 0)).toMatchObject({ holds: false });
  });
  it('may have clicked all the same', async () => {
    const click = stepOf({ type: 'click', target: { role: 'button', name: 'Import' } });
    expect(await watchOutcome(context, click, before, started, 0)).toMatchObject({ holds: true });
  });
});
