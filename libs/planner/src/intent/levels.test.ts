import { describe, expect, it } from '@jest/globals';
import { page } from '../testing/outline';
import { answersOn } from './answers-on';
import { dayInWords } from './days-in-words';
import { levelIn } from './levels';

describe('a level in words', () => {
  it.each([
    ['Turn the volume up', { by: 1, of: ['volume'] }],
    ['turn down the volume twice', { by: -2, of: ['volume'] }],
    ['maximum brightness', { share: 1, of: ['brightness'] }],
    ['Set the brightness to the minimum', { share: 0, of: ['brightness'] }],
    ['Mute the volume', { share: 0, of: ['volume'] }],
    ['make it louder', { by: 1, of: ['volume'] }],
    ['set the volume to 75%', { share: 0.75, of: ['volume'] }],
  ])('%s', (text, { of, ...level }) => {
    const found = levelIn({ text, quoted: [] });
    expect(found).toMatchObject({ ...level, of });
  });

  it.each(['Set the volume to 7', 'Set the text size to large', 'Turn on the lamp', 'Open the settings'])(
    '%s says a value, or nothing of the kind',
    (text) => {
      expect(levelIn({ text, quoted: [] })).toBeUndefined();
    },
  );

  const settings = page(
    '/',
    `slider "Volume" inputType=range value=40 min=0 max=100
slider "Bass" value=3 min=0 max=10
group "Text size"
  button "Small" pressed=false
  button "Medium" pressed=true
  button "Large" pressed=false
group "Spacing"
  radio "Tight" checked=false
  radio "Normal" checked=true
  radio "Wide" checked=false`,
  );
  const done = (text: string): unknown => {
    const action = answersOn(settings, text, text).candidates[0]?.feature.steps.at(-1)?.action;
    return action?.type === 'type'
      ? action.text
      : action?.type === 'click'
        ? action.target.name
        : action?.type;
  };
  it.each([
    ['turn the volume up', '60'],
    ['turn the volume down', '20'],
    ['maximum volume', '100'],
    ['set the volume to half', '50'],
    ['make the text larger', 'Large'],
    ['Set the bass to maximum', 'press'],
  ])('%s: %s', (text, value) => {
    expect(done(text)).toBe(value);
  });

  it('what is not there, or is so already, is not set instead', () => {
    expect(answersOn(settings, 'turn the treble up', '')).toMatchObject({
      candidates: [],
      reason: expect.stringMatching(/treble/),
    });
    const loud = page('/', 'slider "Volume" inputType=range value=100 min=0 max=100');
    expect(answersOn(loud, 'maximum volume', '')).toMatchObject({
      candidates: [],
      reason: expect.stringMatching(/already/),
    });
  });

  it('pictures up and down are of what their names say, and of nothing else', () => {
    const player = page(
      '/',
      'button "Volume down"\ntext "Volume 5"\nbutton "Volume up"\ntext "Bass level 3"',
    );
    expect(answersOn(player, 'turn up the volume', '').candidates[0]?.feature.steps).toMatchObject([
      { action: { target: { name: 'Volume up' } }, asks: { kind: 'amount', amount: 6 } },
    ]);
    expect(answersOn(player, 'turn the bass down', '').candidates).toEqual([]);
  });
});

describe('a day in words', () => {
  const monday = new Date(2026, 10, 30, 12);
  it.each([
    ['due tomorrow', '2026-12-1'],
    ['the day after tomorrow', '2026-12-2'],
    ['pasado mañana', '2026-12-2'],
    ['après-demain', '2026-12-2'],
    ['next Friday', '2026-12-11'],
    ['in two weeks', '2026-12-14'],
    ['in zwei Wochen', '2026-12-14'],
    ['vendredi prochain', '2026-12-11'],
    ['3 days from now', '2026-12-3'],
  ])('%s', (text, day) => {
    const found = dayInWords(text, monday)?.day;
    expect(found && `${found.year}-${found.month}-${found.day}`).toBe(day);
  });

  it.each(['Call the bank', 'every week', 'in a box', 'Friday night plans'])('%s says none', (text) => {
    expect(dayInWords(text, monday)).toBeUndefined();
  });

  it('a date field takes it, and a calendar is opened for it', () => {
    const form = page('/', 'form ""\n  textbox "Due date" inputType=date\n  button "Save"');
    const [step] = answersOn(form, 'Set the due date to tomorrow', '').candidates[0]?.feature.steps ?? [];
    expect(step?.action).toMatchObject({ type: 'type', text: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/) });
    const drawn = page('/', 'textbox "Pick-up date" readonly');
    expect(answersOn(drawn, 'Pick the 3rd of March', '').candidates[0]?.feature.steps).toMatchObject([
      { continues: expect.stringMatching(/^on-day \d{4}-03-03$/) },
    ]);
  });
});
