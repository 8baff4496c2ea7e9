import { describe, expect, it } from '@jest/globals';
import { plainLine, webVtt } from '@showrunner/media';
import fc from 'fast-check';
import { html, markdown } from './escape';
import { cropAround } from './walk';
import { chaptersJson, chaptersVtt } from './chapter-files';
import { MOST_PICTURES, sheetLayout, sheetPictures } from './contact-sheet';
import { GIF_QUALITIES, nextQuality } from './gif';
import { subRip } from './sub-rip';
import { HOSTILE_TEXTS, outlineOf } from './testing/outlines';

const hostile = fc.string({ unit: fc.constantFrom(...HOSTILE_TEXTS, '\n', ' ', '{', '<', '\\', '-->', '7') });
const shown = (text: string): string => text.replaceAll('\u200b', '');

describe('SubRip', () => {
  it('a cue on the clock of the film', () => {
    expect(subRip([{ startMs: 1500, endMs: 3_661_250, text: 'Add it' }])).toBe(
      '1\n00:00:01,500 --> 01:01:01,250\nAdd it\n',
    );
  });

  it('any text stays one line of one cue and reads as it was typed', () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 4 }), (texts) => {
        const said = texts.map((text) => plainLine(text)).filter((text) => text !== '');
        const cues = texts.map((text, n) => ({ startMs: n, endMs: n + 1, text }));
        const blocks = subRip(cues)
          .split('\n\n')
          .filter((block) => block !== '');
        expect(blocks).toHaveLength(said.length);
        for (const [n, block] of blocks.entries()) {
          const lines = block.replace(/\n$/u, '').split('\n');
          expect(lines).toHaveLength(3);
          expect(lines[0]).toBe(String(n + 1));
          expect(lines[2]).not.toMatch(/<[^\u200b]|\{[^\u200b]|\\[^\u200b]|-->|^\d+$/u);
          expect(shown(lines[2] ?? '')).toBe(said[n]);
        }
      }),
    );
  });
});

describe('chapters', () => {
  it('stand in WebVTT and JSON, in seconds, with their texts as they were typed', () => {
    const outline = outlineOf(HOSTILE_TEXTS.slice(1));
    expect(chaptersVtt(outline)).toBe(webVtt([{ startMs: 0, endMs: 2000, text: HOSTILE_TEXTS[1] ?? '' }]));
    expect(JSON.parse(chaptersJson(outline))).toEqual({
      title: HOSTILE_TEXTS[1],
      duration: 2,
      chapters: [{ title: HOSTILE_TEXTS[1], description: HOSTILE_TEXTS[2], feature: 'f', start: 0, end: 2 }],
    });
  });
});

describe('the contact sheet', () => {
  it('has a picture a step, and of a long film at most as many as fit', () => {
    const texts = (count: number): string[] => Array.from({ length: count }, (_, n) => `Step ${n}`);
    expect(sheetPictures(outlineOf(texts(5))).map(({ text }) => text)).toEqual(texts(5));
    const many = sheetPictures(outlineOf(texts(100), { durationMs: 60_000 }));
    expect(many.length).toBeLessThanOrEqual(MOST_PICTURES);
    expect(many.at(-1)?.text).toBe('Step 99');
  });

  it('draws no text that could be layout', () => {
    const pictures = HOSTILE_TEXTS.map((text, n) => ({ atMs: n, text }));
    const { texts } = sheetLayout(pictures, { width: 1280, height: 720 });
    for (const line of texts.split('\n').filter((candidate) => candidate.startsWith('Dialogue:')))
      expect(line.replace(/^[^{]*\{[^}]*\}/u, '')).not.toMatch(/(?<!\\)[{}]|\\[^{}]/u);
  });
});

describe('a GIF that is too large', () => {
  it('is tried smaller, and never as large again', () => {
    for (const n of GIF_QUALITIES.keys()) {
      expect(nextQuality(n, 1.01)).toBe(n + 1);
      expect(nextQuality(n, 1e6)).toBeGreaterThan(n);
    }
    expect(nextQuality(0, 1e6)).toBe(GIF_QUALITIES.length - 1);
  });
});

describe('texts of pages', () => {
  it('are no marks of HTML or Markdown', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(html(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/u);
        expect(markdown(text).replace(/\\[!-/:-@[-`{-~]/gu, '')).not.toMatch(
          /[\\`*_<>[\]#|~&$@]|^\d+\.|www\./u,
        );
        expect(markdown(text).replace(/\\([!-/:-@[-`{-~])/gu, '$1')).toBe(plainLine(text));
      }),
    );
  });
});

describe('the part of a picture that a guide shows', () => {
  const size = { width: 1280, height: 720 };
  it('lies within it, has its proportions, and holds the place', () => {
    const length = fc.integer({ min: 1, max: 720 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1279 }),
        fc.integer({ min: 0, max: 719 }),
        length,
        length,
        (x, y, w, h) => {
          const box = { x, y, width: Math.min(w, 1280 - x), height: Math.min(h, 720 - y) };
          const crop = cropAround(box, size);
          expect(crop.x).toBeGreaterThanOrEqual(0);
          expect(crop.y).toBeGreaterThanOrEqual(0);
          expect(crop.x + crop.width).toBeLessThanOrEqual(1280);
          expect(crop.y + crop.height).toBeLessThanOrEqual(720);
          expect(Math.abs(crop.width / crop.height - 16 / 9)).toBeLessThan(0.02);
          expect(crop.x).toBeLessThanOrEqual(box.x + 1);
          expect(crop.x + crop.width).toBeGreaterThanOrEqual(box.x + box.width - 1);
          expect(crop.y).toBeLessThanOrEqual(box.y + 1);
          expect(crop.y + crop.height).toBeGreaterThanOrEqual(box.y + box.height - 1);
        },
      ),
    );
  });
});
