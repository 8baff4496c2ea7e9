import { describe, expect, it } from '@jest/globals';
import type { PageSnapshot } from '@showrunner/contracts';
import { page } from '../testing/outline';
import { explore } from './explore';
import { DEFAULT_EXPLORE_LIMITS } from './explorer-browser';
import type { ExplorerBrowser } from './explorer-browser';
import { shapeOf } from './links';

type Pages = Record<string, PageSnapshot | { errorText: string }>;

function fakeBrowser(
  pages: Pages,
  clicks: Record<string, PageSnapshot> = {},
): ExplorerBrowser & { visited: string[]; clicked: string[] } {
  let now: PageSnapshot = page('/', '', { text: '' });
  const visited: string[] = [];
  const clicked: string[] = [];
  return {
    visited,
    clicked,
    goto: (path) => {
      visited.push(path);
      const found = pages[path];
      if (found && 'errorText' in found) return Promise.resolve(found);
      now = found ?? page(path, 'heading "Not found" level=1', { status: 404 });
      return Promise.resolve({});
    },
    snapshot: () => Promise.resolve(now),
    isIdle: () => Promise.resolve(true),
    clearTheWay: () => Promise.resolve(false),
    act: (action) => {
      if (action.type === 'click') {
        clicked.push(action.target.name);
        now = clicks[action.target.name] ?? now;
      }
      return Promise.resolve({ after: now });
    },
  };
}

function input(intent = ''): Parameters<typeof explore>[1] {
  let clock = 0;
  return {
    rootPath: '/',
    readme: '',
    intent,
    limits: { ...DEFAULT_EXPLORE_LIMITS, maxMs: 60_000 },
    now: () => clock,
    sleep: (ms) => {
      clock += ms;
      return Promise.resolve();
    },
  };
}

/** A wheel of 96 px. */
const placed = (outline: string): PageSnapshot => {
  const shown = page('/', outline);
  const elements = shown.elements.map((one) => ({ ...one, box: { x: 500, y: 300, width: 96, height: 96 } }));
  return { ...shown, elements };
};

