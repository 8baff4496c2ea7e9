import { parse } from '@babel/parser';
import { HandPlanSchema, InvalidInputError } from '@showrunner/contracts';
import type { Condition, HandPlan, StepAction } from '@showrunner/contracts';
import { Interpreter } from './interpreter';
import { Recording } from './recording';
import type { Draft, Lost } from './recording';
import { Scope, textOf, unknown } from './values';
import type { Statement, Value } from './values';

/** Largest file that is read, characters. */
export const MAX_TEST_CHARS = 256 * 1024;
const MOST_FEATURES = 20;
const MOST_STEPS = 30;

export interface ReadTest {
  plan: HandPlan;
  /** What of the file the plan does not hold. */
  notCarriedOver: Lost[];
}

interface Found {
  titles: string[];
  line: number;
  body: Extract<Value, { kind: 'function' }>;
  hooks: Extract<Value, { kind: 'function' }>[];
  fixtures: Map<string, Value>;
}

/**
 * A file of Playwright tests as a plan: what each test does as a feature, what it expects as success conditions. The file is read, never run;
 * what it imports from other files is not known.
 * @throws {InvalidInputError} `bad_test` when it cannot be parsed, `test_without_steps` when nothing of it can be filmed
 */
export function readTest(source: string, fileName: string): ReadTest {
  const lost: Lost[] = [];
  const { tests, interpreter } = testsOf(source, lost);
  const features: HandPlan['features'] = [];
  const ids = new Set<string>();
  const titleOfAll = sharedTitle(tests);
  for (const test of tests) {
    const recording = new Recording();
    interpreter.recording = recording;
    perform(interpreter, test);
    lost.push(...recording.lost);
    const steps = stepsOf(recording, test.line);
    if (steps.length === 0) {
      lost.push({
        line: test.line,
        what: titleOf(test, titleOfAll),
        why: 'nothing is left of it that a film could show',
      });
      continue;
    }
    if (features.length === MOST_FEATURES) {
      lost.push({
        line: test.line,
        what: titleOf(test, titleOfAll),
        why: `a plan has at most ${MOST_FEATURES} features`,
      });
      continue;
    }
    const title = titleOf(test, titleOfAll);
    features.push({
      ...{ id: idOf(title, ids), title, description: '', steps },
      kind: steps.some(makesSomething) ? 'create' : 'use',
      startPath: recording.startPath ?? '/',
    });
  }
  lost.sort((a, b) => a.line - b.line);
  if (features.length === 0) {
    const first = lost[0];
    throw new InvalidInputError(
      'test_without_steps',
      `Nothing of "${fileName}" can be filmed.${first === undefined ? '' : ` Line ${first.line}: ${first.what}: ${first.why}.`}`,
      {
        remedy: 'Name what is used by role, label or text, and expect something that is seen after it.',
        status: 422,
      },
    );
  }
  const title = (
    titleOfAll ?? fileName.replace(/^.*[\\/]/, '').replace(/\.(spec|test|e2e)?\.?[cm]?[jt]sx?$/, '')
  ).slice(0, 120);
  return {
    plan: HandPlanSchema.parse({ title: title.trim() === '' ? 'Test' : title, features }),
    notCarriedOver: lost,
  };
}

function parsed(source: string): Statement[] {
  if (source.length > MAX_TEST_CHARS) throw badTest('It is longer than 256 KiB.');
  try {
    const options = {
      sourceType: 'module',
      plugins: ['typescript', 'jsx', 'decorators', 'explicitResourceManagement'],
    } as const;
    return parse(source, { ...options, plugins: [...options.plugins] }).program.body;
  } catch (cause) {
    const { loc, message } = cause as { loc?: { line: number }; message?: string };
    // Nested so deeply that the parser gives up, it has no place.
    throw badTest(
      loc === undefined
        ? 'It is nested too deeply.'
        : `Line ${loc.line}: ${(message ?? '').split('\n')[0] ?? ''}`,
      cause,
    );
  }
}

const badTest = (why: string, cause?: unknown): InvalidInputError =>
  new InvalidInputError('bad_test', `This is no test that can be read. ${why.slice(0, 300)}`, {
    remedy: 'Give one TypeScript or JavaScript file with tests of @playwright/test.',
    cause,
  });

