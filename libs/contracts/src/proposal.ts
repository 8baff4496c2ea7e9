import { z } from 'zod';
import type { Exploration, PageSnapshot } from './page';
import { FeatureSchema, PlanSchema, StepSchema } from './plan';

/**
 * What was asked for in words that a condition of one page cannot say: rehearsal holds the pages before and after the step against it, and a step
 * that has done something else has failed, whatever its condition says.
 */
export const AskedSchema = z.discriminatedUnion('kind', [
  /**
   * The entry of this title, and no other in its place: it changes (`changes`), goes (`goes`), opens (`opens`), or something is said of it (`about`);
   * `edited`: whatever it says now, the others are what they were.
   */
  z.object({
    kind: z.literal('row'),
    title: z.string().min(1),
    effect: z.enum(['changes', 'goes', 'opens', 'about', 'edited']),
  }),
  /** The entries stand in the order of what these words name, rising or falling where that was said. */
  z.object({ kind: z.literal('order'), by: z.array(z.string()), falling: z.boolean().optional() }),
  /** The new text stands in the place of the old one, which is gone. */
  z.object({ kind: z.literal('renamed'), text: z.string().min(1), instead: z.string().min(1) }),
  /** The thing of this title stands below this heading of a board, and below no other. */
  z.object({ kind: z.literal('column'), title: z.string().min(1), heading: z.string().min(1) }),
  /** The number of the entry of this title (of the page, when empty), between its minus and its plus, is this one, and no other number of this kind is another than before. */
  z.object({ kind: z.literal('amount'), title: z.string(), amount: z.number().int() }),
  /**
   * The day and the time that the page names with the step are these, as far as they are asked for, and no others; `said`: it has to name them,
   * or to mark the control that does.
   */
  z.object({
    kind: z.literal('moment'),
    day: z.number().int().optional(),
    month: z.number().int().optional(),
    weekday: z.number().int().optional(),
    time: z.string().optional(),
    said: z.boolean(),
  }),
  /** The entry that was made says each of these values: where it says another choice of the same field (`others`), it has made something else. */
  z.object({
    kind: z.literal('made'),
    title: z.string().min(1),
    holds: z.array(z.object({ value: z.string().min(1), others: z.array(z.string()).optional() })),
  }),
  /** What was gone stands on the page again. */
  z.object({ kind: z.literal('restored'), title: z.string().min(1) }),
  /** The page says this value, which it did not say before a list of choices was opened, and the list is gone or marks it. */
  z.object({ kind: z.literal('chosen'), value: z.string().min(1) }),
  /** The search leaves or brings something: an empty list is found in by nobody. */
  z.object({ kind: z.literal('found'), text: z.string().min(1) }),
  /** These words stand on the page, sent: with the entry of this title where there is one, and with no other of its list; `own`: within that entry. */
  z.object({ kind: z.literal('written'), text: z.string().min(1), to: z.string(), own: z.boolean() }),
]);
export type Asked = z.infer<typeof AskedSchema>;

/** A step whose condition the rehearsal may replace by what it saw happen. */
export const CandidateStepSchema = StepSchema.extend({
  /**
   * The condition is a guess: what exactly appears is known only after the first try. Rehearsal keeps the guess if it holds, otherwise it
   * takes a new fact of the page; when nothing new appears the step has failed.
   */
  learn: z.boolean().optional(),
  /** Texts of which some have to go, where several stand there: the one that went is a better proof than the state of a control. */
  shown: z.array(z.string()).optional(),
  /** Texts that the step is to leave out, of which most have to go: a filter that leaves them has filtered nothing. */
  leavesOut: z.array(z.string()).optional(),
  /** What has to stand in what it brings up: the thing in the cart that is opened. */
  brings: z.string().optional(),
  /** Texts of which some may go: that one went beside one that stayed is a proof, as another change of the page is. */
  mayGo: z.array(z.string()).optional(),
  /** Texts in the order in which they stand: that two of them have changed places is a better proof. */
  ordered: z.array(z.string()).optional(),
  /** That the control itself has changed is not enough: something else on the page must follow. */
  needsEffect: z.boolean().optional(),
  /** What the words of the intent ask of this step. */
  asks: AskedSchema.optional(),
  /** Steps between this one and the next can be told only from the page that it leads to: what `Planner.proposeSteps` needs to know for that. */
  continues: z.string().max(200).optional(),
});
export type CandidateStep = z.infer<typeof CandidateStepSchema>;

/** A feature that may be filmed, with what the choice needs to know. */
export const CandidateSchema = z.object({
  feature: FeatureSchema.extend({ steps: z.array(CandidateStepSchema).min(1).max(30) }),
  /** Further ways to do the same, tried in order when the first fails in rehearsal. */
  variants: z.array(z.array(CandidateStepSchema)),
  /** Larger is better, 0 to 100. */
  score: z.number(),
  /** What the intent's words are compared with. */
  words: z.array(z.string()),
  needsSignIn: z.boolean(),
  /** Title of the feature it builds on; it is dropped with it. */
  after: z.string().optional(),
  /** Further steps can be told only from the page that the steps lead to: what `Planner.proposeSteps` needs to know for that. */
  continues: z.string().max(200).optional(),
  /** Counts as a kind of its own where a film is put together of various things: `sort`, `upload`. */
  variety: z.string().max(40).optional(),
  /** Id of another one that shows the same: it has its turn only where that cannot be shown. */
  insteadOf: z.string().max(80).optional(),
  /** The text that the feature brings into the app. */
  creates: z.string().optional(),
  /** Index of the part of the intent that it is; absent when it is none, but needed before. */
  part: z.number().int().nonnegative().optional(),
  /** The thing that it acts on: what "it" means in the part after. */
  about: z.string().optional(),
});
export type Candidate = z.infer<typeof CandidateSchema>;

/** What a planner answers: data, so that it can be stored, cross an activity and be checked. */
export const ProposalSchema = z.object({
  /** Who proposes, with version: stored with the plan. */
  planner: z.string().min(1).max(100),
  intent: z.string(),
  /** The intent named these: they are filmed in its order and nothing is added. */
  byIntent: z.boolean(),
  /** In the order in which they are told. */
  candidates: z.array(CandidateSchema),
  /** Tried when some of the candidates do not work. */
  reserves: z.array(CandidateSchema),
  rejected: PlanSchema.shape.rejected,
  /** What the intent names; `reason` when nothing was found for it. Absent when it names nothing. */
  intentParts: PlanSchema.shape.intentParts,
  /** How many of the first parts are one in the intent, which means several things: these come true together or not at all. */
  together: z.number().int().optional(),
  /** What the user should know of how it came about, one sentence each: who was asked and did not answer. */
  notes: z.array(z.string()).optional(),
});
export type Proposal = z.infer<typeof ProposalSchema>;

/** Port: says what of an app is worth showing, from what was seen of it. Rules are one implementation, models others. */
export interface Planner {
  /** Name and version, as in `Proposal.planner`. */
  readonly name: string;
  /** Features that a product person would show. @throws AppError, retryable when asking again can help */
  propose(exploration: Exploration, intent: string): Promise<Proposal>;
  /**
   * The steps that follow those of a candidate with `continues`, read off the page that these led to; empty when it cannot go on.
   * `before` is the page before the last of them: what opened can be told from what was there.
   */
  proposeSteps(candidate: Candidate, page: PageSnapshot, before?: PageSnapshot): Promise<CandidateStep[]>;
  /** What the app offers once a feature has brought `made` into it, on the page where it ended. */
  proposeFollowUps(page: PageSnapshot, made: string, intent: string): Promise<Candidate[]>;
}
