export { recordScreencast } from './record-screencast';
export type { FrameSink, RecordScreencastOptions, ScreencastReport } from './record-screencast';
export { FrameLedger } from './frame-ledger';
export { TakeWriter } from './take-writer';
export { readTakeIndex } from './take-reader';
export type { FrameEntry, TakeGap, TakeIndex } from './take-file.types';
