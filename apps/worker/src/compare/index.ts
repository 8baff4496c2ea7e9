export { compareStates } from './compare-states';
export { composeSides } from './compose-sides';
export { knownChanges } from './known-changes';
export type { StoredChanges } from './known-changes';
