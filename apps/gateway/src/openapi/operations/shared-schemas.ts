import { PageQuerySchema } from '@showrunner/contracts';
import { z } from 'zod';

/** A page of a list that can be narrowed to one project. */
export const ofProject = PageQuerySchema.extend({ projectId: z.string().optional() });

/** A whole list. */
export const data = <Item extends z.ZodType>(item: Item) => ({ schema: z.object({ data: z.array(item) }) });

/** @param then what the repetition does, for example `gives the run of the first` */
export const idempotencyKey = (then: string): { name: string; description: string } => ({
  name: 'Idempotency-Key',
  description: `A request repeated with the same key and body ${then}.`,
});
