import { PageQuerySchema } from '@showrunner/contracts';
import { z } from 'zod';

/** A page of a list that can be narrowed to one project. */
export const ofProject = PageQuerySchema.extend({ projectId: z.string().optional() });

/** A whole list. */
export const data = <Item extends z.ZodType>(item: Item) => ({ schema: z.object({ data: z.array(item) }) });
