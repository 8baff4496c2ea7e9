import { describe, expect, it } from '@jest/globals';
import { SourceChangesSchema } from '@showrunner/contracts';
import fc from 'fast-check';
import { changesOf, wordsOf } from './changes';

const DIFF = `diff --git a/src/board.js b/src/board.js
index 1..2 100644
--- a/src/board.js
+++ b/src/board.js
@@ -1,2 +1,2 @@
-addCard("Old title")
+addTask("New title")
 unchanged line
diff --git a/package-lock.json b/package-lock.json
--- a/package-lock.json
+++ b/package-lock.json
@@ -1 +1 @@
+"resolved": "https://registry"
diff --git "a/w\\303\\244g.html" "b/w\\303\\244g.html"
@@ -0,0 +1 @@
+<h1>Ganz neu</h1>
`;

describe('what a diff changes', () => {
  it('is paths and words of the lines, not of those that machines write', () => {
    expect(changesOf(DIFF, ['Rename cards\n\nbody', '', '  Tidy '])).toEqual({
      files: ['src/board.js', 'package-lock.json', 'w\\303\\244g.html'],
      added: ['add', 'task', 'new', 'title', 'ganz', 'neu'],
      removed: ['add', 'card', 'old', 'title'],
      messages: ['Rename cards', 'Tidy'],
    });
  });

  it('takes names apart and leaves numbers and scraps out', () => {
    expect(wordsOf('markAllDone(42, "Größe_x") a1b')).toEqual(['mark', 'all', 'done', 'größe', 'a1b']);
  });

  it('is bounded, whatever comes in', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 2000 }),
        fc.array(fc.string(), { maxLength: 80 }),
        (diff, messages) => {
          expect(
            SourceChangesSchema.safeParse(changesOf(`diff --git a/x b/x\n@@\n+${diff}`, messages)).success,
          ).toBe(true);
        },
      ),
      { numRuns: 50 },
    );
    const long = Array.from({ length: 5000 }, (_, n) => `+word${n}x`).join('\n');
    expect(changesOf(`diff --git a/x b/x\n@@\n${long}`, []).added).toHaveLength(2000);
  });
});
