import { z } from 'zod';
import { IntentPartSchema } from './intent-part';
import { SecretNameSchema } from './secrets';

/**
 * An element, named the way a person or a screen reader would. Never a snapshot reference, so a plan outlives the page that it was made from.
 * `name` is the accessible name. `nth` (0-based, in document order) tells equals apart. `within` narrows to a named ancestor. Of plans by hand,
 * `role` may be `field`, whatever a label or placeholder belongs to, or `any`, the innermost element of that name.
 */
export const TargetSchema = z.object({
  role: z.string().min(1),
  name: z.string(),
  exact: z.boolean().default(true),
  /** What browsers say where `name` leaves out the labels of icons: for whoever looks for it by their accessible names. */
  accessibleName: z.string().optional(),
  nth: z.number().int().nonnegative().optional(),
  within: z.object({ role: z.string(), name: z.string() }).optional(),
});
export type Target = z.infer<typeof TargetSchema>;

/** A fact about the page that can be checked by a machine, without a model. */
export const ConditionSchema = z.discriminatedUnion('kind', [
  /** Text is visible outside of text inputs. */
  z.object({ kind: z.literal('textVisible'), text: z.string().min(1) }),
  /** `beside`: a text that must still be seen, since a list that lost everything hides every text, too. */
  z.object({ kind: z.literal('textHidden'), text: z.string().min(1), beside: z.string().min(1).optional() }),
  z.object({ kind: z.literal('elementVisible'), target: TargetSchema }),
  z.object({
    kind: z.literal('elementHidden'),
    target: TargetSchema,
    beside: z.string().min(1).optional(),
  }),
  /** Path, query and hash of the location; `path` compares exactly, `pattern` is a regular expression. */
  z.object({ kind: z.literal('url'), path: z.string().optional(), pattern: z.string().optional() }),
  /** How many visible elements have this role (and name); compared with the count before the step when `change` is set. */
  z.object({
    kind: z.literal('count'),
    role: z.string(),
    name: z.string().optional(),
    equals: z.number().int().optional(),
    change: z.enum(['more', 'fewer']).optional(),
  }),
  /** Value of a field or state of a control. */
  z.object({ kind: z.literal('value'), target: TargetSchema, equals: z.string() }),
  z.object({
    kind: z.literal('state'),
    target: TargetSchema,
    state: z.enum(['checked', 'pressed', 'expanded', 'selected']),
    equals: z.boolean(),
  }),
  /** The look of the document changed: class, data-* or style of <html> or <body> (themes). `from` is what it was when planned. */
  z.object({ kind: z.literal('themeChanged') }),
  /** A region scrolled into view. */
  z.object({ kind: z.literal('inViewport'), target: TargetSchema }),
  /** The target stands in the column or section of this heading: of the headings of its level, it is the last one before the target. */
  z.object({ kind: z.literal('under'), target: TargetSchema, heading: TargetSchema }),
  /** A drawing shows something else than before the step. */
  z.object({ kind: z.literal('pictureChanged'), target: TargetSchema }),
  /**
   * The page's words, without those that change by themselves, are others than before the step: for what answers with something else
   * each time.
   */
  z.object({ kind: z.literal('textChanged') }),
  /** Both texts are visible, and the first one comes before the other in the document: what was sorted or moved. */
  z.object({ kind: z.literal('textOrder'), first: z.string().min(1), then: z.string().min(1) }),
  /** The action was carried out; what it is for is claimed by a later step of the feature. Of plans by hand, never of a feature's last step. */
  z.object({ kind: z.literal('done') }),
]);
export type Condition = z.infer<typeof ConditionSchema>;

/** Files that steps may upload, by name. Their content is ours, made where it is needed; see `sampleFile` in libs/browser. */
export const SAMPLE_FILES = ['harbour.png', 'notes.txt', 'figures.csv', 'places.json', 'brief.pdf'] as const;
export type SampleFile = (typeof SAMPLE_FILES)[number];

