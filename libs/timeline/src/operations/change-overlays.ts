import type { Span } from '../document/primitives';
import type { Timeline } from '../document/timeline';
import type { Operation } from './operations';
import { refuse } from './sound';
import { withSpoken } from './spoken';

type OverlayOperation = Extract<
  Operation,
  { op: 'remove' | 'setCaption' | 'addCaption' | 'addCallout' | 'addZoom' | 'addBlur' }
>;

/** What is laid over the items, after an operation. */
export function changeOverlays(timeline: Timeline, operation: OverlayOperation): Partial<Timeline> {
  const { captions, callouts, zooms, blurs } = timeline;
  switch (operation.op) {
    case 'addCaption':
      return { captions: inOrder([...captions, operation.caption]) };
    case 'addCallout':
      return { callouts: inOrder([...callouts, operation.callout]) };
    case 'addZoom':
      return { zooms: inOrder([...zooms, operation.zoom]) };
    case 'addBlur':
      return { blurs: inOrder([...blurs, operation.blur]) };
    case 'setCaption': {
      const caption = captions.find(({ id }) => id === operation.id);
      if (caption === undefined) throw refuse(`There is no caption "${operation.id}".`);
      const { text = caption.text, startMs = caption.startMs, endMs = caption.endMs } = operation;
      const next = withSpoken({ ...caption, text, startMs, endMs }, operation.spoken);
      return { captions: inOrder(captions.map((one) => (one === caption ? next : one))) };
    }
    case 'remove': {
      const isIn = (all: readonly { id: string }[]): boolean => all.some(({ id }) => id === operation.id);
      const without = <One extends { id: string }>(all: readonly One[]): One[] =>
        all.filter(({ id }) => id !== operation.id);
      if (isIn(captions)) return { captions: without(captions) };
      if (isIn(callouts)) return { callouts: without(callouts) };
      if (isIn(zooms)) return { zooms: without(zooms) };
      if (isIn(blurs)) return { blurs: without(blurs) };
      throw refuse(`There is nothing named "${operation.id}".`);
    }
  }
}

const inOrder = <One extends Span>(all: readonly One[]): One[] =>
  [...all].sort((a, b) => a.startMs - b.startMs);
