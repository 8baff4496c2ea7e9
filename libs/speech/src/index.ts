export { offlineSpeech } from './offline-speech';
export type { VoicePrograms } from './offline-speech';
export { withSpokenStore } from './spoken-store';
export type { SpokenStore } from './spoken-store';
export { speakable } from './speakable';
export { readWav } from './wav';
