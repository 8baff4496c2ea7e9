import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { assColour, assDocument, assText } from './ass-document';

/** What libass takes for more than a character in event text: a block, a line break, a hard space. `\{` and `\}` are plain braces. */
function codesIn(text: string): string[] {
  const codes: string[] = [];
  for (let n = 0; n < text.length; n += 1) {
    if (text[n] === '\\' && (text[n + 1] === '{' || text[n + 1] === '}')) n += 1;
    else if (text[n] === '{' || text[n] === '\\' || text[n] === '\n' || text[n] === '\r')
      codes.push(text.slice(n, n + 4));
  }
  return codes;
}

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '{',
      '}',
      '\\',
      'N',
      'n',
      'h',
      '\n',
      '\r',
      'p1',
      ',',
      'an8',
      '😀',
      '\u202e',
      '\ud800',
      ' ',
    ),
  }),
);

describe('ASS text', () => {
  test('no text, however hostile, carries an override code or a line break', () => {
    fc.assert(
      fc.property(hostile, (text) => expect(codesIn(assText(text))).toEqual([])),
      { numRuns: 2000 },
    );
  });

  test('hostile text does not change the number of lines or events of a document', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const body = `{\\an5}${assText(text)}`;
        const document = assDocument({ width: 1280, height: 720 }, 'Noto Sans', [
          { layer: 0, startMs: 0, endMs: 1000, body },
        ]);
        expect(document.split(/\r|\n/u).filter((line) => line.startsWith('Dialogue:'))).toHaveLength(1);
      }),
    );
  });

  test('readable text stays what it was', () => {
    expect(assText('Type "50 % off" – für Zoë')).toBe('Type "50 % off" – für Zoë');
  });

  test('direction overrides and newlines are taken out', () => {
    expect(assText('a\u202eb\nc\\Nd')).toBe('ab c∖Nd');
  });

  test('long text is shortened', () => {
    expect([...assText('x'.repeat(500), 20)]).toHaveLength(20);
  });

  test('colours are written blue first', () => expect(assColour('#112233')).toBe('&H332211&'));
});
