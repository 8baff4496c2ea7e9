import type { Planner } from '@showrunner/contracts';
import { proposeFeatures, proposeFollowUps, RULE_PLANNER } from './propose';
import { followingSteps } from './following-steps';

/** Plans by rules alone: no model, no I/O, the same answer for the same page. */
export const rulePlanner: Planner = {
  name: RULE_PLANNER,
  propose: (exploration, intent) => Promise.resolve(proposeFeatures(exploration, intent)),
  proposeSteps: ({ continues = '', about }, page, before) =>
    Promise.resolve(followingSteps(continues, page, before, about)),
  proposeFollowUps: (page, made, intent) => Promise.resolve(proposeFollowUps(page, made, intent)),
};
