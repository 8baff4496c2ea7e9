import { AppError } from '@showrunner/contracts';
import type { SandboxUsage } from '@showrunner/contracts';

/**
 * That a tenant has not spent what it may in a month.
 * @param budgetUsd undefined: no bound
 * @throws {AppError} `budget_exceeded` (402)
 */
export function requireBudget({ costUsd }: Pick<SandboxUsage, 'costUsd'>, budgetUsd = Infinity): void {
  if (costUsd < budgetUsd) return;
  throw new AppError(
    'budget_exceeded',
    `The sandboxes of this month cost ${costUsd.toFixed(4)} US dollars.`,
    {
      status: 402,
      remedy: `Raise the budget of the tenant (now ${budgetUsd} US dollars), or wait for the next month.`,
    },
  );
}
