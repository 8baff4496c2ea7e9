import { describe, expect, it } from '@jest/globals';
import type { HandPlan } from '@showrunner/contracts';
import fc from 'fast-check';
import { readTest } from './read-test';

const HEAD = `import { test, expect } from '@playwright/test';\n`;
const read = (body: string, head = HEAD) => readTest(head + body, 'tests/board.spec.ts');
const only = (plan: HandPlan) => plan.features[0]?.steps ?? [];
/** One step, said shortly: what is done, to what, and what proves it. */
const short = (plan: HandPlan): unknown[] =>
  only(plan).map(({ action, success, also = [] }) => [
    action.type,
    ...('target' in action && action.target ? [action.target.role, action.target.name] : []),
    ...[success, ...also].map((one) => ('text' in one ? `${one.kind} ${one.text}` : one.kind)),
  ]);
const refused = (body: string) => {
  try {
    read(body);
  } catch (error) {
    return error as { code: string; status: number; message: string };
  }
  return undefined;
};

describe('a Playwright test as a plan', () => {
  it('written plainly, by roles and labels', () => {
    const { plan, notCarriedOver } = read(`
      test.describe('Launch board', () => {
        test('adds a card', async ({ page }) => {
          await page.goto('/board?x=1');
          await page.getByRole('textbox', { name: 'Card title' }).fill('Book the venue');
          await page.getByRole('button', { name: 'Add card', exact: true }).click();
          await expect(page.getByText('Book the venue')).toBeVisible();
          await expect(page.getByLabel('Card title')).toHaveValue('');
        });
      });`);
    expect(notCarriedOver).toEqual([]);
    expect(plan).toMatchObject({
      title: 'Launch board',
      features: [{ id: 'adds-a-card', title: 'adds a card', startPath: '/board?x=1', kind: 'create' }],
    });
    expect(short(plan)).toEqual([
      ['type', 'textbox', 'Card title', 'value'],
      ['click', 'button', 'Add card', 'textVisible Book the venue', 'value'],
    ]);
    expect(only(plan)[1]?.action).toMatchObject({ target: { exact: true } });
    expect(only(plan)[0]?.action).toMatchObject({ target: { exact: false } });
  });

  it('in the style of TodoMVC: placeholders, Enter, lists of texts, constants, a helper', () => {
    const { plan, notCarriedOver } = read(`
      const ITEMS = ['buy some cheese', 'feed the cat'] as const;
      test.beforeEach(async ({ page }) => { await page.goto('https://demo.playwright.dev/todomvc'); });
      test('should allow me to add todo items', async ({ page }) => {
        const newTodo = page.getByPlaceholder('What needs to be done?');
        await newTodo.fill(ITEMS[0]);
        await newTodo.press('Enter');
        await expect(page.getByTestId('todo-title')).toHaveText([ITEMS[0]]);
        await addTodo(page, ITEMS[1]);
        await expect(page.getByRole('listitem')).toHaveText([ITEMS[0], ITEMS[1]]);
        await page.getByRole('listitem').filter({ hasText: ITEMS[1] }).getByRole('checkbox').check();
      });
      async function addTodo(page: Page, text: string) {
        await page.getByPlaceholder('What needs to be done?').fill(text);
        await page.keyboard.press('Enter');
      }`);
    expect(plan.features[0]).toMatchObject({ startPath: '/todomvc' });
    expect(short(plan)).toEqual([
      ['type', 'field', 'What needs to be done?', 'textVisible buy some cheese'],
      ['type', 'field', 'What needs to be done?', 'value'],
      ['press', 'elementVisible', 'elementVisible', 'count'],
      ['click', 'checkbox', '', 'state'],
    ]);
    expect(only(plan)[0]?.action).toMatchObject({ submit: true });
    expect(only(plan)[3]?.action).toMatchObject({
      target: { within: { role: 'listitem', name: 'feed the cat' } },
    });
    expect(notCarriedOver).toEqual([
      expect.objectContaining({ line: 9, why: expect.stringContaining('whole page') }),
    ]);
  });

  it('with a page object of the file', () => {
    const { plan, notCarriedOver } = read(`
      class LoginPage {
        readonly user = this.page.getByLabel('User');
        readonly password: Locator;
        constructor(private readonly page: Page) { this.password = page.getByLabel('Password'); }
        get submit() { return this.page.getByRole('button', { name: /^sign in$/i }); }
        async open() { await this.page.goto('/login'); }
        async signIn(user: string, password = 'secret') {
          await this.user.fill(user); await this.password.fill(password); await this.submit.click();
        }
      }
      class AdminPage extends LoginPage { constructor(page: Page) { super(page); } async leave() { await this.submit.click(); } }
      test('signs in', async ({ page }) => {
        const login = new AdminPage(page);
        await login.open();
        await login.signIn('ada');
        await expect(page).toHaveURL(/\\/welcome$/);
        await expect(page.getByRole('heading', { level: 1 })).toContainText('Welcome, ada');
      });`);
    expect(notCarriedOver).toEqual([]);
    expect(plan.features[0]?.startPath).toBe('/login');
    expect(short(plan)).toEqual([
      ['type', 'field', 'User', 'value'],
      ['type', 'field', 'Password', 'value'],
      ['click', 'button', 'sign in', 'url', 'elementVisible'],
    ]);
  });

  it('with fixtures of its own', () => {
    const { plan } = read(
      `
      class Board { constructor(readonly page) {} async add(t) { await this.page.getByLabel('New').fill(t); await this.page.getByRole('button', { name: 'Add' }).click(); } }
      const it = base.extend<{ board: Board }>({ board: async ({ page }, use) => { await page.goto('/b'); await use(new Board(page)); } });
      it('adds', async ({ board, page }) => { await board.add('Tea'); await expect(page.getByText('Tea')).toBeVisible(); });`,
      `import { test as base, expect } from '@playwright/test';\n`,
    );
    expect(plan.features[0]?.startPath).toBe('/b');
    expect(short(plan)[1]).toEqual(['click', 'button', 'Add', 'textVisible Tea']);
  });

  it('by selectors, as far as they say what a visitor sees', () => {
    const { plan, notCarriedOver } = read(`
      test('by css', async ({ page }) => {
        await page.goto('/');
        await page.click('text=Open settings');
        await page.locator('input[placeholder="Search"]').fill('lamp');
        await page.locator('button:has-text("Go")').click();
        await expect(page.locator('h2')).toHaveText('Results');
        await page.locator('nav >> text=Home').click();
        await page.locator('#save').click();
        await page.fill('.title-input', 'x');
        await page.locator('dialog button[aria-label="Close"]').click();
        await expect(page.locator('dialog')).toBeHidden();
        await page.locator('xpath=//a').click();
      });`);
    expect(short(plan)).toEqual([
      ['click', 'any', 'Open settings', 'done'],
      ['type', 'field', 'Search', 'value'],
      ['click', 'button', 'Go', 'elementVisible'],
      ['click', 'button', 'Close', 'elementHidden'],
    ]);
    expect(only(plan)[3]?.action).toMatchObject({ target: { within: { role: 'dialog', name: '' } } });
    expect(notCarriedOver.map(({ line, why }) => [line, why.slice(0, 40)])).toEqual([
      [9, 'a plan names one thing by its role and na'.slice(0, 40)],
      [10, '"#save" says nothing that a visitor sees'.slice(0, 40)],
      [11, '".title-input" says nothing that a visitor'.slice(0, 40)],
      [14, 'a path through the markup is nothing tha'],
    ]);
  });

  it('with steps, dialogs, boxes, lists, drags and files', () => {
    const { plan, notCarriedOver } = read(`
      test('everything', async ({ page }) => {
        await page.goto('/');
        await test.step('Empty the board', async () => {
          page.once('dialog', dialog => dialog.accept());
          await page.getByRole('button', { name: 'Clear' }).click();
          await expect(page.getByRole('listitem')).toHaveCount(0);
        });
        await page.getByLabel('Loud').uncheck();
        await page.getByLabel('Colour').selectOption({ label: 'Green' });
        await page.getByText('Card').dragTo(page.getByRole('region', { name: 'Done' }));
        await expect(page.getByText('2 done')).toBeVisible();
        await page.getByText('Card').dblclick();
        await expect(page.getByRole('textbox')).toBeVisible();
        await page.getByRole('link', { name: 'Help' }).hover();
        await expect(page.getByRole('tooltip')).toContainText('Nobody');
        await page.getByLabel('Avatar').setInputFiles('me.png');
        await expect(page.getByText('me.png')).not.toBeVisible();
        await page.getByRole('button', { name: 'Menu' }).click({ button: 'right' });
        await expect(page.getByRole('button', { name: 'Menu' })).toHaveAttribute('aria-expanded', 'true');
      });`);
    expect(only(plan)[0]).toMatchObject({
      caption: 'Empty the board',
      dialog: { accept: true },
      success: { kind: 'elementHidden' },
    });
    expect(short(plan).slice(1)).toEqual([
      ['click', 'field', 'Loud', 'state'],
      ['select', 'field', 'Colour', 'value'],
      ['drag', 'any', 'Card', 'textVisible 2 done'],
      ['doubleClick', 'any', 'Card', 'elementVisible'],
      ['hover', 'link', 'Help', 'textVisible Nobody'],
      ['upload', 'field', 'Avatar', 'textHidden me.png'],
      ['click', 'button', 'Menu', 'state'],
    ]);
    expect(notCarriedOver.map(({ line }) => line)).toEqual([17, 18]);
  });

  it('made in loops, with addresses that are put together and readings of elements', () => {
    const { plan } = read(`
      const BASE = process.env.BASE_URL || 'http://localhost:3000';
      for (const { name, path } of [{ name: 'About', path: '/about' }, { name: 'Contact', path: '/contact' }])
        test(\`opens \${name}\`, async ({ page }) => {
          await page.goto(\`\${BASE}/start\`);
          await page.getByRole('link', { name }).click();
          await page.waitForURL('**' + path);
          expect(await page.getByRole('heading').textContent()).toContain(name);
          expect(await page.getByRole('alert').isVisible()).toBe(false);
          expect(await page.getByRole('link').count()).toEqual(3);
        });`);
    expect(plan.features.map(({ title, startPath }) => [title, startPath])).toEqual([
      ['opens About', '/start'],
      ['opens Contact', '/start'],
    ]);
    expect(only(plan)[0]).toMatchObject({ success: { kind: 'url', pattern: '/about$' } });
    expect(only(plan)[0]?.also?.map(({ kind }) => kind)).toEqual([
      'elementVisible',
      'elementHidden',
      'count',
    ]);
  });

  it('names what it cannot hold, with line and reason', () => {
    const { notCarriedOver } = read(`
      import { Shop } from './shop';
      test.skip('later', async ({ page }) => { await page.goto('/'); });
      test('mixed', async ({ page, request }) => {
        await expect(page).toHaveTitle('Shop');
        await expect(page.getByRole('heading')).toBeVisible();
        await new Shop(page).open();
        await request.post('/api/reset');
        await page.route('**/*', (route) => route.abort());
        if (await page.getByText('Accept').isVisible()) await page.getByText('Accept').click();
        await page.getByRole('button', { name: 'Buy' }).last().click();
        await page.getByRole('button', { name: 'Order' }).click();
        await expect(page.getByRole('button', { name: 'Order' })).toBeDisabled();
        await expect(page.getByText('Thanks')).toBeVisible();
        await page.reload();
      });
      test('nothing but looking', async ({ page }) => { await page.goto('/'); await expect(page.getByText('Hi')).toBeVisible(); });`);
    expect(notCarriedOver.map(({ line, why }) => `${line} ${why}`)).toEqual([
      '4 the file itself leaves it out',
      '6 the title of the tab is not seen in a film',
      '7 it holds before anything is done, so a film could not show that it came about',
      '8 Shop comes from another file, "./shop"',
      '9 request is nothing that a plan has a word for',
      '10 page.route is nothing that a plan has a word for',
      '11 whether it is done is not known without running it',
      '12 a plan counts from the first, and cannot name the last',
      '14 it is nothing that a visitor sees',
      '16 page.reload is nothing that a plan has a word for',
      '18 it holds before anything is done, so a film could not show that it came about',
      '18 nothing is left of it that a film could show',
    ]);
  });

  it('is refused when nothing of it is left, or when it is no test', () => {
    expect(refused(`test('x', async ({ page }) => { await page.locator('#a').click(); });`)).toMatchObject({
      code: 'test_without_steps',
      status: 422,
      message: expect.stringContaining('Line 2'),
    });
    expect(refused('const x = 1;')).toMatchObject({ code: 'test_without_steps' });
    expect(refused('test("x", async ({ page } => {')).toMatchObject({
      code: 'bad_test',
      message: expect.stringContaining('Line 2'),
    });
    expect(refused('x'.repeat(300_000))).toMatchObject({ code: 'bad_test' });
    expect(refused('('.repeat(100_000))).toMatchObject({ code: 'bad_test' });
    expect(refused(`a${'.b()'.repeat(20_000)}`)).toMatchObject({
      code: expect.stringMatching(/bad_test|test_without_steps/),
    });
  });

  it('ends soon whatever the file does', () => {
    const startedAt = Date.now();
    const bomb = `const l = [${'1,'.repeat(60)}];
      const f = () => { f(); f(); }; f();
      ${'for (const a of l) '.repeat(8)} { l.forEach(() => l.map(() => f())); }
      while (true) { f(); }
      test('x', async ({ page }) => { await page.locator('a(${'"x"'.repeat(200)}').click(); f(); });`;
    expect(refused(bomb)).toMatchObject({ code: 'test_without_steps' });
    expect(Date.now() - startedAt).toBeLessThan(5000);
  });

  it('never fails otherwise than by saying what is wrong', () => {
    const parts = [
      ...[
        "page.getByRole('button')",
        "page.locator('a')",
        'page',
        'expect(page)',
        'test',
        'x',
        'this',
        '`a${x}`',
        '/a(b/'.slice(0, 3) + '/',
        '[1]',
        '{}',
      ],
      ...[
        '.click()',
        '.fill(x)',
        '.nth(-1)',
        '.not',
        '.toBeVisible()',
        '.filter({ hasText: /x/ })',
        '.toHaveText([1, x])',
        '[0]',
        '?.x',
        '()',
      ],
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...parts), { maxLength: 6 }), fc.string(), (chain, text) => {
        const body = `test('t', async ({ page }) => { const x = ${JSON.stringify(text)}; await ${chain.join('') || 'x'}; });`;
        const error = refused(body);
        if (error !== undefined) expect(['bad_test', 'test_without_steps']).toContain(error.code);
      }),
      { numRuns: 300 },
    );
  });
});
