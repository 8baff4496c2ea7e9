import { describe, expect, it } from '@jest/globals';
import type { Exploration } from '@showrunner/contracts';
import { isChrome } from './chrome';
import { itemsOf } from './items';
import { PageView } from './page-view';
import { proposeFeatures } from './propose';
import { exploration, loaded, page } from './testing/outline';

const MENU = `
link "Library" href=/
list ""
  listitem ""
    link "All books" href=/books
  listitem ""
    link "All authors" href=/authors
  listitem ""
    link "Login" href=/login
`;
const BOOKS = `${MENU}
heading "Book list" level=1
list ""
  listitem ""
    link "A Wizard of Earthsea" href=/books/1
    text "by Ursula Le Guin"
  listitem ""
    link "The Left Hand of Darkness" href=/books/2
    text "by Ursula Le Guin"
`;
const AUTHORS = `${MENU}\nheading "Author list" level=1\ntext "There are no authors available."`;
const HOME = `${MENU}\nheading "Library home" level=1\ntext "A small library."`;

/** Lists of the outline lie side by side in the middle of the page unless moved. */
const wide = (path: string, outline: string): ReturnType<typeof page> => {
  const made = page(path, outline);
  for (const element of made.elements) element.box = { x: 0, y: 300, width: 1200, height: 40 };
  return made;
};
const library = (): Exploration =>
  exploration([loaded(wide('/', HOME)), loaded(wide('/books', BOOKS)), loaded(wide('/authors', AUTHORS))]);
const titles = (found: Exploration): string[] =>
  proposeFeatures(found, '').candidates.map((one) => one.feature.title);

describe('menus without a landmark', () => {
  it('are lists of links that every page shows: their entries are places, no content', () => {
    const found = titles(library());
    expect(found).toContain('See all books');
    expect(found.join()).not.toMatch(/Open All|Show only|Login/);
  });

  it('are lists of links in a side column or a top bar, seen on one page alone', () => {
    for (const box of [
      { x: 0, y: 100, width: 240, height: 500 },
      { x: 0, y: 0, width: 1280, height: 60 },
    ]) {
      const made = wide('/books', BOOKS);
      const [menu] = made.elements.filter((one) => one.role === 'list');
      if (menu) menu.box = box;
      expect(itemsOf(new PageView(loaded(made))).map((item) => item.title)).toEqual([
        'A Wizard of Earthsea',
        'The Left Hand of Darkness',
      ]);
    }
  });

  it('are lists of links that show the same page in another state', () => {
    const view = new PageView(
      loaded(
        wide(
          '/',
          `
list ""
  listitem ""
    checkbox "" checked=false
    text "Plan the launch"
list ""
  listitem ""
    link "All" href=/#/ selected=true
  listitem ""
    link "Active" href=/#/active
  listitem ""
    link "Completed" href=/#/completed
`,
        ),
      ),
    );
    expect(itemsOf(view, 1).map((item) => item.title)).toEqual(['Plan the launch']);
    expect(isChrome(view, view.ofRole('link')[0] as never)).toBe(true);
    expect(titles(exploration([view.page])).join()).toContain('Show only completed');
  });

  it('fold and unfold without being a feature', () => {
    const made = wide(
      '/',
      'heading "Start" level=1\nlist ""\n  listitem ""\n    button "Account" expanded=false\n  listitem ""\n    link "Settings" href=/settings',
    );
    expect(titles(exploration([loaded(made)])).join()).toContain('Account');
    for (const element of made.elements)
      if (element.role === 'list') element.box = { x: 0, y: 100, width: 200, height: 400 };
    expect(titles(exploration([loaded(made)])).join()).not.toContain('Account');
  });

  it('are not the lists of what the page is about', () => {
    const view = new PageView(loaded(wide('/books', BOOKS)));
    const [book] = view.ofRole('link').filter((link) => link.href === '/books/1');
    expect(book && isChrome(view, book)).toBe(false);
  });
});

describe('visits', () => {
  const blog = (extra: string): Exploration => {
    const found = exploration([
      loaded(wide('/', `link "Blog" href=/\nlink "New" href=/create\nheading "Posts" level=1${extra}`)),
      loaded(
        wide(
          '/create',
          'link "Blog" href=/\nheading "New post" level=1\nform ""\n  textbox "Title" required\n  button "Save"',
        ),
      ),
    ]);
    return found;
  };
  it('go neither back home nor to a form that a feature fills in, when there is enough else', () => {
    const found = titles(
      blog(
        '\nbutton "Dark mode" pressed=false\nsearchbox "Search posts"\nlist ""\n  listitem ""\n    link "First words" href=/p/1\n    text "long"\n  listitem ""\n    link "Second thoughts" href=/p/2\n    text "short"',
      ),
    );
    expect(found).toContain('Add a post');
    expect(found.join()).not.toContain('Go to');
  });
  it('do not fill a film that has three features of other kinds', () => {
    const signed = blog(
      '\nbutton "Dark mode" pressed=false\ntab "Popular" selected=false\ntab "New" selected=true',
    );
    expect(titles(signed)).toEqual(['Add a post', 'Switch to Popular', 'Switch to dark mode']);
  });
  it('are better than a film of one feature', () => {
    expect(titles(blog('')).join()).toContain('Go to New');
  });
  it('never tell who explored', () => {
    const found = exploration(
      [
        loaded(wide('/', 'navigation ""\n  link "Stream" href=/stream\nheading "Start" level=1')),
        loaded(wide('/stream', 'heading "Hi, maya-visits!" level=1')),
      ],
      { access: { via: 'register', path: '/r', username: 'maya-visits', password: 'x', proof: null } },
    );
    const { candidates } = proposeFeatures(found, '');
    expect(candidates.map((one) => one.feature.description).join()).not.toContain('maya-visits');
  });
});
