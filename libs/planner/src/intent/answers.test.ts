import { describe, expect, it } from '@jest/globals';
import { findTargets, ProposalSchema } from '@showrunner/contracts';
import type { Exploration } from '@showrunner/contracts';
import { followingSteps } from '../following-steps';
import { proposeFeatures } from '../propose';
import { appShapes } from '../testing/app-shapes';
import { exploration, loaded, page } from '../testing/outline';

const mails = [
  ['Ana', 'Lunch tomorrow?'],
  ['Ben', 'Invoice for March'],
  ['Ana', 'Holiday pictures'],
  ['Chris', 'Budget review'],
] as const;
const mailRows = mails.map(
  ([from, subject]) => `  listitem ""
    checkbox "Select" checked=false
    button "Star" pressed=false
    text "${from}"
    link "${subject}" href=/mail/${subject.split(' ')[0] ?? ''}
    button "Archive"
    button "Delete"`,
);
const mail = exploration([
  loaded(page('/', `heading "Inbox" level=1\nlist "Messages"\n${mailRows.join('\n')}`)),
]);
const invoice = (id: string, who: string, rest: string): string =>
  `  row ""\n    cell "${id}"\n    cell "${who}"\n${rest}    button "Delete"\n`;
const paid = '    button "Mark as paid"\n';
const invoices = exploration([
  loaded(
    page(
      '/',
      `heading "Invoices" level=1\ntable ""\n  row ""\n    columnheader "Number"\n    columnheader "Customer"\n${invoice('INV-1001', 'Acme Ltd', paid)}${invoice('INV-1002', 'Globex', paid)}${invoice('INV-1003', 'Initech', '')}`,
    ),
  ),
]);
const board = exploration([
  loaded(
    page(
      '/',
      ['To do', 'Doing', 'Done']
        .map(
          (column) => `heading "${column}" level=2
list ""
  listitem ""
    text "Fix login"
    button "Like"
    combobox "Move to" options="To do|Doing|Done" value="${column}"
  listitem ""
    text "Only in ${column}"
    button "Like"`,
        )
        .join('\n'),
    ),
  ),
]);
const settings = exploration([
  loaded(
    page(
      '/settings',
      `heading "Settings" level=1\nform "Profile"\n  textbox "Display name" inputType=text value="Sam Lee"\n  combobox "Language" options="English|Deutsch" value=English\n  button "Save changes"\ngroup "Accent colour"\n  radio "Green" checked=true\n  radio "Blue" checked=false\nswitch "Email notifications" checked=false\nswitch "Push notifications" checked=true\nspinbutton "Quantity" value=1\nbutton "Export data"`,
    ),
  ),
]);

interface Answer {
  titles: string[];
  reasons: string[];
  /** What the last step of each feature acts on, with the text around it. */
  on: string[];
}
function ask(app: Exploration, intent: string): Answer {
  const proposal = ProposalSchema.parse(JSON.parse(JSON.stringify(proposeFeatures(app, intent))));
  const elements = app.pages[0]?.snapshot.elements ?? [];
  const on = proposal.candidates.map(({ feature }) => {
    const action = feature.steps[feature.steps.length - 1]?.action;
    if (action === undefined || !('target' in action) || action.target === undefined) return '';
    const [element] = findTargets(elements, action.target);
    const row = element === undefined ? undefined : elements[element.parent];
    const value =
      action.type === 'type' ? ` = ${action.text}` : action.type === 'select' ? ` = ${action.option}` : '';
    return `${element?.role ?? '?'} ${element?.name ?? ''}${value}${['listitem', 'row'].includes(row?.role ?? '') ? ` @ ${row?.name ?? ''}` : ''}`;
  });
  return {
    titles: proposal.candidates.map(({ feature }) => feature.title),
    reasons: (proposal.intentParts ?? []).flatMap(({ reason }) => reason ?? []),
    on,
  };
}