export const StepActionSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('navigate'), path: z.string().startsWith('/') }),
  /** With the other mouse button where a context menu is wanted. */
  z.object({ type: z.literal('click'), target: TargetSchema, button: z.literal('right').optional() }),
  z.object({ type: z.literal('doubleClick'), target: TargetSchema }),
  /** Presses the button on `target` and lets it go over `to`. */
  z.object({ type: z.literal('drag'), target: TargetSchema, to: TargetSchema }),
  /** `target` is what a person would click to be asked for a file: the field itself, or what stands for it. */
  z.object({ type: z.literal('upload'), target: TargetSchema, file: z.enum(SAMPLE_FILES) }),
  /** One entry back in the history of the tab. */
  z.object({ type: z.literal('back') }),
  z.object({
    type: z.literal('type'),
    target: TargetSchema,
    /** Of a secret: `••••` where its value is typed. */
    text: z.string(),
    submit: z.boolean().default(false),
    /** Names the secret that is typed, whose value is kept apart; `true`, of plans by hand: `text` is one. */
    secret: z.union([SecretNameSchema, z.literal(true)]).optional(),
  }),
  /** A key or a combination of them, `Control+K`, with the keyboard on `target` if there is one. */
  z.object({ type: z.literal('press'), key: z.string(), target: TargetSchema.optional() }),
  z.object({ type: z.literal('select'), target: TargetSchema, option: z.string() }),
  z.object({ type: z.literal('hover'), target: TargetSchema }),
  z.object({ type: z.literal('scroll'), target: TargetSchema }),
]);
export type StepAction = z.infer<typeof StepActionSchema>;

/** One action and how its success looks. The condition must not hold before the action and must hold after it. */
export const StepSchema = z.object({
  action: StepActionSchema,
  /** Shown as caption: a short sentence in the imperative, e.g. `Add the card "Plan the launch"`. */
  caption: z.string().min(1).max(200),
  success: ConditionSchema,
  /** What else must hold after the action, and may have held before. */
  also: z.array(ConditionSchema).max(10).optional(),
  /** Longest wait for the condition. */
  timeoutMs: z.number().int().positive().default(8000),
  /**
   * Answer to a dialog of the browser (confirm, prompt) that the action brings up. Without one alerts and questions are accepted and
   * prompts dismissed.
   */
  dialog: z.object({ accept: z.boolean(), text: z.string().max(500).optional() }).optional(),
});
export type Step = z.infer<typeof StepSchema>;

export const FEATURE_KINDS = [
  'create',
  'search',
  'filter',
  'navigate',
  'toggle',
  'signIn',
  'open',
  'calculate',
  'edit',
  /** A control of the app that is none of the others: what it does is learned by using it. */
  'use',
] as const;

export const FeatureSchema = z.object({
  /** Slug, unique in the plan. */
  id: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  kind: z.enum(FEATURE_KINDS),
  title: z.string().min(1).max(120),
  /** Why a viewer cares, one sentence; used as the subtitle of the title card. */
  description: z.string().max(300),
  /** Where the feature starts: path with query and hash, or null to go on from where the last feature ended. */
  startPath: z.string().startsWith('/').nullable(),
  steps: z.array(StepSchema).min(1).max(30),
  /** Whether what it made was still there when the rehearsal loaded the page again; absent when that was not looked at. */
  lasts: z.boolean().optional(),
});
export type Feature = z.infer<typeof FeatureSchema>;

/** Made once for a run, stored under its hash, never changed. */
export const PlanSchema = z.object({
  schemaVersion: z.literal(1),
  videoType: z.enum(['demo']),
  /** Title of the film, from the app itself. */
  title: z.string(),
  intent: z.string(),
  planner: z.string(),
  features: z.array(FeatureSchema).min(1).max(20),
  /** Candidates left out, and why: told to the user, never filmed. */
  rejected: z.array(z.object({ title: z.string(), reason: z.string() })),
  /** What the intent names, in its order; absent when it names nothing. Features that are no part of it are needed by one, and not shown. */
  intentParts: z.array(IntentPartSchema).max(20).optional(),
});
export type Plan = z.infer<typeof PlanSchema>;
