import { z } from 'zod';
import type { HeaderParameter } from './operation';

/** A whole list. */
export const listOf = <Item extends z.ZodType>(item: Item) => z.object({ data: z.array(item) });

export const IDEMPOTENCY_KEY = 'Idempotency-Key';

/** @param then what the repetition does, for example `gives the run of the first` */
export const idempotencyKey = (then: string): HeaderParameter => ({
  name: IDEMPOTENCY_KEY,
  description: `A request repeated with the same key and body ${then}.`,
  pattern: '^[\\x21-\\x7e]{1,200}$',
});
