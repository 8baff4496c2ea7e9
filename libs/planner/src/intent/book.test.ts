import { describe, expect, it } from '@jest/globals';
import { followingSteps } from '../following-steps';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page } from '../testing/outline';

type Steps = ReturnType<typeof proposeFeatures>['candidates'][number]['feature']['steps'];
const stepsFor = (intent: string, outline: string): Steps =>
  proposeFeatures(exploration([loaded(page('/', outline))]), intent).candidates[0]?.feature.steps ?? [];

describe('a day and a time are booked', () => {
  const form =
    'heading "Book a session" level=1\ntext "Season 2027"\nform ""\n  textbox "Your name" inputType=text\n  textbox "Date" inputType=date\n  textbox "Time" inputType=time\n  button "Book"';
  it.each([
    ['Book 18 March at 17:00', ['2027-03-18', '17:00']],
    ['book a session for Ida on March 5th 2028 at 8:30 am', ['Ida', '2028-03-05', '08:30']],
    ['Reserve 5 March 2028 at 9 pm for Ida', ['Ida', '2028-03-05', '21:00']],
  ])('through a form: %s', (intent, entered) => {
    const steps = stepsFor(intent, form);
    const typed = steps.flatMap(({ action }) => (action.type === 'type' ? [action.text] : []));
    expect(typed).toEqual(expect.arrayContaining(entered));
    expect(steps[steps.length - 1]).toMatchObject({
      action: { type: 'click', target: { name: 'Book' } },
      asks: { kind: 'moment', said: false },
    });
  });

  const row = (day: string, time: string): string =>
    `  row "" \n    cell "${day}"\n    cell "${time}"\n    button "Book"`;
  const slots = `heading "Free slots" level=1\ntable ""\n${[
    row('Monday 8 March', '09:00'),
    row('Monday 8 March', '10:30'),
    row('Tuesday 9 March', '10:30'),
  ].join('\n')}`;
  it('in the entry of that moment, and in none when several fit', () => {
    expect(stepsFor('Book the slot on Tuesday at 10:30', slots)).toMatchObject([
      {
        action: { target: { name: 'Book', within: { role: 'row' } } },
        asks: { kind: 'row', effect: 'changes' },
      },
    ]);
    expect(stepsFor('Book the slot on Monday', slots)).toEqual([]);
    expect(stepsFor('Book Friday at 10:30', slots)).toEqual([]);
  });

  const month = (name: string, more = ''): string =>
    `heading "Appointments" level=1\ngeneric "‹"\ntext "${name} 2027"\ngeneric "›"\napplication ""\n${Array.from(
      { length: 28 },
      (_, at) => `  generic "${at + 1}"`,
    ).join('\n')}${more}`;
  it('in a calendar: the month, the day, the time, what books it', () => {
    const [turn] = stepsFor('Book 18 March at 17:00', month('February'));
    expect(turn).toMatchObject({ action: { target: { name: '›' } } });
    const [day] = followingSteps(turn?.continues ?? '', page('/', month('March')), undefined);
    expect(day).toMatchObject({
      action: { target: { name: '18' } },
      asks: { kind: 'moment', day: 18, month: 3 },
    });
    const times = '\ngeneric "09:00"\ngeneric "17:00"';
    const [time] = followingSteps(day?.continues ?? '', page('/', month('March', times)), undefined);
    expect(time).toMatchObject({ action: { target: { name: '17:00' } }, asks: { time: '17:00' } });
    const done = page('/', month('March', `${times}\nbutton "Confirm appointment"`));
    expect(followingSteps(time?.continues ?? '', done, undefined)).toMatchObject([
      { action: { target: { name: 'Confirm appointment' } }, asks: { kind: 'moment', time: '17:00' } },
    ]);
    expect(
      followingSteps(day?.continues ?? '', page('/', month('March', '\ngeneric "09:00"')), undefined),
    ).toEqual([]);
  });

  it('not where there is no place for it', () => {
    const { intentParts } = proposeFeatures(
      exploration([loaded(page('/', 'heading "Notes" level=1\nbutton "Book"'))]),
      'Book 18 March at 17:00',
    );
    expect(intentParts?.[0]?.reason).toMatch(/this day and time/);
  });
});
