import { describe, expect, it } from '@jest/globals';
import type { Candidate, PageSnapshot } from '@showrunner/contracts';
import { followingSteps } from '../following-steps';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page, revealed } from '../testing/outline';
import { CHOOSE_DAY, dayNumber } from './calendar';
import { CHOOSE_OPTION, TAKE_SUGGESTION } from './choices';

const all = (...snapshots: PageSnapshot[]): Candidate[] => {
  const { candidates, reserves } = proposeFeatures(exploration(snapshots.map((one) => loaded(one))), '');
  return [...candidates, ...reserves];
};
const only = (outline: string): Candidate | undefined => all(page('/', outline))[0];

describe('a list that is no select', () => {
  const FORM = `
form ""
  textbox "Expense" required inputType=text
  combobox "Category Choose…" required expanded=false popup=listbox
  button "Add expense"`;
  it('is opened, and one of its choices is taken, before the form is sent', () => {
    const steps = only(FORM)?.feature.steps ?? [];
    expect(steps.map(({ caption }) => caption)).toEqual([
      'Write “Coffee for the team”',
      'Choose a category',
      'Add the expense “Coffee for the team”',
    ]);
    expect(steps[1]).toMatchObject({ continues: CHOOSE_OPTION, success: { kind: 'count', role: 'option' } });
  });
  it('offers what was not there before', () => {
    const before = page('/', `${FORM}\noption "Old"`);
    const open = page(
      '/',
      `${FORM}\noption "Old"\nlistbox "Category"\n  option "Choose…"\n  option "Travel"`,
    );
    const [choice] = followingSteps(CHOOSE_OPTION, open, before);
    expect(choice?.action).toMatchObject({ type: 'click', target: { role: 'option', name: 'Travel' } });
    expect(followingSteps(CHOOSE_OPTION, before, before)).toEqual([]);
  });
  it('is left alone where something is chosen already and nothing is asked', () => {
    const chosen = FORM.replace('"Category Choose…" required', '"Category Travel"');
    expect(only(chosen)?.feature.steps.map(({ caption }) => caption)).not.toContain('Choose a category');
  });
});

describe('a field that demands a suggestion', () => {
  it('is typed into, and the suggestion that holds the words is taken', () => {
    const city = `form ""\n  combobox "City" inputType=text required\n  button "Add city"`;
    const steps = only(city)?.feature.steps ?? [];
    expect(steps[0]).toMatchObject({ action: { text: 'Lisbon' }, continues: `${TAKE_SUGGESTION} Lisbon` });
    const open = page('/', `${city}\noption "Oslo"\noption "Lisbon, Portugal"`);
    const [choice] = followingSteps(`${TAKE_SUGGESTION} Lisbon`, open, page('/', city));
    expect(choice?.action).toMatchObject({ target: { name: 'Lisbon, Portugal' } });
  });
});

describe('a day out of a calendar', () => {
  const FORM = `
form ""
  textbox "Guest name" required inputType=text
  textbox "Arrival" required readonly inputType=text
  button "Choose date" popup=dialog
  button "Book the cabin"`;
  const days = (label: (day: number) => string): string =>
    Array.from({ length: 30 }, (_, at) => `  button "${label(at + 1)}"${at === 9 ? ' current' : ''}`).join(
      '\n',
    );
  const opened = (label: (day: number) => string): PageSnapshot =>
    page('/', `${FORM}\ndialog "Choose a day"\n${days(label)}`);
  it('is chosen for a field that cannot be typed into', () => {
    const booking = all(page('/', FORM)).find(({ feature }) => feature.kind === 'create');
    expect(booking?.feature.title).toBe('Book a cabin');
    expect(booking?.feature.steps[1]).toMatchObject({
      action: { type: 'click', target: { role: 'button', name: 'Choose date' } },
      continues: CHOOSE_DAY,
    });
  });
  it.each([
    ['numbers', (day: number) => String(day), '14'],
    ['names', (day: number) => `${day} June`, '14 June'],
    ['whole dates', (day: number) => `Tuesday, June ${day}, 2027`, 'Tuesday, June 14, 2027'],
  ])('lies some days after today: %s', (_, label, name) => {
    const [step] = followingSteps(CHOOSE_DAY, opened(label), page('/', FORM));
    expect(step?.action).toMatchObject({ type: 'click', target: { role: 'button', name } });
  });
  it('is none where what opened is no calendar', () => {
    const menu = page('/', `${FORM}\nmenu ""\n  menuitem "Export"`);
    expect(followingSteps(CHOOSE_DAY, menu, page('/', FORM))).toEqual([]);
  });
  it('is no feature by itself', () => {
    const opener = { role: 'button', name: 'Choose date', exact: true };
    const seen = exploration([
      loaded(page('/', FORM)),
      revealed(
        opened((day) => `${day} June`),
        opener,
      ),
    ]);
    expect(proposeFeatures(seen, '').candidates.map(({ feature }) => feature.kind)).toEqual(['create']);
  });
  it('reads the number of a day, and of nothing else', () => {
    const read = (name: string): number | undefined => dayNumber({ name });
    expect(['7', '15 June', 'June 3rd, 2027', '1. Mai'].map(read)).toEqual([7, 15, 3, 1]);
    expect(['42', '10:30', 'June 2027', 'Next month', '3.5 km'].map(read)).toEqual(Array(5).fill(undefined));
  });
});

