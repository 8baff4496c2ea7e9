import type { Box } from '@showrunner/contracts';
import { around, onPage, type Timeline } from '@showrunner/timeline';

/** What lies within this share of what is seen is seen well. */
export const CALM_SHARE = 0.8;

export interface Look {
  page: { width: number; height: number };
  /** What is seen without a zoom. */
  home: { width: number; height: number };
  aspect: number;
  /** As far as anything happens on the page; null where nothing is known. */
  used: Box | null;
}

/** What holds everything that is done and comes of it. */
export const usedPart = ({ actions, page }: Pick<Timeline, 'actions' | 'page'>): Box | null =>
  actions
    .flatMap(({ box, revealed = [], opened, drag }) => [box, ...revealed, opened, drag?.to])
    .flatMap((box) => (box == null ? [] : (onPage(box, page) ?? [])))
    .reduce<Box | null>((all, box) => (all === null ? box : around(all, box)), null);

/**
 * What is seen of the page around the middle of a box: never beyond the page's edges, and hardly beyond what is used of the page: where that stands in
 * the middle of a wide page, a picture around a box at its edge would be half empty.
 */
export function viewOn(box: Box, width: number, { page, aspect, used }: Look): Box {
  const height = Math.min(page.height, width / aspect);
  const all = used === null ? box : around(used, box);
  return {
    x: startOf([box.x, box.width], width, [all.x, all.width], page.width),
    y: startOf([box.y, box.height], height, [all.y, all.height], page.height),
    width,
    height,
  };
}

type Stretch = readonly [from: number, length: number];

/** Where a view of `room` pixels begins on an axis of `limit`, of which `used` is in use. */
function startOf([from, length]: Stretch, room: number, used: Stretch, limit: number): number {
  const air = (room * (1 - CALM_SHARE)) / 2;
  const last = Math.max(0, limit - room);
  // A sliver less than the page's edge would look cut off.
  const least = used[0] < 2 * air ? 0 : used[0] - air;
  const most = used[0] + used[1] > limit - 2 * air ? last : used[0] + used[1] + air - room;
  const middle = from + length / 2 - room / 2;
  return within(0, least > most ? middle : within(least, middle, most), last);
}

const within = (least: number, value: number, most: number): number => Math.min(Math.max(value, least), most);
