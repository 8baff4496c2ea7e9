import { describe, expect, it } from '@jest/globals';
import type { CandidateStep, Exploration, PageSnapshot } from '@showrunner/contracts';
import { followingSteps } from '../following-steps';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page } from '../testing/outline';

const only = (outline: string): Exploration => exploration([loaded(page('/', outline))]);
const stepsOf = (app: Exploration, intent: string): CandidateStep[] =>
  proposeFeatures(app, intent).candidates[0]?.feature.steps ?? [];
const told = (steps: readonly CandidateStep[]): string[] =>
  steps.map(({ action }) => {
    const target = 'target' in action ? action.target : undefined;
    const rest =
      action.type === 'type' ? ` = ${action.text}` : action.type === 'drag' ? ` > ${action.to.name}` : '';
    return `${action.type} ${target?.role ?? ''} ${target?.name ?? ''}${target?.nth === undefined ? '' : `#${target.nth}`}${rest}`;
  });
/** What follows the last step on the page that it has led to. */
const onward = (steps: readonly CandidateStep[], now: PageSnapshot): CandidateStep[] =>
  followingSteps(steps[steps.length - 1]?.continues ?? '', now, undefined);

describe('a control is the one that is spoken of', () => {
  it.each([
    ['click on the link "Eget"', 'click button Eget'],
    ['click on the link "eget"', 'click button eget'],
    ['Click button ONE', 'click button ONE'],
    ['Click the button in the dialog box labeled "Cancel"', 'click button Cancel'],
    ['Close the dialog by clicking the "x"', 'click button Close'],
    ['Click the 2nd checkbox', 'click checkbox #1'],
    ['Focus into the 1st textbox', 'click textbox #0'],
    ['Click on a "radio" widget', 'click radio '],
  ])('%s', (intent, wanted) => {
    const app = only(
      `button "eget"\nbutton "Eget"\nbutton "ONE"\nbutton "TWO"\ndialog "Note"\n  button "Close"\n  button "Cancel"\n` +
        `checkbox "" checked=false\ncheckbox "" checked=false\nradio "" checked=false\ntextbox "" inputType=text\ntextbox "" inputType=text`,
    );
    expect(told(stepsOf(app, intent))).toEqual([wanted]);
  });

  it.each(['click on the link "missing"', 'Click button THREE', 'click the 5th checkbox'])(
    '%s: nothing else in its place',
    (intent) => {
      const app = only('button "ONE"\nbutton "TWO"\ncheckbox "" checked=false\nlink "Other" href=/other');
      expect(stepsOf(app, intent)).toEqual([]);
    },
  );
});

describe('all are each of them', () => {
  it('ticks every box of the rows, and not the one that stands for all', () => {
    const packing = only(
      'checkbox "Select all" checked=false\nlist ""\n  listitem ""\n    checkbox "Socks" checked=false\n  listitem ""\n    checkbox "Towel" checked=false',
    );
    for (const intent of ['Tick all items', 'Select all'])
      expect(told(stepsOf(packing, intent))).toEqual(['click checkbox Socks', 'click checkbox Towel']);
  });
  it('ticks none where the entries have no boxes', () => {
    expect(
      stepsOf(
        only('list ""\n  listitem ""\n    text "Socks"\n  listitem ""\n    text "Towel"'),
        'Tick all items',
      ),
    ).toEqual([]);
  });
});

describe('several are all of them or none', () => {
  const boxes = only(
    'checkbox "Milk" checked=false\ncheckbox "Bread" checked=true\ncheckbox "Eggs" checked=false\ncheckbox "Tea" checked=false',
  );
  it('ticks what is not ticked yet', () => {
    expect(told(stepsOf(boxes, 'Select Milk, Bread and Eggs'))).toEqual([
      'click checkbox Milk',
      'click checkbox Eggs',
    ]);
  });
  it('ticks nothing when one is missing', () => {
    const { candidates, intentParts } = proposeFeatures(boxes, 'Select Milk, Rice');
    expect(candidates).toEqual([]);
    expect(intentParts?.[0]?.reason).toContain('“Rice”');
  });
});

describe('what hides is looked for behind what is closed', () => {
  const tabs = (chosen: number, inner: string): string =>
    `${[1, 2, 3].map((n) => `tab "Tab ${n}" selected=${n === chosen}`).join('\n')}\n${inner}`;
  it('tab by tab, none twice', () => {
    const first = stepsOf(
      only(tabs(1, 'button "here"')),
      'Switch between the tabs to find and click on the link "there"',
    );
    expect(told(first)).toEqual(['click tab Tab 2']);
    const second = onward(first, page('/', tabs(2, 'button "elsewhere"')));
    expect(told(second)).toEqual(['click tab Tab 1']);
    const third = onward(second, page('/', tabs(1, 'button "here"')));
    expect(told(third)).toEqual(['click tab Tab 3']);
    expect(told(onward(third, page('/', tabs(3, 'button "there"'))))).toEqual(['click button there']);
    expect(onward(third, page('/', tabs(3, 'button "no"')))).toEqual([]);
  });

  it('through menus by pointing at them', () => {
    const file = 'menuitem "File" popup=menu expanded=false\nmenuitem "Edit" popup=menu expanded=false';
    const first = stepsOf(only(file), 'Select File>New>Folder');
    expect(told(first)).toEqual(['hover menuitem File']);
    const second = onward(first, page('/', `${file}\nmenuitem "New" popup=menu\nmenuitem "Open"`));
    expect(told(second)).toEqual(['hover menuitem New']);
    expect(told(onward(second, page('/', `${file}\nmenuitem "Folder"`)))).toEqual(['click menuitem Folder']);
    expect(onward(second, page('/', file))).toEqual([]);
  });
});

