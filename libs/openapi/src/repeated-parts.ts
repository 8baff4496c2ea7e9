import { z } from 'zod';
import type { HeaderParameter } from './operation';

/** A whole list. */
export const listOf = <Item extends z.ZodType>(item: Item) => z.object({ data: z.array(item) });

/** @param then what the repetition does, for example `gives the run of the first` */
export const idempotencyKey = (then: string): HeaderParameter => ({
  name: 'Idempotency-Key',
  description: `A request repeated with the same key and body ${then}.`,
});
