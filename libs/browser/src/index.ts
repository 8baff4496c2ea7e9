export { BrowserSession } from './session/browser-session';
export type { ActionOutcome } from './session/browser-session';
export { openBrowserSession } from './session/open-session';
export type { BrowserSessionOptions } from './session/open-session';
export type { StepInput } from './steps/perform-step';
export { launchConfinedChromium, pipeTo } from './confinement/confined-chromium';
export type { ConfinedChromium, ConfinedChromiumOptions } from './confinement/confined-chromium';
export { fingerprintOf } from './observer/fingerprint';
export { ruleDecider } from './decide/rule-decider';
