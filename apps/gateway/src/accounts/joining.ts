import { AppError, newId } from '@showrunner/contracts';
import type { SignUpMode } from '@showrunner/contracts';
import type { InvitationRecord, NewUser, Repositories } from '@showrunner/database';

/** Somebody at the door: what he shows, and the guest that this browser was. */
export interface Newcomer {
  mail: string | null;
  name?: string;
  passwordHash?: string;
  invitation?: string;
  guestId?: string;
}
type Tx = Pick<Repositories, 'users' | 'memberships' | 'invitations' | 'tenants'>;

/**
 * Makes an account: of a guest, whose projects come along; by an invitation; or with a tenant of its own. Call in a transaction.
 * @throws {AppError} `sign_up_off`, `invitation_needed`, `invitation_of_another` (403), `invitation_invalid` (404), `mail_taken` (409)
 */
export async function makeAccount(
  tx: Tx,
  mode: SignUpMode,
  newcomer: Newcomer,
): Promise<{ userId: string; tenantId: string }> {
  const { mail, name = '', passwordHash, invitation, guestId } = newcomer;
  requireMayJoin(mode, newcomer);
  const invited = invitation === undefined ? undefined : await takeInvitation(tx, invitation, mail);
  const facts: NewUser = {
    name,
    ...(mail === null ? {} : { mail }),
    ...(passwordHash === undefined ? {} : { passwordHash }),
  };
  const userId = guestId ?? (await tx.users.create(facts))?.id;
  if (userId === undefined) throw mailTaken();
  if (guestId !== undefined) {
    if (!(await tx.users.claim(guestId, { ...facts, mail }))) throw mailTaken();
    for (const { tenantId } of await tx.memberships.ofUser(guestId))
      await tx.memberships.add(tenantId, guestId, 'owner');
  }
  if (invited !== undefined) {
    await tx.memberships.add(invited.tenantId, userId, invited.role);
    return { userId, tenantId: invited.tenantId };
  }
  const [own] = guestId === undefined ? [] : await tx.memberships.ofUser(userId);
  return { userId, tenantId: own?.tenantId ?? (await ownTenant(tx, userId, mail ?? name)) };
}

/**
 * Whom a browser belongs to from now on, and in which tenant: by an invitation, with what a guest made, or where he was before. Call in a
 * transaction.
 * @throws {AppError} `invitation_invalid` (404), `invitation_of_another`, `no_membership` (403)
 */
export async function enter(
  tx: Tx,
  mode: SignUpMode,
  {
    userId,
    mail,
    invitation,
    guestId,
  }: { userId: string; mail: string | null; invitation?: string; guestId?: string },
): Promise<{ userId: string; tenantId: string }> {
  const invited = invitation === undefined ? undefined : await takeInvitation(tx, invitation, mail);
  if (invited !== undefined) await tx.memberships.add(invited.tenantId, userId, invited.role);
  let claimed: string | undefined;
  if (guestId !== undefined && guestId !== userId) {
    for (const { tenantId } of await tx.memberships.ofUser(guestId)) {
      claimed ??= tenantId;
      await tx.memberships.add(tenantId, userId, 'owner');
    }
    await tx.users.delete(guestId);
  }
  const [first] = await tx.memberships.ofUser(userId);
  const tenantId = invited?.tenantId ?? claimed ?? first?.tenantId;
  if (tenantId !== undefined) return { userId, tenantId };
  if (mode !== 'open') throw new AppError('no_membership', 'This account belongs to no tenant any more.');
  return { userId, tenantId: await ownTenant(tx, userId, mail ?? '') };
}

/** A tenant that is this person's alone. */
export async function ownTenant(
  tx: Pick<Tx, 'tenants' | 'memberships'>,
  userId: string,
  called: string,
  role: 'owner' | 'editor' = 'owner',
): Promise<string> {
  const word =
    called
      .toLowerCase()
      .split('@')[0]
      ?.replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '')
      .slice(0, 30) || 'team';
  const tenantId = `${word}-${newId().slice(0, 8)}`;
  await tx.tenants.createPersonal(tenantId);
  await tx.memberships.add(tenantId, userId, role);
  return tenantId;
}

/** @throws {AppError} `sign_up_off`, `invitation_needed` (403) */
export function requireMayJoin(
  mode: SignUpMode,
  { invitation, guestId }: Pick<Newcomer, 'invitation' | 'guestId'>,
): void {
  if (mode === 'off') throw new AppError('sign_up_off', 'Nobody can make an account here.');
  if (mode === 'invited' && invitation === undefined && guestId === undefined)
    throw new AppError('invitation_needed', 'Who makes an account here has to be invited.');
}

async function takeInvitation(
  tx: Pick<Tx, 'invitations'>,
  token: string,
  mail: string | null,
): Promise<InvitationRecord> {
  const taken = await tx.invitations.take(token);
  if (taken === null) throw invitationInvalid();
  // What is thrown here undoes that it was taken.
  if (taken.mail !== null && taken.mail !== mail)
    throw new AppError('invitation_of_another', 'This invitation is for another mail address.');
  return taken;
}

export const invitationInvalid = (): AppError =>
  new AppError('invitation_invalid', 'This invitation is unknown, used, withdrawn or past its end.');
const mailTaken = (): AppError => new AppError('mail_taken', 'There is an account with this mail address.');
