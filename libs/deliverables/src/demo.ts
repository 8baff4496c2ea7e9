import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Box, FrameSize } from '@showrunner/contracts';
import { DEMO_STYLE } from './demo-style';
import demoScript from './demo.program.cjs';
import { html } from './escape';
import type { WalkInput } from './guide';
import { walkOf, type WalkChapter, type WalkPicture } from './walk';

export const DEMO_FILE = 'demo.html';

/**
 * An interactive demo: one HTML file with the take's own pictures, in which a viewer clicks through the steps. Answers its name.
 * @throws AppError `take_unreadable`
 */
export async function demoFile({ outline, pictureAt, folder }: WalkInput): Promise<string[]> {
  const chapters = walkOf(outline);
  const sources = new Map<WalkPicture, string>();
  for (const picture of chapters.flatMap(({ pictures }) => pictures)) {
    const jpeg = await pictureAt(picture.takeId, picture.ms);
    sources.set(picture, `data:image/jpeg;base64,${jpeg.toString('base64')}`);
  }
  await writeFile(
    join(folder, DEMO_FILE),
    demoHtml({ title: outline.title, size: outline.size, chapters, sources }),
  );
  return [DEMO_FILE];
}

/**
 * The page. Texts stand in it as text alone; the only script that may run is ours, named by its hash, and nothing may be fetched. Without
 * script all steps stand below each other.
 */
export function demoHtml(input: {
  title: string;
  size: FrameSize;
  chapters: readonly WalkChapter[];
  sources: ReadonlyMap<WalkPicture, string>;
}): string {
  const { title, size, chapters, sources } = input;
  const pictures = chapters.flatMap((chapter) => chapter.pictures.map((picture) => ({ chapter, picture })));
  const steps = pictures.map(({ chapter, picture }, n) => {
    const eyebrow = `Step ${n + 1} of ${pictures.length} · ${html(chapter.title)}`;
    const alt =
      picture.kind === 'step' ? 'The page before this step' : `The page afterwards: ${html(picture.text)}`;
    return [
      `<section class="step" aria-labelledby="step-${n + 1}">`,
      `<p class="eyebrow">${eyebrow}</p><h2 id="step-${n + 1}" tabindex="-1">${html(picture.text)}</h2>`,
      `<div class="picture"><img alt="${alt}" width="${size.width}" height="${size.height}" src="${sources.get(picture) ?? ''}">`,
      picture.box === null ? '' : hotspot(picture.box, size, picture.text),
      '</div></section>',
    ].join('');
  });
  const hash = createHash('sha256').update(demoScript).digest('base64');
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-${hash}'">`,
    `<meta name="viewport" content="width=device-width,initial-scale=1"><title>${html(title)}</title><style>${DEMO_STYLE}</style></head>`,
    `<body><main><h1>${html(title)}</h1>`,
    ...steps,
    '<nav aria-label="Steps"><button type="button" id="back">Back</button><p id="where" role="status"></p><button type="button" id="next">Next</button></nav>',
    `</main><script>${demoScript}</script></body></html>\n`,
  ].join('\n');
}

/** A button over the place where the step is done; large enough to be hit. */
function hotspot(box: Box, size: FrameSize, text: string): string {
  const [width, height] = [Math.max(box.width, 28), Math.max(box.height, 28)];
  const percent = (value: number, whole: number): string => `${((value / whole) * 100).toFixed(3)}%`;
  const style = [
    `left:${percent(box.x + box.width / 2 - width / 2, size.width)}`,
    `top:${percent(box.y + box.height / 2 - height / 2, size.height)}`,
    `width:${percent(width, size.width)}`,
    `height:${percent(height, size.height)}`,
  ].join(';');
  return `<button type="button" class="hotspot" style="${style}" aria-label="${html(text)}: do it, and see the next step"></button>`;
}
