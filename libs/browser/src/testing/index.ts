export { SessionFrames } from '../frames/session-frames';
export { connectToPage, connectToPort, startChromium } from './port-browser';
export { connectInProcess } from './recorded-session';
