import type { SampleFile, Step, StepAction } from '@showrunner/contracts';
import { quote, secretSource } from './literal';
import { locatorOf } from './locator';
import type { PageFunction } from './page-functions';

export interface ActionSource {
  lines: string[];
  calls: PageFunction[];
  /** What the test does otherwise than the film did. */
  lost?: string;
}

const FILES: Record<SampleFile, { mimeType: string; content: string; encoding?: 'base64' }> = {
  'harbour.png': {
    mimeType: 'image/png',
    content:
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    encoding: 'base64',
  },
  'notes.txt': { mimeType: 'text/plain', content: 'Plan the launch\nCall the printer\nBook the venue\n' },
  'figures.csv': {
    mimeType: 'text/csv',
    content: 'month,visitors,orders\nJanuary,1200,34\nFebruary,1480,41\nMarch,1930,58\n',
  },
  'places.json': {
    mimeType: 'application/json',
    content: '[{"name":"Lisbon","nights":3},{"name":"Porto","nights":2}]\n',
  },
  'brief.pdf': { mimeType: 'application/pdf', content: '%PDF-1.4\n%%EOF\n' },
};

/** The action of a step as calls of Playwright. */
export function actionOf({ action, success }: Pick<Step, 'action' | 'success'>): ActionSource {
  const does = (lines: string | string[], more: Partial<ActionSource> = {}): ActionSource => ({
    ...{ lines: [lines].flat(), calls: [] },
    ...more,
  });
  switch (action.type) {
    case 'navigate':
      return does(`await page.goto(${quote(action.path)});`);
    case 'click':
      return ['checkbox', 'radio', 'switch'].includes(action.target.role) && action.button === undefined
        ? does(`await tick(${locatorOf(action.target)});`, { calls: ['tick'] })
        : does(
            `await ${locatorOf(action.target)}.click(${action.button === undefined ? '' : `{ button: 'right' }`});`,
          );
    case 'doubleClick':
      return does(`await ${locatorOf(action.target)}.dblclick();`);
    case 'drag':
      return does(`await ${locatorOf(action.target)}.dragTo(${locatorOf(action.to)});`);
    case 'upload':
      return upload(action);
    case 'back':
      return does('await page.goBack();');
    case 'type':
      return does(typing(action, success.kind === 'value'));
    case 'press':
      return action.target === undefined
        ? does(`await page.keyboard.press(${quote(action.key)});`)
        : does(`await ${locatorOf(action.target)}.press(${quote(action.key)});`);
    case 'select':
      return does(`await ${locatorOf(action.target)}.selectOption(${quote(action.option)});`);
    case 'hover':
      return does(`await ${locatorOf(action.target)}.hover();`);
    case 'scroll':
      return does(`await ${locatorOf(action.target)}.scrollIntoViewIfNeeded();`);
  }
}

/** What is claimed of more than the field itself may listen to keys. */
function typing(
  { target, text, submit, secret }: Extract<StepAction, { type: 'type' }>,
  isOnlyValue: boolean,
): string[] {
  const field = locatorOf(target);
  const written = isOnlyValue || text === '';
  const typed = typeof secret === 'string' ? secretSource(secret) : quote(text);
  return [
    ...(written
      ? [`await ${field}.fill(${typed});`]
      : [`await ${field}.fill('');`, `await ${field}.pressSequentially(${typed});`]),
    ...(submit ? [`await ${field}.press('Enter');`] : []),
  ];
}

function upload({ target, file }: Extract<StepAction, { type: 'upload' }>): ActionSource {
  const { mimeType, content, encoding } = FILES[file];
  const buffer = `Buffer.from(${quote(content)}${encoding === undefined ? '' : `, ${quote(encoding)}`})`;
  const isSmall = encoding !== undefined || file === 'brief.pdf';
  return {
    lines: [
      `const chooser = page.waitForEvent('filechooser');`,
      `await ${locatorOf(target)}.click();`,
      `await (await chooser).setFiles({ name: ${quote(file)}, mimeType: ${quote(mimeType)}, buffer: ${buffer} });`,
    ],
    calls: [],
    ...(isSmall && { lost: `${file} is a small one of the same kind, not the one that was filmed.` }),
  };
}
