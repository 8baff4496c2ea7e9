export { filmFiles } from './film-files';
export { subRip } from './sub-rip';
export { chaptersJson, chaptersVtt } from './chapter-files';
export { encodeWebm } from './webm';
export { encodeGif } from './gif';
export { guideFiles } from './guide';
export type { WalkInput } from './guide';
export { demoFile } from './demo';