describe('a message is written where it belongs', () => {
  const inbox =
    'list "Mail"\n  listitem ""\n    link "Lunch" href=/1\n    text "Ana"\n    button "Archive"\n  listitem ""\n    link "Budget" href=/2\n    text "Ben"\n    button "Archive"';
  it('to the one that is named, with the text that is said', () => {
    const first = stepsOf(only(inbox), 'Find the email by Ben and reply to them with the text "See you".');
    expect(told(first)).toEqual(['click link Budget']);
    const second = onward(first, page('/2', 'heading "Budget" level=1\nbutton "Reply"\nbutton "Forward"'));
    expect(told(second)).toEqual(['click button Reply']);
    const form = page('/2', 'textbox "to" inputType=text\ntextbox "" inputType=textarea\nbutton "Send"');
    expect(told(onward(second, form))).toEqual(['type textbox  = See you', 'click button Send']);
    expect(onward(second, page('/2', 'textbox "" inputType=textarea\nbutton "Cancel"'))).toEqual([]);
  });
  it('and to nobody when the one is not there', () => {
    expect(stepsOf(only(inbox), 'Find the email by Carla and reply to them with the text "x"')).toEqual([]);
  });
});

describe('values come as the field takes them', () => {
  it.each([
    ['Enter 01/14/2016 as the date', 'textbox "" inputType=date', 'type textbox  = 2016-01-14'],
    ['Enter 9:37 PM as the time', 'textbox "" inputType=time', 'type textbox  = 21:37'],
    [
      'Type "Ana" in all upper case letters in the text input',
      'textbox "" inputType=text',
      'type textbox  = ANA',
    ],
    [
      'Copy the text in the textarea below, paste it into the textbox',
      'textbox "" inputType=textarea value=hello\ntextbox "" inputType=text',
      'type textbox #1 = hello',
    ],
    [
      'Enter the value of Color into the text field',
      'table ""\n  row ""\n    cell "Color"\n    cell "red"\ntextbox "" inputType=text',
      'type textbox  = red',
    ],
  ])('%s', (intent, outline, wanted) => {
    expect(told(stepsOf(only(outline), intent))).toEqual([wanted]);
  });

  it('month by month in a calendar that cannot be typed into', () => {
    const field = 'textbox "Date:" inputType=text readonly';
    const first = stepsOf(only(field), 'Select 11/03/2016 as the date');
    expect(told(first)).toEqual(['click textbox Date:']);
    const month = (name: string): PageSnapshot =>
      page('/', `${field}\ntext "${name}"\nbutton "Prev"\nbutton "Next"\nlink "3"\nlink "13"`);
    const second = onward(first, month('December 2016'));
    expect(told(second)).toEqual(['click button Prev']);
    expect(told(onward(second, month('November 2016')))).toEqual(['click link 3']);
    expect(onward(second, page('/', field))).toEqual([]);
  });

  it('one of what is suggested', () => {
    const field = 'textbox "Country" inputType=text';
    const steps = stepsOf(only(field), 'Enter an item that starts with "An" and ends with "ca"');
    expect(told(steps)).toEqual(['type textbox Country = An']);
    const open = page('/', `${field}\noption "Angola"\noption "Antarctica"`);
    expect(told(onward(steps, open))).toEqual(['click option Antarctica']);
    expect(onward(steps, page('/', `${field}\noption "Angola"`))).toEqual([]);
    // What would not fit into the note that the next step reads is not begun.
    expect(stepsOf(only(field), `Enter an item that starts with "${'An'.repeat(100)}"`)).toEqual([]);
  });
});

describe('an entry is dragged to its place', () => {
  const list = only('list ""\n  listitem "Ana"\n  listitem "Ben"\n  listitem "Cem"\n  listitem "Dora"');
  it('of that very list', () => {
    expect(told(stepsOf(list, 'Drag Dora to the 2nd position'))).toEqual(['drag listitem Dora > Ben']);
  });
  it.each(['Drag Dora to the 9th position', 'Drag Dora to the 4th position', 'Drag Eve to the 1st position'])(
    '%s is not possible',
    (intent) => {
      expect(stepsOf(list, intent)).toEqual([]);
    },
  );
});
