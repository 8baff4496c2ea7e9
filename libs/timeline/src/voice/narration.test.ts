import { describe, expect, test } from '@jest/globals';
import { narrationOf } from './narration';

const base = { clipId: 'c', takeId: 't', transition: 'auto' as const };
const footage = { kind: 'footage' as const, id: 'f', ...base, inMs: 0, outMs: 8000, speed: 1 };
const chapters = [{ clipId: 'c', feature: 'one', title: 'Add a card', description: 'It is there at once' }];
const caption = (id: string, startMs: number, text: string, rest = {}) => ({
  ...{ id, startMs, endMs: startMs + 1000, text, avoid: [] },
  ...rest,
});
const texts = (film: Parameters<typeof narrationOf>[0]): string[] =>
  narrationOf(film).map(({ text }) => text);

describe('what a voice says', () => {
  test('a chapter by its title and what it is good for, once, then its captions in order', () => {
    const heading = { eyebrow: '1 / 2', title: 'Add a card' };
    const captions = [
      caption('b', 2000, 'Press Add'),
      caption('a', 0, '', { heading }),
      caption('c', 1000, 'Type a name', { heading }),
    ];
    expect(texts({ items: [footage], chapters, captions })).toEqual([
      'Add a card. It is there at once.',
      'Type a name',
      'Press Add',
    ]);
  });

  test('of an opening card the title alone, of a chapter’s card both, and nothing twice', () => {
    const card = { kind: 'card' as const, ...base, atMs: 0, durationMs: 1000 };
    const items = [
      { ...card, id: 'o', card: 'opening' as const, title: 'Board', body: 'Add a card   ·   Sort' },
      { ...card, id: 'k', card: 'title' as const, title: 'Add a card', body: 'Add a card!' },
      footage,
    ];
    const captions = [caption('a', 2000, 'add a card'), caption('b', 4000, 'Press Add')];
    expect(texts({ items, chapters, captions })).toEqual(['Board', 'Add a card.', 'Press Add']);
  });

  test('what an editor wrote instead; nothing where that is empty; letters of any script, nothing of marks alone', () => {
    const captions = [
      caption('a', 0, 'Press Add', { spoken: 'Now add it' }),
      caption('b', 1000, 'Press Add', { spoken: '' }),
      caption('c', 2000, '日本語'),
      caption('d', 3000, '→ ✓'),
    ];
    expect(texts({ items: [footage], chapters, captions })).toEqual(['Now add it', '日本語']);
  });
});