/** Goes through the file as running it would, and notes what it registers. */
function testsOf(source: string, lost: Lost[]): { tests: Found[]; interpreter: Interpreter } {
  const tests: Found[] = [];
  let around: { titles: string[]; hooks: Found['hooks'] } = { titles: [], hooks: [] };
  const interpreter: Interpreter = new Interpreter(source, {
    onTest({ name, args, test, line }) {
      const body = args.find((one): one is Found['body'] => one.kind === 'function');
      const title = textOf(args[0]);
      const isTest = ['test', 'only'].includes(name);
      if (name === 'beforeEach' && body) around.hooks.push(body);
      else if (name === 'step' && body) {
        interpreter.recording.nextCaption = title;
        interpreter.apply(body, []);
      } else if (name === 'describe' || name === 'parallel' || name === 'serial') {
        const before = around;
        around = {
          titles: [...before.titles, ...(title === undefined ? [] : [title])],
          hooks: [...before.hooks],
        };
        if (body) interpreter.apply(body, []);
        around = before;
      } else if (isTest && body && title !== undefined)
        tests.push({
          titles: [...around.titles, title],
          line,
          body,
          hooks: around.hooks,
          fixtures: test.fixtures,
        });
      else if (['skip', 'fixme', 'fail'].includes(name) && title !== undefined)
        lost.push({ line, what: title, why: 'the file itself leaves it out' });
      else if (['beforeAll', 'afterAll', 'afterEach'].includes(name))
        lost.push({ line, what: `test.${name}`, why: 'a film begins and ends by itself' });
    },
  });
  try {
    interpreter.run(parsed(source), new Scope());
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw badTest('It is nested too deeply.', error);
  }
  lost.push(...interpreter.recording.lost.filter(({ why }) => !why.includes('not known here')));
  return { tests, interpreter };
}

function perform(interpreter: Interpreter, { body, hooks, fixtures }: Found): void {
  const page: Value = { kind: 'page' };
  const members = new Map<string, Value>([['page', page]]);
  const given: Value = { kind: 'object', members };
  for (const name of ['context', 'browser', 'request', 'baseURL', 'browserName', 'isMobile'])
    members.set(name, unknown(`${name} is nothing that a plan has a word for`));
  for (const [name, made] of fixtures) {
    const maker = made.kind === 'array' ? made.items[0] : made;
    if (maker?.kind !== 'function' || name === 'page') continue;
    interpreter.apply(maker, [given, { kind: 'use', used: (value) => members.set(name, value) }]);
  }
  for (const hook of hooks) interpreter.apply(hook, [given]);
  interpreter.apply(body, [given]);
}

type PlanStep = HandPlan['features'][number]['steps'][number];

function stepsOf({ drafts, lost }: Recording, line: number): PlanStep[] {
  const steps = drafts.slice(0, MOST_STEPS).map(stepOf);
  if (drafts.length > MOST_STEPS)
    lost.push({ line, what: `step ${MOST_STEPS + 1}`, why: `a feature has at most ${MOST_STEPS} steps` });
  while (steps[steps.length - 1]?.success.kind === 'done') {
    const at = steps.length - 1;
    steps.pop();
    lost.push({
      line: drafts[at]?.line ?? line,
      what: drafts[at]?.caption ?? '',
      why: 'nothing says what is seen of it',
    });
  }
  return steps;
}

function stepOf({ action, conditions, otherwise, caption, dialog }: Draft): PlanStep {
  const [success = otherwise, ...also] = [...conditions]
    .sort((a, b) => rank(a, action) - rank(b, action))
    .slice(0, 8);
  return {
    ...{ action, caption, success, timeoutMs: 8000 },
    ...(also.length > 0 && { also }),
    ...(dialog !== undefined && { dialog }),
  };
}

/** What says most of an action first: what was entered is seen, then what appears, then what is gone, then the rest. */
function rank(condition: Condition, action: StepAction): number {
  const entered = action.type === 'type' ? action.text : undefined;
  if (condition.kind === 'textVisible')
    return entered !== undefined && condition.text.includes(entered) ? 0 : 1;
  return ['elementVisible', 'url', 'count', 'state', 'textHidden', 'elementHidden'].includes(condition.kind)
    ? 2
    : 3;
}

const makesSomething = ({ action }: PlanStep): boolean => action.type === 'type' && action.text !== '';

/** What all tests stand in. */
function sharedTitle(tests: readonly Found[]): string | undefined {
  const first = tests[0]?.titles.length === 1 ? undefined : tests[0]?.titles[0];
  return tests.every(({ titles }) => titles.length > 1 && titles[0] === first) ? first : undefined;
}

const titleOf = ({ titles }: Found, shared: string | undefined): string =>
  (shared === undefined ? titles : titles.slice(1)).join(' · ').trim().slice(0, 120) || 'Test';

function idOf(title: string, taken: Set<string>): string {
  const slug =
    title
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, 50)
      .replace(/^-+|-+$/g, '') || 'test';
  let id = slug;
  for (let number = 2; taken.has(id); number += 1) id = `${slug}-${number}`;
  taken.add(id);
  return id;
}
