import { parse } from '@babel/parser';
import { describe, expect, it } from '@jest/globals';
import { PlanSchema } from '@showrunner/contracts';
import type { Condition, Plan, StepAction, Target } from '@showrunner/contracts';
import fc from 'fast-check';
import { everyStepPlan } from '../testing/every-step';
import { exportTest } from './export-test';
import type { RunToExport } from './export-test';
import { comment, pattern, quote, textPattern } from './literal';

const NASTY = [
  "'); process.exit(1); ('",
  '`${1}`',
  '*/ evil(); /*',
  '\u2028evil()',
  '\\',
  '//',
  '</script>',
  '\n',
];
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom(...NASTY),
  fc.string().map((one) => `${one}'+evil()+'`),
);
const some = text.filter((one) => one.length > 0);
const target: fc.Arbitrary<Target> = fc.record(
  {
    role: fc.oneof(some, fc.constantFrom('button', 'listitem', 'generic', 'checkbox', 'canvas', 'textbox')),
    name: text,
    exact: fc.boolean(),
    nth: fc.nat(5),
    within: fc.record({ role: fc.oneof(text, fc.constant('region')), name: text }),
  },
  { requiredKeys: ['role', 'name', 'exact'] },
);
const action: fc.Arbitrary<StepAction> = fc.oneof(
  fc.record({ type: fc.constant('navigate' as const), path: text.map((one) => `/${one}`) }),
  fc.record({
    type: fc.constantFrom('click' as const, 'doubleClick' as const, 'hover' as const, 'scroll' as const),
    target,
  }),
  fc.record({ type: fc.constant('drag' as const), target, to: target }),
  fc.record({ type: fc.constant('type' as const), target, text, submit: fc.boolean() }),
  fc.record({ type: fc.constant('press' as const), key: text, target }),
  fc.record({ type: fc.constant('select' as const), target, option: text }),
  fc.record({
    type: fc.constant('upload' as const),
    target,
    file: fc.constantFrom('harbour.png' as const, 'notes.txt' as const),
  }),
);
const success: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ kind: fc.constant('textVisible' as const), text: some }),
  fc.record({ kind: fc.constant('textHidden' as const), text: some, beside: some }),
  fc.record({
    kind: fc.constantFrom(
      'elementVisible' as const,
      'elementHidden' as const,
      'inViewport' as const,
      'pictureChanged' as const,
    ),
    target,
  }),
  fc.record({ kind: fc.constant('url' as const), path: text, pattern: text }),
  fc.record({
    kind: fc.constant('count' as const),
    role: text,
    name: text,
    equals: fc.nat(9),
    change: fc.constantFrom('more' as const, 'fewer' as const),
  }),
  fc.record({ kind: fc.constant('value' as const), target, equals: text }),
  fc.record({
    kind: fc.constant('state' as const),
    target,
    state: fc.constantFrom('checked' as const, 'pressed' as const, 'selected' as const),
    equals: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('under' as const), target, heading: target }),
  fc.record({ kind: fc.constant('textOrder' as const), first: some, then: some }),
  fc.constant({ kind: 'themeChanged' as const }),
  fc.constant({ kind: 'textChanged' as const }),
  fc.constant({
    kind: 'value' as const,
    target: { role: 'audio', name: '', exact: true },
    equals: 'playing',
  }),
  fc.constant({
    kind: 'pictureChanged' as const,
    target: { role: 'application', name: '', exact: true },
  }),
);
const step = fc.record({
  action,
  success,
  caption: some,
  timeoutMs: fc.constantFrom(8000, 9000),
  dialog: fc.record({ accept: fc.boolean(), text }),
});
const feature = fc.record({
  title: some,
  startPath: fc.option(text.map((one) => `/${one}`)),
  steps: fc.array(step, { minLength: 1, maxLength: 3 }),
  isShown: fc.boolean(),
  reason: text,
});

const runOf = (
  title: string,
  features: (typeof feature extends fc.Arbitrary<infer F> ? F : never)[],
): RunToExport => ({
  runId: 'r1',
  plan: {
    title,
    features: features.map((one, at) => ({ ...one, id: `f${at}`, kind: 'use' as const, description: '' })),
  },
  outcomes: features.map(({ isShown, reason }, at) => ({ feature: `f${at}`, verified: isShown, reason })),
  actions: [],
  size: { width: 1280, height: 720 },
});

/** Everything in a file that could do something: names that are used or called. */
function namesIn(source: string): Set<string> {
  const names = new Set<string>();
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk);
    if (node === null || typeof node !== 'object') return;
    const { type, name } = node as { type?: unknown; name?: unknown };
    if (type === 'Identifier' && typeof name === 'string') names.add(name);
    if (type === 'RegExpLiteral') new RegExp((node as { pattern: string }).pattern);
    Object.entries(node).forEach(([key, value]) => key !== 'loc' && walk(value));
  };
  walk(parse(source, { sourceType: 'module', plugins: ['typescript'] }).program);
  return names;
}

