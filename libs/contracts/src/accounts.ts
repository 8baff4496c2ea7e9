import { z } from 'zod';
import { ApiKeySchema, PermissionSchema, RoleSchema, TenantIdSchema } from './tenants';

/** Who may make an account by himself: nobody, who was invited, or everybody who reaches the gateway. */
export const SIGN_UP_MODES = ['off', 'invited', 'open'] as const;
export type SignUpMode = (typeof SIGN_UP_MODES)[number];

/** A mail address as people sign in by it. Capitals are taken as small letters. */
export const MailSchema = z
  .string()
  .regex(/^[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,188}$/, 'a mail address');
export const PasswordSchema = z.string().min(10).max(256);
/** What stands in an invitation's address: 256 random bits. */
const TokenSchema = z.string().min(1).max(200);

/** How people come in at this installation. */
export const SignInOptionsSchema = z.object({
  signUp: z.enum(SIGN_UP_MODES),
  /** Whether somebody without an account may try it as a guest. */
  guests: z.boolean(),
  /** Who else can say who somebody is: the words on the button; null: nobody. */
  openIdConnect: z.object({ name: z.string() }).nullable(),
});
export type SignInOptions = z.infer<typeof SignInOptionsSchema>;

export const SignUpSchema = z.object({
  mail: MailSchema,
  password: PasswordSchema,
  name: z.string().trim().max(100).optional(),
  invitation: TokenSchema.optional(),
});
export type SignUp = z.infer<typeof SignUpSchema>;
/** Any text is taken as a password here: what one must be like tells nothing about those that are. */
export const PasswordSignInSchema = z.object({
  mail: z.string().max(254),
  password: z.string().max(256),
  invitation: TokenSchema.optional(),
});
export type PasswordSignIn = z.infer<typeof PasswordSignInSchema>;

export const UserSchema = z.object({
  id: z.string(),
  /** Null: a guest, or who comes by OpenID Connect without one. */
  mail: z.string().nullable(),
  name: z.string(),
  /** Nobody has claimed yet what this guest made. */
  isGuest: z.boolean(),
  hasPassword: z.boolean(),
});
export type UserResource = z.infer<typeof UserSchema>;
export const MembershipSchema = z.object({ tenantId: z.string(), role: RoleSchema, createdAt: z.string() });
export type MembershipResource = z.infer<typeof MembershipSchema>;

/** In whose name a browser or program asks: by an API key, or a person who signed in. */
export const BrowserSessionSchema = z.object({
  /** Null: a person asks. */
  key: ApiKeySchema.nullable(),
  /** End of the session that this answer began; null in any other answer. */
  expiresAt: z.string().nullable(),
  /** Null: a key asks. */
  user: UserSchema.nullable(),
  tenantId: z.string(),
  permissions: z.array(PermissionSchema),
  role: RoleSchema.nullable(),
  /** Tenants of this person, oldest first. */
  memberships: z.array(MembershipSchema),
});
export type BrowserSession = z.infer<typeof BrowserSessionSchema>;

/** A browser in which a person is signed in. */
export const UserSessionSchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  /** What it calls itself. */
  browser: z.string(),
  address: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string(),
  expiresAt: z.string(),
  /** The one that asks. */
  isThis: z.boolean(),
});
export type UserSessionResource = z.infer<typeof UserSessionSchema>;

export const ChangePasswordSchema = z.object({
  /** Left out by who has none yet. */
  current: z.string().max(256).optional(),
  password: PasswordSchema,
});
export type ChangePassword = z.infer<typeof ChangePasswordSchema>;
export const DeleteAccountSchema = z.object({
  /** Left out by who has none. */
  password: z.string().max(256).optional(),
});
export type DeleteAccount = z.infer<typeof DeleteAccountSchema>;
export const SwitchTenantSchema = z.object({ tenantId: z.string().min(1).max(63) });
export type SwitchTenant = z.infer<typeof SwitchTenantSchema>;
export const InvitationTokenSchema = z.object({ invitation: TokenSchema });
export type InvitationToken = z.infer<typeof InvitationTokenSchema>;

export const CreateInvitationSchema = z.object({
  role: RoleSchema.default('editor'),
  /** Without one, the tenant that asks; another one for operators. */
  tenantId: TenantIdSchema.optional(),
  /** For this person alone; left out: for whoever opens the link first. */
  mail: MailSchema.optional(),
  expiresInDays: z.number().positive().max(90).default(7),
});
export type CreateInvitation = z.infer<typeof CreateInvitationSchema>;
export const InvitationSchema = z.object({
  id: z.string(),
  tenantId: z.string(),
  role: RoleSchema,
  mail: z.string().nullable(),
  createdAt: z.string(),
  expiresAt: z.string(),
  revokedAt: z.string().nullable(),
  acceptedAt: z.string().nullable(),
});
export type InvitationResource = z.infer<typeof InvitationSchema>;
/** Its address is shown once. */
export const CreatedInvitationSchema = InvitationSchema.extend({
  /** Below the address of the platform: `/studio/join#<token>`. */
  path: z.string(),
});
export type CreatedInvitation = z.infer<typeof CreatedInvitationSchema>;
/** What somebody sees who opens an invitation, before he has said who he is. */
export const OfferedInvitationSchema = InvitationSchema.pick({
  tenantId: true,
  role: true,
  mail: true,
  expiresAt: true,
});
export type OfferedInvitation = z.infer<typeof OfferedInvitationSchema>;

export const MemberSchema = MembershipSchema.extend({
  userId: z.string(),
  mail: z.string().nullable(),
  name: z.string(),
});
export type MemberResource = z.infer<typeof MemberSchema>;
export const ChangeMemberSchema = z.object({ role: RoleSchema });
export type ChangeMember = z.infer<typeof ChangeMemberSchema>;

export const BeginOpenIdConnectSchema = z.object({
  invitation: TokenSchema.optional(),
  /** For who is signed in: from now on he may come in this way, too. */
  link: z.boolean().default(false),
});
export type BeginOpenIdConnect = z.infer<typeof BeginOpenIdConnectSchema>;
/** Where the browser goes to say who it is. */
export const OpenIdConnectSchema = z.object({ url: z.string() });
export type OpenIdConnect = z.infer<typeof OpenIdConnectSchema>;
