import { z } from 'zod';

/**
 * What a key may do. `read`: see what there is. `write`: projects, builds, intents, runs and exports. `sandbox`: make sandboxes and work
 * inside of them. `manage`: the keys of the own
 * tenant, and who did what in it. `operate`: tenants, keys and the sandboxes of everybody.
 */
export const PERMISSIONS = ['read', 'write', 'sandbox', 'manage', 'operate'] as const;
export const PermissionSchema = z.enum(PERMISSIONS);
export type Permission = z.infer<typeof PermissionSchema>;

/** What people are to a tenant, by a name: `operator` is of the whole installation. */
export const ROLES = ['viewer', 'editor', 'owner', 'operator'] as const;
export const RoleSchema = z.enum(ROLES);
export type Role = z.infer<typeof RoleSchema>;
export const ROLE_PERMISSIONS: Record<Role, readonly Permission[]> = {
  viewer: ['read'],
  editor: ['read', 'write', 'sandbox'],
  owner: ['read', 'write', 'sandbox', 'manage'],
  operator: PERMISSIONS,
};
/** The role that may do exactly this; null: none does. */
export function roleOf(permissions: readonly Permission[]): Role | null {
  const held = new Set(permissions);
  const isSame = (role: Role): boolean =>
    ROLE_PERMISSIONS[role].length === held.size && ROLE_PERMISSIONS[role].every((one) => held.has(one));
  return ROLES.find(isSame) ?? null;
}

/** All but those of an operator: what a key may do that is made without a word about it. */
export const OWN_PERMISSIONS: readonly Permission[] = ['read', 'write', 'sandbox'];

/** Name of a tenant: a DNS label, as it stands in labels and links. */
export const TenantIdSchema = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/, 'lower-case letters, digits and "-", at most 63');

const LimitsOfTenantSchema = z.object({
  /** Most that its sandboxes may cost in a calendar month (UTC), US dollars; null: what the settings say. */
  budgetUsd: z.number().positive().nullable(),
  /** Most sandboxes at the same time; null: what the settings say. */
  maxSandboxes: z.number().int().positive().max(1_000_000).nullable(),
  creationsPerMinute: z.number().int().positive().max(1_000_000).nullable(),
  /** Most runs that have not ended; null: what the settings say. */
  maxRuns: z.number().int().positive().max(1_000_000).nullable(),
  runsPerMinute: z.number().int().positive().max(1_000_000).nullable(),
});
export const TenantSchema = LimitsOfTenantSchema.extend({ id: TenantIdSchema, createdAt: z.string() });
export type TenantResource = z.infer<typeof TenantSchema>;
export const CreateTenantSchema = LimitsOfTenantSchema.partial().extend({ id: TenantIdSchema });
export type CreateTenant = z.infer<typeof CreateTenantSchema>;
export const ChangeTenantSchema = LimitsOfTenantSchema.partial();
export type ChangeTenant = z.infer<typeof ChangeTenantSchema>;

const NewApiKeySchema = z.object({
  /** To tell it apart in lists. */
  name: z.string().trim().min(1).max(200),
  /** Whose; without one, of the tenant that asks. */
  tenantId: TenantIdSchema.optional(),
  /** Instead of permissions: what such a person may do. */
  role: RoleSchema.optional(),
  /** Without them and without a role, those of an editor. */
  permissions: z.array(PermissionSchema).min(1).max(PERMISSIONS.length).optional(),
  /** From now on; without them it has no end. */
  expiresInDays: z.number().positive().max(36_500).optional(),
});
export const CreateApiKeySchema = NewApiKeySchema.refine(
  ({ role, permissions }) => role === undefined || permissions === undefined,
  { path: ['role'], error: 'give a role or permissions, not both' },
);
export type CreateApiKey = z.infer<typeof CreateApiKeySchema>;
/** A key without the key: only its SHA-256 is stored. */
export const ApiKeySchema = z.object({
  id: z.string(),
  /** Its first characters. */
  prefix: z.string(),
  name: z.string(),
  tenantId: z.string(),
  permissions: z.array(PermissionSchema),
  /** That may do exactly this; null: none. */
  role: RoleSchema.nullable(),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  lastUsedAt: z.string().nullable(),
});
export type ApiKeyResource = z.infer<typeof ApiKeySchema>;
/** Shown once, to whoever made it. */
export const CreatedApiKeySchema = ApiKeySchema.extend({ key: z.string() });
export type CreatedApiKey = z.infer<typeof CreatedApiKeySchema>;

/** An address of the studio that signs one browser in, once. */
export const SignInSchema = z.object({
  /** Below the address of the platform: `/studio/sign-in#<token>`. */
  path: z.string(),
  expiresAt: z.string(),
});
export type SignIn = z.infer<typeof SignInSchema>;
