import type { OwnedEvent } from '@showrunner/database';
import { EventSchema } from '@showrunner/contracts';

/** Redis stream of all events. */
export const STREAM = 'showrunner:events';
/** About how many events the stream keeps; older ones are in the outbox. */
export const STREAM_LENGTH = 10_000;

/** An event on the stream, with the id of the event before it, so that a reader knows when one is missing. */
export interface StreamEntry {
  streamId: string;
  event: OwnedEvent;
  previousId: bigint;
}

/** Fields of an entry as XADD takes them. */
export function entryFields(event: OwnedEvent, previousId: bigint): string[] {
  return ['event', JSON.stringify(event), 'previous', previousId.toString()];
}

const OwnedEventSchema = EventSchema.extend({ tenantId: EventSchema.shape.id });

/** Reads an entry; null when it is none of ours. */
export function parseEntry([streamId, fields]: [string, string[]]): StreamEntry | null {
  const at = (name: string): string => fields[fields.indexOf(name) + 1] ?? '';
  try {
    const event = OwnedEventSchema.safeParse(JSON.parse(at('event')));
    return event.success ? { streamId, event: event.data, previousId: BigInt(at('previous')) } : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
