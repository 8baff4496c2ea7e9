import { describe, expect, it } from '@jest/globals';
import { SecretValues, type ActionRecord, type Step } from '@showrunner/contracts';
import { pageElement, pageSnapshot } from '@showrunner/contracts/testing';
import { ruleDecider } from '../decide/rule-decider';
import type { PageObserver } from '../observer/page-observer';
import type { PageActor } from './page-actor';
import { InputPacer } from './pace';
import { performStep, type StepContext } from './perform-step';

const ORIGIN = 'http://s1.preview.localhost:4401';
const contextOf = (observer: PageObserver, actor: PageActor, pacer: InputPacer): StepContext => ({
  ...{ observer, actor, pacer, origin: ORIGIN, decider: ruleDecider, executed: [], firstSeen: new Map() },
  secrets: new SecretValues(),
});
const link = pageElement('link', 'New tab');
const TAB_GONE = 'Error: Target page, context or browser has been closed';

/** Clicks a link whose page is shown by the time the tool answers with an error, whether or not the click came through. */
const clickThatStumbles = (isDelivered: boolean): Promise<ActionRecord> => {
  let path = '/';
  const observer = {
    snapshot: async () => pageSnapshot([link], { path, fingerprint: path }),
    locate: async () => ({ selector: 'css=a', box: link.box, inViewport: true }),
    isMoving: async () => false,
    whenQuiet: () => Promise.resolve(false),
    whenChanged: () => new Promise((resolve) => setTimeout(resolve, 20)),
    isLoading: false,
    messages: async () => [],
    attend: async () => undefined,
    caused: { causedSince: () => [] },
    dialogs: [],
    currentOrigin: ORIGIN,
    hasCrashed: false,
  } as unknown as PageObserver;
  const pacer = new InputPacer();
  const actor = {
    act: async () => {
      pacer.begin({ pace: 'none', seed: '', keys: 1 });
      if (isDelivered) {
        pacer.note('Input.dispatchMouseEvent', { type: 'mousePressed' });
        pacer.note('Input.dispatchMouseEvent', { type: 'mouseReleased' });
        path = '/two';
      }
      const finished = Promise.resolve({ isError: true, text: TAB_GONE });
      return {
        started: { tool: 'browser_click', arguments: {}, box: link.box, calledAt: Date.now(), finished },
      };
    },
  } as unknown as PageActor;
  return performStep(contextOf(observer, actor, pacer), {
    feature: 'f',
    stepIndex: 0,
    step: {
      action: { type: 'click', target: { role: 'link', name: 'New tab', exact: true } },
      caption: 'Open it',
      success: { kind: 'url', path: '/two' },
      timeoutMs: 1000,
    },
    seq: 0,
    attempt: 1,
    pace: 'none',
  });
};

describe('a tool that answers with an error', () => {
  it('fails nothing that came true, once the page has had its input: the new tab that it looked at is closed', async () => {
    expect(await clickThatStumbles(true)).toMatchObject({ result: 'succeeded', verified: true });
  });

  it('fails the step at once when the page has had no input', async () => {
    const record = await clickThatStumbles(false);
    expect(record).toMatchObject({
      result: 'failed',
      error: 'The browser could not do it: Target page, context or browser has been closed',
    });
    expect(record.endMs - record.startMs).toBeLessThan(900);
  });
});

describe('a step of a plan by hand', () => {
  const act = (more: Pick<Step, 'success' | 'also'>, texts: readonly string[]): Promise<ActionRecord> => {
    let clicks = 0;
    const observer = {
      snapshot: async () => pageSnapshot([link], { text: texts[Math.min(clicks, texts.length - 1)] ?? '' }),
      locate: async () => ({ selector: 'css=a', box: link.box, inViewport: true }),
      isMoving: async () => false,
      whenQuiet: () => Promise.resolve(false),
      whenChanged: () => new Promise((resolve) => setTimeout(resolve, 20)),
      isLoading: false,
      messages: async () => [],
      placesOf: async () => [],
      storesText: async () => false,
      attend: async () => undefined,
      caused: { causedSince: () => [] },
      dialogs: [],
      currentOrigin: ORIGIN,
      hasCrashed: false,
    } as unknown as PageObserver;
    const pacer = new InputPacer();
    const actor = {
      act: async () => {
        clicks += 1;
        const finished = Promise.resolve({ isError: false, text: '' });
        return {
          started: { tool: 'browser_click', arguments: {}, box: link.box, calledAt: Date.now(), finished },
        };
      },
    } as unknown as PageActor;
    const action = { type: 'click', target: { role: 'link', name: 'New tab', exact: true } } as const;
    return performStep(contextOf(observer, actor, pacer), {
      ...{ feature: 'f', stepIndex: 0, seq: 0, attempt: 1, pace: 'none' },
      step: { action, caption: 'Do it', timeoutMs: 200, ...more },
    });
  };

  it('may claim nothing yet, and then counts once it was carried out', async () => {
    expect(await act({ success: { kind: 'done' } }, ['same'])).toMatchObject({ result: 'succeeded' });
  });

  it('counts only when all that it expects has come true', async () => {
    const success = { kind: 'textVisible', text: 'Saved' } as const;
    const also = [{ kind: 'textVisible', text: 'Two left' } as const];
    expect(await act({ success, also }, ['', 'Saved, Two left'])).toMatchObject({ verdict: 'verified' });
    expect(await act({ success, also }, ['', 'Saved'])).toMatchObject({
      result: 'failed',
      error: expect.stringContaining('"Two left" did not appear'),
    });
  });

  it('is proven by what is new of it, and by nothing where nothing is', async () => {
    const success = { kind: 'textVisible', text: 'Saved' } as const;
    const also = [{ kind: 'textVisible', text: 'Two left' } as const];
    expect(await act({ success, also }, ['Saved', 'Saved, Two left'])).toMatchObject({ verdict: 'verified' });
    expect(await act({ success, also }, ['Saved, Two left'])).toMatchObject({
      result: 'failed',
      error: expect.stringContaining('held before'),
    });
  });
});
