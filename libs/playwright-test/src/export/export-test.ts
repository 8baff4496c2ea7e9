import { SAMPLE_PASSWORD } from '@showrunner/contracts';
import type { ActionRecord, FeatureOutcome, FrameSize, Plan, Step } from '@showrunner/contracts';
import { actionOf } from './action';
import { expectationOf } from './expectation';
import { comment, quote, variableOf } from './literal';
import { PAGE_FUNCTIONS } from './page-functions';
import type { PageFunction } from './page-functions';

export interface RunToExport {
  runId: string;
  plan: Pick<Plan, 'title' | 'features'>;
  outcomes: readonly Pick<FeatureOutcome, 'feature' | 'verified' | 'reason'>[];
  /** Of the run; a target that was found otherwise than planned is taken from here. */
  actions: readonly Pick<ActionRecord, 'feature' | 'step' | 'verified' | 'decision'>[];
  size: FrameSize;
}

export interface ExportedTest {
  fileName: string;
  /** TypeScript, for `@playwright/test`. */
  source: string;
  /** What the test does not hold, or says less of, one sentence each; stands in `source`, too. */
  notCarriedOver: string[];
}

const TEST_MS = 30_000;
const STEP_MS = 10_000;

/**
 * What a run has shown as a Playwright test: one `test()` a verified feature, in order and on one page, as the film did it. Pure. Texts of plan
 * and page only ever become literals and comments of one line.
 */
export function exportTest({ runId, plan, outcomes, actions, size }: RunToExport): ExportedTest {
  const notCarriedOver: string[] = [];
  const calls = new Set<PageFunction>();
  const titles = new Set<string>();
  const tests: string[] = [];
  const secrets = new Set<string>();
  let hasAnswers = false;
  for (const feature of plan.features) {
    const outcome = outcomes.find((one) => one.feature === feature.id);
    if (outcome?.verified !== true) {
      notCarriedOver.push(
        `${feature.title}: it was not shown. ${outcome?.reason ?? ''}`.replace(/\s+/g, ' ').trim(),
      );
      continue;
    }
    const typed: string[] = [];
    const steps = feature.steps.map((planned, stepIndex) => {
      const step = asFound(planned, actions, feature.id, stepIndex);
      if (step.action.type === 'type') typed.push(step.action.text);
      if (step.action.type === 'type' && typeof step.action.secret === 'string')
        secrets.add(step.action.secret);
      const done = actionOf(step);
      const expected = expectationOf(step, typed);
      for (const one of [...done.calls, ...expected.calls]) calls.add(one);
      const lost = [done.lost].filter((one) => one !== undefined);
      notCarriedOver.push(...lost.map((one) => `${feature.title} · ${step.caption}: ${one}`));
      const answer = answerOf(step);
      hasAnswers ||= answer.length > 0;
      return block(`  await test.step(${quote(step.caption)}, async () => {`, [
        ...lost.map((one) => comment(one)),
        ...expected.before,
        ...answer,
        ...done.lines,
        ...expected.after,
      ]);
    });
    const start = feature.startPath === null ? [] : [`  await page.goto(${quote(feature.startPath)});`];
    tests.push(
      [`test(${quote(unique(feature.title, titles))}, async () => {`, ...start, ...steps, '});'].join('\n'),
    );
  }
  const mostSteps = Math.max(0, ...plan.features.map(({ steps }) => steps.length));
  const fileName = `${slugOf(plan.title)}.spec.ts`;
  secrets.delete(SAMPLE_PASSWORD.name);
  if (secrets.size > 0)
    notCarriedOver.push(`What is secret: set ${[...secrets].map(variableOf).join(', ')} for the test.`);
  const head = headOf({ title: plan.title, runId, fileName, notCarriedOver });
  const source = [
    head,
    importsOf(calls, hasAnswers),
    setUp(size, TEST_MS + mostSteps * STEP_MS, hasAnswers),
    ...[...calls].map((name) => PAGE_FUNCTIONS[name]),
    ...tests,
  ].join('\n\n');
  return { fileName, source: `${source}\n`, notCarriedOver };
}

/** The step with the target that was acted on, where the plan's was not there and another was found for it. */
function asFound(step: Step, actions: RunToExport['actions'], feature: string, stepIndex: number): Step {
  const record = actions.find((one) => one.feature === feature && one.step === stepIndex && one.verified);
  const target = record?.decision?.outcome === 'resolved' ? record.decision.target : null;
  if (target == null || !('target' in step.action) || step.action.target === undefined) return step;
  return { ...step, action: { ...step.action, target } };
}

function answerOf({ dialog }: Step): string[] {
  if (dialog === undefined) return [];
  const { accept, text } = dialog;
  return [
    `answer = (dialog) => dialog.${accept ? `accept(${text === undefined ? '' : quote(text)})` : 'dismiss()'};`,
  ];
}

const block = (open: string, lines: readonly string[]): string =>
  [open, ...lines.map((line) => `    ${line}`), '  });'].join('\n');

function unique(title: string, taken: Set<string>): string {
  let name = title.trim() === '' ? 'Feature' : title;
  for (let number = 2; taken.has(name); number += 1) name = `${title} (${number})`;
  taken.add(name);
  return name;
}

const slugOf = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '') || 'run';

function headOf({
  title,
  runId,
  fileName,
  notCarriedOver,
}: Pick<ExportedTest, 'fileName' | 'notCarriedOver'> & { title: string; runId: string }): string {
  return [
    comment(`${title}: what run ${runId} has shown.`),
    comment(
      `Start the app as if nobody had used it, then: BASE_URL=http://localhost:3000 npx playwright test ${fileName}`,
    ),
    ...(notCarriedOver.length > 0 ? ['//', comment('Not carried over:')] : []),
    ...notCarriedOver.map((one) => comment(`- ${one}`)),
  ].join('\n');
}

function importsOf(calls: ReadonlySet<PageFunction>, hasAnswers: boolean): string {
  const usesLocator = [...calls].some((name) => PAGE_FUNCTIONS[name].includes(': Locator'));
  const types = [...(hasAnswers ? ['Dialog'] : []), ...(usesLocator ? ['Locator'] : []), 'Page'].join(', ');
  return `import { expect, test } from '@playwright/test';\nimport type { ${types} } from '@playwright/test';`;
}

function setUp({ width, height }: FrameSize, timeoutMs: number, hasAnswers: boolean): string {
  const usual = `dialog.type() === 'prompt' ? dialog.dismiss() : dialog.accept()`;
  const onDialog = hasAnswers
    ? [
        `  page.on('dialog', (dialog) => {`,
        `    const say = answer ?? (() => (${usual}));`,
        '    answer = undefined;',
        '    return say(dialog);',
        '  });',
      ]
    : [`  page.on('dialog', (dialog) => (${usual}));`];
  return [
    '// One page for all, in this order: a feature may go on from where the one before has ended.',
    `test.describe.configure({ mode: 'serial', timeout: ${timeoutMs} });`,
    '',
    'let page: Page;',
    ...(hasAnswers ? ['let answer: ((dialog: Dialog) => Promise<void>) | undefined;'] : []),
    '',
    'test.beforeAll(async ({ browser, baseURL }) => {',
    '  page = await browser.newPage({',
    `    baseURL: process.env['BASE_URL'] ?? baseURL ?? 'http://localhost:3000',`,
    `    viewport: { width: ${width}, height: ${height} },`,
    '  });',
    ...onDialog,
    '});',
    '',
    'test.afterAll(async () => {',
    '  await page.close();',
    '});',
  ].join('\n');
}
