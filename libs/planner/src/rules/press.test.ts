import { describe, expect, it } from '@jest/globals';
import { proposeFeatures } from '../propose';
import { exploration, loaded, page } from '../testing/outline';

const pressed = (outline: string): string[] => {
  const { candidates, reserves } = proposeFeatures(exploration([loaded(page('/', outline))]), '');
  return [...candidates, ...reserves].flatMap(({ feature }) =>
    feature.kind === 'use' ? [feature.title] : [],
  );
};

describe('a button that no other rule knows', () => {
  it('is pressed when it says what it does; what it did is learned in rehearsal', () => {
    const outline = 'heading "Quotes"\nbutton "surprise me"';
    expect(pressed(outline)).toEqual(['Surprise me']);
    const [step] =
      proposeFeatures(exploration([loaded(page('/', outline))]), '').candidates[0]?.feature.steps ?? [];
    expect(step).toMatchObject({ learn: true, mayGo: ['Quotes'] });
  });
  it('one of several that name kinds is chosen, not the one that is shown', () => {
    expect(pressed('main\n  button "all"\n  button "breakfast"\n  button "lunch"\nheading "Menu"')).toEqual([
      'Choose “breakfast”',
    ]);
  });
  it('comes before those that only take back', () => {
    expect(pressed('main\n  button "decrease"\n  button "reset"\n  button "increase"')).toEqual([
      'Increase',
      'Decrease',
    ]);
  });
  it('a form that its page has filled in is sent off as it stands', () => {
    const form = (name: string, value: string) =>
      `  form "${name}"\n    textbox "Path of ${name}" inputType=text value="${value}"\n    button "${name}"`;
    expect(pressed(`main\n${form('List the tasks', '/tasks')}\n${form('Count them', '')}`)).toEqual([
      'List the tasks',
    ]);
  });
  it.each([
    ['keys of a keypad', 'button "7"\nbutton "+"\nbutton "8"'],
    ['the way back', 'button "Previous"\nbutton "Home"'],
    ['what closes or cancels', 'button "Cancel"\nbutton "Close"'],
    ['equals', 'button "Show"\nbutton "Show"'],
    ['what deletes, pays or sends', 'button "Delete all"\nbutton "Buy now"\nbutton "Share"'],
    ['what changes the look, which has a rule of its own', 'button "Toggle dark mode"'],
    ['the handle of a part that is folded', 'button "Show more" expanded=false'],
    ['the button of a form', 'form ""\n  textbox "Name" inputType=text\n  button "Add"'],
    ['navigation', 'navigation\n  button "Play"\n  button "Show all"'],
    ['words alone', 'button "Lighthouse"'],
  ])('is never one of %s', (_, outline) => {
    expect(pressed(outline)).toEqual([]);
  });
});
