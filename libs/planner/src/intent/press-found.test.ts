import { describe, expect, it } from '@jest/globals';
import { showOnly } from './press';
import { page } from '../testing/outline';
import { answersOn } from './answers-on';

const FOUND = page(
  '/',
  'heading "Contacts" level=1\nsearchbox "Search" value="Zoe Quinn"\ngeneric "Zoe Quinn"',
);
const titles = (text: string, focus?: string): string[] =>
  answersOn(FOUND, text, 'search for Zoe Quinn and open the contact', focus).candidates.map(
    ({ feature }) => feature.title,
  );

describe('what a search has found and left alone', () => {
  it.each(['open it', 'open the contact', 'show the person'])('is what “%s” means', (text) => {
    expect(titles(text, 'Zoe Quinn')).toContain('Open “Zoe Quinn”');
  });

  it('is not opened in the place of something else', () => {
    expect(titles('open the contact', 'Ivo Lund')).toEqual([]);
    expect(titles('open the settings', 'Zoe Quinn')).toEqual([]);
  });

  it('is what the part speaks of, so that nothing planned before takes its place', () => {
    const back = (text: string): boolean => answersOn(FOUND, text, '', 'Zoe Quinn').refersBack;
    expect(['it', 'the contact'].map((what) => back(`open ${what}`))).toEqual([true, true]);
    for (const what of ['the settings', 'the cart', 'the contact Ivo Lund', 'a contact'])
      expect([what, back(`open ${what}`)]).toEqual([what, false]);
  });
});

it.each([
  ['Red', 'Show only Red'],
  ['Only what is left', 'Only what is left'],
  ['Show completed', 'Show only completed'],
])('%s: the caption says once that it narrows', (name, caption) => {
  expect(showOnly(name)).toBe(caption);
});
