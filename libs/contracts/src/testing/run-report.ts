import type { RunReport } from '../run';

/** The report of a run that is done and filmed nothing; the fields given are as given. */
export const runReport = (change: Partial<RunReport> = {}): RunReport => ({
  id: 'run1',
  projectId: 'p1',
  buildId: null,
  sandboxId: null,
  state: 'done',
  message: '',
  intent: '',
  intentParts: [],
  pace: 'normal',
  replayOf: null,
  planHash: null,
  provider: 'local',
  limits: null,
  stages: [],
  features: [],
  frames: null,
  video: null,
  costs: { modelUsd: 0, sandboxUsd: 0 },
  divergences: [],
  failure: null,
  notes: [],
  createdAt: '',
  finishedAt: null,
  ...change,
});
