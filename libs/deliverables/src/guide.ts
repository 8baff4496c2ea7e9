import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FilmOutline } from '@showrunner/contracts';
import { runFfmpeg } from '@showrunner/media';
import { html, markdown } from './escape';
import { cropAround, walkOf, type WalkChapter, type WalkPicture } from './walk';

export interface WalkInput {
  outline: FilmOutline;
  /** The JPEG that a take shows at a moment. */
  pictureAt: (takeId: string, ms: number) => Promise<Buffer>;
  folder: string;
  ffmpegPath: string;
  signal?: AbortSignal;
}

export const GUIDE_FILES = { markdown: 'guide.md', html: 'guide.html' } as const;
const MARK = '0x5b9dff';

/**
 * A step-by-step guide: `guide.md` with its pictures beside it, and `guide.html` which holds them. Each step's picture is cropped to where it
 * is done, with the place marked. Answers the names of the files.
 * @throws AppError `take_unreadable`, `ffmpeg_failed`, `ffmpeg_missing`; the signal's reason
 */
export async function guideFiles(input: WalkInput): Promise<string[]> {
  const { outline, folder } = input;
  const chapters = walkOf(outline);
  const names = new Map<WalkPicture, string>();
  for (const picture of chapters.flatMap(({ pictures }) => pictures)) {
    const name = `guide-${String(names.size + 1).padStart(2, '0')}.jpg`;
    await writePicture(picture, name, input);
    names.set(picture, name);
  }
  const embedded = new Map<WalkPicture, string>();
  for (const [picture, name] of names)
    embedded.set(
      picture,
      `data:image/jpeg;base64,${(await readFile(join(folder, name))).toString('base64')}`,
    );
  await writeFile(join(folder, GUIDE_FILES.markdown), guideMarkdown(outline.title, chapters, names));
  await writeFile(join(folder, GUIDE_FILES.html), guideHtml(outline.title, chapters, embedded));
  return [GUIDE_FILES.html, GUIDE_FILES.markdown, ...names.values()];
}

async function writePicture(picture: WalkPicture, name: string, input: WalkInput): Promise<void> {
  const { outline, folder, ffmpegPath, signal } = input;
  await writeFile(join(folder, `whole-${name}`), await input.pictureAt(picture.takeId, picture.ms));
  const { x, y, width, height } = cropAround(picture.box, outline.size);
  const { box } = picture;
  const margin = 6;
  const mark =
    box === null
      ? []
      : [
          `drawbox=x=${Math.round(box.x - margin)}:y=${Math.round(box.y - margin)}:w=${Math.round(box.width + 2 * margin)}:h=${Math.round(box.height + 2 * margin)}:color=${MARK}:t=4`,
        ];
  const filter = [...mark, `crop=${width}:${height}:${x}:${y}`].join(',');
  const args = [
    '-v',
    'error',
    '-nostdin',
    '-y',
    '-i',
    `whole-${name}`,
    '-vf',
    filter,
    '-q:v',
    '3',
    '-fflags',
    '+bitexact',
  ];
  await runFfmpeg({
    program: ffmpegPath,
    args: [...args, '-flags:v', '+bitexact', '-frames:v', '1', '-update', '1', name],
    cwd: folder,
    signal,
  });
}

export function guideMarkdown(
  title: string,
  chapters: readonly WalkChapter[],
  names: ReadonlyMap<WalkPicture, string>,
): string {
  const parts = chapters.map(({ title: name, description, pictures }, n) => {
    const steps = pictures.map((picture, step) => {
      const alt = picture.kind === 'step' ? 'Where it is done' : 'What comes of it';
      const said = picture.kind === 'step' ? `**${step + 1}.** ${markdown(picture.text)}` : 'The result:';
      return `${said}\n\n![${alt}](${names.get(picture) ?? ''})\n`;
    });
    return [`## ${n + 1}. ${markdown(name)}`, markdown(description), ...steps].join('\n\n');
  });
  return `# ${markdown(title)}\n\n${parts.join('\n\n')}`;
}

const STYLE = `body{font:17px/1.55 system-ui,sans-serif;color:#172033;background:#f5f7fb;margin:0}
main{max-width:860px;margin:0 auto;padding:40px 20px}h1{font-size:34px;margin:0 0 24px}
section{background:#fff;border:1px solid #dfe4ee;border-radius:14px;padding:24px 28px;margin:0 0 28px}
h2{margin:0 0 4px;font-size:23px}ol{padding:0;list-style:none;margin:0}li{margin:22px 0 0}
p{margin:0 0 10px}b{color:#1d4fb8}img{display:block;width:100%;height:auto;border:1px solid #dfe4ee;border-radius:10px}`;

export function guideHtml(
  title: string,
  chapters: readonly WalkChapter[],
  sources: ReadonlyMap<WalkPicture, string>,
): string {
  const sections = chapters.map(({ title: name, description, pictures }, n) => {
    const items = pictures.map((picture, step) => {
      const said =
        picture.kind === 'step' ? `<b>${step + 1}.</b> ${html(picture.text)}` : '<b>The result</b>';
      const alt =
        picture.kind === 'step'
          ? `The page, with the place marked: ${html(picture.text)}`
          : `The page afterwards: ${html(picture.text)}`;
      return `<li><p>${said}</p><img alt="${alt}" src="${sources.get(picture) ?? ''}"></li>`;
    });
    return `<section><h2>${n + 1}. ${html(name)}</h2><p>${html(description)}</p><ol>${items.join('')}</ol></section>`;
  });
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">`,
    `<meta name="viewport" content="width=device-width,initial-scale=1"><title>${html(title)}</title><style>${STYLE}</style></head>`,
    `<body><main><h1>${html(title)}</h1>${sections.join('\n')}</main></body></html>\n`,
  ].join('\n');
}
