import { describe, expect, it } from '@jest/globals';
import type { Candidate } from '@showrunner/contracts';
import { isChrome } from '../chrome';
import { VisitQueue } from '../explore/links';
import { groupsOf } from '../explore/openers';
import { itemsOf } from '../items';
import { PageView } from '../page-view';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page, revealed } from '../testing/outline';
import { stepsInOpenedForm } from './edit';

const proposed = (...pages: Parameters<typeof exploration>[0]): Candidate[] => {
  const { candidates, reserves } = proposeFeatures(exploration(pages), '');
  return [...candidates, ...reserves];
};
const titles = (...pages: Parameters<typeof exploration>[0]): string[] =>
  proposed(...pages).map(({ feature }) => feature.title);

const aside = { x: 8, y: 70, width: 239, height: 48 };

/** The side column of an admin theme, drawn of boxes: links, and groups that fold theirs away. */
const column = (): PageView => {
  const names = ['Dashboard', 'Charts', 'Orders', 'Forms'];
  const outline = `region "scrollable content"\n${names
    .map((name) => `  entry ""\n    link "${name}" href=/${name === 'Forms' ? '' : name.toLowerCase()}`)
    .join('\n')}\nheading "Traffic"`;
  const snapshot = page('/', outline);
  return new PageView(
    loaded({
      ...snapshot,
      elements: snapshot.elements.map((one) =>
        one.role === 'heading'
          ? one
          : { ...one, box: aside, ...(one.name === 'Forms' && { expanded: false }) },
      ),
    }),
  );
};

describe('the pages of a theme', () => {
  it('know a side column that is drawn of boxes from their content', () => {
    const view = column();
    expect(view.ofRole('link').every((link) => isChrome(view, link))).toBe(true);
    expect(itemsOf(view)).toEqual([]);
  });

  it('have groups in their navigation that fold links away', () =>
    expect(groupsOf(column()).map(({ name }) => name)).toEqual(['Forms']));

  it('are visited last where they say little', () => {
    const queue = new VisitQueue();
    queue.add(['/icons', '/typography.html', '/theme/colors', '/orders', '/404', '/forms']);
    expect([queue.next(), queue.next(), queue.next()]).toEqual(['/orders', '/forms', '/icons']);
  });
});

describe('names of what themes are made of', () => {
  it('are those of what opens where a control is only called by a verb', () => {
    const open = { role: 'button', name: 'Open', exact: true };
    const start = loaded(page('/', 'heading "Home" level=1\nbutton "Open"'));
    const shown = revealed(
      page(
        '/',
        'heading "Home" level=1\nbutton "Open"\nheading "Notifications" level=5\nlistitem "Ana wrote"',
      ),
      open,
    );
    expect(titles(start, shown)).toContain('Open Notifications');
    expect(titles(start, shown)).not.toContain('Open');
    const captions = proposed(start, shown).flatMap(({ feature }) =>
      feature.steps.map(({ caption }) => caption),
    );
    expect(captions).not.toContain('Open');
  });

  it('are no things to choose where they say what a control does', () => {
    const three = 'generic "next"\ngeneric "next"\ngeneric "next"\ngeneric "Dark mode"';
    expect(
      titles(
        loaded(page('/', `heading "Pictures" level=1\n${three}\ngeneric "Dark mode"\ngeneric "Dark mode"`)),
      ),
    ).not.toEqual(expect.arrayContaining([expect.stringMatching(/^Choose an? (next|dark mode)/)]));
  });

  it('are no explanations that a handle has for who points at it', () => {
    const handles = 'button "Drag to move this field (Alt+Shift+Arrows)"\n'.repeat(3);
    expect(titles(loaded(page('/', `heading "Fields" level=1\n${handles}`)))).toEqual([]);
  });

  it('are ticked where there are many, and turned on where one stands alone', () => {
    const boxes = (names: string[]): string =>
      names.map((name) => `checkbox "${name}" checked=false`).join('\n');
    const many = loaded(
      page('/', `heading "Tasks" level=1\n${boxes(['Monthly report', 'Design review', 'Budget'])}`),
    );
    expect(titles(many)).toContain('Tick “Monthly report”');
    expect(titles(loaded(page('/', boxes(['Monthly report']))))).toContain('Turn on Monthly report');
  });

  it('are said once where a picture repeats the words beside it', () => {
    const rows = ['Adam Trantow', 'Billy Braun']
      .map((name) => `  row ""\n    rowheader "${name} ${name}"\n    cell "Koch and Sons"`)
      .join('\n');
    const text = 'Adam Trantow Koch and Sons Billy Braun Koch and Sons';
    const view = new PageView(loaded(page('/users', `table ""\n${rows}`, { text })));
    expect(itemsOf(view).map(({ title }) => title)).toEqual(['Adam Trantow', 'Billy Braun']);
  });

  it('sort by a column, and not by the box that ticks all rows', () => {
    const table = `table ""
  row ""
    columnheader "on"
      checkbox "" checked=false
    columnheader "Name sorted ascending" sort=ascending
      button "Name sorted ascending"
  row ""
    cell "Adam"
  row ""
    cell "Billy"
  row ""
    cell "Cecil"`;
    const sorts = proposed(loaded(page('/users', table))).find(({ variety }) => variety === 'sort');
    expect(sorts?.feature.steps.map(({ caption }) => caption)).toEqual(['Sort by name']);
  });
});

