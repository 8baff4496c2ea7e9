import type { Repositories } from '@showrunner/database';
import { DEFAULT_TENANT } from '@showrunner/database';

/**
 * A person, with the tenants that were made for him alone and all that is theirs; others he leaves. What that leaves outside of the database
 * goes with the rounds of deletions. Call in a transaction.
 * @throws {AppError} `tenant_in_use` (409) while a run goes on, `last_owner` (409)
 */
export async function deletePerson(
  tx: Pick<Repositories, 'memberships' | 'deletions' | 'users'>,
  userId: string,
): Promise<void> {
  for (const tenantId of await tx.memberships.ownedAlone(userId))
    if (tenantId !== DEFAULT_TENANT) await tx.deletions.deleteTenant(tenantId);
  for (const { tenantId } of await tx.memberships.ofUser(userId))
    await tx.memberships.remove(tenantId, userId);
  await tx.users.delete(userId);
}
