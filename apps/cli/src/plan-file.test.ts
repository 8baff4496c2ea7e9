import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CreateRunSchema } from '@showrunner/contracts';
import { runRequest } from './film-options';
import { readPlanFile } from './plan-file';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'plan-file-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (text: string): string => {
  const file = path.join(folder, 'plan.json');
  writeFileSync(file, text);
  return file;
};
const step = {
  action: { type: 'press', key: 'Enter' },
  caption: 'Send it',
  success: { kind: 'textVisible', text: 'Sent' },
};
const plan = { title: 'My app', features: [{ id: 'send', title: 'Send it', steps: [step] }] };

describe('--plan', () => {
  it('goes with the request as the API takes it', () => {
    const options = {
      env: [],
      size: '1280x720',
      pace: 'none',
      out: 'out',
      plan: write(JSON.stringify(plan)),
    };
    expect(CreateRunSchema.parse(runRequest('p1', options)).plan).toMatchObject({
      title: 'My app',
      features: [{ id: 'send', startPath: null }],
    });
    expect(() => runRequest('p1', { ...options, planId: 'plan-1' })).toThrow(
      expect.objectContaining({ code: 'plan_ambiguous' }),
    );
  });

  it.each([
    ['nothing', undefined, 'plan_unreadable'],
    ['no JSON', '{', 'plan_unreadable'],
    ['no plan', '{"title":"x"}', 'bad_plan'],
  ])('says what is wrong with a file that holds %s', (_, text, code) => {
    const file = text === undefined ? path.join(folder, 'none.json') : write(text);
    expect(() => readPlanFile(file)).toThrow(
      expect.objectContaining({ code, remedy: expect.stringContaining('docs/plan') }),
    );
  });
});

describe('--from', () => {
  const options = { env: [], size: '1280x720', pace: 'normal', out: 'out' };
  const written = (text: string): string => {
    const file = path.join(folder, 'board.spec.ts');
    writeFileSync(file, text);
    return file;
  };
  const TEST = `import { test, expect } from '@playwright/test';
test('adds', async ({ page }) => {
  await page.getByRole('button', { name: 'Add' }).click();
  await expect(page.getByText('Added')).toBeVisible();
});`;

  it('sends the text of the test as the API takes it', () => {
    const file = written(TEST);
    const request = runRequest('p1', { ...options, from: file });
    expect(CreateRunSchema.parse(request)).toMatchObject({
      test: { fileName: 'board.spec.ts', source: TEST },
    });
    expect(() => runRequest('p1', { ...options, from: file, planId: 'x' })).toThrow(
      expect.objectContaining({ code: 'plan_ambiguous' }),
    );
  });

  it('says before anything is started that a file holds no test that could be filmed', () => {
    const refused = (file: string, code: string) =>
      expect(() => runRequest('p1', { ...options, from: file })).toThrow(expect.objectContaining({ code }));
    refused(path.join(folder, 'missing.spec.ts'), 'test_unreadable');
    refused(written('test('), 'bad_test');
    refused(written('export const x = 1;'), 'test_without_steps');
  });
});
