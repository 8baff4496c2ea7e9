import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { webVtt } from './webvtt';

describe('WebVTT', () => {
  test('a cue on the clock of the film', () => {
    expect(webVtt([{ startMs: 1_500, endMs: 3_661_250, text: 'Add <b> & go' }])).toBe(
      'WEBVTT\n\n1\n00:00:01.500 --> 01:01:01.250\nAdd &lt;b&gt; &amp; go\n',
    );
  });

  test('no text adds a cue, a tag or a blank line', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('-->', '\n', '\r\n', '<', '&', 'a', '\u2028', '00:00:01.000') }),
        (text) => {
          const lines = webVtt([{ startMs: 0, endMs: 1000, text }]).split('\n');
          expect(lines).toHaveLength(6);
          expect(lines.filter((line) => line.includes('-->'))).toHaveLength(1);
          expect(lines[4]).not.toMatch(/[<>]/u);
        },
      ),
    );
  });
});
