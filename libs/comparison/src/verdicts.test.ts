import { describe, expect, it } from '@jest/globals';
import type { Feature, StepDifference } from '@showrunner/contracts';
import { changesOf } from './changes';
import { isRegressed, verdicts } from './verdicts';
import type { DrivenPlan, VerdictInput } from './verdicts';

const press = (id: string, name: string, more: Partial<Feature> = {}): Feature => ({
  ...{ id, kind: 'use', title: `Press ${name}`, description: '', startPath: '/' },
  steps: [
    {
      action: { type: 'click', target: { role: 'button', name, exact: true } },
      ...{
        caption: `Press ${name}`,
        success: { kind: 'textVisible', text: `${name} done` },
        timeoutMs: 8000,
      },
    },
  ],
  ...more,
});
const typing = (id: string, text: string): Feature => ({
  ...press(id, 'Add'),
  steps: [
    {
      action: { type: 'type', target: { role: 'textbox', name: 'Title', exact: true }, text, submit: true },
      ...{ caption: `Add ${text}`, success: { kind: 'textVisible', text }, timeoutMs: 8000 },
    },
  ],
});
/** A drive of features, in which those that are named fail: because what they act on is missing, or because nothing came of it. */
const driven = (features: Feature[], failing: Record<string, 'missing' | 'refuted'> = {}): DrivenPlan => ({
  features,
  outcomes: features.map(({ id: feature, title }) => ({
    ...{ feature, title, verified: !(feature in failing) },
    ...(feature in failing && { reason: 'it failed' }),
  })),
  actions: features.map(({ id: feature }) => ({
    ...{ feature, step: 0, verified: !(feature in failing) },
    ...(feature in failing && { error: `No ${feature}.` }),
    decision: {
      ...{ outcome: failing[feature] === 'missing' ? 'missing' : 'resolved', decidedBy: 'rules' },
      ...{ target: null, value: null, evidence: '' },
    } as never,
  })),
});
const input = (more: Partial<VerdictInput>): VerdictInput => ({
  ...{ baseName: 'main', head: driven([]), headAtBase: driven([]), base: null, baseAtHead: null },
  ...{ differences: new Map(), changes: null, baseFailure: null },
  ...more,
});
const told = (asked: Partial<VerdictInput>): Record<string, string> =>
  Object.fromEntries(verdicts(input(asked)).features.map(({ feature, verdict }) => [feature, verdict]));
const diff = (...lines: string[]): Pick<VerdictInput, 'changes'> => ({
  changes: changesOf(['diff --git a/i.html b/i.html', '@@ -1 +1 @@', ...lines].join('\n'), []),
});

