import type { Timeline } from '@showrunner/timeline';
import { blurChains } from './blur-graph';
import type { Camera } from './camera';
import { cameraFilters } from './camera-graph';
import type { Stage } from './stage';

/**
 * JPEG's full-range BT.601 to limited-range BT.709, and nothing else of the colours. ffmpeg's scaler can do that too, 18 ms a picture at
 * 720p; this filter needs less than 1.
 */
const COLOURS =
  'colorspace=ispace=bt470bg:irange=pc:iprimaries=bt709:itrc=bt709:space=bt709:range=tv:primaries=bt709:trc=bt709:format=yuv420p';

export interface GraphInput {
  timeline: Timeline;
  stage: Stage;
  camera: Camera;
  /** Name of the ASS document within the folder that ffmpeg runs in. */
  overlay: string;
  /** Number of the input that is the plate; null where the page fills the picture. */
  plate: number | null;
}

/**
 * From the pictures of the page to the film's: what stands still is composed once, and the frames that repeat it are made after that. A film
 * without zoom, frame or blur has none of their filters.
 */
export function filterGraph({ timeline, stage, camera, overlay, plate }: GraphInput): string {
  const { page } = timeline;
  const seen = needsCamera(timeline, stage) ? cameraFilters(camera, page, stage.content) : [];
  const size = seen.length > 0 || timeline.blurs.length > 0 ? page : stage.size;
  const start = [
    // Passes pictures of this size through as they are.
    `scale=${size.width}:${size.height}:flags=bicubic+accurate_rnd`,
    COLOURS,
    'setsar=1',
  ];
  const frames = [
    // After everything that is done to a picture, so that it is done once and not once a frame it is shown.
    `fps=${camera.fps}:round=near`,
    'tpad=stop_mode=clone:stop_duration=1',
    `ass=${overlay}`,
  ];
  const blurred = timeline.blurs.length > 0;
  if (plate === null && !blurred) return `[0:v]${[...start, ...seen, ...frames].join(',')}[film]`;
  return [
    `[0:v]${start.join(',')}[page]`,
    ...(blurred ? blurChains(timeline.blurs, page, { input: 'page', output: 'safe' }) : []),
    `[${blurred ? 'safe' : 'page'}]${[...seen, ...(plate === null ? [] : [placed(stage)]), 'null'].join(',')}[seen]`,
    ...(plate === null ? [] : [`[seen][${plate}:v]overlay=format=yuv420[framed]`]),
    `[${plate === null ? 'seen' : 'framed'}]${frames.join(',')}[film]`,
  ].join(';');
}

const placed = ({ size, content }: Stage): string =>
  `pad=${size.width}:${size.height}:${content.x}:${content.y}`;

/** The page alone, whole, in the size of the film, needs none; hidden places are in the pixels of the page. */
function needsCamera({ zooms, blurs, page }: Timeline, { content, isWhole }: Stage): boolean {
  const isSameSize = content.width === page.width && content.height === page.height;
  const isSameShape = Math.abs((content.width * page.height) / (content.height * page.width) - 1) < 0.006;
  return zooms.length > 0 || !isWhole || !isSameShape || (blurs.length > 0 && !isSameSize);
}
