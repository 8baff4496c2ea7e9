import { autoEdit, type EditInput, type Timeline } from '@showrunner/timeline';
import { openFootage } from '../take-footage';

/** The first timeline of the take at `path`. */
export async function editTake(
  { takeId, path }: { takeId: string; path: string },
  input: Omit<EditInput, 'takes' | 'runId'>,
): Promise<Timeline> {
  const { footage, close } = await openFootage(takeId, path);
  await close();
  return autoEdit({ ...input, runId: 'run', takes: [footage.pictures()] });
}
