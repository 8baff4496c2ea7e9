import type { Card } from '../document/items';
import type { Placement } from '../document/placements';
import { DISSOLVE_FRAMES } from '../document/transitions';
import { CARD_KIND, DISSOLVE, OWN, timeOfFrames, timeRange, type OtioObject } from './otio-schema';

/** The file of a take and how long it lasts. */
interface TakeMedia {
  url: string;
  durationMs: number;
}

/** An item as a clip. Its source range is as long as it is seen, as OpenTimelineIO has it also where a time warp plays it faster. */
export function clipOf({ item, startMs, endMs }: Placement, media: TakeMedia): OtioObject {
  const shownMs = endMs - startMs;
  return {
    OTIO_SCHEMA: 'Clip.2',
    name: item.kind === 'card' ? item.title : item.id,
    metadata: { [OWN]: item },
    source_range: timeRange(sourceStart(item), shownMs),
    effects: effectsOf(item),
    ...{ markers: [], enabled: true },
    media_references: {
      DEFAULT_MEDIA: item.kind === 'card' ? generator(item, shownMs) : external(media),
    },
    active_media_reference_key: 'DEFAULT_MEDIA',
  };
}

/** Where in its media an item begins; a card is all of its own. */
export const sourceStart = (item: Placement['item']): number =>
  item.kind === 'footage' ? item.inMs : item.kind === 'still' ? item.atMs : 0;

function effectsOf(item: Placement['item']): OtioObject[] {
  const warp = (schema: string, scalar: number): OtioObject => ({
    ...{ OTIO_SCHEMA: `${schema}.1`, name: '', metadata: {}, effect_name: schema, enabled: true },
    time_scalar: scalar,
  });
  if (item.kind === 'still') return [warp('FreezeFrame', 0)];
  return item.kind === 'footage' && item.speed !== 1 ? [warp('LinearTimeWarp', item.speed)] : [];
}

const external = ({ url, durationMs }: TakeMedia): OtioObject => ({
  ...{ OTIO_SCHEMA: 'ExternalReference.1', name: '', metadata: {} },
  available_range: timeRange(0, durationMs),
  available_image_bounds: null,
  target_url: url,
});

const generator = ({ title, body, card, spoken, progress }: Card, durationMs: number): OtioObject => ({
  ...{ OTIO_SCHEMA: 'GeneratorReference.1', name: card, metadata: {} },
  available_range: timeRange(0, durationMs),
  available_image_bounds: null,
  generator_kind: CARD_KIND,
  parameters: {
    ...{ card, title, body, ...(spoken !== undefined && { spoken }) },
    ...(progress && { progress: `${progress.number} / ${progress.of}` }),
  },
});

/** Ours begins with the cut, and the item before it stands still meanwhile. */
export const dissolveInto = (): OtioObject => ({
  ...{ OTIO_SCHEMA: 'Transition.1', name: 'dissolve', metadata: {}, transition_type: DISSOLVE },
  in_offset: timeOfFrames(0),
  out_offset: timeOfFrames(DISSOLVE_FRAMES),
});