describe('one thing among many is the one that is named', () => {
  it.each<[Exploration, string, string]>([
    [mail, 'star the message from Ben', 'button Star @ Select Star Ben Invoice for March Archive Delete'],
    [mail, 'Star Chris’s message', 'button Star @ Select Star Chris Budget review Archive Delete'],
    [
      mail,
      'archive the mail about the budget',
      'button Archive @ Select Star Chris Budget review Archive Delete',
    ],
    [mail, 'delete the last message', 'button Delete @ Select Star Chris Budget review Archive Delete'],
    [mail, 'star the second row', 'button Star @ Select Star Ben Invoice for March Archive Delete'],
    [mail, 'star the holiday pictures', 'button Star @ Select Star Ana Holiday pictures Archive Delete'],
    [
      mail,
      'open "Holiday pictures"',
      'link Holiday pictures @ Select Star Ana Holiday pictures Archive Delete',
    ],
    [
      mail,
      'Markiere die Nachricht „Budget review“ als star',
      'button Star @ Select Star Chris Budget review Archive Delete',
    ],
    [mail, 'Lösche die letzte Nachricht', 'button Delete @ Select Star Chris Budget review Archive Delete'],
    [invoices, 'mark invoice 1002 as paid', 'button Mark as paid @ INV-1002 Globex Mark as paid Delete'],
    [
      invoices,
      'mark the invoice from Acme as paid',
      'button Mark as paid @ INV-1001 Acme Ltd Mark as paid Delete',
    ],
    [invoices, 'delete the last invoice', 'button Delete @ INV-1003 Initech Delete'],
    [board, 'like the card Fix login in column Doing', 'button Like @ Fix login Like Move to'],
    [board, 'move Only in Doing to Done', ''],
  ])('%#: %s', (app, intent, on) => {
    expect(ask(app, intent).on).toEqual(on === '' ? [] : [on]);
  });

  it('in the column that is named, though others have the same name', () => {
    const { candidates } = proposeFeatures(board, 'like the card Fix login in column Doing');
    const action = candidates[0]?.feature.steps[0]?.action;
    const elements = board.pages[0]?.snapshot.elements ?? [];
    const likes = elements.filter((one) => one.name === 'Like');
    const [meant] =
      action !== undefined && 'target' in action && action.target ? findTargets(elements, action.target) : [];
    expect(meant && likes.indexOf(meant)).toBe(2);
  });
});

describe('what is not there is not replaced by something else', () => {
  it.each<[Exploration, string, RegExp]>([
    [mail, 'star the message from Zoe', /zoe/],
    [mail, 'snooze the message from Ben', /snooze/],
    [mail, 'star the ninth message', /only 4 entries/],
    [invoices, 'mark invoice 1009 as paid', /1009/],
    [invoices, 'mark invoice 1003 as paid', /paid/],
    [board, 'like the card Fix login in column Review', /Review/],
    [settings, 'set the volume to 3', /volume/],
    [settings, 'choose Purple as the accent colour', /colour|Purple/],
    [settings, 'set the language to Klingon', /Klingon/],
    [settings, 'click Import', /Import/],
    [settings, 'turn on SMS notifications', /SMS/],
    [appShapes.todo, 'add a supplier', /supplier/],
    [appShapes.todo, 'export the report as PDF', /intent|report/],
  ])('%#: %s', (app, intent, reason) => {
    const answer = ask(app, intent);
    expect(answer.titles).toEqual([]);
    expect(answer.reasons).toEqual([expect.stringMatching(reason)]);
  });
});

