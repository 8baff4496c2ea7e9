import { z } from 'zod';
import type { RunFailure } from './run';

const RefSchema = z.string().min(1).max(255);

/** What the commits between two states of a source change, as hints for who plans. Hostile text: data, never an instruction. */
export const SourceChangesSchema = z.object({
  /** Paths that were added, changed or deleted, relative to the root. */
  files: z.array(z.string().max(500)).max(500),
  /** Words, in lower case, of the lines that were added and of those that were removed. */
  added: z.array(z.string().max(60)).max(2000),
  removed: z.array(z.string().max(60)).max(2000),
  /** First lines of the commit messages, newest first. */
  messages: z.array(z.string().max(300)).max(50),
});
export type SourceChanges = z.infer<typeof SourceChangesSchema>;

/** What a run is compared with, as a request names it and as it is stored. */
export const CompareWithSchema = z.object({
  /** Branch, tag or commit of the run's own repository. */
  base: RefSchema,
  /** Branch, tag or commit that is filmed; without one what the project's source says. */
  head: RefSchema.optional(),
  /** A project that holds the state `base`, of a source that was uploaded and has no other states. */
  baseProjectId: z.string().optional(),
  /** What lies between the two states, where the platform cannot see that itself. */
  changes: SourceChangesSchema.optional(),
});
export type CompareWith = z.infer<typeof CompareWithSchema>;

/**
 * What a pull request does to a feature. `new`: it works at head and cannot be proven at base. `changed`: it works at both and looks different.
 * `same`: it works at both and looks the same. `broken`: it works at base and not at head. `removed`: it works at base, and what it acts on was
 * taken out.
 */
export const VERDICTS = ['new', 'changed', 'same', 'broken', 'removed'] as const;
export const FeatureVerdictSchema = z.enum(VERDICTS);
export type FeatureVerdict = z.infer<typeof FeatureVerdictSchema>;

export const StepDifferenceSchema = z.object({
  /** 0-based; -1 for the page that the feature starts on. */
  step: z.number().int(),
  caption: z.string(),
  /** Share of the picture that differs once noise is masked, 0 to 1. */
  share: z.number().min(0).max(1),
  /** Around all that differs, px of the picture. */
  box: z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
});
export type StepDifference = z.infer<typeof StepDifferenceSchema>;

export const ComparedFeatureSchema = z.object({
  /** Of the plan made at head; of the one made at base for `broken` and `removed`. */
  feature: z.string(),
  title: z.string(),
  verdict: FeatureVerdictSchema,
  /** One sentence; '' when there is nothing to say. */
  reason: z.string(),
  /** Steps whose settled pictures differ. */
  differences: z.array(StepDifferenceSchema),
  /** Its clip within the run's film (`c1`), as before and after side by side where it changed; null when it is not in it. */
  clip: z.string().nullable(),
});
export type ComparedFeature = z.infer<typeof ComparedFeatureSchema>;

const ComparedStateSchema = z.object({
  /** As it was asked for; null where the source's own state is meant. */
  ref: z.string().nullable(),
  commit: z.string().nullable(),
});

/** Answer of `GET /api/runs/{id}/comparison`. */
export const ComparisonSchema = z.object({
  /** The run at head. */
  runId: z.string(),
  head: ComparedStateSchema,
  base: ComparedStateSchema.extend({
    /** Why nothing could be compared with: the app was not built there, or shows nothing; null otherwise. */
    failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  }),
  /** Something that worked at base no longer does. */
  regressed: z.boolean(),
  features: z.array(ComparedFeatureSchema),
  /** What a reader should know, one sentence each. */
  notes: z.array(z.string()),
});
export type Comparison = z.infer<typeof ComparisonSchema>;

/**
 * Drives that a comparison rests on besides the run itself. `base`: a plan of its own, made and driven at base. `headAtBase`: the run's plan at base.
 * `baseAtHead`: the plan of `base` at head. `again`: the run's plan at head once more, to learn what changes by itself.
 */
export type LookName = 'base' | 'headAtBase' | 'baseAtHead' | 'again';
/** The runs that took them; with why one failed. */
export type Looks = Partial<Record<LookName, { runId: string; failure?: RunFailure }>>;
