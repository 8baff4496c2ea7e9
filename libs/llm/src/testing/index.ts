export { modelServer } from './model-server';
export type { ModelServer, ReceivedRequest, Reply } from './model-server';
export { patience } from './patience';
export { stubClient } from './stub-client';
export { wordGuard } from './word-guard';
export { askLive } from './live';
export type { LiveModel } from './live';
export { speechServer } from './speech-server';
export type { SpeechServer } from './speech-server';