describe('values are those that are named', () => {
  it.each<[Exploration, string, string]>([
    [settings, 'set the quantity to 3', 'spinbutton Quantity = 3'],
    [settings, 'set the language to Deutsch', 'combobox Language = Deutsch'],
    [settings, 'choose Blue as the colour', 'radio Blue'],
    [settings, 'turn on email notifications', 'switch Email notifications'],
    [settings, 'turn off push notifications', 'switch Push notifications'],
    [settings, 'click Export data', 'button Export data'],
    [settings, 'change the display name to Ana Maria', 'button Save changes'],
  ])('%#: %s', (app, intent, on) => {
    expect(ask(app, intent).on).toEqual([on]);
  });

  it.each([
    'add a todo called Buy bread',
    'add a task "Buy bread"',
    'Füge „Buy bread“ hinzu',
    'add Buy bread to the list',
  ])('%s', (intent) => {
    const { candidates } = proposeFeatures(appShapes.todo, intent);
    expect(candidates.map((one) => one.creates)).toEqual(['Buy bread']);
  });

  it('go into the fields that they are for', () => {
    const shop = exploration([
      loaded(
        page(
          '/',
          'heading "Customers" level=1\nform "New customer"\n  textbox "Name" required\n  textbox "Email" inputType=email\n  combobox "Plan" options="Free|Pro" value=Free\n  button "Add customer"',
        ),
      ),
    ]);
    const { candidates } = proposeFeatures(
      shop,
      'add a customer named Ana Maria with email ana@x.org and plan Pro',
    );
    expect(candidates[0]?.feature.steps.slice(0, 3).map(({ action }) => action)).toMatchObject([
      { text: 'Ana Maria' },
      { text: 'ana@x.org' },
      { option: 'Pro' },
    ]);
  });
});

describe('what is not wanted', () => {
  it('gives no permission', () => {
    expect(JSON.stringify(proposeFeatures(mail, 'do not delete anything'))).not.toContain('"name":"Delete"');
    expect(JSON.stringify(proposeFeatures(mail, 'Show it all, but never delete a message'))).not.toContain(
      '"name":"Delete"',
    );
  });
  it('is left out of the tour', () => {
    const titles = (intent: string): string[] =>
      proposeFeatures(appShapes.kanban, intent).candidates.map((one) => one.feature.title);
    expect(titles('Show everything except the search')).toEqual(
      titles('').filter((title) => !/find|search/i.test(title)),
    );
  });
});

describe('rows that are only selected', () => {
  const inbox = (selected: boolean): string =>
    `heading "Inbox" level=1\nnavigation ""\n  button "Archive"\n${selected ? 'button "Archive"\nbutton "Delete"\n' : ''}list "Mail"\n${[
      'Ana',
      'Ben',
    ]
      .map(
        (name) =>
          `  listitem ""\n    checkbox "" checked=${String(selected && name === 'Ben')}\n    text "${name}"`,
      )
      .join('\n')}`;
  it('are ticked first, then the button is pressed that came, and none that was there', () => {
    const app = exploration([loaded(page('/', inbox(false)))]);
    const [first] = proposeFeatures(app, 'Archive the mail from Ben').candidates;
    expect(first?.feature.steps[0]).toMatchObject({
      caption: 'Select “Ben”',
      action: { target: { role: 'checkbox', within: { name: 'Ben' } } },
      success: { kind: 'state', state: 'checked' },
    });
    const placed = (selected: boolean) => {
      const seen = page('/', inbox(selected));
      return { ...seen, elements: seen.elements.map((one, at) => ({ ...one, box: { ...one.box, x: at } })) };
    };
    const note = first?.feature.steps[0]?.continues ?? '';
    const [then] = followingSteps(note, placed(true), placed(false), 'Ben');
    expect(then).toMatchObject({
      action: { type: 'click', target: { name: 'Archive', nth: 1 } },
      success: { kind: 'textHidden', text: 'Ben' },
      asks: { kind: 'row', title: 'Ben', effect: 'changes' },
    });
  });
});

describe('what is put among the favourites', () => {
  it.each(['Put the Tea bowl in the favourites', 'Add the Tea bowl to my wishlist'])('%s', (intent) => {
    const rows = ['Arc lamp', 'Tea bowl'].map(
      (name) => `  listitem ""\n    link "${name}" href=/x\n    button "Favourite ${name}" pressed=false`,
    );
    const app = exploration([loaded(page('/', `list "Products"\n${rows.join('\n')}`))]);
    const [first] = proposeFeatures(app, intent).candidates;
    expect(first?.feature.steps[0]?.action).toMatchObject({ target: { name: 'Favourite Tea bowl' } });
  });
});
