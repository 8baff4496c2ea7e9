import type { FilmOutline } from '@showrunner/contracts';

/** Texts that some format takes for something else. */
export const HOSTILE_TEXTS = [
  'plain <b>bold</b> & "quoted" \'text\'',
  'if a < b && c > d',
  '<script>alert(1)</script>',
  '{\\an8}top {\\p1}m 0 0 {name}',
  'back\\Nslash \\n \\h C:\\temp\\new',
  'x --> y 00:00:01.000 --> 00:00:02.000',
  '100% of %{pts} and %d',
  "eq(n,1):x=0;[out]',drawtext=text=y",
  'two\nlines\r\n\r\n3',
  '42',
  '&amp; &lt; &nbsp; &#60;',
  'NOTE STYLE ::cue { color: red }',
  '\u202eright to left \u05e9\u05dc\u05d5\u05dd. \u0645\u0631\u062d\u0628\u0627.',
  '\u65e5\u672c\u8a9e \u0939\u093f\u0928\u094d\u0926\u0940 \ud83d\ude00',
  '=;#[CHAPTER]\nSTART=5',
  '$(reboot) `id` ${HOME} </textarea><img src=x onerror=alert(1)>',
  ']]> <!-- comment --> <![CDATA[x',
];

/** A film of 2 s, 320x240 with one chapter and a step a text. */
export function outlineOf(texts: readonly string[], change: Partial<FilmOutline> = {}): FilmOutline {
  const durationMs = change.durationMs ?? 2000;
  const each = durationMs / Math.max(1, texts.length);
  return {
    schemaVersion: 1,
    title: texts[0] ?? 'Film',
    size: { width: 320, height: 240 },
    fps: 30,
    durationMs,
    chapters: [
      { title: texts[0] ?? 'One', description: texts[1] ?? '', feature: 'f', startMs: 0, endMs: durationMs },
    ],
    captions: texts.map((text, n) => ({ startMs: n * each, endMs: (n + 1) * each, text })),
    stretches: [{ kind: 'footage', takeId: 't', startMs: 0, endMs: durationMs, sourceMs: 0 }],
    steps: texts.map((text, n) => ({
      feature: 'f',
      step: n,
      text,
      action: 'click',
      startMs: n * each,
      actMs: (n + 0.5) * each,
      endMs: (n + 1) * each,
      box: { x: 100, y: 80, width: 60, height: 30 },
      revealed: [],
      takeId: 't',
      beforeMs: (n + 0.5) * each,
      verifiedMs: (n + 1) * each,
      isLast: n === texts.length - 1,
    })),
    ...change,
  };
}
