import { describe, expect, it } from '@jest/globals';
import { rulesContext } from '../rules-context';
import { exploration, loaded, page } from '../testing/outline';
import { withExtremes } from './extremes';
import { readPart } from './read-intent';

const shelf = (...entries: [title: string, said: string][]): string =>
  `heading "Shop" level=1\nlist "Products"\n${entries
    .map(
      ([title, said]) =>
        `  listitem ""\n    link "${title}" href=/${title}\n    text "${said}"\n    button "Favourite ${title}"`,
    )
    .join('\n')}`;
const shop = shelf(
  ['Arc lamp', '129 €'],
  ['Tea bowl', '18 €'],
  ['Paper lamp', '64,50 €'],
  ['Oak table', '1.290 €'],
);
const invoices = `heading "Invoices" level=1\ntable ""\n  row ""\n    columnheader "Customer"\n    columnheader "Due"\n    columnheader "Hours"\n${[
  ['Acme', '2026-03-02', '12'],
  ['Globex', '2025-11-30', '9'],
  ['Initech', '2026-01-15', '101'],
]
  .map(
    (cells) => `  row ""\n${cells.map((cell) => `    cell "${cell}"`).join('\n')}\n    button "Mark as paid"`,
  )
  .join('\n')}`;
const meant = (intent: string, ...outlines: string[]): string => {
  const app = exploration(outlines.map((outline, at) => loaded(page(`/${at}`, outline))));
  const told = withExtremes(readPart(intent), rulesContext(app, intent));
  return 'missing' in told ? `? ${told.missing}` : (told.part.quoted.at(-1) ?? '-');
};

describe('one of many by the most or the least of something', () => {
  it.each([
    ['Mark the cheapest product as a favourite', shop, 'Tea bowl'],
    ['Open the most expensive product', shop, 'Oak table'],
    ['Open the second cheapest product', shop, 'Paper lamp'],
    ['Add the cheapest lamp to the cart', shop, 'Paper lamp'],
    ['Öffne das günstigste Produkt', shop, 'Tea bowl'],
    ['Abre el producto más caro', shop, 'Oak table'],
    ['Ouvre le produit le moins cher', shop, 'Tea bowl'],
    ['Mark the oldest invoice as paid', invoices, 'Globex'],
    ['Mark the latest invoice as paid', invoices, 'Acme'],
    ['Open the invoice with the most hours', invoices, 'Initech'],
    ['Open the invoice with the highest hours', invoices, 'Initech'],
    [
      'Play the longest song',
      `heading "Songs" level=1\n${shelf(['Intro', '0:58'], ['Reprise', '12:04'], ['Outro', '3:30'])}`,
      'Reprise',
    ],
    [
      'Open the best rated recipe',
      `heading "Recipes" level=1\n${shelf(['Soup', '4.1 ★'], ['Bread', '4.8 ★'], ['Stew', '3.9 ★'])}`,
      'Bread',
    ],
  ])('%s', (intent, outline, title) => {
    expect(meant(intent, outline)).toBe(title);
  });

  it.each([
    ['Open the cheapest sofa', shop, /called “sofa”/],
    ['Mark the newest product as a favourite', shop, /does not tell which is the newest/],
    // An inbox has it at the top, a chat at the bottom.
    ['Open the latest message', shelf(['Hello', 'Ann'], ['Bye', 'Ben']), /does not tell which is the latest/],
    [
      'Mark the cheapest product as a favourite',
      shelf(['Arc lamp', '12 €'], ['Tea bowl', 'sold out']),
      /not tell/,
    ],
    ['Favourite the cheapest product', `${shop}\nbutton "Load more"`, /more pages/],
  ])('is not guessed: %s', (intent, outline, why) => {
    expect(meant(intent, outline)).toMatch(why);
  });

  it.each([
    ['Sort by the cheapest', shop],
    ['Show the newest features', shop],
    ['Show the newest', `${shop}\nbutton "Newest"`],
    ['Open "The cheapest lamp"', shop],
    ['Add a task', shop],
  ])('leaves alone: %s', (intent, outline) => {
    expect(meant(intent, outline)).not.toMatch(/^(\? |Arc|Tea|Paper|Oak|Bye|Hello)/);
  });
});