describe('what shows only while the pointer is over an entry', () => {
  it('is pointed at first, and the entry gives the name', () => {
    const row = (inner: string): string =>
      `list ""\n  listitem ""\n    text "Moby Dick"${inner}\n  listitem ""\n    text "Kidnapped"`;
    const target = { role: 'listitem', name: 'Moby Dick', exact: true };
    const seen = exploration([
      loaded(page('/', row(''))),
      { ...revealed(page('/', row('\n    button "Mark as read"')), target), hovering: true },
    ]);
    const [feature] = proposeFeatures(seen, '').candidates;
    expect(feature?.feature.title).toBe('Mark as read · Moby Dick');
    expect(feature?.feature.steps.map(({ action }) => action.type)).toEqual(['hover', 'click']);
  });
});

describe('what is dragged', () => {
  const at = (snapshot: PageSnapshot, places: [number, number][]): PageSnapshot => {
    snapshot.elements.forEach((element, n) => {
      const [x, y] = places[n] ?? [0, 0];
      element.box = { x, y, width: 100, height: 20 };
    });
    return snapshot;
  };
  it('goes from its column into the next, which proves it', () => {
    const board = page(
      '/',
      `heading "Waiting 2" level=2\ngeneric "Mend the sails" draggable\ngeneric "Paint the hull" draggable\nheading "Done 0" level=2`,
    );
    const [moved] = all(
      at(board, [
        [0, 10],
        [0, 40],
        [0, 70],
        [300, 10],
      ]),
    );
    expect(moved?.feature.title).toBe('Move “Mend the sails” to Done');
    expect(moved?.feature.steps[0]).toMatchObject({
      action: { type: 'drag', to: { role: 'heading', name: 'Done 0' } },
      success: { kind: 'under', heading: { role: 'heading', name: 'Done', exact: false } },
    });
  });
  it('goes below others of its list, whose order proves it', () => {
    const list = page(
      '/',
      `list ""\n  listitem "Sails" draggable\n  listitem "Hull" draggable\n  listitem "Mast" draggable`,
    );
    const [moved] = all(
      at(list, [
        [0, 0],
        [0, 10],
        [0, 40],
        [0, 70],
      ]),
    );
    expect(moved?.feature.steps[0]).toMatchObject({
      action: { type: 'drag', target: { name: 'Sails' }, to: { name: 'Mast' } },
      success: { kind: 'textOrder', first: 'Hull', then: 'Sails' },
    });
  });
  it('is nothing when there is no other place', () =>
    expect(all(page('/', `generic "Alone" draggable`))).toEqual([]));
});

describe('words of a form', () => {
  const titled = (button: string): string | undefined =>
    only(`form ""\n  textbox "Theme" required inputType=text\n  button "${button}"`)?.feature.title;
  it('are those that a person would say', () => {
    expect(
      ['Generate a name', 'Add card', 'Book the cabin', 'Add', 'Create new project'].map(titled),
    ).toEqual(['Generate a name', 'Add a card', 'Book a cabin', 'Add an entry', 'Create a project']);
  });
});

describe('steps that are gone through', () => {
  const STEPS = `
tab "1. Basket" selected
tab "2. Address" disabled
tab "3. Summary" disabled
menuitem "Previous" disabled
menuitem "Next"`;
  it('are pressed one after the other where those to come cannot be chosen yet', () => {
    const found = all(page('/', STEPS)).find(({ feature }) => feature.title === 'Go through the 3 steps');
    expect(found?.feature.steps.map(({ caption }) => caption)).toEqual(['Go to step 2', 'Go to step 3']);
  });
  it('are none where each can be chosen at once', () => {
    const tabs = all(page('/', STEPS.replaceAll(' disabled', '')));
    expect(tabs.map(({ feature }) => feature.title)).not.toContain('Go through the 3 steps');
  });
});

describe('a picture alone', () => {
  it('is not shown by what its file is called', () => {
    const faces = all(page('/', 'heading "Team" level=1\ngeneric "Star" clickable hiddenName'));
    expect(faces.map(({ feature }) => feature.title)).not.toContain('Star');
  });
});
