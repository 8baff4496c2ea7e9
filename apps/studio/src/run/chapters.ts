import type { Schemas } from '../api/client';

type Feature = Schemas['PlanResource']['body']['features'][number];

export interface Cue {
  startS: number;
  text: string;
}
/** Where a feature begins in the film. */
export interface Chapter {
  feature: string;
  title: string;
  startS: number;
}

/** Cues of a WebVTT file, in order; what cannot be read is left out. */
export function readCues(vtt: string): Cue[] {
  return vtt
    .replace(/\r\n?/g, '\n')
    .split(/\n{2,}/)
    .flatMap((block): Cue[] => {
      const lines = block.split('\n');
      const at = lines.findIndex((line) => line.includes('-->'));
      const startS = at === -1 ? undefined : secondsOf(lines[at]?.split('-->')[0] ?? '');
      return startS === undefined ? [] : [{ startS, text: unescaped(lines.slice(at + 1).join(' ')).trim() }];
    });
}

/**
 * Where each feature of the film begins: at the first cue that shows its title or one of its captions, behind the feature before. One of
 * which nothing is read has no chapter.
 */
export function chaptersOf(
  features: readonly Pick<Feature, 'id' | 'title' | 'steps'>[],
  cues: readonly Cue[],
): Chapter[] {
  let from = 0;
  return features.flatMap(({ id, title, steps }) => {
    const said = new Set([title, ...steps.map(({ caption }) => caption)].map(plain));
    const at = cues.findIndex(({ text }, index) => index >= from && said.has(plain(text)));
    const cue = cues[at];
    if (cue === undefined) return [];
    from = at + 1;
    return [{ feature: id, title, startS: cue.startS }];
  });
}

function secondsOf(stamp: string): number | undefined {
  const [, hours = '0', minutes, seconds] = /^(?:(\d+):)?(\d{2}):(\d{2}\.\d{3})$/.exec(stamp.trim()) ?? [];
  return minutes === undefined || seconds === undefined
    ? undefined
    : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: '\u00a0', lrm: '', rlm: '' };
const unescaped = (text: string): string =>
  text
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|nbsp|lrm|rlm);/g, (_, name: string) => ENTITIES[name] ?? '');

const plain = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();
