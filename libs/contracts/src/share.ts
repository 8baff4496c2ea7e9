import { z } from 'zod';

/** `live`: opens the film. What has ended never opens anything again. */
export const SHARE_STATES = ['live', 'expired', 'revoked'] as const;

const DAY_SECONDS = 24 * 60 * 60;
export const SHARE_LIMITS = {
  minSeconds: 60,
  maxSeconds: 3650 * DAY_SECONDS,
  defaultSeconds: 30 * DAY_SECONDS,
};

/** A link by which anybody may watch the film of one run. */
export const ShareSchema = z.object({
  id: z.string(),
  runId: z.string(),
  state: z.enum(SHARE_STATES),
  /** Page with the film, below the address of the platform; it holds the signature. */
  path: z.string(),
  /** The same film alone, for an `<iframe>` of any page. */
  embedPath: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
});
export type ShareResource = z.infer<typeof ShareSchema>;

export const CreateShareSchema = z.object({
  /** From now on; 30 days when absent. */
  expiresInSeconds: z
    .number()
    .int()
    .min(SHARE_LIMITS.minSeconds)
    .max(SHARE_LIMITS.maxSeconds)
    .default(SHARE_LIMITS.defaultSeconds),
});
export type CreateShare = z.infer<typeof CreateShareSchema>;