describe('explore', () => {
  it('waits for a page that shows a wheel and hardly a word', async () => {
    const wheel = placed('progressbar "loading"\nstatus "Nearly there"');
    const ready = page('/', 'heading "Tasks" level=1\nbutton "Add a task"');
    const browser = fakeBrowser({ '/': wheel });
    let looks = 0;
    const snapshot = browser.snapshot;
    browser.snapshot = () => (looks++ < 20 ? snapshot() : Promise.resolve(ready));
    const found = await explore(browser, input());
    expect(found.pages[0]?.snapshot.elements.map(({ name }) => name)).toContain('Add a task');
  });
  it('goes on with a page whose wheel turns for ever', async () => {
    const browser = fakeBrowser({ '/': placed('progressbar "loading"\nbutton "Begin"') });
    const found = await explore(browser, input());
    expect(found.pages).toHaveLength(1);
  });
  it('goes in by the button of a first page, and leaves tools for developers alone', async () => {
    const inside = page('/board', 'heading "Board" level=1');
    const browser = fakeBrowser(
      {
        '/': page('/', 'heading "Welcome" level=1\nbutton "Open query devtools"\nbutton "Get started"'),
        '/board': inside,
      },
      { 'Get started': inside },
    );
    const found = await explore(browser, input());
    expect(found.pages.map((one) => one.path)).toContain('/board');
    expect(browser.clicked).toEqual(['Get started']);
  });

  it('calls the app by what the titles of its pages share', async () => {
    const home = page('/', 'heading "Posts" level=1\nlink "Sign up" href=/register', {
      title: 'Posts - Flaskr',
    });
    const register = page('/register', 'heading "Register" level=1', { title: 'Register - Flaskr' });
    const named = await explore(fakeBrowser({ '/': home, '/register': register }), input());
    expect(named.appTitle).toBe('Flaskr');
    const other = await explore(
      fakeBrowser({ '/': home, '/register': { ...register, title: 'Something else' } }),
      input(),
    );
    expect(other.appTitle).toBe('Posts');
  });
  it('visits the pages of the app and none that ends, pays, downloads or leaves', async () => {
    const root = page(
      '/',
      `heading "Home" level=1\nlink "About" href=/about\nlink "Log out" href=/logout\nlink "Pay" href=/billing/pay\nlink "Data" href=/data.csv\nlink "Delete it" href=/items/1/delete\nlink "Elsewhere" href=https://x.example/`,
    );
    const browser = fakeBrowser({ '/': root, '/about': page('/about', 'heading "About us" level=1') });
    const found = await explore(browser, input());
    expect(found.pages.map((one) => one.path)).toEqual(['/', '/about']);
    expect(new Set(browser.visited)).toEqual(new Set(['/', '/about']));
  });

  it('clicks what may reveal a form and keeps the way there', async () => {
    const root = page('/', 'heading "Projects" level=1\nbutton "New project"\nbutton "Delete all"');
    const dialog = page('/', 'dialog "New project"\n  textbox "Name"\n  button "Create"', {
      fingerprint: 'dialog',
    });
    const browser = fakeBrowser({ '/': root }, { 'New project': dialog });
    const found = await explore(browser, input());
    expect(found.pages.map((one) => one.revealedBy.map((target) => target.name))).toEqual([
      [],
      ['New project'],
    ]);
    expect(browser.clicked).toEqual(['New project']);
    // Loaded once: what nobody has touched need not be loaded again.
    expect(browser.visited).toEqual(['/']);
  });

  it('goes to the places of an app whose navigation only looks clickable, and to what these offer', async () => {
    const side = (open: string): string =>
      ['General', 'Display', 'Keepers', 'Log out']
        .map((name) => `generic "${name}"${name === open ? ' selected' : ''}`)
        .join('\n');
    const state = (name: string, rest = ''): PageSnapshot =>
      page('/', `${side(name)}\nheading "${name}" level=1\n${rest}`, { fingerprint: `${name}${rest}` });
    const browser = fakeBrowser(
      { '/': state('General') },
      {
        Display: state('Display'),
        Keepers: state('Keepers', 'button "New keeper"'),
        'New keeper': state('Keepers', 'dialog "New keeper"\n  textbox "Name"\n  button "Create"'),
      },
    );
    const found = await explore(browser, input());
    expect(found.pages.map((one) => one.revealedBy.map((target) => target.name))).toEqual([
      [],
      ['Display'],
      ['Keepers'],
      ['Keepers', 'New keeper'],
    ]);
    expect(browser.clicked).not.toContain('Log out');
  });

  it('waits longer for a page that is still loading', async () => {
    const root = page('/', 'heading "Home" level=1');
    const lasting = async (isIdle: boolean): Promise<number> => {
      const timed = input();
      const startedAt = timed.now();
      await explore({ ...fakeBrowser({ '/': root }), isIdle: () => Promise.resolve(isIdle) }, timed);
      return timed.now() - startedAt;
    };
    expect(await lasting(true)).toBeGreaterThanOrEqual(180);
    expect(await lasting(false)).toBeGreaterThanOrEqual(360);
    expect(await lasting(true)).toBeLessThan(360);
  });

  it('signs in with what the page shows and looks behind it', async () => {
    const login = page(
      '/',
      'heading "Sign in" level=1\ntext "Use demo / demo-1"\nform ""\n  textbox "User"\n  textbox "Password" inputType=password\n  button "Sign in"',
    );
    const inside = page('/home', 'heading "Inbox" level=1\nbutton "Sign out"');
    const found = await explore(fakeBrowser({ '/': login, '/home': inside }, { 'Sign in': inside }), input());
    expect(found.access).toMatchObject({
      via: 'signIn',
      username: 'demo',
      password: 'demo-1',
      proof: { name: 'Sign out' },
    });
    expect(found.pages.map((one) => [one.path, one.signedIn ?? false])).toEqual([
      ['/', false],
      ['/home', true],
    ]);
  });

  it('needs no sign-in for pages that are open to all, where a door only stands beside them', async () => {
    const nav = 'link "Users" href=/users\nlink "Blog" href=/blog\nlink "Sign in" href=/sign-in';
    const home = page('/', `heading "Hi, welcome back" level=1\n${nav}\nbutton "More"`);
    const users = page('/users', `heading "Users" level=1\n${nav}`);
    const door = page(
      '/sign-in',
      'heading "Sign in" level=1\ntext "Use demo / demo-1"\nform ""\n  textbox "User"\n  textbox "Password" inputType=password\n  button "Sign in"',
    );
    const inside = { ...home, fingerprint: 'of another moment' };
    const found = await explore(
      fakeBrowser({ '/': home, '/users': users, '/sign-in': door }, { 'Sign in': inside }),
      input(),
    );
    expect(found.access).toBeDefined();
    expect(found.pages.filter(({ signedIn }) => signedIn === true)).toEqual([]);
  });

  it('stops at the limit of pages and says so', async () => {
    const links = Array.from({ length: 20 }, (_, at) => `link "Page ${at}" href=/p${at}`).join('\n');
    const pages: Pages = { '/': page('/', `heading "Home" level=1\n${links}`) };
    for (let at = 0; at < 20; at += 1) pages[`/p${at}`] = page(`/p${at}`, `heading "Page ${at}" level=1`);
    const found = await explore(fakeBrowser(pages), input());
    expect(found.pages).toHaveLength(DEFAULT_EXPLORE_LIMITS.maxPages);
    expect(found.notes.join()).toMatch(/limit of 8 pages/);
  });

  it('fault 6: stops at the limit of clicks, on a machine of any speed, and says so', async () => {
    const paths = Array.from({ length: 7 }, (_, at) => `/p${at}`);
    const links = paths.map((path) => `link "To ${path}" href=${path}`).join('\n');
    const openers = (at: string): string =>
      [1, 2, 3, 4].map((n) => `button "More ${at} ${n}" expanded=false`).join('\n');
    const pages: Pages = { '/': page('/', `heading "Home" level=1\n${links}\n${openers('home')}`) };
    for (const path of paths) pages[path] = page(path, `heading "Page ${path}" level=1\n${openers(path)}`);
    const seen: string[][] = [];
    for (const speed of [1, 400]) {
      const limits = { ...input().limits, maxClicks: 9 };
      let clock = 0;
      const browser = fakeBrowser(pages);
      const found = await explore(browser, { ...input(), limits, now: () => (clock += speed) });
      expect(browser.clicked).toHaveLength(9);
      expect(found.notes.join()).toMatch(/Hidden parts of \d pages .* limit of 9 clicks/);
      seen.push(browser.clicked);
    }
    expect(seen[0]).toEqual(seen[1]);
  });

  it.each([
    ['blank_page', { '/': page('/', '') }],
    ['app_error_page', { '/': page('/', 'heading "Internal Server Error" level=1', { status: 500 }) }],
    ['app_error_page', { '/': page('/', 'text "Failed to compile: ./src/app.js Module not found"') }],
    ['redirect_loop', { '/': { errorText: 'net::ERR_TOO_MANY_REDIRECTS' } }],
    ['app_unreachable', { '/': { errorText: 'net::ERR_CONNECTION_REFUSED' } }],
  ] as [string, Pages][])('fails with %s and a remedy', async (code, pages) => {
    await expect(explore(fakeBrowser(pages), input())).rejects.toMatchObject({
      code,
      remedy: expect.any(String),
    });
  });

  it('gives a blank page up as soon as its own program has said that it failed, and says with what', async () => {
    const start = input();
    const failed = { ...fakeBrowser({ '/': page('/', '') }), troubles: () => Promise.resolve(['It threw.']) };
    await expect(explore(failed, start)).rejects.toMatchObject({
      code: 'blank_page',
      message: expect.stringContaining('It threw.'),
    });
    expect(start.now()).toBeLessThan(20_000);
    // What is still being loaded may yet come.
    const loading = input();
    await expect(explore({ ...failed, isIdle: () => Promise.resolve(false) }, loading)).rejects.toMatchObject(
      { code: 'blank_page' },
    );
    expect(loading.now()).toBeGreaterThan(80_000);
  });

  it('waits for a page that is slow to render', async () => {
    const start = input();
    const slow = fakeBrowser({ '/': page('/', '') });
    slow.snapshot = () =>
      Promise.resolve(start.now() > 40_000 ? page('/', 'heading "Ready" level=1') : page('/', ''));
    expect((await explore(slow, start)).pages[0]?.snapshot.text).toBe('Ready');
  });
});

describe('shapeOf', () => {
  it('knows pages of entries from others', () => {
    expect(shapeOf('/items/17')).toBe(shapeOf('/items/18'));
    expect(shapeOf('/posts/a-long-name')).toBe(shapeOf('/posts/an-other-name'));
    expect(shapeOf('/about')).not.toBe(shapeOf('/contact'));
  });
});
