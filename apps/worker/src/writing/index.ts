import type { WritingActivities } from '@showrunner/contracts';
import { writeApp } from './write-app';
import type { WritingDependencies } from './writing-dependencies';

/** Activities on the plan pool that make an app of a prompt. */
export const createWritingActivities = (deps: WritingDependencies): WritingActivities => ({
  writeApp: (input) => writeApp(deps, input),
  setGenerationState: ({ projectId, ...change }) => deps.database.generations.setState(projectId, change),
});
