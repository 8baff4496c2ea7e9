import { monthOf, nextLeaseStep } from '@showrunner/contracts';
import type { Lease, LeaseStep, SandboxRef } from '@showrunner/contracts';
import type { SandboxRecord } from '@showrunner/database';
import type { SandboxLifeDependencies } from './life-dependencies';

/** A sandbox that died is noticed after this long at the latest, a budget that is spent too. */
const LOOK_EVERY_MS = 5 * 60_000;
const LOOK_AT_BUDGET_EVERY_MS = 30_000;
/** The provider's own timer comes this long after our next look. */
const BACKSTOP_MS = 15 * 60_000;

const msOf = (moment: string | null): number | null => (moment === null ? null : Date.parse(moment));

/** The lease of a record, as the decision takes it. */
export const leaseOf = (record: SandboxRecord): Lease => ({
  ...record,
  deadlineAt: msOf(record.deadlineAt),
  lastUsedAt: Date.parse(record.lastUsedAt),
  stoppedAt: msOf(record.stoppedAt),
  isWaiting: record.queuedAt !== null,
});

/** Compares a sandbox's record with its provider, and decides what comes next. */
export async function nextStep(deps: SandboxLifeDependencies, ref: SandboxRef): Promise<LeaseStep> {
  const now = deps.now?.() ?? Date.now();
  let record = await compared(deps, await deps.database.sandboxes.get(ref.sandboxId));
  const { budgetUsd, sentence } = await budgetOf(deps, record, now);
  if (sentence !== undefined && isToStart(record)) {
    // What cannot be paid for keeps no place, and waits for none.
    await deps.database.sandboxes.setDesired(record.id, 'stopped', sentence);
    record = await deps.database.sandboxes.get(record.id);
  }
  const step = nextLeaseStep(leaseOf(record), now, sentence);
  if (step.action !== 'wait' || record.status !== 'running') return step;
  const lookMs = now + (budgetUsd === null ? LOOK_EVERY_MS : LOOK_AT_BUDGET_EVERY_MS);
  const atMs = Math.min(step.atMs ?? lookMs, lookMs);
  await renewBackstop(deps, record, new Date(atMs + BACKSTOP_MS));
  return { ...step, atMs };
}

const isToStart = ({ status, desired }: SandboxRecord): boolean =>
  (status === 'stopped' || status === 'archived') && desired === 'running';

/** The record as it is after a look at the provider: what runs by the record may have died or been stopped there. */
async function compared(deps: SandboxLifeDependencies, record: SandboxRecord): Promise<SandboxRecord> {
  // Of what shall be gone a part may be gone already: that is no death.
  if (record.status !== 'running' || record.desired === 'destroyed') return record;
  const { sandboxes } = deps.database;
  const { id } = record;
  const provider = await deps.providerOf(record.provider);
  const sandbox = await provider.get(record.providerId ?? id);
  const status = sandbox === undefined ? 'destroyed' : (await sandbox.info()).status;
  if (status === 'running' || status === 'creating') return record;
  if (status === 'stopped' || status === 'archived') {
    await sandboxes.setStatus(id, status, { message: 'stopped by its provider' });
    await sandboxes.setDesired(id, 'stopped', 'stopped by its provider');
  } else {
    const failure = {
      code: 'sandbox_lost',
      message: `The sandbox ${id} died.`,
      remedy: 'Create another; its files are gone with it.',
    };
    deps.logger.warn({ sandboxId: id }, 'a sandbox died');
    await sandboxes.setStatus(id, 'failed', { failure });
  }
  return sandboxes.get(id);
}

async function budgetOf(
  deps: SandboxLifeDependencies,
  { tenantId }: SandboxRecord,
  now: number,
): Promise<{ budgetUsd: number | null; sentence?: string }> {
  const tenant = await deps.database.tenants.ensure(tenantId);
  const budgetUsd = tenant.budgetUsd ?? deps.tenantBudgetUsd ?? null;
  if (budgetUsd === null) return { budgetUsd };
  const { costUsd } = await deps.database.sandboxUsage.ofTenant(tenantId, monthOf(now));
  if (costUsd < budgetUsd) return { budgetUsd };
  return {
    budgetUsd,
    sentence: `budget_exceeded: ${tenantId} spent its ${budgetUsd} US dollars of this month`,
  };
}

async function renewBackstop(
  deps: SandboxLifeDependencies,
  { provider, providerId, id }: SandboxRecord,
  at: Date,
): Promise<void> {
  try {
    await (await (await deps.providerOf(provider)).get(providerId ?? id))?.renew(at);
  } catch (error) {
    // The next look renews it again, long before it fires.
    deps.logger.warn({ sandboxId: id, err: error }, 'backstop not renewed');
  }
}
