import { z } from 'zod';
import { InvalidInputError } from './errors';
import { FEATURE_KINDS, FeatureSchema, PlanSchema } from './plan';
import type { Plan, Step } from './plan';

/**
 * A plan as a person writes it, published as `docs/plan.schema.json`: what a stored plan says of its making may be left out. A stored
 * `plan.json` is one, too.
 */
export const HandPlanSchema = z
  .object({
    /** Version of this form. */
    schemaVersion: z.literal(1).default(1),
    /** Title of the film. */
    title: z.string().min(1).max(120),
    features: z
      .array(
        FeatureSchema.extend({
          kind: z.enum(FEATURE_KINDS).default('open'),
          description: FeatureSchema.shape.description.default(''),
          /** Where the feature starts; left out or null: where the one before has ended, for the first `/`. */
          startPath: FeatureSchema.shape.startPath.default(null),
        }),
      )
      .min(1)
      .max(20),
  })
  .check(({ value: { features }, issues }) => {
    for (const [at, { id, steps }] of features.entries()) {
      if (steps[steps.length - 1]?.success.kind === 'done')
        issues.push({
          code: 'custom',
          path: ['features', at, 'steps', steps.length - 1, 'success'],
          message: 'The last step of a feature has to say what is seen of it',
          input: 'done',
        });
      if (features.findIndex((other) => other.id === id) !== at)
        issues.push({
          code: 'custom',
          path: ['features', at, 'id'],
          message: `There is another feature "${id}" before`,
          input: id,
        });
    }
  });
export type HandPlan = z.infer<typeof HandPlanSchema>;

/** Who made a plan that came by hand. */
export const BY_HAND = 'hand';

/** The plan as it is stored: films what it says and nothing else. */
export function planFromHand({ title, features }: HandPlan, intent: string): Plan {
  return PlanSchema.parse({
    ...{ schemaVersion: 1, videoType: 'demo', title, intent, planner: BY_HAND, rejected: [] },
    features: features.map((feature, at) => ({
      ...feature,
      startPath: feature.startPath ?? (at === 0 ? '/' : null),
    })),
  });
}

const PASSWORD = /pass(word|code|phrase)|passwort|kennwort|contraseña|mot de passe|senha|wachtwoord/i;

/** What is written into a field by the name of a password is a secret, whether its author has said so or not. */
export const withPasswords = <F extends { steps: readonly Step[] }>(features: readonly F[]): F[] =>
  features.map((feature) => ({
    ...feature,
    steps: feature.steps.map((step) => {
      const { action } = step;
      const isPlain = action.type === 'type' && action.secret === undefined && action.text !== '';
      return isPlain && PASSWORD.test(action.target.name)
        ? { ...step, action: { ...action, secret: true as const } }
        : step;
    }),
  }));

const MOST_NAMED = 5;

/** Reads what should be a plan. @throws InvalidInputError `bad_plan`, which names each place that is wrong */
export function readHandPlan(value: unknown): HandPlan {
  const read = HandPlanSchema.safeParse(value);
  if (read.success) return read.data;
  const { issues } = read.error;
  const named = issues
    .slice(0, MOST_NAMED)
    .map(({ path, message }) => `${path.length === 0 ? 'the plan' : path.join('.')}: ${message}`);
  const more = issues.length > MOST_NAMED ? `; and ${issues.length - MOST_NAMED} more` : '';
  throw new InvalidInputError('bad_plan', `This is no plan that can be filmed. ${named.join('; ')}${more}`, {
    remedy: 'Mend what is named; docs/plan.schema.json describes every field, docs/plans.md has an example.',
  });
}