describe('what a pull request does to a feature', () => {
  const [add, sort, archive] = [press('add', 'Add'), press('sort', 'Sort'), press('archive', 'Archive all')];
  const look: StepDifference = {
    ...{ step: 0, caption: 'Press Add', share: 0.02 },
    box: { x: 1, y: 2, width: 3, height: 4 },
  };

  it('is new when it cannot be proven at base', () => {
    const found = verdicts(
      input({ head: driven([add, sort]), headAtBase: driven([add, sort], { sort: 'missing' }) }),
    );
    expect(found.features).toEqual([
      { feature: 'add', title: 'Press Add', verdict: 'same', reason: '', differences: [] },
      {
        ...{ feature: 'sort', title: 'Press Sort', verdict: 'new', differences: [] },
        reason: 'Not at main: it failed',
      },
    ]);
    expect(isRegressed(found.features)).toBe(false);
  });

  it('is changed when it works at both and looks different', () => {
    const found = verdicts(
      input({ head: driven([add]), headAtBase: driven([add]), differences: new Map([['add', [look]]]) }),
    );
    expect(found.features).toMatchObject([
      { verdict: 'changed', reason: '1 step looks different.', differences: [look] },
    ]);
  });

  it('is the same after a refactoring, however the plan of base calls it', () => {
    const other = { ...add, id: 'other', title: 'Another name' };
    expect(
      told({
        ...{ head: driven([add]), headAtBase: driven([add]), base: driven([other]) },
        baseAtHead: driven([other]),
      }),
    ).toEqual({ add: 'same' });
  });

  it('is new, all of it, when nothing runs at base', () => {
    const found = verdicts(
      input({ head: driven([add]), headAtBase: null, baseFailure: { message: 'npm ended with 1.' } }),
    );
    expect(found.features).toMatchObject([
      { verdict: 'new', reason: 'Nothing runs at main: npm ended with 1.' },
    ]);
  });

  it('is broken when it works at base and no longer at head', () => {
    const lost = {
      ...{ head: driven([add]), headAtBase: driven([add]), base: driven([add, archive]) },
      baseAtHead: driven([add, archive], { archive: 'refuted' }),
    };
    const found = verdicts(input(lost));
    expect(found.features.at(-1)).toMatchObject({
      ...{ feature: 'archive', verdict: 'broken', reason: 'No archive.' },
    });
    expect(isRegressed(found.features)).toBe(true);
    // The button is there and its line was touched: it is broken all the same.
    expect(told({ ...lost, ...diff('-<button>Archive all</button>') })['archive']).toBe('broken');
    // Of the plan of head, too.
    expect(told({ head: driven([add], { add: 'refuted' }), headAtBase: driven([add]) })).toEqual({
      add: 'broken',
    });
  });

  it('is removed when what it acts on is gone from the page and from the source, and broken when only from the page', () => {
    const lost = {
      ...{ head: driven([add]), headAtBase: driven([add]), base: driven([archive]) },
      baseAtHead: driven([archive], { archive: 'missing' }),
    };
    expect(told({ ...lost, ...diff('-<button>Archive all</button>') })['archive']).toBe('removed');
    expect(told({ ...lost, ...diff('-let items = [];', '+let items;') })['archive']).toBe('broken');
    expect(told({ ...lost, ...diff('-Archive all', '+Archive all items') })['archive']).toBe('broken');
    expect(told(lost)['archive']).toBe('broken');
    expect(isRegressed(verdicts(input({ ...lost, ...diff('-<b>Archive</b>') })).features)).toBe(false);
  });

  it('goes the way of the feature that it needs', () => {
    const write = { ...typing('write', 'Plan the launch'), startPath: '/' };
    const finish = press('finish', 'Finish Plan the launch');
    const next = press('next', 'Next', { startPath: null });
    const features = [write, next, finish];
    const at = (failing: Record<string, 'missing' | 'refuted'>, changes: Partial<VerdictInput>) =>
      told({ base: driven(features), baseAtHead: driven(features, failing), ...changes });
    const all = { write: 'missing', next: 'missing', finish: 'missing' } as const;
    expect(at(all, diff('-<input aria-label="Title">'))).toEqual({
      ...{ write: 'removed', next: 'removed', finish: 'removed' },
    });
    // What fails by itself beside something removed is still broken.
    const alone = press('alone', 'Alone');
    expect(
      told({
        ...{ base: driven([write, alone]), ...diff('-<input aria-label="Title">') },
        baseAtHead: driven([write, alone], { write: 'missing', alone: 'missing' }),
      }),
    ).toEqual({ write: 'removed', alone: 'broken' });
  });

  it('is changed when it has another name', () => {
    const now = press('store', 'Store away');
    const found = verdicts(
      input({
        ...{ head: driven([now]), headAtBase: driven([now], { store: 'missing' }) },
        ...{ base: driven([archive]), baseAtHead: driven([archive], { archive: 'missing' }) },
        ...diff('-<button>Archive all</button>', '+<button>Store away</button>'),
      }),
    );
    expect(found.features).toMatchObject([
      { feature: 'store', verdict: 'changed', reason: 'At main it is “Press Archive all”.' },
    ]);
  });

  it('is not judged when it was never reached, or never worked', () => {
    const unreached = { ...driven([archive], { archive: 'refuted' }), actions: [] };
    const found = verdicts(input({ base: driven([archive]), baseAtHead: unreached }));
    expect(found).toEqual({
      features: [],
      notes: ['“Press Archive all” works at base and was not reached at head.'],
    });
    expect(
      told({
        ...{ base: driven([archive], { archive: 'refuted' }) },
        baseAtHead: driven([archive], { archive: 'refuted' }),
      }),
    ).toEqual({});
  });
});
