import { expect, test } from '@jest/globals';
import { chapterMetadata } from './chapter-metadata';

test('titles cannot end their line or open a section', () => {
  const text = chapterMetadata({
    timeline: { title: 'A=b;c#d\\e\n[CHAPTER]' },
    chapters: [
      { title: 'One\nSTART=9', description: '', clipId: 'c1', feature: 'one', startMs: 0, endMs: 1500 },
    ],
  });
  expect(text).toBe(
    ';FFMETADATA1\ntitle=A\\=b\\;c\\#d\\\\e [CHAPTER]\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1500\ntitle=One START\\=9\n',
  );
});
