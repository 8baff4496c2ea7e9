import type { StopReason } from './run';

/** A pool is the set of workers of one task queue; one concern each. */
export const POOLS = ['sandbox', 'plan', 'agent', 'recording', 'segmentation', 'export'] as const;
export type Pool = (typeof POOLS)[number];

/** Name of a pool's task queue. */
export const taskQueueOf = (pool: Pool): string => pool;

/** Task queue on which workflow code of each type runs: the pool that its first stage belongs to. */
export const WORKFLOW_QUEUES = {
  buildProject: 'sandbox',
  generateApp: 'plan',
  detectProject: 'sandbox',
  produceVideo: 'plan',
  filmRun: 'agent',
  driveSession: 'agent',
  renderExport: 'export',
  removeSandbox: 'sandbox',
  keepSandbox: 'sandbox',
} as const satisfies Record<string, Pool>;

export const workflowIds = {
  generation: (projectId: string): string => `generate-${projectId}`,
  build: (buildId: string): string => `build-${buildId}`,
  run: (runId: string): string => `run-${runId}`,
  film: (runId: string): string => `film-${runId}`,
  export: (exportId: string): string => `export-${exportId}`,
  sandbox: (sandboxId: string): string => `sandbox-${sandboxId}`,
  removal: (sandboxId: string): string => `remove-${sandboxId}`,
};

/** `place`: the sandbox of a build has its place, or lost its turn; what is so stands in its record. */
export const SIGNALS = {
  cancel: 'cancel',
  kill: 'kill',
  budget: 'budget',
  place: 'place',
} as const satisfies Record<StopReason | 'place', string>;
/** What wakes the workflow of a sandbox; what is wanted stands in its record. */
export const SANDBOX_SIGNALS = {
  wake: 'wake',
  start: 'start',
  stop: 'stop',
  archive: 'archive',
  extend: 'extend',
  delete: 'delete',
} as const;
export type SandboxSignal = keyof typeof SANDBOX_SIGNALS;
export const QUERIES = { state: 'state', session: 'session' } as const;
/** What somebody who drives a session asks of its workflow, and is answered. */
export const SESSION_UPDATES = { act: 'act', mark: 'mark' } as const;
/** Somebody has looked at a plan: ids of the features to film, in order. */
export const REVIEW_UPDATE = 'reviewPlan';
/** The session ends, with its film. */
export const FINISH_SIGNAL = 'finish';

/** Typed search attributes, all keywords, created when the platform starts. */
export const SEARCH_ATTRIBUTES = [
  'ShowrunnerProject',
  'ShowrunnerProjectName',
  'ShowrunnerIntent',
  'ShowrunnerRun',
  'ShowrunnerState',
  'ShowrunnerProvider',
  'ShowrunnerFeature',
  'ShowrunnerTenant',
] as const;

/** What keys of all objects of a run, an export, a build or a project begin with. */
export const storagePrefixes = {
  run: (runId: string): string => `runs/${runId}/`,
  export: (exportId: string): string => `exports/${exportId}/`,
  build: (buildId: string): string => `builds/${buildId}/`,
  project: (projectId: string): string => `projects/${projectId}/`,
};

/** Keys in the object store. */
export const storageKeys = {
  upload: (projectId: string, fileName: string): string => `projects/${projectId}/upload/${fileName}`,
  plan: (runId: string): string => `runs/${runId}/plan.json`,
  /** The plan as it is proposed to who looks at it, before it is fixed. */
  planDraft: (runId: string): string => `runs/${runId}/plan-draft.json`,
  exploration: (runId: string): string => `runs/${runId}/exploration.json`,
  proposal: (runId: string): string => `runs/${runId}/proposal.json`,
  /** What the run's pages get of public CDNs, as a manifest; its files are below `assets/`. */
  assets: (runId: string): string => `runs/${runId}/assets.json`,
  asset: (sha256: string): string => `assets/${sha256}`,
  take: (runId: string, takeId: string): string => `runs/${runId}/takes/${takeId}.mkv`,
  /** Beside the take whose key is given: its frames, where each lies, and whether the picture changed. */
  takeIndex: (takeKey: string): string => `${takeKey.replace(/\.mkv$/, '')}.idx.json`,
  actions: (runId: string): string => `runs/${runId}/actions.jsonl`,
  /** What a tool of a manual session answered. */
  reply: (runId: string, seq: string): string => `runs/${runId}/replies/${seq}.json`,
  clips: (runId: string): string => `runs/${runId}/clips.json`,
  /** What the source of a run changes since the state that it is compared with. */
  changes: (runId: string): string => `runs/${runId}/changes.json`,
  comparison: (runId: string): string => `runs/${runId}/comparison.json`,
  /** Actions on the take that shows before and after side by side. */
  sideActions: (runId: string): string => `runs/${runId}/side-actions.json`,
  clipThumbnail: (runId: string, clipId: string): string => `runs/${runId}/clips/${clipId}.jpg`,
  /** What a voice said, named by text, language and voice. */
  spoken: (runId: string, key: string): string => `runs/${runId}/speech/${key}.wav`,
  history: (runId: string): string => `runs/${runId}/history.json`,
  buildLog: (buildId: string): string => `builds/${buildId}/build.log`,
  /** There while an image is being built. */
  buildContext: (buildId: string): string => `builds/${buildId}/context.tar.gz`,
  exportFile: (exportId: string, name: string): string => `exports/${exportId}/${name}`,
  exportVideo: (exportId: string): string => `exports/${exportId}/video.mp4`,
  exportCaptions: (exportId: string): string => `exports/${exportId}/captions.vtt`,
};