describe('an entry that is edited where it stands', () => {
  it('takes its new name in a field of its row', () => {
    const row = `heading "TodoMatic" level=1
form ""
  textbox "What needs to be done?"
  button "Add"
list ""
  listitem ""
    textbox "New name for Eat"
    button "Cancel"
    button "Save renaming Eat"
  listitem ""
    checkbox "Sleep" checked=false`;
    const steps = stepsInOpenedForm(page('/', row));
    expect(steps.map(({ caption }) => caption)).toEqual(['Write what it is to be called', 'Save the change']);
    expect(steps[1]?.action).toMatchObject({ type: 'click', target: { name: 'Save renaming Eat' } });
    // What the product is called is nothing that is made.
    expect(titles(loaded(page('/', row)))).toContain('Add a task');
  });
});

describe('handles, calendars and forms as themes have them', () => {
  const card = (name: string): string =>
    `entry "" parts="Task|${name}"\n  button "Move task" draggable\n  text "Task ${name}"`;

  it('move the entry in which a handle stands, and the handle is never pressed', () => {
    const board = `heading "Board" level=1\nbutton "Move column: Todo" draggable\n${[
      'Sign in',
      'Contact page',
      'Catalogue',
    ]
      .map(card)
      .join('\n')}`;
    const found = proposed(loaded(page('/', board)));
    expect(found.map(({ feature }) => feature.title)).toContain('Put “Sign in” in another place');
    expect(
      found.flatMap(({ feature }) => feature.steps).filter(({ action }) => action.type === 'click'),
    ).toEqual([]);
  });

  it('put an event on a day of the month that is shown, in words without the verb of the label', () => {
    const form = `heading "November 2026" level=2
form ""
  textbox "Event title"
  textbox "Enter start date" inputType=date
  button "Add event"`;
    const steps = proposed(loaded(page('/calendar', form))).flatMap(({ feature }) => feature.steps);
    expect(steps).toContainEqual(
      expect.objectContaining({
        action: expect.objectContaining({ text: '2026-11-15' }),
        caption: 'Fill in the start date',
      }),
    );
  });

  it('do not open what a button sends off, nor replace an address by words', () => {
    const form = `heading "Appearance" level=1
form ""
  combobox "Font" options=Inter|Manrope value=Inter
  button "Update preferences"`;
    expect(titles(loaded(page('/settings', form)))).not.toContain('Edit “Appearance”');
    const social = `heading "Edit links" level=2
form ""
  textbox "Facebook" value=https://www.facebook.com/one
  textbox "First name" value=Musharof
  button "Save changes"`;
    expect(stepsInOpenedForm(page('/profile', social))[0]?.caption).toBe('Change the first name');
  });

  it('take the day of a calendar for no look, and leave badges out of names', () => {
    const nav = 'navigation ""\n  link "Widgets NEW" href=/widgets\n  link "Product +3" href=/products';
    const start = loaded(
      page('/', `${nav}\nheading "Home" level=1\nbutton "month"\nbutton "week"\nbutton "day"`),
    );
    const shop = loaded(page('/products', `${nav}\nheading "Products" level=1`));
    const found = titles(start, shop);
    expect(found).toContain('Go to Product');
    expect(found).not.toContain('Switch the theme');
  });
});
