import { z } from 'zod';
import { PageQuerySchema } from './api';
import { TenantIdSchema } from './tenants';

/** One request that may have changed something, and who made it. */
export const AuditEntrySchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  /** With this key, or in a browser that signed in with it; null: a person did it. */
  apiKeyId: z.string().nullable(),
  /** Who signed in; null: it was done with a key. */
  userId: z.string().nullable(),
  byBrowser: z.boolean(),
  /** From where it came, as far as the proxies in front are trusted. */
  address: z.string(),
  method: z.string(),
  path: z.string(),
  /** That it was answered with: a refusal is told too. */
  status: z.number().int(),
  /** By which it is found in the logs. */
  requestId: z.string().nullable(),
  createdAt: z.string(),
});
export type AuditEntryResource = z.infer<typeof AuditEntrySchema>;

export const AuditQuerySchema = PageQuerySchema.extend({
  apiKeyId: z.string().optional(),
  userId: z.string().optional(),
  /** Of another tenant than one's own, or `*` for all of them: for operators. */
  tenantId: TenantIdSchema.or(z.literal('*')).optional(),
});
export type AuditQuery = z.infer<typeof AuditQuerySchema>;
