import { InvalidInputError } from '@showrunner/contracts';
import { cardBackdrops, type Backdrop } from './card-backdrops';
import { dissolves } from './dissolves';
import { filmLook } from './film-look';
import { backdropOf, hasDissolve } from './picture-stream';
import { isCard, type Schedule, type Segment } from './schedule.types';
import type { TakeFootage } from './take-footage';
import { themeOf } from './themes';

export interface Preparing {
  footage: ReadonlyMap<string, TakeFootage>;
  /** Where files are left. */
  folder: string;
  ffmpegPath: string;
  signal?: AbortSignal;
  /** For which segments, by their place; for all unless given. */
  only?: (segment: number) => boolean;
}

/** Backdrops of the cards, by what `backdropOf` says: an opening card and the title card behind it share a picture. */
export async function backdropsOf(
  { segments, timeline }: Schedule,
  { footage, folder, ffmpegPath, signal, only = () => true }: Preparing,
): Promise<Map<string, Backdrop>> {
  const cards = new Map(
    segments
      .filter((segment, n) => isCard(segment) && only(n))
      .map((segment) => [backdropOf(segment), segment]),
  );
  if (cards.size === 0) return new Map();
  const pictures = await Promise.all([...cards.values()].map((card) => pictureOf(card, footage)));
  const look = filmLook(timeline.page, themeOf(timeline.theme, timeline.look));
  const made = await cardBackdrops({ pictures, look, folder, ffmpegPath, signal });
  return new Map([...cards.keys()].flatMap((name, n) => (made[n] ? [[name, made[n]] as const] : [])));
}

/** What leads from one segment's last picture into the next one, by the place of the next one. */
export async function dissolvesOf(
  { segments }: Schedule,
  { footage, folder, ffmpegPath, signal, only = () => true }: Preparing,
): Promise<Map<number, Buffer[]>> {
  const joins = segments.flatMap((to, n) => {
    const from = segments[n - 1];
    return from === undefined || !only(n) || !hasDissolve(from, to) ? [] : [{ from, to, n }];
  });
  const cuts = await Promise.all(
    joins.map(async ({ from, to }) => ({
      from: await pictureOf(from, footage, endOf(from)),
      to: await pictureOf(to, footage),
    })),
  );
  const made = await dissolves({ cuts, folder, ffmpegPath, signal });
  return new Map(joins.map(({ n }, at) => [n, made[at] ?? []]));
}

/** The last moment of the take that a segment shows. */
const endOf = ({ kind, sourceMs, startMs, endMs, speed = 1 }: Segment): number =>
  kind === 'footage' ? sourceMs + (endMs - startMs) * speed : sourceMs;

async function pictureOf(
  { takeId, sourceMs }: Segment,
  footage: ReadonlyMap<string, TakeFootage>,
  atMs = sourceMs,
): Promise<Buffer> {
  const take = footage.get(takeId);
  if (take === undefined) throw new InvalidInputError('take_missing', `The take ${takeId} is not there.`);
  return take.jpeg(take.frameAt(atMs));
}
