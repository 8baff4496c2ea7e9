import { describe, expect, it } from '@jest/globals';
import type { Decision, PageElement, PageSnapshot, StepToDecide } from '@showrunner/contracts';
import { pageElement, pageSnapshot } from '@showrunner/contracts/testing';
import { checkedDecision, decidedAction } from './check-decision';
import { findTarget } from './find-target';
import { resolveByRules, ruleDecider } from './rule-decider';

const element = (name: string, more: Partial<PageElement> = {}): PageElement =>
  pageElement('button', name, more);
const page = (...elements: PageElement[]): PageSnapshot => pageSnapshot(elements);
const target = (name: string) => ({ role: 'button', name, exact: true });
const clicking = (name: string): StepToDecide => ({
  action: { type: 'click', target: target(name) },
  caption: 'Click it',
});
const answer = (change: Partial<Decision>): Decision => ({
  by: 'model-1',
  outcome: 'resolved',
  target: target('Go'),
  confidence: 0.7,
  evidence: 'It says so.',
  ...change,
});

describe('rules that decide', () => {
  it('find by role and name, and are less sure of one among equals', () => {
    expect(resolveByRules(page(element('Go')), clicking('Go'))).toMatchObject({
      outcome: 'resolved',
      target: target('Go'),
      confidence: 1,
    });
    const four = page(...Array.from({ length: 4 }, () => element('Go')));
    expect(resolveByRules(four, clicking('Go')).confidence).toBe(0.25);
  });

  it('say what is missing and what cannot be used', () => {
    expect(resolveByRules(page(), clicking('Go'))).toMatchObject({
      outcome: 'missing',
      target: null,
      evidence: 'There is no button "Go" on the page.',
    });
    expect(resolveByRules(page(element('Go', { disabled: true })), clicking('Go'))).toMatchObject({
      outcome: 'disabled',
      evidence: 'The button "Go" is disabled.',
    });
  });

  it('need no target where the action needs none', () => {
    const press: StepToDecide = { action: { type: 'press', key: 'Enter' }, caption: 'Press Enter' };
    expect(resolveByRules(page(), press)).toMatchObject({ outcome: 'resolved', target: null });
  });
});

describe('what a decider answers', () => {
  it('is taken only for what is on the page and can be used', () => {
    const shown = page(element('Go'), element('Off', { disabled: true }));
    const check = (change: Partial<Decision>): Decision =>
      checkedDecision(answer(change), shown, clicking('Launch'));
    expect(check({})).toEqual(answer({}));
    expect(check({ target: target('Stop') })).toMatchObject({
      outcome: 'missing',
      target: null,
      confidence: 0,
    });
    expect(check({ target: null })).toMatchObject({ outcome: 'missing' });
    expect(check({ target: target('Off') })).toMatchObject({ outcome: 'disabled', by: 'model-1' });
    expect(() => check({ confidence: 7 })).toThrow();
  });

  it('replaces the target, and nothing else of the action', () => {
    const typed = { type: 'type', target: target('Launch'), text: 'x', submit: true } as const;
    expect(decidedAction(typed, answer({}))).toEqual({ ...typed, target: target('Go') });
    expect(decidedAction({ type: 'navigate', path: '/' }, answer({}))).toEqual({
      type: 'navigate',
      path: '/',
    });
  });
});

describe('looking for a target', () => {
  it('goes on until it is there, asking about each page anew', async () => {
    let looks = 0;
    const node = { selector: 'css=x', box: { x: 0, y: 0, width: 1, height: 1 }, inViewport: true };
    const observer = {
      snapshot: () => Promise.resolve((looks += 1) < 3 ? page() : page(element('Go'))),
      locate: () => Promise.resolve(node),
    };
    const resolve = (shown: PageSnapshot) => ruleDecider.resolve(shown, clicking('Go'));
    expect(await findTarget(observer, resolve, Date.now() + 5000)).toMatchObject({
      found: { index: 0, node },
    });
    expect(looks).toBe(3);
    looks = 0;
    expect(await findTarget(observer, resolve, Date.now() - 1)).toMatchObject({
      decision: { outcome: 'missing' },
    });
    expect(looks).toBe(1);
  });
});