describe('a produced file', () => {
  it('parses and does nothing that a page asks for, whatever pages and plans hold', () => {
    const known = new Set<string>();
    // What a file of our own says: both forms of answers to questions of the browser, and every function.
    const everything = runOf('t', [
      {
        title: 'f',
        startPath: '/',
        isShown: true,
        reason: '',
        steps: fc.sample(step, { numRuns: 2000, seed: 7 }),
      },
    ]);
    for (const name of namesIn(exportTest(everything).source)) known.add(name);
    for (const name of namesIn(exportTest(fromPlan(everyStepPlan())).source)) known.add(name);
    expect([...known].filter((name) => /evil|exit/.test(name))).toEqual([]);
    fc.assert(
      fc.property(some, fc.array(feature, { minLength: 1, maxLength: 3 }), (title, features) => {
        const { source, fileName } = exportTest(runOf(title, features));
        expect([...namesIn(source)].filter((name) => !known.has(name))).toEqual([]);
        expect(fileName).toMatch(/^[a-z0-9][a-z0-9-]*\.spec\.ts$/);
        // Nothing that an editor shows otherwise than it is.
        expect(source).not.toMatch(/[\u2028\u2029\u202a-\u202e\u2066-\u2069\0]/u);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('says what it does not hold, in a comment and beside it', () => {
    const plan = everyStepPlan();
    const [first, second] = plan.features;
    const run = fromPlan(plan);
    const { source, notCarriedOver } = exportTest({
      ...run,
      outcomes: run.outcomes.map((one, at) =>
        at === 1 ? { ...one, verified: false, reason: 'Nothing\nhappened.' } : one,
      ),
    });
    expect(notCarriedOver).toEqual([`${second?.title ?? ''}: it was not shown. Nothing happened.`]);
    expect(source).toContain(`// - ${second?.title ?? ''}: it was not shown. Nothing happened.\n`);
    expect(source).toContain(`test('${first?.title ?? ''}'`);
    expect(source).not.toContain(`test('${second?.title ?? ''}'`);
  });

  it('acts on what the run has found where the plan was no longer right', () => {
    const plan = PlanSchema.parse(everyStepPlan());
    const found = { role: 'button', name: 'Add someone', exact: true };
    const decision = {
      by: 'model-1',
      outcome: 'resolved' as const,
      target: found,
      confidence: 1,
      evidence: 'x',
    };
    const { source } = exportTest({
      ...fromPlan(plan),
      actions: [{ feature: 'f0', step: 1, verified: true, decision }],
    });
    expect(source).toContain(
      "page.getByRole('button', { name: 'Add someone', exact: true }).first().click();",
    );
  });

  it('names two features alike only once', () => {
    const { features } = everyStepPlan();
    const plan = { title: 'x', features: features.slice(0, 2).map((one) => ({ ...one, title: 'Same' })) };
    const { source } = exportTest({ ...fromPlan(everyStepPlan()), plan });
    expect(source).toContain("test('Same',");
    expect(source).toContain("test('Same (2)',");
  });
});

const fromPlan = (plan: Plan): RunToExport => ({
  ...{ runId: 'r1', plan, actions: [], size: { width: 1280, height: 720 } },
  outcomes: plan.features.map(({ id }) => ({ feature: id, verified: true })),
});

describe('literals', () => {
  it('mean the text that they were made of', () => {
    fc.assert(
      fc.property(text, (one) => {
        // The only way to see what a literal means.
        expect(new Function(`return ${quote(one)}`)()).toBe(one);
        expect(comment(one)).not.toMatch(/[\n\r\u2028\u2029]/u);
      }),
    );
  });

  it('find words however the markup spaces them, and no part of a number', () => {
    const means = (literal: string): RegExp => new RegExp(literal.slice(1, -1));
    expect(means(pattern('a (b)', { between: '\\s*' })).test('xa(b)x')).toBe(true);
    expect(means(textPattern('1 left')).test('11 left')).toBe(false);
    expect(means(textPattern('1 left')).test('so 1\n left')).toBe(true);
    expect(means(textPattern('v2')).test('v21')).toBe(false);
  });
});

it('asks its environment for secrets, says which, and holds pages to anything in their place', () => {
  const target = { role: 'textbox', name: 'Key', exact: true };
  const plan = PlanSchema.pick({ title: true, features: true }).parse({
    title: 'Keys',
    features: [
      {
        ...{ id: 'f', kind: 'create', title: 'Keep', description: '', startPath: '/' },
        steps: [
          {
            action: { type: 'type', target, text: '••••', secret: 'API-key' },
            caption: 'Enter the key',
            success: { kind: 'value', target, equals: '••••' },
          },
          {
            action: { type: 'press', key: 'Enter' },
            caption: 'Send it',
            success: { kind: 'textVisible', text: 'Saved ••••' },
          },
        ],
      },
    ],
  });
  const outcomes = [{ feature: 'f', verified: true }];
  const size = { width: 640, height: 360 };
  const { source, notCarriedOver } = exportTest({ runId: 'r', plan, outcomes, actions: [], size });
  expect(source).toContain(".fill(process.env['SECRET_API_KEY'] ?? '')");
  expect(source).toContain(".not.toHaveValue('')");
  expect(source).toContain('Saved\\s+\\S+?');
  expect(source).not.toContain('••••');
  expect(notCarriedOver).toEqual(['What is secret: set SECRET_API_KEY for the test.']);
});
