import type { Footage, Item } from '../document/items';
import type { Caption } from '../document/overlays';
import { placements } from '../document/placements';
import type { Timeline } from '../document/timeline';

/** Two films of one plan: what of the second is what of the first. By features and steps, never by times: those are what differs. */
export interface Counterparts {
  /** Undefined where the second film has none. */
  clip(clipId: string): string | undefined;
  item(id: string): string | undefined;
  /** Of a caption, zoom, callout or blur. */
  overlay(id: string): string | undefined;
}

/** @param from, to as they are now: edits that were carried already have changed both */
export function counterparts(from: Timeline, to: Timeline): Counterparts {
  const clips = clipsOf(from, to);
  const clip = (clipId: string): string | undefined => clips.get(clipId);
  const toIds = new Set(to.items.map(({ id }) => id));
  const item = (id: string): string | undefined => {
    const found = from.items.find((one) => one.id === id);
    const clipId = found === undefined ? undefined : clip(found.clipId);
    if (found === undefined || clipId === undefined) return undefined;
    if (found.kind === 'footage') return footageOf(found, clipId, from, to);
    const named = id.startsWith(`${found.clipId}.`) ? `${clipId}${id.slice(found.clipId.length)}` : id;
    return toIds.has(named) ? named : undefined;
  };
  return { clip, item, overlay: (id) => overlayOf(id, from, to, clips) };
}

/** The same feature, and of a feature that is shown twice the same showing of it. */
function clipsOf(from: Timeline, to: Timeline): Map<string, string> {
  const found = new Map<string, string>();
  const taken = new Set<string>();
  for (const { clipId, feature } of from.chapters) {
    const same = to.chapters.find((one) => one.feature === feature && !taken.has(one.clipId));
    if (same === undefined) continue;
    taken.add(same.clipId);
    found.set(clipId, same.clipId);
  }
  return found;
}

/** Footage that is cut into as many pieces is the same piece by piece; else the piece that shows the same first step. */
function footageOf(footage: Footage, clipId: string, from: Timeline, to: Timeline): string | undefined {
  const pieces = (items: readonly Item[], of: string): Footage[] =>
    items.filter((one): one is Footage => one.kind === 'footage' && one.clipId === of);
  const [before, after] = [pieces(from.items, footage.clipId), pieces(to.items, clipId)];
  const inOrder = (all: Footage[]): Footage[] =>
    all.sort((a, b) => a.inMs - b.inMs || a.id.localeCompare(b.id));
  if (before.length === after.length) return inOrder(after)[inOrder(before).indexOf(footage)]?.id;
  const step = from.actions.find(
    (action) =>
      action.clipId === footage.clipId && action.actMs >= footage.inMs && action.actMs <= footage.outMs,
  )?.step;
  const actMs = to.actions.find((action) => action.clipId === clipId && action.step === step)?.actMs;
  if (step === undefined || actMs === undefined) return undefined;
  return after.find(({ inMs, outMs }) => actMs >= inMs && actMs <= outMs)?.id;
}

const wordsOf = ({ text, heading }: Caption): string => JSON.stringify([text, heading?.title ?? '']);

/** Captions by what they say, zooms by their place within the clip; what an edit added has the name that it was given. */
function overlayOf(
  id: string,
  from: Timeline,
  to: Timeline,
  clips: ReadonlyMap<string, string>,
): string | undefined {
  const isIn = (all: readonly { id: string }[]): boolean => all.some((one) => one.id === id);
  if ((isIn(from.callouts) && isIn(to.callouts)) || (isIn(from.blurs) && isIn(to.blurs))) return id;
  const caption = from.captions.find((one) => one.id === id);
  if (caption !== undefined)
    return sameOf(caption, from.captions, to.captions, { from, to, clips, named: wordsOf });
  const zoom = from.zooms.find((one) => one.id === id);
  if (zoom !== undefined) return sameOf(zoom, from.zooms, to.zooms, { from, to, clips, named: () => '' });
  return undefined;
}

/** The n-th of its name over a clip is the n-th of that name over the other, where both have as many. */
function sameOf<One extends { id: string; startMs: number }>(
  one: One,
  before: readonly One[],
  after: readonly One[],
  films: {
    from: Timeline;
    to: Timeline;
    clips: ReadonlyMap<string, string>;
    named: (one: One) => string;
  },
): string | undefined {
  const { from, to, clips, named } = films;
  const [clipBefore, clipAfter] = [clipAt(from), clipAt(to)];
  const clipId = clipBefore(one.startMs);
  const other = clipId === undefined ? undefined : clips.get(clipId);
  const peers = before.filter((peer) => named(peer) === named(one) && clipBefore(peer.startMs) === clipId);
  const others = after.filter((peer) => named(peer) === named(one) && clipAfter(peer.startMs) === other);
  if (other === undefined || peers.length !== others.length) return undefined;
  return others[peers.indexOf(one)]?.id;
}

/** The clip that is shown at a moment. */
function clipAt({ items }: Timeline): (ms: number) => string | undefined {
  const placed = placements(items);
  return (ms) => placed.find(({ endMs }) => ms < endMs)?.item.clipId;
}
