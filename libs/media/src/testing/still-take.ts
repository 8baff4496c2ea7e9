import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TakeWriter } from '@showrunner/recorder';
import { TimelineSchema, type Timeline } from '@showrunner/timeline';

const PAGE = { width: 1280, height: 720 };
const SECONDS = 4;

/** A take of a white page that stands still, with what `drawn` (filters of ffmpeg) puts on it, and a timeline that shows it for four seconds. */
export async function stillTake(
  folder: string,
  drawn: string,
): Promise<{ timeline: Timeline; takePaths: Map<string, string> }> {
  const [picture, path] = [join(folder, 'page.jpg'), join(folder, 'still.mkv')];
  const source = `color=white:s=${PAGE.width}x${PAGE.height},${drawn}`;
  execFileSync('ffmpeg', [
    '-v',
    'error',
    '-y',
    '-f',
    'lavfi',
    '-i',
    source,
    '-frames:v',
    '1',
    '-q:v',
    '1',
    picture,
  ]);
  const writer = await TakeWriter.create(path, { startedAtMs: 0, ...PAGE });
  for (const atMs of [0, SECONDS * 1000]) writer.writeFrame(atMs, readFileSync(picture));
  await writer.finalise(SECONDS * 1000);
  const timeline = TimelineSchema.parse({
    ...{ version: 1, runId: 'r', title: 'Still', page: PAGE, pointer: { style: 'none' } },
    takes: [{ takeId: 't', durationMs: SECONDS * 1000 }],
    items: [{ kind: 'footage', id: 'f', clipId: 'r-c1', takeId: 't', inMs: 0, outMs: SECONDS * 1000 }],
    chapters: [{ clipId: 'r-c1', feature: 'still', title: 'Still' }],
  });
  return { timeline, takePaths: new Map([['t', path]]) };
}
